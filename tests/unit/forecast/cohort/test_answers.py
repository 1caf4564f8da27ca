"""What a virtual practice and a study found, as the command writes it."""

import json

import numpy as np
import pytest

from needlework.forecast.cohort import answers
from needlework.forecast.cohort.practice import Practice
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.cohort.study import Study, Trials
from tests.expecting import LIMITS

FOUR = Protocol("four sessions", 4, 28, 1.5, 250.0)
NEARER = Protocol("nearer each other", 4, 21, 1.5, 250.0)
DEEPER = Protocol("deeper, and dense", 4, 28, 2.0, 2000.0)


def a_study(second=NEARER, people=(20, 50)):
    return Study({}, "acne-scars", (FOUR, second), people, 0.1, 180.0)


def found(difference, told=(0, 1)):
    return Trials(np.full(4, difference), np.full(4, 0.1), np.tile(np.array(told, np.int8), (4, 1)))


def test_a_practice_is_told_by_bands_for_each_day():
    practice = Practice({}, "wrinkles", FOUR, (30.0, 180.0), 2.0)
    shares = np.linspace(0, 1, 101, dtype=np.float32)[:, None] * np.array([1.0, 0.5], np.float32)
    answer = answers.of_practice(practice, LIMITS, shares)
    assert answer["people"] == 101
    assert answer["late_days"] == 2.0
    assert answer["share_of"] == "Lemperle wrinkle scale (0 to 5)"
    first, second = answer["shares"]
    assert first == {"days_after_last": 30.0, "median": 0.5, "band_50": [0.25, 0.75], "band_90": [0.05, 0.95]}
    assert second["median"] == 0.25
    assert [one["of"] for one in answer["evidence"]] == ["shares", "untreated"]
    assert json.loads(json.dumps(answer)) == answer


def test_a_study_is_told_by_its_power_for_each_size():
    answer = answers.of_study(a_study(), LIMITS, found(0.2))
    assert answer["trials"] == 4
    assert answer["difference"] == {"median": 0.2, "band_50": [0.2, 0.2], "band_90": [0.2, 0.2]}
    assert [one["people"] for one in answer["power"]] == [20, 50]
    assert answer["power"][0] == {"people": 20, "told_apart": 0.0, "interval_95": [0.0, 0.6024], "wrong_way": 0.0}
    assert answer["power"][1]["told_apart"] == 1.0
    assert [one["name"] for one in answer["protocols"]] == ["four sessions", "nearer each other"]
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("difference", "needed", "said"),
    [
        (0.2, 20, "takes about 20 people in each group. Each power"),
        (0.05, 314, "takes about 314 people in each group. That is more than any size that was asked about."),
        (0.0, None, "Not even 10000 people in each group tell the two apart in 80% of studies"),
    ],
    ids=["within the sizes", "beyond the sizes", "of no size"],
)
def test_what_it_takes_is_said_in_a_sentence_with_what_chance_does(difference, needed, said):
    answer = answers.of_study(a_study(), LIMITS, found(difference))
    assert answer["people_needed"] == needed
    assert said in answer["sentence"]
    assert answer["sentence"].endswith("Where two protocols do the same, 5% of studies still say that they do not.")


def test_what_stands_behind_a_difference_is_by_what_the_protocols_differ_in():
    spaced, deeper = (answers.of_study(a_study(second), LIMITS, found(0.1)) for second in (NEARER, DEEPER))
    behind = [{one["of"]: one for one in answer["evidence"]} for answer in (spaced, deeper)]
    assert list(behind[0]) == ["shares", "untreated", "difference"]
    assert behind[0]["difference"] != behind[1]["difference"]
    assert len(set(deeper["warnings"])) == len(deeper["warnings"])
    assert any("2000 is far from that" in warning for warning in deeper["warnings"])
    assert any("21 days apart" in warning for warning in spaced["warnings"])
