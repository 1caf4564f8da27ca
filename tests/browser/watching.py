"""What a browser reports behind a journey's back: errors, policy violations, failed or foreign requests."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response


class Watch:
    """Collects faults of every page of one context; an empty list is a clean journey."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.faults.append(f"Script error: {error.error}"))
        context.on("request", self.on_request)
        context.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings; a page that answers 404 or 422 is judged by its answer instead."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"Console: {message.text}")

    def on_request(self, request: Request) -> None:
        """Keep every request that leaves this machine."""
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.faults.append(f"Request to a foreign address: {request.url}")

    def on_response(self, response: Response) -> None:
        """Keep server errors, and every missing part of a page."""
        missing_part = response.status >= 400 and response.request.resource_type != "document"
        if response.status >= 500 or missing_part:
            self.faults.append(f"{response.status} for {response.request.resource_type} {response.url}")
