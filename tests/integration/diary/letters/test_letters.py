"""What patients and visitors are written about their appointments, and when nothing is."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
from django.db import transaction
from django.urls import reverse

from needlework.audit.record import SYSTEM
from needlework.diary import operations, tokens
from needlework.diary.letters import causes, queueing, reminders
from needlework.diary.models import Appointment, AppointmentSeries, WaitingEntry, WaitingOffer
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotDoneError
from needlework.front.queries.subject_access import messages_of
from needlework.messages.models import Message, Reason, State
from needlework.patients.models import Channel, Purpose
from needlework.patients.operations import record_contact_choices
from needlework.work import worker
from needlework.work.kinds import Task
from needlework.work.models import Job
from tests.factories import diary
from tests.scripted import state

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SAM = VisitorDetails("Sam", "Reyes", "sam@example.test", "+447700900123")
TO_SAM = """Hello Sam,

your appointment is booked.

What: Microneedling, face
When: Tuesday 24 November 2026 at 10:00, until 11:00
With: Amira Khan
Where: Linthorpe Road, 12 Linthorpe Road, Middlesbrough
Price: £180.00, of which £30.00 is a deposit

You can move or cancel it yourself until Monday 23 November 2026 at 10:00:
{link}
This link is yours alone. Whoever has it can do the same.

If something is wrong, or you cannot come after all, call us on 01642 960123 or write to hello@linthorpe.test.

