"""Money where an appointment is shown: to staff on its page, to whose it is behind its private link."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from needlework.accounts.models import User
from needlework.care.queries import bills
from needlework.diary import panels
from needlework.diary.models import Appointment
from needlework.payments.paying import can_pay_online
from needlework.payments.permissions import may_take_payments


def register() -> None:
    """Add the panels."""
    panels.register("care/staff/panel.html", for_staff)
    panels.register_own("care/own/panel.html", for_its_person)


def for_staff(user: User, appointment: Appointment, _: datetime) -> Mapping[str, Any] | None:
    """Return what staff who take payments see; nothing for others."""
    if not may_take_payments(user=user, clinic=appointment.clinic):
        return None
    return {"bill": bills.of_appointment(appointment)}


def for_its_person(appointment: Appointment, token: str) -> Mapping[str, Any] | None:
    """Return what is left to pay, for whoever holds the appointment's link; nothing where nothing is owed or paid."""
    bill = bills.of_appointment(appointment)
    if not bill.lines:
        return None
    return {"bill": bill, "token": token, "online": can_pay_online()}
