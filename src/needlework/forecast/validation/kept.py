"""The figures that come with the package: what `needlework forecast validate --json` wrote, and of what.

They belong to one set of data and draws: the digest says to which.
"""

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from needlework.forecast.validation.release import LEAST, tally
from needlework.forecast.validation.scored import Scored, from_json
from needlework.forecast.validation.studies import UNSCORED

FILE = "validation.json"
OF = ("fit.toml", "parameters.toml", "heldout.toml", "draws.npz")
"""The files that the figures are made of."""


def digest() -> str:
    """Return the SHA-256 of the data and draws that figures are made of."""
    folder = files("needlework.forecast") / "data"
    return sha256(b"".join((folder / name).read_bytes() for name in OF)).hexdigest()


def document(scored: Sequence[Scored]) -> dict[str, Any]:
    """Return figures as JSON, with the gate and the digest of what they were made of."""
    pooled = tally(scored)
    return {
        "digest": digest(),
        "gate": {
            "inside": pooled.inside,
            "of": pooled.of,
            "share": round(pooled.share, 4),
            "interval_95": [round(one, 4) for one in pooled.interval],
            "least": LEAST,
            "passes": pooled.passes,
        },
        "checks": [one.as_json() for one in scored],
        "not_scored": dict(UNSCORED),
    }


@cache
def kept() -> dict[str, Any]:
    """Return the document that comes with the package."""
    found: dict[str, Any] = json.loads((files("needlework.forecast") / "data" / FILE).read_text("utf-8"))
    return found


def checks() -> tuple[Scored, ...]:
    """Return the scored checks that come with the package."""
    return tuple(map(from_json, kept()["checks"]))
