"""Which files say that a program changed or made them, and that nothing but a name of our table is told."""

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from needlework.imaging.files.editors import edited_with
from needlework.imaging.files.opened import opener
from needlework.imaging.files.programs import CUT_OUT, MACHINE, NAMES, PROGRAMS, SCREENSHOT, SMOOTHED
from tests import made_files

SOFTWARE, PROCESSING, DESCRIPTION = "t131", "tb", "t10e"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description %s/></x:xmpmeta>'
IPTC = b"http://cv.iptc.org/newscodes/digitalsourcetype/"


def said(data: bytes, kind: str = "JPEG") -> str | None:
    return edited_with(opener(kind)(data).image, data)


def xmp(inside: bytes) -> bytes:
    return made_files.jpeg(xmp=XMP % inside)


def text(key: str, value: str, *, packed: bool = False) -> bytes:
    info = PngInfo()
    info.add_text(key, value, zip=packed)
    return made_files.png(pnginfo=info)


def commented(comment: bytes) -> bytes:
    found = Image.Exif()
    found[0x8769] = {0x9286: comment}
    return made_files.jpeg(exif=found.tobytes())


@pytest.mark.parametrize(
    ("software", "expected"),
    [
        ("Adobe Photoshop 26.1 (Windows)", "Adobe Photoshop"),
        ("Adobe Photoshop Lightroom Classic 14.0", "Adobe Photoshop Lightroom"),
        ("Snapseed 2.0", "Snapseed"),
        ("FACETUNE", "Facetune"),
        ("MeituPic; Meitu 10.1", "Meitu"),
        ("GIMP 2.10.36", "GIMP"),
        ("Photos 5.0", "Apple Photos"),
        ("HDR+ 1.0.345618096zd", None),
        ("17.1", None),
        ("MediaTek Camera Application", None),
        ("S928BXXU1AWM9", None),
        ("Digital Camera X100V Ver2.10", None),
        ("Begimped Photoshopper", None),
        ("", None),
    ],
)
def test_an_editor_names_itself_and_a_camera_is_none(software, expected):
    for tag in (SOFTWARE, PROCESSING):
        assert said(made_files.jpeg(exif=made_files.exif(**{tag: software}))) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (b'xmp:CreatorTool="VSCO for iPhone"', "VSCO"),
        (b"><xmp:CreatorTool>Remini</xmp:CreatorTool", "Remini"),
        (b'stEvt:action="saved" stEvt:softwareAgent="Adobe Lightroom 8.0"', "Adobe Lightroom"),
        (b'photoshop:ColorMode="3"', "Adobe Photoshop"),
        (b'photoshop:DateCreated="2026-01-01"', None),
        (b'xmp:CreatorTool="18.2"', None),
        (b'Iptc4xmpExt:DigitalSourceType="' + IPTC + b'trainedAlgorithmicMedia"', MACHINE),
        (b'Iptc4xmpExt:DigitalSourceType="' + IPTC + b'algorithmicallyEnhanced"', SMOOTHED),
        (b'Iptc4xmpExt:DigitalSourceType="' + IPTC + b'computationalCapture"', None),
        (
            b'Iptc4xmpExt:DigitalSourceType="' + IPTC + b'computationalCapture" x="' + IPTC + b'compositeSynthetic"',
            MACHINE,
        ),
    ],
)
def test_xmp_names_its_makers_and_the_kind_of_source(inside, expected):
    assert said(xmp(inside)) == expected


def test_a_c2pa_manifest_names_who_claims_and_the_kind_of_source():
    def manifest(content: bytes) -> bytes:
        return made_files.jpeg() + b"jumbc2pa" + content

    assert said(manifest(b"\x6fclaim_generator\x78\x20Adobe_Firefly/1 Adobe Firefly")) == "Adobe Firefly"
    assert said(manifest(b"digitalSourceType\x78\x46" + IPTC + b"compositeWithTrainedAlgorithmicMedia")) == MACHINE
    assert said(manifest(b"\x6fclaim_generator\x78\x20Pixel Camera" + IPTC + b"digitalCapture")) is None


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("Software", "Paint.NET 5.1", "Paint.NET"),
        ("Software", "Android BP1A", None),
        ("Source", "Stable Diffusion XL", "Stable Diffusion"),
        ("parameters", "a face\nNegative prompt: x\nSteps: 20, Sampler: Euler a, CFG scale: 7", "Stable Diffusion"),
        ("prompt", '{"3": {"class_type": "KSampler"}}', "ComfyUI"),
        ("Description", "a face --v 6 Job ID: 0b2f3a44-5f1e-4b5b-8f2e-0a8d3f6c1e11", "Midjourney"),
        ("Comment", "Created with GIMP", "GIMP"),
        ("Title", "Before Photoshop", None),
    ],
)
def test_the_texts_of_a_png_are_read(key, value, expected, packed):
    assert said(text(key, value, packed=packed), "PNG") == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (made_files.jpeg(comment=b"Created with The GIMP"), "GIMP"),
        (made_files.jpeg(exif=made_files.exif(t10e="Created with GIMP")), "GIMP"),
        (commented(b"ASCII\0\0\0Screenshot"), SCREENSHOT),
        (commented("Steps: 30, Sampler: DDIM".encode("utf-16-be").join([b"UNICODE\0", b""])), "Stable Diffusion"),
        (commented(b"ASCII\0\0\0two weeks after Facetune"), None),
        (made_files.jpeg(), None),
    ],
    ids=["comment", "description", "screenshot", "unicode", "remark", "nothing"],
)
def test_comments_tell_only_by_unmistakable_traces(data, expected):
    assert said(data) == expected


def test_a_heif_is_read_too():
    assert said(made_files.heic("turned"), "HEIF") == "Snapseed"


def test_whatever_leaves_is_a_name_of_the_table():
    assert {CUT_OUT, MACHINE, SMOOTHED, SCREENSHOT, *PROGRAMS} < set(NAMES)
    assert len(NAMES) == len(set(NAMES)) < 256
