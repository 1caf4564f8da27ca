"""The days of the demo's diary: counted in working days, so that it looks lived in on whichever day it is built."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle, islice, product
from typing import Any

from needlework.accounts.models import Nation
from needlework.diary import bank_holidays

BEFORE, AFTER = 15, 30
"""Working days that have appointments: three weeks back, six ahead."""

BUSY, QUIET, SOON = 0.42, 0.18, 5
"""How likely each usual time is booked: up to a few days ahead, and later."""

VISITS = ("Consultation", "Patch test", "Microneedling, face", "Review")
"""What somebody comes for, time after time."""


@dataclass(frozen=True)
class Visit:
    """One appointment to be made."""

    day: date
    time: str
    practitioner: str
    service: str
    patient: str
    state: str = ""


class WorkingDays:
    """Monday to Friday without bank holidays, numbered: 0 is today, or the next one where today is none."""

    def __init__(self, today: date) -> None:
        self._ahead = list(islice(_working_days(today, 1), AFTER + 1))
        self._behind = list(islice(_working_days(today - timedelta(days=1), -1), BEFORE))

    def __getitem__(self, number: int) -> date:
        return self._ahead[number] if number >= 0 else self._behind[-number - 1]


def _working_days(day: date, step: int) -> Iterator[date]:
    """Yield the working days from a day on, forwards or backwards."""
    for distance in count():
        found = day + timedelta(days=step * distance)
        if found.weekday() < 5 and found not in bank_holidays.of(Nation.ENGLAND, [found.year]):
            yield found


def visits(rows: Mapping[str, Any], days: WorkingDays) -> list[Visit]:
    """Return what is booked, the earliest first: the full day, one patient's own, and some of each day around it."""
    found = [*_full_day(rows["today"], days[0]), *_own(rows["own"], days), *_usual(rows, days)]
    return sorted(found, key=lambda one: (one.day, one.time, one.practitioner))


def _full_day(rows: Sequence[Mapping[str, Any]], day: date) -> Iterator[Visit]:
    for one in rows:
        for time, service, patient, *state in one["rows"]:
            yield Visit(day, time, one["practitioner"], service, patient, *state)


def _own(row: Mapping[str, Any], days: WorkingDays) -> Iterator[Visit]:
    """Yield what the patient who can be signed in as came for, and comes for."""
    for number, time, service, *state in row["rows"]:
        yield Visit(days[number], time, row["practitioner"], service, row["patient"], *state)


def _usual(rows: Mapping[str, Any], days: WorkingDays) -> Iterator[Visit]:
    """Yield some visits of each day around the full one: patients in turn, each for what comes after the last time."""
    for row in rows["usual"]:
        chance = random.Random(row["practitioner"])  # noqa: S311 - a fixed seed is the point
        turns, came = cycle(row["patients"]), Counter[str]()
        for number, time in product([*range(-BEFORE, 0), *range(1, AFTER + 1)], row["times"]):
            if number in row["off"] or chance.random() > (BUSY if number < SOON else QUIET):
                continue
            patient = next(turns)
            service = VISITS[came[patient] % len(VISITS)]
            came[patient] += 1
            yield Visit(days[number], time, row["practitioner"], service, patient, _state(number, chance))


def _state(number: int, chance: random.Random) -> str:
    """Return what became of an appointment on a day that is over."""
    if number > 0:
        return ""
    return chance.choices(("attended", "no-show", "cancelled"), (88, 6, 6))[0]
