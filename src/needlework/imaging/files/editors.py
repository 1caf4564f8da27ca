"""Whether a file says that a program changed the photograph, or made it. Only names of `programs` leave the child."""

import re
from collections.abc import Iterator

from PIL import Image

from needlework.imaging.files.metadata import comment, exif, text, xmp
from needlework.imaging.files.programs import MACHINE, PROGRAMS, SCREENSHOT, SMOOTHED

PROGRAM = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, PROGRAMS))})(?!\w)", re.IGNORECASE)

TRACES = (
    (re.compile(r"^Photos \d"), "Apple Photos"),
    (re.compile(r"^Screenshot\b"), SCREENSHOT),
    (re.compile(r"(?i)\bcreated with (?:the )?GIMP\b"), "GIMP"),
    (re.compile(r"\bSteps: \d+, Sampler: "), "Stable Diffusion"),
    (re.compile(r"\bJob ID: [0-9a-f]{8}-"), "Midjourney"),
    (re.compile(r'"class_type"\s*:'), "ComfyUI"),
)
"""What some write where anybody may write anything."""

SOURCE = re.compile(rb"digitalsourcetype/(\w{1,60})")
SOURCES = {
    b"trainedAlgorithmicMedia": MACHINE,
    b"compositeWithTrainedAlgorithmicMedia": MACHINE,
    b"compositeSynthetic": MACHINE,
    b"algorithmicMedia": MACHINE,
    b"algorithmicallyEnhanced": SMOOTHED,
}
"""Digital source types of the IPTC vocabulary, which XMP and C2PA manifests name. Cameras say `digitalCapture` or
`computationalCapture`."""
ADOBE_ALONE = re.compile(rb"photoshop:(?:ColorMode|History|DocumentAncestors|TextLayers)\b")
"""What only Photoshop writes; other properties of that name space are common."""

MAKER = re.compile(rb"(?:CreatorTool|softwareAgent|tiff:Software)\s*(?:>|=\s*[\"'])\s*([^<\"']{1,200})")
CLAIMANT = re.compile(rb"claim_generator[^\x20-\x7e]{0,9}([\x20-\x7e]{1,200})")
"""Who wrote an XMP packet or an entry of its history, and who a C2PA manifest."""

EXIF_SOFTWARE, EXIF_PROCESSING, EXIF_DESCRIPTION, EXIF_DIRECTORY, EXIF_COMMENT = 0x0131, 0x000B, 0x010E, 0x8769, 0x9286
PNG_PROGRAM = {"software", "creation tool", "source"}


def edited_with(image: Image.Image, data: bytes) -> str | None:
    """Return what a file says changed or made the photograph, one of `programs.NAMES`; None where it says nothing."""
    written_by = tuple(_programs(image, data))
    for said in written_by:
        if match := PROGRAM.search(said):
            return next(name for name in PROGRAMS if name.lower() == match[1].lower())
    for said in (*written_by, *_remarks(image)):
        for trace, name in TRACES:
            if trace.search(said):
                return name
    return _marked(image, data)


def _programs(image: Image.Image, data: bytes) -> Iterator[str]:
    """Yield what a file names as the programs that wrote it."""
    yield from (text(exif(image, tag)) for tag in (EXIF_SOFTWARE, EXIF_PROCESSING))
    yield from map(text, MAKER.findall(xmp(image)))
    yield from map(text, CLAIMANT.findall(data))
    yield from (text(value) for key, value in image.info.items() if str(key).lower() in PNG_PROGRAM)


def _remarks(image: Image.Image) -> Iterator[str]:
    """Yield free text: comments, descriptions and the texts of a PNG."""
    yield text(exif(image, EXIF_DESCRIPTION))
    yield comment(exif(image, EXIF_COMMENT, EXIF_DIRECTORY))
    yield from map(text, image.info.values())


def _marked(image: Image.Image, data: bytes) -> str | None:
    """Return what the marks of IPTC, C2PA and Photoshop say."""
    kinds = [*SOURCE.findall(data), *SOURCE.findall(xmp(image))]
    told = next((SOURCES[kind] for kind in kinds if kind in SOURCES), None)
    return told or ("Adobe Photoshop" if ADOBE_ALONE.search(xmp(image)) else None)
