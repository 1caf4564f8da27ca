"""Access from outside a clinic: given by a grant, taken by breaking glass, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.decision import Refused
from needlework.accounts.models import Membership, Role
from needlework.audit.models import Event
from needlework.messages.models import Message
from needlework.patients import letters, operations, permissions, queries
from needlework.patients.models import BreakGlass, FactKind
from needlework.patients.problems import NotDoneError, StaleError
from needlework.patients.queries import access, facts
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db
AT = patients.AT
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "Fainted in our waiting room"


@pytest.fixture
def theirs():
    return patients.patient(clinic=accounts.clinic("Marton"))


@pytest.fixture
def outsider():
    return accounts.member(Role.PRACTITIONER, at=accounts.clinic("Linthorpe Road"))


def grant(patient, to, until=DAY):
    lead = patients.lead(accounts.clinic("Marton"))
    return operations.grant_access(patient=patient, to=to, until=AT + until, reason="Joint care", by=lead, at=AT)


def test_a_grant_to_a_clinic_lets_its_staff_see_the_patient(theirs, outsider):
    grant(theirs, accounts.clinic("Linthorpe Road"))
    assert queries.patient_for(outsider, theirs.pk, AT + HOUR) == theirs
    assert permissions.may_edit_patient(user=outsider, patient=theirs, at=AT + HOUR)


def test_a_grant_to_a_person_is_for_nobody_else(theirs, outsider):
    grant(theirs, outsider)
    assert queries.patient_for(outsider, theirs.pk, AT + HOUR) == theirs
    with pytest.raises(Http404):
        queries.patient_for(accounts.member(Role.PRACTITIONER, name="Dana Reid"), theirs.pk, AT + HOUR)


def test_a_grant_ends_at_its_time(theirs, outsider):
    grant(theirs, outsider)
    with pytest.raises(Http404):
        queries.patient_for(outsider, theirs.pk, AT + DAY)
    assert not permissions.may_edit_patient(user=outsider, patient=theirs, at=AT + DAY)


def test_a_grant_can_be_ended_earlier_once(theirs, outsider):
    given = grant(theirs, outsider)
    lead = patients.lead(accounts.clinic("Marton"))
    operations.end_grant(grant=given, by=lead, at=AT + HOUR)
    with pytest.raises(Http404):
        queries.patient_for(outsider, theirs.pk, AT + HOUR)
    with pytest.raises(StaleError):
        operations.end_grant(grant=given, by=lead, at=AT + HOUR)


def test_a_grant_gives_no_role_somebody_does_not_have(theirs):
    auditor = accounts.member(Role.AUDITOR, at=accounts.clinic("Linthorpe Road"))
    grant(theirs, auditor)
    with pytest.raises(Http404):
        queries.patient_for(auditor, theirs.pk, AT + HOUR)


def test_only_a_lead_of_the_patients_clinic_gives_access(theirs, outsider):
    lead_elsewhere = patients.lead(accounts.clinic("Linthorpe Road"))
    with pytest.raises(Refused):
        operations.grant_access(
            patient=theirs, to=outsider, until=AT + DAY, reason="Joint care", by=lead_elsewhere, at=AT
        )


def test_a_grant_must_end_in_the_future(theirs, outsider):
    with pytest.raises(NotDoneError, match="still to come"):
        grant(theirs, outsider, until=-DAY)


def broken(patient, by, reason=REASON, at=AT):
    return operations.break_glass(patient=patient, reason=reason, by=by, at=at)


def test_breaking_glass_opens_for_four_hours(theirs, outsider):
    broken(theirs, outsider)
    assert queries.patient_for(outsider, theirs.pk, AT + 3 * HOUR) == theirs
    with pytest.raises(Http404):
        queries.patient_for(outsider, theirs.pk, AT + 4 * HOUR)


def test_breaking_glass_shows_health_facts_and_changes_nothing(theirs, outsider):
    lead = patients.lead(accounts.clinic("Marton"))
    operations.record_fact(patient=theirs, kind=FactKind.ALLERGY, text="Lidocaine", by=lead, at=AT)
    broken(theirs, outsider)
    found = facts.standing(outsider, theirs, AT + HOUR)
    assert [fact.text for fact in found.section(FactKind.ALLERGY).known] == ["Lidocaine"]
    assert not permissions.may_edit_patient(user=outsider, patient=theirs, at=AT + HOUR)


def test_breaking_glass_again_finds_the_first(theirs, outsider):
    assert broken(theirs, outsider) == broken(theirs, outsider)
    assert Event.objects.filter(verb="glass-broken").count() == 1


def test_breaking_glass_needs_a_reason_of_ten_letters(theirs, outsider):
    with pytest.raises(NotDoneError, match="at least 10 letters"):
        broken(theirs, outsider, reason="  because   ")
    assert not BreakGlass.objects.exists()


def test_the_front_desk_breaks_no_glass(theirs):
    with pytest.raises(Refused):
        broken(theirs, accounts.member(Role.FRONT_DESK, name="Ben Ward"))


def test_every_lead_of_the_patients_clinic_is_told_without_a_name(theirs, outsider):
    second = accounts.user("Nia Price")
    Membership.objects.create(user=second, clinic=accounts.clinic("Marton"), role=Role.LEAD, started_at=AT)
    patients.lead(accounts.clinic("Linthorpe Road"))
    broken(theirs, outsider)
    told = Message.objects.filter(kind="break-glass")
    assert {message.to_id for message in told} == {patients.lead(accounts.clinic("Marton")).pk, second.pk}
    letter = letters.glass_broken(told.get(to_id=second.pk))
    assert letter.email == second.email
    assert "Ellison" not in letter.subject + letter.text
    assert REASON not in letter.subject + letter.text


def test_it_is_listed_until_a_lead_has_seen_it(theirs, outsider):
    taken = broken(theirs, outsider)
    lead = patients.lead(accounts.clinic("Marton"))
    message = Message.objects.get(kind="break-glass")
    assert list(access.unseen_for(lead)) == [taken]
    assert not access.unseen_for(patients.lead(accounts.clinic("Linthorpe Road"))).exists()
    for _ in range(2):
        operations.mark_break_glass_seen(access=taken, by=lead, at=AT + HOUR)
    assert not access.unseen_for(lead).exists()
    assert Event.objects.filter(verb="break-glass-seen").count() == 1
    assert letters.glass_broken(message) is None


def test_nobody_marks_their_own_as_seen(theirs, outsider):
    with pytest.raises(Refused):
        operations.mark_break_glass_seen(access=broken(theirs, outsider), by=outsider, at=AT + HOUR)
    with pytest.raises(Http404):
        access.access_for(outsider, BreakGlass.objects.get().pk)


SEARCH = {
    "given_names": "Jo",
    "family_name": "Ellison",
    "date_of_birth_day": "12",
    "date_of_birth_month": "6",
    "date_of_birth_year": "1988",
}


def ticket_in(response):
    return response.context["form"].initial["patient"]


def test_the_page_finds_an_exact_person_and_opens_with_a_reason(theirs, outsider):
    browser = accounts.signed_in_client(outsider)
    asked = browser.post(reverse("break-glass"), SEARCH)
    assert "Marton" not in asked.content.decode()
    opened = browser.post(reverse("break-glass-reason"), {"patient": ticket_in(asked), "reason": REASON})
    assert opened.url == reverse("patient", args=[theirs.pk])
    shown = browser.get(opened.url)
    assert "You opened this record in need" in shown.content.decode()
    assert Event.objects.filter(verb="break-glass-searched", actor_id=outsider.pk).exists()


@pytest.mark.parametrize("change", [{"family_name": "Ellis"}, {"date_of_birth_day": "13"}, {"given_names": "Joanna"}])
def test_anything_but_an_exact_match_reveals_nothing(theirs, outsider, change):
    answer = accounts.signed_in_client(outsider).post(reverse("break-glass"), SEARCH | change)
    assert answer.status_code == 422
    assert "No record of any clinic has exactly" in answer.content.decode()


def test_two_exact_matches_are_not_guessed_between(theirs, outsider):
    patients.patient(clinic=accounts.clinic("Marton"))
    answer = accounts.signed_in_client(outsider).post(reverse("break-glass"), SEARCH)
    assert "More than one record" in answer.content.decode()


def test_ones_own_patient_just_opens(outsider):
    mine = patients.patient(clinic=accounts.clinic("Linthorpe Road"))
    answer = accounts.signed_in_client(outsider).post(reverse("break-glass"), SEARCH)
    assert answer.url == reverse("patient", args=[mine.pk])


def test_a_ticket_is_worth_nothing_to_somebody_else(theirs, outsider):
    ticket = ticket_in(accounts.signed_in_client(outsider).post(reverse("break-glass"), SEARCH))
    other = accounts.signed_in_client(accounts.member(Role.PRACTITIONER, name="Dana Reid"))
    for sent in (ticket, "forged", signing.dumps([str(theirs.pk), str(outsider.pk)])):
        answer = other.post(reverse("break-glass-reason"), {"patient": sent, "reason": REASON})
        assert "Search for the patient again" in answer.content.decode()
    assert not BreakGlass.objects.exists()


def test_a_lead_gives_and_ends_access_on_the_page(theirs, outsider):
    browser = accounts.signed_in_client(patients.lead(accounts.clinic("Marton")))
    address = reverse("patient-access", args=[theirs.pk])
    tomorrow = timezone.localdate() + DAY
    form = {
        "id": "5b2f0f0e-1c52-4b0c-8a0e-0d8b8f9f0a11",
        "person": outsider.email.upper(),
        "until_day": tomorrow.day,
        "until_month": tomorrow.month,
        "until_year": tomorrow.year,
        "reason": "Joint care",
    }
    for _ in range(2):
        assert browser.post(address, form).url == address
    given = theirs.grants.get()
    assert given.until.astimezone(timezone.get_current_timezone()).date() == tomorrow + DAY
    assert queries.patient_for(outsider, theirs.pk) == theirs
    end = reverse("grant-end", args=[theirs.pk, given.pk])
    browser.post(end)
    browser.post(end)
    with pytest.raises(Http404):
        queries.patient_for(outsider, theirs.pk)
    assert "ended by" in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Choose a clinic, or enter"),
        ({"person": "nobody@example.test"}, "Nobody signs in with this e-mail address"),
    ],
)
def test_a_grant_to_nobody_gets_a_sentence(theirs, chosen, sentence):
    browser = accounts.signed_in_client(patients.lead(accounts.clinic("Marton")))
    until = {"until_day": "1", "until_month": "1", "until_year": "2099"}
    form = {"id": "5b2f0f0e-1c52-4b0c-8a0e-0d8b8f9f0a11", "reason": "Joint care"} | until | chosen
    answer = browser.post(reverse("patient-access", args=[theirs.pk]), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not theirs.grants.exists()


def test_the_page_gives_access_to_a_clinic(theirs):
    here = accounts.clinic("Linthorpe Road")
    browser = accounts.signed_in_client(patients.lead(accounts.clinic("Marton")))
    until = {"until_day": "1", "until_month": "1", "until_year": "2099"}
    form = {"id": "5b2f0f0e-1c52-4b0c-8a0e-0d8b8f9f0a11", "reason": "Joint care", "clinic": str(here.pk)} | until
    browser.post(reverse("patient-access", args=[theirs.pk]), form)
    assert theirs.grants.get().clinic == here


def test_a_lead_reads_the_reason_and_marks_it_seen(theirs, outsider):
    broken(theirs, outsider)
    browser = accounts.signed_in_client(patients.lead(accounts.clinic("Marton")))
    assert "waiting" in browser.get(reverse("patients")).content.decode()
    assert REASON in browser.get(reverse("break-glass-list")).content.decode()
    browser.post(reverse("break-glass-seen", args=[BreakGlass.objects.get().pk]))
    assert "Nothing waits" in browser.get(reverse("break-glass-list")).content.decode()


def test_the_exact_search_follows_a_merged_record(theirs):
    lead = patients.lead(accounts.clinic("Marton"))
    kept = patients.patient(clinic=accounts.clinic("Marton"), family_name="Hale")
    operations.merge_patients(kept=kept, merged=theirs, by=lead, at=AT)
    assert access.exact(given_names="Jo", family_name="Ellison", date_of_birth=date(1988, 6, 12)) == [kept]
