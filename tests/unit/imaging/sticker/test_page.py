"""The page: true to size, the same bytes every time, and what is printed is what is found."""

import json
import re

import cv2
import numpy as np
import pytest
import typst

from needlework.imaging.sticker import page
from needlework.imaging.sticker.finding import find
from needlework.imaging.sticker.geometry import geometry

A4_POINTS = (210 / 25.4 * 72, 297 / 25.4 * 72)
PIXELS_PER_INCH = 150
MM_PER_PX = 25.4 / PIXELS_PER_INCH
STICKER_TOPS_MM = (18, 70.5, 123, 175.5, 228)


@pytest.fixture(scope="module")
def pdf():
    return page.pdf()


@pytest.fixture(scope="module")
def rendered():
    """The page as a printer sees it, in sRGB."""
    inputs = {"sticker": json.dumps(page.as_inputs(geometry()))}
    png = typst.compile(page.ROOM / "page.typ", format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs)
    return np.ascontiguousarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)[..., ::-1])


def test_the_page_is_one_a4_sheet(pdf):
    boxes = re.findall(rb"/MediaBox\[([\d. ]+)\]", pdf)
    assert [[float(end) for end in box.split()] for box in boxes] == [pytest.approx([0, 0, *A4_POINTS], abs=0.01)]


def test_the_page_is_the_same_every_time_and_bears_no_date(pdf):
    assert page.pdf() == pdf
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf


def test_the_page_brings_its_own_fonts(pdf):
    fonts = {name.split(b"+")[1].split(b"-")[0] for name in re.findall(rb"/FontName/([\w+-]+)", pdf)}
    assert fonts == {b"Figtree", b"Newsreader16pt16pt"}
    assert len(re.findall(rb"/FontFile\d?\b", pdf)) == len(re.findall(rb"/FontDescriptor/", pdf))


def test_a_printed_sticker_is_found_in_its_place_and_size_and_colours(rendered):
    found = find(rendered)
    assert found.mm_per_px == pytest.approx(MM_PER_PX, rel=0.003)
    left, top = (found.homography[:2, 2] + 0.5) * MM_PER_PX
    assert left == pytest.approx(210 - 17 - geometry().width_mm, abs=0.1)
    assert min(abs(top - place) for place in STICKER_TOPS_MM) < 0.1
    assert found.colour_error < 0.7


def test_no_margin_of_the_page_is_lost_on_letter_paper(rendered):
    """US Letter is 279.4 mm high: 8.8 mm of A4 are cut off at the top and at the bottom."""
    inked = np.flatnonzero((rendered < 250).any(axis=(1, 2))) * MM_PER_PX
    assert inked.min() > 8.8 + 5
    assert inked.max() < 297 - 8.8 - 5
