"""The diary as staff see it: what a day shows, booking, moving, marking and matching at the desk."""

from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404

from needlework.accounts.models import Role
from needlework.diary import operations, panels
from needlework.diary.models import (
    Absence,
    Appointment,
    BookingBlock,
    ChangedDay,
    Closure,
    DiaryRules,
    Occupancy,
    State,
)
from needlework.diary.people import VisitorDetails
from needlework.diary.queries import sheets
from needlework.diary.queries.sheets import Asked
from needlework.diary.queries.today import today
from needlework.front.queries.day import day as front_day
from needlework.patients.models import Patient
from tests.factories import accounts, patients
from tests.factories import diary as made

LONDON = ZoneInfo("Europe/London")
AT = made.AT
"""Sunday 22 November 2026, 9:00."""
MONDAY = made.MONDAY
NEW = VisitorDetails(given_names="Mo", family_name="Idris", email="mo@example.test")
pytestmark = pytest.mark.django_db


def clock(text: str, day: date = MONDAY) -> datetime:
    """A moment of a day by the clinic's clock."""
    return datetime.combine(day, time.fromisoformat(text), LONDON).astimezone(UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """It is the moment that the test says, Sunday morning at first."""
    moments = [AT]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments.append


@pytest.fixture
def clinic():
    return made.clinic_with_diary()


@pytest.fixture
def desk(clinic):
    return accounts.member(Role.FRONT_DESK, at=clinic.clinic, name="Beth Sayer")


@pytest.fixture
def book(clinic, desk):
    """Book a consultation with Amira on the Monday, or as said."""

    def booked(text: str, **changed: object) -> Appointment:
        common = {"service": clinic.consultation, "practitioner": clinic.amira, "patient": clinic.patient}
        return operations.book_appointment(
            appointment_id=uuid4(), begins=clock(text), by=desk, at=AT, **(common | changed)
        )

    return booked


def day_of(user, *, at=AT, **asked):
    """The page of the Monday as somebody sees it."""
    return sheets.day_page(sheets.here(user, None, at), Asked(**({"day": MONDAY} | asked)))


def cells(page, key):
    """From when until when each cell of a column lies, with its kind and name."""
    number = next(head.number for head in page.sheet.heads if head.key == str(key))
    found = [cell for row in page.sheet.rows for cell in row.cells if cell.column == number]
    return [(cell.kind, cell.since or cell.what.time, cell.name if cell.kind != "free" else "") for cell in found]


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_a_day_shows_hours_breaks_appointments_and_who_is_away(clinic, desk, book):
    book("10:00")
    book("10:15", overbooking_reason="She is in pain", patient=patients.patient(given_names="Sam"))
    Absence.objects.create(
        resource=clinic.ben, begins=clock("14:00"), ends=clock("18:00"), reason="Training", recorded_at=AT
    )
    page = day_of(desk)
    assert [head.name for head in page.sheet.heads] == ["Amira Khan", "Ben Okafor"]
    assert [head.lanes for head in page.sheet.heads] == [2, 1]
    assert cells(page, clinic.amira.pk) == [
        ("free", "09:00", ""),
        ("appointment", "10:00", ""),
        ("gap", "10:00", ""),
        ("appointment", "10:15", ""),
        ("gap", "10:30", ""),
        ("free", "10:45", ""),
        ("break", "12:30", "Break"),
        ("free", "13:00", ""),
    ]
    assert cells(page, clinic.ben.pk) == [
        ("free", "09:00", ""),
        ("break", "12:30", "Break"),
        ("free", "13:00", ""),
        ("away", "14:00", "Training"),
    ]
    assert page.free == ("09:00", "Amira Khan")


def test_a_room_shows_its_cleaning_and_who_works_in_it(clinic, desk, book):
    book("10:00", service=clinic.treatment)
    book("14:00", patient=patients.patient(given_names="Sam"))
    page = day_of(desk, by_room=True)
    assert cells(page, clinic.room.pk) == [
        ("free", "09:00", ""),
        ("appointment", "10:00", ""),
        ("tail", "11:00", ""),
        ("free", "11:10", ""),
    ]
    assert [head.name for head in page.sheet.heads] == ["Room 1", "No room"]
    answer = accounts.signed_in_client(desk).get(f"/diary/?day={MONDAY}&by=room")
    assert "cleaning" in text_of(answer)


def test_a_held_time_says_until_when(clinic, desk):
    hold = operations.hold_slot(
        service=clinic.consultation, begins=clock("10:00"), practitioner=clinic.amira, browser_key="b", by=desk, at=AT
    )
    page = day_of(desk)
    assert ("hold", "10:00", "") in cells(page, clinic.amira.pk)
    assert [one.what.words for row in page.sheet.rows for one in row.cells if one.kind == "hold"] == [
        f"being booked until {hold.until.astimezone(LONDON):%H:%M}"
    ]
    assert not [one for one in cells(day_of(desk, at=hold.until), clinic.amira.pk) if one[0] == "hold"]


def test_closures_and_bank_holidays_are_named_and_what_is_booked_stays_in_sight(clinic, desk, book):
    book("10:00")
    Closure.objects.create(clinic=clinic.clinic, first_day=MONDAY, last_day=MONDAY, reason="Painting", recorded_at=AT)
    page = day_of(desk)
    assert page.closed == "Painting"
    assert ("closed", "10:30", "Painting") in cells(page, clinic.amira.pk)
    christmas = day_of(desk, day=date(2026, 12, 25))
    assert (christmas.closed, christmas.sheet, christmas.lists) == ("Christmas Day", None, [])
    client = accounts.signed_in_client(desk)
    assert "The clinic is closed on this day" in text_of(client.get("/diary/?day=2026-12-25"))
    assert "Nobody works on this day" in text_of(client.get("/diary/?day=2026-11-28"))


def test_a_day_that_differs_from_the_week_shows_its_own_hours(clinic, desk):
    ChangedDay.objects.create(
        resource=clinic.amira, clinic=clinic.clinic, day=MONDAY, opens=time(12), closes=time(14), recorded_at=AT
    )
    ChangedDay.objects.create(resource=clinic.ben, clinic=clinic.clinic, day=MONDAY, recorded_at=AT)
    page = day_of(desk)
    assert [head.name for head in page.sheet.heads] == ["Amira Khan"]
    assert cells(page, clinic.amira.pk) == [("free", "12:00", "")]


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (date(2026, 10, 25), ["00:00", "01:00", "01:00 again", "02:00"]),
        (date(2027, 3, 28), ["00:00", "02:00", "03:00"]),
    ],
)
def test_a_day_on_which_the_clocks_change_has_its_hours_right(clinic, desk, day, labels):
    DiaryRules.objects.create(clinic=clinic.clinic, grid_minutes=60)
    made.week(clinic.amira, clinic.clinic, days=[6], opens=time(0), closes=time(5), break_starts=None, break_ends=None)
    page = day_of(desk, day=day)
    assert [row.label for row in page.sheet.rows if row.label][: len(labels)] == labels
    assert page.change is not None
    client = accounts.signed_in_client(desk)
    assert "The clocks change today" in text_of(client.get(f"/diary/?day={day}"))
    assert "The clocks change this week" in text_of(client.get(f"/diary/week/?day={day}"))


