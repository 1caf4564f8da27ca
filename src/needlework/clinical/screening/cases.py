"""Reads a case: the patient, the plan and the answers, as somebody sent them."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from needlework.clinical.devices import Device, devices
from needlework.clinical.fields import Fields
from needlework.clinical.screening.loading import rules as default_rules
from needlework.clinical.screening.rule import Rule
from needlework.clinical.terms import DEPTH_MM, SKIN_TYPES
from needlework.evidence.errors import InputError
from needlework.evidence.nations import NATIONS
from needlework.evidence.near import near
from needlework.evidence.zones import expand

OLDEST = 130
"""Years; nobody has lived longer, so a greater age is a slip of the hand."""
FIRST_DAY = date(2000, 1, 1)
"""A planned date before this is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes to one rule: since when, where, and whether the person was sure."""

    day: date | None = None
    zones: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One person, one plan and what was answered; `age_years` is the age on the planned date."""

    age_years: int
    date_of_birth: date | None
    fitzpatrick: str
    zones: tuple[str, ...]
    device: Device
    depth_mm: float | None
    topical_anaesthetic: bool
    jurisdiction: str
    planned_date: date
    answered_on: date
    answers: Mapping[str, Answer]
    free_text: str


def read(document: Any, *, rules: Mapping[str, Rule] | None = None) -> Case:
    """Return what a document says.

    Raises InputError naming the field and what to do, for whatever is wrong with it.
    """
    fields = Fields(document)
    patient, treatment = fields.object("patient"), fields.object("treatment")
    planned, answered = _days(fields, treatment)
    age, born = _age(patient, planned, answered)
    case = Case(
        age_years=age,
        date_of_birth=born,
        fitzpatrick=patient.choice("fitzpatrick", SKIN_TYPES),
        zones=_planned_zones(treatment),
        device=devices()[treatment.choice("device", devices())],
        depth_mm=treatment.number("depth_mm", "mm", least=DEPTH_MM[0], most=DEPTH_MM[1], default=None),
        topical_anaesthetic=treatment.yes_or_no("topical_anaesthetic", False),
        jurisdiction=treatment.choice("jurisdiction", NATIONS),
        planned_date=planned,
        answered_on=answered,
        answers=_answers(
            fields.object("answers"),
            default_rules() if rules is None else rules,
            since=born or date(planned.year - age - 1, 1, 1),
            until=answered,
        ),
        free_text=fields.text("free_text", ""),
    )
    for part in (patient, treatment, fields):
        part.done()
    return case


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody reaches an age in years.

    Somebody born on 29 February reaches it on 1 March in a common year: the later, more cautious reading.
    """
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def _days(fields: Fields, treatment: Fields) -> tuple[date, date]:
    planned = treatment.day("planned_date")
    if planned < FIRST_DAY:
        raise InputError(treatment.name("planned_date"), f"Send a date from {FIRST_DAY.isoformat()} on.")
    answered = fields.day("answered_on", planned)
    if not FIRST_DAY <= answered <= planned:
        raise InputError("answered_on", "Send a day on or before planned_date, and not before 2000-01-01.")
    return planned, answered


def _age(patient: Fields, planned: date, answered: date) -> tuple[int, date | None]:
    if patient.has("age_years") == patient.has("date_of_birth"):
        raise InputError(patient.at, "Send age_years or date_of_birth, one of the two.")
    if patient.has("age_years"):
        return patient.whole("age_years", "years", least=0, most=OLDEST), None
    born = patient.day("date_of_birth")
    if born > answered or birthday(born, OLDEST) < answered:
        sentence = f"Send a day on or before answered_on, at most {OLDEST} years earlier."
        raise InputError(patient.name("date_of_birth"), sentence)
    return planned.year - born.year - (birthday(born, planned.year - born.year) > planned), born


def _planned_zones(treatment: Fields) -> tuple[str, ...]:
    names = treatment.texts("zones")
    if not names:
        raise InputError(treatment.name("zones"), "Name at least one zone.")
    return expand(names, field=treatment.name("zones"), planned=True)


def _answers(fields: Fields, rules: Mapping[str, Rule], *, since: date, until: date) -> dict[str, Answer]:
    for key in fields.value:
        _askable(key, rules)
    objects = {key: Fields(value, fields.name(key)) for key, value in fields.value.items()}
    return {key: _answer(one, rules[key], since, until) for key, one in objects.items()}


def _askable(key: str, rules: Mapping[str, Rule]) -> None:
    rule = rules.get(key)
    if rule is None:
        asked = [one.id for one in rules.values() if one.may_be_answered]
        hint = near(key, asked, "The keys are the ids of the screening rules.")
        raise InputError("answers", f"There is no rule of this name. {hint}")
    if rule.never_asked:
        raise InputError("answers", "One of the keys must never be asked about. Take it out and keep no copy of it.")
    if rule.derived:
        raise InputError(f"answers.{key}", "This follows from the plan and the other answers. Take it out.")


def _answer(fields: Fields, rule: Rule, since: date, until: date) -> Answer:
    day = fields.day("date", None)
    if day is not None and day > until and not rule.date_may_be_ahead:
        raise InputError(fields.name("date"), "Send a day on or before answered_on: it cannot lie ahead.")
    if day is not None and day < since:
        raise InputError(fields.name("date"), "Check the year: that is before the patient was born.")
    answer = Answer(
        day=day,
        zones=expand(fields.texts("zones", ()), field=fields.name("zones")),
        unsure=fields.yes_or_no("unsure", False),
    )
    fields.done()
    return answer
