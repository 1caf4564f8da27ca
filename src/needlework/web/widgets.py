"""The controls that the field template draws; `first` names the part that a link to the field goes to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


class Radios(forms.RadioSelect):
    """Radio buttons, each a whole row to press."""

    template_name = "web/form/choices.html"
    option_template_name = "web/form/option.html"
    first = "_0"
    hints: Mapping[Any, str] = {}

    def create_option(self, *args: Any, **more: Any) -> dict[str, Any]:
        """Return one option, with the hint under it."""
        return hinted(super().create_option(*args, **more), self.hints)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes, each a whole row to press."""

    template_name = "web/form/choices.html"
    option_template_name = "web/form/option.html"
    first = "_0"
    hints: Mapping[Any, str] = {}

    def create_option(self, *args: Any, **more: Any) -> dict[str, Any]:
        """Return one option, with the hint under it."""
        return hinted(super().create_option(*args, **more), self.hints)


def hinted(option: dict[str, Any], hints: Mapping[Any, str]) -> dict[str, Any]:
    """Add to an option the hint that describes it; that the answer is wrong, its group says."""
    option["attrs"].pop("aria-invalid", None)
    hint = hints.get(option["value"], "")
    if hint:
        option["hint"] = hint
        option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', option['name'])}_hint"
    return option


class TickBox(forms.CheckboxInput):
    """One checkbox; the field template puts its label beside it."""

    tick = True


class DateBoxes(forms.Widget):
    """Day, month and year in three boxes."""

    template_name = "web/form/date.html"
    use_fieldset = True
    first = "_day"
    birthday = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the template's context: one box for each part."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        invalid = own.get("aria-invalid")
        context["boxes"] = [
            {
                "label": part.capitalize(),
                "name": f"{name}_{part}",
                "id": f"{own.get('id', name)}_{part}",
                "value": shown,
                "autocomplete": f"bday-{part}" if self.birthday else "off",
                "invalid": invalid,
                "year": part == "year",
            }
            for part, shown in zip(("day", "month", "year"), in_parts(value), strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> tuple[Any, ...]:
        """Return the three parts as they were sent."""
        return tuple(data.get(f"{name}_{part}", "") for part in ("day", "month", "year"))

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Tell whether the form came without any of the boxes."""
        return not any(f"{name}_{part}" in data for part in ("day", "month", "year"))


def in_parts(value: Any) -> tuple[str, str, str]:
    """Return day, month and year as text to show again."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if value is None:
        return "", "", ""
    day, month, year = value
    return str(day), str(month), str(year)
