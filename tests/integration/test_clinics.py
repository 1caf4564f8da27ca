"""Clinics and their licences, on their pages."""

from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.accounts import operations
from needlework.accounts.models import ClinicLicence, Role
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from tests.factories import accounts
from tests.factories.accounts import AT, signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.member(Role.LEAD)


def test_a_lead_records_a_clinics_licence_on_the_page(lead):
    client, clinic = signed_in_client(lead), accounts.clinic()
    answers = {"id": str(uuid4()), "kind": "council", "answer": "registered", "body": "Middlesbrough Council"}
    answers |= {"number": "", "valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2026"}
    address = reverse("add-licence", args=[clinic.pk])
    assert "Enter the number of the registration" in client.post(address, answers).content.decode()
    answers["number"] = "MBC/SP/1"
    for _ in range(2):
        assert client.post(address, answers).status_code == 302
    licence = ClinicLicence.objects.get()
    client.post(reverse("withdraw-licence", args=[clinic.pk, licence.pk]))
    assert "Entered in error" in client.get(reverse("clinic", args=[clinic.pk])).content.decode()


def test_clinics_where_one_does_not_work_do_not_exist(lead):
    marton = accounts.clinic("Marton")
    client = signed_in_client(lead)
    assert "Marton" not in client.get(reverse("clinics")).content.decode()
    for name in ("clinic", "change-clinic", "add-licence"):
        assert client.get(reverse(name, args=[marton.pk])).status_code == 404


def test_only_a_lead_changes_a_clinic(lead):
    clinic = accounts.clinic()
    client = signed_in_client(accounts.member(Role.PRACTITIONER, name="Dana Reid"))
    assert client.get(reverse("clinic", args=[clinic.pk])).status_code == 200
    for name in ("change-clinic", "add-licence"):
        assert client.get(reverse(name, args=[clinic.pk])).status_code == 403
    assert client.get(reverse("add-clinic")).status_code == 403


def test_a_clinic_is_added_once_and_changed(lead):
    client = signed_in_client(lead)
    answers = {"id": str(uuid4()), "version": "0", "name": "Marton", "nation": "england", "phone": "01642 960 204"}
    for _ in range(2):
        assert client.post(reverse("add-clinic"), answers).status_code == 302
    marton = accounts.clinic("Marton")
    again = client.post(reverse("add-clinic"), {**answers, "id": str(uuid4()), "name": "MARTON"})
    assert "Another clinic has this name" in again.content.decode()
    address = reverse("change-clinic", args=[marton.pk])
    client.post(address, {**answers, "version": "1", "address": "4 The Parade"})
    marton.refresh_from_db()
    assert (marton.address, marton.phone, marton.version) == ("4 The Parade", "+441642960204", 2)
    stale = client.post(address, {**answers, "version": "1", "address": "5 The Parade"})
    assert "Somebody changed this clinic since" in stale.content.decode()


def test_a_clinics_name_cannot_be_taken_from_another(lead):
    accounts.clinic("Marton")
    clinic = accounts.clinic()
    answers = {"id": str(clinic.pk), "version": "1", "name": "Marton", "nation": "england"}
    answer = signed_in_client(lead).post(reverse("change-clinic", args=[clinic.pk]), answers)
    assert "Another clinic has this name" in answer.content.decode()


def test_saving_without_a_change_records_nothing(lead):
    clinic = accounts.clinic()
    operations.change_clinic(clinic=clinic, version=1, changes={"name": clinic.name}, by=lead, at=AT)
    assert not Event.objects.filter(verb="clinic-changed").exists()


def test_the_dates_of_a_licence_are_in_order(lead):
    answers = {"id": str(uuid4()), "kind": "council", "answer": "registered", "number": "1"}
    answers |= {"valid_from_day": "2", "valid_from_month": "1", "valid_from_year": "2026"}
    answers |= {"valid_until_day": "1", "valid_until_month": "1", "valid_until_year": "2026"}
    answer = signed_in_client(lead).post(reverse("add-licence", args=[accounts.clinic().pk]), answers)
    assert "the last day lies before the first" in answer.content.decode()


def test_every_status_of_a_licence_is_shown(lead):
    clinic, client = accounts.clinic(), signed_in_client(lead)
    assert "Not recorded" in client.get(reverse("clinics")).content.decode()
    soon = {"valid_from": AT.date().replace(year=2020), "number": "1", "by": SYSTEM, "at": AT, "clinic": clinic}
    operations.record_clinic_licence(kind="council", valid_until=AT.date().replace(year=2021), **soon)
    body = client.get(reverse("clinics")).content.decode()
    assert "Linthorpe Road’s council licence ended on 22 November 2021" in body
    assert "Expired" in client.get(reverse("clinic", args=[clinic.pk])).content.decode()


def test_a_licence_is_withdrawn_after_one_more_question(lead):
    clinic, client = accounts.clinic(), signed_in_client(lead)
    licence = operations.record_clinic_licence(
        clinic=clinic, kind="council", number="1", valid_from=AT.date(), by=lead, at=AT
    )
    address = reverse("withdraw-licence", args=[clinic.pk, licence.pk])
    assert "Was this entered in error?" in client.get(address).content.decode()
    for _ in range(2):
        operations.withdraw_clinic_licence(licence=licence, by=lead, at=AT)
    assert Event.objects.filter(verb="licence-entered-in-error").count() == 1
