"""The sticker's one file: what must hold for it to be found and read."""

from itertools import combinations

import cv2
import numpy as np
import pytest

from needlework.imaging.sticker.geometry import CELLS, cells, geometry

STICKER = geometry()
BOXES = [(one.x_mm, one.y_mm, one.width_mm, one.height_mm) for one in STICKER.patches] + [
    (one.x_mm, one.y_mm, one.side_mm, one.side_mm) for one in STICKER.squares
]


def test_every_colour_lies_twice_as_far_from_the_middle_in_opposite_directions():
    for colour in {patch.colour for patch in STICKER.patches}:
        one, other = (np.array(patch.middle) for patch in STICKER.patches if patch.colour == colour)
        assert one + other == pytest.approx(2 * STICKER.middle[0])


def test_nothing_that_is_read_overlaps_or_leaves_the_sticker():
    for (left, top, width, height), (x, y, wide, high) in combinations(BOXES, 2):
        assert left >= x + wide or x >= left + width or top >= y + high or y >= top + height
    assert all(x >= 0 and x + wide <= STICKER.width_mm for x, _, wide, _ in BOXES)
    assert all(y >= 0 and y + high <= STICKER.height_mm for _, y, _, high in BOXES)


@pytest.mark.parametrize("square", STICKER.squares, ids=lambda square: str(square.number))
def test_a_square_has_a_cell_of_white_about_it(square):
    cell = square.side_mm / CELLS
    wide = (square.x_mm - cell, square.y_mm - cell, square.side_mm + 2 * cell, square.side_mm + 2 * cell)
    others = [box for box in BOXES if box[:2] != (square.x_mm, square.y_mm)]
    x, y, side, _ = wide
    assert x >= 0
    assert y >= 0
    assert x + side <= STICKER.width_mm
    for left, top, width, height in others:
        assert left >= x + side or x >= left + width or top >= y + side or y >= top + height


@pytest.mark.parametrize("square", STICKER.squares, ids=lambda square: str(square.number))
def test_the_cells_of_a_square_are_those_of_its_number_in_the_dictionary(square):
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    assert STICKER.dictionary == "DICT_4X4_50"
    assert (cells(square) == (cv2.aruco.generateImageMarker(known, square.number, CELLS) == 0)).all()


def test_greys_are_grey_and_span_what_matte_ink_reaches():
    greys = STICKER.reflectances[[patch.is_neutral for patch in STICKER.patches]]
    assert np.ptp(greys, axis=1).max() == 0
    assert greys.min() < 0.03
    assert greys.max() == pytest.approx(STICKER.paper_reflectance)
