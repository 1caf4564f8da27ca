"""Booking without an account: a time is kept, somebody types, and the time is theirs or the nearest is offered."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from needlework.accounts import throttle
from needlework.accounts.models import Attempt
from needlework.diary import visiting
from needlework.diary.models import Appointment, Hold, Service, State, Visitor
from tests.factories import diary, patients
from tests.visiting import (
    DAY,
    HOUR,
    JO,
    MINUTE,
    TUESDAY,
    book,
    by_somebody_else,
    clinic,
    clock,
    keep,
    press,
    text,
    times,
)

pytestmark = pytest.mark.django_db
__all__ = ["clinic", "clock", "times"]


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


def test_a_price_that_changes_while_somebody_types_is_the_one_they_saw(client, clinic, times):
    details = keep(client, times)
    Service.objects.filter(pk=clinic.consultation.pk).update(price_pence=19500)
    assert "£180" in text(client.get(details))
    shown = text(client.get(client.post(details, JO)["Location"]))
    assert "£180" in shown
    assert "£195" not in shown


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


def test_a_kept_time_opens_in_its_own_browser_alone(client, clinic, times):
    details = keep(client, times)
    for browser, address in ((Client(), details), (client, details[:-4] + "AAA/"), (client, "/book/kept/x/")):
        gone = browser.get(address)
        assert gone.status_code == 410
        assert "Choose a time again" in text(gone)
    client.cookies["visit"] = "tampered"
    assert client.post(details, JO).status_code == 410
    assert not Appointment.objects.exists()


def test_the_answer_never_tells_who_is_known(client, clinic, times):
    known = patients.patient(clinic.clinic, email="known@example.test", given_names="Kim")
    answers = []
    for number, email in enumerate((known.email, "unknown@example.test")):
        browser = Client()
        answer = browser.post(keep(browser, times, TUESDAY + number * HOUR), JO | {"email": email})
        answers.append((answer.status_code, text(browser.get(answer["Location"])).replace(f"{10 + number}:", "")))
    assert answers[0][0] == answers[1][0] == 302
    assert len(answers[0][1]) == len(answers[1][1])


def test_ten_thousand_holds_of_one_address_leave_room_for_others(client, clock, clinic, times):
    for begins in range(30):
        clock.at += timedelta(seconds=1)
        press(Client(), times, TUESDAY + (begins // 6) * DAY + (begins % 6) * HOUR)
    assert Hold.objects.count() <= 20
    clock.at += timedelta(seconds=1)
    assert book(client, times, TUESDAY + 2 * DAY)


def test_a_program_that_keeps_time_after_time_comes_to_its_end(client, clock, clinic, times):
    def kept_in_an_hour(browser, most, *, chosen):
        for number in range(most - chosen):
            who = browser or str(number)
            throttle.wish_to_keep(browser=who, origin="127.0.0.1", at=clock.at)
        return text(press(client, times, TUESDAY + HOUR))

    keep(client, times)
    browser = visiting.key_of(signing.loads(client.cookies["visit"].value, salt=visiting.SALT))
    assert "than we keep" in kept_in_an_hour(browser, throttle.TIMES_KEPT, chosen=1)
    client.cookies.clear()
    assert keep(client, times, TUESDAY + 2 * HOUR)
    assert "than we keep" in kept_in_an_hour("", throttle.TIMES_KEPT_PER_ADDRESS, chosen=throttle.TIMES_KEPT + 1)
    assert Hold.objects.count() == 2
    clock.at += HOUR
    assert keep(client, times, TUESDAY + HOUR)


def test_trying_out_when_somebody_else_comes_is_counted(client, clock, clinic, times):
    book(client, times)
    details = keep(client, times)
    for _ in range(throttle.VISITS - 1):
        assert "another appointment of the same person" in text(client.post(details, JO))
    assert "more than we take online" in text(client.post(details, JO))
    assert Attempt.objects.filter(purpose="visit").count() == throttle.VISITS


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


def test_the_visitor_who_comes_back_is_the_same_one(client, clinic, times):
    book(client, times)
    book(client, times, TUESDAY + 7 * DAY, given_names=" jo ")
    assert Visitor.objects.count() == 1
