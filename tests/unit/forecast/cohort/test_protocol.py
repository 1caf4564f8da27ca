"""A protocol keeps to the limits that a course keeps to."""

import dataclasses

import numpy as np
import pytest

from needlework.evidence.errors import InputError
from needlework.forecast.cohort.protocol import Protocol, check
from tests.expecting import LIMITS

GOOD = Protocol("four sessions", 4, 28, 1.5, 1000.0)


def test_its_days_are_equally_far_apart():
    check(GOOD, LIMITS)
    np.testing.assert_array_equal(GOOD.days, [[0.0], [28.0], [56.0], [84.0]])


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"sessions": 0}, "sessions", "from 1 to 12 sessions"),
        ({"interval_days": 7}, "interval_days", "at least 14 days apart"),
        ({"sessions": 12, "interval_days": 400}, "interval_days", "three years"),
        ({"depth_mm": 2.6}, "depth_mm", "from 0.05 to 2.5 mm"),
        ({"punctures_per_cm2": 1e9}, "punctures_per_cm2", "from 10 to 10000 punctures per cm²"),
    ],
)
def test_what_lies_outside_is_refused_by_name_unit_and_range(changed, field, said):
    with pytest.raises(InputError) as wrong:
        check(dataclasses.replace(GOOD, **changed), LIMITS, "protocols[1].")
    assert wrong.value.field == f"protocols[1].{field}"
    assert said in wrong.value.sentence
