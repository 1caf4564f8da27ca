"""Add, prove and take away second factors."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from needlework.accounts import letters, permissions, second_factor
from needlework.accounts.decision import Decision
from needlework.accounts.models import Authenticator, Passkey, RecoveryCode, User
from needlework.accounts.operations.sign_in import end_all_sign_ins
from needlework.accounts.passkeys import NewKey
from needlework.accounts.queries.second_factor import factors_of
from needlework.audit.record import record

KEEP_ONE = "This is your only second factor. Add another one first, then remove this."


@transaction.atomic
def set_up_authenticator(*, user: User, at: datetime) -> Authenticator:
    """Make a new secret for an authenticator app; it counts once its first code has been entered."""
    user.authenticators.filter(ended_at=None, confirmed_at=None).update(ended_at=at, ended_by=user)
    authenticator = Authenticator.objects.create(user=user, secret=second_factor.new_secret(), made_at=at)
    record("authenticator-prepared", authenticator, by=user, at=at)
    return authenticator


@transaction.atomic
def confirm_authenticator(*, authenticator: Authenticator, code: str, at: datetime) -> bool:
    """Put an authenticator app in force with its first code, in the place of the one before."""
    standing = Authenticator.objects.select_for_update().filter(ended_at=None, user=authenticator.user)
    waiting = standing.filter(pk=authenticator.pk, confirmed_at=None).first()
    step = waiting and second_factor.step_of(waiting.secret, code, at=at, after=0)
    if waiting is None or step is None:
        return False
    user = authenticator.user
    standing.exclude(confirmed_at=None).update(ended_at=at, ended_by=user)
    standing.filter(pk=waiting.pk).update(confirmed_at=at, last_step=step)
    record("second-factor-added", authenticator, by=user, at=at, fields=["totp"])
    return True


@transaction.atomic
def accept_code(*, user: User, code: str, at: datetime) -> bool:
    """Say whether a code is the authenticator's, and spend its step: the same code never works twice."""
    authenticator = factors_of(user).authenticator
    if authenticator is None:
        return False
    step = second_factor.step_of(authenticator.secret, code, at=at, after=authenticator.last_step)
    if step is None:
        return False
    unspent = Authenticator.objects.filter(pk=authenticator.pk, ended_at=None, last_step__lt=step)
    return bool(unspent.update(last_step=step))


@transaction.atomic
def add_passkey(*, user: User, key: NewKey, name: str, at: datetime) -> Passkey:
    """Add a passkey that this browser has just made."""
    passkey = Passkey.objects.create(
        user=user,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=name,
        added_at=at,
    )
    record("second-factor-added", passkey, by=user, at=at, fields=["passkey"])
    return passkey


@transaction.atomic
def use_passkey(*, passkey: Passkey, sign_count: int) -> None:
    """Remember how often a passkey has signed, so that a copy of it is noticed."""
    Passkey.objects.filter(pk=passkey.pk, sign_count__lt=sign_count).update(sign_count=sign_count)


@transaction.atomic
def make_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """Make ten new recovery codes and withdraw the old ones; only this answer ever shows them."""
    codes, batch = second_factor.new_codes(), uuid4()
    user.recovery_codes.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, batch=batch, digest=second_factor.digest_of(code, batch=batch), made_at=at)
        for code in codes
    )
    record("recovery-codes-made", user, by=user, at=at)
    return codes


@transaction.atomic
def use_recovery_code(*, user: User, code: str, at: datetime) -> bool:
    """Say whether a code is one of somebody's recovery codes, and spend it."""
    live = user.recovery_codes.filter(used_at=None, withdrawn_at=None)
    batch = live.values_list("batch", flat=True).first()
    if batch is None or not live.filter(digest=second_factor.digest_of(code, batch=batch)).update(used_at=at):
        return False
    record("recovery-code-used", user, by=user, at=at)
    return True


@transaction.atomic
def remove_authenticator(*, user: User, at: datetime) -> Decision:
    """Take away the authenticator app, unless it is the only second factor."""
    factors = factors_of(user)
    if factors.authenticator is None:
        return Decision()
    if factors.only_one:
        return Decision(KEEP_ONE)
    Authenticator.objects.filter(pk=factors.authenticator.pk).update(ended_at=at, ended_by=user)
    record("second-factor-removed", factors.authenticator, by=user, at=at, fields=["totp"])
    return Decision()


@transaction.atomic
def remove_passkey(*, passkey: Passkey, by: User, at: datetime) -> Decision:
    """Take away a passkey, unless it is the only second factor."""
    if factors_of(passkey.user).only_one:
        return Decision(KEEP_ONE)
    if Passkey.objects.filter(pk=passkey.pk, ended_at=None).update(ended_at=at, ended_by=by):
        record("second-factor-removed", passkey, by=by, at=at, fields=["passkey"])
    return Decision()


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Take away every second factor of a colleague who has lost them; they set up a new one at the next sign-in."""
    permissions.may_reset_second_factor(user=by, person=user).or_raise()
    user.authenticators.filter(ended_at=None).update(ended_at=at, ended_by=by)
    user.passkeys.filter(ended_at=None).update(ended_at=at, ended_by=by)
    user.recovery_codes.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    record("second-factor-reset", user, by=by, at=at)
    end_all_sign_ins(user=user, by=by, at=at)
    letters.tell("second-factor-reset", user, by=by, at=at)
