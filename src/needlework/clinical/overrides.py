"""A clinic's own overrides: a layer over the rules that came with the product, each by a named person with a reason.

An override may tighten. It may loosen only what the rule itself marks, with `may_loosen_to`, and no further. Whatever
else it tries is refused with the entry, what is wrong and what to do.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from needlework.clinical import waits
from needlework.clinical.fields import Fields
from needlework.clinical.terms import Outcome, Tier
from needlework.evidence.errors import DataError, InputError
from needlework.evidence.near import near

FILE = "overrides.toml"


@dataclass(frozen=True, slots=True)
class Override:
    """One change: the value of one key of one entry, for every device or for one."""

    file: str
    id: str
    key: str
    value: Any
    by: str
    role: str
    reason: str
    on: date
    review_by: date
    device: str | None = None

    @property
    def name(self) -> str:
        """Return it as complaints name it."""
        return ".".join(filter(None, (self.file.removesuffix(".toml"), self.id, self.device, self.key)))

    @property
    def told(self) -> str:
        """Return the sentence that stands beside a finding."""
        return sentence(**self.as_told())

    def as_told(self) -> dict[str, str]:
        """Return what stands beside a finding in JSON."""
        return {"by": self.by, "role": self.role, "reason": self.reason, "on": self.on.isoformat()}

    def as_json(self) -> dict[str, Any]:
        """Return it as `read` takes it."""
        device = {"device": self.device} if self.device else {}
        days = {"on": self.on.isoformat(), "review_by": self.review_by.isoformat()}
        return {key: getattr(self, key) for key in TEXTS} | {"value": self.value} | days | device


TEXTS = ("file", "id", "key", "by", "role", "reason")

LARGEST = 100_000
"""More of a millimetre, gram, square centimetre, minute or hour is a slip of the hand."""
POSITIVE = f"Give a number above 0, at most {LARGEST}."
NEVER_ASKED = "never_asked"
TIERS = "tiers.toml"
TOLD = ("practitioner", "lead")
"""Who is told of a sign that the rules expected and the clinic does not."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value that may be overridden: what it looks like, and when one is at least as strict as another."""

    is_valid: Callable[[Any], bool]
    at_least_as_strict: Callable[[Any, Any], bool]
    sentence: str
    absent_is_mildest: bool = False


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LARGEST


OUTCOME = Kind(
    lambda value: value in list(Outcome),
    lambda new, old: Outcome(new).rank >= Outcome(old).rank,
    f"Give one of: {', '.join(Outcome)}.",
)
TIER = Kind(
    lambda value: value in list(Tier),
    lambda new, old: Tier(new).rank >= Tier(old).rank,
    f"Give one of: {', '.join(Tier)}.",
)
WAIT = Kind(waits.is_wait, waits.at_least, "Give one unit and a whole number above 0, as { months = 9 }.")
LESS = Kind(_is_positive, lambda new, old: new <= old, POSITIVE)
LIMIT = Kind(_is_positive, lambda new, old: new <= old, POSITIVE, absent_is_mildest=True)

MORE = Kind(_is_positive, lambda new, old: new >= old, POSITIVE, absent_is_mildest=True)


@dataclass(frozen=True, slots=True)
class Layer:
    """What of a file is a clinic's to change: keys of a `part` of its entries, which stand `within` a table."""

    kinds: Mapping[str, Kind]
    within: tuple[str, ...] = ()
    part: tuple[str, ...] = ()


LAYERS: Mapping[str, Layer] = {
    "screening.toml": Layer({"outcome": OUTCOME, "wait": WAIT}),
    "signs.toml": Layer({"tier": TIER, "expected_until_hours": LESS}),
    "combinations.toml": Layer({"tier": TIER}),
    "devices.toml": Layer({"label_limit_mm": LIMIT, "hardware_limit_mm": LIMIT}),
    "numbing.toml": Layer(
        {"max_mass_g": LIMIT, "max_area_cm2": LIMIT, "least_minutes": MORE, "most_minutes": LIMIT},
        within=("products",),
        part=("limits",),
    ),
}
"""File → all that a clinic may override there. A key that is not here is not a clinic's to change."""


def sentence(*, by: str, role: str, reason: str, on: str) -> str:
    """Return who changed something, when and why, as staff read it."""
    return f"Set by the clinic: {reason} ({by}, {role}, {on})"


def of(overrides: Iterable[Override], file: str, key: str) -> tuple[Override, ...]:
    """Return those that change one entry of a file."""
    return tuple(one for one in overrides if (one.file, one.id) == (file, key))


def as_json(changed: Iterable[Override]) -> dict[str, Any]:
    """Return the key `set_by_clinic` of what rests on overrides, newest first, the others under `also`; or nothing."""
    told = [one.as_told() for one in sorted(changed, key=lambda one: one.on, reverse=True)]
    if not told:
        return {}
    return {"set_by_clinic": told[0] | ({"also": told[1:]} if told[1:] else {})}


def read(document: Any) -> tuple[Override, ...]:
    """Return the overrides of a document, TOML or JSON, with a table `override` for each."""
    try:
        whole = Fields(document)
        found = tuple(_read(entry) for entry in whole.objects("override"))
        whole.done()
    except InputError as wrong:
        raise DataError(FILE, wrong.field or "override", wrong.sentence) from None
    return found


