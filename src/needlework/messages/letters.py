"""Letter: the words of one message, as a renderer writes them from the live record."""

import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter by e-mail: its name, its media type with parameters, and its bytes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if _has_control_characters(self.name + self.media_type):
            raise ValueError("An attachment's name and media type are one line without control characters")


@dataclass(frozen=True)
class Letter:
    """One message in words: subject and text for e-mail, a short text for SMS, where either may go, and files."""

    subject: str
    text: str
    email: str | None = None
    phone: str | None = None
    short_text: str = ""
    attachments: tuple[Attachment, ...] = ()

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
