"""What may be expected on day n: by calendar day of the session's offset, from the windows of the signs."""

from datetime import datetime

import pytest

from needlework.clinical.aftercare.expected import days

NOON = datetime.fromisoformat("2026-12-01T12:00:00+00:00")
MIDNIGHT = datetime.fromisoformat("2026-12-01T00:00:00+00:00")
LATE = datetime.fromisoformat("2026-07-01T23:59:00+01:00")


def seen(sign, finished_at):
    """Return the days on which a sign may be seen."""
    return [one.day for one in days(finished_at) if sign in one.signs]


def text(day, finished_at=NOON):
    return next(one.text for one in days(finished_at) if one.day == day)


@pytest.mark.parametrize("finished_at", [MIDNIGHT, NOON, LATE], ids=["midnight", "noon", "late"])
def test_the_first_fortnight_day_by_day_then_what_takes_weeks(finished_at):
    assert [one.day for one in days(finished_at)] == [*range(15), 28, 90, 180]


@pytest.mark.parametrize(
    ("sign", "at_midnight", "at_noon"),
    [
        ("redness", 6, 7),
        ("swelling_mild", 3, 4),
        ("pinpoint_bleeding", 0, 0),
        ("tight_warm", 4, 5),
        ("mild_pain", 2, 3),
        ("bruising", 13, 14),
    ],
)
def test_a_sign_is_expected_until_its_hours_are_over(sign, at_midnight, at_noon):
    assert seen(sign, MIDNIGHT) == list(range(at_midnight + 1))
    assert seen(sign, NOON) == list(range(at_noon + 1))


def test_dots_of_blood_may_pass_midnight():
    assert seen("pinpoint_bleeding", LATE) == [0, 1]
    assert seen("pinpoint_bleeding", MIDNIGHT.replace(hour=18)) == [0]
    assert seen("pinpoint_bleeding", MIDNIGHT.replace(hour=18, minute=1)) == [0, 1]
    assert seen("pinpoint_bleeding", MIDNIGHT.replace(hour=18, second=1)) == [0, 1]


def test_flaking_begins_a_day_after():
    assert seen("flaking", MIDNIGHT) == list(range(1, 10))
    assert seen("flaking", NOON) == list(range(1, 11))


def test_the_day_of_the_session():
    assert text(0) == (
        "This is the day of your session. Your skin may be red, as if you had caught the sun. "
        "On brown or black skin it may look darker, not red, and feel warm. "
        "It may be a little puffy: a cool pack in a clean cloth can help. "
        "Tiny dots of blood or clear fluid can show in the first hours. "
        "Your skin may feel tight, warm or itchy. You may feel sore, a bit less each day. "
        "Small bruises can take up to two weeks to go."
    )


def test_redness_is_described_for_brown_and_black_skin():
    said = "On brown or black skin it may look darker, not red, and feel warm."
    assert [said in text(day) for day in (0, 3, 4)] == [True, True, False]


@pytest.mark.parametrize("day", [5, 6, 7])
def test_what_takes_longer_than_a_week_is_named_in_the_first_week(day):
    assert text(day).startswith(
        "Most of what was usual after the session should be gone within a week. "
        "Bruises and light peeling can take longer. "
    )
    assert "can take up to two weeks to go" in text(day)


def test_redness_past_three_days_is_said_to_fade_by_a_week():
    usual, late = "Your skin may be red, as if you had caught the sun.", "Some redness can last up to a week."
    assert [usual in text(day) for day in (2, 3, 4)] == [True, True, False]
    assert [late in text(day) for day in (3, 4, 7, 8)] == [False, True, True, False]
    assert [usual in text(day, MIDNIGHT) for day in (2, 3)] == [True, False]


@pytest.mark.parametrize(
    ("day", "asks"),
    [
        (1, "dots of blood"),
        (4, "dots of blood or sore skin"),
        (5, "swelling, dots of blood or sore skin"),
        (8, "redness, swelling, dots of blood, tight or itchy skin or sore skin"),
        (14, "redness, swelling, dots of blood, tight or itchy skin, sore skin or peeling"),
        (28, "redness, swelling, dots of blood, tight or itchy skin, sore skin, peeling or bruises"),
    ],
)
def test_what_should_be_gone_is_asked_after(day, asks):
    assert text(day).endswith(f" Tell us if you still have {asks}.")


def test_a_sign_on_its_last_day_is_not_asked_after():
    assert "Tell us" not in text(0)
    assert "redness" not in text(6, MIDNIGHT).split("Tell us")[1]
    assert "have redness" in text(7, MIDNIGHT)


def test_new_collagen_is_said_to_be_a_clinics_page():
    assert text(28).startswith(
        "Changes deep in the skin are slow. One clinic's page says that new collagen starts at about week four and "
        "goes on to week eight. That is a clinic's page, not a study."
    )


@pytest.mark.parametrize("day", [90, 180])
def test_no_change_is_promised(day):
    assert "Not everyone sees a change." in text(day)
    assert days(NOON)[-1].signs == ()
