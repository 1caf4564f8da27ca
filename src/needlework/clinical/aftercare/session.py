"""A finished session, as far as looking after the skin depends on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FinishedSession:
    """What was done, when it ended, and the clinic's choices of hours by instruction."""

    finished_at: datetime
    zones: tuple[str, ...]
    concern: str
    skin_type: str
    max_depth_mm: float
    used: tuple[str, ...] = ()
    choices: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class When:
    """What must hold of a session; what is left empty asks nothing."""

    only_zones: tuple[str, ...] = ()
    only_concerns: tuple[str, ...] = ()
    only_skin_types: tuple[str, ...] = ()
    only_used: tuple[str, ...] = ()
    from_depth_mm: float = 0

    def holds(self, session: FinishedSession) -> bool:
        """Say whether all of it holds; of zones and products, any one named is enough."""
        named = (
            (self.only_zones, session.zones),
            (self.only_concerns, (session.concern,)),
            (self.only_skin_types, (session.skin_type,)),
            (self.only_used, session.used),
        )
        deep = session.max_depth_mm >= self.from_depth_mm
        return deep and all(not wanted or not set(wanted).isdisjoint(there) for wanted, there in named)
