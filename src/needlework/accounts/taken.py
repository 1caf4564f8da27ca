"""One e-mail address, one account; one name, one clinic."""

from uuid import UUID

from needlework.accounts.models import Clinic, User


class EmailTaken(Exception):  # noqa: N818 - it is an answer, not a fault
    """The address belongs to another account; the message is the sentence they read."""


class NameTaken(Exception):  # noqa: N818 - it is an answer, not a fault
    """Another clinic has the name; the message is the sentence they read."""


def refuse_taken_email(email: str, *, but: UUID) -> None:
    """Raise `EmailTaken` where an address belongs to somebody else."""
    if User.objects.filter(email=email).exclude(pk=but).exists():
        raise EmailTaken("Another account uses this e-mail address. Enter a different one")


def refuse_taken_name(name: str, *, but: UUID) -> None:
    """Raise `NameTaken` where another clinic has the name."""
    if Clinic.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise NameTaken("Another clinic has this name. Enter a different one")
