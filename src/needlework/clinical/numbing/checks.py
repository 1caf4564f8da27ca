"""Holds what was applied against the limits of its product."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from needlework.clinical import overrides
from needlework.clinical.backing import rule_table
from needlework.clinical.numbing.applied import Amount, Applied
from needlework.clinical.numbing.creams import (
    FILE,
    Barred,
    Limits,
    Note,
    Product,
    Standing,
    harm,
    note,
    supply,
)
from needlework.clinical.rule_set import VERSION
from needlework.evidence.sources import Source
from needlework.evidence.zones import expand

HELD_AGAINST = {"mass": {"max_mass_g"}, "area": {"max_area_cm2"}, "time": {"least_minutes", "most_minutes"}}
"""Check → the limits that it rests on and that a clinic may change."""


@dataclass(frozen=True, slots=True)
class Check:
    """One amount or time held against its limit, in its unit."""

    product: str
    check: str
    standing: Standing
    value: float
    limit: tuple[float, float]
    unit: str
    do: str
    sources: tuple[Source, ...]
    set_by_clinic: tuple[overrides.Override, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the command writes it."""
        return {
            "product": self.product,
            "check": self.check,
            "standing": self.standing.value,
            "value": round(self.value, 3),
            "limit": list(self.limit),
            "unit": self.unit,
            "do": self.do,
            "sources": [source.as_json() for source in self.sources],
            **overrides.as_json(self.set_by_clinic),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What was applied, every check of it, and until when it may stay on."""

    applied: Applied
    checks: tuple[Check, ...]
    notes: tuple[Note, ...]
    remove_by: datetime | None
    ready_from: datetime | None

    @property
    def standing(self) -> Standing:
        """Return the worst: who must not have it, then the checks, with every product that was not checked."""
        if self.barred:
            return Standing.MUST_NOT
        unchecked = [Standing.NOT_CHECKED for one in self.applied.amounts if one.product.limits is None]
        return max((*unchecked, *(check.standing for check in self.checks)), key=lambda one: one.rank)

    @property
    def barred(self) -> bool:
        """Say whether an answer names somebody who must not have one of the products."""
        return _is_barred(self.applied)


def check(applied: Applied, *, products: Mapping[str, Product] | None = None) -> Checked:
    """Return how what was applied stands to every limit of its product.

    `products` are those of a clinic's layer; without them the limits are those of the products in what was applied.
    """
    applied = _layered(applied, products or {})
    amounts = applied.amounts
    spans = [span for amount in amounts if (span := _span(amount))]
    checks = (
        *(one for amount in amounts for one in _amounts(amount, amounts)),
        *(one for amount in amounts for one in _time(amount)),
    )
    return Checked(
        applied=applied,
        checks=_barring(checks) if _is_barred(applied) else checks,
        notes=_notes(applied),
        remove_by=min((remove_by for _, remove_by in spans), default=None),
        ready_from=max((ready_from for ready_from, _ in spans), default=None),
    )


def _span(amount: Amount) -> tuple[datetime, datetime] | None:
    """Return from when a product numbs and by when it is off, by its own limits."""
    limits = amount.product.limits
    if limits is None:
        return None
    return amount.on + timedelta(minutes=limits.least_minutes), amount.on + timedelta(minutes=limits.most_minutes)


def _layered(applied: Applied, products: Mapping[str, Product]) -> Applied:
    def known(amount: Amount) -> Amount:
        return replace(amount, product=products.get(amount.product.name, amount.product))

    return replace(applied, amount=known(applied.amount), also=tuple(map(known, applied.also)))


def _amounts(amount: Amount, all_amounts: Iterable[Amount]) -> tuple[Check, ...]:
    product, limits = amount.product, amount.product.limits
    if limits is None:
        return ()
    mass_g = sum(_exact(one.mass_g) for one in all_amounts)
    area_cm2 = sum(_exact(one.area_cm2) for one in all_amounts)
    most_g, most_cm2 = limits.max_mass_g, limits.max_area_cm2
    return (
        _check(product, "mass", _most(mass_g, most_g), float(mass_g), (0.0, most_g), "g"),
        _check(product, "area", _most(area_cm2, most_cm2), float(area_cm2), (0.0, most_cm2), "cm2"),
        _dose(amount, limits),
    )


def _exact(value: float) -> Fraction:
    """Return a number as it was written: 0.1 is a tenth, so that a dose at its limit is within."""
    return Fraction(repr(value))


def _most(value: float | Fraction, most: float) -> Standing:
    return Standing.OVER if value > _exact(most) else Standing.WITHIN


def _dose(amount: Amount, limits: Limits) -> Check:
    least, most = limits.dose_g_per_10_cm2
    rate = _exact(amount.mass_g) / _exact(amount.area_cm2) * 10
    standing = Standing.UNDER if rate < _exact(least) else _most(rate, most)
    if standing is Standing.OVER and amount.mass_g <= limits.small_mass_g:
        standing = Standing.WITHIN
    return _check(amount.product, "dose-per-area", standing, float(rate), limits.dose_g_per_10_cm2, "g/10 cm2")


def _time(amount: Amount) -> tuple[Check, ...]:
    product, limits, minutes = amount.product, amount.product.limits, amount.minutes
    if limits is None:
        return ()
    standing = Standing.TOO_SHORT if minutes < limits.least_minutes else _most(minutes, limits.most_minutes)
    return (_check(product, "time", standing, minutes, (limits.least_minutes, limits.most_minutes), "min"),)


def _check(
    product: Product, name: str, standing: Standing, value: float, limit: tuple[float, float], unit: str
) -> Check:
    do = rule_table(FILE)["do"][name][standing.value]
    behind = product.sources[name.removesuffix("-per-area")]
    warned = tuple(source for source in harm() if source not in behind) if standing is Standing.OVER else ()
    changed = tuple(one for one in product.set_by_clinic if one.key in HELD_AGAINST.get(name, ()))
    return Check(product.name, name, standing, value, limit, unit, do, (*behind, *warned), changed)


def _notes(applied: Applied) -> tuple[Note, ...]:
    eyes = expand(rule_table(FILE)["near_eyes"]["zones"], field=FILE)
    near = (note("near_eyes"),) if set(applied.zones) & set(eyes) else ()
    together = (note("together"),) if applied.also else ()
    shown = (one for amount in applied.amounts for one in amount.product.notes)
    return tuple(dict.fromkeys((*near, *together, *shown)))


def as_json(checked: Checked) -> dict[str, Any]:
    """Return the checks as the command writes them."""
    applied = checked.applied
    return {
        "rule_set": VERSION,
        "product": applied.amount.product.name,
        "label": applied.amount.product.label,
        "products": [_product_json(one) for one in applied.amounts],
        "checks": [one.as_json() for one in checked.checks],
        "standing": checked.standing.value,
        "still_on": applied.still_on,
        "barred": checked.barred,
        "must_not": [_barred_json(one, applied.answers) for one in _barred(applied)],
        "remove_by": _moment(checked.remove_by),
        "ready_from": _moment(checked.ready_from),
        "supply": supply().text,
        "supply_sources": [source.as_json() for source in supply().sources],
        "notes": [one.as_json() for one in checked.notes],
    }


def _is_barred(applied: Applied) -> bool:
    return any(one.rule in applied.answers for one in _barred(applied))


def _barring(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the checks of somebody who must not have it: none but an excess says what it says to others."""
    do = rule_table(FILE)["do"]["any"][Standing.MUST_NOT.value]
    return tuple(one if one.standing is Standing.OVER else replace(one, do=do) for one in checks)


def _product_json(amount: Amount) -> dict[str, Any]:
    product = amount.product
    checked = product.limits is not None
    times = {"on": amount.on.isoformat(), "until": amount.until.isoformat()}
    return {"product": product.name, "label": product.label, "checked": checked, **times}


def _barred(applied: Applied) -> tuple[Barred, ...]:
    return tuple(dict.fromkeys(one for amount in applied.amounts for one in amount.product.must_not))


def _barred_json(barred: Barred, answers: frozenset[str]) -> dict[str, Any]:
    sources = [source.as_json() for source in barred.sources]
    return {"rule": barred.rule, "text": barred.text, "applies": barred.rule in answers, "sources": sources}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
