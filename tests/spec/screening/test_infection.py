"""Infection."""

from tests.spec.screening.asking import adjusts, defers, everywhere, locally, spec, waits


def test_a_bacterial_infection_defers():
    locally("infection_bacterial", finds=defers)


def test_a_bacterial_infection_defers_until_fourteen_days_clear():
    waits("infection_bacterial", since="2026-11-22", until="2026-12-06")


def test_a_fungal_infection_defers():
    locally("infection_fungal", finds=defers)


def test_a_fungal_infection_defers_until_fourteen_days_clear():
    waits("infection_fungal", since="2026-11-22", until="2026-12-06")


def test_warts_defer():
    locally("warts_area", finds=defers)


def test_warts_defer_until_fourteen_days_gone():
    waits("warts_area", since="2026-11-22", until="2026-12-06")


def face_alone(rule, finds):
    """Check a rule that counts where it is on the face, or nowhere named, and the face is planned."""
    spec(rule, finds=finds)
    spec(rule, given={"zones": ["chin"]}, finds=finds)
    spec(rule, given={"zones": ["lips"]}, finds=finds)
    spec(rule, given={"zones": ["eyelid-left", "intimate"]}, finds=finds)
    spec(rule, given={"zones": ["back", "intimate"]}, finds=None)
    spec(rule, given={"zones": ["lips"]}, zones=["abdomen"], finds=None)
    spec(rule, zones=["abdomen"], finds=None)
    spec(rule, given={"unsure": True}, finds=finds)
    spec(rule, given={"unsure": True}, zones=["abdomen", "chin"], finds=finds)


def test_a_cold_sore_defers_wherever_on_the_face():
    face_alone("cold_sore_active", defers())
    spec("cold_sore_active", zones=["neck"], finds=None)


def test_a_cold_sore_defers_until_fourteen_days_healed():
    waits("cold_sore_active", since="2026-11-22", until="2026-12-06")


def test_past_cold_sores_adjust_where_the_face_is_treated():
    face_alone("cold_sore_history", adjusts())
    spec("cold_sore_history", zones=["neck"], finds=None)


def test_shingles_defers():
    everywhere("shingles_active", finds=defers())


def test_shingles_defers_until_fourteen_days_healed():
    waits("shingles_active", since="2026-11-22", until="2026-12-06")


def test_illness_defers():
    everywhere("fever_illness", finds=defers())


def test_illness_defers_until_seven_days_well():
    waits("fever_illness", since="2026-11-22", until="2026-11-29")
