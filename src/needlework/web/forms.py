"""The base of all forms: one template draws every field, and the errors come first."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws every form and field with the house's own templates."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: the sentence, and the part of the page it is about."""

    sentence: str
    target: str = ""


class Form(forms.Form):
    """A form of the house: `{{ form }}` draws the error summary, the hidden fields and the fields."""

    default_renderer = Renderer()
    use_required_attribute = False
    takes_focus = True
    says_optional = True  # a form that only narrows a list has nothing that must be filled in

    def problems(self) -> list[Problem]:
        """Return every error with a link to its field, in the order of the page and each only once."""
        found = (
            Problem(str(sentence), self.target(name))
            for name in self.ordered()
            for sentence in self.errors.get(name, ())
        )
        return list(dict.fromkeys(found))

    def ordered(self) -> list[str]:
        """Return the names errors are kept under: the form as a whole first, then its fields in order."""
        return [NON_FIELD_ERRORS, *self.fields]

    def target(self, name: str) -> str:
        """Return the id of the field's first control, or nothing for what is not on the page."""
        if name not in self.fields or self[name].is_hidden:
            return ""
        return f"{self[name].auto_id}{getattr(self.fields[name].widget, 'first', '')}"
