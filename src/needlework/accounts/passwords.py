"""Which passwords are good enough: long and not guessable; no rules about kinds of characters."""

import re
from collections.abc import Iterable

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

SHORTEST, LONGEST = 12, 128
COMMON = CommonPasswordValidator()


def faults(password: str, *, about: Iterable[str]) -> list[str]:
    """Return a sentence for each reason to refuse a new password; `about` are the names it must not lean on."""
    if len(password) < SHORTEST:
        return [f"Use at least {SHORTEST} characters. Three or four unrelated words are easy to remember"]
    if len(password) > LONGEST:
        return [f"Use at most {LONGEST} characters"]
    return [sentence for sentence in (_common(password), _monotonous(password), _leaning(password, about)) if sentence]


def _common(password: str) -> str:
    """Refuse passwords that stand in lists of leaked ones, also doubled or with figures and marks around them."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    half = password[: len(password) // 2]
    doubled = half * 2 == password
    if any(_listed(word) for word in (password, bare, half if doubled else "")):
        return "This password is in lists that attackers try first. Choose another"
    return ""


def _listed(word: str) -> bool:
    try:
        COMMON.validate(word)
    except ValidationError:
        return True
    return False


def _monotonous(password: str) -> str:
    if len(set(password.lower())) < 5:
        return "This password repeats too few characters. Choose another"
    return ""


def _leaning(password: str, about: Iterable[str]) -> str:
    """Refuse a password that is little more than a name known to everybody who knows the person."""
    squeezed = _squeezed(password)
    for word in sorted(_parts(about), key=len, reverse=True):
        if word in squeezed:
            return f"The password contains “{word}”, which others can guess. Choose one without it"
    return ""


def _parts(about: Iterable[str]) -> set[str]:
    words = {_squeezed(text) for text in about}
    words |= {_squeezed(part) for text in about for part in re.split(r"[\s@.\-_+]+", text)}
    return {word for word in words if len(word) >= 4}


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
