"""Names and numbers folded so that they are found however they are typed."""

import re
import unicodedata
from collections.abc import Iterable

SEARCH_LENGTH = 640
APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019]")
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
"""Letters that Unicode does not take apart into a plain letter and an accent."""
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return text without accents, apostrophes and capitals."""
    return APOSTROPHES.sub("", _bare(_bare(text).casefold())).translate(LETTERS)


def words(text: str) -> list[str]:
    """Return the folded words of a name: "Zoë O'Brien-Smith" → zoe, obrien, smith."""
    return WORD.findall(fold(text))


def phone_forms(phone: str) -> list[str]:
    """Return a number as people type it: +447700900123 also as 07700900123."""
    digits = re.sub(r"\D", "", phone)
    if not digits:
        return []
    return [digits, "0" + digits[2:]] if digits.startswith("44") else [digits]


def search_text(names: Iterable[str], *, phone: str, email: str) -> str:
    """Return one folded line, names first so that it also sorts by them: what `find` looks through."""
    named = [words(name) for name in names]
    joined = ["".join(parts) for parts in named if len(parts) > 1]
    everything = [word for parts in named for word in parts] + joined + phone_forms(phone) + [email.casefold()]
    return " ".join(filter(None, everything))[:SEARCH_LENGTH]


def full_name(given_names: str, family_name: str) -> list[str]:
    """Return all words of a whole name, in order, for comparing it with another."""
    return words(given_names) + words(family_name)


def _bare(text: str) -> str:
    """Return text taken apart, without the accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
