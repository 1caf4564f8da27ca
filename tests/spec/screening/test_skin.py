"""Skin."""

from tests.spec.screening.asking import (
    adjusts,
    defers,
    everywhere,
    locally,
    refers,
    screened,
    spec,
    treats_around,
    waits,
)


def typed(skin_type):
    """Return what is found for a skin type alone."""
    found = screened({}, patient={"age_years": 40, "fitzpatrick": skin_type})["findings"]
    return [(one["rule"], one["outcome"]) for one in found]


def test_a_few_inflamed_spots_are_treated_around():
    locally("acne_inflamed_area", finds=treats_around)


def test_many_inflamed_spots_defer():
    locally("acne_inflamed_many", finds=defers)
    spec("acne_inflamed_many", given={"date": "2020-01-01"}, finds=defers())


def test_severe_acne_refers():
    locally("acne_severe", finds=refers)


def test_active_rosacea_refers():
    locally("rosacea_active", finds=refers)


def test_calm_rosacea_adjusts():
    locally("rosacea_stable", finds=adjusts)


def test_active_eczema_in_the_area_defers():
    locally("eczema_active_area", finds=defers)


def test_active_eczema_defers_until_four_weeks_clear():
    waits("eczema_active_area", since="2026-11-01", until="2026-11-29")


def test_eczema_elsewhere_adjusts():
    everywhere("eczema_elsewhere", finds=adjusts())


def test_past_eczema_herpeticum_refers():
    everywhere("eczema_herpeticum_history", finds=refers())


def test_psoriasis_in_the_area_refers():
    locally("psoriasis_area", finds=refers)


def test_a_flare_of_psoriasis_anywhere_refers():
    everywhere("psoriasis_flare", finds=refers())


def test_stable_psoriasis_elsewhere_adjusts():
    everywhere("psoriasis_elsewhere", finds=adjusts())


def test_vitiligo_refers():
    everywhere("vitiligo", finds=refers())


def test_melasma_adjusts():
    locally("melasma", finds=adjusts)


def test_skin_types_iv_to_vi_adjust_and_never_more():
    assert typed("I") == typed("III") == []
    assert typed("IV") == typed("V") == typed("VI") == [("fitzpatrick_iv_vi", "suitable_with_adjustments")]
    spec("fitzpatrick_iv_vi", finds=None)  # the skin type is the patient's, whatever is answered


def test_dark_marks_after_spots_adjust():
    everywhere("pih_history", finds=adjusts())


def test_sunburn_or_a_fresh_tan_defers():
    locally("sunburn_tan", finds=defers)


def test_sunburn_or_a_fresh_tan_defers_for_fourteen_days():
    waits("sunburn_tan", since="2026-11-12", until="2026-11-26")


def test_an_open_wound_defers():
    locally("open_wound", finds=defers)


def test_an_open_wound_defers_until_seven_days_healed():
    waits("open_wound", since="2026-11-20", until="2026-11-27")
