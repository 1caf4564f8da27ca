"""What must have happened before a plan is carried out, and what the law of the nation asks of the place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from needlework.clinical import backing
from needlework.clinical.backing import rule_table
from needlework.clinical.planning.proposal import EXAMINED, Proposal
from needlework.evidence.nations import Provision
from needlework.evidence.reviewing import later
from needlework.evidence.sources import Source, cite

FILE = "gates.toml"
PREMISES = "permitted-premises"


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must hold; unmet, one that `refuses` closes its zones: there no depth stands."""

    gate: str
    met: bool
    do: str | None
    sources: tuple[Source, ...]
    refuses: bool = True
    by: str | None = None
    on: str | None = None
    zones: tuple[str, ...] = ()

    def closes(self, zone: str) -> bool:
        """Say whether nothing may be planned in a zone until it is met."""
        return self.refuses and not self.met and zone in self.zones

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        return {
            "gate": self.gate,
            "met": self.met,
            "refuses": self.refuses,
            "do": self.do,
            "by": self.by,
            "on": self.on,
            "zones": list(self.zones),
            "sources": [source.as_json() for source in self.sources],
        }


def gates(proposal: Proposal, law: Iterable[Provision]) -> tuple[Gate, ...]:
    """Return every gate of a proposal; `law` is what the nation says about it."""
    asking = _asking(proposal)
    examined = (_examined(proposal, asking),) if asking or proposal.examined is not None else ()
    return (*examined, *(_premises(proposal, one) for one in law if one.permitted_premises))


def _asking(proposal: Proposal) -> tuple[str, ...]:
    """Return the zones in which spots may be meant."""
    entry = rule_table(FILE)[EXAMINED]
    unless = entry["concerns_unless_told"]
    wanted = [
        one
        for one in proposal.concerns
        if one.concern in entry["concerns"] or (one.concern in unless and one.spots is not False)
    ]
    return tuple(zone for zone in proposal.zones if any(zone in one.zones for one in wanted))


def _examined(proposal: Proposal, asking: tuple[str, ...]) -> Gate:
    entry, found = rule_table(FILE)[EXAMINED], proposal.examined
    sources = backing.sources_of(backing.named(entry["facts"], file=FILE, key=EXAMINED))
    gate = Gate(EXAMINED, False, entry["do"], sources, refuses=bool(asking), zones=asking)
    if found is None:
        return gate
    gate = replace(gate, by=found.by, on=found.on.isoformat())
    if found.suspicious:  # whatever it was looked at for: nothing is treated before somebody who can tell has seen it
        return replace(gate, do=entry["refer"], refuses=True, zones=proposal.zones)
    fresh = entry["fresh"]
    if later(found.on, fresh["months"]) < proposal.planned_date:
        policy = cite(fresh["sources"], file=FILE, key=f"{EXAMINED}.fresh")
        return replace(gate, do=fresh["do"], sources=(*sources, *policy))
    return replace(gate, met=True, do=None)


def _premises(proposal: Proposal, provision: Provision) -> Gate:
    entry = rule_table(FILE)[PREMISES]
    met = proposal.premises in provision.permitted_premises
    in_force = provision.in_force is not None and provision.in_force <= proposal.planned_date
    do = entry["do"] if in_force else f"{entry['do']} {entry['not_yet']}"
    return Gate(PREMISES, met, None if met else do, provision.sources, refuses=in_force, zones=proposal.zones)
