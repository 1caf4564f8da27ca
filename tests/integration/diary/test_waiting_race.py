"""Two people and one freed time: whoever is faster has it, the other has a sentence, and nobody has it twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

from django.db import connections

from needlework.diary import operations
from needlework.diary.models import Appointment, OfferOutcome, State, WaitingEntry, WaitingOffer
from needlework.diary.problems import NotDoneError
from tests.factories import diary, patients

AT = diary.AT
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS: dict[str, Any] = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
ROUNDS = 8


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do things at the same moment in threads of their own, and return what came of each: a value or a refusal."""
    ready, came = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            came[place] = deed()
        except NotDoneError as refused:
            came[place] = refused
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def join(clinic, name, minutes):
    patient = patients.patient(clinic.clinic, given_names=name, email=f"{name.lower()}@example.test")
    return operations.join_waiting(
        entry_id=uuid4(),
        service=clinic.treatment,
        patient=patient,
        by=clinic.lead,
        at=AT + timedelta(minutes=minutes),
        **DAYS,
    )


def freed(clinic):
    operations.offer_freed(clinic=clinic.clinic, begins=TUESDAY, ends=TUESDAY + HOUR, at=AT)
    return WaitingOffer.objects.select_related("entry__patient").get(outcome=OfferOutcome.OPEN)


def test_an_offer_taken_while_it_expires_and_while_somebody_books_has_one_winner(real_home):
    clinic = diary.clinic_with_diary()
    join(clinic, "Ann", 0)
    bea = join(clinic, "Bea", 1)
    offer = freed(clinic)
    before = offer.until - timedelta(seconds=1)

    def book():
        return operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.treatment,
            begins=TUESDAY,
            patient=clinic.patient,
            by=clinic.lead,
            at=before,
        )

    at_once(
        lambda: operations.take_offer(offer=offer, by=offer.entry.patient, at=before),
        lambda: operations.take_offer(offer=offer, by=offer.entry.patient, at=before),
        lambda: operations.pass_on_offer(offer=offer, at=offer.until),
        book,
    )
    booked = Appointment.objects.filter(state=State.BOOKED, begins=TUESDAY)
    standing = list(WaitingOffer.objects.filter(outcome=OfferOutcome.OPEN))
    assert booked.count() + len(standing) == 1
    assert [one.entry for one in standing] in ([], [bea])
    offer.refresh_from_db()
    assert (offer.outcome == OfferOutcome.TAKEN) == booked.filter(pk=offer.pk).exists()


def clear(offer):
    """Leave the diary empty for the next round."""
    Appointment.objects.filter(patient=offer.entry.patient).update(state=State.CANCELLED)
    operations.release_ended_holds(at=AT + timedelta(days=1))


def book_next_week(clinic, patient):
    return operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.treatment,
        begins=TUESDAY + timedelta(days=7),
        practitioner=clinic.amira,
        patient=patient,
        by=clinic.lead,
        at=AT,
    )


def test_joining_the_waiting_list_twice_at_once_is_once(real_home):
    clinic = diary.clinic_with_diary()

    def wait(patient):
        return operations.join_waiting(
            entry_id=uuid4(),
            service=clinic.treatment,
            patient=patient,
            by=clinic.lead,
            at=AT,
            **DAYS,
        )

    for number in range(ROUNDS):
        patient = patients.patient(clinic.clinic, given_names=f"Jo {number}")
        at_once(partial(wait, patient), partial(wait, patient))
        assert WaitingEntry.objects.filter(patient=patient, ended_at=None).count() == 1


def test_an_offer_taken_while_its_patient_leaves_locks_nothing_up(real_home):
    clinic = diary.clinic_with_diary()
    for number in range(ROUNDS):
        entry = join(clinic, f"Jo{number}", number)
        offer = freed(clinic)
        came = at_once(
            partial(operations.take_offer, offer=offer, by=entry.patient, at=AT),
            partial(operations.leave_waiting, entry=entry, by=entry.patient, at=AT),
        )
        assert None not in came
        clear(offer)


def test_an_earlier_time_taken_while_the_later_one_is_cancelled_locks_nothing_up(real_home):
    clinic = diary.clinic_with_diary()
    for number in range(ROUNDS):
        patient = patients.patient(clinic.clinic, given_names=f"Jo {number}")
        old = book_next_week(clinic, patient)
        operations.join_waiting(
            entry_id=uuid4(), patient=patient, instead_of=old, service=clinic.treatment, by=clinic.lead, at=AT, **DAYS
        )
        offer = freed(clinic)
        came = at_once(
            partial(operations.take_offer, offer=offer, by=offer.entry.patient, at=AT),
            partial(operations.cancel_appointment, appointment=old, sequence=0, by=clinic.lead, at=AT),
        )
        assert None not in came
        clear(offer)
