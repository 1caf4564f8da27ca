"""From the colours of a file to sRGB: by its ICC profile, or by what else it says of its colours."""

import io
import struct
from collections.abc import Sequence
from typing import Any, NoReturn

from PIL import Image, ImageChops, ImageCms

from needlework.imaging.files.metadata import exif, text
from needlework.imaging.files.refusals import Refusal, RefusedError

MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""The mode of the image that a profile of a colour space (ICC.1:2022, 7.2.6) converts."""
PROBE = 16
"""Steps per channel at which a conversion is tried before it is applied to a whole photograph."""

SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""IEC 61966-2-1 as the parametric curve type 3 of ICC: g, a, b, c, d."""
ADOBE_CURVE = (563 / 256, 1.0, 0.0, 1.0, 0.0)
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""X, Y, Z of red, green and blue under D50 (SMPTE EG 432-1 primaries, D65 white, adapted by Bradford)."""
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""The same of Adobe RGB (1998)."""
D50 = (0.9642, 1.0, 0.8249)

EXIF_INTEROPERABILITY, EXIF_INTEROPERABILITY_INDEX = 0xA005, 1
ADOBE_MARK = "R03"
"""DCF 2.0: the interoperability index of a camera that wrote Adobe RGB without a profile."""
LIKE_SRGB, P3_PRIMARIES = {1, 2, 5, 6, 7}, 12
"""Primaries of ITU-T H.273: BT.709, not said, and the two BT.601 ones (less than 3 ΔE away); Display P3."""
HDR_CURVES = {16, 18}
"""Transfer characteristics of ITU-T H.273: PQ and HLG."""


def to_srgb(image: Image.Image) -> Image.Image:
    """Return an image of mode L, RGB or CMYK as RGB in sRGB; raise `RefusedError` where its colours are not known."""
    profile = _profile(image)
    if not profile:
        return image if image.mode == "RGB" else image.convert("RGB")
    try:
        return _converted(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise RefusedError(Refusal.COLOURS) from None


def _profile(image: Image.Image) -> bytes | None:
    """Return the ICC profile of a file, or one made of what else it says; None stands for sRGB."""
    if "icc_profile" in image.info:
        profile: bytes | None = image.info["icc_profile"]
        return profile or _refuse(Refusal.COLOURS)
    coded: dict[str, Any] = image.info.get("nclx_profile") or {}
    if coded.get("transfer_characteristics") in HDR_CURVES:
        _refuse(Refusal.HDR)
    primaries = coded.get("color_primaries", 2)
    if primaries == P3_PRIMARIES:
        return matrix_profile(DISPLAY_P3, SRGB_CURVE)
    if primaries not in LIKE_SRGB:
        _refuse(Refusal.COLOURS)
    return matrix_profile(ADOBE_RGB, ADOBE_CURVE) if _says_adobe(image) else None


def _refuse(refusal: Refusal) -> NoReturn:
    raise RefusedError(refusal)


def _says_adobe(image: Image.Image) -> bool:
    return text(exif(image, EXIF_INTEROPERABILITY_INDEX, EXIF_INTEROPERABILITY)).startswith(ADOBE_MARK)


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    space = profile.profile.xcolor_space.strip()
    mode = MODES.get(space)
    if image.mode == "L" and mode == "RGB":
        image = image.convert("RGB")
    if mode != image.mode:
        raise RefusedError(Refusal.COLOURS)
    srgb = ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(profile, srgb, mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    if mode == "RGB" and _changes_nothing(transform):
        return image
    return ImageCms.applyTransform(image, transform, inPlace=mode == "RGB") or image


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Tell whether a conversion leaves colours all over the cube within one level: most profiles are sRGB."""
    steps = range(0, 256, 255 // (PROBE - 1))
    colours = bytes(value for red in steps for green in steps for blue in steps for value in (red, green, blue))
    probe = Image.frombytes("RGB", (PROBE, PROBE * PROBE), colours)
    converted = ImageCms.applyTransform(probe, transform)
    return max(ImageChops.difference(probe, converted or probe).tobytes()) <= 1


def matrix_profile(primaries: Sequence[Sequence[float]], curve: Sequence[float]) -> bytes:
    """Return an ICC profile (ICC.1:2022) of three primaries under D50 and one parametric curve of type 3."""
    white, red, green, blue = (b"XYZ \0\0\0\0" + _fixed(*one) for one in (D50, *primaries))
    tone = struct.pack(">4s4xHH", b"para", 3, 0) + _fixed(*curve)
    tags = [(b"wtpt", white), (b"rXYZ", red), (b"gXYZ", green), (b"bXYZ", blue)]
    tags += [(name, tone) for name in (b"rTRC", b"gTRC", b"bTRC")]
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        table += struct.pack(">4sII", name, at + len(body), len(content))
        body += content
    head = struct.pack(">I4xI4s4s4s12x4s", at + len(body), 0x04300000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return (head.ljust(68, b"\0") + _fixed(*D50)).ljust(128, b"\0") + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as s15Fixed16."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))
