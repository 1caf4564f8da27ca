"""What the matrix expects of an address: a `Row` says who is let in, `Canary` who may read a record's secret."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from needlework.accounts.models import Role
from tests.integration.authorisation.cast import Person

Rule = Callable[[Person, str | None], bool]
"""Whether somebody is entitled to an object of a place; the place is None where an address has no object."""


def anyone(person: Person, place: str | None) -> bool:
    """Everybody, signed in or not."""
    return True


def nobody(person: Person, place: str | None) -> bool:
    """Nobody, by address alone: such addresses carry their own secret."""
    return False


def roles(*allowed: Role) -> Rule:
    """Staff with one of the roles in the object's clinic; in any clinic where there is no object."""

    def rule(person: Person, place: str | None) -> bool:
        return person.role in allowed and place in {None, person.place}

    return rule


def roles_anywhere(*allowed: Role) -> Rule:
    """Staff with one of the roles, wherever the object stands: what belongs to the whole organisation."""

    def rule(person: Person, place: str | None) -> bool:
        return person.role in allowed

    return rule


def patients_own(person: Person, place: str | None) -> bool:
    """The patient whose record it is."""
    return person.is_patient and place in {None, person.place}


def either(*rules: Rule) -> Rule:
    """Whoever one of the rules lets in."""

    def rule(person: Person, place: str | None) -> bool:
        return any(one(person, place) for one in rules)

    return rule


@dataclass(frozen=True)
class Row:
    """One address: who is let in, by which methods, with what in the form, filtered how."""

    may: Rule
    methods: tuple[str, ...] = ("GET",)
    send: Mapping[str, str] = field(default_factory=dict)
    filters: tuple[str, ...] = ("",)
    answers: tuple[int, ...] = (200,)
    """What a person let in may get to see besides 200: a redirect, 422 for an empty form, 409."""


@dataclass(frozen=True)
class Canary:
    """A string that stands in one record, and who may read it."""

    text: str
    place: str
    may: Rule
