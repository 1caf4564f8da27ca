"""Forms about clinics, their licences, and the organisation's settings."""

from typing import Any

from django.core.exceptions import ValidationError

from needlework.accounts import logos
from needlework.accounts.models import Answer, LicenceKind, Nation
from needlework.web import brand, fields
from needlework.web.brand import Brand
from needlework.web.contrast import HEX
from needlework.web.forms import Form

MINUTES = [(str(minutes), f"{minutes} minutes") for minutes in (5, 10, 15, 30, 60)]


class ClinicForm(Form):
    """A clinic's name, place and how to reach it."""

    id = fields.NewId()
    version = fields.Version()
    name = fields.Text("Name", missing="Enter the name of the clinic", hint="For example, Linthorpe Road")
    address = fields.LongText("Address", required=False, rows=3, max_length=400)
    nation = fields.Select(
        "Nation", choices=Nation.choices, missing="Choose the nation", hint="It decides which licences are asked for"
    )
    phone = fields.Phone("Telephone", required=False, max_length=20)
    email = fields.Email("E-mail address", required=False, autocomplete="off")


class LicenceForm(Form):
    """What a council or regulator answered."""

    id = fields.NewId()
    kind = fields.Choice("Who answered?", choices=LicenceKind.choices, missing="Choose who answered")
    answer = fields.Choice(
        "What is the answer?",
        choices=Answer.choices,
        hints={Answer.NOT_NEEDED: "For example, the Care Quality Commission wrote that registration is not needed"},
        missing="Choose what the answer is",
    )
    body = fields.Text("Name of the council or office", required=False)
    number = fields.Text("Number", required=False, max_length=60, width="medium")
    valid_from = fields.Date("Valid from", missing="Enter the day of the answer or the first day of the licence")
    valid_until = fields.Date("Valid until", required=False, hint="Leave empty where it has no end")

    def clean(self) -> dict[str, Any]:
        """Ask for the number of a registration, and for dates in order."""
        values = super().clean() or self.cleaned_data
        if values.get("answer") == Answer.REGISTERED and not values.get("number") and "number" not in self.errors:
            self.add_error("number", "Enter the number of the registration or licence")
        start, end = values.get("valid_from"), values.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Check the dates: the last day lies before the first")
        return values


class LogoForm(Form):
    """A picture for the top of every page."""

    logo = fields.File(
        "Logo",
        max_bytes=logos.LARGEST_BYTES,
        accept="image/png,image/jpeg",
        missing="Choose the picture",
        hint="PNG or JPEG, at most 200 kB. It is shown 32 pixels high",
    )

    def clean_logo(self) -> logos.Picture:
        """Return the picture as its bytes tell, or raise what to choose instead."""
        try:
            return logos.read(self.cleaned_data["logo"].read())
        except logos.NotALogo as fault:
            raise ValidationError(str(fault)) from fault


class SettingsForm(Form):
    """The organisation's name, colours and idle time."""

    version = fields.Version()
    name = fields.Text("Name of the organisation", missing="Enter the name of the organisation")
    colour = fields.Text(
        "Main colour",
        missing="Enter the main colour",
        hint="Buttons and links. # and six figures, like #1d5c53",
        max_length=7,
        width="short",
    )
    colour_deep = fields.Text(
        "Deep colour",
        missing="Enter the deep colour",
        hint="The name at the top, and buttons under the pointer. A darker shade of the main colour",
        max_length=7,
        width="short",
    )
    colour_wash = fields.Text(
        "Wash", missing="Enter the wash", hint="Behind what is chosen. A very light shade", max_length=7, width="short"
    )
    idle_minutes = fields.Select(
        "Lock a page that nobody has touched for",
        choices=MINUTES,
        missing="Choose after how many minutes a quiet page is locked",
    )

    def clean_colour(self) -> str:
        """Return the main colour in lower case."""
        return self._colour("colour")

    def clean_colour_deep(self) -> str:
        """Return the deep colour in lower case."""
        return self._colour("colour_deep")

    def clean_colour_wash(self) -> str:
        """Return the wash in lower case."""
        return self._colour("colour_wash")

    def clean_idle_minutes(self) -> int:
        """Return the minutes as a number."""
        return int(self.cleaned_data["idle_minutes"])

    def clean(self) -> dict[str, Any]:
        """Refuse colours in which words are hard to read."""
        values = super().clean() or self.cleaned_data
        if {"colour", "colour_deep", "colour_wash"} <= values.keys():
            look = Brand("", values["colour"], values["colour_deep"], values["colour_wash"])
            self._refuse("colour", brand.too_light("main", look.colour))
            self._refuse("colour_deep", brand.too_light("deep", look.colour_deep))
            self._refuse("colour_wash", brand.too_dark(look.colour_wash, look))
        return values

    def _colour(self, name: str) -> str:
        colour: str = self.cleaned_data[name].lower()
        if not HEX.fullmatch(colour):
            raise ValidationError("Enter the colour as # and six figures, like #1d5c53")
        return colour

    def _refuse(self, name: str, sentence: str) -> None:
        if sentence:
            self.add_error(name, sentence)
