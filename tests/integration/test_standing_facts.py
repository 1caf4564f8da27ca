"""Standing facts: written down, ended, marked as mistakes, and read only by those who may."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.patients import operations
from needlework.patients.models import FactKind, StandingFact
from needlework.patients.problems import NotDoneError, StaleError
from needlework.patients.queries import facts
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
LATER = patients.AT + timedelta(hours=1)


def record(patient, kind=FactKind.ALLERGY, text="Lidocaine", **more):
    return operations.record_fact(patient=patient, kind=kind, text=text, by=patients.lead(), at=patients.AT, **more)


def none_known(patient, kind=FactKind.ALLERGY):
    return operations.record_none_known(patient=patient, kind=kind, by=patients.lead(), at=patients.AT)


def section(patient, kind=FactKind.ALLERGY):
    return facts.standing(patients.lead(), patient, LATER).section(kind)


def test_nothing_recorded_means_not_asked():
    found = section(patients.patient())
    assert (found.known, found.none_known) == ([], False)


def test_none_known_is_an_answer():
    patient = patients.patient()
    none_known(patient)
    assert section(patient).none_known


def test_none_known_twice_is_one_answer():
    patient = patients.patient()
    assert none_known(patient) == none_known(patient)


def test_a_first_fact_ends_none_known():
    patient = patients.patient()
    absence = none_known(patient)
    record(patient)
    absence.refresh_from_db()
    assert absence.ended_at
    assert [fact.text for fact in section(patient).known] == ["Lidocaine"]
    assert not section(patient).none_known


def test_none_known_waits_until_the_facts_are_ended():
    patient = patients.patient()
    record(patient)
    with pytest.raises(NotDoneError, match="End them first"):
        none_known(patient)


def test_a_fact_posted_twice_is_one_fact():
    patient, one = patients.patient(), uuid4()
    assert record(patient, fact_id=one) == record(patient, fact_id=one)
    assert Event.objects.filter(verb="fact-recorded").count() == 1


def test_the_text_is_sealed_in_the_database():
    from django.db import connection

    record(patients.patient())
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM patients_standingfact")
        (sealed,) = cursor.fetchone()
    assert b"Lidocaine" not in bytes(sealed)


def test_an_ended_fact_stays_in_the_past():
    patient = patients.patient()
    fact = record(patient)
    operations.end_fact(fact=fact, by=patients.lead(), at=LATER)
    assert section(patient).known == []
    assert facts.past(patients.lead(), patient, LATER) == [fact]


def test_a_mistake_stays_in_the_past_marked():
    patient = patients.patient()
    operations.mark_fact_entered_in_error(fact=record(patient), by=patients.lead(), at=LATER)
    (past,) = facts.past(patients.lead(), patient, LATER)
    assert past.entered_in_error_by == patients.lead()
    assert section(patient).known == []


def test_ending_twice_says_that_somebody_was_first():
    fact = record(patients.patient())
    operations.end_fact(fact=fact, by=patients.lead(), at=LATER)
    with pytest.raises(StaleError):
        operations.end_fact(fact=fact, by=patients.lead(), at=LATER)


def test_photo_id_names_who_saw_it_and_when():
    seen = record(patients.patient(), FactKind.PHOTO_ID, "UK passport", performed_on=date(2026, 11, 20))
    assert (seen.performed_on, seen.performed_by) == (date(2026, 11, 20), patients.lead())


def test_the_front_desk_neither_reads_nor_writes_clinical_facts():
    patient = patients.patient()
    fact = record(patient)
    desk = accounts.member(Role.FRONT_DESK, name="Ben Ward")
    found = facts.standing(desk, patient, LATER)
    assert found.section(FactKind.ALLERGY) is None
    assert found.safety_note
    with pytest.raises(Refused):
        operations.record_fact(patient=patient, kind=FactKind.ALLERGY, text="Latex", by=desk, at=LATER)
    with pytest.raises(Refused):
        operations.end_fact(fact=fact, by=desk, at=LATER)
    with pytest.raises(Http404):
        facts.fact_for(desk, patient.pk, fact.pk, LATER)
    assert facts.past(desk, patient, LATER) == []


def test_the_front_desk_writes_the_other_facts():
    desk = accounts.member(Role.FRONT_DESK, name="Ben Ward")
    patient = patients.patient()
    fact = operations.record_fact(
        patient=patient, kind=FactKind.CHAPERONE, text="A woman in the room", by=desk, at=LATER
    )
    assert facts.standing(desk, patient, LATER).section(FactKind.CHAPERONE).known == [fact]
    assert not facts.standing(desk, patient, LATER).safety_note


def test_none_known_is_no_safety_note():
    patient = patients.patient()
    none_known(patient)
    desk = accounts.member(Role.FRONT_DESK, name="Ben Ward")
    assert not facts.standing(desk, patient, LATER).safety_note


def test_an_unknown_kind_is_missing():
    with pytest.raises(Http404):
        facts.kind_named("horoscope")


@pytest.mark.parametrize(
    ("known", "absent", "tone"),
    [
        ([], [], "wait"),
        ([FactKind.MEDICINE], [], "stop"),
        ([], [FactKind.ALLERGY, FactKind.MEDICINE], "wait"),
        ([], [FactKind.ALLERGY, FactKind.MEDICINE, FactKind.CONDITION], "ok"),
    ],
)
def test_the_banner_is_as_loud_as_what_is_known(known, absent, tone):
    patient = patients.patient()
    for kind in known:
        record(patient, kind)
    for kind in absent:
        none_known(patient, kind)
    assert facts.standing(patients.lead(), patient, LATER).tone == tone
    assert StandingFact.objects.count() == len(known) + len(absent)
