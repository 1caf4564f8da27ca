"""The concerns of the forecast are those of the rules."""

from needlework.clinical.terms import CONCERNS as RULES
from needlework.forecast.concerns import CONCERNS, WITHOUT_NUMBERS
from needlework.forecast.model.parameters import parameters


def test_every_concern_of_the_rules_has_numbers_or_none():
    assert sorted([*CONCERNS, *WITHOUT_NUMBERS]) == sorted(RULES)


def test_every_concern_has_its_parameter():
    assert {one.most for one in CONCERNS.values()} <= set(parameters())
