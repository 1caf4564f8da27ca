"""The draws of the posterior that come with the package.

`draws.npz` holds `free` (draws, p), in single precision, the digest of the data and priors that made them, and how they
were made. Draws that do not belong to the data beside them are refused.
"""

import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from needlework.evidence.errors import DataError
from needlework.forecast.data.entries import digest
from needlework.forecast.model.parameters import Floats, Values, parameters, values

FILE = "draws.npz"
REMEDY = "Run `needlework forecast sample --out draws.npz`, and put the file in its place."


@dataclass(frozen=True)
class Posterior:
    """Draws of the parameters (n, p), what they belong to, and how they were made."""

    free: Floats
    digest: str
    how: str

    @cached_property
    def values(self) -> Values:
        """Return the draws in the parameters' own units."""
        return values(self.free)


@cache
def posterior() -> Posterior:
    """Return the packaged draws; raise DataError where they do not belong to the data and priors beside them."""
    return load(files("needlework.forecast") / "data" / FILE)


def load(file: Traversable) -> Posterior:
    """Return the draws of a file; raise DataError where it is damaged, or made of other data and priors."""
    found = _read(file)
    if found.digest != digest():
        raise DataError(FILE, "digest", f"These draws were made of other data or priors. {REMEDY}")
    if found.free.shape[1:] != (len(parameters()),) or not np.isfinite(found.free).all():
        raise DataError(FILE, "free", f"These are not rows of {len(parameters())} numbers. {REMEDY}")
    return found


def packed(free: Floats, how: str) -> bytes:
    """Return draws (n, p) of the present data and priors as the bytes of a file: the same draws, the same bytes."""
    content = BytesIO()
    np.savez_compressed(content, free=free.astype(np.float32), digest=np.array(digest()), how=np.array(how))
    return content.getvalue()


def _read(file: Traversable) -> Posterior:
    try:
        with np.load(BytesIO(file.read_bytes())) as kept:
            return Posterior(kept["free"].astype(float), str(kept["digest"]), str(kept["how"]))
    except (OSError, EOFError, ValueError, TypeError, KeyError, BadZipFile, zlib.error, RuntimeError) as problem:
        raise DataError(FILE, "file", f"This cannot be read ({problem}). {REMEDY}") from None
