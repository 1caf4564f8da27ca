"""Devices, with the depth their label was evaluated to and the depth they can be set to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.clinical.overrides import Override, of
from needlework.evidence import shape
from needlework.evidence.facts import Fact

FILE = "devices.toml"
MAY = {
    **dict.fromkeys(("label_limit_mm", "hardware_limit_mm"), shape.NUMBER),
    **dict.fromkeys(("label_fact", "hardware_fact"), shape.TEXT),
    "radiofrequency": shape.TRUTH,
}


@dataclass(frozen=True, slots=True)
class Device:
    """One make; a limit that nobody published is None. `set_by_clinic` is what a clinic's layer changed in it."""

    name: str
    label_limit_mm: float | None = None
    label_fact: str | None = None
    hardware_limit_mm: float | None = None
    hardware_fact: str | None = None
    radiofrequency: bool = False
    set_by_clinic: tuple[Override, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of the limits that were found."""
        ids = filter(None, (self.label_fact, self.hardware_fact))
        return backing.named(ids, file=FILE, key=self.name)

    @property
    def hardware_verified(self) -> bool:
        """Say whether the hardware limit was read somewhere, and is not from memory."""
        return self.hardware_fact is not None and self.facts[-1].verified

    def is_clinics(self, limit: str) -> bool:
        """Say whether a limit is the clinic's own and not the published one."""
        return any(one.key == limit for one in self.set_by_clinic)

    @property
    def hardware_published(self) -> bool:
        """Say whether somebody published how deep it can be set; a clinic's own limit is no such thing."""
        alone = self.hardware_fact is None and self.is_clinics("hardware_limit_mm")
        return self.hardware_limit_mm is not None and not alone


@cache
def devices() -> Mapping[str, Device]:
    """Return every device by name."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any], overrides: Sequence[Override] = ()) -> Mapping[str, Device]:
    """Return the devices of a document, checked; those of a clinic's layer know the `overrides` that are in them."""
    checked = {name: shape.check(entry, file=FILE, key=name, needs={}, may=MAY) for name, entry in document.items()}
    return {name: Device(name, **entry, set_by_clinic=of(overrides, FILE, name)) for name, entry in checked.items()}
