"""How hard a text is to read: the Flesch-Kincaid grade, by our own count.

grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid, Fishburne, Rogers and Chissom, Derivation of new
readability formulas, Naval Technical Training Command, Research Branch Report 8-75, 1975).

Counting. A sentence ends at a full stop, question mark or exclamation mark that a space or the end follows; a text
without one is one sentence. A word is a run of letters with apostrophes, or a run of digits; hyphens part words. Each
digit is one syllable. Otherwise: the exceptions of rules/reading.toml (also for the plural), or the number of groups of
vowels (y among them), less a silent end (-e but -le after a consonant, -es and -ed where they are not sounded), and one
more where two vowels are sounded apart (-ia-, -io- but -tion and the like, -ua-, -eo-), never less than one.
"""

import re
from collections.abc import Mapping
from functools import cache

from needlework.clinical.backing import rule_table

FILE = "reading.toml"

SENTENCE_END = re.compile(r"[.!?]+(?=\s|$|[)\"'])")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+")
VOWELS = re.compile(r"[aeiouyé]+")
SILENT = re.compile(r"(?<![aeiouy])e$|(?<=[^aeioudty])ed$|(?<=[^aeioucgszx])(?<!sh)(?<!ch)es$")
SOUNDED_LE = re.compile(r"[^aeiouyl]les?$")
APART = re.compile(
    r"i[ao](?!n\b|ns\b|us\b)|(?<![csgt])io[nu]|(?<![gq])ua|eo(?!u)|(?<![aeiou])yi|ie[trn]|[^aeiou]ying|oing|eeing"
)
JOINED = re.compile(r"[cgst]i[aou]|peop")


@cache
def exceptions() -> Mapping[str, int]:
    """Return the words counted by hand."""
    return dict(rule_table(FILE)["syllables"])


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text, in US school years; an empty text is an error of the caller."""
    said = words(text)
    if not said:
        raise ValueError("There is no word to grade.")
    return 0.39 * len(said) / sentences(text) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def words(text: str) -> list[str]:
    """Return the words of a text as they stand."""
    return WORD.findall(text)


def sentences(text: str) -> int:
    """Return how many sentences a text has, one at least."""
    return sum(1 for part in SENTENCE_END.split(text) if words(part)) or 1


def syllables(word: str) -> int:
    """Return the syllables of one word."""
    plain = word.lower().replace("\u2019", "'").removesuffix("'s")
    known = exceptions()
    if plain in known or plain.removesuffix("s") in known:
        return known.get(plain) or known[plain.removesuffix("s")]
    return len(plain) if plain.isdigit() else max(1, _heard(plain))


def _heard(word: str) -> int:
    groups = len(VOWELS.findall(word))
    silent = bool(SILENT.search(word)) and not SOUNDED_LE.search(word)
    apart = len(APART.findall(JOINED.sub("-", word)))
    return groups - silent + apart
