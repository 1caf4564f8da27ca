"""The waiting list: a freed time is offered in turn, kept for a while, and passed on; nobody's time is given twice."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from needlework.diary import actors, operations, tokens
from needlework.diary.models import Appointment, Hold, OfferOutcome, OnlineBlock, State, WaitingEntry, WaitingOffer
from needlework.diary.people import VisitorDetails, visitor_of
from needlework.diary.problems import NotDoneError, TakenError
from needlework.diary.queries import waiting
from needlework.messages.models import Message
from needlework.work import kinds
from needlework.work.kinds import Task
from needlework.work.models import Job
from tests.factories import diary, patients
from tests.integration.diary.times import away

pytestmark = pytest.mark.django_db
AT = diary.AT
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OFFERED_FOR = 2 * HOUR


@pytest.fixture
def clinic():
    """A clinic whose Tuesday is full from nine to five but for one appointment at 10:00, which can be given up."""
    made = diary.clinic_with_diary()
    made.consultation.performers.remove(made.ben)
    return made


@pytest.fixture
def at_ten(clinic):
    """The appointment that somebody will give up."""
    return book(clinic, clinic.patient, TUESDAY)


def book(clinic, patient, begins, service=None, who=None, at=AT):
    return operations.book_appointment(
        appointment_id=uuid4(),
        service=service or clinic.consultation,
        begins=begins,
        practitioner=who or clinic.amira,
        patient=patient,
        by=clinic.lead,
        at=at,
    )


def join(clinic, name, *, minutes=0, **wishes):
    """Somebody joins the list, so many minutes after it opened."""
    patient = wishes.pop("patient", None) or patients.patient(
        clinic.clinic, given_names=name, email=f"{name.lower()}@example.test"
    )
    wanted = {"service": clinic.consultation, "first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
    return operations.join_waiting(
        entry_id=uuid4(), patient=patient, **wanted | wishes, by=clinic.lead, at=AT + minutes * MINUTE
    )


def run_offers(at):
    """Do what the worker would do for the waiting list, and nothing else."""
    due = Job.objects.filter(kind__in=("offer-freed", "pass-on-offer"), due_at__lte=at).order_by("due_at")
    while job := due.first():
        job.delete()
        kinds.KINDS[job.kind].handler(Task(job.pk, job.kind, job.key, job.subject, 1, lambda: at))


def give_up(appointment, at=AT + HOUR):
    operations.cancel_appointment(appointment=appointment, sequence=appointment.sequence, by=SYSTEM, at=at)
    run_offers(at)


def open_offer():
    return WaitingOffer.objects.select_related("entry").get(outcome=OfferOutcome.OPEN)


def test_a_freed_time_goes_to_the_first_it_suits_then_to_the_next_and_to_nobody_twice(clinic, at_ten):
    ann, bea = join(clinic, "Ann"), join(clinic, "Bea", minutes=1)
    assert list(waiting.entries_for(clinic.lead)) == [ann, bea]
    give_up(at_ten)
    # it is kept for the first, who is written to, and nobody else can have it
    offer = open_offer()
    assert (offer.entry, offer.begins, offer.until) == (ann, TUESDAY, AT + HOUR + OFFERED_FOR)
    assert Message.objects.get(kind="waiting-offer").to_id == ann.patient_id
    link = tokens.token_of("waiting-offer", offer.pk)
    assert waiting.offer_by_token(link, TUESDAY + timedelta(days=30)) == offer
    with pytest.raises(Http404):
        waiting.offer_by_token(link, TUESDAY + timedelta(days=31))
    with pytest.raises(TakenError):
        book(clinic, bea.patient, TUESDAY, at=AT + HOUR)
    # the first declines, twice: it goes to the second, and the first keeps the place on the list
    for _ in range(2):
        operations.decline_offer(offer=offer, by=ann.patient, at=AT + 2 * HOUR)
    run_offers(AT + 2 * HOUR)
    assert open_offer().entry == bea
    assert WaitingEntry.objects.get(pk=ann.pk).ended_at is None
    # the second lets it pass: nobody is left to whom it was not offered, and it is free for everybody
    passed = open_offer()
    run_offers(passed.until - MINUTE)
    assert open_offer() == passed
    run_offers(passed.until)
    assert {one.outcome for one in WaitingOffer.objects.all()} == {OfferOutcome.DECLINED, OfferOutcome.EXPIRED}
    assert not Hold.objects.exists()
    with pytest.raises(NotDoneError, match="This offer is over"):
        operations.take_offer(offer=passed, by=bea.patient, at=passed.until)
    book(clinic, bea.patient, TUESDAY, at=passed.until)


def test_an_offer_of_somebody_who_is_away_since_cannot_be_taken(clinic, at_ten):
    ann = join(clinic, "Ann")
    give_up(at_ten)
    offer = open_offer()
    absence = away(offer.practitioner, TUESDAY, TUESDAY + HOUR)
    with pytest.raises(NotDoneError, match=r"is away at this time\. Choose another time\. You keep your place"):
        operations.take_offer(offer=offer, by=ann.patient, at=AT + 2 * HOUR)
    assert open_offer() == offer
    absence.delete()
    assert operations.take_offer(offer=offer, by=ann.patient, at=AT + 2 * HOUR).begins == TUESDAY


def test_an_offer_that_is_taken_is_an_appointment_and_the_end_of_waiting(clinic, at_ten):
    ann = join(clinic, "Ann")
    give_up(at_ten)
    offer = open_offer()
    taken = [operations.take_offer(offer=offer, by=ann.patient, at=AT + 2 * HOUR) for _ in range(2)]
    assert taken[0] == taken[1]
    assert (taken[0].patient, taken[0].begins, taken[0].state) == (ann.patient, TUESDAY, State.BOOKED)
    assert WaitingEntry.objects.get().ended_by_id == ann.patient_id
    assert not Hold.objects.exists()
    assert Event.objects.filter(verb="waiting-offer-taken", patient_id=ann.patient_id).count() == 1
    run_offers(AT + 12 * HOUR)
    assert WaitingOffer.objects.get().outcome == OfferOutcome.TAKEN
    with pytest.raises(NotDoneError, match="was taken"):
        operations.decline_offer(offer=offer, by=ann.patient, at=AT + 3 * HOUR)


def test_a_visitor_can_wait_and_take(clinic, at_ten):
    details = VisitorDetails("Vi", "Stone", "vi@example.test")
    visitor = visitor_of(clinic.clinic, details, at=AT)
    by = actors.acting(visitor)
    operations.join_waiting(
        entry_id=uuid4(),
        service=clinic.consultation,
        visitor=visitor,
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 27),
        by=by,
        at=AT,
    )
    give_up(at_ten)
    appointment = operations.take_offer(offer=open_offer(), by=by, at=AT + 2 * HOUR)
    assert (appointment.visitor, appointment.patient) == (visitor, None)


def test_an_earlier_time_moves_the_appointment_and_never_loses_it_first(clinic, at_ten):
    ann = patients.patient(clinic.clinic, given_names="Ann", email="ann@example.test")
    late = book(clinic, ann, TUESDAY + timedelta(minutes=15) + 5 * HOUR)
    later_still = book(clinic, ann, LATER)
    join(clinic, "Ann", patient=ann, instead_of=late)
    give_up(at_ten)
    # while the offer stands both times are theirs; what cannot be moved to stays where it was
    offer = open_offer()
    blocked = book(clinic, ann, TUESDAY, service=diary.service(clinic.clinic, "Review", [clinic.ben]), who=clinic.ben)
    with pytest.raises(NotDoneError):
        operations.take_offer(offer=offer, by=ann, at=AT + 2 * HOUR)
    late.refresh_from_db()
    assert (late.begins, late.state) == (TUESDAY + timedelta(minutes=15) + 5 * HOUR, State.BOOKED)
    operations.cancel_appointment(appointment=blocked, sequence=0, by=clinic.lead, at=AT + 2 * HOUR)
    moved = operations.take_offer(offer=offer, by=ann, at=AT + 2 * HOUR)
    assert (moved.pk, moved.begins) == (late.pk, TUESDAY)
    assert operations.take_offer(offer=offer, by=ann, at=AT + 2 * HOUR).pk == late.pk
    assert Appointment.objects.filter(patient=ann, state=State.BOOKED).count() == 2
    # nothing later than what they have is ever offered
    waits = join(clinic, "Ann", patient=ann, instead_of=moved, minutes=9)
    give_up(later_still, at=AT + 3 * HOUR)
    assert not waits.offers.exists()
    # and with the appointment ends the wish for an earlier one
    operations.cancel_appointment(appointment=moved, sequence=moved.sequence, by=clinic.lead, at=AT + 4 * HOUR)
    waits.refresh_from_db()
    assert waits.ended_by_kind == "system"


def test_nobody_is_offered_what_does_not_suit(clinic, at_ten):
    unsuited = [
        join(clinic, "Days", last_day=date(2026, 11, 23)),
        join(clinic, "Weekdays", weekdays=[0, 2]),
        join(clinic, "Somebody", practitioner=clinic.ben),
        join(clinic, "Blocked"),
        left := join(clinic, "Left"),
    ]
    OnlineBlock.objects.create(
        patient=unsuited[3].patient, reason="Owes us a word", recorded_at=AT, recorded_by=clinic.lead
    )
    operations.leave_waiting(entry=left, by=left.patient, at=AT)
    give_up(at_ten)
    assert [one.entry for one in WaitingOffer.objects.all()] == []


def test_what_comes_too_late_to_be_read_is_not_offered(clinic, at_ten):
    join(clinic, "Ann")
    give_up(at_ten, at=TUESDAY - HOUR)
    assert not WaitingOffer.objects.exists()


def test_what_is_left_of_a_long_time_goes_to_those_behind(clinic):
    hour = book(clinic, clinic.patient, TUESDAY, service=clinic.treatment)
    ann, bea, cat = (join(clinic, name, minutes=place) for place, name in enumerate(("Ann", "Bea", "Cat")))
    others_fill_the_day(clinic)
    give_up(hour)
    assert {one.entry: one.begins for one in WaitingOffer.objects.all()} == {
        ann: TUESDAY,
        bea: TUESDAY + 30 * MINUTE,
    }
    assert not cat.offers.exists()


def others_fill_the_day(clinic):
    for begins in (TUESDAY - 30 * MINUTE, TUESDAY + 60 * MINUTE):
        book(clinic, patients.patient(clinic.clinic, given_names=f"At {begins:%H}"), begins)


def test_whoever_leaves_gives_back_what_was_offered(clinic, at_ten):
    ann, bea = join(clinic, "Ann"), join(clinic, "Bea", minutes=1)
    give_up(at_ten)
    for _ in range(2):
        operations.leave_waiting(entry=ann, by=clinic.lead, at=AT + 2 * HOUR)
    run_offers(AT + 2 * HOUR)
    assert open_offer().entry == bea
    assert list(waiting.entries_of(ann.patient)) == []


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"first_day": date(2026, 11, 27), "last_day": date(2026, 11, 26)}, "lies before the first"),
        ({"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 21)}, "These days are over"),
        ({"last_day": date(2027, 11, 24)}, "a year ahead"),
        ({"service": "ended"}, "not offered any more"),
        ({"instead_of": "somebody else's"}, "somebody else's"),
        ({"patient": "waits already"}, "on the waiting list for this already"),
        ({"patient": None}, "Choose who waits"),
    ],
)
def test_a_wish_that_makes_no_sense_gets_a_sentence(clinic, at_ten, wishes, sentence):
    entry = join(clinic, "Ann")
    known = patients.patient(clinic.clinic, given_names="Bea")
    ended = diary.service(clinic.clinic, "Peel", [clinic.amira], ended_at=AT, ended_by=clinic.lead)
    named = {"ended": ended, "somebody else's": at_ten, "waits already": entry.patient}
    wanted = {
        "service": clinic.consultation,
        "patient": known,
        "first_day": date(2026, 11, 23),
        "last_day": date(2026, 11, 27),
    } | {key: named.get(value, value) if isinstance(value, str) else value for key, value in wishes.items()}
    with pytest.raises(NotDoneError, match=sentence):
        operations.join_waiting(entry_id=uuid4(), **wanted, by=clinic.lead, at=AT)
    assert WaitingEntry.objects.count() == 1


def test_joining_twice_with_one_id_is_joining_once(clinic):
    wanted = {"service": clinic.consultation, "first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
    one = uuid4()
    for _ in range(2):
        operations.join_waiting(entry_id=one, patient=clinic.patient, **wanted, by=clinic.patient, at=AT)
    assert WaitingEntry.objects.get().joined_by_kind == "patient"


@pytest.mark.parametrize(
    "change",
    [{"outcome": "odd", "settled_at": AT}, {"outcome": "taken"}, {"settled_at": AT}],
)
def test_the_database_refuses_an_offer_that_makes_no_sense(clinic, at_ten, change):
    join(clinic, "Ann")
    give_up(at_ten)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitingOffer.objects.update(**change)


def test_the_database_refuses_who_waits_for_nothing_and_two_offers_of_one_time(clinic, at_ten):
    entry = join(clinic, "Ann")
    for change in ({"last_day": date(2026, 11, 1)}, {"patient": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WaitingEntry.objects.update(**change)
    common = {"entry": entry, "practitioner": clinic.amira, "until": AT, "offered_at": AT}
    WaitingOffer.objects.create(begins=TUESDAY, link_hash="a", **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitingOffer.objects.create(begins=TUESDAY + HOUR, link_hash="b", **common)
    WaitingOffer.objects.update(outcome=OfferOutcome.DECLINED, settled_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitingOffer.objects.create(begins=TUESDAY, link_hash="c", **common)
