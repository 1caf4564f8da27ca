"""Pictures: the same crop of both visits, as photographed, with lines where something changed and nowhere else."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from needlework.imaging.arrays import Image
from needlework.imaging.colour import luminance, to_linear
from needlework.imaging.comparison import Comparison
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.report import maps, pictures
from needlework.imaging.report.maps import BLUE, ORANGE, local_change
from needlework.imaging.report.pictures import AS_TAKEN, PAPER, panels
from tests import painted
from tests.compared import comparison, doubtful


@pytest.fixture(scope="module")
def seen():
    return pictures.pair(comparison().visits.stack)


@pytest.fixture(scope="module")
def drawn(seen):
    return {found.measure: found for found in maps.maps(seen, comparison())}


def near(image: Image, colour, within=25):
    return np.abs(image.astype(int) - colour).max(axis=-1) <= within


def test_both_visits_are_on_the_same_crop(seen):
    assert seen.before.shape == seen.after.shape
    assert np.abs(np.median(seen.before.astype(int) - seen.after)) < 2


def test_an_image_is_shown_as_it_is(seen):
    shown = panels({"Before": seen.before, "After": seen.after}, AS_TAKEN, seen.mm_per_px)
    ratio = 760 / seen.before.shape[1]
    small = cv2.resize(seen.after, (760, round(seen.after.shape[0] * ratio)), interpolation=cv2.INTER_CUBIC)
    top = next(row for row in range(200) if not near(shown[row], PAPER, 1)[5])
    assert np.array_equal(shown[top : top + len(small), 772:], small)
    assert shown.shape[1] == 1532


def test_a_strip_above_and_one_below_hold_letters_and_a_ruler(seen):
    shown = pictures.side_by_side(seen, AS_TAKEN)
    plain = pictures.side_by_side(seen, " ")
    assert not near(shown[-30], PAPER, 40).all()
    assert near(plain[-30], PAPER, 1).all()


@pytest.mark.parametrize(("mm_per_px", "millimetres"), [(0.3, 20), (0.08, 20), (0.02, 5)])
def test_the_ruler_is_as_long_as_it_says(mm_per_px, millimetres):
    image = np.zeros((300, 1000, 3), np.uint8)
    shown = panels({"": image}, ".", mm_per_px)
    dark = (shown[:36] < 100).all(axis=-1)
    longest = max(len(run) for row in dark for run in "".join(map(str, row.astype(int))).split("0"))
    assert longest == pytest.approx(millimetres / mm_per_px * 0.76, abs=4)


def test_a_long_sentence_is_written_smaller_and_not_cut_off(seen):
    shown = pictures.side_by_side(seen, "A sentence that is far too long for one line of any picture. " * 4)
    assert near(shown[-40:, -3:], PAPER, 1).all()


def test_matched_light_is_the_light_of_the_first_visit():
    first = painted.face()
    second = first.lit(np.ones(first.image.shape[:2], bool), 1.4)
    pair = pictures.pair(painted.stack(first, second))
    before, after, matched = (luminance(to_linear(image)) for image in (pair.before, pair.after, pair.matched().after))
    skin = first.zone("cheek-left")[pair.part]
    assert np.median((after / before)[skin]) == pytest.approx(1.4, rel=0.03)
    assert np.median((matched / before)[skin]) == pytest.approx(1, rel=0.02)


def test_the_fullest_shot_of_a_visit_is_shown():
    one, other = painted.face(), painted.face("brown")
    valid = np.zeros(one.image.shape[:2], bool)
    valid[::2] = True
    pair = pictures.pair(painted.stack(one, other, one, valid=valid))
    assert np.array_equal(pair.after, other.image[pair.part])


def test_zones_are_outlined_where_they_were_measured(seen):
    masks = comparison().visits.measurable
    shown = pictures.outlined(seen, masks)
    plain = pictures.outlined(seen, {})
    touched = (shown != plain).any(axis=-1)
    top = next(row for row in range(200) if not near(plain[row], PAPER, 1)[5])
    skin = cv2.resize(np.any(list(masks.values()), axis=0).astype(np.uint8), touched.shape[1::-1])
    assert touched.any()
    assert touched[top:].mean() < 0.1
    assert skin.any()


def test_a_picture_of_both_visits_says_what_was_done_to_it():
    assert AS_TAKEN == "Laid over each other, light as photographed; nothing smoothed or painted."


def test_what_changed_is_drawn_in_its_zone_on_both_visits(drawn):
    assert set(drawn) >= {"texture", "spots"}
    texture = drawn["texture"].image
    assert near(texture[:, :760], BLUE).any()
    assert near(texture[:, 772:], BLUE).any()
    assert not near(texture, ORANGE).any()
    assert drawn["texture"].caption.startswith("Texture. ")


def test_a_change_of_lines_is_not_drawn_where_there_are_hardly_lines(drawn):
    assert "wrinkles" not in drawn


def test_a_map_tells_the_change_that_was_made():
    visits = comparison().visits
    change = local_change("texture", visits)
    cheek, chin = (np.median(change[visits.measurable[zone]]) for zone in ("cheek-left", "chin"))
    assert cheek == pytest.approx(np.log(1 / 3), abs=0.12)
    assert chin == pytest.approx(0, abs=0.03)


def test_a_map_of_colour_is_told_against_the_control_zone():
    visits = comparison().visits
    change = local_change("redness", visits)
    assert all(abs(np.median(change[mask])) < 0.15 for mask in visits.measurable.values())


def test_spots_that_came_and_went_are_ringed_on_the_visit_that_shows_them(drawn, seen):
    rings = drawn["spots"].image
    assert near(rings[:, :760], ORANGE).any()
    assert near(rings[:, 772:], ORANGE).any()


def test_nothing_is_ringed_or_drawn_where_nothing_changed():
    found = doubtful()
    still = {key: change for key, change in found.changes.items() if key[0] == "chin"}
    chin = replace(found.visits, zones={"chin": found.visits.zones["chin"]}, control=None)
    assert list(maps.maps(pictures.pair(chin.stack), replace(found, changes=still, visits=chin))) == []


def test_where_texture_cannot_be_compared_nothing_is_drawn_of_it():
    found = comparison()
    texture = replace(found.visits.texture, reason="Too soft.")
    visits = replace(found.visits, texture=texture, spots=Unmeasured("Too soft."))
    assert list(maps.maps(pictures.pair(visits.stack), replace(found, visits=visits))) == []


def test_a_map_of_colour_by_the_sticker_needs_no_control_zone():
    visits = comparison().visits
    by_sticker = replace(visits, colours=replace(visits.colours, absolute=True), control=None)
    change = local_change("tone", by_sticker)
    assert abs(np.median(change[visits.measurable["nose"]])) < 0.5


def test_nothing_is_drawn_of_visits_that_were_not_laid_on_each_other(seen):
    assert list(maps.maps(seen, Comparison(False))) == []
