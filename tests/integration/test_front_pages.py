"""The outbox and the access log as pages, and the demo's ways in."""

from datetime import timedelta

import pytest
from django.test import Client

from needlework.accounts.models import Role
from needlework.audit.record import viewed
from needlework.diary.models import Visitor
from needlework.messages.models import Attempt, Message, State
from tests.factories import accounts, messages
from tests.factories import patients as people

AT = accounts.AT
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return accounts.signed_in_client(accounts.member(Role.FRONT_DESK, name="Beth Sayer"))


@pytest.fixture
def lead() -> Client:
    return accounts.signed_in_client(people.lead())


def failed(**changed) -> Message:
    message = messages.queue(clinic_id=accounts.clinic().pk, **changed)
    end = {"state": State.FAILED, "reason": "refused", "settled_at": AT, "settled_by_kind": "system"}
    Message.objects.filter(pk=message.pk).update(**end)
    return message


def test_the_outbox_lists_what_needs_a_person_first(desk):
    with messages.kind():
        messages.queue("fine", clinic_id=accounts.clinic().pk)
        failed(key="stuck")
        page = desk.get("/outbox/").content.decode()
    assert page.index("Not sent") < page.index("Waiting")


def test_messages_of_another_clinic_are_missing(desk):
    with messages.kind():
        foreign = messages.queue(clinic_id=accounts.clinic("Marton").pk)
    assert str(foreign.pk) not in desk.get("/outbox/").content.decode()
    assert desk.get(f"/outbox/{foreign.pk}/").status_code == 404
    assert desk.post(f"/outbox/{foreign.pk}/send-again/").status_code == 404


def test_what_was_sent_to_staff_is_seen_by_those_who_lead_them(desk, lead):
    dana = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    mina = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Marton"), name="Mina Marton")
    with messages.kind():
        for somebody in (dana, mina):
            messages.queue(somebody.name, to_kind="staff", to_id=somebody.pk, clinic_id=None)
    page = lead.get("/outbox/").content.decode()
    assert "Dana Reid" in page
    assert "Mina Marton" not in page
    assert "Dana Reid" not in desk.get("/outbox/").content.decode()


def test_a_personal_link_in_a_copy_is_masked_for_staff(desk):
    with messages.kind():
        message = messages.queue(clinic_id=accounts.clinic().pk)
    Attempt.objects.create(
        message=message, number=1, channel="email", provider="mail", key="k", honours_keys=False, started_at=AT,
        copy={
            "to": "jo@example.test", "subject": "Sign in", "text": "Open https://clinic.test/me/link/secret/ today",
            "attachments": [{"name": "appointment.ics", "media_type": "text/calendar", "content": "c2VjcmV0"}],
        },
    )  # fmt: skip
    page = desk.get(f"/outbox/{message.pk}/").content.decode()
    assert "secret" not in page
    assert "shown only to its receiver" in page
    assert "today" in page
    assert "appointment.ics" in page
    assert "c2VjcmV0" not in page


def test_a_visitor_is_named_to_those_who_see_the_diary_they_stand_in(desk):
    details = {"given_names": "Noor", "family_name": "Aziz", "email": "noor@example.test", "phone": ""}
    here, there = (
        Visitor.objects.create(clinic=accounts.clinic(name), person_key=name, details=details, recorded_at=AT)
        for name in ("Linthorpe Road", "Marton")
    )
    with messages.kind():
        for visitor in (here, there):
            messages.queue(str(visitor.pk), to_kind="visitor", to_id=visitor.pk, clinic_id=accounts.clinic().pk)
    page = desk.get("/outbox/").content.decode()
    assert page.count("Noor Aziz") == 1
    assert page.count("A patient") == 1


def test_a_failed_message_is_sent_again_or_set_aside_once(desk):
    with messages.kind():
        message = failed()
        again = desk.post(f"/outbox/{message.pk}/send-again/", follow=True)
        assert "sent again" in again.content.decode()
        twice = desk.post(f"/outbox/{message.pk}/set-aside/", follow=True)
        assert "Nothing was changed" in twice.content.decode()
        other = failed(key="other")
        assert "seen to it" in desk.post(f"/outbox/{other.pk}/set-aside/", follow=True).content.decode()
    assert Message.objects.get(pk=other.pk).state == State.NOT_NEEDED


def test_a_practitioner_is_told_who_sees_the_outbox():
    client = accounts.signed_in_client(accounts.member(Role.PRACTITIONER))
    answer = client.get("/outbox/")
    assert answer.status_code == 403
    assert "Ask a lead of your clinic" in answer.content.decode()


def test_the_log_names_the_patient_only_to_those_who_may_see_them(lead):
    jo = people.patient()
    viewed(jo, by=people.lead(), at=AT)
    auditor = accounts.signed_in_client(accounts.member(Role.AUDITOR, name="Ravi Menon"))
    assert "Jo Ellison" in lead.get("/access-log/").content.decode()
    page = auditor.get("/access-log/").content.decode()
    assert "Opened" in page
    assert "Jo Ellison" not in page


def test_the_log_of_another_clinic_stays_closed():
    viewed(people.patient(), by=people.lead(), at=AT)
    elsewhere = accounts.member(Role.AUDITOR, at=accounts.clinic("Marton"), name="Mina Marton")
    page = accounts.signed_in_client(elsewhere).get("/access-log/").content.decode()
    assert "Opened" not in page


def test_the_log_is_narrowed_to_a_person_and_to_days(lead):
    jo = people.patient()
    dana = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    viewed(jo, by=dana, at=AT)
    viewed(jo, by=people.lead(), at=AT - timedelta(days=3))

    def opened(**asked):
        answer = lead.get("/access-log/", asked)
        return answer.content.decode().count("Opened")

    days = {"since_day": "21", "since_month": "11", "since_year": "2026"}
    assert opened() == 2
    assert opened(person=str(dana.pk)) == 1
    assert opened(person="", **days) == 1
    refused = lead.get("/access-log/", {"person": "", **days, "since_month": "13"})
    assert "month" in refused.content.decode()


def test_older_entries_follow_page_by_page_and_stay_narrowed(lead):
    jo = people.patient()
    dana = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    for minute in range(60):
        viewed(jo, by=dana, at=AT + timedelta(minutes=minute))
    first = lead.get("/access-log/", {"person": str(dana.pk)})
    older = first.context["log"].older
    assert f"before={older}" in first.content.decode()
    second = lead.get("/access-log/", {"person": str(dana.pk), "before": older})
    assert len(second.context["log"].entries) == 10
    assert {entry.who for entry in second.context["log"].entries} == {"Dana Reid"}


def test_the_first_address_sends_staff_to_their_day_and_shows_others_the_ways_in(lead):
    assert lead.get("/").headers["Location"] == "/today/"
    page = Client().get("/").content.decode()
    assert "I am a patient" in page
    assert "I work here" in page


def test_the_ways_into_a_demo_do_not_exist_elsewhere():
    accounts.organisation()
    assert Client().get("/demo/anything/").status_code == 404
