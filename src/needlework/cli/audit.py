"""`needlework audit verify`: check every chain of sealed events from its start."""

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from needlework.cli import installation

if TYPE_CHECKING:
    from needlework.audit.sealing import Chain

EXAMPLE = "needlework audit verify --json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=["verify"], help="verify: name the first break of each chain, if there is one")
    parser.add_argument("--json", action="store_true", help="write one JSON document")


def run(options: argparse.Namespace) -> int:
    """Verify, print what was found, and fail if a chain is broken."""
    installation.found()
    from needlework.audit import sealing

    chains = sealing.verify(at=datetime.now(UTC))
    print(json.dumps([described(chain) for chain in chains], indent=2) if options.json else _told(chains))
    return 1 if any(chain.broken for chain in chains) else 0


def described(chain: "Chain") -> dict[str, Any]:
    """Return a chain as a machine reads it."""
    broken = {"number": chain.broken.number, "what": chain.broken.what} if chain.broken else None
    return {"chain": str(chain.clinic_id), "length": chain.length, "head": chain.head, "broken": broken}


def _told(chains: "list[Chain]") -> str:
    if not chains:
        return "Nothing is sealed yet."
    return "\n".join(_line(chain) for chain in chains)


def _line(chain: "Chain") -> str:
    whose = f"clinic {chain.clinic_id}" if chain.clinic_id.int else "organisation"
    if chain.broken:
        return f"{whose}: broken at event number {chain.broken.number}: {chain.broken.what}."
    return f"{whose}: {chain.length} events, unbroken. Note the last seal elsewhere: {chain.head}"
