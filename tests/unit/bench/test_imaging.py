"""The imaging benchmark measures what it says: frozen nuisances, true re-captures, inserts of their size.

Nothing here runs a row of the table: the figures are judged by whoever reads them.
"""

from collections import Counter
from dataclasses import asdict

import cv2
import numpy as np
import pytest
from skimage import data

from bench.imaging import inserts, nuisances, stickers, table
from bench.imaging.inserts import Spots
from bench.imaging.nuisances import CALIBRATION, REPORT, Nuisance, draw, draw_for_sticker, visit, visit_in_one_light
from bench.imaging.people import TONE_GROUPS, Person, calibration, people, report, tone_group
from bench.imaging.recapture import grid, recapture
from needlework.imaging.arrays import Points
from needlework.imaging.colour import ita_degrees, lab, luminance, to_linear
from needlework.imaging.faces.face import Face
from needlework.imaging.filters import band
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN
from tests.photographs import WITH_PHOTOGRAPHS

SIDE, MM = 256, 0.5
FROZEN = {
    "yaw_deg": -1.325655,
    "pitch_deg": -1.07381,
    "roll_deg": -0.216348,
    "scale": 1.034341,
    "exposure_ev": 0.27823,
    "red": 0.963063,
    "blue": 1.038905,
    "light": 0.04304,
    "light_from_deg": 25.827873,
    "gamma": 1.0,
    "blur_px": 0.266878,
    "noise_grey": 2.492951,
    "jpeg_quality": 90,
    "noise_seed": 2000000,
}
RANGES = (
    ("yaw_deg", -3, 3), ("pitch_deg", -3, 3), ("roll_deg", -4, 4), ("scale", 0.96, 1.04), ("exposure_ev", -0.3, 0.3),
    ("red", 0.95, 1.05), ("blue", 0.95, 1.05), ("light", 0, 0.15), ("light_from_deg", 0, 360), ("blur_px", 0, 0.8),
    ("noise_grey", 2, 2.5), ("jpeg_quality", 75, 95),
)  # fmt: skip


def head() -> Points:
    """Return points on half an ellipsoid, as a mesh has them."""
    chance = np.random.default_rng(0)
    places = chance.uniform(-1, 1, (2000, 2))
    places = places[np.hypot(*places.T) < 0.95][:468]
    depth = -np.sqrt(1 - (places**2).sum(axis=1))
    return np.column_stack([places * 100 + 128, depth * 90])


@pytest.fixture(scope="module")
def picture():
    return np.ascontiguousarray(cv2.resize(data.astronaut()[:256, 96:352], (SIDE, SIDE)))


@pytest.fixture(scope="module")
def light(picture):
    return to_linear(picture)


@pytest.fixture(scope="module")
def zone():
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(mask, (128, 90), 30, 1, -1)
    return mask > 0


def test_the_nuisances_are_the_frozen_ones():
    assert asdict(draw(REPORT[0])) == pytest.approx(FROZEN, abs=1e-6)
    assert range(1_000_000, 2_000_000) == CALIBRATION
    assert range(2_000_000, 3_000_000) == REPORT


def test_nuisances_stay_within_their_ranges_and_use_them():
    drawn = [draw(seed) for seed in CALIBRATION[:300]]
    for name, low, high in RANGES:
        values = np.array([getattr(one, name) for one in drawn])
        assert low <= values.min() < low + 0.05 * (high - low) + 0.6 * (name == "jpeg_quality")
        assert high - 0.05 * (high - low) - 0.6 * (name == "jpeg_quality") < values.max() <= high


def test_no_two_visits_share_a_shot():
    shots = [one for number in range(20) for one in visit(REPORT, number, 3)]
    assert len({one.noise_seed for one in shots}) == len(shots)


def test_shots_in_one_light_differ_in_all_else():
    first, second = visit_in_one_light(REPORT, 4, 2)
    assert (first.light, first.exposure_ev, first.red) == (second.light, second.exposure_ev, second.red)
    assert (first.yaw_deg, first.blur_px) != (second.yaw_deg, second.blur_px)
    assert second.noise_seed == visit(REPORT, 4, 2)[1].noise_seed


def test_without_nuisance_nothing_changes(picture):
    same = recapture(picture, head(), MM, Nuisance())
    np.testing.assert_array_equal(same.image, picture)
    np.testing.assert_array_equal(same.origin, grid((SIDE, SIDE)))


def test_the_origin_tells_where_every_pixel_was():
    ramp = np.dstack([grid((SIDE, SIDE)) / SIDE, np.full((SIDE, SIDE), 0.5)]).astype(np.float32)
    pose = Nuisance(yaw_deg=3, pitch_deg=-2, roll_deg=4, scale=1.03)
    again = recapture(ramp, head(), MM, pose)
    inside = np.s_[40:-40, 40:-40]
    seen = to_linear(again.image)[inside][..., :2] * SIDE
    assert np.abs(seen - again.origin[inside]).max() < 1.5
    assert np.abs(again.origin - grid((SIDE, SIDE)))[inside].max() > 5


def test_light_from_the_right_brightens_the_right(light):
    plain, aside = (
        recapture(np.full_like(light, 0.3), head(), MM, Nuisance(light=share)).image.astype(float)
        for share in (0, 0.15)
    )
    assert (aside - plain)[128, 200].mean() > 5
    assert (aside - plain)[128, 56].mean() < -5


def test_exposure_blur_noise_and_file_reach_the_picture(picture):
    worse = recapture(picture, head(), MM, Nuisance(exposure_ev=0.3, blur_px=0.8, noise_grey=2, jpeg_quality=75)).image
    assert worse.mean() > picture.mean() + 5
    assert np.diff(worse.astype(float), axis=0).std() < np.diff(picture.astype(float), axis=0).std()


