"""A patient's own appointments: seen, booked, moved, cancelled, waited for; nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.diary import operations
from needlework.diary.minutes import minute_of
from needlework.diary.models import Appointment, Hold, OfferOutcome, OnlineBlock, State, WaitingEntry, WaitingOffer
from needlework.diary.tokens import token_of
from tests.factories import accounts, diary, patients
from tests.integration.authorisation.cast import signed_in_patient
from tests.visiting import DAY, HOUR, MINUTE, TUESDAY, clinic, clock, problem, text

__all__ = ["clinic", "clock"]
pytestmark = pytest.mark.django_db
LIST = "/me/appointments/"


@pytest.fixture
def jo(clinic):
    """The clinic's patient, signed in."""
    return signed_in(clinic)


def signed_in(clinic):
    """A browser in which the clinic's patient has signed in by the link to their address."""
    clinic.patient.email = "jo@example.test"
    clinic.patient.save()
    return signed_in_patient(clinic.patient)


@pytest.fixture
def times(clinic):
    return reverse("me-book-times", args=[clinic.consultation.pk])


def booked(clinic, begins=TUESDAY, patient=None, at=diary.AT):
    return operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=begins,
        practitioner=clinic.amira,
        patient=patient or clinic.patient,
        by=clinic.lead,
        at=at,
    )


def keep(jo, times, begins=TUESDAY):
    answer = jo.post(times, {"begins": minute_of(begins)})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def test_a_patient_books_without_typing_who_they_are(clinic, jo, times):
    assert "Consultation" in text(jo.get("/me/appointments/new/"))
    assert "When would you like to come?" in text(jo.get(times))
    kept = keep(jo, times)
    assert Hold.objects.get().patient == clinic.patient
    assert "We are keeping this time for you until 09:10" in text(jo.get(kept))
    first, second = (jo.post(kept, {"note": "By bus"}) for _ in range(2))
    assert first["Location"] == second["Location"] == LIST
    appointment = Appointment.objects.get()
    assert (appointment.patient, appointment.begins, appointment.booked_by_kind) == (clinic.patient, TUESDAY, "patient")


def test_coming_stands_before_what_was_each_in_words(clock, clinic, jo):
    came = booked(clinic, TUESDAY)
    booked(clinic, TUESDAY + 2 * DAY)
    clock.at = TUESDAY + 30 * MINUTE
    operations.mark_attended(appointment=came, sequence=0, by=clinic.lead, at=clock.at)
    clock.at = TUESDAY + DAY
    page = text(signed_in(clinic).get(LIST))
    assert page.index("Thursday 26 November 2026, 10:00") < page.index("Before") < page.index("You came")


def test_an_empty_list_says_what_will_stand_there(jo):
    assert "Nothing is coming" in text(jo.get(LIST))


def test_a_patient_moves_and_cancels_inside_the_policy(clinic, jo):
    appointment = booked(clinic)
    moving, cancelling = (reverse(name, args=[appointment.pk]) for name in ("me-move", "me-cancel"))
    assert jo.post(moving, {"begins": minute_of(TUESDAY + HOUR), "sequence": 0})["Location"] == LIST
    assert jo.post(cancelling, {"sequence": 1})["Location"] == LIST
    appointment.refresh_from_db()
    assert (appointment.begins, appointment.state) == (TUESDAY + HOUR, State.CANCELLED)
    assert "Cancelled" in text(jo.get(LIST))


def test_too_late_they_are_asked_to_get_in_touch(clock, clinic):
    appointment = booked(clinic)
    clock.at = TUESDAY - 20 * HOUR
    jo = signed_in(clinic)
    assert f"Get in touch with {clinic.clinic}" in text(jo.get(LIST))
    clinic.clinic.email = "desk@example.test"
    clinic.clinic.save()
    assert "Write to desk@example.test" in text(jo.get(reverse("me-cancel", args=[appointment.pk])))
    assert jo.post(reverse("me-cancel", args=[appointment.pk]), {"sequence": 0}).status_code == 200
    assert Appointment.objects.get().state == State.BOOKED


