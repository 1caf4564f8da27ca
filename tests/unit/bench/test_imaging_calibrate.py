"""Calibrating writes what the product reads, from comparisons that no figure of the table uses."""

import math
import tomllib
from dataclasses import replace

import pytest

from bench.imaging import bodies, calibrate
from bench.imaging.cases import Answered, Case
from bench.imaging.fitting import Seen
from bench.imaging.nuisances import CALIBRATION
from bench.imaging.people import people
from bench.imaging.rows import inserted
from needlework.imaging.change.priors import Prior
from needlework.imaging.measures.estimate import Estimate, Unmeasured

PRIOR = Prior(one_sd=0.08, more_sd=0.03, scatter_sd=0.03, pixels=0.5, df=20.0, gain=0.05)
CASE = Case(people()[0], CALIBRATION, 0)


@pytest.fixture
def fit():
    return {"any": PRIOR, "cheek": PRIOR}


def seen(change):
    """Return the same change of four comparisons, two with one shot a visit and two with two."""
    return [
        Seen(number, "tan", "cheek", Estimate(change, (0.0, 0.05)[:shots], (0.1, 0.0)[:shots]))
        for number, shots in enumerate((1, 1, 2, 2))
    ]


def test_the_file_is_what_the_product_reads(fit):
    document = tomllib.loads(calibrate.written({"wrinkles": fit}))
    assert (document["algorithm"], document["lasting"]) == (calibrate.ALGORITHM, calibrate.LASTING)
    wrinkles = document["measures"]["wrinkles"]
    zones = {
        name: Prior(**own, **{key: wrinkles[key] for key in ("pixels", "df", "gain")})
        for name, own in wrinkles["zones"].items()
    }
    assert zones.keys() == fit.keys()
    assert zones["cheek"] == PRIOR


def test_every_person_of_the_calibration_is_seen_with_and_without_a_sticker():
    cases = calibrate.cases(2)
    assert {case.person for case in cases if case.sticker} == {case.person for case in cases if not case.sticker}
    numbers = [(case.person, case.number) for case in cases]
    assert len(set(numbers)) == len(numbers)


def test_one_shot_errs_at_least_as_real_pairs_do():
    wide = calibrate.at_least({"any": PRIOR, "cheek": replace(PRIOR, one_sd=0.4)}, 0.3, 0.1)
    assert wide["any"] == replace(PRIOR, one_sd=0.3, gain=0.1)
    assert wide["cheek"].one_sd == 0.4


def test_what_was_put_in_is_held_against_the_photographs_themselves():
    asked = ("cheek-left", "texture")
    one, clean = (
        Answered(CASE, "tan", {asked: Estimate(change, (0.0, 0.0), (0.1, 0.1))}, {}) for change in (0.21, 0.2)
    )
    (of_a_change,) = calibrate.seen([one], [clean])["texture"]
    (of_none,) = calibrate.seen([one])["texture"]
    assert (of_a_change.true, of_none.true) == (0.2, 0.0)
    untold = Answered(CASE, "tan", {asked: Unmeasured("Too little.")}, {})
    (of_what_nobody_knows,) = calibrate.seen([one], [untold])["texture"]
    assert math.isnan(of_what_nobody_knows.true)


def test_only_what_was_put_in_is_known():
    told = {(zone, "texture"): Estimate(0.2, (0.0,), (0.1,)) for zone in ("cheek-left", "chin")}
    kept = calibrate.only(inserted.SMOOTHER, Answered(CASE, "tan", told, {}))
    assert set(kept.estimates) == {("cheek-left", "texture")}


def test_every_rendered_body_is_another():
    patches = calibrate.patches()
    assert len({body.number for body in patches}) == len(patches)
    assert {body.shots for body in patches} == {1, 2}


def test_a_rendered_body_that_is_photographed_again_has_not_changed():
    group, found = bodies.measured(bodies.Body(1, CALIBRATION, 1))
    assert group == "intermediate"
    assert abs(found.change) < 0.05


def test_the_health_of_a_fit_is_told_by_measure_shots_and_group(fit):
    told = calibrate.health({"wrinkles": fit}, {"wrinkles": seen(0.02)}).splitlines()
    assert [line.split()[:3] for line in told[2:]] == [
        ["wrinkles", "one_sd", "all"],
        ["wrinkles", "one_sd", "tan"],
        ["wrinkles", "more_sd", "all"],
        ["wrinkles", "more_sd", "tan"],
    ]
