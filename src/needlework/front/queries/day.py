"""The clinic's day: what needs somebody first, what is coming up, who may treat, and the patients at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.audit.queries import last_seen
from needlework.diary.queries import series
from needlework.diary.queries.today import Today, today
from needlework.front.queries.outbox import STUCK, messages_for
from needlework.front.queries.treating import Ending, Standing, documents, endings, standings
from needlework.messages.models import State
from needlework.patients.models import BreakGlass, Patient
from needlework.patients.queries.people import patients_for
from needlework.web.templatetags.dates import short_date

SOON = timedelta(days=30)
LATELY, LATE = 6, 3
NEW_WITHIN = timedelta(days=7)
NAMED = ("given_names", "family_name")
"""The columns that name a patient: the day reads no more than it shows."""


@dataclass(frozen=True)
class Notice:
    """One thing that waits for somebody: the sentence, and where to do something about it."""

    heading: str
    sentence: str
    url: str
    action: str


@dataclass(frozen=True)
class Post:
    """What the outbox did and will do on a day."""

    sent: int
    waiting: int
    stuck: int


@dataclass(frozen=True)
class Day:
    """What the day page shows."""

    on: date
    diary: Today | None
    """None for those who see no diary."""
    first: list[Notice]
    soon: list[Notice]
    standings: list[Standing]
    lately: list[Patient]
    new: list[Patient]
    post: Post | None


def day(user: User, *, at: datetime) -> Day:
    """Gather somebody's day; each part only as far as their roles reach."""
    on = timezone.localdate(at)
    held = documents(clinics_where(user, "see-staff"))
    ends = endings(held, on=on, within=SOON)
    post = _post(user, on)
    first = [*_broken_glass(user), *_stuck_messages(post), *(_ended(e) for e in ends if e.ended)]
    diary = today(user, at=at) if clinics_where(user, "see-diary") else None
    late = series.late(user, on) if diary else []
    return Day(
        on=on,
        diary=diary,
        first=first,
        soon=[*_late(late), *_unmatched(diary), *(_ending(e, on) for e in ends if not e.ended)],
        standings=standings(held, on=on),
        lately=_lately(user, at),
        new=_new(user, at),
        post=post,
    )


def _broken_glass(user: User) -> Iterator[Notice]:
    """Tell leads of access that somebody took in need and nobody has looked at."""
    taken = BreakGlass.objects.filter(seen_at=None, patient__clinic__in=clinics_where(user, "grant-access"))
    names = ("opened_by__name", *(f"patient__{column}" for column in NAMED))
    for access in taken.select_related("patient", "opened_by").only("reason", *names).order_by("opened_at"):
        yield Notice(
            f"{access.opened_by} opened {access.patient}",
            f"Access taken in need: “{access.reason}”",
            reverse("break-glass-list"),
            "Look at it",
        )


def _stuck_messages(post: Post | None) -> Iterator[Notice]:
    if post and post.stuck:
        words = "1 message was not sent" if post.stuck == 1 else f"{post.stuck} messages were not sent"
        yield Notice(words, "Send again, or reach the person another way.", reverse("outbox"), "See the outbox")


def _late(late: list[series.Late]) -> Iterator[Notice]:
    """Tell of the courses that are late: the longest overdue by name, the others by number."""
    for one in late[:LATE]:
        yield Notice(f"{one.series.patient}: {one.sentence}", "", reverse("diary-course", args=[one.series.pk]), "Open")
    if more := len(late[LATE:]):
        words = "1 more course is late." if more == 1 else f"{more} more courses are late."
        yield Notice(words, "", reverse("diary"), "Diary")


def _unmatched(diary: Today | None) -> Iterator[Notice]:
    """Tell of the people who are coming and are not patients yet."""
    unknown = diary.unmatched if diary else []
    if unknown:
        people = "1 person who booked is" if len(unknown) == 1 else f"{len(unknown)} people who booked are"
        url = reverse("appointment-match", args=[unknown[0].appointment.pk])
        yield Notice(f"{people} not a patient yet, the next one {unknown[0].name}.", "", url, "Say who it is")


def _ended(ending: Ending) -> Notice:
    return Notice(f"{ending.what} ended on {short_date(ending.on)}", "Record the new one.", ending.url, "Update")


def _ending(ending: Ending, on: date) -> Notice:
    days = (ending.on - on).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return Notice(f"{ending.what} ends {when}.", "", ending.url, "Update")


def _lately(user: User, at: datetime) -> list[Patient]:
    """Return the patients somebody opened last, newest first."""
    ids = [UUID(key) for key in last_seen(user.pk, "patient", LATELY)]
    found = Patient.objects.select_related("clinic").only(*NAMED, "date_of_birth", "clinic__name").in_bulk(ids)
    reached = _in_reach(user, found, at)
    return [found[key] for key in ids if key in reached]


def _in_reach(user: User, found: dict[UUID, Patient], at: datetime) -> set[UUID]:
    """Return which of these somebody may see; only those of other clinics need the whole question."""
    clinics = clinics_where(user, "see-patients")
    own = {key for key, patient in found.items() if patient.clinic_id in clinics}
    others = found.keys() - own
    return own | set(patients_for(user, at).filter(pk__in=others).values_list("pk", flat=True)) if others else own


def _new(user: User, at: datetime) -> list[Patient]:
    """Return the patients whom somebody's clinics registered lately, newest first."""
    clinics = clinics_where(user, "see-patients")
    added = Patient.objects.filter(clinic__in=clinics, recorded_at__gte=at - NEW_WITHIN, merged_into=None)
    return list(added.only(*NAMED, "date_of_birth", "recorded_at").order_by("-recorded_at")[:LATELY])


def _post(user: User, on: date) -> Post | None:
    """Count the day's messages for those who look after the outbox."""
    if not clinics_where(user, "see-outbox"):
        return None
    start, end = _bounds(on)
    today, stuck = Q(due_at__gte=start, due_at__lt=end), Q(state__in=STUCK)
    relevant = messages_for(user).filter(today | stuck).order_by().values_list("state")
    counts = dict(relevant.annotate(Count("pk")))
    return Post(counts.get(State.SENT, 0), counts.get(State.WAITING, 0), sum(counts.get(state, 0) for state in STUCK))


def _bounds(on: date) -> tuple[datetime, datetime]:
    """Return when a day begins and ends in the clinic's time zone."""
    start, end = (datetime.combine(day, time()) for day in (on, on + timedelta(days=1)))
    return timezone.make_aware(start), timezone.make_aware(end)
