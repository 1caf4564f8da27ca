"""A picture as the bytes of a file."""

from io import BytesIO

from matplotlib.figure import Figure

from needlework.forecast.pictures import svg as markup
from needlework.forecast.pictures.looks import DPI, SHARPER


def svg(figure: Figure, title: str, description: str) -> bytes:
    """Return an SVG that tells what it shows."""
    file = BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(file, format="svg", metadata=nothing)
    return markup.told(file.getvalue().decode(), title, description).encode()


def png(figure: Figure, title: str, description: str) -> bytes:
    """Return a PNG, sharp enough for print, with what it shows in its metadata."""
    file = BytesIO()
    said = {"Title": title, "Description": description, "Software": None}
    figure.savefig(file, format="png", dpi=DPI * SHARPER, metadata=said)
    return file.getvalue()
