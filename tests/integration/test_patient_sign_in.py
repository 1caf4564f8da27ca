"""Patients' sign-in: a link and the birthday, spent once and only by the person's own click."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.messages.models import Message
from needlework.patients import letters, operations, presence
from needlework.patients.models import ContactChoice, FactKind, SignInLink
from needlework.patients.tokens import token_of
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
BIRTHDAY = {"date_of_birth_day": "12", "date_of_birth_month": "6", "date_of_birth_year": "1988"}
WRONG = BIRTHDAY | {"date_of_birth_day": "13"}
EMAIL = "jo@example.test"


@pytest.fixture
def jo():
    return patients.patient(email=EMAIL)


def asked(email=EMAIL):
    Client().post(reverse("me-sign-in"), {"email": email})
    return SignInLink.objects.order_by("valid_from").last()


def address(link):
    return reverse("me-link", args=[token_of(link.pk)])


def signed_in():
    browser = Client()
    browser.post(address(asked()), BIRTHDAY)
    return browser


def test_a_link_and_the_birthday_sign_a_patient_in(jo):
    browser = Client()
    answer = browser.post(address(asked()), BIRTHDAY)
    assert answer.url == reverse("me")
    assert "Jo Ellison" in browser.get(reverse("me")).content.decode()
    assert Event.objects.get(verb="patient-signed-in").actor_id == jo.pk


def test_the_letter_carries_the_link_and_nothing_about_health(jo):
    link = asked("  JO@Example.test ")
    letter = letters.sign_in_link(Message.objects.get(about_id=link.pk))
    assert letter.email == EMAIL
    assert address(link) in letter.text
    assert "Ellison" not in letter.subject + letter.text


def test_only_the_hash_of_a_token_is_kept(jo):
    link = asked()
    assert link.token_hash != token_of(link.pk)


def test_an_unknown_address_gets_the_same_answer_and_no_letter(jo):
    answers = [Client().post(reverse("me-sign-in"), {"email": email}) for email in (EMAIL, "nobody@example.test")]
    assert answers[0].content == answers[1].content
    assert answers[0].status_code == answers[1].status_code == 200
    unknown = SignInLink.objects.get(email="nobody@example.test")
    assert letters.sign_in_link(Message.objects.get(about_id=unknown.pk)) is None


def test_known_and_unknown_addresses_take_the_same_steps(jo, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for email in (EMAIL, "nobody@example.test"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().post(reverse("me-sign-in"), {"email": email})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_opening_the_link_spends_nothing(jo):
    link = asked()
    for _ in range(3):
        page = Client().get(address(link))
    assert page.status_code == 200
    assert "Ellison" not in page.content.decode()
    assert Client().post(address(link), BIRTHDAY).status_code == 302


def test_a_link_works_once(jo):
    link = asked()
    Client().post(address(link), BIRTHDAY)
    assert Client().post(address(link), BIRTHDAY).status_code == 410
    assert letters.sign_in_link(Message.objects.get(about_id=link.pk)) is None


def test_a_link_dies_after_thirty_minutes(jo):
    link = asked()
    SignInLink.objects.update(
        valid_from=timezone.now() - timedelta(minutes=31), valid_until=timezone.now() - timedelta(minutes=1)
    )
    assert Client().get(address(link)).status_code == 410


def test_the_fifth_wrong_birthday_kills_the_link(jo):
    link = asked()
    for _ in range(4):
        answer = Client().post(address(link), WRONG)
        assert answer.status_code == 422
        assert "does not match" in answer.content.decode()
    assert Client().post(address(link), WRONG).status_code == 410
    assert Client().post(address(link), BIRTHDAY).status_code == 410


def test_a_made_up_link_is_dead(jo):
    assert Client().get(reverse("me-link", args=["a" * 64])).status_code == 410


def test_a_link_spent_between_opening_and_sending_is_dead(jo):
    link = asked()
    Client().post(address(link), BIRTHDAY)
    answer = operations.spend_link(link=link, date_of_birth=jo.date_of_birth, at=timezone.now())
    assert answer.dead


def test_the_fourth_wish_for_a_link_in_an_hour_sends_none_and_says_nothing(jo):
    answers = [Client().post(reverse("me-sign-in"), {"email": EMAIL}).content for _ in range(4)]
    assert len(set(answers)) == 1
    assert SignInLink.objects.count() == 3


def test_two_people_with_one_address_and_birthday_say_their_first_name(jo):
    patients.patient(given_names="Sam", email=EMAIL)
    link = asked()
    first = Client().post(address(link), BIRTHDAY)
    assert "Enter your first name too" in first.content.decode()
    wrong = Client().post(address(link), BIRTHDAY | {"first_name": "Alex"})
    assert "does not match" in wrong.content.decode()
    browser = Client()
    browser.post(address(link), BIRTHDAY | {"first_name": "sam"})
    assert "Sam Ellison" in browser.get(reverse("me")).content.decode()
    assert SignInLink.objects.get(pk=link.pk).wrong_tries == 1


def test_two_people_with_one_address_and_other_birthdays_need_no_name(jo):
    patients.patient(given_names="Sam", email=EMAIL, date_of_birth=patients.AT.date())
    assert Client().post(address(asked()), BIRTHDAY).status_code == 302


def test_namesakes_are_asked_to_ring(jo):
    patients.patient(email=EMAIL)
    answer = Client().post(address(asked()), BIRTHDAY | {"first_name": "Jo"})
    assert "Ring the clinic" in answer.content.decode()


def test_two_records_of_one_person_are_one_person(jo):
    other = patients.patient(given_names="Joe", email=EMAIL)
    operations.merge_patients(kept=jo, merged=other, by=patients.lead(), at=patients.AT)
    browser = signed_in()
    assert "Jo Ellison" in browser.get(reverse("me")).content.decode()


@pytest.mark.parametrize("name", ["me", "me-contact", "me-opened"])
def test_without_a_sign_in_patients_pages_ask_for_one(jo, name):
    assert Client().get(reverse(name)).url == reverse("me-sign-in")


def test_thirty_quiet_minutes_end_it(jo, monkeypatch):
    browser = signed_in()
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("needlework.patients.middleware.timezone.now", lambda: later)
    assert browser.get(reverse("me")).url == reverse("me-sign-in")


def test_each_page_renews_the_thirty_minutes(jo, monkeypatch):
    browser, start = signed_in(), timezone.now()
    for minutes in (20, 40, 60):
        monkeypatch.setattr(
            "needlework.patients.middleware.timezone.now", lambda minutes=minutes: start + timedelta(minutes=minutes)
        )
        assert browser.get(reverse("me")).status_code == 200


def test_signing_out_ends_it_for_the_cookie_too(jo):
    browser = signed_in()
    kept = browser.cookies[presence.COOKIE].value
    browser.post(reverse("me-sign-out"))
    browser.cookies[presence.COOKIE] = kept
    assert browser.get(reverse("me")).url == reverse("me-sign-in")
    assert browser.post(reverse("me-sign-out")).url == reverse("me-sign-in")


def test_a_forged_cookie_is_nobodys(jo):
    browser = Client()
    browser.cookies[presence.COOKIE] = "forged"
    assert browser.get(reverse("me")).url == reverse("me-sign-in")


def test_a_patient_opens_no_page_of_staff_and_staff_none_of_a_patient(jo):
    assert reverse("sign-in") in signed_in().get(reverse("patient", args=[jo.pk])).url
    staff = accounts.signed_in_client(patients.lead())
    assert staff.get(reverse("me")).url == reverse("me-sign-in")


def test_a_patient_reads_what_the_clinic_keeps(jo):
    operations.record_fact(patient=jo, kind=FactKind.ALLERGY, text="Latex", by=patients.lead(), at=patients.AT)
    operations.record_none_known(patient=jo, kind=FactKind.MEDICINE, by=patients.lead(), at=patients.AT)
    page = signed_in().get(reverse("me")).content.decode()
    for words in ("Latex", "None known", "Not asked yet"):
        assert words in page


def test_a_patient_sees_who_opened_the_record_and_in_which_role(jo):
    desk = accounts.member(Role.FRONT_DESK, name="Ben Ward")
    accounts.signed_in_client(desk).get(reverse("patient", args=[jo.pk]))
    page = signed_in().get(reverse("me-opened")).content.decode()
    assert "Ben Ward" in page
    assert "Front desk" in page


def test_nobody_having_opened_it_is_said(jo):
    assert "Nobody yet" in signed_in().get(reverse("me-opened")).content.decode()


def test_a_patient_chooses_how_they_are_reached(jo):
    browser = signed_in()
    browser.post(reverse("me-contact"), {"version": "0", "care": ["email"], "marketing": ["email", "sms"]})
    marketing = ContactChoice.objects.get(channel="sms", purpose="marketing")
    assert (marketing.allowed, marketing.by_patient, marketing.recorded_by) == (True, True, None)
    assert Event.objects.filter(verb="contact-choices-recorded", actor_kind="patient", actor_id=jo.pk).exists()


def test_a_stale_tab_of_a_patient_changes_nothing(jo):
    browser = signed_in()
    browser.post(reverse("me-contact"), {"version": "0", "care": ["email"]})
    before = ContactChoice.objects.count()
    answer = browser.post(reverse("me-contact"), {"version": "0", "care": [], "marketing": ["post"]})
    assert answer.status_code == 422
    assert ContactChoice.objects.count() == before
