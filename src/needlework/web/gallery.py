"""What the page of components shows: every component in every state, with people and dates that nobody has."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator

from needlework.web import fields, forms
from needlework.web.status import STATUSES

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
SIDES = (("left", "Left"), ("right", "Right"), ("both", "Both"))
CONTACT = (("email", "E-mail"), ("sms", "Text message"), ("post", "Letter"))


class EveryField(forms.Form):
    """One of each field."""

    takes_focus = False
    id = fields.NewId()
    name = fields.Text("Full name", missing="Enter the full name", hint="As on the passport", autocomplete="name")
    email = fields.Email("E-mail address", missing="Enter the e-mail address")
    phone = fields.Phone("Telephone", required=False)
    born = fields.DateOfBirth()
    starts = fields.Time("Starts at", missing="Enter the time it starts")
    price = fields.Money("Price", missing="Enter the price", hint="For example, 45 or 45.50")
    minutes = fields.Whole("Minutes", least=5, most=480, missing="Enter how many minutes it takes")
    side = fields.Choice("Which cheek?", choices=SIDES, hints={"both": "One after the other"}, missing="Choose a cheek")
    clinic = fields.Select("Clinic", choices=(("l", "Linthorpe Road"), ("m", "Marton")), missing="Choose the clinic")
    contact = fields.Choices("How may we write to you?", choices=CONTACT, required=False)
    notes = fields.LongText("Notes", hint="Whatever the next colleague should know", required=False, rows=3)
    password = fields.Password()
    code = fields.OneTimeCode(hint="Six figures from your authenticator")
    file = fields.File("Scan of the certificate", max_bytes=1024, missing="Choose the file", accept=".pdf")
    agreed = fields.Tick("I have read this", missing="Tick the box when you have read it", required=True)


def examples() -> dict[str, Any]:
    """Return everything that web/components.html shows."""
    return {
        "statuses": STATUSES,
        "now": NOW,
        "earlier": NOW - timedelta(minutes=12),
        "facts": (("Date of birth", "27 March 1985"), ("Telephone", "01642 960 123"), ("GP", "")),
        "steps": STEPS,
        "rows": ROWS,
        "trail": (("Patients", "#"), ("Jo Ellison", "#")),
        "pages": [Paginator(range(1, 241), 25).page(number) for number in (1, 5, 10)],
        "blank": EveryField(auto_id="blank_%s"),
        "filled": EveryField(auto_id="filled_%s", initial=FILLED),
        "wrong": EveryField({**WRONG, "id": "x"}, auto_id="wrong_%s"),
    }


STEPS = (
    {"state": "done", "title": "First 24 hours: only the cleanser and balm we gave you", "words": "Done yesterday"},
    {"state": "now", "title": "Today: mineral sunscreen before you go out", "words": "Keep out of direct sun"},
    {"state": "", "title": "From tomorrow: your usual make-up is fine again", "words": "Clean brushes first"},
    {"state": "left-out", "title": "Tuesday: review by telephone", "words": "Not needed any more"},
)
ROWS = (
    {"time": "09:00", "who": "Sam Okoro", "for": "Consultation", "status": "waiting", "todo": "Send again"},
    {"time": "10:15", "who": "Jo Ellison", "for": "Session 3 of 4", "status": "sent", "todo": "Open"},
    {
        "time": "11:45",
        "who": "Łucja Żółtowska-Featherstonehaugh",
        "for": "Review",
        "status": "parked",
        "todo": "",
    },
)
FILLED = {
    "name": "Łucja Żółtowska",
    "email": "lucja@example.org",
    "born": NOW.date().replace(year=1985),
    "price": 104550,
    "side": "both",
    "clinic": "m",
    "contact": ["email", "sms"],
    "notes": "Prefers the room at the back.",
    "agreed": True,
}
WRONG = {
    "name": "A\u202eB",
    "email": "lucja@",
    "phone": "12",
    "born_day": "31",
    "born_month": "2",
    "starts": "25:00",
    "price": "4.5.0",
}
