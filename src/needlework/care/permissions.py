"""Who sees what somebody owes and has paid."""

from typing import Any

from django.http import HttpRequest

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.patients.models import Patient
from needlework.payments.permissions import may_take_payments


def may_see_money_of(*, user: User, patient: Patient, **_: Any) -> Decision:
    """Decide whether somebody sees a patient's money: who takes payments in the patient's clinic."""
    if patient.clinic_id in clinics_where(user, "take-payments"):
        return Decision()
    return may_take_payments(user=user, clinic=patient.clinic)


def is_patient(request: HttpRequest) -> bool:
    """Say whether the reader is a patient, whose own payments are theirs to see."""
    return getattr(request, "patient", None) is not None
