"""What a file is, told by how it begins: its name says nothing, and what follows the photograph is never looked at."""

HEAD_BYTES = 64
"""How much of a file `kind` looks at."""
JPEG, PNG, HEIF = "JPEG", "PNG", "HEIF"
ACCEPTED = (JPEG, PNG, HEIF)

BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF or a camera's RAW file"),
    (b"MM\0*", "a TIFF or a camera's RAW file"),
    (b"II+\0", "a TIFF or a camera's RAW file"),
    (b"MM\0+", "a TIFF or a camera's RAW file"),
    (b"IIRO", "a camera's RAW file"),
    (b"IIU\0", "a camera's RAW file"),
    (b"FUJIFILMCCD-RAW", "a camera's RAW file"),
    (b"FOVb", "a camera's RAW file"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000"),
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an SVG drawing or another XML document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
)
"""How files begin that people take for photographs, and what to call each."""

CONTAINERS = (
    ({b"avif", b"avis"}, "an AVIF"),
    ({b"crx "}, "a camera's RAW file"),
    ({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}, HEIF),
    ({b"qt  ", b"isom", b"iso2", b"mp41", b"mp42", b"M4V ", b"3gp4", b"3gp5"}, "a video"),
)
"""The brands of an ISO base media file (ISO/IEC 14496-12 and 23008-12), the telling ones first."""


def kind(data: bytes) -> str | None:
    """Return `JPEG`, `PNG` or `HEIF`, or with its article what else the file seems to be; None for nothing known."""
    head = data[:HEAD_BYTES]
    if head[4:8] == b"ftyp":
        return _container(head[8 : int.from_bytes(head[:4])])
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP"
    return next((known for beginning, known in BEGINNINGS if head.startswith(beginning)), None)


def _container(brands: bytes) -> str | None:
    found = {brands[at : at + 4] for at in range(0, len(brands), 4)}
    return next((known for telling, known in CONTAINERS if telling & found), None)
