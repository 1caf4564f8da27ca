"""What must have happened before a plan is carried out, and what the law of the nation asks of the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from needlework.clinical import backing
from needlework.clinical.planning.proposal import EXAMINED, Proposal
from needlework.clinical.planning.rows import table
from needlework.evidence.nations import Provision
from needlework.evidence.sources import Source

FILE = "gates.toml"
PREMISES = "permitted-premises"


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold; `refuses` is whether the plan may go on without it."""

    gate: str
    met: bool
    do: str | None
    sources: tuple[Source, ...]
    refuses: bool = True
    by: str | None = None
    on: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        return {
            "gate": self.gate,
            "met": self.met,
            "refuses": self.refuses,
            "do": self.do,
            "by": self.by,
            "on": self.on,
            "sources": [source.as_json() for source in self.sources],
        }


def gates(proposal: Proposal, law: Iterable[Provision]) -> tuple[Gate, ...]:
    """Return every gate of a proposal; `law` is what the nation says about it."""
    examined = (_examined(proposal),) if _asks_examination(proposal) else ()
    return (*examined, *(_premises(proposal, one) for one in law if one.permitted_premises))


def _asks_examination(proposal: Proposal) -> bool:
    """Say whether spots may be meant, or somebody said that they were looked at."""
    entry = table(FILE)[EXAMINED]
    unless = entry["concerns_unless_told"]
    return proposal.examined is not None or any(
        one.concern in entry["concerns"] or (one.concern in unless and one.spots is not False)
        for one in proposal.concerns
    )


def _examined(proposal: Proposal) -> Gate:
    entry, found = table(FILE)[EXAMINED], proposal.examined
    sources = backing.sources_of(backing.named(entry["facts"], file=FILE, key=EXAMINED))
    if found is None:
        return Gate(EXAMINED, False, entry["do"], sources)
    do = entry["refer"] if found.suspicious else None
    return Gate(EXAMINED, not found.suspicious, do, sources, by=found.by, on=found.on.isoformat())


def _premises(proposal: Proposal, provision: Provision) -> Gate:
    entry = table(FILE)[PREMISES]
    met = proposal.premises in provision.permitted_premises
    in_force = provision.in_force is not None and provision.in_force <= proposal.planned_date
    do = entry["do"] if in_force else f"{entry['do']} {entry['not_yet']}"
    return Gate(PREMISES, met, None if met else do, provision.sources, refuses=in_force)
