"""The audit: one event with each write, nothing can be changed afterwards, and a chain that shows if it was."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from needlework.audit import sealing
from needlework.audit.models import ORGANISATION, Event, Seal
from needlework.audit.queries import Filter, events_in, last_seen, openings_of
from needlework.audit.record import SYSTEM, record, viewed
from needlework.web import guards
from tests.factories import accounts

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def events(count: int = 3) -> list[Event]:
    clinic = accounts.clinic()
    for number in range(count):
        with transaction.atomic():
            record(f"done-{number}", clinic, by=SYSTEM, at=AT, fields=["name"])
    return list(Event.objects.order_by("pk"))


def test_an_event_says_who_what_and_when_but_no_value():
    lead = accounts.member(accounts.Role.LEAD)
    with transaction.atomic():
        record("clinic-renamed", accounts.clinic(), by=lead, at=AT, fields=["name", "address"])
    event = Event.objects.get()
    assert (event.verb, event.actor_kind, event.actor_id, event.at) == ("clinic-renamed", "staff", lead.pk, AT)
    assert (event.subject_kind, event.subject_id) == ("clinic", str(accounts.clinic().pk))
    assert event.fields == ["address", "name"]
    assert event.clinic_id == accounts.clinic().pk


def test_an_event_about_no_clinic_joins_the_organisations_chain():
    with transaction.atomic():
        record("opened", accounts.organisation(), by=SYSTEM, at=AT)
    assert Event.objects.get().clinic_id == ORGANISATION


def test_an_event_falls_with_its_write():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("done", accounts.clinic(), by=SYSTEM, at=AT)
        raise ZeroDivisionError
    assert not Event.objects.exists()


@pytest.mark.parametrize("change", ["UPDATE audit_event SET verb = 'other'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_remove_an_event(change):
    events(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Event.objects.get().verb == "done-0"


@pytest.mark.parametrize("change", ["UPDATE audit_seal SET number = 9", "DELETE FROM audit_seal"])
def test_the_database_refuses_to_change_or_remove_a_seal(change):
    events(1)
    sealing.seal(at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Seal.objects.get().number == 1


def test_an_event_needs_a_verb():
    with pytest.raises(IntegrityError), transaction.atomic():
        record("", accounts.clinic(), by=SYSTEM, at=AT)


def test_only_the_system_acts_without_a_name():
    nobody = accounts.User(pk=None, name="Nobody")
    with pytest.raises(IntegrityError), transaction.atomic():
        record("done", accounts.clinic(), by=nobody, at=AT)


def test_a_seal_number_exists_once_in_a_chain():
    one, two = events(2)
    Seal.objects.create(event=one, clinic_id=one.clinic_id, number=1, digest="a" * 64, sealed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(event=two, clinic_id=two.clinic_id, number=1, digest="b" * 64, sealed_at=AT)


def test_sealing_covers_every_event_once():
    events(3)
    assert sealing.seal(at=AT) == 3
    assert sealing.seal(at=AT) == 0
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_a_chain_that_was_left_alone_verifies():
    events(3)
    sealing.seal(at=AT)
    events_later = accounts.clinic()
    with transaction.atomic():
        record("later", events_later, by=SYSTEM, at=AT)
    sealing.seal(at=AT)
    (chain,) = sealing.verify(at=AT)
    assert (chain.length, chain.broken) == (4, None)
    assert chain.head == Seal.objects.get(number=4).digest


def test_each_clinic_has_its_own_chain():
    for name in ("Linthorpe Road", "Marton"):
        with transaction.atomic():
            record("done", accounts.clinic(name), by=SYSTEM, at=AT)
    sealing.seal(at=AT)
    assert [(chain.length, chain.broken) for chain in sealing.verify(at=AT)] == [(1, None), (1, None)]


TAMPERING = {
    "verb": "UPDATE audit_event SET verb = 'other' WHERE id = %s",
    "time": "UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s",
    "fields": "UPDATE audit_event SET fields = '[]' WHERE id = %s",
    "patient": "UPDATE audit_event SET patient_id = '00000000000000000000000000000001' WHERE id = %s",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_verify_names_the_first_event_that_was_changed_behind_our_back(statement):
    _, second, _ = events(3)
    sealing.seal(at=AT)
    without_guards(statement, [second.pk])
    (chain,) = sealing.verify(at=AT)
    assert chain.broken == sealing.Break(second.clinic_id, 2, f"event {second.pk} is not what was sealed")


def test_verify_names_the_place_where_an_event_was_removed():
    _, second, _ = events(3)
    sealing.seal(at=AT)
    without_guards("DELETE FROM audit_seal WHERE event_id = %s", [second.pk])
    without_guards("DELETE FROM audit_event WHERE id = %s", [second.pk])
    (chain,) = sealing.verify(at=AT)
    assert chain.broken == sealing.Break(second.clinic_id, 2, "its seal is missing")


def test_verify_names_an_event_that_waits_too_long_for_its_seal():
    last = events(2)[-1]
    (chain,) = sealing.verify(at=AT + timedelta(hours=1))
    assert chain.broken is not None
    assert f"event {last.pk} has waited" in chain.broken.what
    assert sealing.verify(at=AT) == []


def without_guards(statement: str, params: list[object]) -> None:
    """Do what somebody with the database's password could do."""
    guards.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
    guards.remake(connection)


def test_the_log_is_narrowed_by_clinic_patient_person_verb_and_time():
    lead = accounts.member(accounts.Role.LEAD)
    patient = uuid4()
    one, two = accounts.clinic(), accounts.clinic("Marton")
    one.audit_patient_id = patient
    viewed(one, by=lead, at=AT)
    with transaction.atomic():
        record("clinic-renamed", two, by=SYSTEM, at=AT + timedelta(days=1))

    def found(**narrowed):
        return [event.verb for event in events_in([one.pk, two.pk], Filter(**narrowed))]

    assert found() == ["clinic-renamed", "viewed"]
    assert found(patient_id=patient) == found(actor_id=lead.pk) == found(verb="viewed") == ["viewed"]
    assert found(since=AT + timedelta(hours=1)) == ["clinic-renamed"]
    assert found(until=AT + timedelta(hours=1)) == ["viewed"]
    assert [event.verb for event in events_in([two.pk], Filter())] == ["clinic-renamed"]
    newest = Event.objects.order_by("-pk")[0]
    assert [event.verb for event in events_in([one.pk, two.pk], Filter(), before=newest.pk)] == ["viewed"]
    assert [event.actor_id for event in openings_of(patient)] == [lead.pk]
    assert last_seen(lead.pk, "clinic", 5) == [str(one.pk)]