def test_nobody_reaches_anothers_appointment(clinic, jo):
    kim = patients.patient(clinic.clinic, given_names="Kim", email="kim@example.test")
    theirs = booked(clinic, patient=kim)
    for name in ("me-move", "me-cancel", "me-wait-earlier"):
        assert jo.post(reverse(name, args=[theirs.pk]), {"sequence": 0}).status_code == 404
    assert "Consultation" not in text(jo.get(LIST))
    # nor a time that is kept for somebody else
    kept = keep(signed_in_patient(kim), reverse("me-book-times", args=[clinic.consultation.pk]), TUESDAY + DAY)
    assert jo.get(kept).status_code == 410


def test_a_blocked_patient_is_told_what_to_do(clinic, jo, times):
    OnlineBlock.objects.create(patient=clinic.patient, reason="Owes us", recorded_at=diary.AT, recorded_by=clinic.lead)
    assert "You cannot book online. Call the clinic." in text(jo.get(times))
    assert "Call the clinic" in problem(jo.post(times, {"begins": minute_of(TUESDAY)}))
    assert not Hold.objects.exists()


def test_a_treatment_opens_after_a_consultation(clock, clinic):
    clinic.treatment.consultation_first = True
    clinic.treatment.save()
    treatment = reverse("me-book-times", args=[clinic.treatment.pk])
    jo = signed_in(clinic)
    begin = jo.get(treatment)
    assert "This treatment starts with a consultation" in text(begin)
    assert reverse("me-book-times", args=[clinic.consultation.pk]) in begin.content.decode()
    assert "Starts with a consultation" in text(jo.get(reverse("me-book")))
    consultation = booked(clinic)
    clock.at = TUESDAY + HOUR
    operations.mark_attended(appointment=consultation, sequence=0, by=clinic.lead, at=clock.at)
    jo = signed_in(clinic)
    assert "Tuesday 24 November UK time (GMT)" in text(jo.get(treatment))
    assert "Starts with a consultation" not in text(jo.get(reverse("me-book")))


def test_another_clinics_service_leads_back_to_ones_own(clinic, jo):
    other = diary.clinic_with_diary("Marton", suffix=" of Marton")
    answer = jo.get(reverse("me-book-times", args=[other.consultation.pk]), follow=True)
    assert "is at Marton" in text(answer)
    assert jo.get(reverse("me-wait", args=[other.consultation.pk])).status_code == 404


def test_a_time_taken_meanwhile_offers_the_nearest(clock, clinic, times):
    clinic.consultation.performers.remove(clinic.ben)
    jo = signed_in(clinic)
    kept = keep(jo, times)
    clock.at += 11 * MINUTE
    booked(clinic, patient=patients.patient(clinic.clinic, given_names="Kim"), at=clock.at)
    lost = jo.post(kept, {"note": "By bus"})
    assert "The nearest other times" in text(lost)
    assert "By bus" in text(lost)
    assert jo.post(kept, {"begins": minute_of(TUESDAY + HOUR), "note": ""})["Location"] == LIST
    assert Appointment.objects.filter(patient=clinic.patient, begins=TUESDAY + HOUR).count() == 1


def test_one_cannot_be_in_two_places(clinic, jo, times):
    kept = keep(jo, times)
    booked(clinic, TUESDAY + DAY)
    twice = jo.post(times, {"begins": minute_of(TUESDAY + DAY)})
    assert "another appointment at this time" in problem(twice)
    Hold.objects.all().delete()
    booked(clinic)
    lost = jo.post(kept, {"note": ""})
    assert lost.status_code == 422


def test_waiting_for_an_earlier_time_and_leaving(clinic, jo):
    appointment = booked(clinic)
    for _ in range(2):
        assert jo.post(reverse("me-wait-earlier", args=[appointment.pk]))["Location"] == LIST
    entry = WaitingEntry.objects.get()
    assert (entry.instead_of, entry.patient) == (appointment, clinic.patient)
    assert "Stop waiting for an earlier time" in text(jo.get(LIST))
    jo.post(reverse("me-leave-waiting", args=[entry.pk]))
    assert "Ask me if an earlier time comes free" in text(jo.get(LIST))
    assert jo.post(reverse("me-leave-waiting", args=[entry.pk])).status_code == 404


