"""Who can reach the pages: this machine alone, or others over HTTPS. Cookies, headers and links follow from it."""

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from needlework.cli.errors import BadInputError

HOW_TO_ENCRYPT = (
    "Beyond this machine pages must travel encrypted: give --certificate FILE and --key FILE, or --behind-proxy if a "
    "proxy in front adds HTTPS."
)
HOW_TO_NAME = (
    "Say under which name people open the pages: NEEDLEWORK_HOSTS=clinic.example needlework serve … "
    "(several with commas, the main one first)."
)


@dataclass(frozen=True)
class Exposure:
    """Where to listen, and what the pages may take for granted about the way to them."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    behind_proxy: bool = False
    certificate: Path | None = None
    key: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether every page travels over HTTPS."""
        return self.behind_proxy or self.certificate is not None

    @property
    def address(self) -> str:
        """Where people open the pages."""
        name = self.names[0] if self.names else "localhost"
        if self.behind_proxy:
            return f"https://{name}"
        return f"{'https' if self.secure else 'http'}://{name}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what the settings read."""
        return {
            "NEEDLEWORK_ADDRESS": self.address,
            "NEEDLEWORK_HOSTS": ",".join(self.names),
            "NEEDLEWORK_SECURE": "1" if self.secure else "",
            "NEEDLEWORK_BEHIND_PROXY": "1" if self.behind_proxy else "",
        }


def checked(wanted: Exposure, environment: Mapping[str, str]) -> Exposure:
    """Return the exposure with its names, or say what is missing for it."""
    _check_pair(wanted)
    local = is_local(wanted.host)
    if not local and not wanted.secure:
        raise BadInputError(f"{wanted.host} can be reached by others. {HOW_TO_ENCRYPT}")
    names = tuple(environment.get("NEEDLEWORK_HOSTS", "").replace(",", " ").split())
    if not names and not local and not _is_any_address(wanted.host):
        names = (wanted.host,)
    if not names and (wanted.behind_proxy or not local):
        raise BadInputError(HOW_TO_NAME)
    return replace(wanted, names=names)


def is_local(host: str) -> bool:
    """Say whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_any_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _check_pair(wanted: Exposure) -> None:
    """Load the certificate now: a wrong one would fail each connection later, one by one."""
    if (wanted.certificate is None) != (wanted.key is None):
        raise BadInputError("A certificate and its key belong together: give both --certificate FILE and --key FILE.")
    if wanted.certificate is None or wanted.key is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(wanted.certificate, wanted.key)
    except ssl.SSLError:
        raise BadInputError(
            f"{wanted.certificate} and {wanted.key} are not a certificate and its key in PEM form."
        ) from None
    except OSError as problem:
        files = f"{wanted.certificate} and {wanted.key}"
        raise BadInputError(f"A certificate or its key cannot be read ({problem.strerror}). Check {files}.") from None
