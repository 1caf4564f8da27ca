"""Start and end sign-ins. What the browser carries stands in `accounts.presence`."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from needlework.accounts.models import Attempt, SignIn, User
from needlework.audit.record import SYSTEM, record


@transaction.atomic
def start_sign_in(*, user: User, session_key: str, factor: str, address: str, browser: str, at: datetime) -> SignIn:
    """Record that somebody came in, with password and second factor."""
    sign_in = SignIn.objects.create(
        user=user, session_key=session_key, factor=factor, started_at=at, address=address, browser=browser
    )
    record("signed-in", sign_in, by=user, at=at, fields=[factor])
    return sign_in


@transaction.atomic
def refuse_sign_in(*, subject: User | Attempt, step: str, at: datetime) -> None:
    """Record that a try to get in failed: at the password, the code or the passkey; never what was typed."""
    record("sign-in-refused", subject, by=SYSTEM, at=at, fields=[step])


@transaction.atomic
def end_sign_in(*, sign_in: SignIn, by: User, at: datetime) -> None:
    """End one sign-in: its browser is out at its next request."""
    if SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=at, ended_by=by):
        Session.objects.filter(session_key=sign_in.session_key).delete()
        record("signed-out", sign_in, by=by, at=at)


@transaction.atomic
def end_all_sign_ins(*, user: User, by: User, at: datetime, but: UUID | None = None) -> int:
    """End everywhere somebody is signed in, but for one browser perhaps; return how many there were."""
    sign_ins = [sign_in for sign_in in user.sign_ins.filter(ended_at=None) if sign_in.pk != but]
    for sign_in in sign_ins:
        end_sign_in(sign_in=sign_in, by=by, at=at)
    return len(sign_ins)