def test_waiting_for_any_time(clinic, jo):
    address = reverse("me-wait", args=[clinic.consultation.pk])
    assert "Join the waiting list" in text(jo.get(address))
    sent = {"id": uuid4(), "weeks": 4, "weekdays": ["1", "3"]}
    first, second = jo.post(address, sent), jo.post(address, sent)
    assert first["Location"] == second["Location"] == LIST
    entry = WaitingEntry.objects.get()
    assert (entry.weekdays, entry.last_day - entry.first_day) == ([1, 3], timedelta(weeks=4))
    assert "Leave the waiting list" in text(jo.get(LIST))
    # joining twice, and for an earlier time of the same service, is said to be so
    assert "already" in problem(jo.post(address, sent | {"id": uuid4()}))
    appointment = booked(clinic)
    assert "already" in text(jo.post(reverse("me-wait-earlier", args=[appointment.pk]), follow=True))


@pytest.fixture
def visitor_waits(client, clinic):
    """The address at which visitors join, and what somebody types."""
    typed = {"given_names": "Kim", "family_name": "Lee", "email": "kim@example.test", "weeks": 4}
    return reverse("book-wait", args=[clinic.consultation.pk]), typed


def test_a_visitor_joins_the_list_once_and_is_never_told_of_others(client, clinic, visitor_waits):
    address, typed = visitor_waits
    assert "Join the waiting list" in text(client.get(address))
    answers = [client.post(address, typed | {"id": uuid4()}, follow=True) for _ in range(2)]
    assert all("You are on the waiting list" in text(answer) for answer in answers)
    assert WaitingEntry.objects.get().visitor.name == "Kim Lee"
    assert client.post(address, typed | {"id": uuid4(), "weeks": "9"}).status_code == 422
    for _ in range(10):
        last = client.post(address, typed | {"id": uuid4()})
    assert "more than we take online" in problem(last)


@pytest.fixture
def offer(client, clinic, visitor_waits):
    """A freed time, offered to a visitor who waits for it."""
    address, typed = visitor_waits
    client.post(address, typed | {"id": uuid4()})
    (made,) = operations.offer_freed(clinic=clinic.clinic, begins=TUESDAY, ends=TUESDAY + HOUR, at=diary.AT)
    return made


@pytest.fixture
def link(offer):
    return reverse("waiting-offer", args=[token_of("waiting-offer", offer.pk)])


def test_an_offer_is_taken_once_by_its_link(client, offer, link):
    assert "Tuesday 24 November, 10:00 came free" in text(client.get(link))
    first, second = (client.post(link, {"answer": "take"}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "Tuesday 24 November, 10:00" in text(client.get(first["Location"]))
    assert "This time is yours" in text(client.get(link))
    assert "has the link with which you move or cancel it" in text(client.get(link))
    late = client.post(link, {"answer": "decline"})
    assert late.status_code == 422
    assert Appointment.objects.count() == 1


def test_an_offer_is_declined_or_runs_out(client, clock, offer, link):
    assert client.post(link, {"answer": "perhaps"}).status_code == 200
    assert client.post(link, {"answer": "decline"})["Location"] == link
    assert "no longer kept for you. You keep your place" in text(client.get(link))
    assert WaitingOffer.objects.get().outcome == OfferOutcome.DECLINED
    assert client.post(link, {"answer": "take"}).status_code == 422
    assert not Appointment.objects.exists()


def test_an_offer_stands_on_the_patients_list(clinic, jo):
    jo.post(reverse("me-wait", args=[clinic.consultation.pk]), {"id": uuid4(), "weeks": 4})
    operations.offer_freed(clinic=clinic.clinic, begins=TUESDAY, ends=TUESDAY + HOUR, at=diary.AT)
    assert "Tuesday 24 November, 10:00 came free" in text(jo.get(LIST))


def test_the_list_asks_the_database_little_however_much_there_was(clinic, jo, django_assert_max_num_queries):
    for number in range(6):
        booked(clinic, datetime(2026, 11, 24, 10, 0, tzinfo=UTC) + number * DAY * 7)
    with django_assert_max_num_queries(14):
        jo.get(LIST)


def test_the_tab_stands_on_every_page_of_the_patient(jo, clinic):
    assert "Appointments" in text(jo.get("/me/"))
    assert accounts.clinic() == clinic.clinic
