"""Scars."""

from tests.spec.screening.asking import adjusts, everywhere, locally, refers, spec, treats_around, waits


def test_a_keloid_refers():
    everywhere("keloid_personal", finds=refers())


def test_keloids_in_the_family_adjust():
    everywhere("keloid_family", finds=adjusts())


def test_a_raised_scar_is_treated_around():
    locally("hypertrophic_scar_area", finds=treats_around)


def test_a_new_scar_is_treated_around():
    locally("scar_recent", finds=treats_around)


def test_a_new_scar_is_left_out_for_six_months():
    waits("scar_recent", since="2026-05-31", until="2026-11-30", finds=treats_around)


def test_a_new_scar_is_left_out_for_twelve_months_with_the_older_skinpen_manual():
    waits("scar_recent", since="2024-02-29", until="2025-02-28", finds=treats_around, device="SkinPen (older manual)")


def test_a_new_scar_is_left_out_for_six_months_with_skinpen():
    spec("scar_recent", given={"date": "2026-05-22"}, device="SkinPen", finds=None)


def test_poor_healing_refers():
    everywhere("poor_healing", finds=refers())


def test_a_bad_reaction_to_past_needling_refers():
    everywhere("previous_bad_reaction", finds=refers())
