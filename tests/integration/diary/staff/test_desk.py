"""Booking, moving, marking and matching at the desk."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.diary import operations, panels
from needlework.diary.models import (
    Appointment,
    Occupancy,
    OnlineBlock,
    State,
)
from needlework.diary.people import VisitorDetails
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.today import today
from needlework.patients.models import Patient
from tests.factories import accounts, patients
from tests.factories import diary as made
from tests.integration.diary.staff.desk import AT, MONDAY, NEW, chosen, clock, text_of

pytestmark = pytest.mark.django_db


def test_somebody_new_is_booked_at_the_desk_once_however_often_it_is_sent(clinic, desk):
    client = accounts.signed_in_client(desk)
    url = chosen(clinic, visitor=1)
    page = client.get(url)
    assert "10:00 to 10:30" in text_of(page)
    typed = {"id": uuid4(), "given_names": "Mo", "family_name": "Idris"}
    assert "how else would we reach this person" in text_of(client.post(url, typed))
    for _ in range(2):
        assert client.post(url, typed | {"phone": "07700 900123"}).status_code == 302
    booked = Appointment.objects.get()
    assert booked.visitor.name == "Mo Idris"
    assert booked.begins == clock("10:00", MONDAY)
    assert list(Occupancy.objects.values_list("exclusive", flat=True)) == [True, True]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("10:07", "Appointments begin every 15 minutes"),
        ("18:00", "outside the hours"),
        ("12:30", "outside the hours"),
    ],
)
def test_a_time_that_is_not_offered_says_why_and_books_nothing_without_a_reason(clinic, desk, text, sentence):
    client = accounts.signed_in_client(desk)
    url = chosen(clinic, text, patient=clinic.patient.pk)
    assert sentence in text_of(client.get(url))
    answer = client.post(url, {"id": uuid4(), "note": ""})
    assert answer.status_code == 422
    assert "Say why it is booked all the same" in text_of(answer)
    assert not Appointment.objects.exists()


def test_with_a_reason_staff_put_an_appointment_beside_another(clinic, desk):
    client = accounts.signed_in_client(desk)
    sam = patients.patient(given_names="Sam", family_name="Okoro")
    client.post(chosen(clinic, patient=sam.pk), {"id": uuid4()})
    url = chosen(clinic, patient=clinic.patient.pk)
    assert "Amira Khan is taken" in text_of(client.get(url))
    client.post(url, {"id": uuid4(), "overbooking_reason": "She is in pain"})
    beside = Appointment.objects.get(patient=clinic.patient)
    assert beside.overbooked
    assert "She is in pain" in text_of(client.get(f"/diary/appointments/{beside.pk}/"))


def test_a_time_that_has_passed_cannot_be_booked_with_any_reason(clinic, desk):
    client = accounts.signed_in_client(desk)
    page = text_of(client.get(chosen(clinic, patient=clinic.patient.pk, day="2020-01-06")))
    assert "This time has passed" in page
    assert "Book it all the same" not in page


def test_the_steps_of_booking_ask_for_what_is_missing(clinic, desk):
    client = accounts.signed_in_client(desk)
    assert "Who is the appointment for?" in text_of(client.get("/diary/new/"))
    assert "Jo Ellison" in text_of(client.get("/diary/new/?q=ellis"))
    assert "Type at least two letters" in text_of(client.get("/diary/new/?q=x"))
    assert "Nobody found" in text_of(client.get("/diary/new/?q=nobody"))
    person = f"/diary/new/?patient={clinic.patient.pk}"
    assert "What is the appointment for?" in text_of(client.get(person))
    when = text_of(client.get(f"{person}&service={clinic.consultation.pk}&day={MONDAY}"))
    assert "09:15" in when
    saturday = MONDAY + timedelta(days=5)
    assert "Next free: Monday" in text_of(client.get(f"{person}&service={clinic.consultation.pk}&day={saturday}"))
    assert client.get(f"{person}&service={uuid4()}").status_code == 404
    assert client.get(f"/diary/new/?patient={uuid4()}").status_code == 404
    stranger = chosen(clinic, patient=clinic.patient.pk, practitioner=clinic.room.pk)
    assert client.get(stranger).status_code == 404


def test_an_appointment_moves_only_when_it_is_confirmed(clinic, desk, coming):
    client = accounts.signed_in_client(desk)
    url = f"/diary/appointments/{coming.pk}/move/"
    assert "It keeps that time until the new one is confirmed" in text_of(client.get(url))
    there = f"{url}?day={MONDAY}&clock=14:00&practitioner={clinic.ben.pk}"
    assert "14:00" in text_of(client.get(there))
    coming.refresh_from_db()
    assert coming.begins == clock("10:00", MONDAY)
    assert client.post(there, {"sequence": 0}).status_code == 302
    coming.refresh_from_db()
    assert (coming.begins, coming.practitioner) == (clock("14:00", MONDAY), clinic.ben)
    stale = client.post(there.replace("14:00", "15:00"), {"sequence": 0})
    assert "Somebody changed this appointment" in text_of(stale)
    history = text_of(client.get(f"/diary/appointments/{coming.pk}/"))
    assert "Moved" in history
    assert "Beth Sayer" in history


def test_an_appointment_is_cancelled_with_a_reason_that_colleagues_read(desk, coming):
    client = accounts.signed_in_client(desk)
    url = f"/diary/appointments/{coming.pk}/cancel/"
    client.post(url, {"sequence": 0, "reason": "Has a cold"})
    coming.refresh_from_db()
    assert coming.state == State.CANCELLED
    assert "Has a cold" in text_of(client.get(f"/diary/appointments/{coming.pk}/"))
    assert "Cancelled" in text_of(client.get(f"/diary/?day={MONDAY}"))


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["arrived"], State.ARRIVED),
        (["arrived", "attended"], State.ATTENDED),
        (["no-show"], State.NO_SHOW),
        (["arrived", "put-back"], State.BOOKED),
    ],
)
def test_what_became_of_an_appointment_is_one_button_each(desk, coming, now, steps, state):
    now(coming.begins + timedelta(minutes=5))
    client = accounts.signed_in_client(desk)
    for number, step in enumerate(steps):
        answer = client.post(f"/diary/appointments/{coming.pk}/{step}/", {"sequence": number})
        assert answer.status_code == 302
    coming.refresh_from_db()
    assert coming.state == state
    late = client.post(f"/diary/appointments/{coming.pk}/arrived/", {"sequence": 0}, follow=True)
    assert "Somebody changed this appointment" in text_of(late)
    assert client.post(f"/diary/appointments/{coming.pk}/arrived/", {}).status_code == 422


def test_a_visitor_is_matched_or_registered(clinic, desk):
    known = patients.patient(given_names="Maurice", family_name="Idris", email="mo@example.test")
    first, second = (
        operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.consultation,
            begins=clock(text, MONDAY),
            practitioner=clinic.amira,
            patient=who,
            by=desk,
            at=AT,
        )
        for text, who in (("10:00", NEW), ("11:00", VisitorDetails("Ada", "Lovelace", "ada@example.test")))
    )
    client = accounts.signed_in_client(desk)
    url = f"/diary/appointments/{first.pk}/match/"
    assert "same e-mail" in text_of(client.get(url))
    assert "Maurice" in text_of(client.get(f"{url}?q=maurice"))
    client.post(url, {"patient": known.pk})
    first.refresh_from_db()
    assert first.patient == known
    assert client.get(url).status_code == 302
    register = f"/diary/appointments/{second.pk}/register/"
    assert 'value="Lovelace"' in client.get(register).content.decode()
    typed = {"id": uuid4(), "clinic": clinic.clinic.pk, "given_names": "Ada", "family_name": "Lovelace"}
    assert client.post(register, typed).status_code == 422
    born = {"date_of_birth_day": "10", "date_of_birth_month": "12", "date_of_birth_year": "1985"}
    assert client.post(register, typed | born).status_code == 302
    second.refresh_from_db()
    assert second.patient == Patient.objects.get(family_name="Lovelace")
    assert client.get(register).status_code == 302


def test_who_booked_in_two_clinics_is_matched_at_either(clinic):
    other = made.clinic_with_diary("Marton", suffix=" M")
    marton = accounts.member(Role.FRONT_DESK, at=other.clinic, name="Mina Marton")
    here = {"service": clinic.consultation, "practitioner": clinic.amira, "begins": clock("10:00")}
    there = {"service": other.consultation, "practitioner": other.amira, "begins": clock("11:00")}
    _, second = (
        operations.book_appointment(appointment_id=uuid4(), patient=NEW, by=by, at=AT, **what)
        for by, what in ((clinic.lead, here), (marton, there))
    )
    client = accounts.signed_in_client(marton)
    typed = {"id": uuid4(), "clinic": other.clinic.pk, "given_names": "Mo", "family_name": "Idris"}
    born = {"date_of_birth_day": "10", "date_of_birth_month": "12", "date_of_birth_year": "1985"}
    assert client.post(f"/diary/appointments/{second.pk}/register/", typed | born).status_code == 302
    assert {one.patient.clinic for one in Appointment.objects.all()} == {other.clinic}
    stranger = accounts.member(Role.LEAD, at=accounts.clinic("Elsewhere"), name="Eve Elsewhere")
    with pytest.raises(Refused):
        operations.match_visitor(visitor=second.visitor, patient=clinic.patient, by=stranger, at=AT)


def test_a_visitor_who_was_elsewhere_at_the_time_is_not_the_patient(clinic, desk, coming):
    theirs = operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=clock("10:00"),
        practitioner=clinic.ben,
        patient=NEW,
        by=desk,
        at=AT,
    )
    for at in (AT, AT + timedelta(days=30)):
        with pytest.raises(NotDoneError, match="another appointment of the same person"):
            operations.match_visitor(visitor=theirs.visitor, patient=clinic.patient, by=clinic.lead, at=at)


def test_online_booking_is_stopped_and_allowed_again_and_shown_where_staff_book(clinic, desk, coming):
    client = accounts.signed_in_client(desk)
    record = f"/patients/{clinic.patient.pk}/"
    stop = f"{record}online-booking/stop/"
    assert client.post(stop, {"id": uuid4(), "reason": ""}).status_code == 422
    past = {"until_day_day": "1", "until_day_month": "1", "until_day_year": "2020"}
    assert client.post(stop, {"id": uuid4(), "reason": "Call first", **past}).status_code == 422
    client.post(stop, {"id": uuid4(), "reason": "Call first"})
    block = OnlineBlock.objects.get()
    for page in (
        f"{record}appointments/",
        f"/diary/appointments/{coming.pk}/",
        chosen(clinic, patient=clinic.patient.pk),
    ):
        assert "Call first" in text_of(client.get(page))
    allow = f"{record}online-booking/{block.pk}/allow/"
    assert "Call first" in text_of(client.get(allow))
    client.post(allow)
    assert "Call first" not in text_of(client.get(f"{record}appointments/"))
    assert client.get(f"{record}online-booking/{uuid4()}/allow/").status_code == 404


def test_a_patients_page_lists_what_is_coming_and_what_was(clinic, desk, coming, book, now):
    book("14:00")
    now(coming.ends)
    client = accounts.signed_in_client(desk)
    assert "/appointments/" in text_of(client.get(f"/patients/{clinic.patient.pk}/"))
    client.post(f"/diary/appointments/{coming.pk}/no-show/", {"sequence": 0})
    page = text_of(client.get(f"/patients/{clinic.patient.pk}/appointments/"))
    assert page.index("Coming") < page.index("Before, and cancelled") < page.index("Did not come")


def test_rooms_above_show_something_on_an_appointments_page(desk, coming, monkeypatch):
    monkeypatch.setattr(panels, "REGISTERED", {})
    panels.register("components/empty.html", lambda *_: {"heading": "Nothing"})
    panels.register("components/notice.html", lambda *_: None)
    assert [panel.template for panel in panels.panels_for(desk, coming, at=AT)] == ["components/empty.html"]


def test_nothing_of_the_diary_is_shown_to_other_clinics_or_other_roles(clinic, coming):
    stranger = accounts.member(Role.FRONT_DESK, at=accounts.clinic("Marton"), name="Mina Marton")
    client = accounts.signed_in_client(stranger)
    assert client.get(f"/diary/appointments/{coming.pk}/").status_code == 404
    assert client.get(f"/diary/?clinic={clinic.clinic.pk}").status_code == 404
    assert UUID(str(coming.pk)) not in {one.appointment.pk for one in today(stranger, at=AT).due}
    auditor = accounts.signed_in_client(accounts.member(Role.AUDITOR, at=clinic.clinic, name="Ravi Menon"))
    assert auditor.get("/diary/").status_code == 403
