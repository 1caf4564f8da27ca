"""Two people and one freed time: whoever is faster has it, the other has a sentence, and nobody has it twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

from django.db import connections

from needlework.diary import operations
from needlework.diary.models import Appointment, OfferOutcome, State, WaitingOffer
from needlework.diary.problems import NotDoneError
from tests.factories import diary, patients

AT = diary.AT
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


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
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 27),
        by=clinic.lead,
        at=AT + timedelta(minutes=minutes),
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
