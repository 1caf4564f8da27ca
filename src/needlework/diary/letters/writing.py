"""What every letter of the diary has in common. Subject and short text stand where it is made: a test reads them."""

from needlework.accounts.models import Clinic
from needlework.diary.letters.receivers import Receiver


def body(to: Receiver, clinic: Clinic, *paragraphs: str) -> str:
    """Return the text of a letter: greeting, paragraphs but the empty ones, and the clinic's name."""
    return "\n\n".join([f"Hello {to.called},", *filter(None, paragraphs), clinic.name]) + "\n"