def test_a_texture_insert_scales_all_bands_alike(light, zone):
    changed = inserts.texture(light, zone, MM, 0.8)
    for fine, coarse in ((0.5, 1.0), (1.0, 2.0)):
        before, after = (
            band(np.log(luminance(one)), fine / MM, coarse / MM)[zone] for one in (light + 0.01, changed + 0.008)
        )
        assert (before * after).sum() / (before * before).sum() == pytest.approx(0.8, abs=0.03)
    far = inserts.fading(zone, MM) == 0
    np.testing.assert_array_equal(changed[far], light[far])


def test_a_wrinkle_insert_changes_lines_and_leaves_the_skin_between(zone):
    flat = np.full((SIDE, SIDE, 3), 0.4, np.float32)
    flat += np.random.default_rng(0).normal(0, 0.002, flat.shape).astype(np.float32)
    flat[88:91, 60:200] *= 0.85
    line = inserts.wrinkles(flat, zone, MM, 0.5)
    depth = [band(np.log(luminance(one)), 0.5 / MM, 1.5 / MM)[89, 100:150].mean() for one in (flat, line)]
    assert depth[1] / depth[0] == pytest.approx(0.5, abs=0.03)
    np.testing.assert_array_equal(line[110:118, 120:140], flat[110:118, 120:140])


@pytest.mark.parametrize("pigment", [MELANIN, HAEMOGLOBIN], ids=["brown", "red"])
def test_a_spot_has_its_contrast_and_width(pigment, zone):
    plain = np.full((SIDE, SIDE, 3), (0.5, 0.35, 0.27), np.float32)
    spot = inserts.spots(plain, 0.1, Spots(np.array([[100.0, 80.0]]), 2.0, 0.07, pigment))
    lost = 1 - luminance(spot) / luminance(plain)
    assert lost[80, 100] == pytest.approx(0.07, abs=0.002)
    assert (lost[80] > 0.035).sum() * 0.1 == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("more", [-1.5, 1.0, 3.0])
def test_redness_rises_by_what_was_asked(light, zone, more):
    changed = inserts.redness(light, zone, MM, more)
    medians = [lab(np.median(one[zone], axis=0))[1] for one in (light, changed)]
    assert medians[1] - medians[0] == pytest.approx(more, abs=0.1)


@pytest.mark.parametrize("more", [-5.0, 3.0])
def test_tone_rises_by_what_was_asked(light, zone, more):
    changed = inserts.tone(light, zone, MM, more)
    colours = [lab(np.median(one[zone], axis=0)) for one in (light, changed)]
    before, after = (ita_degrees(float(colour[0]), float(colour[2])) for colour in colours)
    assert after - before == pytest.approx(more, abs=0.2)


def test_scattered_places_keep_their_distance_until_there_is_no_room(zone):
    places = inserts.scattered(zone, MM, 5, 6.0, seed=1)
    apart = [np.linalg.norm(one - other) * MM for one in places for other in places if one is not other]
    assert len(places) == 5
    assert min(distance for distance in apart if distance) >= 6
    assert len(inserts.scattered(zone, MM, 100, 6.0, seed=1)) < 100


def test_a_sticker_is_laid_whole_and_its_light_is_known(picture):
    points = head()
    points[[33, 133, 362, 263, 152], :2] = [[65, 90], [65, 90], [191, 90], [191, 90], [128, 200]]
    face = Face(points, 0.1)
    laid = stickers.with_sticker(picture, face)
    assert laid.shape[0] > SIDE
    again = stickers.taken_again(laid, face, Nuisance(light=0.15))
    inside = stickers.corners(face).mean(axis=0).astype(int)
    paper = np.s_[inside[1] - 1 : inside[1] + 1, inside[0] - 1 : inside[0] + 1]
    np.testing.assert_array_equal(again[paper], laid[paper])
    assert (again != laid).any()


def test_a_sticker_shot_is_shaded_only_where_asked():
    even, shaded = (draw_for_sticker(REPORT[5], shaded=asked) for asked in (False, True))
    assert (even.light, shaded.light) == (0, nuisances.STICKER_SHADING)
    assert even.gamma == shaded.gamma != 1


def test_everybody_is_in_the_calibration_or_the_report():
    assert Counter(people()) == Counter((*calibration(), *report()))


@WITH_PHOTOGRAPHS
def test_the_licensed_people_are_split_for_good():
    assert (len(calibration()), len(report())) == (21, 22)
    assert sum(person.smiling is not None for person in people()) == 36


def test_without_the_folder_there_is_the_astronaut():
    assert Person("astronaut", None).image.shape == (512, 512, 3)


@pytest.mark.parametrize(
    ("typology", "group"), [(56, "very light"), (41, "intermediate"), (-10, "brown"), (-31, "dark")]
)
def test_tone_groups(typology, group):
    assert tone_group(typology) == group
    assert group in TONE_GROUPS


def test_groups_are_listed_from_the_lightest_and_only_those_seen():
    assert list(table.by_group([-40, 50, 60], tone_group)) == ["all", "very light", "light", "dark"]


def test_the_interval_of_a_share_is_exact():
    assert table.share(0, 60) == pytest.approx((0, 0.0596), abs=1e-3)
    assert table.percent(table.share(5, 100)) == "1.6 to 11.3 %"


def test_values_of_one_person_go_together():
    together = table.over_people({"a": [0.0] * 50, "b": [1.0] * 50})
    assert together == (0, 1)
