"""A zone is named on the command line by its id, or as the answer names it."""

import argparse

import pytest

from needlework.cli import measure
from needlework.cli.errors import BadInputError
from needlework.evidence.zones import zones
from needlework.imaging.report.words import bare


def asked(*words):
    parser = argparse.ArgumentParser()
    measure.add_arguments(parser)
    return measure._zones(parser.parse_args(["--zones", *words]))


@pytest.mark.parametrize("zone", [*zones().face, "abdomen"])
def test_the_name_that_the_answer_prints_is_taken(zone):
    assert asked(bare(zone)) == asked(bare(zone).upper()) == asked(zone) == (zone,)


def test_names_and_groups_stand_side_by_side():
    assert set(asked("between the brows,chin", "cheeks")) == {"glabella", "chin", "cheek-left", "cheek-right"}


def test_the_control_zone_is_named_in_the_same_way():
    parser = argparse.ArgumentParser()
    measure.add_arguments(parser)
    assert parser.parse_args(["--control", "Left temple"]).control == "temple-left"


def test_a_word_that_is_no_zone_is_repeated():
    with pytest.raises(BadInputError, match=r"^--zones: 'left chek': There is no such zone\."):
        asked("chin", "left chek")
