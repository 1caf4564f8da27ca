"""What the database refuses, whatever the program does."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from needlework.accounts.models import (
    Authenticator,
    Clinic,
    ClinicLicence,
    Credential,
    Logo,
    Membership,
    Organisation,
    Passkey,
    PasswordLink,
    RecoveryCode,
    Role,
    SignIn,
    User,
)
from tests.factories import accounts
from tests.factories.accounts import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return accounts.member(Role.PRACTITIONER)


def refused(model, **values):
    """Say whether the database refuses a row."""
    try:
        with transaction.atomic():
            model.objects.create(**values)
    except DatabaseError:
        return True
    return False


def document(user, **values):
    return {
        "user": user,
        "kind": "licence",
        "valid_from": date(2026, 1, 1),
        "recorded_at": AT,
        **values,
    }


def licence(**values):
    return {
        "clinic": accounts.clinic(),
        "kind": "council",
        "number": "1",
        "valid_from": date(2026, 1, 1),
        "recorded_at": AT,
        **values,
    }


def sign_in(user, **values):
    return {"user": user, "session_key": uuid4().hex, "factor": "totp", "started_at": AT, **values}


def passkey(user, **values):
    return {"user": user, "credential_id": "AAAA", "public_key": "AAAA", "name": "x", "added_at": AT, **values}


def test_the_smallest_rows_are_taken(user):
    assert not refused(Credential, **document(user))
    assert not refused(ClinicLicence, **licence())
    assert not refused(SignIn, **sign_in(user))
    assert not refused(Passkey, **passkey(user))


def test_there_is_one_organisation(user):
    assert refused(Organisation, name="Another")
    assert refused(Organisation, name="Another", only_one=False)


@pytest.mark.parametrize("minutes", [0, 61])
def test_the_idle_time_lies_within_the_hour(user, minutes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(idle_minutes=minutes)


def test_a_clinics_name_is_there_once_in_any_spelling(user):
    assert refused(Clinic, organisation=accounts.organisation(), name="LINTHORPE road")


def test_a_logo_is_png_or_jpeg(user):
    ours = {"organisation": accounts.organisation(), "content": b"", "digest": "x", "recorded_at": AT}
    assert refused(Logo, **ours, recorded_by=user, media_type="image/svg+xml")


@pytest.mark.parametrize("email", ["", "Amira@example.test"])
def test_an_address_is_lower_case_and_not_empty(email):
    assert refused(User, name="x", email=email)


def test_an_address_is_there_once(user):
    assert refused(User, name="x", email=user.email)


@pytest.mark.parametrize("half", [{"ended_at": AT}, {"ended_by": True}])
def test_every_end_has_a_moment_and_a_person(user, half):
    half = {name: user if value is True else value for name, value in half.items()}
    assert refused(User, name="x", email="x@example.test", **half)
    assert refused(Membership, user=user, clinic=accounts.clinic(), role=Role.LEAD, started_at=AT, **half)
    assert refused(SignIn, **sign_in(user, **half))
    assert refused(Passkey, **passkey(user, **half))
    assert refused(Authenticator, user=user, secret="x", made_at=AT, **half)


def test_a_role_is_held_once_at_a_time(user):
    again = {"user": user, "clinic": accounts.clinic(), "role": Role.PRACTITIONER, "started_at": AT}
    assert refused(Membership, **again)
    assert not refused(Membership, **again, ended_at=AT, ended_by=user)


def test_one_app_is_in_force_and_one_is_being_set_up(user):
    for confirmed in (None, AT):
        row = {"user": user, "secret": "x", "made_at": AT, "confirmed_at": confirmed}
        assert not refused(Authenticator, **row)
        assert refused(Authenticator, **row)
        assert not refused(Authenticator, **row, ended_at=AT, ended_by=user)


def test_a_passkey_belongs_to_one_person(user):
    assert not refused(Passkey, **passkey(user))
    assert refused(Passkey, **passkey(accounts.member(Role.LEAD, name="Dana Reid")))
    assert not refused(Passkey, **passkey(user, ended_at=AT, ended_by=user))


def test_a_recovery_code_is_there_once_in_its_batch(user):
    row = {"user": user, "batch": uuid4(), "digest": "x", "made_at": AT}
    assert not refused(RecoveryCode, **row)
    assert refused(RecoveryCode, **row)


def test_a_session_belongs_to_one_sign_in(user):
    assert not refused(SignIn, **sign_in(user, session_key="x"))
    assert refused(SignIn, **sign_in(user, session_key="x"))


def test_a_link_lives_for_a_while(user):
    assert refused(PasswordLink, user=user, purpose="reset", made_at=AT, expires_at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": date(2025, 12, 31)},
        {"kind": "registration", "body": "NMC"},
        {"kind": "registration", "number": "1"},
        {"kind": "insurance"},
        {"kind": "device-training"},
        {"device": "SkinPen"},
        {"entered_in_error_at": AT},
    ],
)
def test_a_document_without_what_it_needs_is_refused(user, wrong):
    assert refused(Credential, **document(user, **wrong))


@pytest.mark.parametrize("wrong", [{"valid_until": date(2025, 12, 31)}, {"number": ""}, {"entered_in_error_at": AT}])
def test_a_licence_without_what_it_needs_is_refused(user, wrong):
    assert refused(ClinicLicence, **licence(**wrong))


def test_an_answer_that_registration_is_not_needed_needs_no_number(user):
    assert not refused(ClinicLicence, **licence(number="", answer="not-needed"))


def test_somebody_with_a_history_cannot_be_deleted(user):
    with pytest.raises(ProtectedError):
        user.delete()


@pytest.mark.parametrize("name", ["x" * 121, "a\0b"])
def test_names_are_bounded_and_free_of_nul(name):
    with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
        User.objects.create(name=name, email="x@example.test")
