"""The web server: gunicorn with threads, on a socket that listens already and an application that is loaded already."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from needlework.cli.serving.exposure import Exposure

Wsgi = Callable[..., Any]
WORKERS, THREADS = 2, 4
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where workers keep their heartbeat: a slow disk must not look like death
OPTIONS: dict[str, Any] = {
    "workers": WORKERS,
    "threads": THREADS,
    "worker_class": "gthread",
    "timeout": 30,
    "graceful_timeout": 5,
    "keepalive": 5,
    "limit_request_line": 2048,
    "limit_request_fields": 60,
    "limit_request_field_size": 8190,
    "control_socket_disable": True,
    "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
    "proc_name": "needlework",
}


class IntoOurLog(Logger):  # type: ignore[misc]
    """Gunicorn's log lines go where ours go, in the same form; requests are logged by our own middleware."""

    def setup(self, cfg: Any) -> None:
        """Take no handlers of its own."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True
        self.error_log.setLevel("WARNING")


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around one application and one socket."""

    def __init__(self, application: Wsgi, options: dict[str, Any]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the settings from here alone, never from files or the command line."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        """Return the application."""
        return self.application


def run(application: Wsgi, listener: socket.socket, exposure: Exposure) -> None:
    """Serve until told to end."""
    own = {"bind": f"fd://{listener.fileno()}", "logger_class": IntoOurLog}
    if exposure.certificate:
        own |= {"certfile": str(exposure.certificate), "keyfile": str(exposure.key)}
    Server(application, {**OPTIONS, **own}).run()
