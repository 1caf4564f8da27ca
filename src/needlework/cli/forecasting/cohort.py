"""Reads a study of two protocols, or a virtual practice of one, as it was sent.

    {"concern": "acne-scars", "device": "SkinPen",
     "protocols": [{"name": "four sessions", "sessions": 4, "interval_days": 28, "depth_mm": 1.5,
                    "punctures_per_cm2": 250}, …],
     "people": [20, 50, 100, 200], "sd": 0.08, "measured_days_after_last": 180}

With two protocols `people` are in each group, one size or several, and everybody is measured once, with an error whose
standard deviation is `sd`, a share of the score; `trials` may say how many studies to simulate. With one protocol
`people` is one number, `measured_days_after_last` one day or several, and `late_days` may say by how many days people
come late to a session, in the mean.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from needlework.cli.forecasting.reading import limits_of, sent
from needlework.clinical.fields import Fields
from needlework.evidence.errors import InputError
from needlework.forecast.cohort import study
from needlework.forecast.cohort.practice import Practice
from needlework.forecast.cohort.protocol import Protocol, check
from needlework.forecast.cohort.study import Study
from needlework.forecast.concerns import concern
from needlework.forecast.expecting import Limits
from needlework.forecast.expecting.course import LONGEST_DAYS, check_number
from needlework.forecast.model.parameters import Values

TRIALS = 10_000
"""Studies to simulate, if nobody says: enough for a power to within one in a hundred."""
FEWEST_TRIALS, MOST_TRIALS = 100, 1_000_000
MOST_PEOPLE = 10_000_000
"""In a virtual practice: their shares take 40 MB for each day of measurement."""
MOST_AT_ONCE = 12
"""Sizes of a study, or days."""
SD = (0.001, 1.0)
LATEST_DAYS = 90.0
BELONGS = {"late_days": 1, "sd": 2, "trials": 2}
"""A key → with how many protocols it goes."""


class Asked(NamedTuple):
    """A study of two protocols, or a virtual practice of one."""

    of: Study | Practice
    limits: Limits
    number: int
    """How many studies to simulate, or how many people."""


def read(document: Any, values: Values) -> Asked:
    """Return a document as what was asked, drawn from rows of the posterior; or say what is wrong with it."""
    fields = Fields(document)
    name = concern(sent(fields, "concern")).id
    limits = limits_of(fields, name)
    protocols = _protocols(fields, limits)
    _refuse(fields, len(protocols))
    asked = (_practice if len(protocols) == 1 else _study)(fields, values, name, protocols)
    fields.done()
    return Asked(asked[0], limits, asked[1])


def _study(fields: Fields, values: Values, name: str, protocols: tuple[Protocol, ...]) -> tuple[Study, int]:
    first, second = protocols
    people = tuple(_whole(*one, "people in each group", 2, study.MOST_PEOPLE) for one in _several(fields, "people"))
    sd = sent(fields, "sd")
    check_number(sd, "sd", "as a share of the score", least=SD[0], most=SD[1])
    (day,) = _days(fields, 1)
    trials = [_whole(*one, "studies", FEWEST_TRIALS, MOST_TRIALS) for one in _several(fields, "trials", 1, TRIALS)]
    return Study(values, name, (first, second), people, sd, day), trials[0]


def _practice(fields: Fields, values: Values, name: str, protocols: tuple[Protocol, ...]) -> tuple[Practice, int]:
    (people,) = (_whole(*one, "people", 1, MOST_PEOPLE) for one in _several(fields, "people", 1))
    days = _days(fields, MOST_AT_ONCE)
    late = fields.number("late_days", "days", least=0, most=LATEST_DAYS, default=0.0)
    return Practice(values, name, protocols[0], days, late), people


def _protocols(fields: Fields, limits: Limits) -> tuple[Protocol, ...]:
    found = tuple(_protocol(one, limits) for one in fields.objects("protocols"))
    if not 1 <= len(found) <= 2:
        raise InputError("protocols", "Send two protocols, to tell them apart, or one, for a virtual practice.")
    if len({one.name for one in found}) < len(found):
        raise InputError("protocols[1].name", "Both protocols have this name. Give each its own.")
    return found


def _protocol(fields: Fields, limits: Limits) -> Protocol:
    name = fields.text("name").strip()
    if not name:
        raise InputError(fields.name("name"), "Send a text that is not empty.")
    sessions = sent(fields, "sessions")
    # One session alone has no interval.
    apart = limits.usual_interval_days if sessions == 1 and not fields.has("interval_days") else None
    protocol = Protocol(
        name,
        sessions,
        apart or sent(fields, "interval_days"),
        sent(fields, "depth_mm"),
        sent(fields, "punctures_per_cm2"),
    )
    check(protocol, limits, f"{fields.at}.")
    fields.done()
    # 4.0 is a whole number too, but no size of an array.
    return replace(protocol, sessions=int(protocol.sessions), interval_days=int(protocol.interval_days))


def _refuse(fields: Fields, protocols: int) -> None:
    for key, goes_with in BELONGS.items():
        if goes_with != protocols and fields.has(key):
            raise InputError(key, f"This goes with {('one protocol', 'two protocols')[goes_with - 1]}. Leave it out.")


def _days(fields: Fields, most: int) -> tuple[float, ...]:
    several = _several(fields, "measured_days_after_last", most)
    for day, field in several:
        check_number(day, field, "days", least=0, most=LONGEST_DAYS)
    return tuple(float(day) for day, _ in several)


def _several(fields: Fields, key: str, most: int = MOST_AT_ONCE, default: Any = None) -> list[tuple[Any, str]]:
    """Return what was sent as one or as a list, each with its field."""
    found = sent(fields, key) if fields.has(key) else default
    if not isinstance(found, list):
        return [(found, key)]
    if not 1 <= len(found) <= most:
        raise InputError(key, "Send one number." if most == 1 else f"Send from 1 to {most} numbers.")
    return [(one, f"{key}[{place}]") for place, one in enumerate(found)]


def _whole(value: Any, field: str, what: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(field, f"Send a whole number from {least} to {most} {what}.")
    return value
