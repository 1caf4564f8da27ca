"""The day: what needs somebody first, what runs out, who may treat, the patients at hand, as far as roles reach."""

from datetime import timedelta

import pytest

from needlework.accounts.models import CredentialKind, LicenceKind, Role
from needlework.accounts.operations import record_clinic_licence, record_credential
from needlework.audit.record import SYSTEM, viewed
from needlework.front.queries.day import day
from needlework.messages.models import State
from needlework.patients.operations import break_glass
from tests.factories import accounts, messages
from tests.factories import patients as people

AT = accounts.AT
TODAY = AT.date()
pytestmark = pytest.mark.django_db


def dana(**ends):
    """A practitioner whose registration and insurance end in so many days."""
    somebody = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    for kind, days in ends.items():
        record_credential(
            user=somebody,
            kind=CredentialKind(kind),
            body="Nursing and Midwifery Council",
            number="15C0921E",
            valid_from=TODAY - timedelta(days=400),
            valid_until=TODAY + timedelta(days=days),
            by=SYSTEM,
            at=AT - timedelta(days=399),
        )
    return somebody


def test_what_runs_out_within_a_month_stands_under_soon():
    somebody = dana(registration=200, insurance=9)
    found = day(somebody, at=AT)
    assert [notice.heading for notice in found.soon] == ["Dana Reid’s insurance ends in 9 days."]
    assert found.first == []
    assert [bool(standing.decision) for standing in found.standings] == [True]


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (30, "in 30 days")])
def test_the_last_days_are_said_in_words(days, words):
    found = day(dana(registration=200, insurance=days), at=AT)
    assert found.soon[0].heading == f"Dana Reid’s insurance ends {words}."


def test_what_ends_later_is_not_shown():
    assert day(dana(registration=200, insurance=31), at=AT).soon == []


def test_what_has_ended_comes_first_and_nobody_may_treat_with_it():
    found = day(dana(registration=200, insurance=-3), at=AT)
    assert found.first[0].heading == "Dana Reid’s insurance ended on 19 Nov 2026"
    assert "insurance ended on 19 November 2026" in found.standings[0].decision.refusal


def test_a_renewed_document_no_longer_warns():
    somebody = dana(registration=200, insurance=9)
    record_credential(
        user=somebody,
        kind=CredentialKind.INSURANCE,
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=374),
        by=SYSTEM,
        at=AT,
    )
    assert day(somebody, at=AT).soon == []


def test_a_clinics_licence_is_watched_too():
    record_clinic_licence(
        clinic=accounts.clinic(),
        kind=LicenceKind.COUNCIL,
        number="MBC/1",
        valid_from=TODAY - timedelta(days=300),
        valid_until=TODAY + timedelta(days=5),
        by=SYSTEM,
        at=AT,
    )
    found = day(dana(), at=AT)
    assert [n.heading for n in found.soon] == ["Linthorpe Road’s council registration or licence ends in 5 days."]


def test_a_lead_sees_broken_glass_first_and_others_do_not():
    jo = people.patient()
    tomasz = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Marton"), name="Tomasz Wolny")
    break_glass(patient=jo, reason="She rang with a question about her skin", by=tomasz, at=AT)
    assert day(people.lead(), at=AT).first[0].heading == "Tomasz Wolny opened Jo Ellison"
    assert day(dana(), at=AT).first == []


def test_messages_that_were_not_sent_need_somebody_who_sees_the_outbox():
    with messages.kind():
        for key in ("one", "two"):
            stuck = messages.queue(key=key, clinic_id=accounts.clinic().pk)
            type(stuck).objects.filter(pk=stuck.pk).update(
                state=State.FAILED, reason="refused", settled_at=AT, settled_by_kind="system"
            )
    desk = accounts.member(Role.FRONT_DESK, name="Beth Sayer")
    assert day(desk, at=AT).first[0].heading == "2 messages were not sent"
    assert day(dana(), at=AT).first == []
    assert day(dana_elsewhere(), at=AT).first == []


def dana_elsewhere():
    return accounts.member(Role.FRONT_DESK, at=accounts.clinic("Marton"), name="Mina Marton")


def test_the_patients_opened_last_and_the_new_ones_are_at_hand():
    jo, sam = people.patient(), people.patient(given_names="Sam", family_name="Okoro")
    somebody = dana()
    for patient in (jo, sam, jo):
        viewed(patient, by=somebody, at=AT)
    found = day(somebody, at=AT)
    assert found.lately == [jo, sam]
    assert set(found.new) == {jo, sam}
    assert day(somebody, at=AT + timedelta(days=8)).new == []
    assert day(dana_elsewhere(), at=AT).new == []


def test_a_patient_opened_in_need_is_at_hand_only_while_the_glass_is_broken():
    jo = people.patient()
    tomasz = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Marton"), name="Tomasz Wolny")
    break_glass(patient=jo, reason="She rang with a question about her skin", by=tomasz, at=AT)
    viewed(jo, by=tomasz, at=AT)
    assert day(tomasz, at=AT + timedelta(hours=1)).lately == [jo]
    assert day(tomasz, at=AT + timedelta(hours=5)).lately == []


def test_an_auditor_sees_no_patient():
    people.patient()
    auditor = accounts.member(Role.AUDITOR, name="Ravi Menon")
    found = day(auditor, at=AT)
    assert (found.lately, found.new, found.post) == ([], [], None)


@pytest.mark.parametrize("role", Role)
def test_the_page_asks_the_database_at_most_sixteen_times(role, django_assert_max_num_queries):
    somebody = accounts.member(role)
    dana(registration=200, insurance=9)
    for number in range(6):
        viewed(people.patient(given_names=f"Jo {number}"), by=somebody, at=AT)
    client = accounts.signed_in_client(somebody)
    with django_assert_max_num_queries(16):
        answer = client.get("/today/")
    assert answer.status_code == 200
