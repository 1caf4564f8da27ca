"""Set passwords: by a link that works once, or by somebody who knows the present one."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from needlework.accounts import letters, permissions, throttle
from needlework.accounts.actors import StaffOrSystem
from needlework.accounts.models import PasswordLink, Purpose, User
from needlework.accounts.operations.sign_in import end_all_sign_ins
from needlework.audit.record import SYSTEM, record
from needlework.work import operations as work

INVITED_FOR = timedelta(days=7)
RESET_FOR = timedelta(hours=1)
SEND_LINK = "send-password-link"


@transaction.atomic
def invite(*, user: User, by: StaffOrSystem, at: datetime) -> PasswordLink:
    """Send somebody the link with which they choose their first password; earlier links stop working."""
    permissions.may_manage_account(user=by, person=user).or_raise()
    link = _new_link(user, Purpose.INVITATION, at, at + INVITED_FOR)
    record("staff-invited", user, by=by, at=at)
    letters.send_link(link, by=by, at=at)
    return link


@transaction.atomic
def ask_for_link(*, email: str, origin: str, at: datetime) -> None:
    """Have the worker send a link, if the address belongs to somebody: here nobody could tell by the work done."""
    wish = throttle.wish_for_link(email=email, origin=origin, at=at)
    if wish is None:
        return
    record("password-link-asked", wish, by=SYSTEM, at=at)
    known = User.objects.filter(email=email.strip().lower(), ended_at=None).values_list("pk", flat=True).first()
    subject = {"user": str(known or uuid4())}
    work.enqueue(SEND_LINK, key=f"{SEND_LINK}:{uuid4()}", due_at=at, subject=subject)


@transaction.atomic
def send_reset(*, user: User, at: datetime) -> PasswordLink:
    """Send somebody who forgot the password a link to choose a new one."""
    link = _new_link(user, Purpose.RESET, at, at + RESET_FOR)
    record("password-link-made", user, by=SYSTEM, at=at)
    letters.send_link(link, by=SYSTEM, at=at)
    return link


@transaction.atomic
def spend_link(*, link: PasswordLink, hashed: str, at: datetime) -> bool:
    """Set the password by a link, once; every browser is signed out. The second factor stays as it was."""
    spent = PasswordLink.objects.filter(pk=link.pk, spent_at=None, expires_at__gt=at, user__ended_at=None)
    if not spent.update(spent_at=at):
        return False
    set_password(user=link.user, hashed=hashed, by=link.user, at=at)
    return True


@transaction.atomic
def set_password(*, user: User, hashed: str, by: StaffOrSystem, at: datetime) -> None:
    """Set a password that has been checked and hashed; links and other sign-ins end, and its owner is told."""
    first = not user.has_usable_password()
    user.password = hashed
    User.objects.filter(pk=user.pk).update(password=hashed)
    user.password_links.filter(spent_at=None).update(spent_at=at)
    record("password-set", user, by=by, at=at)
    end_all_sign_ins(user=user, by=user, at=at)
    if not first:
        letters.tell("password-changed", user, by=by, at=at)


def _new_link(user: User, purpose: str, at: datetime, until: datetime) -> PasswordLink:
    user.password_links.filter(spent_at=None).update(spent_at=at)
    return PasswordLink.objects.create(user=user, purpose=purpose, made_at=at, expires_at=until)
