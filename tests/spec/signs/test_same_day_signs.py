"""Signs that need a GP, NHS 111 or a pharmacist today."""

from tests.spec.signs.spec import spec


def test_eyes_that_hardly_open_need_help_today_and_the_lead_is_told():
    spec("eyes_swollen_shut", "same_day", usual=(0, 72), notify=["practitioner", "lead"])


def test_pain_heat_or_redness_that_grows_after_48_hours_needs_help_today_and_the_lead_is_told():
    spec("pain_rising", "same_day", usual=(48, 336), notify=["practitioner", "lead"])


def test_severe_early_pain_needs_help_today_and_the_lead_is_told():
    spec("severe_pain_early", "same_day", usual=(0, 48), notify=["practitioner", "lead"])


def test_pus_or_yellow_crusts_need_help_today_and_the_lead_is_told():
    spec("pus", "same_day", usual=(24, 504), notify=["practitioner", "lead"])


def test_spreading_redness_needs_help_today_and_the_lead_is_told():
    spec("spreading_redness", "same_day", usual=(12, 336), notify=["practitioner", "lead"])


def test_a_fever_alone_needs_help_today_and_the_lead_is_told():
    spec("fever", "same_day", usual=(0, 504), notify=["practitioner", "lead"])


def test_blisters_by_the_lip_or_nose_need_help_today():
    spec("cold_sore", "same_day", usual=(24, 336), notify=["practitioner"])


def test_very_itchy_weeping_skin_needs_help_today():
    spec("allergic_dermatitis", "same_day", usual=(24, 336), notify=["practitioner"])


def test_a_rash_with_fever_or_joint_pains_needs_help_today_and_the_lead_is_told():
    spec("systemic_hypersensitivity", "same_day", usual=(48, 672), notify=["lead"])


def test_lumps_or_sores_that_do_not_heal_need_help_today_and_the_lead_is_told():
    spec("ntm", "same_day", usual=(168, 2016), notify=["lead"])


def test_hives_with_normal_breathing_need_help_today():
    spec("urticaria", "same_day", usual=(0, 48), notify=["practitioner"])


def test_a_burn_or_dent_after_radiofrequency_needs_help_today_and_the_lead_is_told():
    spec("burn_rf", "same_day", usual=(0, 2160), notify=["practitioner", "lead"])


def test_a_broken_cartridge_needs_help_today_and_the_lead_is_told():
    spec("needle_fragment", "same_day", usual=(0, 1), notify=["lead"])


def test_low_mood_or_regret_needs_help_today_and_the_lead_is_told():
    spec("distress", "same_day", usual=(0, 4320), notify=["lead"])


def test_unexplained_illness_weeks_later_needs_help_today_and_the_lead_is_told():
    spec("bbv_symptoms", "same_day", usual=(336, 4320), notify=["lead"])
