"""Two records of one person: merged, found by either, and taken apart exactly as they were."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.patients import operations, queries
from needlework.patients.models import FactKind, MergeRecord, Patient
from needlework.patients.problems import NotDoneError, StaleError
from needlework.patients.queries import facts, merging
from needlework.patients.queries.finding import find
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
AT = patients.AT


def merge(kept, merged, by=None):
    return operations.merge_patients(kept=kept, merged=merged, by=by or patients.lead(), at=AT)


def undo(record):
    return operations.undo_merge(merge=record, by=patients.lead(), at=AT + timedelta(hours=1))


def rows():
    return list(Patient.objects.order_by("id").values_list("pk", "family_name", "version", "search", "merged_into"))


def test_a_merged_record_opens_the_kept_one():
    kept, merged = patients.patient(), patients.patient(given_names="Joe", family_name="Elison")
    merge(kept, merged)
    assert queries.patient_for(patients.lead(), merged.pk) == kept
    assert queries.same_person(kept) == [kept.pk, merged.pk]


def test_the_person_is_found_by_either_name():
    kept, merged = patients.patient(), patients.patient(given_names="Joe", family_name="Elison")
    merge(kept, merged)
    assert [p.pk for p in find(patients.lead(), "ellison").patients] == [kept.pk]
    assert [p.merged_into_id for p in find(patients.lead(), "elison").patients] == [kept.pk]


def test_facts_of_both_stand_on_one_page():
    kept, merged = patients.patient(), patients.patient(given_names="Joe")
    operations.record_fact(patient=merged, kind=FactKind.ALLERGY, text="Latex", by=patients.lead(), at=AT)
    merge(kept, merged)
    found = facts.standing(patients.lead(), kept, AT).section(FactKind.ALLERGY)
    assert [fact.text for fact in found.known] == ["Latex"]


def test_undoing_restores_both_exactly():
    kept, merged = patients.patient(), patients.patient(given_names="Joe")
    before = rows()
    undo(merge(kept, merged))
    assert rows() == before


def test_a_chain_of_merges_points_straight_at_the_last_and_comes_apart_again():
    first, second, third = (patients.patient(family_name=name) for name in ("Adams", "Baker", "Clark"))
    before = rows()
    one = merge(second, first)
    middle = rows()
    two = merge(third, second)
    assert queries.patient_for(patients.lead(), first.pk) == third
    undo(two)
    assert rows() == middle
    undo(one)
    assert rows() == before


def test_an_inner_merge_can_be_undone_while_the_outer_stands():
    first, second, third = (patients.patient(family_name=name) for name in ("Adams", "Baker", "Clark"))
    one = merge(second, first)
    merge(third, second)
    undo(one)
    assert queries.patient_for(patients.lead(), first.pk) == first
    assert queries.patient_for(patients.lead(), second.pk) == third


def test_merging_twice_is_one_merge():
    kept, merged = patients.patient(), patients.patient()
    assert merge(kept, merged) == merge(kept, merged)
    assert MergeRecord.objects.count() == 1


def test_a_record_is_not_merged_with_itself():
    patient = patients.patient()
    with pytest.raises(NotDoneError, match="this is the same one"):
        merge(patient, patient)


def test_a_record_that_was_merged_elsewhere_meanwhile_is_left_alone():
    one, two, three = patients.patient(), patients.patient(), patients.patient()
    merge(one, two)
    with pytest.raises(StaleError):
        merge(three, two)


def test_undoing_twice_says_that_somebody_was_first():
    record = merge(patients.patient(), patients.patient())
    undo(record)
    with pytest.raises(StaleError):
        undo(record)


def test_both_clinics_go_on_seeing_the_person():
    here, there = accounts.clinic("Linthorpe Road"), accounts.clinic("Marton")
    kept, merged = patients.patient(clinic=here), patients.patient(clinic=there)
    both = patients.lead(here)
    both.memberships.create(clinic=there, role=Role.LEAD, started_at=AT)
    merge(kept, merged, by=both)
    for clinic in (here, there):
        reader = accounts.member(Role.FRONT_DESK, at=clinic, name=f"Desk of {clinic}")
        assert queries.patient_for(reader, kept.pk) == kept
        assert queries.patient_for(reader, merged.pk) == kept


def test_merging_needs_both_clinics():
    kept, merged = patients.patient(), patients.patient(clinic=accounts.clinic("Marton"))
    with pytest.raises(Refused):
        merge(kept, merged)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"given_names": "Joe", "family_name": "Elison"}, "same birthday and a similar name"),
        ({"given_names": "Sam", "family_name": "Okoro", "phone": "+447700900123"}, "same phone"),
        ({"given_names": "Sam", "family_name": "Okoro", "email": "JO@example.test"}, "same e-mail"),
    ],
)
def test_likely_duplicates_are_named_with_the_reason(fields, reason):
    patients.patient(phone="+447700900123", email="jo@example.test")
    (likeness,) = merging.likely_duplicates(patients.lead(), patients.details(**fields))
    assert likeness.reasons == (reason,)


def test_a_shared_birthday_alone_suggests_nobody():
    patients.patient()
    assert not merging.likely_duplicates(patients.lead(), patients.details(given_names="Sam", family_name="Okoro"))


def test_likely_duplicates_stay_within_reach():
    patients.patient(clinic=accounts.clinic("Marton"))
    assert not merging.likely_duplicates(patients.lead(accounts.clinic("Linthorpe Road")), patients.details())


def test_the_pages_merge_and_undo():
    browser = accounts.signed_in_client(patients.lead())
    kept, merged = patients.patient(), patients.patient(given_names="Joe")
    chosen = browser.get(reverse("patient-merge", args=[kept.pk]), {"q": "joe"}).content.decode()
    compare = reverse("patient-merge-with", args=[kept.pk, merged.pk])
    assert compare in chosen
    assert "Tick that you have compared" in browser.post(compare, {"x": ""}).content.decode()
    browser.post(compare, {"same": "on"})
    page = browser.get(reverse("patient", args=[kept.pk])).content.decode()
    undoing = reverse("merge-undo", args=[kept.pk, MergeRecord.objects.get().pk])
    assert undoing in page
    assert browser.get(undoing).status_code == 200
    browser.post(undoing)
    assert browser.get(reverse("patient", args=[merged.pk])).status_code == 200


def test_a_merge_of_somebody_elses_patient_is_missing():
    kept, merged = (patients.patient(clinic=accounts.clinic("Marton")) for _ in range(2))
    record = merge(kept, merged, by=patients.lead(accounts.clinic("Marton")))
    with pytest.raises(Http404):
        merging.merge_for(patients.lead(), kept.pk, record.pk)


def test_a_third_record_is_reached_through_the_kept_one():
    here, there = accounts.clinic("Linthorpe Road"), accounts.clinic("Marton")
    both = patients.lead(there)
    both.memberships.create(clinic=here, role=Role.LEAD, started_at=AT)
    kept, second, ours = patients.patient(clinic=there), patients.patient(clinic=there), patients.patient(clinic=here)
    for merged in (second, ours):
        merge(kept, merged, by=both)
    reader = accounts.member(Role.FRONT_DESK, at=here, name="Ben Ward")
    assert set(queries.patients_for(reader)) == {kept, second, ours}


def test_a_grant_for_a_merged_record_reaches_the_kept_one():
    there = accounts.clinic("Marton")
    lead = patients.lead(there)
    kept, merged = patients.patient(clinic=there), patients.patient(clinic=there)
    outsider = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Linthorpe Road"))
    until = AT + timedelta(days=1)
    operations.grant_access(patient=merged, to=outsider, until=until, reason="Joint care", by=lead, at=AT)
    merge(kept, merged, by=lead)
    assert queries.patient_for(outsider, kept.pk, AT) == kept


def test_a_search_reaches_exactly_what_opening_reaches():
    here, there = accounts.clinic("Linthorpe Road"), accounts.clinic("Marton")
    lead = patients.lead(there)
    lead.memberships.create(clinic=here, role=Role.LEAD, started_at=AT)
    theirs = [patients.patient(clinic=there) for _ in range(5)]
    ours = [patients.patient(clinic=here) for _ in range(2)]
    reader = accounts.member(Role.PRACTITIONER, at=here)
    now = timezone.now()
    until = now + timedelta(days=1)
    operations.grant_access(patient=theirs[0], to=reader, until=until, reason="Joint care", by=lead, at=now)
    operations.break_glass(patient=theirs[1], reason="Fainted in our waiting room", by=reader, at=now)
    merge(theirs[2], ours[0], by=lead)
    merge(theirs[2], theirs[3], by=lead)
    opened = set(queries.patients_for(reader))
    assert opened == {*theirs[:4], *ours}
    assert set(find(reader, "ellison").patients) == opened
