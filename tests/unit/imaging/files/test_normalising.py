"""What the child makes of a file, tried in this process: these files are our own."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from needlework.imaging.files import kinds, limits, profiles
from needlework.imaging.files.normalising import Decoded, normalised
from needlework.imaging.files.opened import opener
from needlework.imaging.files.programs import CUT_OUT
from needlework.imaging.files.refusals import Refusal, RefusedError
from tests import made_files
from tests.made_files import GRADIENT

P3 = profiles.matrix_profile(profiles.DISPLAY_P3, profiles.SRGB_CURVE)
DEEP = np.random.default_rng(4).integers(0, 65536, (72, 96, 4)).astype(np.uint16)
NCLX = b"nclx\x00\x01\x00\x0d"
"""Of the HEIC files here: BT.709 primaries, the sRGB curve."""


def decoded(data: bytes) -> Decoded:
    return normalised(opener(kinds.kind(data) or "")(data), data)


def pixels(data: bytes) -> np.ndarray:
    found = decoded(data).image
    assert found.mode == "RGB"
    return np.asarray(found)


def off(data: bytes, expected: np.ndarray = GRADIENT) -> int:
    """Return how far the pixels of a file are from what is expected, at most, in levels."""
    found = pixels(data)
    assert found.shape == expected.shape
    return int(np.abs(found.astype(int) - expected).max())


def mean_off(data: bytes, expected: np.ndarray) -> float:
    return float(np.abs(pixels(data).astype(int) - expected).mean())


def refusal(data: bytes) -> Refusal | None:
    try:
        decoded(data)
    except RefusedError as wrong:
        return wrong.refusal
    return None


# As it was taken


def test_the_pixels_of_each_format_are_those_of_the_file():
    assert off(made_files.png()) == 0
    assert off(made_files.jpeg()) <= 3
    assert off(made_files.heic()) <= 12


def test_a_progressive_jpeg_and_an_interlaced_png_are_taken():
    assert off(made_files.jpeg(progressive=True)) <= 3
    assert off(made_files.png(interlace=1)) == 0


LAID = {
    1: "as it is",
    2: "mirrored",
    3: "180",
    4: "upside down",
    5: "transposed",
    6: "left",
    7: "transverse",
    8: "right",
}


@pytest.mark.parametrize("orientation", LAID, ids=str)
def test_each_orientation_is_made_upright(orientation):
    lies = {
        1: GRADIENT,
        2: GRADIENT[:, ::-1],
        3: GRADIENT[::-1, ::-1],
        4: GRADIENT[::-1],
        5: GRADIENT.swapaxes(0, 1),
        6: np.rot90(GRADIENT),
        7: np.rot90(GRADIENT, 2).swapaxes(0, 1),
        8: np.rot90(GRADIENT, -1),
    }[orientation]
    lying = Image.fromarray(np.ascontiguousarray(lies))
    for kind in ("JPEG", "PNG"):
        data = made_files.saved(lying, kind, quality=95, subsampling=0, exif=made_files.exif(t112=orientation))
        assert off(data) <= 3
        assert decoded(data).size == (96, 72)


@pytest.mark.parametrize("orientation", [0, 9, 65535], ids=str)
def test_an_orientation_that_is_none_turns_nothing(orientation):
    assert off(made_files.jpeg(exif=made_files.exif(t112=orientation))) <= 3


def test_a_heif_is_turned_by_its_own_property_and_not_by_exif_again():
    assert off(made_files.heic("turned"), np.rot90(GRADIENT, -1)) <= 12


@pytest.mark.filterwarnings("ignore")  # Pillow's own, which nobody hears in the child
@pytest.mark.parametrize("broken", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"])
def test_broken_exif_harms_nothing(broken):
    assert off(made_files.jpeg(exif=broken)) <= 3
    assert off(made_files.png(exif=broken)) == 0


def test_what_exif_breaks_on_says_nothing(monkeypatch):
    def broken(_):
        raise SyntaxError("not a TIFF file")

    monkeypatch.setattr(Image.Image, "getexif", broken)
    assert off(made_files.png()) == 0


def test_the_primary_image_of_several_is_taken():
    assert decoded(made_files.heic("several")).size == (80, 64)


# Modes


def test_grey_palette_and_one_bit_become_rgb():
    grey = made_files.image().convert("L")
    expected = np.repeat(np.asarray(grey)[..., None], 3, axis=-1)
    assert off(made_files.saved(grey, "PNG"), expected) == 0
    assert off(made_files.saved(grey, "JPEG", quality=98), expected) <= 2
    assert off(made_files.saved(made_files.image().quantize(256), "PNG")) <= 24
    assert set(pixels(made_files.saved(grey.convert("1"), "PNG")).ravel()) == {0, 255}


def test_cmyk_becomes_rgb():
    assert off(made_files.saved(made_files.image().convert("CMYK"), "JPEG", quality=98, subsampling=0)) <= 3


def test_16_bits_are_rounded_and_not_cut():
    rounded = ((DEEP.astype(np.int64) + 128) // 257).astype(np.uint8)
    assert off(made_files.deep_png(DEEP[..., :3], 2), rounded[..., :3]) == 0
    assert off(made_files.deep_png(DEEP[..., :1], 0), np.repeat(rounded[..., :1], 3, axis=-1)) == 0


def test_16_bits_with_transparency_are_rounded_too():
    opaque = DEEP.copy()
    opaque[..., 3] = 65535
    rounded = ((DEEP.astype(np.int64) + 128) // 257).astype(np.uint8)
    assert off(made_files.deep_png(opaque, 6), rounded[..., :3]) == 0
    assert refusal(made_files.deep_png(opaque[..., 2:], 4)) == Refusal.DEEP_GREY


# Transparency


def layered(mode: str, alpha: np.ndarray) -> bytes:
    image = made_files.image().convert(mode)
    image.putalpha(Image.fromarray(alpha))
    return made_files.saved(image, "PNG")


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_alpha_that_is_full_is_dropped(mode):
    data = layered(mode, np.full((72, 96), 255, np.uint8))
    assert off(data, np.asarray(made_files.image().convert(mode).convert("RGB"))) == 0
    assert decoded(data).edited_with is None


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_what_is_transparent_is_white_and_said(mode):
    alpha = np.full((72, 96), 255, np.uint8)
    alpha[:20] = 0
    expected = np.array(made_files.image().convert(mode).convert("RGB"))
    expected[:20] = 255
    assert off(layered(mode, alpha), expected) == 0
    assert decoded(layered(mode, alpha)).edited_with == CUT_OUT


def test_a_transparent_quarter_of_a_heic_is_white():
    found = decoded(made_files.heic("alpha"))
    assert np.asarray(found.image)[:, :20].min() >= 250
    assert found.edited_with == CUT_OUT


def test_a_transparent_colour_and_a_palette_with_alpha_are_transparent():
    assert decoded(made_files.png(transparency=(30, 20, 200))).edited_with == CUT_OUT
    palette = made_files.image().quantize(8)
    data = made_files.saved(palette, "PNG", transparency=bytes([255, 255, 255, 255, 255, 255, 128, 0]))
    assert decoded(data).edited_with == CUT_OUT


def test_what_is_mostly_transparent_is_refused():
    alpha = np.zeros((72, 96), np.uint8)
    alpha[:30] = 255
    assert refusal(layered("RGB", alpha)) == Refusal.TRANSPARENT


# Colours


def converted(profile: bytes, mode: str = "RGB") -> np.ndarray:
    """Return the gradient as a colour-managed program shows it that is told a profile, by another way than ours."""
    light = (GRADIENT / 255.0) ** (563 / 256) if profile == b"adobe" else _linear(GRADIENT / 255.0)
    primaries = profiles.ADOBE_RGB if profile == b"adobe" else profiles.DISPLAY_P3
    to_xyz = np.array(primaries).T
    srgb = np.array(
        [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
    )
    linear = np.clip(light @ (np.linalg.inv(srgb) @ to_xyz).T, 0, 1)
    return np.round(255 * np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)).astype(
        int
    )


def _linear(coded: np.ndarray) -> np.ndarray:
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def test_display_p3_is_converted():
    expected = converted(b"p3")
    assert np.abs(expected - GRADIENT).max() > 20
    assert off(made_files.png(icc_profile=P3), expected) <= 2
    assert mean_off(made_files.jpeg(icc_profile=P3), expected) <= 1


def test_a_heif_that_says_display_p3_without_a_profile_is_converted():
    said = made_files.heic().replace(NCLX, b"nclx\x00\x0c\x00\x0d")
    assert mean_off(said, converted(b"p3")) <= 3
    assert mean_off(said, GRADIENT) > 6


def test_a_camera_that_says_adobe_rgb_without_a_profile_is_believed():
    found = Image.Exif()
    found[0x8769] = {0xA005: {1: "R03"}}
    assert mean_off(made_files.jpeg(exif=found.tobytes()), converted(b"adobe")) <= 1


def test_what_says_srgb_stays_as_it_is():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert off(made_files.png(icc_profile=srgb)) == 0
    assert off(made_files.saved(made_files.image().convert("L"), "PNG", icc_profile=srgb), grey()) == 0


def grey() -> np.ndarray:
    return np.asarray(made_files.image().convert("L").convert("RGB"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("profile", [b"nonsense" * 40, P3[:-40], P3[:100]], ids=["nonsense", "short", "head"])
def test_a_broken_profile_is_refused(kind, profile):
    assert refusal(made_files.saved(made_files.image(), kind, icc_profile=profile)) == Refusal.COLOURS


def test_a_profile_of_another_kind_of_colour_is_refused():
    assert refusal(made_files.png(icc_profile=P3.replace(b"RGB ", b"CMYK"))) == Refusal.COLOURS
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert refusal(made_files.png(icc_profile=lab)) == Refusal.COLOURS


def test_a_profile_that_is_not_there_as_promised_is_refused():
    missing = made_files.chunk(b"iCCP", b"x\0\0not compressed")
    assert refusal(made_files.raw_png(96, 72, 8, 0, bytes(97 * 72), missing)) == Refusal.COLOURS


@pytest.mark.parametrize(
    ("coded", "expected"),
    [(b"\x00\x09\x00\x10", Refusal.HDR), (b"\x00\x09\x00\x12", Refusal.HDR), (b"\x00\x09\x00\x0e", Refusal.COLOURS)],
    ids=["pq", "hlg", "bt2020"],
)
def test_colours_for_hdr_screens_and_unknown_ones_are_refused(coded, expected):
    assert refusal(made_files.heic().replace(NCLX, b"nclx" + coded)) == expected


# Size


def test_a_large_photograph_is_halved_and_its_own_size_is_said(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_KEPT", 96 * 72 - 1)
    halved = GRADIENT.reshape(36, 2, 48, 2, 3).mean(axis=(1, 3))
    for data, tolerance in ((made_files.png(), 1), (made_files.jpeg(), 4), (made_files.heic(), 12)):
        assert off(data, halved) <= tolerance
        assert decoded(data).size == (96, 72)


def test_an_odd_size_is_halved_upwards_in_every_format(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_KEPT", 100)
    odd = made_files.image().resize((95, 71))
    for kind in ("PNG", "JPEG"):
        assert decoded(made_files.saved(odd, kind)).image.size == limits.kept(95, 71) == (48, 36)


@pytest.mark.parametrize("quality", [1, 30, 50, 75, 92, 100], ids=str)
def test_the_quality_of_a_jpeg_is_told_from_its_tables(quality):
    assert decoded(made_files.jpeg(quality=quality)).jpeg_quality == quality
    assert decoded(made_files.png()).jpeg_quality is None