def test_hours_at_another_clinic_only_say_that_there_are_some(clinic, desk):
    marton = made.clinic_with_diary("Marton", suffix=" of Marton")
    made.week(clinic.amira, marton.clinic, opens=time(17), closes=time(20), break_starts=None, break_ends=None)
    marton.consultation.performers.add(clinic.amira)
    operations.book_appointment(
        appointment_id=uuid4(),
        service=marton.consultation,
        begins=clock("17:00"),
        practitioner=clinic.amira,
        patient=patients.patient(marton.clinic, family_name="Secret"),
        by=marton.lead,
        at=AT,
    )
    assert ("elsewhere", "17:00", "") in cells(day_of(desk), clinic.amira.pk)
    answer = accounts.signed_in_client(desk).get(f"/diary/?day={MONDAY}")
    assert "at another clinic" in text_of(answer)
    assert "Secret" not in text_of(answer)
    with pytest.raises(Http404):
        sheets.here(desk, marton.clinic.pk, AT)


def test_a_week_shows_seven_days_of_one_person_or_room(clinic, desk, book):
    book("10:00", service=clinic.treatment)
    here = sheets.here(desk, None, AT)
    week = sheets.week_page(here, Asked(day=MONDAY + timedelta(days=3)))
    assert (week.name, week.monday) == ("Amira Khan", MONDAY)
    assert [head.items for head in week.sheet.heads] == [1, 0, 0, 0, 0, 0, 0]
    room = sheets.week_page(here, Asked(day=MONDAY, by_room=True))
    assert (room.name, next(head.items for head in room.sheet.heads)) == ("Room 1", 1)
    with pytest.raises(Http404):
        sheets.week_page(here, Asked(resource=clinic.pen.pk))
    assert sheets.week_page(here, Asked(day=date(2020, 1, 6))).sheet is None


