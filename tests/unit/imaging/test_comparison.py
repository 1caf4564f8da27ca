"""Two visits compared from photographs: the promises that hold whatever is in them."""

from hashlib import sha256

import cv2
import numpy as np
import pytest
from skimage import data

from needlework.evidence.errors import InputError
from needlework.imaging import ALGORITHM
from needlework.imaging.arrays import Image
from needlework.imaging.change.verdicts import judge
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.comparison import DOUBTFUL, LOST, TWICE, UNGUARDED, WITHHELD, compare
from needlework.imaging.faces import finding
from needlework.imaging.filters import smooth
from needlework.imaging.measures.asking import CONTROL_ITSELF
from needlework.imaging.shots import Shot, Source
from needlework.imaging.sticker import drawing
from tests.compared import another, unguarded

ZONES = ("cheek-left", "cheek-right", "nose", "chin")
FACE = np.s_[:240, 100:340]


def shot(image: Image, name: str) -> Shot:
    return Shot(name, image, sha256(image.tobytes()).hexdigest(), Source("PNG", image.shape[1], image.shape[0]))


def taken(seed: int, *, light: float = 1.0, red: float = 1.0, relief: tuple[str, float] | None = None) -> Shot:
    """The astronaut photographed again: slightly elsewhere, in other light, with fresh grain."""
    chance = np.random.default_rng(seed)
    moved = np.float32([[1, 0, chance.uniform(-2, 2)], [0, 1, chance.uniform(-2, 2)]])
    large = cv2.resize(data.astronaut()[FACE], None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    grown = detailed(large) if relief is None else scaled(detailed(large), *relief)
    linear = cv2.warpAffine(grown, moved, grown.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    image = to_srgb(linear * np.float32([light * red, light, light]))
    return shot(np.clip(image + chance.normal(0.5, 2, image.shape), 0, 255).astype(np.uint8), f"{seed}.png")


def detailed(image: Image) -> np.ndarray:
    """Enlarging left no fine structure: some is put back, the same in every photograph."""
    grain = np.random.default_rng(9).normal(0, 1, image.shape[:2]).astype(np.float32)
    relief = smooth(grain, 1.0) - smooth(grain, 4.0)
    return to_linear(image) * np.exp(0.05 * relief / relief.std())[..., None]


def scaled(linear: np.ndarray, side: str, times: float) -> np.ndarray:
    """The fine structure of one half of the picture, times a number."""
    light = np.log(np.maximum(linear.mean(axis=-1), 2e-3)).astype(np.float32)
    half = np.zeros(light.shape, np.float32)
    half[:, slice(None, 480) if side == "right" else slice(480, None)] = 1
    return linear * np.exp((times - 1) * half * (light - smooth(light, 6)))[..., None]


@pytest.fixture(scope="module")
def visits():
    return [taken(1), taken(2)], [taken(3), taken(4)]


@pytest.fixture(scope="module")
def unchanged(visits):
    return compare(*visits, zones=ZONES, control="nose")


def changed(comparison) -> set[tuple[str, str]]:
    return {key for key, change in comparison.changes.items() if change.verdict == "changed"}


def test_the_answer_has_the_promised_keys(unchanged):
    found = unchanged.as_json()
    assert (found["comparable"], found["reasons"], found["algorithm"]) == (True, [], ALGORITHM)
    assert set(found["registration"]) == {"median_mm", "p95_mm"}
    assert found["colour_reference"] == "none"
    assert set(found["zones"]) == set(ZONES)
    one = found["zones"]["cheek-left"]["texture"]
    assert {"change_percent", "interval", "smallest_detectable_change", "verdict", "direction", "reason"} <= set(one)


def test_what_is_read_of_a_zone_does_not_depend_on_which_others_are_asked_for(visits, unchanged):
    alone = compare(*visits, zones=ZONES[:1], control="nose")
    own = {key: found for key, found in alone.visits.estimates.items() if key[0] == ZONES[0]}
    assert own and own == {key: found for key, found in unchanged.visits.estimates.items() if key[0] == ZONES[0]}


def test_the_colour_of_the_control_zone_itself_needs_the_sticker(unchanged):
    told = unchanged.changes["nose", "redness"]
    assert (told.verdict, told.reason) == ("not-measurable", CONTROL_ITSELF.reason)


def test_colour_beside_a_control_zone_that_cannot_be_seen_says_so(visits):
    found = compare(*visits, zones=["chin"], control="neck")
    assert "no zone of the face" in found.changes["chin", "tone"].reason


def test_a_photograph_against_itself_is_not_distinguishable_anywhere(visits):
    found = compare(visits[0][:1], visits[0][:1], zones=ZONES)
    assert {change.verdict for change in found.changes.values()} <= {"not-distinguishable", "not-measurable"}
    assert all(change.change in {0, None} for change in found.changes.values())


def test_a_photograph_of_both_visits_is_doubted_and_nothing_is_claimed(visits):
    smoother = taken(3, relief=("left", 0.5))
    found = compare(visits[0], [visits[0][0], smoother], zones=["cheek-left"])
    assert found.reasons == (TWICE.format(visits[0][0].name),)
    assert changed(found) == set()


def test_a_sticker_that_is_not_trusted_is_told(visits):
    shrunk, plain = with_sticker(visits[0][0], printed=0.7), with_sticker(visits[1][0], printed=1.0)
    found = compare([shrunk], [plain], zones=["chin"]).as_json()
    (doubt,) = (one for one in found["doubts"] if "printed at" in one)
    assert doubt.startswith("1.png: By the face beside it, the sticker seems to be ")
    assert (found["comparable"], found["reasons"]) == (True, [])


def with_sticker(taken: Shot, *, printed: float) -> Shot:
    """The same face above a sticker, printed at a part of its size."""
    larger = cv2.copyMakeBorder(taken.image, 0, 200, 0, 0, cv2.BORDER_REPLICATE)
    px_per_mm = printed / finding.find(taken.image)[0].mm_per_px
    onto = np.array([[px_per_mm, 0, 300], [0, px_per_mm, 980], [0, 0, 1]])
    return shot(drawing.paste(larger, onto, drawing.draw(), 0.7), taken.name)


def test_the_control_zone_alone_is_no_question(visits):
    with pytest.raises(InputError, match="control: No other zone is asked for"):
        compare(visits[0], visits[1], zones=["nose"], control="nose")


def test_unchanged_skin_taken_again_has_not_changed(unchanged):
    assert changed(unchanged) == set()
    assert sum(change.change is not None for change in unchanged.changes.values()) > 12


def test_swapping_the_visits_negates_every_change(visits, unchanged):
    swapped = compare(*reversed(visits), zones=ZONES, control="nose")
    one, other = unchanged.visits.estimates, swapped.visits.estimates
    rounding = 1e-4  # of colour in float32, in units of a* and degrees
    assert {key: -found.change for key, found in one.items() if hasattr(found, "change")} == pytest.approx(
        {key: found.change for key, found in other.items() if hasattr(found, "change")}, abs=rounding
    )


def test_exposure_and_white_balance_change_no_verdict(visits):
    other = [taken(3, light=0.85, red=1.05), taken(4, light=1.1, red=0.96)]
    assert changed(compare(visits[0], other, zones=ZONES, control="nose")) == set()


def test_two_shots_a_visit_tell_more_than_one(visits, unchanged):
    alone = compare(visits[0][:1], visits[1][:1], zones=ZONES, control="nose")
    narrower = [
        unchanged.changes[key].smallest_detectable_change < change.smallest_detectable_change
        for key, change in alone.changes.items()
        if change.change is not None and unchanged.changes[key].change is not None
    ]
    assert np.mean(narrower) > 0.8


def test_a_smoother_half_is_found_where_it_is(visits):
    smoother = [taken(seed, relief=("left", 0.5)) for seed in (3, 4)]
    found = compare(visits[0], smoother, zones=["cheek-left", "cheek-right"])
    assert ("cheek-left", "texture") in changed(found)
    assert found.changes["cheek-left", "texture"].direction == "less"
    assert all(zone == "cheek-left" for zone, _ in changed(found))


def test_the_control_zone_is_corrected_with_all_the_others(visits, unchanged):
    assert unchanged.changes == judge(unchanged.visits.estimates)


def test_a_control_zone_that_changed_makes_everything_doubtful(visits):
    smoother = [taken(seed, relief=("left", 0.5)) for seed in (3, 4)]
    found = compare(visits[0], smoother, zones=["cheek-right", "chin"], control="cheek-left")
    assert found.reasons == (DOUBTFUL,)
    assert all(zone == "cheek-left" for zone, _ in changed(found))
    assert found.changes["cheek-left", "texture"].verdict == "changed"


def test_a_change_is_withheld_when_the_control_zone_changed_too(visits):
    smoother = [taken(seed, relief=("left", 0.5)) for seed in (3, 4)]
    rougher = [shot(to_srgb(scaled(to_linear(one.image), "right", 1.6)), one.name) for one in smoother]
    found = compare(visits[0], rougher, zones=["cheek-right"], control="cheek-left")
    answers = {key: change for key, change in found.changes.items() if key[0] == "cheek-right" and change.interval}
    assert {(change.verdict, change.reason) for change in answers.values()} == {("not-distinguishable", WITHHELD)}


def test_visits_that_cannot_be_compared_have_reasons_and_no_numbers():
    empty = shot(np.full((300, 300, 3), 120, np.uint8), "wall.png")
    found = compare([empty], [empty]).as_json()
    assert set(found) == {"comparable", "reasons", "algorithm"}
    assert not found["comparable"]
    assert found["reasons"]


def test_skin_that_is_not_found_again_is_not_compared():
    found = another()
    assert (found.comparable, found.reasons, found.visits) == (False, (LOST,), None)


def test_a_control_zone_that_cannot_be_measured_guards_nothing():
    found = unguarded()
    assert (found.comparable, found.doubts) == (True, (UNGUARDED,))
    assert found.changes["chin", "texture"].verdict == "not-distinguishable"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"before": []}, "before: Name at least one photograph of this visit."),
        ({"zones": ["elbow"]}, "zones[0]: "),
        ({"zones": ["lips"]}, "never treated"),
        ({"control": "sofa"}, "control: There is no such zone."),
        ({"control": "cheeks"}, "'cheeks' stands for 2 zones. Name the one that is not treated."),
    ],
    ids=["no-shot", "unknown-zone", "never-treated", "control-is-none", "control-is-a-group"],
)
def test_what_is_asked_wrongly_is_refused(visits, arguments, sentence):
    asked = {"before": visits[0][:1], "after": visits[1][:1], "zones": ["nose"]} | arguments
    with pytest.raises(InputError) as refused:
        compare(asked.pop("before"), asked.pop("after"), **asked)
    assert sentence in str(refused.value)


def test_the_same_file_is_no_second_shot(visits):
    twice = [visits[0][0], Shot("copy.png", visits[0][0].image, visits[0][0].digest, visits[0][0].source)]
    with pytest.raises(InputError, match=r"copy\.png is the same file as 1\.png\. Take a second photograph\."):
        compare(visits[0], twice)
