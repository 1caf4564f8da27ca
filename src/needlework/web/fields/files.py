"""The field for a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from needlework.web.fields.asking import asking, attributes


class File(forms.FileField):
    """One file, no larger than `max_bytes`; what is in it, the room that asked must check by decoding it."""

    widget = forms.FileInput

    def __init__(
        self,
        label: str,
        *,
        max_bytes: int,
        accept: str = "",
        missing: str = "",
        hint: str = "",
        required: bool = True,
    ) -> None:
        super().__init__(**asking(label, missing=missing, hint=hint, required=required))
        self.max_bytes = max_bytes
        self.error_messages.update(
            {
                "invalid": "The file did not arrive. Choose it again",
                "missing": "The file did not arrive. Choose it again",
                "empty": "The file is empty. Choose another",
            }
        )
        self.widget.attrs.update(attributes(accept=accept, class_="input input--file"))

    def to_python(self, data: Any) -> Any:
        """Return the uploaded file, or raise the sentence for one that is empty or too large."""
        file = super().to_python(data)
        if file is not None and file.size > self.max_bytes:
            size, limit = filesizeformat(file.size), filesizeformat(self.max_bytes)
            raise ValidationError(f"The file has {size}, more than the {limit} allowed. Choose a smaller one", "size")
        return file
