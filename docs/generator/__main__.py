"""Write every reference page: `script/reference`."""

from docs.generator.pages import REFERENCE, pages


def main() -> None:
    """Write what differs, and remove no page."""
    for path, text in pages().items():
        target = REFERENCE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


main()