Linthorpe Road
"""


def visit(there):
    held = operations.hold_slot(service=there.treatment, begins=TEN, practitioner=there.amira, by=SYSTEM, at=AT)
    return operations.confirm_hold(hold_id=held.pk, visitor=SAM, by=SYSTEM, at=AT)


def link_of(settings, appointment) -> str:
    token = tokens.token_of("appointment", appointment.pk)
    return settings.ADDRESS + reverse("appointment-private", args=[token])


def events(attachment):
    return icalendar.Calendar.from_ical(attachment.content).walk("VEVENT")


def test_a_visitor_is_written_everything_there_is_to_know_where_they_typed(there, email, settings):
    appointment = visit(there)
    worker.run_due(AT)
    [parcel] = email.handed
    assert (parcel.to, parcel.subject) == ("sam@example.test", "Your appointment at Linthorpe Road")
    assert parcel.text == TO_SAM.format(link=link_of(settings, appointment))
    [file] = parcel.attachments
    assert (file.name, file.media_type) == ("appointment.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    [event] = events(file)
    assert (event.decoded("DTSTART"), event["SEQUENCE"], event.decoded("DTSTAMP")) == (TEN, 0, AT)
    assert event["URL"] == link_of(settings, appointment)
    assert event["SUMMARY"] == "Appointment at Linthorpe Road"
    assert event["ORGANIZER"] == "mailto:hello@linthorpe.test"


def test_whoever_reads_what_is_kept_of_a_letter_finds_no_private_link(there, email, settings):
    settings.DEMO = False
    appointment = visit(there)
    worker.run_due(AT)
    copy = Message.objects.get(kind="appointment-booked").attempts.get().copy
    assert tokens.token_of("appointment", appointment.pk) not in str(copy)
    assert (copy["text"], copy["attachments"][0]["content"]) == ("", "")


def test_a_clinic_with_nothing_but_a_name_writes_no_empty_lines(desk, there, email, settings):
    there.clinic.address = there.clinic.phone = there.clinic.email = ""
    there.clinic.save()
    desk.book(service=there.consultation, begins=TEN)
    worker.run_due(AT)
    text = email.handed[0].text
    assert "Where: Linthorpe Road\n" in text
    assert "cannot come after all, please tell the clinic." in text
    [event] = events(email.handed[0].attachments[0])
    assert event["ORGANIZER"] == settings.ADDRESS
    assert "\n\n\n" not in text


class TestAPatient:
    def no_to(self, there, *channels):
        answers = {(channel, Purpose.CARE): channel not in channels for channel in Channel}
        common = {"patient": there.patient, "answers": answers, "version": 0}
        record_contact_choices(**common, by=there.lead, at=AT)

    def test_who_wants_no_email_is_sent_a_text_message_without_the_long_link(self, desk, there, email, sms):
        self.no_to(there, Channel.EMAIL)
        desk.book()
        worker.run_due(AT)
        assert email.handed == []
        [parcel] = sms.handed
        assert parcel.to == "+447700900456"
        assert parcel.text == (
            "Linthorpe Road: your appointment is booked for Tue 24 Nov, 10:00. Cannot come? Call 01642 960123."
        )
        assert len(parcel.text) <= 160

    def test_who_wants_neither_is_left_to_a_person(self, desk, there, email, sms):
        self.no_to(there, Channel.EMAIL, Channel.SMS)
        desk.book()
        worker.run_due(AT)
        assert state(Message.objects.get(kind="appointment-booked")) == (State.FAILED, Reason.NO_ADDRESS)
        assert email.handed == sms.handed == []

    def test_is_called_what_they_like_to_be_called(self, desk, there, email):
        there.patient.known_as = "Joey"
        there.patient.save()
        desk.book()
        worker.run_due(AT)
        assert email.handed[0].text.startswith("Hello Joey,\n")


class TestMoving:
    def test_brings_a_new_letter_with_the_same_event_in_its_new_place(self, desk, email):
        appointment = desk.book()
        worker.run_due(AT)
        desk.move(appointment, TEN + 2 * DAY, at=AT + MINUTE)
        worker.run_due(AT + MINUTE)
        booked, moved = email.handed
        assert moved.subject == "Your appointment at Linthorpe Road has moved"
        assert "It is now:\n\nWhat: Microneedling, face\nWhen: Thursday 26 November 2026 at 10:00" in moved.text
        [before], [after] = events(booked.attachments[0]), events(moved.attachments[0])
        assert (before["UID"], before["SEQUENCE"]) == (after["UID"], after["SEQUENCE"] - 1)
        assert after.decoded("DTSTAMP") == AT + MINUTE

    def test_leaves_no_letter_for_the_old_time(self, desk, email):
        appointment = desk.book()
        for minutes, begins in enumerate((TEN + DAY, TEN, TEN + DAY), 1):
            desk.move(appointment, begins, at=AT + minutes * MINUTE)
        worker.run_due(AT + 5 * MINUTE)
        [parcel] = email.handed
        assert "Wednesday 25 November 2026 at 10:00" in parcel.text

    def test_to_a_time_that_has_passed_writes_to_nobody(self, desk, there, email):
        appointment = desk.book()
        appointment.begins = AT - HOUR
        with transaction.atomic():
            queueing.appointment_moved(appointment=appointment, by=there.lead, at=AT)
        worker.run_due(AT)
        assert state(Message.objects.get(kind="appointment-moved")) == (State.NOT_NEEDED, Reason.TOO_LATE)


class TestCancelling:
    def test_is_written_with_a_file_that_takes_the_event_out(self, desk, email, settings):
        settings.DEMO = False
        appointment = desk.book()
        worker.run_due(AT)
        desk.cancel(appointment, at=AT + MINUTE)
        worker.run_due(AT + MINUTE)
        parcel = email.handed[1]
        assert parcel.subject == "Your appointment at Linthorpe Road is cancelled"
        assert "on Tuesday 24 November 2026 at 10:00 is cancelled." in parcel.text
        [file] = parcel.attachments
        assert (file.name, file.media_type) == ("cancelled.ics", "text/calendar; method=CANCEL; charset=utf-8")
        [event] = events(file)
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
        assert tokens.token_of("appointment", appointment.pk) not in file.content.decode() + parcel.text
        kept = Message.objects.get(kind="appointment-cancelled").attempts.get().copy
        assert kept["text"] == parcel.text

    def test_says_nothing_more_of_the_booking(self, desk, email):
        desk.cancel(desk.book(), at=AT + MINUTE)
        worker.run_due(AT + 5 * MINUTE)
        assert [parcel.subject for parcel in email.handed] == ["Your appointment at Linthorpe Road is cancelled"]

    def test_that_was_put_right_again_is_not_written(self, desk, there, email):
        appointment = desk.book()
        with transaction.atomic():
            queueing.appointment_cancelled(appointment=appointment, by=there.lead, at=AT)
        worker.run_due(AT)
        assert state(Message.objects.get(kind="appointment-cancelled")) == (State.NOT_NEEDED, Reason.CANCELLED)


def test_a_letter_follows_a_visitor_who_turns_out_to_be_a_patient(there, email):
    appointment = visit(there)
    worker.run_due(AT, limit=1)
    assert Message.objects.filter(to_kind="visitor", state=State.WAITING).exists()
    operations.match_visitor(visitor=appointment.visitor, patient=there.patient, by=there.lead, at=AT)
    worker.run_due(AT)
    assert [parcel.to for parcel in email.handed] == ["jo@example.test"]
    theirs = messages_of([there.patient.pk]).values_list("to_kind", flat=True)
    assert set(theirs) == {"visitor"}


def test_what_is_to_be_told_stands_or_falls_with_the_booking_and_holds_ids_only(desk):
    with pytest.raises(NotDoneError), transaction.atomic():
        desk.book()
        raise NotDoneError
    assert not Job.objects.exists()
    appointment = desk.book()
    [job] = Job.objects.all()
    assert (job.kind, job.subject, job.due_at) == (causes.TELL, {"change": str(appointment.changes.get().pk)}, AT)


def test_a_change_that_is_told_twice_is_told_once(desk):
    appointment = desk.book()
    desk.move(appointment, TEN + DAY, at=AT + MINUTE)
    jobs = Job.objects.filter(kind=causes.TELL)
    for job in [*jobs, *jobs]:
        causes.tell(Task(job.pk, job.kind, job.key, job.subject, 1, lambda: AT))
    kinds = Message.objects.filter(about_id=appointment.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["appointment-booked", "appointment-moved", *["appointment-reminder"] * 3]


def test_nobody_is_told_of_a_change_that_was_erased(db):
    causes.tell(Task(uuid4(), causes.TELL, "", {"change": str(uuid4())}, 1, lambda: AT))
    assert not Message.objects.exists()


def test_nobody_is_written_to_about_what_was_erased(there):
    gone, somebody = {"clinic": there.clinic, "patient": there.patient}, {"by": there.lead, "at": AT}
    appointment, series = Appointment(begins=TEN, **gone), AppointmentSeries(**gone)
    with transaction.atomic():
        queueing.appointment_booked(appointment=appointment, **somebody)
        queueing.appointment_cancelled(appointment=appointment, **somebody)
        reminders.queue_reminders(appointment=appointment, **somebody)
        queueing.course_booked(series=series, **somebody)
        queueing.course_changed(series=series, **somebody)
        queueing.course_late(series=series, number=2, **somebody)
    worker.run_due(TEN - DAY)
    assert Message.objects.count() == 6
    assert {state(message) for message in Message.objects.all()} == {(State.NOT_NEEDED, Reason.CANCELLED)}


def test_an_offer_says_until_when_the_time_is_kept(there, email, sms, settings):
    entry = WaitingEntry.objects.create(
        clinic=there.clinic, service=there.treatment, patient=there.patient, first_day=AT.date(),
        last_day=AT.date() + 7 * DAY, joined_at=AT, joined_by_kind="staff", joined_by_id=there.lead.pk,
    )  # fmt: skip
    offer = WaitingOffer.objects.create(
        entry=entry, begins=TEN, practitioner=there.amira, link_hash="x", until=AT + 2 * HOUR, offered_at=AT
    )
    for _ in range(2):
        with transaction.atomic():
            queueing.waiting_offer(offer=offer, by=SYSTEM, at=AT)
    worker.run_due(AT)
    [parcel] = email.handed
    assert parcel.subject == "A time is free at Linthorpe Road"
    assert "We keep it for you until Sunday 22 November 2026 at 11:00." in parcel.text
    assert reverse("waiting-offer", args=[tokens.token_of("waiting-offer", offer.pk)]) in parcel.text


def test_an_offer_that_was_settled_is_not_written(there, email):
    entry = WaitingEntry.objects.create(
        clinic=there.clinic, service=there.treatment, patient=there.patient, first_day=AT.date(),
        last_day=AT.date(), joined_at=AT, joined_by_kind="staff", joined_by_id=there.lead.pk,
    )  # fmt: skip
    offer = WaitingOffer.objects.create(
        entry=entry, begins=TEN, practitioner=there.amira, link_hash="x", until=AT + 2 * HOUR, offered_at=AT,
        outcome="taken", settled_at=AT,
    )  # fmt: skip
    with transaction.atomic():
        queueing.waiting_offer(offer=offer, by=SYSTEM, at=AT)
    worker.run_due(AT)
    assert email.handed == []
