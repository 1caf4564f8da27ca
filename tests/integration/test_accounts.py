"""Opening an organisation, its clinics and its staff."""

import pytest
from django.utils import timezone

from needlework.accounts import operations
from needlework.accounts.capabilities import holds
from needlework.accounts.decision import Refused
from needlework.accounts.editing import ChangedMeanwhile
from needlework.accounts.models import Membership, Role
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from tests.factories import accounts
from tests.factories.accounts import AT

pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_an_organisation_is_opened_with_a_clinic_and_its_lead():
    ours = operations.open_organisation(name="Linthorpe Skin", by=SYSTEM, at=AT)
    clinic = operations.add_clinic(organisation=ours, name="Linthorpe Road", by=SYSTEM, at=AT)
    lead = operations.add_staff(
        name="Amira Khan", email="Amira@Example.test ", roles=[(clinic, Role.LEAD)], by=SYSTEM, at=AT
    )
    assert lead.email == "amira@example.test"
    assert holds(lead, "manage-staff")
    assert verbs() == ["organisation-opened", "clinic-added", "staff-added", "role-given"]


def test_a_lead_who_adds_a_clinic_leads_it():
    lead = accounts.member(Role.LEAD)
    marton = operations.add_clinic(organisation=accounts.organisation(), name="Marton", by=lead, at=AT)
    assert Membership.objects.filter(user=lead, clinic=marton, role=Role.LEAD, ended_at=None).count() == 1


def test_the_last_lead_of_a_clinic_keeps_the_role():
    lead = accounts.member(Role.LEAD)
    with pytest.raises(Refused, match="only lead of Linthorpe Road"):
        operations.end_role(membership=lead.memberships.get(), by=lead, at=AT)


def test_nobody_ends_their_own_account():
    lead = accounts.member(Role.LEAD)
    accounts.member(Role.LEAD, name="Dana Reid")
    with pytest.raises(Refused, match="your own account"):
        operations.end_account(user=lead, by=lead, at=AT)


def test_an_ended_account_is_out_at_the_next_request():
    lead = accounts.member(Role.LEAD)
    leaver = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    accounts.signed_in_client(leaver)
    operations.end_account(user=leaver, by=lead, at=timezone.now())
    assert not leaver.sign_ins.filter(ended_at=None).exists()


def test_a_stale_page_changes_nothing():
    lead = accounts.member(Role.LEAD)
    clinic = accounts.clinic()
    operations.change_clinic(clinic=clinic, version=1, changes={"name": "Linthorpe"}, by=lead, at=AT)
    with pytest.raises(ChangedMeanwhile, match="Somebody changed this clinic since"):
        operations.change_clinic(clinic=clinic, version=1, changes={"name": "The Road"}, by=lead, at=AT)
    clinic.refresh_from_db()
    assert clinic.name == "Linthorpe"
