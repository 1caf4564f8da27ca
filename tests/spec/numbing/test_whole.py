"""How the whole stands."""

import pytest

from tests.spec.numbing.applying import applied

TEN_HOURS = 615
WITHIN = ("EMLA", 15, 100, 60)


def also(product, **rest):
    return {"also": [{"product": product, "mass_g": 15, "area_cm2": 100} | rest]}


def standing(*put_on, **rest):
    return applied(*put_on, **rest)["standing"]


def times(found):
    return [(one["product"], one["value"], one["standing"]) for one in found["checks"] if one["check"] == "time"]


def test_what_was_not_checked_is_never_within_for_a_second_product_s_sake():
    found = applied("Pliaglis", 30, 100, TEN_HOURS, **also("EMLA", off="2026-12-01T11:00:00+00:00"))
    assert {one["standing"] for one in found["checks"]} == {"within"}
    assert found["standing"] == "not-checked"
    assert [(one["product"], one["checked"]) for one in found["products"]] == [("Pliaglis", False), ("EMLA", True)]


def test_a_second_product_that_was_not_checked_makes_the_whole_not_checked():
    assert standing(*WITHIN) == "within"
    assert standing(*WITHIN, **also("Lidiam")) == "not-checked"


def test_not_checked_outranks_under():
    assert standing("EMLA", 10, 100) == "under"
    assert standing("EMLA", 10, 100, **also("Lidiam")) == "not-checked"


def test_too_short_and_over_outrank_not_checked():
    assert standing("EMLA", 15, 100, 59, **also("Lidiam")) == "too-short"
    assert standing("EMLA", 15, 100, 301, **also("Lidiam")) == "over"


@pytest.mark.parametrize("product", ["EMLA", "LMX4", "Pliaglis", "Lidiam"])
def test_who_must_not_have_it_outranks_everything(product):
    allergy = {"patient": {"answers": {"anaesthetic_allergy": {}}}}
    for minutes in (30, 60, 301):
        found = applied(product, 15, 100, minutes, **allergy)
        assert (found["standing"], found["barred"]) == ("must-not", True)


def test_no_check_of_somebody_who_must_not_have_it_reads_as_leave():
    allergy = {"patient": {"answers": {"anaesthetic_allergy": {}}}}
    for minutes in (59, 60):
        assert {one["do"] for one in applied("EMLA", 15, 100, minutes, **allergy)["checks"]} == {
            "This patient must not have it: put none on, and take off what is on."
        }
    over = applied("EMLA", 15, 100, 301, **allergy)["checks"][-1]
    assert over["do"].startswith("Too long: take it off now")


def test_who_must_not_have_the_second_product_must_not_have_the_whole():
    dermatitis = {"patient": {"answers": {"contact_dermatitis": {}}}}
    assert standing(*WITHIN, **dermatitis) == "within"
    assert standing(*WITHIN, **also("LMX4"), **dermatitis) == "must-not"


def test_each_product_is_held_to_its_own_times():
    found = applied(*WITHIN, **also("LMX4"))
    assert times(found) == [("EMLA", 60, "within"), ("LMX4", 60, "within")]
    found = applied(*WITHIN, **also("LMX4", on="2026-12-01T10:31:00+00:00"))
    assert times(found) == [("EMLA", 60, "within"), ("LMX4", 29, "too-short")]
    assert found["standing"] == "too-short"
    found = applied(*WITHIN, **also("LMX4", on="2026-12-01T05:59:59+00:00"))
    assert [one[2] for one in times(found)] == ["within", "over"]
    found = applied("Pliaglis", 30, 100, TEN_HOURS, **also("EMLA"))
    assert times(found) == [("EMLA", 615, "over")]


def test_a_second_product_may_come_off_at_its_own_time():
    found = applied(*WITHIN, **also("LMX4", off="2026-12-01T10:29:00+00:00"))
    assert times(found) == [("EMLA", 60, "within"), ("LMX4", 29, "too-short")]
    assert found["products"][1]["until"] == "2026-12-01T10:29:00+00:00"


def test_all_are_ready_from_the_latest_and_off_by_the_earliest():
    found = applied(*WITHIN, **also("LMX4", on="2026-12-01T09:00:00+00:00"))
    assert (found["ready_from"], found["remove_by"]) == ("2026-12-01T11:00:00+00:00", "2026-12-01T14:00:00+00:00")
    found = applied(*WITHIN, **also("LMX4", on="2026-12-01T10:31:00+00:00"))
    assert (found["ready_from"], found["remove_by"]) == ("2026-12-01T11:01:00+00:00", "2026-12-01T15:00:00+00:00")
