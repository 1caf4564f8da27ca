"""Signs of the expected course: each has an hour after which somebody looks at it."""

from tests.spec.signs.spec import spec


def test_redness_is_expected_for_7_days_then_looked_at():
    spec("redness", "expected", usual=(0, 72), until=168)


def test_mild_swelling_is_expected_for_4_days_then_looked_at():
    spec("swelling_mild", "expected", usual=(0, 72), until=96)


def test_pinpoint_bleeding_is_expected_for_6_hours_then_looked_at():
    spec("pinpoint_bleeding", "expected", usual=(0, 6), until=6)


def test_tight_warm_skin_is_expected_for_5_days_then_looked_at():
    spec("tight_warm", "expected", usual=(0, 72), until=120)


def test_flaking_is_expected_for_10_days_then_looked_at():
    spec("flaking", "expected", usual=(24, 168), until=240)


def test_bruising_is_expected_for_14_days_then_looked_at():
    spec("bruising", "expected", usual=(0, 336), until=336)


def test_mild_soreness_is_expected_for_3_days_then_looked_at():
    spec("mild_pain", "expected", usual=(0, 48), until=72)
