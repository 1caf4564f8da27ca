"""A visitor is matched at the moment they book again: nothing locks up, and nothing is left behind."""

from datetime import UTC, datetime, timedelta
from functools import partial
from time import sleep
from uuid import uuid4

import pytest

from needlework.diary import operations
from needlework.diary.models import Appointment, State
from needlework.diary.operations import cancelling
from needlework.diary.operations.wanting import Wanted
from needlework.diary.people import VisitorDetails
from tests.factories import diary
from tests.integration.diary.test_waiting_race import at_once

AT = diary.AT
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SOON = 0.3
"""Seconds after which somebody who books knows who they are, and has not come to their turn."""


@pytest.mark.parametrize("phone", ["", "0131 496 0000"])
def test_a_visitor_matched_while_they_book_keeps_nothing_to_themselves(real_home, monkeypatch, phone):
    clinic = diary.clinic_with_diary()

    def book(hours, phone=""):
        return operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.treatment,
            begins=TUESDAY + timedelta(hours=hours),
            practitioner=clinic.amira,
            patient=VisitorDetails("Sam", "Reyes", "sam@example.test", phone),
            by=clinic.lead,
            at=AT,
        )

    def match():
        sleep(SOON)
        return operations.match_visitor(visitor=visitor, patient=clinic.patient, by=clinic.lead, at=AT)

    visitor = book(0).visitor
    wait = Wanted.wait
    monkeypatch.setattr(Wanted, "wait", lambda *who, **also: sleep(2 * SOON) or wait(*who, **also))
    assert None not in at_once(lambda: book(3, phone), match)
    assert not Appointment.objects.filter(visitor=visitor, patient=None).exists()


def test_an_appointment_cancelled_while_it_is_matched_counts_both_changes(real_home, monkeypatch):
    clinic = diary.clinic_with_diary()
    booked = operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.treatment,
        begins=TUESDAY,
        patient=VisitorDetails("Sam", "Reyes", "sam@example.test"),
        by=clinic.lead,
        at=AT,
    )

    def match():
        sleep(SOON)
        return operations.match_visitor(visitor=booked.visitor, patient=clinic.patient, by=clinic.lead, at=AT)

    append = cancelling.append_change
    monkeypatch.setattr(cancelling, "append_change", lambda *what, **who: sleep(2 * SOON) or append(*what, **who))
    cancel = partial(operations.cancel_appointment, appointment=booked, sequence=0, by=clinic.lead, at=AT)
    assert None not in at_once(cancel, match)
    booked.refresh_from_db()
    assert (booked.state, booked.patient, booked.sequence) == (State.CANCELLED, clinic.patient, 2)
