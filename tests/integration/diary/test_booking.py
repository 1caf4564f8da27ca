"""Holding, confirming, booking, moving and cancelling, one after another; at once, see test_race."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from needlework.diary import following, operations
from needlework.diary.actors import acting
from needlework.diary.models import Appointment, Hold, Occupancy
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotDoneError, NotOfferedError, StaleError, TakenError
from tests.factories import accounts, diary, patients

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAM = VisitorDetails("Sam", "Reyes", "sam@example.org")


@pytest.fixture
def there(db):
    return diary.clinic_with_diary()


@pytest.fixture
def heard(monkeypatch):
    """Everything that the diary announces: the event, and of what."""
    heard = []
    monkeypatch.setattr(following, "announce", lambda event, thing, **_: heard.append((event, thing)))
    return heard


def hold(there, begins=TEN, *, by=SYSTEM, at=AT, **more):
    return operations.hold_slot(**{"service": there.treatment} | more, begins=begins, by=by, at=at)


def confirm(held, *, by=SYSTEM, at=AT, **who):
    return operations.confirm_hold(hold_id=held.pk, by=by, at=at, **who or {"visitor": SAM})


def book(there, begins=TEN, **more):
    own = {"appointment_id": uuid4(), "service": there.treatment, "patient": there.patient, "by": there.lead, "at": AT}
    return operations.book_appointment(begins=begins, **own | more)


def move(there, made, begins, **more):
    own = {"sequence": made.sequence, "by": there.lead, "at": AT}
    return operations.move_appointment(appointment=made, begins=begins, **own | more)


def kinds(made):
    return [change.kind for change in made.changes.order_by("recorded_at", "kind")]


def test_a_visitor_holds_a_slot_and_confirms_it_once(there):
    held = hold(there, practitioner=there.amira)
    assert held.until == AT + timedelta(minutes=10)
    assert hold(there, practitioner=there.amira, hold_id=held.pk) == held
    with pytest.raises(TakenError, match="Choose another"):
        book(there, TEN + HOUR / 2, practitioner=there.amira)
    first = confirm(held)
    assert (first, first.pk, first.visitor.name, first.booked_by_kind) == (
        confirm(held),
        held.pk,
        "Sam Reyes",
        "visitor",
    )
    assert not Hold.objects.exists()
    assert Occupancy.objects.filter(appointment=first).count() == 4
    assert kinds(first) == ["booked"]


def test_what_is_confirmed_has_the_price_and_the_length_of_when_it_was_held(there):
    held = hold(there, minutes=30)
    there.treatment.minutes, there.treatment.price_pence = 90, 99900
    there.treatment.save()
    made = confirm(held, patient=there.patient, by=there.lead)
    assert (held.until - AT, made.ends - made.begins, made.price_pence) == (HOUR / 2, HOUR, 18000)


def test_an_ended_hold_is_confirmed_while_its_slot_is_free_and_keeps_nobody_out(there):
    first, second = hold(there, practitioner=there.amira), hold(there, TEN + DAY, practitioner=there.amira)
    later = AT + HOUR
    assert confirm(first, at=later).begins == TEN
    taken = book(there, TEN + DAY, practitioner=there.amira, at=later)
    with pytest.raises(TakenError, match="no longer kept"):
        confirm(second, at=later)
    assert Event.objects.filter(verb="hold-released", subject_id=str(second.pk)).exists()
    assert [*Appointment.objects.order_by("begins").values_list("begins", flat=True)] == [TEN, taken.begins]


def test_ended_holds_are_released_after_a_while_and_given_up_ones_at_once(there, heard):
    ended, given_up = hold(there), hold(there, TEN + DAY)
    operations.release_hold(hold=given_up, by=SYSTEM, at=AT)
    operations.release_hold(hold=given_up, by=SYSTEM, at=AT)
    operations.release_ended_holds(at=AT + HOUR)
    assert Hold.objects.get() == ended
    operations.release_ended_holds(at=AT + 2 * HOUR)
    assert not Occupancy.objects.exists()
    assert heard == [("freed", following.Freed.by(given_up)), ("freed", following.Freed.by(ended))]


def test_a_browser_keeps_one_slot_and_an_address_twenty(there):
    hold(there, browser_key="a", origin_key="home")
    again = hold(there, TEN + HOUR / 2, browser_key="a", origin_key="home")
    assert Hold.objects.get() == again
    slots = [TEN.replace(hour=hour) + day * DAY for day in (1, 2, 3, 6, 7, 8) for hour in (9, 11, 13, 15)]
    for number, begins in enumerate(slots):
        hold(there, begins, origin_key="home", at=AT + timedelta(seconds=number))
    assert [*Hold.objects.order_by("begins").values_list("begins", flat=True)] == slots[-20:]
    assert hold(there, slots[0], origin_key="elsewhere")


def test_anyone_means_whoever_is_free(there):
    kit, room = patients.patient(there.clinic, given_names="Kit"), diary.resource_of(there.clinic, "Room 2")
    diary.resource_of(there.clinic, "Pen 2", sort="pen")
    made = [book(there), book(there, patient=kit)]
    assert {one.practitioner for one in made} == {there.amira, there.ben}
    assert {one.room for one in made} == {there.room, room}
    with pytest.raises(TakenError):
        book(there, patient=patients.patient(there.clinic, given_names="Lou"))


def test_a_form_that_is_sent_twice_books_once(there):
    made = book(there)
    assert book(there, appointment_id=made.pk) == made
    assert kinds(made) == ["booked"]


def test_only_staff_of_the_clinic_book_for_others(there):
    stranger = accounts.member(Role.FRONT_DESK, at=accounts.clinic("Elsewhere"), name="Stan Ranger")
    kit = patients.patient(there.clinic, given_names="Kit")
    with pytest.raises(Refused, match="may not book appointments"):
        book(there, by=stranger)
    with pytest.raises(Refused, match="somebody else's"):
        book(there, by=kit)
    with pytest.raises(NotDoneError, match="Say who comes"):
        operations.confirm_hold(hold_id=hold(there).pk, by=SYSTEM, at=AT)
    assert not Appointment.objects.exists()


def test_staff_put_an_appointment_beside_another_with_a_reason(there):
    book(there, practitioner=there.amira)
    kit = patients.patient(there.clinic, given_names="Kit")
    beside = {"patient": kit, "practitioner": there.amira, "overbooking_reason": "She flies home tomorrow"}
    with pytest.raises(TakenError, match="No pen is free"):
        book(there, **beside)
    diary.resource_of(there.clinic, "Pen 2", sort="pen")
    made = book(there, **beside)
    assert (made.overbooked, made.room, made.changes.get().reason) == (True, there.room, "She flies home tomorrow")
    with pytest.raises(NotDoneError, match="Say with whom"):
        book(there, **beside | {"practitioner": None})
    with pytest.raises(NotOfferedError, match="passed"):
        book(there, AT - DAY, **beside)
    with pytest.raises(NotOfferedError, match="step of 5 minutes"):
        book(there, TEN + timedelta(minutes=3), **beside)
    with pytest.raises(TakenError):
        book(there, **beside | {"by": kit})
    moved = move(there, made, TEN + HOUR / 2, overbooking_reason="So do others")
    assert moved.overbooked
    assert not move(there, moved, TEN + DAY).overbooked


def test_an_appointment_is_moved_in_one_step_and_keeps_its_length(there, heard):
    made = book(there, practitioner=there.amira)
    there.treatment.minutes = 90
    there.treatment.save()
    moved = move(there, made, TEN + HOUR / 2)
    assert (moved.begins, moved.ends, moved.practitioner) == (TEN + HOUR / 2, TEN + 3 * HOUR / 2, there.amira)
    change = made.changes.get(kind="moved")
    assert (change.from_begins, change.to_begins) == (TEN, moved.begins)
    assert change.reason == "Booked for 60 minutes, which it keeps; the service takes 90 by now."
    assert move(there, moved, TEN + DAY, practitioner=there.ben).practitioner == there.ben
    assert [event for event, _ in heard] == ["booked", "moved", "freed", "moved", "freed"]
    assert heard[2][1] == following.Freed.by(made)


def test_a_move_that_cannot_be_made_leaves_everything_as_it_was(there):
    made, other = book(there), book(there, TEN + DAY)
    with pytest.raises(StaleError, match="Somebody changed this appointment"):
        move(there, made, TEN + 2 * DAY, sequence=7)
    with pytest.raises(TakenError):
        move(there, made, TEN + DAY)
    with pytest.raises(NotDoneError, match="too late"):
        move(there, made, TEN + 2 * DAY, by=there.patient, at=TEN - HOUR)
    operations.cancel_appointment(appointment=other, sequence=0, by=there.lead, at=AT)
    with pytest.raises(NotDoneError, match="Book a new one"):
        move(there, other, TEN + 2 * DAY, sequence=1)
    made.refresh_from_db()
    assert (made.begins, made.sequence) == (TEN, 0)


def test_cancelling_sets_the_time_free_inside_the_policy_for_patients(there, heard):
    made = book(there)
    cancel = {"appointment": made, "sequence": 0}
    with pytest.raises(NotDoneError, match="Ring the clinic"):
        operations.cancel_appointment(**cancel, by=there.patient, at=TEN - HOUR)
    with pytest.raises(StaleError):
        operations.cancel_appointment(**cancel | {"sequence": 3}, by=there.lead, at=AT)
    for _ in range(2):
        gone = operations.cancel_appointment(**cancel, reason="Ill", by=there.patient, at=AT)
    assert (gone.state, gone.sequence, kinds(made)) == ("cancelled", 1, ["booked", "cancelled"])
    assert [event for event, _ in heard] == ["booked", "cancelled", "freed"]
    assert not Occupancy.objects.exists()
    assert book(there).begins == TEN


def test_what_became_of_an_appointment_is_written_down_and_put_back(there, heard):
    made = book(there)

    def mark(step, at=TEN + HOUR):
        made.refresh_from_db()
        return step(appointment=made, sequence=made.sequence, by=there.lead, at=at).state

    with pytest.raises(NotDoneError, match="still to come"):
        mark(operations.mark_arrived, AT)
    with pytest.raises(NotDoneError, match="not begun"):
        mark(operations.mark_no_show, TEN - HOUR)
    steps = [
        (operations.mark_arrived, "arrived"),
        (operations.mark_attended, "attended"),
        (operations.put_back, "arrived"),
        (operations.put_back, "booked"),
        (operations.mark_no_show, "no-show"),
        (operations.put_back, "booked"),
    ]
    assert [mark(step) for step, _ in steps] == [state for _, state in steps]
    assert [event for event, _ in heard] == [
        "booked", "arrived", "attended", "put-back", "put-back", "no-show", "put-back"
    ]  # fmt: skip
    with pytest.raises(NotDoneError, match="nothing to put back: this appointment is booked"):
        mark(operations.put_back)
    mark(operations.mark_attended)
    with pytest.raises(NotDoneError, match="does not fit"):
        mark(operations.mark_no_show)
    with pytest.raises(NotDoneError, match="has taken place"):
        mark(operations.cancel_appointment)


def test_a_patient_is_kept_from_booking_online_until_somebody_ends_it(there):
    block = {"block_id": uuid4(), "patient": there.patient, "by": there.lead, "at": AT}
    with pytest.raises(NotDoneError, match="Say why"):
        operations.block_online(**block, reason=" ")
    with pytest.raises(NotDoneError, match="lies in the past"):
        operations.block_online(**block, reason="Owes us", until_day=AT.date() - DAY)
    made = operations.block_online(**block, reason="Owes us")
    assert operations.block_online(**block, reason="Owes us") == made
    with pytest.raises(NotOfferedError):
        book(there, by=there.patient)
    assert book(there, TEN + DAY)
    for _ in range(2):
        operations.end_online_block(block=made, by=there.lead, at=AT)
    assert book(there, by=there.patient).booked_by_kind == "patient"


def test_a_follower_is_told_inside_the_transaction(there, monkeypatch):
    monkeypatch.setattr(following, "_followers", following.defaultdict(list))

    def refuse(appointment, *, by, at, change):
        raise NotDoneError(f"{appointment.visitor or by} at {at:%H:%M}, {change.kind}")

    for _ in range(2):
        following.follow("booked", refuse)
    with pytest.raises(NotDoneError, match="09:00, booked"):
        book(there)
    assert not Appointment.objects.exists()
    with pytest.raises(ValueError, match="announces no 'bookd'"):
        following.follow("bookd", refuse)


def test_a_visitor_acts_for_themselves(there):
    made = confirm(hold(there))
    with pytest.raises(NotDoneError, match="too late"):
        operations.cancel_appointment(appointment=made, sequence=0, by=acting(made.visitor), at=TEN - HOUR)
    operations.cancel_appointment(appointment=made, sequence=0, by=acting(made.visitor), at=AT)
    acts = Event.objects.filter(actor_kind="visitor", actor_id=made.visitor_id, subject_kind="appointment")
    assert [*acts.order_by("pk").values_list("verb", flat=True)] == ["appointment-booked", "appointment-cancelled"]