def layered(
    documents: Mapping[str, Mapping[str, Any]], overrides: Iterable[Override]
) -> Mapping[str, Mapping[str, Any]]:
    """Return the documents with every override in its place; the documents given stay as they are."""
    found = dict(documents)
    seen = set()
    for one in sorted(overrides, key=lambda one: one.device is not None):
        if one.name in seen:
            raise _refused(one, "It is overridden twice. Keep one of the two.")
        seen.add(one.name)
        path = _path(found, one)
        entry = _changed(_at(found[one.file], path), one)
        raised = _raised(entry, found[TIERS][one.value]) if one.key == "tier" else entry
        found[one.file] = _put(found[one.file], path, raised)
    return found


def due(overrides: Iterable[Override], on: date) -> tuple[Override, ...]:
    """Return what its owner promised to look at again by a day, oldest promise first."""
    return tuple(sorted((one for one in overrides if one.review_by <= on), key=lambda one: (one.review_by, one.name)))


def _read(entry: Fields) -> Override:
    on, review_by = _day(entry, "on"), _day(entry, "review_by")
    texts = {key: entry.text(key).strip() for key in TEXTS}
    for key, text in texts.items():
        if not text:
            raise InputError(entry.name(key), "This is empty. Write it out: a named person answers for every override.")
    if review_by <= on:
        raise InputError(entry.name("review_by"), "Give a day after the one it was made on.")
    if not entry.has("value"):
        raise InputError(entry.name("value"), "This is missing. Give the value that the clinic wants.")
    device = entry.text("device", None) or None
    entry.done()
    return Override(value=entry.value["value"], on=on, review_by=review_by, device=device, **texts)


def _day(entry: Fields, key: str) -> date:
    value = entry.value.get(key)
    if type(value) is date:  # a moment of TOML is a date too, and no day
        entry.asked.add(key)
        return value
    found: date = entry.day(key)
    return found


def _path(documents: Mapping[str, Mapping[str, Any]], one: Override) -> tuple[str, ...]:
    """Return where the key stands that it names, once it is sure to be one that a clinic may change."""
    if one.file not in LAYERS:
        raise _refused(one, f"A clinic may not change this file. It may change: {', '.join(LAYERS)}.")
    layer = LAYERS[one.file]
    if one.key not in layer.kinds:
        raise _refused(one, f"A clinic may not change this key. It may change: {', '.join(layer.kinds)}.")
    entries = [key for key, entry in _at(documents[one.file], layer.within).items() if {*layer.part} <= {*entry}]
    if one.id not in entries:
        raise _refused(one, f"There is no such entry. {near(one.id, entries, 'Name one of them.')}")
    if one.device and one.file != "screening.toml":
        raise _refused(one, "Only a screening rule can differ by device. Leave device out.")
    if one.device and one.device not in documents["devices.toml"]:
        raise _refused(one, "There is no such device. Name one of devices.toml.")
    return (*layer.within, one.id, *layer.part)


def _at(table: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    for key in path:
        table = table[key]
    return table


def _put(table: Mapping[str, Any], path: tuple[str, ...], value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**table, path[0]: _put(table[path[0]], path[1:], value)} if path else value


def _changed(entry: Mapping[str, Any], one: Override) -> dict[str, Any]:
    """Return the entry with the value in it. What a device says instead follows where it would be milder."""
    kind = LAYERS[one.file].kinds[one.key]
    if entry.get("outcome") == NEVER_ASKED:
        raise _refused(one, "This must never be asked, so nobody can be refused for it. Take the override out.")
    if not kind.is_valid(one.value):
        raise _refused(one, kind.sentence)
    made = deepcopy(dict(entry))
    if one.device:
        _for_device(made, one, kind)
    else:
        _for_all(made, one, kind)
    if made == entry:
        raise _refused(one, "It changes nothing. Take it out.")
    return made


def _for_all(made: dict[str, Any], one: Override, kind: Kind) -> None:
    mark = made.pop("may_loosen_to", None) if kind is WAIT else None
    _check(made.get(one.key), one, kind, mark)
    made[one.key] = one.value
    for device in made.get("device", ()):
        if one.key in device and not kind.at_least_as_strict(device[one.key], one.value):
            device[one.key] = one.value


def _raised(entry: dict[str, Any], tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a clinic raised, with the words and people of its new tier: its own words were for a milder one."""
    told = {"patient_text": tier["patient_text"]}
    if "expected" in entry:
        people = {*entry["notify"], *tier["notify"], *(TOLD if entry["expected"] and not entry["notify"] else ())}
        told |= {"expected": False, "notify": [one for one in TOLD if one in people]}
    return entry | told


def _for_device(made: dict[str, Any], one: Override, kind: Kind) -> None:
    devices = made.setdefault("device", [])
    own: dict[str, Any] = next((device for device in devices if device["device"] == one.device), {})
    _check({**made, **own}.get(one.key), one, kind, None)
    if not own:
        devices.append({"device": one.device, one.key: one.value})
    own[one.key] = one.value


def _check(old: Any, one: Override, kind: Kind, may_loosen_to: Any) -> None:
    if old is None and not kind.absent_is_mildest:
        raise _refused(one, "The rule has none, and giving it one would loosen it. Take the override out.")
    if old is None or kind.at_least_as_strict(one.value, old):
        return
    if may_loosen_to is None:
        raise _refused(one, "This would loosen the rule, which may only be tightened. Give a stricter value.")
    if not waits.at_least(one.value, may_loosen_to):
        limit = waits.told(may_loosen_to)
        raise _refused(one, f"The rule may be loosened to {limit} and no further. Give that or more.")


def _refused(one: Override, sentence: str) -> DataError:
    return DataError(FILE, one.name, sentence)
