"""The socket is bound before anything else happens: a port in use must not leave half a start behind."""

import errno
import socket

from needlework.cli.errors import BadInputError

BACKLOG = 512


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens, or say why there can be none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OverflowError:
        raise BadInputError(f"{port} is no port: choose one from 1 to 65535 with --port.") from None
    except socket.gaierror:
        raise BadInputError(f"{host!r} is not an address of this machine. Check --host.") from None
    except OSError as problem:
        raise BadInputError(_sentence(host, port, problem)) from None


def _sentence(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Stop that one, or choose another with --port."
    if problem.errno == errno.EACCES:
        return f"This user may not listen on port {port}. Choose one above 1023 with --port."
    return f"Cannot listen on {host}, port {port} ({problem.strerror}). Check --host and --port."
