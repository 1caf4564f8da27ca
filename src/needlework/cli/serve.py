"""`needlework serve`: web and background work under one command."""

import argparse
import gc
import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from needlework.cli import installation
from needlework.cli.serving import listening
from needlework.cli.serving.exposure import Exposure, checked

if TYPE_CHECKING:
    from needlework.cli.serving.supervisor import Part

GC_THRESHOLD = (20_000, 20, 20)
"""A page makes thousands of objects that die with it: looking for cycles less often saves a fifteenth of its time."""
EXAMPLE = "NEEDLEWORK_HOSTS=clinic.example needlework serve --behind-proxy --port 8000"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="localhost", help="address to listen on (localhost: this machine alone)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy in front adds HTTPS and passes on")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="certificate in PEM form, to serve HTTPS")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the certificate's key")
    parser.add_argument("--no-work", action="store_true", help="web only: `needlework work` runs elsewhere")


def run(options: argparse.Namespace) -> int:
    """Listen, open the installation, and serve it until told to end."""
    exposure = checked(
        Exposure(
            options.host,
            options.port,
            behind_proxy=options.behind_proxy,
            certificate=options.certificate,
            key=options.key,
        ),
        os.environ,
    )
    with listening.bind(exposure.host, exposure.port) as listener:
        exposure = replace(exposure, port=listener.getsockname()[1])
        os.environ.update(exposure.environment())
        announce(exposure, first_run=installation.opened())
        return serve(listener, exposure, work=not options.no_work)


def announce(exposure: Exposure, *, first_run: bool) -> None:
    """Say where the pages are; before the first set-up, also the code that guards it."""
    print(f"Needlework is at {exposure.address}/ (stop with Ctrl+C)", flush=True)
    if first_run:
        from django.conf import settings

        from needlework.accounts import setup_code

        code = setup_code.make(settings.SETUP_CODE_FILE)
        print(f"Set up the clinic there with this one-time code: {code}", flush=True)


def serve(listener: socket.socket, exposure: Exposure, *, work: bool) -> int:
    """Load the application once, then fork the parts: what they share stays in memory once."""
    from needlework.cli.serving import supervisor

    parts = [web_part(listener, exposure)]
    if work:
        parts.append(work_part())
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
    return supervisor.supervise(parts)


def web_part(listener: socket.socket, exposure: Exposure) -> "Part":
    """Return the web part, with everything loaded that its processes can share."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    from needlework.cli.serving import web
    from needlework.cli.serving.supervisor import Part

    application = get_wsgi_application()
    _ = get_resolver().url_patterns
    return Part("web", lambda: web.run(application, listener, exposure), vital=True)


def work_part() -> "Part":
    """Return the background part."""
    from needlework.cli.serving.supervisor import Part
    from needlework.work import worker

    return Part("background", worker.run_forever, vital=False)
