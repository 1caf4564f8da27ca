"""Staff's pages about patients, as a browser asks for them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.patients.models import FactKind, Patient
from needlework.patients.operations import merge_patients, record_fact
from tests.factories import accounts, patients

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead_browser():
    return accounts.signed_in_client(patients.lead())


@pytest.fixture
def desk_browser():
    return accounts.signed_in_client(accounts.member(Role.FRONT_DESK, name="Ben Ward"))


def details(**changes):
    birthday = {"date_of_birth_day": "12", "date_of_birth_month": "6", "date_of_birth_year": "1988"}
    return {"given_names": "Jo", "family_name": "Ellison", "phone": "07700 900123"} | birthday | changes


def new_patient(**changes):
    return details(id=str(uuid4()), clinic=str(accounts.clinic().pk)) | changes


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_first_page_shows_those_added_last(desk_browser):
    patients.patient(given_names="Priya", family_name="Nair")
    assert "Priya Nair" in text(desk_browser.get(reverse("patients")))


def test_two_letters_find_a_patient(desk_browser):
    patients.patient()
    patients.patient(given_names="Sam", family_name="Okoro")
    page = text(desk_browser.get(reverse("patients"), {"q": "ok"}))
    assert "Sam Okoro" in page
    assert "Jo Ellison" not in page


def test_too_little_says_what_to_type(desk_browser):
    assert "Type at least two letters" in text(desk_browser.get(reverse("patients"), {"q": "e"}))


def test_finding_nobody_says_what_to_try(desk_browser):
    assert "Nobody found" in text(desk_browser.get(reverse("patients"), {"q": "xyzzy"}))


def test_pages_of_results_follow_each_other_without_a_gap(desk_browser):
    for number in range(45):
        patients.patient(family_name=f"Ellison{number:02}")
    seen, address = [], reverse("patients") + "?q=ellison"
    while address:
        page = desk_browser.get(address).content.decode()
        seen += re.findall(r"Jo Ellison\d\d", page)
        following = re.search(r'href="(\?q=ellison&amp;after=[^"]+)"', page)
        address = reverse("patients") + following[1].replace("&amp;", "&") if following else None
    assert seen == [f"Jo Ellison{number:02}" for number in range(45)]


def test_a_damaged_place_to_go_on_from_starts_again(desk_browser):
    patients.patient()
    assert "Jo Ellison" in text(desk_browser.get(reverse("patients"), {"q": "jo", "after": "damaged"}))


def test_listing_leaves_no_event_and_opening_leaves_one(desk_browser):
    patient = patients.patient()
    desk_browser.get(reverse("patients"), {"q": "jo"})
    assert not Event.objects.filter(verb="viewed").exists()
    desk_browser.get(reverse("patient", args=[patient.pk]))
    assert Event.objects.get(verb="viewed").patient_id == patient.pk


def test_a_patient_is_added(desk_browser):
    response = desk_browser.post(reverse("patient-new"), new_patient())
    patient = Patient.objects.get()
    assert response.url == reverse("patient", args=[patient.pk])
    assert (patient.name, patient.phone) == ("Jo Ellison", "+447700900123")


def test_a_form_posted_twice_adds_one_patient(desk_browser):
    form = new_patient()
    answers = [desk_browser.post(reverse("patient-new"), form) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Patient.objects.count() == 1


def test_a_likely_duplicate_is_shown_before_anything_is_saved(desk_browser):
    patients.patient(given_names="Joe", family_name="Elison")
    form = new_patient()
    page = text(desk_browser.post(reverse("patient-new"), form))
    assert "Is it one of these?" in page
    assert "same birthday and a similar name" in page
    assert Patient.objects.count() == 1
    desk_browser.post(reverse("patient-new"), form | {"different": "on"})
    assert Patient.objects.count() == 2


def test_a_taken_number_gets_a_sentence(desk_browser):
    patients.patient(external_number="A-17", given_names="Sam", family_name="Okoro", date_of_birth=patients.AT.date())
    response = desk_browser.post(reverse("patient-new"), new_patient(external_number="A-17"))
    assert response.status_code == 422
    assert "Another patient of this clinic has this number" in text(response)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("family_name", "Elli\u202eson", "held a hidden character"),
        ("family_name", "E" * 121, "Shorten it by 1"),
        ("phone", "12", "Enter a full telephone number"),
        ("email", "jo@", "Enter an e-mail address like"),
        ("date_of_birth_year", "2088", "check the year"),
        ("clinic", "00000000-0000-4000-8000-000000000000", "no longer offered"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(desk_browser, field, value, sentence):
    response = desk_browser.post(reverse("patient-new"), new_patient(**{field: value}))
    assert response.status_code == 422
    assert sentence in text(response)
    assert not Patient.objects.exists()


def test_a_nul_byte_changes_nothing(desk_browser):
    response = desk_browser.post(reverse("patient-new"), new_patient(family_name="Elli\0son"))
    assert response.status_code == 422
    assert not Patient.objects.exists()


def test_ten_megabytes_in_a_name_change_nothing(desk_browser):
    response = desk_browser.post(reverse("patient-new"), new_patient(family_name="E" * 10_000_000))
    assert response.status_code == 413
    assert not Patient.objects.exists()


def test_a_patient_needs_some_name(desk_browser):
    response = desk_browser.post(reverse("patient-new"), new_patient(given_names="", family_name=""))
    assert "Enter the patient&#x27;s name" in text(response)


def test_details_are_changed_and_the_history_shows_it(desk_browser):
    patient = patients.patient()
    desk_browser.post(reverse("patient-edit", args=[patient.pk]), details(known_as="Joey", version="1"))
    page = text(desk_browser.get(reverse("patient-history", args=[patient.pk])))
    assert "Known as: from “” to “Joey”" in page
    assert "changed by Ben Ward" in page


def test_a_stale_tab_changes_nothing(desk_browser):
    patient = patients.patient()
    address = reverse("patient-edit", args=[patient.pk])
    desk_browser.post(address, details(known_as="Joey", version="1"))
    response = desk_browser.post(address, details(known_as="Jojo", version="1"))
    assert response.status_code == 422
    assert "Somebody changed this patient&#x27;s details" in text(response)
    assert Patient.objects.get().known_as == "Joey"


def test_a_merged_records_address_leads_to_the_kept_one(lead_browser):
    kept, merged = patients.patient(), patients.patient(given_names="Joe")
    merge_patients(kept=kept, merged=merged, by=patients.lead(), at=patients.AT)
    assert lead_browser.get(reverse("patient", args=[merged.pk])).url == reverse("patient", args=[kept.pk])
    page = text(lead_browser.get(reverse("patients"), {"q": "joe"}))
    assert "Merged" in page
    assert f'href="{reverse("patient", args=[kept.pk])}"' in page


def test_the_front_desk_reads_that_there_is_a_safety_note_and_no_more(desk_browser):
    patient = patients.patient()
    record_fact(patient=patient, kind=FactKind.ALLERGY, text="Lidocaine", by=patients.lead(), at=patients.AT)
    page = text(desk_browser.get(reverse("patient", args=[patient.pk])))
    assert "There is a safety note on this record" in page
    assert "Lidocaine" not in page
    assert "Allergies" not in page


def test_clinical_roles_read_it_in_the_banner(lead_browser):
    patient = patients.patient()
    record_fact(patient=patient, kind=FactKind.ALLERGY, text="Lidocaine", by=patients.lead(), at=patients.AT)
    page = text(lead_browser.get(reverse("patient", args=[patient.pk])))
    assert "Mind this" in page
    assert "Lidocaine" in page
    assert "Medicines: not asked" in page


@pytest.mark.parametrize("name", ["patient", "patient-edit", "patient-history", "patient-facts", "patient-contact"])
def test_another_clinics_patient_looks_like_a_missing_one(desk_browser, name):
    theirs = patients.patient(clinic=accounts.clinic("Marton"))
    foreign = desk_browser.get(reverse(name, args=[theirs.pk]))
    missing = desk_browser.get(reverse(name, args=[uuid4()]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert "Ellison" not in foreign.content.decode()


@pytest.mark.parametrize("name", ["patients-import", "patients-export"])
def test_the_front_desk_takes_no_lists_in_or_out(desk_browser, name):
    assert desk_browser.get(reverse(name)).status_code == 403


def test_every_page_of_a_record_opens(lead_browser):
    patient, other = patients.patient(), patients.patient(given_names="Joe")
    fact = record_fact(patient=patient, kind=FactKind.GP, text="Dr Shah", by=patients.lead(), at=patients.AT)
    one = [patient.pk]
    pages = [
        ("patient", one),
        ("patient-edit", one),
        ("patient-history", one),
        ("patient-contact", one),
        ("patient-facts", one),
        *(("fact-new", [patient.pk, kind]) for kind in FactKind.values),
        ("fact-end", [patient.pk, fact.pk]),
        ("fact-error", [patient.pk, fact.pk]),
        ("patient-access", one),
        ("patient-merge", one),
        ("patient-merge-with", [patient.pk, other.pk]),
        ("patient-new", []),
        ("patients-import", []),
        ("break-glass", []),
        ("break-glass-list", []),
    ]
    for name, args in pages:
        assert lead_browser.get(reverse(name, args=args)).status_code == 200, name


def test_somebody_who_left_sees_nobody():
    patient = patients.patient()
    practitioner = accounts.member(Role.PRACTITIONER)
    browser = accounts.signed_in_client(practitioner)
    practitioner.memberships.update(ended_at=patients.AT + timedelta(days=1), ended_by=patients.lead())
    assert browser.get(reverse("patient", args=[patient.pk])).status_code == 403


def test_a_lead_reads_who_opened_a_record_and_the_front_desk_does_not(lead_browser, desk_browser):
    patient = patients.patient()
    desk_browser.get(reverse("patient", args=[patient.pk]))
    history = reverse("patient-history", args=[patient.pk])
    assert "Ben Ward" in text(lead_browser.get(history))
    assert "Who opened this record" not in text(desk_browser.get(history))
