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
    """Nobody: the address is gone for good, or opens only with a secret of its own."""
    return False


def at_home(person: Person, place: str | None) -> bool:
    """Say whether somebody belongs to the object's clinic, or to any where there is no object."""
    return place in {None, *person.places}


def roles(*allowed: Role) -> Rule:
    """Staff with one of the roles in the object's clinic; in any clinic where there is no object."""
    return lambda person, place: person.role in allowed and at_home(person, place)


def roles_anywhere(*allowed: Role) -> Rule:
    """Staff with one of the roles, wherever the object stands."""
    return lambda person, place: person.role in allowed


def all_staff(person: Person, place: str | None) -> bool:
    """Whoever has signed in as staff, with a role or without."""
    return person.is_staff


def named(*names: str) -> Rule:
    """These persons alone."""
    return lambda person, place: person.name in names


def owner(name: str) -> Rule:
    """Who is called so in the object's clinic: for what is one's own."""
    return lambda person, place: person.name == f"{name} {place}"


def patients_own(person: Person, place: str | None) -> bool:
    """The patient whose record it is."""
    return person.is_patient and at_home(person, place)


def either(*rules: Rule) -> Rule:
    """Whoever one of the rules lets in."""
    return lambda person, place: any(rule(person, place) for rule in rules)


@dataclass(frozen=True)
class Row:
    """One address: who is let in, by which methods, with what in the form, filtered how."""

    may: Rule
    methods: tuple[str, ...] = ("GET",)
    answers: tuple[int, ...] = (200,)
    """What those let in get: 200, a redirect after a form, 422 for an empty one."""
    knows: Rule = nobody
    """Who may know that the object exists, though they are not let in: they read a refusal instead of "missing"."""
    send: Mapping[str, str] = field(default_factory=dict)
    filters: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Canary:
    """A string that stands in one record, and who may read it."""

    text: str
    place: str
    may: Rule
