"""How often somebody may try: counted in rows, so that every worker process counts together.

Sign-in. A browser in which an account has signed in before is trusted for that account and only slowed down for
itself. Everybody else is slowed down per account and address, then per account, then per address; an address counts
different accounts, not tries, so that a clinic with twenty staff behind one address never reaches its limit.
A try is counted before the password is looked at and forgotten when it was right: parallel tries gain nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from needlework.accounts.models import Attempt

PAIR, PAIR_WINDOW = 10, timedelta(minutes=5)
ACCOUNT, ACCOUNT_WINDOW = 60, timedelta(minutes=15)
ACCOUNTS_PER_ADDRESS, ADDRESS_WINDOW = 40, timedelta(minutes=15)
CODES, CODES_WINDOW = 6, timedelta(minutes=15)
LINKS, LINKS_WINDOW = 3, timedelta(hours=1)
VISITS, VISITS_WINDOW = 6, timedelta(days=1)
VISITORS_PER_ADDRESS, VISITORS_WINDOW = 40, timedelta(hours=1)
TIMES_KEPT, TIMES_KEPT_PER_ADDRESS, TIMES_WINDOW = 30, 120, timedelta(hours=1)
KEPT = timedelta(days=1)


class TooMany(Exception):  # noqa: N818 - it is an answer, not a fault
    """Too many tries; the message is the sentence they read."""

    def __init__(self, window: timedelta) -> None:
        self.seconds = int(window.total_seconds())
        super().__init__(f"Too many tries. Wait {self.seconds // 60} minutes and try again.")


@dataclass(frozen=True)
class Limit:
    """So many tries in such a span."""

    most: int
    window: timedelta

    def hold(self, tries: "QuerySet[Attempt]", *, at: datetime, distinct: str = "id") -> None:
        """Raise `TooMany` where the limit is reached."""
        recent = tries.filter(at__gt=at - self.window).values(distinct).distinct()
        if recent[: self.most].count() >= self.most:
            raise TooMany(self.window)


@transaction.atomic
def try_sign_in(*, email: str, origin: str, trusted: bool, at: datetime) -> Attempt:
    """Count a try with a password; raise `TooMany` where it may not be made."""
    account, place = digest(email), digest(origin)
    tries = Attempt.objects.filter(purpose="sign-in")
    others = tries.exclude(account=account)
    Limit(PAIR, PAIR_WINDOW).hold(tries.filter(account=account, origin=place), at=at)
    if not trusted:
        Limit(ACCOUNT, ACCOUNT_WINDOW).hold(tries.filter(account=account, trusted=False), at=at)
        per_address = Limit(ACCOUNTS_PER_ADDRESS, ADDRESS_WINDOW)
        per_address.hold(others.filter(origin=place, trusted=False), at=at, distinct="account")
    return Attempt.objects.create(purpose="sign-in", account=account, origin=place, trusted=trusted, at=at)


@transaction.atomic
def try_code(*, account: str, purpose: str = "code", at: datetime) -> Attempt:
    """Count a try with a code that has few possibilities; raise `TooMany` where it may not be made."""
    key = digest(account)
    Limit(CODES, CODES_WINDOW).hold(Attempt.objects.filter(purpose=purpose, account=key), at=at)
    return Attempt.objects.create(purpose=purpose, account=key, origin="", at=at)


@transaction.atomic
def wish_for_link(*, email: str, origin: str, at: datetime) -> Attempt | None:
    """Count a wish for a link by e-mail; None where no more are sent for a while."""
    account, place = digest(email), digest(origin)
    wishes = Attempt.objects.filter(purpose="link")
    try:
        Limit(LINKS, LINKS_WINDOW).hold(wishes.filter(account=account), at=at)
        Limit(ACCOUNTS_PER_ADDRESS, LINKS_WINDOW).hold(wishes.filter(origin=place), at=at, distinct="account")
    except TooMany:
        return None
    return Attempt.objects.create(purpose="link", account=account, origin=place, at=at)


@transaction.atomic
def wish_to_come(*, email: str, origin: str, at: datetime) -> Attempt | None:
    """Count an appointment that a stranger asks for; None where no more are taken for a while.

    An address counts different e-mail addresses: a waiting room full of people, each booking once, is let through.
    """
    account, place = digest(email), digest(origin)
    wishes = Attempt.objects.filter(purpose="visit")
    others = wishes.exclude(account=account).filter(origin=place)
    try:
        Limit(VISITS, VISITS_WINDOW).hold(wishes.filter(account=account), at=at)
        Limit(VISITORS_PER_ADDRESS, VISITORS_WINDOW).hold(others, at=at, distinct="account")
    except TooMany:
        return None
    return Attempt.objects.create(purpose="visit", account=account, origin=place, at=at)


@transaction.atomic
def wish_to_keep(*, browser: str, origin: str, at: datetime) -> Attempt | None:
    """Count a time that somebody wants kept while they type; None where no more are kept for a while.

    Who looks around keeps a few, and a waiting room a few dozen; a program that keeps every time comes to its end.
    """
    account, place = digest(browser), digest(origin)
    wishes = Attempt.objects.filter(purpose="keep")
    try:
        Limit(TIMES_KEPT, TIMES_WINDOW).hold(wishes.filter(account=account), at=at)
        Limit(TIMES_KEPT_PER_ADDRESS, TIMES_WINDOW).hold(wishes.filter(origin=place), at=at)
    except TooMany:
        return None
    return Attempt.objects.create(purpose="keep", account=account, origin=place, at=at)


def forgive(attempt: Attempt) -> None:
    """Forget the tries of somebody who was right in the end."""
    Attempt.objects.filter(purpose=attempt.purpose, account=attempt.account, origin=attempt.origin).delete()


def forget_old(*, at: datetime) -> None:
    """Remove tries that no limit counts any more."""
    Attempt.objects.filter(at__lt=at - KEPT).delete()


def digest(text: str) -> str:
    """Return what stands for an address in the rows: useless without the installation's key."""
    return salted_hmac("needlework.accounts.throttle", text.strip().lower(), algorithm="sha256").hexdigest()
