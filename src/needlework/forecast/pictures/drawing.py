"""Draw an expectation."""

from threading import Lock
from typing import Any

from needlework.evidence.errors import InputError
from needlework.forecast.pictures.words import text

ENDINGS = (".svg", ".png")
ONE_AT_A_TIME = Lock()
"""matplotlib keeps its settings for a whole process: two threads that draw must not change them for each other."""


def draw(answer: dict[str, Any], ending: str) -> bytes:
    """Return what `needlework forecast` answered as a picture: an SVG or a PNG, by the ending that a file of it has.

    The same answer gives the same bytes. The text alternative goes with the picture: as title and description of an
    SVG, as `Description` in a PNG. Raises InputError for any other ending, and for more zones than one picture holds.
    """
    if ending not in ENDINGS:
        raise InputError("plot", f"A picture ends in {' or '.join(ENDINGS)}, not in {ending!r}. Name one of them.")
    words = text(answer)
    with ONE_AT_A_TIME:
        return _bytes(answer, words, ending)


def _bytes(answer: dict[str, Any], words: str, ending: str) -> bytes:
    import matplotlib as mpl  # half a second, which only those wait for who draw

    from needlework.forecast.pictures import files, page
    from needlework.forecast.pictures.looks import SETTINGS

    with mpl.rc_context():
        mpl.rcdefaults()  # what a reader's own matplotlibrc says has no say here
        mpl.rcParams.update(SETTINGS)
        figure = page.figure(answer)
        if ending == ".svg":
            return files.svg(figure, page.title(answer), words)
        return files.png(figure, page.title(answer), words)
