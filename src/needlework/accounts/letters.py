"""What staff are written about their accounts; each letter is written from the live record when it is sent."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import links
from needlework.accounts.models import Credential, Organisation, PasswordLink, Purpose, User
from needlework.audit.record import Actor
from needlework.evidence.days import in_words
from needlework.messages import kinds, operations
from needlework.messages.kinds import MessageKind
from needlework.messages.letters import Letter
from needlework.messages.models import Message

TELLINGS = {
    "second-factor-reset": (
        "Set up your second factor again",
        "{by} has removed the second factors of your account, because you could not use them.\n\n"
        "The next time you sign in you will be asked to set up a new one:\n{address}\n\n"
        "If you did not ask for this, call your clinic at once.",
    ),
    "password-changed": (
        "Your password was changed",
        "The password of your account was changed, and all other devices were signed out.\n\n"
        "If this was not you, call your clinic at once and ask for a new password here:\n{address}",
    ),
}


def register() -> None:
    """Make the letters of this room known."""
    kinds.register(MessageKind(name="staff-invitation", render=password_link, secret=True))
    kinds.register(MessageKind(name="password-link", render=password_link, secret=True))
    kinds.register(MessageKind(name="credential-expiring", render=credential_expiring))
    for name in TELLINGS:
        kinds.register(MessageKind(name=name, render=telling))


def send_link(link: PasswordLink, *, by: Actor, at: datetime) -> None:
    """Queue the letter that carries a link to set a password."""
    operations.queue(
        "staff-invitation" if link.purpose == Purpose.INVITATION else "password-link",
        key=f"password-link:{link.pk}",
        about_kind="passwordlink",
        about_id=link.pk,
        to_kind=User.audit_kind,
        to_id=link.user_id,
        due_at=at,
        useful_until=link.expires_at,
        channels=["email"],
        by=by,
        at=at,
    )


def tell(kind: str, user: User, *, by: Actor, at: datetime) -> None:
    """Queue a letter that tells somebody what happened to their account."""
    operations.queue(
        kind,
        key=f"{kind}:{user.pk}:{at.isoformat()}",
        about_kind="user",
        about_id=user.pk,
        to_kind=User.audit_kind,
        to_id=user.pk,
        due_at=at,
        useful_until=None,
        channels=["email"],
        by=by,
        at=at,
    )


def password_link(message: Message) -> Letter | None:
    """Write the letter with a link, unless the link is spent or the account has ended."""
    link = PasswordLink.objects.select_related("user").filter(pk=message.about_id, spent_at=None).first()
    if link is None or link.user.ended_at:
        return None
    name, until = _organisation(), _moment(link.expires_at)
    if link.purpose == Purpose.INVITATION:
        subject = f"Your account at {name}"
        text = f"an account was made for you at {name}. Choose your password here:"
    else:
        subject = "Choose a new password"
        text = "somebody, probably you, asked for a new password for your account. Choose it here:"
    address = links.address_of(link)
    close = f"The link works once, until {until}. If you did not expect it, you can ignore this message."
    return Letter(
        subject, f"Hello {link.user.name},\n\n{text}\n{address}\n\n{close}\n\n{name}\n", email=link.user.email
    )


def telling(message: Message) -> Letter | None:
    """Write the letter that tells somebody what happened to their account, unless it has ended."""
    user = User.objects.filter(pk=message.about_id, ended_at=None).first()
    if user is None:
        return None
    subject, text = TELLINGS[message.kind]
    by = User.objects.filter(pk=message.queued_by_id).first() if message.queued_by_id else None
    text = text.format(by=by or "A lead", address=f"{settings.ADDRESS}{reverse('sign-in')}")
    return Letter(subject, f"Hello {user.name},\n\n{text}\n\n{_organisation()}\n", email=user.email)


def credential_expiring(message: Message) -> Letter | None:
    """Write that a document will end, unless it was withdrawn, renewed, or its owner or reader has left."""
    credential = Credential.objects.select_related("user").filter(pk=message.about_id).first()
    reader = User.objects.filter(pk=message.to_id, ended_at=None).first()
    if credential is None or reader is None or credential.valid_until is None or credential.user.ended_at:
        return None
    if credential.entered_in_error_at or renewed(credential):
        return None
    whose = "Your" if reader == credential.user else f"{credential.user.name}’s"
    what = str(credential).lower() if not credential.device else f"training for {credential.device}"
    address = f"{settings.ADDRESS}{reverse('staff-member', args=[credential.user_id])}"
    text = (
        f"{whose} {what} ends on {in_words(credential.valid_until)}. Record the new one before then, "
        f"so that no appointment has to be moved:\n{address}"
    )
    return Letter("A document ends soon", f"Hello {reader.name},\n\n{text}\n\n{_organisation()}\n", email=reader.email)


def renewed(credential: Credential) -> bool:
    """Say whether a document of the same kind that holds for longer has been recorded."""
    same = Credential.objects.filter(
        user_id=credential.user_id, kind=credential.kind, device=credential.device, entered_in_error_at=None
    )
    return same.filter(Q(valid_until=None) | Q(valid_until__gt=credential.valid_until)).exists()


def _organisation() -> str:
    return Organisation.objects.values_list("name", flat=True).first() or "Needlework"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M on} {in_words(timezone.localtime(at))}"
