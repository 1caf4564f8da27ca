"""A Decision: yes, or the sentence why not."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Somebody may not do this; the message is the sentence they read."""


@dataclass(frozen=True)
class Decision:
    """May it be done? `Decision()` is yes; `Decision("why not")` is no."""

    refusal: str = ""

    def __bool__(self) -> bool:
        return not self.refusal

    def or_raise(self) -> None:
        """Do nothing for yes; raise `Refused` with the sentence for no."""
        if self.refusal:
            raise Refused(self.refusal)
