"""What a person may type: every letter of every script, but nothing invisible that breaks or forges a page."""

import re
import unicodedata

TIDY_SPACE = re.compile(r"\s+")
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # controls, except tab and line ends
    "\u202a-\u202e\u2066-\u2069"  # direction overrides, embeddings and isolates
    "\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]"  # odd separators, byte-order marks, halves of characters
)


def one_line(value: str) -> str:
    """Return the text composed (NFC), with every run of white space as one space and none at the ends."""
    return TIDY_SPACE.sub(" ", unicodedata.normalize("NFC", value)).strip(" ")


def many_lines(value: str) -> str:
    """Return the text composed (NFC), with plain line ends and no space around it."""
    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()


def has_hidden(value: str) -> bool:
    """Tell whether the text holds a character that nobody types and nobody sees."""
    return HIDDEN.search(value) is not None


def without_hidden(value: str) -> str:
    """Return the text without such characters."""
    return HIDDEN.sub("", value)
