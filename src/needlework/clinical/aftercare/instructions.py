"""The instructions of `rules/aftercare.toml`, checked; its head says what each key means."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from needlework.clinical import backing
from needlework.clinical.aftercare.session import FinishedSession, When
from needlework.clinical.backing import rule_table
from needlework.clinical.signs import SIGNS, Sign, signs
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.sources import Source, cite
from needlework.evidence.zones import expand

FILE = "aftercare.toml"
FROM_MEMORY = "{id} is from memory and never shown to a patient. Take it out."
KEYS = "The head of the file says which keys there are."
POLICY = "policy"
KINDS = ("avoid", "start", "use")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Extra:
    """What is added to an instruction where `when` holds.

    Hours may not be chosen below `at_least`, for what `holds` says; `default` takes the place of a lower one. 0 changes
    nothing.
    """

    when: When
    text: str
    why: str
    at_least: int
    holds: str
    default: int
    facts: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing to avoid, to start or to use, with what each fact says about its hours."""

    id: str
    do: str
    text: str
    why: str
    default: int | None
    says: Mapping[str, Range]
    conflict: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    when: tuple[When, ...]
    extras: tuple[Extra, ...]
    after: str | None
    sign: Sign | None

    @property
    def range(self) -> Range:
        """Return the shortest and the longest hours that anything says."""
        return min(least for least, _ in self.says.values()), max(most for _, most in self.says.values())

    @property
    def is_policy(self) -> bool:
        """Say whether no publication stands behind it."""
        return all(source.id == POLICY for source in self.sources)

    def applies(self, session: FinishedSession) -> bool:
        """Say whether it is given after this session."""
        return not self.when or any(when.holds(session) for when in self.when)

    def added(self, session: FinishedSession) -> tuple[Extra, ...]:
        """Return what is added to it after this session."""
        return tuple(extra for extra in self.extras if extra.when.holds(session))


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole file: what may be named as used, the words for a policy, the instructions in order."""

    used: Mapping[str, str]
    policy: str
    instructions: Mapping[str, Instruction]


@cache
def rules() -> Rules:
    """Return the rules of aftercare, checked."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any]) -> Rules:
    """Return the rules of a document, or say which entry is wrong."""
    found: dict[str, Instruction] = {}
    used = document["used"]
    for key, entry in document.items():
        if key not in {"used", "policy"}:
            found[key] = _instruction(key, entry, used)
            for sentence in filter(None, (check(found[key], found) for check in CHECKS)):
                raise DataError(FILE, key, sentence)
    return Rules(used, document["policy"], found)


def behind(
    facts: Iterable[str], sources: Iterable[str] = (), *, file: str, key: str
) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    """Return the facts by id and every source, each once; a fact that no patient may be shown is refused."""
    found = backing.read(facts, file=file, key=key, otherwise=FROM_MEMORY)
    cited = (*backing.sources_of(found), *cite(sources, file=file, key=key))
    return tuple(fact.id for fact in found), tuple(dict.fromkeys(cited))


def _instruction(key: str, entry: Mapping[str, Any], used: Collection[str]) -> Instruction:
    facts, sources = behind(entry.get("facts", ()), entry.get("sources", ()), file=FILE, key=key)
    read = {
        "id": key,
        "default": entry.get("default"),
        "says": {one: tuple(ends) for one, ends in entry.get("says", {}).items()},
        "conflict": entry.get("conflict", ""),
        "facts": facts,
        "sources": sources,
        "when": tuple(_when(key, one, used) for one in entry.get("when", ())),
        "extras": tuple(_extra(key, one, used) for one in entry.get("extras", ())),
        "after": entry.get("after"),
        "sign": _sign(key, entry.get("sign")),
    }
    return backing.made(Instruction, {**entry, **read}, file=FILE, key=key, keys=KEYS)


def _extra(key: str, entry: Mapping[str, Any], used: Collection[str]) -> Extra:
    facts, sources = behind(entry.get("facts", ()), entry.get("sources", ()), file=FILE, key=key)
    read = {
        "when": _when(key, entry.get("when", {}), used),
        "text": entry.get("text", ""),
        "why": entry.get("why", ""),
        "at_least": entry.get("at_least", 0),
        "holds": entry.get("holds", ""),
        "default": entry.get("default", 0),
        "facts": facts,
        "sources": sources,
    }
    return backing.made(Extra, {**entry, **read}, file=FILE, key=key, keys=KEYS)


def _when(key: str, entry: Mapping[str, Any], used: Collection[str]) -> When:
    allowed = {"only_concerns": CONCERNS, "only_skin_types": SKIN_TYPES, "only_used": used}
    for name, known in allowed.items():
        for one in entry.get(name, ()):
            if one not in known:
                raise DataError(FILE, key, f"{one!r} is not one of: {', '.join(known)}.")
    try:
        zones = expand(entry.get("only_zones", ()), field="only_zones")
    except InputError as wrong:
        raise DataError(FILE, key, str(wrong)) from None
    named = {name: tuple(entry.get(name, ())) for name in allowed}
    return backing.made(When, {**entry, **named, "only_zones": zones}, file=FILE, key=key, keys=KEYS)


def _sign(key: str, name: str | None) -> Sign | None:
    if name is None:
        return None
    sign = signs().get(name)
    if sign is None or sign.onset_to_hours is None:
        raise DataError(FILE, key, f"There is no sign {name!r} with an end to its window. Name one of {SIGNS}.")
    return sign


def _kind(one: Instruction, _: Mapping[str, Instruction]) -> str:
    return "" if one.do in KINDS else f"do is one of: {', '.join(KINDS)}."


def _sourced(one: Instruction, _: Mapping[str, Instruction]) -> str:
    bare = not one.sources or any(not extra.sources for extra in one.extras)
    return "Nothing stands behind it, or behind one of its extras: name facts, sources or policy." if bare else ""


def _says(one: Instruction, _: Mapping[str, Instruction]) -> str:
    named = {*one.facts, *(source.id for source in one.sources if source.id == POLICY)}
    if strange := sorted(set(one.says) - named):
        return f"says names {strange[0]}, which is not among its facts, and no policy of its sources. Add it."
    turned = any(least > most for least, most in one.says.values())
    return "Each of says has two ends, the lower first." if turned else ""


def _hours(one: Instruction, _: Mapping[str, Instruction]) -> str:
    if one.default is None:
        return "There are hours and no default. Add default." if one.says else ""
    if not one.says:
        return "There is a default and nothing that says it. Add says."
    least, most = one.range
    raised = (hours or least for extra in one.extras for hours in (extra.at_least, extra.default))
    held = all(least <= hours <= most for hours in (one.default, *raised))
    return "" if held else "default and at_least lie within what says holds. Mend one."


def _holds(one: Instruction, _: Mapping[str, Instruction]) -> str:
    unsaid = any(bool(extra.at_least) != bool(extra.holds) for extra in one.extras)
    return "at_least and holds, the words for why, stand together. Add the other." if unsaid else ""


def _after(one: Instruction, found: Mapping[str, Instruction]) -> str:
    if one.after is None:
        return ""
    if one.after not in list(found)[:-1]:
        return f"It begins after {one.after!r}, which is not above it. Name an instruction above."
    before = found[one.after].default or 0
    return (
        "By default it would turn before what it comes after. Mend a default."
        if before > (one.default or before)
        else ""
    )


CHECKS = (_kind, _sourced, _says, _hours, _holds, _after)
