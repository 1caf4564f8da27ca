"""Any numbing cream."""

import pytest

from tests.spec.numbing.applying import applied, barred, standing

HOUSE = {
    "label": "House cream",
    "source": "leaflet of 3 March 2026",
    "dose_g_per_10_cm2": [1, 1.5],
    "max_mass_g": 20,
    "max_area_cm2": 200,
    "least_minutes": 30,
    "most_minutes": 60,
}


def test_an_excess_says_to_take_it_off_and_what_to_watch_for():
    (mass,) = [one for one in applied("EMLA", 61, 600)["checks"] if one["check"] == "mass"]
    assert mass["do"] == (
        "Too much: take cream off now and put none on. Enough can be absorbed to do serious harm. Watch for "
        "agitation, twitching, faintness or a slow pulse, which can come late; for any of them call 999 and say "
        "what was used, how much and when."
    )
    assert len(mass["sources"]) == 4


def test_two_products_add_up():
    both = standing("EMLA", 40, 300, also=[{"product": "LMX4", "mass_g": 20, "area_cm2": 300}])
    assert (both["mass"], both["area"]) == ("within", "within")
    more = standing("EMLA", 40, 300, also=[{"product": "LMX4", "mass_g": 20.1, "area_cm2": 300.1}])
    assert (more["mass"], more["area"]) == ("over", "over")


def test_two_products_have_no_sourced_maximum_and_it_says_so():
    found = applied("EMLA", 15, 100, also=[{"product": "LMX4", "mass_g": 15, "area_cm2": 100}])
    assert found["notes"][0]["text"] == (
        "Two products at once: their masses and areas are added here and held against the limits of each. "
        "No source that was read sets a maximum for both together."
    )
    assert [(one["product"], one["check"]) for one in found["checks"]] == [
        ("EMLA", "mass"),
        ("EMLA", "area"),
        ("EMLA", "dose-per-area"),
        ("LMX4", "mass"),
        ("LMX4", "area"),
        ("LMX4", "dose-per-area"),
        ("EMLA", "time"),
        ("LMX4", "time"),
    ]


def test_who_must_not_have_it_bars():
    assert barred() == (False, [])
    assert barred(anaesthetic_allergy={}) == (True, ["anaesthetic_allergy"])
    assert barred(tla_exclusions={"unsure": True}) == (True, ["tla_exclusions"])


@pytest.mark.parametrize("rule", ["anaesthetic_allergy", "tla_exclusions", "pregnant", "breastfeeding", "open_wound"])
@pytest.mark.parametrize("product", ["EMLA", "LMX4", "Pliaglis", "Lidiam"])
def test_these_bar_every_cream(product, rule):
    assert barred(product, **{rule: {}}) == (True, [rule])


def test_lmx4_s_own_ingredients_and_eczema_bar_it():
    assert barred("LMX4", contact_dermatitis={}, eczema_active_area={})[1] == [
        "contact_dermatitis",
        "eczema_active_area",
    ]
    assert barred("EMLA", contact_dermatitis={}, eczema_active_area={}) == (False, [])


def test_before_lidiam_the_patient_is_asked_about_soya_and_peanut():
    assert applied("Lidiam", 15, 100)["notes"][1]["text"] == (
        "Ask the patient before it goes on: an allergy to soya or peanut? It contains soya lecithin. If so, or if "
        "unsure, do not use it."
    )
    assert [note["text"] for note in applied("EMLA", 15, 100)["notes"] if "soya" in note["text"]] == []


def test_a_latex_rash_or_another_bad_allergy_does_not_bar_lidiam():
    assert barred("Lidiam", anaphylaxis_history={}) == (False, [])


def test_an_answer_that_bars_the_second_cream_bars():
    second = [{"product": "LMX4", "mass_g": 5, "area_cm2": 30}]
    answers = {"answers": {"contact_dermatitis": {}}}
    assert applied("EMLA", 15, 100, also=second, patient=answers)["barred"] is True
    assert applied("EMLA", 15, 100, patient=answers)["barred"] is False


@pytest.mark.parametrize("product", ["Pliaglis", "Lidiam"])
def test_a_known_product_without_a_dose_is_not_checked(product):
    found = applied(product, 500, 2000, 600)
    assert (found["standing"], found["checks"]) == ("not-checked", [])
    assert (found["ready_from"], found["remove_by"]) == (None, None)
    assert found["notes"][0]["text"].startswith("Known and not checked")


@pytest.mark.parametrize(
    ("mass_g", "area_cm2", "minutes", "found"),
    [
        (20, 200, 60, "within"),
        (20, 200, 30, "within"),
        (20, 200, 29, "too-short"),
        (20, 200, 61, "over"),
        (20.1, 200, 60, "over"),
        (20, 200.1, 60, "over"),
        (19.9, 200, 60, "under"),
        (15, 100, 60, "within"),
        (15.1, 100, 60, "over"),
    ],
)
def test_a_clinic_s_own_entry_is_held_to_its_own_limits(mass_g, area_cm2, minutes, found):
    assert standing("House cream", mass_g, area_cm2, minutes, own=HOUSE)["all"] == found


def test_a_clinic_s_own_entry_names_itself_as_its_source():
    found = applied("House cream", 20, 200, own=HOUSE)
    assert {source["title"] for one in found["checks"] for source in one["sources"]} == {
        "House cream: leaflet of 3 March 2026"
    }
    assert found["checks"][0]["sources"] == [
        {
            "title": "House cream: leaflet of 3 March 2026",
            "url": None,
            "strength": "the clinic's own entry, not checked here",
        }
    ]
    assert len(found["must_not"]) == 5


def test_near_the_eyes_the_cornea_is_named():
    near = "Near the eyes: the cornea can be injured. Keep the cream away from them."
    assert applied("EMLA", 15, 100, zones=["face"])["notes"][0]["text"] == near
    assert near not in [note["text"] for note in applied("EMLA", 15, 100, zones=["cheeks"])["notes"]]


def test_a_pharmacist_supplies_it():
    assert applied("EMLA", 15, 100)["supply"] == (
        "EMLA and LMX4 are pharmacy medicines: a pharmacist supplies them to the person who will use them. Somebody "
        "who does not prescribe does not issue numbing cream, and some councils stop salons from supplying or applying "
        "it: ask yours."
    )


def test_clocks_going_back_do_not_shorten_the_time():
    summer, winter = "2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"
    found = applied("EMLA", 15, 100, on=summer, off=winter)
    assert found["checks"][-1]["value"] == 60
    assert found["checks"][-1]["standing"] == "within"
    assert applied("EMLA", 15, 100, on=summer, off="2026-10-25T01:29:00+00:00")["standing"] == "too-short"


def test_clocks_going_forward_do_not_lengthen_the_time():
    found = applied("EMLA", 15, 100, on="2026-03-29T00:30:00+00:00", off="2026-03-29T06:30:00+01:00")
    assert (found["checks"][-1]["value"], found["checks"][-1]["standing"]) == (300, "within")


def test_while_it_is_on_it_is_held_against_the_moment_asked_about():
    found = applied("EMLA", 15, 100, off=None, at="2026-12-01T10:59:59+00:00")
    assert (found["still_on"], found["standing"]) == (True, "too-short")
    assert applied("EMLA", 15, 100, off=None, at="2026-12-01T15:00:01+00:00")["standing"] == "over"
    assert applied("EMLA", 15, 100)["still_on"] is False
