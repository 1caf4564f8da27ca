"""Whether a second factor holds: every try counted, every failure recorded."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from needlework.accounts import operations, passkeys, throttle
from needlework.accounts.models import User
from needlework.accounts.passkeys import Site, Unproven
from needlework.accounts.queries.organisation import organisation
from needlework.accounts.queries.second_factor import factors_of

CHALLENGE = "challenge"


def by_code(user: User, code: str, *, at: datetime) -> bool:
    """Say whether a code is the one of the authenticator app; raise `TooMany` after too many wrong ones."""
    attempt = throttle.try_code(account=str(user.pk), at=at)
    if not operations.accept_code(user=user, code=code, at=at):
        operations.refuse_sign_in(subject=user, step="totp", at=at)
        return False
    throttle.forgive(attempt)
    return True


def by_recovery_code(user: User, code: str, *, at: datetime) -> bool:
    """Say whether a code is one of the codes on paper; raise `TooMany` after too many wrong ones."""
    attempt = throttle.try_code(account=str(user.pk), at=at)
    if not operations.use_recovery_code(user=user, code=code, at=at):
        operations.refuse_sign_in(subject=user, step="recovery-code", at=at)
        return False
    throttle.forgive(attempt)
    return True


def ask(request: HttpRequest, user: User) -> HttpResponse:
    """Answer with what the browser is to ask its passkeys, and remember the challenge."""
    question, challenge = passkeys.ask_for_proof(site(request), factors_of(user).passkeys)
    return _asked(request, question, challenge)


def by_passkey(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Return if a passkey of this person answered the challenge; raise `Unproven` otherwise."""
    try:
        _check(request, user)
    except Unproven:
        operations.refuse_sign_in(subject=user, step="passkey", at=at)
        raise


def _check(request: HttpRequest, user: User) -> None:
    """Check the answer against the passkey that it names and the challenge that was asked."""
    answer, challenge = request.POST.get("answer", ""), spent_challenge(request)
    claimed = passkeys.credential_id(answer)
    passkey = next((one for one in factors_of(user).passkeys if one.credential_id == claimed), None)
    if passkey is None:
        raise Unproven(passkeys.SENTENCE)
    sign_count = passkeys.check_proof(site(request), answer, passkey, challenge=challenge)
    operations.use_passkey(passkey=passkey, sign_count=sign_count)


def ask_for_new(request: HttpRequest, user: User) -> HttpResponse:
    """Answer with what the browser is to ask for a new passkey, and remember the challenge."""
    question, challenge = passkeys.ask_for_new(site(request), user, factors_of(user).passkeys)
    return _asked(request, question, challenge)


def spent_challenge(request: HttpRequest) -> str:
    """Return the challenge that this browser was given; each is good for one answer."""
    challenge: str = request.session.pop(CHALLENGE, "")
    if not challenge:
        raise Unproven(passkeys.SENTENCE)
    return challenge


def site(request: HttpRequest) -> Site:
    """Return the site that passkeys belong to."""
    ours = organisation(request)
    return passkeys.site_of(request, name=ours.name if ours else "Needlework")


def _asked(request: HttpRequest, question: str, challenge: str) -> HttpResponse:
    request.session[CHALLENGE] = challenge
    return HttpResponse(question, content_type="application/json")
