"""Times and texts that tests of the desk share."""

from datetime import UTC, date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

from needlework.diary.people import VisitorDetails
from tests.factories import diary as made

LONDON = ZoneInfo("Europe/London")
AT = made.AT
"""Sunday 22 November 2026, 9:00."""
MONDAY = made.MONDAY
NEW = VisitorDetails(given_names="Mo", family_name="Idris", email="mo@example.test")


def clock(text: str, day: date = MONDAY) -> datetime:
    """A moment of a day by the clinic's clock."""
    return datetime.combine(day, time.fromisoformat(text), LONDON).astimezone(UTC)


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def chosen(clinic, text="10:00", **more) -> str:
    """The address at which a time is confirmed."""
    asked = {"clinic": clinic.clinic.pk, "service": clinic.consultation.pk, "day": MONDAY, "clock": text}
    asked |= {"practitioner": clinic.amira.pk} | more
    return "/diary/new/?" + "&".join(f"{key}={value}" for key, value in asked.items())
