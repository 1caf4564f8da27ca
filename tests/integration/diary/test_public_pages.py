"""Booking without an account: three screens, and a clear page for everything that goes wrong."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from needlework.accounts import throttle
from needlework.accounts.models import Attempt
from needlework.diary.minutes import minute_of
from needlework.diary.models import Appointment, DiaryRules, ForWhom, Hold, State, Visitor
from needlework.diary.operations import cancel_appointment
from needlework.diary.tokens import token_of
from tests.factories import accounts, diary, patients

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JO = {"given_names": "Jo", "family_name": "Ellison", "email": "jo@example.test"}
NOWHERE = "00000000-0000-4000-8000-000000000000"


class Clock:
    """What the server's clock shows; a Sunday at nine, until a test says otherwise."""

    at = diary.AT


@pytest.fixture
def clock(monkeypatch):
    shows = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: shows.at)
    return shows


@pytest.fixture
def clinic(clock):
    return diary.clinic_with_diary()


@pytest.fixture
def times(clinic):
    """The address of a consultation's free times."""
    return reverse("book-times", args=[clinic.consultation.pk])


def text(response):
    """Return what a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def problem(response):
    """Return what the summary of errors says."""
    return re.search(r"Please check</h2>\s*<ul>(.*?)</ul>", response.content.decode(), re.DOTALL)[1].strip()


def press(client, address, begins=TUESDAY, **data):
    return client.post(address, {"begins": minute_of(begins), **data})


def keep(client, address, begins=TUESDAY):
    """Choose a time; return the address that asks who comes."""
    response = press(client, address, begins)
    assert response.status_code == 302, text(response)
    return response["Location"]


def book(client, address, begins=TUESDAY, **who):
    """Book as a visitor; return the private address of the appointment."""
    response = client.post(keep(client, address, begins), JO | who)
    assert response.status_code == 302, text(response)
    return response["Location"]


def by_somebody_else(times, begins=TUESDAY, who=2):
    """Two strangers take both practitioners at a time."""
    for number in range(who):
        book(Client(), times, begins, email=f"stranger{number}@example.test", given_names=f"S{number}")


def test_a_visitor_books_in_three_screens(client, clinic, times):
    # the service with its free times, who comes, and the appointment
    assert "When would you like to come?" in text(client.get(times))
    details = keep(client, times)
    assert "We are keeping this time for you until 09:10" in text(client.get(details))
    private = client.post(details, JO | {"phone": "07700 900123", "note": "By bus"})["Location"]
    shown = text(client.get(private))
    assert "Tuesday 24 November, 10:00" in shown
    assert "You can move or cancel it yourself until Monday 23 November 2026, 10:00" in shown
    appointment = Appointment.objects.get()
    assert (appointment.begins, appointment.state, appointment.note) == (TUESDAY, State.BOOKED, "By bus")
    assert appointment.visitor.details == JO | {"phone": "+447700900123"}
    assert appointment.booked_by_kind == "visitor"
    # and nothing on the page names who it is: whoever finds the link reads no name
    assert "Ellison" not in shown


def test_sending_twice_and_going_back_book_once(client, clinic, times):
    details = keep(client, times)
    first, second = client.post(details, JO), client.post(details, JO)
    assert first["Location"] == second["Location"] == client.get(details)["Location"]
    assert Appointment.objects.count() == 1
    assert Attempt.objects.filter(purpose="visit").count() == 1


def test_a_browser_keeps_one_time_and_may_change_its_mind(client, clinic, times):
    first, second = keep(client, times), keep(client, times, TUESDAY + HOUR)
    assert Hold.objects.get().begins == TUESDAY + HOUR
    # its own hold does not stand in its way, and going back to the first time books that
    assert "10:00" in text(client.get(f"{times}?day=2026-11-24"))
    client.post(first, JO)
    assert Appointment.objects.get().begins == TUESDAY
    assert second != first


def test_an_ended_hold_is_booked_while_the_time_is_free(client, clock, clinic, times):
    details = keep(client, times)
    clock.at += 11 * MINUTE
    assert "We are not keeping this time for you any more" in text(client.get(details))
    assert client.post(details, JO).status_code == 302
    assert Appointment.objects.get().begins == TUESDAY


def test_a_hold_that_is_long_gone_is_booked_while_the_time_is_free(client, clinic, times):
    details = keep(client, times)
    Hold.objects.all().delete()
    assert client.post(details, JO).status_code == 302
    assert Appointment.objects.get().begins == TUESDAY


def test_a_time_taken_meanwhile_offers_the_nearest_and_keeps_what_was_typed(client, clock, clinic, times):
    details = keep(client, times)
    clock.at += 11 * MINUTE
    by_somebody_else(times)
    lost = client.post(details, JO | {"note": "By bus"})
    assert lost.status_code == 422
    assert 'value="Jo"' in lost.content.decode()
    assert "The nearest other times" in text(lost)
    assert Appointment.objects.count() == 2
    # one press books another of them, twice pressed only once
    action = re.search(r'action="([^"]*)"', lost.content.decode())[1]
    first, second = (press(client, action, TUESDAY + HOUR, **JO) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Appointment.objects.filter(begins=TUESDAY + HOUR).count() == 1


def test_another_time_pressed_with_a_mistake_in_the_form_books_nothing(client, clinic, times):
    answer = press(client, keep(client, times), TUESDAY + HOUR, **JO | {"email": "jo@"})
    assert answer.status_code == 422
    assert "Tuesday 24 November, 11:00" in text(answer)
    assert not Appointment.objects.exists()


def test_a_form_left_empty_says_what_to_enter(client, clinic, times):
    answer = client.post(keep(client, times), {"given_names": ""})
    assert answer.status_code == 422
    assert {"Enter your given names", "Enter your family name", "Enter your e-mail address"} <= set(
        re.findall(r"Enter your [a-z- ]*[a-z]", text(answer))
    )


def test_what_a_program_fills_in_books_nothing(client, clinic, times):
    answer = client.post(keep(client, times), JO | {"website": "https://example.test"})
    assert "Your browser filled in a box that stays empty" in text(answer)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (-4 * 24 * 60, "This time has passed. Choose a later one."),
        (7, "Appointments begin every 15 minutes, and none at 10:07. Choose 10:00 or 10:15."),
        (-4 * 60, "06:00 is outside the hours of Tuesday 24 November 2026"),
        (400 * 24 * 60, "The diary can be booked until Friday 21 May 2027. Choose an earlier day."),
        (2**31 - 2**25, "The diary can be booked until"),
    ],
    ids=["in the past", "off the grid", "outside hours", "400 days ahead", "4000 years ahead"],
)
def test_a_time_that_is_not_offered_is_kept_for_nobody(client, clinic, times, minutes, sentence):
    answer = client.post(times, {"begins": minute_of(TUESDAY) + minutes})
    assert answer.status_code == 422
    assert sentence in problem(answer)
    assert not Hold.objects.exists()


def test_the_missing_hour_is_kept_for_nobody(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        diary.week(person, clinic.clinic, [6], opens=time(0), closes=time(6), break_starts=None, break_ends=None)
    spring = f"{times}?day=2027-03-28"
    assert "00:45 02:00" in text(client.get(spring))
    assert "02:00" not in text(client.get(spring)).replace("02:00", "", 1)


@pytest.mark.parametrize("begins", ["", "soon", "-1", "9" * 40])
def test_what_is_no_time_gets_a_sentence(client, clinic, times, begins):
    answer = client.post(times, {"begins": begins})
    assert answer.status_code == 422
    assert "Choose one of the times" in text(answer)


@pytest.mark.parametrize("query", ["day=soon", "day=0001-01-01", "day=9999-12-31", "first=x&person=x", "person=99999"])
def test_an_address_that_makes_no_sense_shows_what_is_free(client, clinic, times, query):
    assert client.get(f"{times}?{query}").status_code == 200


def test_the_days_lead_on_to_the_next_that_has_times(client, clinic, times):
    # a Sunday has none, and says when the next is
    sunday = text(client.get(f"{times}?day=2026-11-29"))
    assert "Nothing free on Sunday 29 November" in sunday
    assert "Next free: Monday 30 November" in sunday
    assert "waiting list" in sunday
    # one practitioner's times are theirs alone, and the clock is named
    page = text(client.get(f"{times}?day=2026-11-24&person={clinic.ben.pk}"))
    assert "UK time (GMT)" in page
    press(client, f"{times}?person={clinic.ben.pk}")
    assert Hold.objects.get().practitioner == clinic.ben


def test_a_clinic_without_free_times_says_so_and_offers_the_list(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        person.hours.all().delete()
    page = client.get(times)
    assert "Nothing free just now" in text(page)
    assert reverse("book-wait", args=[clinic.consultation.pk]) in page.content.decode()


def test_times_far_ahead_are_found_by_themselves(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        person.hours.update(from_day=datetime(2027, 2, 1, tzinfo=UTC).date())
    page = text(client.get(times))
    assert "Monday 1 February" in page
    # and without any in the weeks that were asked for, the way there is shown
    assert "Next free: Monday 1 February" in text(client.get(f"{times}?first=2026-12-07"))


def test_a_clinic_elsewhere_keeps_its_own_clock(client, clinic, times):
    DiaryRules.objects.create(clinic=clinic.clinic, time_zone="Europe/Paris")
    page = text(client.get(f"{times}?day=2026-11-24"))
    assert "Europe/Paris (CET)" in page
    private = book(client, times, datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    assert "Tuesday 24 November, 09:00" in text(client.get(private))


def test_services_are_chosen_first_and_clinics_where_there_are_several(client, clinic):
    clinic.treatment.consultation_first = True
    clinic.treatment.deposit_pence = 5000
    clinic.treatment.save()
    page = text(client.get("/book/"))
    assert "Starts with a consultation" in page
    assert "£180.00 60 minutes £50.00 deposit" in page
    other = diary.clinic_with_diary("Marton", suffix=" of Marton")
    assert "Which clinic is best for you?" in text(client.get("/book/"))
    assert client.get(reverse("book-services", args=[other.clinic.pk])).status_code == 200


def test_without_services_nothing_can_be_booked_and_the_first_page_says_nothing_of_it(client, clock):
    bare = accounts.clinic()
    assert "Nothing can be booked here yet" in text(client.get("/book/"))
    assert "Book an appointment" not in text(client.get("/"))
    assert client.get(reverse("book-services", args=[bare.pk])).status_code == 404


def test_the_first_page_leads_to_it(client, clinic):
    assert 'href="/book/"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["book-times", "book-services", "book-wait"])
def test_what_does_not_exist_is_missing(client, clinic, name):
    answer = client.get(reverse(name, args=[NOWHERE]))
    assert answer.status_code == 404
    assert "What to do now" in text(answer)


def test_a_service_that_ended_or_is_not_online_is_missing(client, clinic, times):
    type(clinic.consultation).objects.filter(pk=clinic.consultation.pk).update(online=False)
    assert client.get(times).status_code == 404


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ({"consultation_first": True}, "This treatment starts with a consultation"),
        ({"for_whom": ForWhom.RETURNING}, "This is for patients who have been here before"),
    ],
)
def test_a_treatment_that_needs_more_leads_to_the_consultation(client, clinic, column, why):
    type(clinic.treatment).objects.filter(pk=clinic.treatment.pk).update(**column)
    address = reverse("book-times", args=[clinic.treatment.pk])
    page = client.get(address)
    assert why in text(page)
    assert reverse("book-times", args=[clinic.consultation.pk]) in page.content.decode()
    assert press(client, address).status_code == 200
    assert not Hold.objects.exists()
    assert client.get(reverse("book-wait", args=[clinic.treatment.pk])).status_code == 302


def test_a_kept_time_opens_in_its_own_browser_alone(client, clinic, times):
    details = keep(client, times)
    for browser, address in ((Client(), details), (client, details[:-4] + "AAA/"), (client, "/book/kept/x/")):
        gone = browser.get(address)
        assert gone.status_code == 410
        assert "Choose a time again" in text(gone)
    client.cookies["visit"] = "tampered"
    assert client.post(details, JO).status_code == 410
    assert not Appointment.objects.exists()


def test_a_private_link_that_is_wrong_or_old_says_what_to_do(client, clock, clinic, times):
    private = book(client, times)
    token = private.split("/")[3]
    clock.at += 33 * DAY
    for address in (private, private.replace(token, token[:-1] + "x"), "/book/offer/x/"):
        for ending in ("", "move/", "cancel/") if "/a/" in address else ("",):
            gone = client.get(address + ending)
            assert gone.status_code == 410
            assert "call the clinic" in text(gone)


def test_an_appointment_moves_by_its_link_and_keeps_its_time_until_then(client, clinic, times):
    private = book(client, times)
    moving = text(client.get(f"{private}move/"))
    assert "stays there until you press another time" in moving
    # its own day is shown first, without the time that it has
    assert "Tuesday 24 November UK time (GMT) Morning 09:00 09:15 09:30 09:45 10:15" in moving
    # a time that is not offered changes nothing
    refused = press(client, f"{private}move/", TUESDAY - 5 * HOUR, sequence=0)
    assert refused.status_code == 422
    assert Appointment.objects.get().begins == TUESDAY
    # one press moves it; the page that was open meanwhile is told
    assert press(client, f"{private}move/", TUESDAY + HOUR, sequence=0)["Location"] == private
    assert Appointment.objects.get().begins == TUESDAY + HOUR
    stale = press(client, f"{private}move/", TUESDAY, sequence=0)
    assert "since you opened this page" in text(stale)
    assert 'name="sequence" value="1"' in stale.content.decode()
    assert Appointment.objects.get().begins == TUESDAY + HOUR


def test_an_appointment_is_cancelled_by_its_link(client, clinic, times):
    private = book(client, times)
    assert "Cancel this appointment?" in text(client.get(f"{private}cancel/"))
    stale = client.post(f"{private}cancel/", {"sequence": 7}, follow=True)
    assert "since you opened this page" in text(stale)
    assert 'name="sequence" value="0"' in stale.content.decode()
    assert client.post(f"{private}cancel/", {"sequence": "x"}).status_code == 422
    first, second = (client.post(f"{private}cancel/", {"sequence": 0}) for _ in range(2))
    assert first["Location"] == second["Location"] == private
    assert Appointment.objects.get().state == State.CANCELLED
    cancelled = text(client.get(private))
    assert "This appointment is cancelled" in cancelled
    assert "Book another time" in cancelled
    assert "There is nothing to change" in text(client.get(f"{private}move/"))


def test_too_late_is_told_with_the_number_to_call(client, clock, clinic, times):
    clinic.clinic.phone = "+441632960112"
    clinic.clinic.save()
    private = book(client, times)
    clock.at = TUESDAY - 23 * HOUR
    for ending in ("move/", "cancel/"):
        page = text(client.get(private + ending))
        assert "Call us on 01632 960112" in page
    assert press(client, f"{private}move/", TUESDAY + DAY, sequence=0).status_code == 200
    assert "It is too late to move or cancel it here" in text(client.get(private))
    assert Appointment.objects.get().begins == TUESDAY


def test_a_patients_appointment_has_a_private_link_too(client, clinic):
    from tests.integration.diary.test_own_pages import booked

    appointment = booked(clinic)
    private = reverse("appointment-private", args=[token_of("appointment", appointment.pk)])
    client.post(f"{private}cancel/", {"sequence": 0})
    appointment.refresh_from_db()
    assert appointment.state == State.CANCELLED
    assert appointment.changes.get(kind=State.CANCELLED).recorded_by_id == clinic.patient.pk


def test_the_answer_never_tells_who_is_known(client, clinic, times):
    known = patients.patient(clinic.clinic, email="known@example.test", given_names="Kim")
    answers = []
    for number, email in enumerate((known.email, "unknown@example.test")):
        browser = Client()
        answer = browser.post(keep(browser, times, TUESDAY + number * HOUR), JO | {"email": email})
        answers.append((answer.status_code, text(browser.get(answer["Location"])).replace(f"{10 + number}:", "")))
    assert answers[0][0] == answers[1][0] == 302
    assert len(answers[0][1]) == len(answers[1][1])


def test_ten_thousand_holds_of_one_address_leave_room_for_others(client, clinic, times):
    for begins in range(30):
        press(Client(), times, TUESDAY + (begins // 6) * DAY + (begins % 6) * HOUR)
    assert Hold.objects.count() <= 20
    assert book(client, times, TUESDAY + 2 * DAY)


def test_one_e_mail_address_books_only_so_often_and_a_waiting_room_is_let_through(client, clock, clinic, times):
    # many people at one address, each once
    for number in range(throttle.VISITORS_PER_ADDRESS):
        throttle.wish_to_come(email=f"p{number}@example.test", origin="127.0.0.1", at=clock.at - 2 * HOUR)
    for number in range(throttle.VISITS):
        book(client, times, TUESDAY + number * DAY * 7)
    full = client.post(keep(client, times, TUESDAY + HOUR), JO)
    assert full.status_code == 422
    assert "more than we take online" in text(full)
    assert Appointment.objects.count() == throttle.VISITS
    # a program that invents addresses is stopped too, and tomorrow is another day
    for number in range(throttle.VISITORS_PER_ADDRESS):
        throttle.wish_to_come(email=f"q{number}@example.test", origin="127.0.0.1", at=clock.at - MINUTE)
    assert "more than we take online" in text(
        client.post(keep(client, times, TUESDAY + HOUR), JO | {"email": "new@example.test"})
    )
    clock.at += DAY
    assert book(client, times, TUESDAY + HOUR + 7 * DAY)


def test_a_try_that_came_too_late_is_not_counted(client, clock, clinic, times):
    details = keep(client, times)
    clock.at += 11 * MINUTE
    by_somebody_else(times)
    counted = Attempt.objects.filter(purpose="visit").count()
    assert client.post(details, JO).status_code == 422
    assert Attempt.objects.filter(purpose="visit").count() == counted


def test_a_service_withdrawn_while_somebody_typed_is_missing(client, clinic, times):
    details = keep(client, times)
    clinic.consultation.ended_at, clinic.consultation.ended_by = diary.AT, clinic.lead
    clinic.consultation.save()
    assert client.get(details).status_code == 404


def test_an_appointment_that_staff_cancelled_shows_so(client, clinic, times):
    private = book(client, times)
    appointment = Appointment.objects.get()
    cancel_appointment(appointment=appointment, sequence=0, reason="Ill", by=clinic.lead, at=diary.AT)
    assert "This appointment is cancelled" in text(client.get(private))
    assert client.get(f"{private}cancel/")["Location"] == private


def test_the_visitor_who_comes_back_is_the_same_one(client, clinic, times):
    book(client, times)
    book(client, times, TUESDAY + 7 * DAY, given_names=" jo ")
    assert Visitor.objects.count() == 1
