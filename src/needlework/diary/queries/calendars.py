"""What calendar programs read: when appointments last changed, and the appointments of a feed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Organisation, User
from needlework.diary import links, tokens
from needlework.diary.calendars.entries import Entry, Who, for_patient, for_practitioner
from needlework.diary.models import Appointment, AppointmentChange, CalendarFeed, DiaryRules, State, Visitor
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

Owner = User | Patient
LOOKS_BACK = timedelta(days=60)
WHO = ("patient__given_names", "patient__family_name", "clinic__name", "clinic__address")
WHAT = ("pk", "sequence", "changed_at", "begins", "ends", "state")


def changed_at(appointments: Sequence[Appointment]) -> Mapping[UUID, datetime]:
    """Return when each of some appointments was last changed: when it was booked, where nothing came after."""
    changes = AppointmentChange.objects.filter(appointment__in=appointments).values_list("appointment")
    latest = dict(changes.annotate(Max("recorded_at")))
    return {each.pk: latest.get(each.pk, each.booked_at) for each in appointments}


def feed_of(owner: Owner) -> CalendarFeed | None:
    """Return the feed that somebody has now."""
    return feeds_of(owner).first()


def feeds_of(owner: Owner) -> QuerySet[CalendarFeed]:
    """Return the feeds that somebody has now, the newest first: several where records of a patient were merged."""
    whose = Q(user=owner) if isinstance(owner, User) else Q(patient__in=same_person(owner))
    return CalendarFeed.objects.filter(whose, ended_at=None).order_by("-made_at")


def feed_by_token(token: str) -> CalendarFeed | None:
    """Return the feed at a secret address; None where it was ended, or belongs to staff who have left."""
    feeds = CalendarFeed.objects.select_related("user", "patient")
    return feeds.filter(token_hash=tokens.hash_of(token), ended_at=None, user__ended_at=None).first()


def entries(feed: CalendarFeed, *, at: datetime) -> list[Entry]:
    """Return what a feed shows: 60 days back and all that is to come; what was cancelled, for 60 days."""
    since = (at - LOOKS_BACK).replace(second=0, microsecond=0)
    if feed.user:
        return list(_of_staff(feed.user, since))
    return list(_of_patient(feed.patient, since)) if feed.patient else []


def title(feed: CalendarFeed) -> str:
    """Return what a calendar program calls a feed."""
    organisation = Organisation.objects.values_list("name", flat=True).first() or "the clinic"
    return f"{feed.user} at {organisation}" if feed.user else f"My appointments at {organisation}"


def _of_staff(user: User, since: datetime) -> Iterator[Entry]:
    """Yield a practitioner's appointments in the clinics whose diary they see, read as plain rows: there are many."""
    mine = Appointment.objects.filter(practitioner__user=user, clinic__in=clinics_where(user, "see-diary"))
    rows = list(_lately(mine, since).values_list("clinic", "visitor", *WHO, *WHAT))
    visitors = Visitor.objects.in_bulk({row[1] for row in rows if row[1]})
    named = set(DiaryRules.objects.filter(private_feeds=False).values_list("clinic", flat=True))
    for clinic, visitor, given_names, family_name, at, address, pk, sequence, changed, begins, ends, state in rows:
        typed = visitors[visitor].details if given_names is None else {}
        yield for_practitioner(
            Who(given_names or typed.get("given_names", ""), family_name or typed.get("family_name", ""), at, address),
            is_named=clinic in named,
            appointment_id=pk,
            sequence=sequence,
            changed_at=changed,
            begins=begins,
            ends=ends,
            is_cancelled=state == State.CANCELLED,
        )


def _of_patient(patient: Patient, since: datetime) -> Iterator[Entry]:
    mine = Appointment.objects.filter(patient__in=same_person(patient))
    shown = list(_lately(mine, since).select_related("clinic", "service", "practitioner__user"))
    changes = changed_at(shown)
    for each in shown:
        yield for_patient(each, changed_at=changes[each.pk], url=links.to_appointment(each))


def _lately(appointments: QuerySet[Appointment], since: datetime) -> QuerySet[Appointment]:
    """Return those of some appointments that a feed shows, each with the moment of its last change."""
    changes = AppointmentChange.objects.filter(appointment=OuterRef("pk")).order_by("-recorded_at")
    dated = appointments.filter(begins__gte=since).annotate(changed_at=Subquery(changes.values("recorded_at")[:1]))
    return dated.exclude(state=State.CANCELLED, changed_at__lt=since).order_by("begins", "pk")
