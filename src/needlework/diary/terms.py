"""The terms of a service as plain values, and what can be wrong with them."""

from dataclasses import dataclass

from needlework.diary.hours import GRID
from needlework.diary.models import ForWhom
from needlework.web.money import pounds

LONGEST = 8 * 60
SESSIONS = range(2, 25)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a clinic offers under one name; money in pence."""

    name: str
    minutes: int
    description: str = ""
    price_pence: int = 0
    deposit_pence: int = 0
    course_price_pence: int | None = None
    course_sessions: int | None = None
    room_type: str = ""
    device_type: str = ""
    is_consultation: bool = False
    consultation_first: bool = False
    for_whom: str = ForWhom.EVERYBODY
    online: bool = True


def wrong_terms(terms: Terms) -> dict[str, str]:
    """Return what is wrong with the terms of a service, field by field."""
    return {
        "name": "" if terms.name else "Enter what the service is called",
        "minutes": _wrong_length(terms.minutes),
        "deposit_pence": _wrong_deposit(terms),
        "course_sessions": _wrong_course(terms),
        "consultation_first": "A consultation cannot ask for a consultation first. Untick one of the two"
        if terms.is_consultation and terms.consultation_first
        else "",
    }


def _wrong_length(minutes: int) -> str:
    if GRID <= minutes <= LONGEST and not minutes % GRID:
        return ""
    return "Enter how long it takes in steps of 5 minutes, from 5 minutes to 8 hours (480)"


def _wrong_deposit(terms: Terms) -> str:
    if terms.deposit_pence <= terms.price_pence:
        return ""
    return f"The deposit is more than the price of {pounds(terms.price_pence)}. Enter a smaller one, or 0 for none"


def _wrong_course(terms: Terms) -> str:
    price, sessions = terms.course_price_pence, terms.course_sessions
    if price is None and sessions is None:
        return ""
    if price is None or sessions is None:
        return "Enter both the price of a course and how many sessions it has, or neither"
    return "" if sessions in SESSIONS else "A course has 2 to 24 sessions. Enter how many"
