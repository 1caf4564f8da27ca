"""Reads what was put on: which cream, how much, on how large an area, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from needlework.clinical.backing import rule_table
from needlework.clinical.fields import Fields
from needlework.clinical.numbing.creams import SCREENING, Limits, Product, own
from needlework.clinical.numbing.creams import products as all_products
from needlework.evidence.errors import InputError
from needlework.evidence.zones import expand

LEAST_G, MOST_G = 0.1, 500.0
LEAST_CM2, MOST_CM2 = 0.5, 20_000.0
LEAST_RATE, MOST_RATE = 0.1, 10.0
LEAST_MINUTES, MOST_MINUTES = 1.0, 720.0
"""What is taken for a mass, an area, a rate or a time at all; anything else is a slip of the unit."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A mass of one product in g on an area in cm2, from when until when or the moment asked about."""

    product: Product
    mass_g: float
    area_cm2: float
    on: datetime
    until: datetime

    @property
    def minutes(self) -> float:
        """Return how long it has been on, in minutes."""
        return (self.until - self.on).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Applied:
    """What was put on: one product, and others beside it; `still_on` until the moment asked about."""

    amount: Amount
    still_on: bool
    zones: tuple[str, ...] = ()
    also: tuple[Amount, ...] = ()
    answers: frozenset[str] = frozenset()

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Return every product that was put on, the main one first."""
        return (self.amount, *self.also)


def read(document: Any, *, products: Mapping[str, Product] | None = None) -> Applied:
    """Return a document as what was applied, or say what is wrong with it."""
    fields = Fields(document)
    known = _known(fields, all_products() if products is None else products)
    on, still_on = fields.moment("on"), fields.has("at")
    amount = _amount(fields, known, on, _until(fields, on, still_on))
    applied = Applied(
        amount=amount,
        still_on=still_on,
        zones=expand(fields.texts("zones", ()), field="zones", planned=True),
        also=tuple(_other(one, known, amount, still_on) for one in fields.objects("also")),
        answers=_answers(fields.object("patient")),
    )
    fields.done()
    return applied


def _known(fields: Fields, products: Mapping[str, Product]) -> dict[str, Product]:
    known = dict(products)
    if fields.has("own"):
        entry = _own(fields.object("own"))
        if entry.name in known:
            raise InputError("own.label", "This product has an entry here already. Give your own another name.")
        known[entry.name] = entry
    return known


def _own(fields: Fields) -> Product:
    label, source = (fields.text(key).strip() for key in ("label", "source"))
    for key, text in (("label", label), ("source", source)):
        if not text:
            raise InputError(fields.name(key), "This is empty. Write where the limits come from, and for what.")
    limits = Limits(
        dose_g_per_10_cm2=_rate(fields),
        max_mass_g=fields.number("max_mass_g", "g", least=LEAST_G, most=MOST_G),
        max_area_cm2=fields.number("max_area_cm2", "cm2", least=LEAST_CM2, most=MOST_CM2),
        least_minutes=_minutes(fields, "least_minutes"),
        most_minutes=_minutes(fields, "most_minutes"),
    )
    fields.done()
    if limits.least_minutes > limits.most_minutes:
        raise InputError(fields.name("most_minutes"), "This is shorter than the least. Send the longer time here.")
    return own(label, source, limits)


def _minutes(fields: Fields, key: str) -> float:
    minutes: float = fields.number(key, "minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
    return minutes


def _rate(fields: Fields) -> tuple[float, float]:
    key = "dose_g_per_10_cm2"
    found: Any = fields.value[key] if fields.has(key) else None
    if not _is_rate(found):
        sentence = f"Send two numbers from {LEAST_RATE:g} to {MOST_RATE:g} g per 10 cm2, the lower first."
        raise InputError(fields.name(key), sentence)
    least, most = found
    return float(least), float(most)


def _is_rate(found: Any) -> bool:
    if not isinstance(found, list) or len(found) != 2:
        return False
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in found)
    return numbers and LEAST_RATE <= found[0] <= found[1] <= MOST_RATE


def _amount(fields: Fields, known: dict[str, Product], on: datetime, until: datetime) -> Amount:
    return Amount(
        product=known[fields.choice("product", known)],
        mass_g=fields.number("mass_g", "g", least=LEAST_G, most=MOST_G),
        area_cm2=fields.number("area_cm2", "cm2", least=LEAST_CM2, most=MOST_CM2),
        on=on,
        until=until,
    )


def _other(fields: Fields, known: dict[str, Product], main: Amount, still_on: bool) -> Amount:
    on, until = fields.moment("on", main.on), fields.moment("off", main.until)
    if until < on:
        key = "off" if fields.has("off") else "on"
        raise InputError(fields.name(key), "This product came off before it went on. Send its own `on` and `off`.")
    if still_on and until > main.until:
        sentence = "This is after the moment asked about. Leave it out while the cream is still on."
        raise InputError(fields.name("off"), sentence)
    amount = _amount(fields, known, on, until)
    fields.done()
    return amount


def _until(fields: Fields, on: datetime, still_on: bool) -> datetime:
    key = "at" if still_on else "off"
    if still_on and fields.has("off"):
        raise InputError("at", "Send either `off`, or `at` while the cream is still on, not both.")
    if not still_on and not fields.has("off"):
        raise InputError("off", "This is missing. Send the moment it came off, or `at` while it is still on.")
    until: datetime = fields.moment(key)
    if until < on:
        raise InputError(key, "This is before the cream went on. Send a later moment.")
    return until


def _answers(patient: Fields) -> frozenset[str]:
    answers = patient.object("answers")
    rules = {rule for rule, entry in rule_table(SCREENING).items() if entry["outcome"] != "never_asked"}
    for key in answers.value:
        if key not in rules:
            near = get_close_matches(key, rules, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Send ids of screening rules."
            raise InputError(answers.at, f"There is a key that is no question. {hint}")
        _answer(answers, key)
    patient.done()
    return frozenset(answers.value)


def _answer(answers: Fields, key: str) -> None:
    answer = Fields(answers.value[key], answers.name(key))
    answer.day("date", None)
    expand(answer.texts("zones", ()), field=answer.name("zones"))
    answer.yes_or_no("unsure", None)
    answer.done()
