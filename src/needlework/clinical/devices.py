"""Devices, with the depth their label was evaluated to and the depth they can be set to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from needlework.clinical import backing
from needlework.evidence import toml
from needlework.evidence.facts import Fact

FILE = "devices.toml"


@dataclass(frozen=True, slots=True)
class Device:
    """One make; a limit that nobody published is None."""

    name: str
    label_limit_mm: float | None = None
    label_fact: str | None = None
    hardware_limit_mm: float | None = None
    hardware_fact: str | None = None
    radiofrequency: bool = False

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of the limits that were found."""
        ids = filter(None, (self.label_fact, self.hardware_fact))
        return backing.named(ids, file=FILE, key=self.name)

    @property
    def hardware_verified(self) -> bool:
        """Say whether the hardware limit was read somewhere, and is not from memory."""
        return self.hardware_fact is not None and self.facts[-1].verified


@cache
def devices() -> Mapping[str, Device]:
    """Return every device by name."""
    return {name: Device(name, **entry) for name, entry in toml.read(files(__package__) / "rules" / FILE).items()}
