"""Documents that let somebody treat, and licences that let a clinic."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from needlework.accounts import letters, operations
from needlework.accounts.decision import Refused
from needlework.accounts.models import CredentialKind, LicenceKind, Nation, Role
from needlework.accounts.permissions import may_prescribe, may_supply, may_treat
from needlework.audit.models import Event
from needlework.messages.models import Message
from tests.factories import accounts
from tests.factories.accounts import AT, signed_in_client

pytestmark = pytest.mark.django_db

TODAY = AT.date()
LAST_DAY = date(2026, 12, 1)


@pytest.fixture
def lead():
    return accounts.member(Role.LEAD)


@pytest.fixture
def dana(lead):
    """A practitioner with registration and insurance."""
    somebody = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    show(somebody, lead, CredentialKind.REGISTRATION, body="Nursing and Midwifery Council", number="15C0921E")
    show(somebody, lead, CredentialKind.INSURANCE, valid_until=LAST_DAY)
    return somebody


def show(user, lead, kind, **details):
    details = {"valid_from": date(2026, 1, 1), "by": lead, "at": AT, **details}
    return operations.record_credential(user=user, kind=kind, **details)


def refusal(user, on=TODAY, device=None, clinic=None):
    return may_treat(user=user, clinic=clinic or accounts.clinic(), on=on, device=device).refusal


def test_somebody_with_everything_in_date_may_treat(dana):
    assert refusal(dana) == ""
    assert refusal(dana, on=LAST_DAY) == ""


def test_ended_insurance_stops_treating_and_says_so(dana):
    ended = "Dana Reid’s insurance ended on 1 December 2026: record the new one before treating"
    assert refusal(dana, on=LAST_DAY + timedelta(days=1)) == ended


def test_renewed_insurance_lets_treating_go_on(dana, lead):
    show(dana, lead, CredentialKind.INSURANCE, valid_from=date(2026, 12, 2), valid_until=date(2027, 12, 1))
    assert refusal(dana, on=date(2026, 12, 2)) == ""


def test_insurance_that_starts_later_does_not_count_yet(lead):
    new = accounts.member(Role.PRACTITIONER, name="Tomasz Wolny")
    show(new, lead, CredentialKind.REGISTRATION, body="GMC", number="7654321")
    show(new, lead, CredentialKind.INSURANCE, valid_from=date(2026, 12, 2), valid_until=date(2027, 12, 1))
    assert refusal(new) == "Tomasz Wolny’s insurance starts only on 2 December 2026"


def test_without_a_registration_nobody_treats(lead):
    new = accounts.member(Role.PRACTITIONER, name="Tomasz Wolny")
    assert "professional registration is not recorded" in refusal(new)


def test_a_document_entered_in_error_does_not_count(dana, lead):
    operations.withdraw_credential(credential=dana.credentials.get(kind="registration"), by=lead, at=AT)
    assert "professional registration is not recorded" in refusal(dana)


def test_a_device_needs_its_own_training(dana, lead):
    assert refusal(dana, device="SkinPen Precision") == (
        "Dana Reid’s training for SkinPen Precision is not recorded: record it before treating"
    )
    show(dana, lead, CredentialKind.DEVICE_TRAINING, device="SkinPen Precision")
    assert refusal(dana, device="SkinPen Precision") == ""
    assert refusal(dana, device="Dermapen 4") != ""


@pytest.mark.parametrize("role", [Role.LEAD, Role.FRONT_DESK, Role.AUDITOR])
def test_other_roles_do_not_treat(lead, role):
    somebody = accounts.member(role, name="Beth Sayer")
    assert "is not a practitioner at Linthorpe Road" in refusal(somebody)


def test_a_practitioner_treats_only_where_they_have_the_role(dana):
    assert "is not a practitioner at Marton" in refusal(dana, clinic=accounts.clinic("Marton"))


def test_an_ended_account_does_not_treat(dana, lead):
    operations.end_account(user=dana, by=lead, at=AT)
    assert "is not a practitioner" in refusal(dana)


def license_(lead, kind=LicenceKind.COUNCIL, **details):
    details = {"valid_from": date(2026, 1, 1), "number": "MBC/1", "by": lead, "at": AT, **details}
    return operations.record_clinic_licence(clinic=accounts.clinic(), kind=kind, **details)


def test_a_clinic_whose_licence_has_lapsed_stops_treating(dana, lead):
    license_(lead, valid_until=date(2026, 11, 1))
    assert (
        refusal(dana) == "Linthorpe Road’s council licence ended on 1 November 2026: record the new one before treating"
    )


def test_a_renewed_licence_lets_treating_go_on(dana, lead):
    license_(lead, valid_until=date(2026, 11, 1))
    license_(lead, valid_from=date(2026, 11, 2), number="MBC/2")
    assert refusal(dana) == ""


def test_a_clinic_in_scotland_needs_a_licence_from_september_2027(dana, lead):
    show(dana, lead, CredentialKind.INSURANCE, valid_until=date(2029, 1, 1))
    clinic = accounts.clinic()
    clinic.nation = Nation.SCOTLAND
    clinic.save()
    assert refusal(dana, on=date(2027, 9, 5)) == ""
    assert "needs a licence of its council since 6 September 2027" in refusal(dana, on=date(2027, 9, 6))
    wrong = license_(lead, kind=LicenceKind.CQC, answer="not-needed", number="")
    assert refusal(dana, on=date(2027, 9, 6)) != ""
    operations.withdraw_clinic_licence(licence=wrong, by=lead, at=AT)
    license_(lead, kind=LicenceKind.HIS)
    assert refusal(dana, on=date(2027, 9, 6)) == ""


def test_only_a_prescriber_with_the_recorded_right_prescribes(dana, lead):
    clinic = accounts.clinic()
    assert "is not a prescriber" in may_prescribe(user=dana, clinic=clinic, on=TODAY).refusal
    operations.give_role(user=dana, clinic=clinic, role=Role.PRESCRIBER, by=lead, at=AT)
    assert "right to prescribe is not recorded" in may_prescribe(user=dana, clinic=clinic, on=TODAY).refusal
    show(dana, lead, CredentialKind.PRESCRIBING)
    assert may_prescribe(user=dana, clinic=clinic, on=TODAY)
    assert may_supply(user=dana, clinic=clinic, on=TODAY)


def test_a_practitioner_supplies_with_the_recorded_right(dana, lead):
    assert (
        "right to supply medicines is not recorded" in may_supply(user=dana, clinic=accounts.clinic(), on=TODAY).refusal
    )
    show(dana, lead, CredentialKind.SUPPLY)
    assert may_supply(user=dana, clinic=accounts.clinic(), on=TODAY)


def test_the_note_is_sealed_in_the_database(dana, lead):
    show(dana, lead, CredentialKind.LICENCE, note="Seen the paper original")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM accounts_credential WHERE kind = 'licence'")
        assert b"paper original" not in bytes(cursor.fetchone()[0])
    assert dana.credentials.get(kind="licence").note == "Seen the paper original"


def test_owner_and_leads_are_reminded_thirty_days_before(dana, lead):
    messages = Message.objects.filter(kind="credential-expiring")
    assert {message.to_id for message in messages} == {dana.pk, lead.pk}
    show(dana, lead, CredentialKind.LICENCE, valid_until=date(2027, 6, 1))
    later = Message.objects.filter(kind="credential-expiring").latest("due_at")
    assert later.due_at.date() == date(2027, 5, 2)


def test_a_reminder_names_the_document_to_each_reader(dana, lead):
    texts = {m.to_id: letters.credential_expiring(m).text for m in Message.objects.filter(kind="credential-expiring")}
    assert "Your insurance ends on 1 December 2026" in texts[dana.pk]
    assert "Dana Reid’s insurance ends on 1 December 2026" in texts[lead.pk]


def test_a_reminder_is_not_sent_once_the_document_is_renewed_or_withdrawn_or_its_owner_has_left(dana, lead):
    message = Message.objects.filter(kind="credential-expiring", to_id=dana.pk).get()
    assert letters.credential_expiring(message) is not None
    renewal = show(dana, lead, CredentialKind.INSURANCE, valid_until=date(2027, 12, 1))
    assert letters.credential_expiring(message) is None
    operations.withdraw_credential(credential=renewal, by=lead, at=AT)
    assert letters.credential_expiring(message) is not None
    operations.withdraw_credential(credential=dana.credentials.get(pk=message.about_id), by=lead, at=AT)
    assert letters.credential_expiring(message) is None


def test_a_lead_records_a_document_once_however_often_the_form_is_sent(dana, lead):
    client = signed_in_client(lead)
    answers = {"id": str(uuid4()), "kind": "device-training", "device": "SkinPen Precision", "body": "", "number": ""}
    answers |= {"valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2026", "note": ""}
    for _ in range(2):
        answer = client.post(reverse("add-document", args=[dana.pk]), answers)
        assert answer.status_code == 302, answer.content.decode()
    assert dana.credentials.filter(kind="device-training").count() == 1
    assert "SkinPen Precision" in client.get(reverse("staff-member", args=[dana.pk])).content.decode()


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        ("registration", ["Enter who issued the registration", "Enter the registration number"]),
        ("device-training", ["Enter the name of the device"]),
        ("insurance", ["Enter the last day of the insurance"]),
        ("", ["Choose what it is"]),
    ],
)
def test_each_document_says_what_it_still_needs(dana, lead, kind, sentences):
    answers = {
        "id": str(uuid4()),
        "kind": kind,
        "valid_from_day": "1",
        "valid_from_month": "1",
        "valid_from_year": "2026",
    }
    answer = signed_in_client(lead).post(reverse("add-document", args=[dana.pk]), answers)
    assert answer.status_code == 422
    assert [sentence for sentence in sentences if sentence not in answer.content.decode()] == []


def test_a_document_of_a_colleague_elsewhere_cannot_be_touched(lead):
    there = accounts.member(Role.LEAD, at=accounts.clinic("Marton"), name="Tomasz Wolny")
    credential = show(there, there, CredentialKind.LICENCE)
    with pytest.raises(Refused):
        operations.withdraw_credential(credential=credential, by=lead, at=AT)
    client = signed_in_client(lead)
    for user in (there, lead):
        assert client.post(reverse("withdraw-document", args=[user.pk, credential.pk])).status_code == 404
    credential.refresh_from_db()
    assert credential.entered_in_error_at is None


def test_a_mistake_stays_visible_and_is_marked(dana, lead):
    client = signed_in_client(lead)
    credential = dana.credentials.get(kind="insurance")
    client.post(reverse("withdraw-document", args=[dana.pk, credential.pk]))
    assert "Entered in error" in client.get(reverse("staff-member", args=[dana.pk])).content.decode()
    assert Event.objects.filter(verb="credential-entered-in-error").count() == 1
