"""One shape for every letter of the diary."""

from needlework.accounts.models import Clinic
from needlework.diary.letters.receivers import Receiver
from needlework.messages.letters import Attachment, Letter


def letter(
    to: Receiver, clinic: Clinic, subject: str, *paragraphs: str, short: str, files: tuple[Attachment, ...] = ()
) -> Letter:
    """Return a letter from a clinic: greeting, paragraphs, the clinic's name; `short` is the text message."""
    text = "\n\n".join([f"Hello {to.called},", *filter(None, paragraphs), clinic.name])
    return Letter(
        subject=subject,
        text=f"{text}\n",
        email=to.email,
        phone=to.phone,
        short_text=f"{clinic.name}: {short}",
        attachments=files,
    )
