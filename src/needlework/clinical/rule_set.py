"""The rule set: one dated version of every rule of care and of the evidence under it.

A decision keeps the version and the digest. `snapshot` is the whole of it as JSON: keep that once for each digest, and
an old decision can be explained after the rules have moved on.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from needlework.clinical.overrides import Override, layered
from needlework.clinical.overrides import read as read_overrides
from needlework.evidence import toml
from needlework.evidence.errors import DataError

VERSION = "2026.11"
"""Stored with each decision, so that an old one can be explained after the rules have moved on."""

FILE = "version.toml"
NO_RULES = frozenset({FILE, "purpose.toml", "claims.toml", "hazards.toml"})
"""Files beside the rules that decide nothing."""

Documents = Mapping[str, Mapping[str, Any]]
"""File name → its tables; what lies under `evidence` is named `evidence/…`."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """A clinician's signature under one digest."""

    by: str
    role: str
    on: date
    digest: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version; where a clinic has overrides, the documents are those with the overrides in them."""

    version: str
    dated: date
    digest: str
    documents: Documents
    overrides: tuple[Override, ...] = ()


@cache
def current() -> RuleSet:
    """Return the rule set that came with the product."""
    head = _head()
    if head["version"] != VERSION:
        raise DataError(FILE, "version", f"The code says {VERSION}. Change both together.")
    found = dict(_documents())
    return RuleSet(VERSION, head["dated"], digest(found), found)


def with_overrides(rule_set: RuleSet, overrides: tuple[Override, ...]) -> RuleSet:
    """Return the rule set as one clinic uses it, each override checked; without any it is the same."""
    found = layered(rule_set.documents, overrides)
    return RuleSet(rule_set.version, rule_set.dated, digest(found, overrides), found, overrides)


def digest(documents: Documents, overrides: tuple[Override, ...] = ()) -> str:
    """Return a digest that changes with any value, and not with white space, comments or order of keys."""
    import hashlib  # here, because every command imports this module and few ask for a digest

    whole = {"documents": documents} | ({"overrides": [one.as_json() for one in overrides]} if overrides else {})
    canonical = json.dumps(_plain(whole), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def signed_off(rule_set: RuleSet) -> SignOff | None:
    """Return whose signature stands under exactly these rules, if anybody's does."""
    signatures = (SignOff(**entry) for entry in _head().get("signed_off", ()))
    return next((one for one in signatures if one.digest == rule_set.digest), None)


def standing(rule_set: RuleSet) -> str:
    """Return the sentence that stands wherever a version is shown to staff."""
    signature = signed_off(rule_set)
    if signature:
        return f"Version {rule_set.version}, signed off by {signature.by}, {signature.role}, on {signature.on}."
    return f"Version {rule_set.version}. Nobody has signed it off yet. {_head()['needs']}"


def read_by() -> str:
    """Return who has read the rules that came with the product."""
    return str(_head()["read_by"])


def snapshot(rule_set: RuleSet) -> dict[str, Any]:
    """Return all of it as JSON; `restored` reads it back."""
    return {
        "version": rule_set.version,
        "dated": rule_set.dated.isoformat(),
        "digest": rule_set.digest,
        "documents": _plain(rule_set.documents),
        "overrides": [one.as_json() for one in rule_set.overrides],
    }


def restored(stored: Mapping[str, Any]) -> RuleSet:
    """Return a rule set from its snapshot; one that was changed since is refused."""
    overrides = read_overrides({"override": stored["overrides"]})
    found = _restored(stored["documents"])
    if digest(found, overrides) != stored["digest"]:
        raise DataError("snapshot", stored["version"], "It is not what was stored. Use an unchanged copy.")
    return RuleSet(stored["version"], date.fromisoformat(stored["dated"]), stored["digest"], found, overrides)


def previous() -> RuleSet | None:
    """Return the newest version before this one that is kept under `rules/changes`, if there is one."""
    folder = files(__package__) / "rules" / "changes"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".json")) if folder.is_dir() else []
    earlier = [name for name in names if name < f"{VERSION}.json"]
    return restored(json.loads((folder / earlier[-1]).read_text("utf-8"))) if earlier else None


def _head() -> dict[str, Any]:
    return toml.read(files(__package__) / "rules" / FILE)


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _under(files(__package__) / "rules", "")
    yield from _under(files("needlework.evidence") / "data", "evidence/")


def _under(folder: Traversable, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _under(one, f"{path}{one.name}/")
        elif one.name.endswith(".toml") and one.name not in NO_RULES:
            yield path + one.name, toml.read(one)


def _plain(value: Any) -> Any:
    """Return a value as strict JSON: a date and an open end, which JSON has no word for, as marked objects."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value)}
    return value


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return [_restored(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) == {"$date"}:
        return date.fromisoformat(value["$date"])
    if set(value) == {"$number"}:
        return float(value["$number"])
    return {key: _restored(one) for key, one in value.items()}
