"""Signs that a practitioner looks at within 2 working days."""

from tests.spec.signs.spec import spec


def test_tender_glands_are_looked_at_also_when_they_last_beyond_7_days():
    spec("swollen_glands", "practitioner_review", usual=(24, 168), until=168, notify=["practitioner"])


def test_new_spots_are_looked_at():
    spec("acne_flare", "practitioner_review", usual=(48, 504), notify=["practitioner"])


def test_redness_or_swelling_beyond_7_days_is_looked_at():
    spec("redness_over_7d", "practitioner_review", usual=(168, None), notify=["practitioner"])


def test_an_itchy_rash_after_a_cream_is_looked_at():
    spec("irritant_dermatitis", "practitioner_review", usual=(6, 120), notify=["practitioner"])


def test_firm_red_bumps_that_stay_are_looked_at_and_the_lead_is_told():
    spec("granuloma", "practitioner_review", usual=(72, 4320), notify=["practitioner", "lead"])


def test_new_warts_or_rings_in_treated_lines_are_looked_at():
    spec("wart_tinea_spread", "practitioner_review", usual=(336, 2016), notify=["practitioner"])


def test_dark_marks_are_looked_at():
    spec("pih", "practitioner_review", usual=(168, 2016), notify=["practitioner"])


def test_pale_marks_are_looked_at():
    spec("hypopigmentation", "practitioner_review", usual=(336, 4320), notify=["practitioner"])


def test_rows_of_dents_or_raised_lines_are_looked_at_and_the_lead_is_told():
    spec("tram_track", "practitioner_review", usual=(504, 4320), notify=["practitioner", "lead"])


def test_a_thick_growing_scar_is_looked_at():
    spec("keloid", "practitioner_review", usual=(672, 8760), notify=["practitioner"])


def test_new_patches_of_a_skin_condition_are_looked_at():
    spec("koebner", "practitioner_review", usual=(168, 2016), notify=["practitioner"])


def test_a_brief_faint_is_looked_at():
    spec("faint", "practitioner_review", usual=(0, 2), notify=["practitioner"])
