"""Letter: the words of one message, as a renderer writes them from the live record."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One message in words: subject and text for e-mail, a short text for SMS, and where either may go."""

    subject: str
    text: str
    email: str | None = None
    phone: str | None = None
    short_text: str = ""

    def __post_init__(self) -> None:
        for name in ("subject", "email", "phone", "short_text"):
            if _has_control_characters(getattr(self, name) or ""):
                raise ValueError(f"A letter's {name} is one line without control characters")
        if _has_control_characters(self.text.replace("\r\n", "\n").replace("\n", "").replace("\t", "")):
            raise ValueError("A letter's text holds no control characters but line ends and tabs")

    def address(self, channel: str) -> str | None:
        """Return where the letter goes on a channel; None when it has no address, or no words, for it."""
        if channel == "email":
            return self.email or None
        return (self.phone or None) if self.short_text else None


def _has_control_characters(text: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text)
