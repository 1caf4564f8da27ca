"""What is typed about money."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from needlework.payments.models import Method
from needlework.payments.queries import METHODS_BY_HAND
from needlework.web import fields
from needlework.web.forms import Form
from needlework.web.money import pounds


class PaymentForm(Form):
    """Money that was handed over."""

    id = fields.NewId()
    amount = fields.Money("Amount", missing="Enter the amount")
    method = fields.Choice("Paid by", choices=METHODS_BY_HAND, missing="Choose how it was paid")
    performed_on = fields.Date("Received on", missing="Enter the day it was received")

    def __init__(self, *args: Any, left: int, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **{"initial": {"amount": max(left, 0) or None, "performed_on": today}, **options})

    def clean_performed_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["performed_on"]
        if day > self.today:
            raise ValidationError("Received on: enter today or a day before")
        return day


class RefundForm(Form):
    """Money that goes back."""

    id = fields.NewId()
    amount = fields.Money("Amount", missing="Enter the amount")
    method = fields.Choice("Paid back by", missing="Choose how it is paid back")
    reason = fields.LongText("Why?", missing="Enter why it is paid back", rows=2, max_length=500)

    def __init__(self, *args: Any, open_pence: int, method: str, online: bool, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"amount": open_pence or None, "method": method}, **options})
        ways = list(METHODS_BY_HAND)
        if online and method == Method.ONLINE:
            ways.insert(0, (Method.ONLINE.value, "Back to the card, online"))
        self.fields["method"].choices = ways  # type: ignore[attr-defined]
        self.fields["amount"].help_text = f"Up to {pounds(open_pence)}"


class ChargeForm(Form):
    """Something more that is owed."""

    id = fields.NewId()
    about = fields.Text("What for?", missing="Enter what it is for", hint="For example, late cancellation")
    amount = fields.Money("Amount", missing="Enter the amount")


class TakeBackForm(Form):
    """A charge that is taken back."""

    id = fields.NewId()
    reason = fields.LongText("Why?", missing="Enter why it is taken back", rows=2, max_length=500)
