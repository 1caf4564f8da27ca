"""What changed between two versions of documents, in lines that a clinician can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from needlework.clinical import waits

CONTEXT = 3
"""Words shown on either side of a changed wording."""

SENTENCE = 5
"""A text of this many words or more is wording; a shorter one is a value."""

Tables = Mapping[str, Mapping[str, Any]]


def difference(before: Tables, after: Tables) -> tuple[str, ...]:
    """Return a line for each change, file by file: `screening: isotretinoin_recent: wait 6 months → 9 months`."""
    return tuple(chain.from_iterable(_file(name, before, after) for name in sorted({*before, *after})))


def counts(documents: Tables) -> Mapping[str, int]:
    """Return how many entries each file holds."""
    return {_title(name): len(list(_entries(tables))) for name, tables in documents.items()}


def _title(name: str) -> str:
    return name.removesuffix(".toml")


def _entries(tables: Mapping[str, Any]) -> Iterator[Any]:
    for value in tables.values():
        yield from value if _are_tables(value) else (value,)


def _file(name: str, before: Tables, after: Tables) -> Iterator[str]:
    if name not in before or name not in after:
        number = len(list(_entries((before if name in before else after)[name])))
        yield f"{_title(name)}: {'removed' if name in before else 'added'}, with {number} entries"
        return
    old, new = before[name], after[name]
    for key in _keys(old, new):
        for line in _entry(key, old, new):
            yield f"{_title(name)}: {line}"


def _entry(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    if key in old and key in new:
        return (f"{key}: {line}" for line in _changes("", old[key], new[key]))
    there = old if key in old else new
    return (f"{key}: {'removed' if key in old else 'added'}{_named(there[key])}",)


def _named(entry: Any) -> str:
    """Return what an entry calls itself, where it does."""
    names = (entry.get(key) for key in ("label", "title", "statement", "text")) if isinstance(entry, Mapping) else ()
    return next((f" ({name})" for name in names if name), "")


def _changes(path: str, old: Any, new: Any) -> Iterator[str]:
    if old == new:
        return
    at = f"{path} " if path else ""
    if _is_table(old) and _is_table(new):
        for key in _keys(old, new):
            yield from _within(f"{path}.{key}" if path else key, key, old, new)
    elif _is_list(old) and _is_list(new):
        yield from _lists(at, old, new)
    elif _is_wording(old) and _is_wording(new) and old.split() != new.split():
        yield at + "reworded: " + " → ".join(_cut(old.split(), new.split()))
    else:
        yield f"{at}{told(old)} → {told(new)}"


def _within(path: str, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if key in old and key in new:
        yield from _changes(path, old[key], new[key])
    elif key in new:
        yield f"{path} added: {told(new[key])}"
    else:
        yield f"{path} removed, was: {told(old[key])}"


def _lists(at: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    for word, entries in (("removed", gone), ("added", come)):
        if entries:
            yield f"{at}{word}: {'; '.join(map(told, entries))}"
    if not gone and not come:
        yield f"{at}in another order or number: {'; '.join(map(told, new))}"


def _cut(old: list[str], new: list[str]) -> tuple[str, str]:
    """Return what differs between two wordings, with a few words around it."""
    blocks = [block for block in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if block[0] != "equal"]
    _, old_from, _, new_from, _ = blocks[0]
    _, _, old_to, _, new_to = blocks[-1]
    return _quoted(old, old_from, old_to), _quoted(new, new_from, new_to)


def _quoted(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - CONTEXT), end + CONTEXT
    return f"“{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}”"


def told(value: Any) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if waits.is_wait(value):
        return waits.told(value)
    if _is_table(value):
        return ", ".join(f"{key} {told(one)}" for key, one in value.items())
    if _is_list(value):
        return ", ".join(map(told, value)) or "nothing"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [*old, *(key for key in new if key not in old)]


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and not waits.is_wait(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _are_tables(value: Any) -> bool:
    return _is_list(value) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _is_wording(value: Any) -> bool:
    return isinstance(value, str) and len(value.split()) >= SENTENCE
