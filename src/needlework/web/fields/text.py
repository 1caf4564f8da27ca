"""Fields for words: one line, many lines, and what both refuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from needlework.web import characters
from needlework.web.fields.asking import asking, attributes


class Text(forms.CharField):
    """One line of text; white space is tidied, hidden characters and too much text get a sentence."""

    widget: type[forms.Widget] = forms.TextInput
    tidy: Callable[[str], str] = staticmethod(characters.one_line)

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        required: bool = True,
        max_length: int = 120,
        autocomplete: str = "",
        width: str = "",
        initial: str | None = None,
    ) -> None:
        self.longest = max_length
        super().__init__(strip=False, **asking(label, missing=missing, hint=hint, required=required, initial=initial))
        self.widget.attrs.update(
            attributes(autocomplete=autocomplete, class_=f"input input--{width}" if width else "input")
        )

    def to_python(self, value: Any) -> str:
        """Return the tidied text, or raise the sentence that says what to change."""
        text = super().to_python(value) or ""
        self.refuse_longer(text, 2 * self.longest + 1000)
        text = self.tidy(text)
        self.refuse_longer(text, self.longest)
        if characters.has_hidden(text):
            raise ValidationError(
                f"“{self.label}” held a hidden character, now taken out. Check the text and send it again", "hidden"
            )
        return text

    def prepare_value(self, value: Any) -> Any:
        """Show again what was sent, without the hidden characters that were refused."""
        return characters.without_hidden(value) if isinstance(value, str) else value

    def refuse_longer(self, text: str, limit: int) -> None:
        """Raise the sentence for text longer than the limit."""
        if len(text) > limit:
            spare = len(text) - self.longest
            raise ValidationError(
                f"“{self.label}” may have {self.longest:,} characters. Shorten it by {spare:,}", "too-long"
            )


class LongText(Text):
    """Several lines of text."""

    widget = forms.Textarea
    tidy = staticmethod(characters.many_lines)

    def __init__(self, label: str, *, rows: int = 5, max_length: int = 4000, **words: Any) -> None:
        super().__init__(label, max_length=max_length, **words)
        self.widget.attrs["rows"] = rows
