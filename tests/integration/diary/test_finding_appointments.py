"""Appointments as staff and the holders of private links find them, and what the worker clears away."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from needlework.accounts.models import Role
from needlework.audit.record import SYSTEM
from needlework.diary import duties, operations, tokens
from needlework.diary.models import Hold, Performer
from needlework.diary.problems import NotOfferedError
from needlework.diary.queries import appointments
from needlework.diary.queries.troubled import troubled
from needlework.work.kinds import Task
from tests.factories import accounts, diary

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def there(db):
    return diary.clinic_with_diary()


def book(there, begins=TEN, **more):
    own = {"appointment_id": uuid4(), "service": there.treatment, "patient": there.patient, "by": there.lead, "at": AT}
    return operations.book_appointment(begins=begins, **own | more)


def test_an_appointment_is_missing_outside_ones_clinics(there):
    made = book(there)
    stranger = accounts.member(Role.LEAD, at=accounts.clinic("Elsewhere"), name="Stan Ranger")
    assert appointments.appointment_for(there.lead, made.pk) == made
    with pytest.raises(Http404, match="one of your clinics"):
        appointments.appointment_for(stranger, made.pk)


def test_a_private_link_opens_until_thirty_days_after(there):
    made = book(there)
    token = tokens.token_of("appointment", made.pk)
    assert appointments.appointment_by_token(token, made.ends + 30 * DAY) == made
    for wrong, at in ((token, made.ends + 31 * DAY), (token[:-1] + "x", AT), (tokens.token_of("feed", made.pk), AT)):
        with pytest.raises(Http404, match="no longer works"):
            appointments.appointment_by_token(wrong, at)


def test_appointments_of_a_practitioner_who_leaves_stay_and_are_listed(there):
    left, stopped, kept = (
        book(there, TEN + n * DAY, practitioner=who) for n, who in enumerate((there.ben, there.amira, there.amira))
    )

    def listed(at):
        return [one.appointment for one in troubled(there.lead, at)]

    there.ben.user.ended_at, there.ben.user.ended_by = AT, there.lead
    there.ben.user.save()
    assert listed(AT) == [left]
    Performer.objects.filter(service=there.treatment, resource=there.amira).delete()
    assert listed(AT) == [left, stopped, kept]
    assert listed(TEN + DAY / 2) == [stopped, kept]
    for who in (there.ben, there.amira, None):
        with pytest.raises(NotOfferedError):
            book(there, TEN + 6 * DAY, practitioner=who)


def test_the_worker_releases_holds_that_ended(there):
    operations.hold_slot(service=there.treatment, begins=TEN, by=SYSTEM, at=AT)
    task = Task(id=uuid4(), kind="release-holds", key="", subject={}, attempt=1, clock=lambda: AT + DAY)
    duties.release_holds(task)
    assert not Hold.objects.exists()
