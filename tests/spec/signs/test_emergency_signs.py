"""Signs that need 999 or A&E now."""

from tests.spec.signs.spec import spec


def test_hot_red_swelling_by_the_eye_or_over_the_face_is_an_emergency():
    spec("cellulitis_face_eye", "emergency", usual=(12, 336), notify=["lead"])


def test_fever_with_shivering_confusion_or_blotchy_skin_is_an_emergency():
    spec("sepsis", "emergency", usual=(6, 504), notify=["lead"])


def test_many_spreading_blisters_or_sores_are_an_emergency():
    spec("eczema_herpeticum", "emergency", usual=(24, 336), notify=["lead"])


def test_blisters_near_the_eye_or_blurred_sight_are_an_emergency():
    spec("eye_herpes", "emergency", usual=(0, 504), notify=["lead"])


def test_trouble_breathing_or_a_swollen_throat_is_an_emergency():
    spec("anaphylaxis", "emergency", usual=(0, 6), notify=["lead"])


def test_chest_pain_is_an_emergency_at_any_time():
    spec("chest_pain", "emergency", usual=(0, None), notify=["practitioner", "lead"])


def test_ringing_ears_or_twitching_after_numbing_cream_is_an_emergency():
    spec("last", "emergency", usual=(0, 6), notify=["lead"])


def test_grey_blue_skin_after_numbing_cream_is_an_emergency():
    spec("methaem", "emergency", usual=(0, 12), notify=["lead"])


def test_a_fit_is_an_emergency():
    spec("seizure", "emergency", usual=(0, 6), notify=["lead"])


def test_a_drooping_face_or_slurred_speech_is_an_emergency():
    spec("facial_weakness", "emergency", usual=(0, 720), notify=["lead"])


def test_bleeding_that_does_not_stop_is_an_emergency():
    spec("bleeding_not_stopping", "emergency", usual=(0, 24), notify=["lead"])


def test_a_scratch_or_fluid_in_the_eye_is_an_emergency():
    spec("eye_injury", "emergency", usual=(0, 24), notify=["lead"])


def test_a_cartridge_used_on_another_person_is_an_emergency_at_any_time():
    spec("reused_cartridge", "emergency", usual=(0, None), notify=["lead"])


def test_a_practitioner_pricked_by_a_used_needle_is_an_emergency():
    spec("staff_needlestick", "emergency", usual=(0, 1), notify=["lead"])


def test_thoughts_of_self_harm_are_an_emergency_at_any_time():
    spec("distress_self_harm", "emergency", usual=(0, None), notify=["practitioner", "lead"])
