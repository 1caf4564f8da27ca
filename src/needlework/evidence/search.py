"""Ranked search over short texts, forgiving of spelling and of what people call things.

Generic over (id, text). Words are weighed as in BM25, by how rare they are and how long the text is. A word that is not
there is taken as the beginning of one, or as the nearest in spelling; a number is only itself. The same entries and
query give the same answer.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files

from needlework.evidence import toml
from needlework.evidence.errors import InputError

WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")
LONGEST_WORD, MOST_WORDS = 40, 40
"""Letters of a word and distinct words of a query that count; the rest is not looked for."""
LEAST_BEGINNING = 3
BEGINNING, NEAREST = 0.7, 0.65
"""How much a word's beginning counts; how alike two words must be, 0 to 1, to be taken for one another."""
CLOSE_LOOK = 12
"""Words, nearest by shared trigrams, whose letters are compared one by one."""
SATURATION, LENGTH = 1.2, 0.2
"""BM25's k1 and b, the usual k1 and a mild b, since the texts are all short and the longer ones say no less."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and how well it answers, from 0 to 1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """Entries made ready: the terms of each, every word that occurs, and what a mean text's length is."""

    terms: Mapping[str, Counter[str]]
    words: frozenset[str]
    mean_length: float


Sought = Mapping[str, float]
"""One word of a query: the terms that answer it, and how well each does."""


def index(entries: Iterable[tuple[str, str]]) -> Index:
    """Make entries ready; an id counts as part of its text."""
    spelt = {one: words(f"{one} {text}") for one, text in entries}
    terms = {one: Counter(merged(found)) for one, found in spelt.items()}
    known = frozenset(word for found in spelt.values() for word in found) | frozenset(
        word for phrase in _phrases() for word in phrase
    )
    return Index(terms, known, sum(found.total() for found in terms.values()) / max(1, len(terms)))


def search(ready: Index, query: str, *, limit: int = 10) -> tuple[Hit, ...]:
    """Return the entries that answer a query, best first, at most `limit`; an exact id comes first, with 1.

    Raises InputError for a query without a word.
    """
    asked = _asked(query)
    if not asked:
        raise InputError("query", "There is nothing to look for. Give one word or more.")
    scored = _scored(ready, [_spelt(word, ready.words) for word in asked])
    exact = {one: 1.0 for one in ready.terms if one.casefold() == query.strip().casefold()}
    ranked = sorted({**scored, **exact}.items(), key=lambda found: (-found[1], found[0]))
    return tuple(Hit(one, score) for one, score in ranked[:limit])


def _asked(query: str) -> list[str]:
    """Return the distinct words of a query without the common ones, unless it has no others."""
    found = list(dict.fromkeys(words(query)))
    return ([word for word in found if word not in _common()] or found)[:MOST_WORDS]


def words(text: str) -> list[str]:
    """Return the words of a text: lower case, without accents, plural or what lies between."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    found = WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    return [_singular(word[:LONGEST_WORD]) for word in found]


def merged(found: Sequence[str]) -> list[str]:
    """Return words with each synonym, of one word or several, replaced by what stands for its group."""
    return [_phrases().get(phrase, phrase[0]) for phrase in _phrased(found)]


def likeness(one: str, other: str) -> float:
    """Return how alike two words are, 0 to 1: Damerau's edits (optimal string alignment) over the longer's letters."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        older, before, row = before, row, [place]
        for at, second in enumerate(other, start=1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != second))
            swapped = place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == second
            row.append(min(cost, older[at - 2] + 1) if swapped else cost)
    return 1 - row[-1] / max(len(one), len(other))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _common() -> frozenset[str]:
    listed = toml.read(files(__package__) / "data" / "common_words.toml")["words"]
    return frozenset(word for one in listed for word in words(one))


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    groups = toml.read(files(__package__) / "data" / "synonyms.toml")["groups"]
    return {tuple(words(phrase)): group[0] for group in groups for phrase in group}


def _phrased(found: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words cut into known phrases, the longest first, and single words."""
    cut, place, longest = [], 0, max(map(len, _phrases()))
    while place < len(found):
        tried = (tuple(found[place : place + size]) for size in range(longest, 1, -1))
        cut.append(next((phrase for phrase in tried if phrase in _phrases()), (found[place],)))
        place += len(cut[-1])
    return cut


@lru_cache(maxsize=1 << 15)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _spelt(word: str, known: frozenset[str]) -> Mapping[str, float]:
    exact = {word: 1.0} if word in known else {}
    if not word.isalpha() or len(word) < LEAST_BEGINNING:
        return exact
    begun = {one: BEGINNING for one in known if one.startswith(word)}
    return {**begun, **exact} or _nearest(word, known)


def _nearest(word: str, known: frozenset[str]) -> Mapping[str, float]:
    near = nlargest(CLOSE_LOOK, known, key=lambda one: (_shared(word, one), one))
    alike, best = max(((likeness(word, one), one) for one in near), default=(0.0, ""))
    return {best: alike} if alike >= NEAREST else {}


def _shared(word: str, other: str) -> float:
    left, right = _trigrams(word), _trigrams(other)
    return len(left & right) / (len(left) + len(right))


def _scored(ready: Index, asked: Sequence[Mapping[str, float]]) -> dict[str, float]:
    sought = _sought(asked)
    weights = [_weight(ready, one) for one in sought]
    best = {
        one: sum(weight * _answer(ready, terms, part) for weight, part in zip(weights, sought, strict=True))
        for one, terms in ready.terms.items()
    }
    return {one: round(score / sum(weights), 4) for one, score in best.items() if score}


def _sought(asked: Sequence[Mapping[str, float]]) -> list[Sought]:
    """Return what each word, or each phrase made of the surest spellings, is looked for as."""
    surest = [max(one, key=lambda word: (one[word], word), default="") for one in asked]
    sought, place = [], 0
    for phrase in _phrased(surest):
        part = asked[place : place + len(phrase)]
        sure = min(max(one.values(), default=0.0) for one in part)
        sought.append({_phrases()[phrase]: sure} if len(phrase) > 1 else _alternatives(part[0]))
        place += len(phrase)
    return sought


def _alternatives(word: Mapping[str, float]) -> Sought:
    found: dict[str, float] = {}
    for one, sure in word.items():
        (term,) = merged([one])
        found[term] = max(sure, found.get(term, 0.0))
    return found


def _weight(ready: Index, sought: Sought) -> float:
    held = sum(1 for terms in ready.terms.values() if any(term in terms for term in sought))
    return math.log(1 + (len(ready.terms) - held + 0.5) / (held + 0.5))


def _answer(ready: Index, terms: Counter[str], sought: Sought) -> float:
    room = SATURATION * (1 - LENGTH + LENGTH * terms.total() / ready.mean_length)
    return max((sure * terms[term] / (terms[term] + room) for term, sure in sought.items() if term in terms), default=0)