def test_names_are_initials_where_they_are_hidden(desk, book):
    book("10:00")
    client = accounts.signed_in_client(desk)
    for page in ("/diary/", "/diary/print/", "/diary/week/"):
        assert "Jo Ellison" in text_of(client.get(f"{page}?day={MONDAY}"))
        hidden = text_of(client.get(f"{page}?day={MONDAY}&private=1"))
        assert "J. E." in hidden
        assert "Ellison" not in hidden


@pytest.mark.parametrize(
    "query", ["day=banana", "day=0001-01-01", "day=9999-12-31", "service=x", "resource=zero", "clinic=x", "by=y"]
)
def test_an_address_that_makes_no_sense_asks_for_nothing(clinic, desk, query):
    client = accounts.signed_in_client(desk)
    for page in ("/diary/", "/diary/week/", "/diary/print/", "/diary/new/"):
        assert client.get(f"{page}?{query}").status_code == 200


def test_the_free_starts_of_a_service_lead_to_booking(clinic, desk):
    client = accounts.signed_in_client(desk)
    page = text_of(client.get(f"/diary/?day={MONDAY}&service={clinic.treatment.pk}"))
    assert f"clock=09:00&practitioner={clinic.amira.pk}" in page
    gone = text_of(client.get(f"/diary/?day=2020-01-06&service={clinic.treatment.pk}"))
    assert "This day has passed. Choose a later one." in gone


def chosen(clinic, text="10:00", **more) -> str:
    """The address at which a time is confirmed."""
    asked = {"clinic": clinic.clinic.pk, "service": clinic.consultation.pk, "day": MONDAY, "clock": text}
    asked |= {"practitioner": clinic.amira.pk} | more
    return "/diary/new/?" + "&".join(f"{key}={value}" for key, value in asked.items())


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


@pytest.fixture
def coming(clinic, desk):
    """A consultation on the Monday at ten."""
    return operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=clock("10:00", MONDAY),
        practitioner=clinic.amira,
        patient=clinic.patient,
        by=desk,
        at=AT,
    )


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


def test_online_booking_is_stopped_and_allowed_again_and_shown_where_staff_book(clinic, desk, coming):
    client = accounts.signed_in_client(desk)
    record = f"/patients/{clinic.patient.pk}/"
    stop = f"{record}online-booking/stop/"
    assert client.post(stop, {"id": uuid4(), "reason": ""}).status_code == 422
    past = {"until_day_day": "1", "until_day_month": "1", "until_day_year": "2020"}
    assert client.post(stop, {"id": uuid4(), "reason": "Call first", **past}).status_code == 422
    client.post(stop, {"id": uuid4(), "reason": "Call first"})
    block = BookingBlock.objects.get()
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


def test_the_day_of_the_clinic_names_who_comes_and_who_is_not_a_patient_yet(clinic, desk, book):
    book("10:00")
    book("11:00", patient=NEW)
    found = today(desk, at=clock("09:30"))
    assert [(one.time, one.name) for one in found.due] == [("10:00", "Jo Ellison"), ("11:00", "Mo Idris")]
    assert (found.coming.name, [one.name for one in found.unmatched]) == ("Jo Ellison", ["Mo Idris"])
    assert [one.time for one in today(desk, at=clock("10:45")).at_hand] == ["11:00"]
    assert today(desk, at=clock("12:00")).coming is None
    words = [notice.heading for notice in front_day(desk, at=clock("09:30")).soon]
    assert words == ["1 person who booked is not a patient yet, the next one Mo Idris."]
    auditor = accounts.member(Role.AUDITOR, at=clinic.clinic, name="Ravi Menon")
    assert front_day(auditor, at=AT).diary is None


def test_nothing_of_the_diary_is_shown_to_other_clinics_or_other_roles(clinic, coming):
    stranger = accounts.member(Role.FRONT_DESK, at=accounts.clinic("Marton"), name="Mina Marton")
    client = accounts.signed_in_client(stranger)
    assert client.get(f"/diary/appointments/{coming.pk}/").status_code == 404
    assert client.get(f"/diary/?clinic={clinic.clinic.pk}").status_code == 404
    assert UUID(str(coming.pk)) not in {one.appointment.pk for one in today(stranger, at=AT).due}
    auditor = accounts.signed_in_client(accounts.member(Role.AUDITOR, at=clinic.clinic, name="Ravi Menon"))
    assert auditor.get("/diary/").status_code == 403
