"""The page of the screening rules: every rule by group, with where it comes from and the specs that hold it."""

from itertools import groupby

from docs.generator.cited import cited
from needlework.clinical.screening import CONSULTATION, DeviceOverride, Rule, Wait, rules
from needlework.clinical.waits import told
from tests.spec.screening.named import specs

INTRODUCTION = f"""# Screening rules

What speaks against a treatment, until when, and why. {CONSULTATION}

- Outcomes, worst first: `exclude`, `refer`, `defer`, `treat_around`, `suitable_with_adjustments`; without any finding,
  `suitable`. The outcome of a screening is that of its worst finding.
- A wait ends on the day that lies the whole wait after the day it is counted from: treatment is allowed on it. Months
  are calendar months. Without a date, or where the person is unsure, a finding stays.
- Being unsure counts as yes. Where a yes excludes, it refers instead, unless the rule names its own outcome.
- A `local` rule counts where the named zones meet the planned ones, or where none is named, and closes those it meets,
  unless it only adjusts; `face` counts where the face is planned and the named zones, if any, are on it; `body` where
  abdomen, breasts or thighs are planned; `systemic` always.
- `exclude` with an age below 18 has an earliest date where the date of birth is known; `defer` has one where every
  deferral has.
- "Unverified" stands at what is policy of this rule set or from memory: its outcome was read in no source."""

VERIFIED = {
    "seen": "seen: outcome and wait were read in a source below",
    "partial": "partial: part was read in a source below, the rest is policy",
    "unverified": "unverified: policy or memory, its outcome was read in no source",
}


def pages() -> dict[str, str]:
    """Return the page."""
    groups = groupby(rules().values(), key=lambda rule: rule.group)
    parts = [part for group, members in groups for part in (f"## {group}", *map(_rule, members))]
    return {"rules/screening.md": "\n\n".join([INTRODUCTION, *parts])}


def _rule(rule: Rule) -> str:
    conflicts = [f"- Where sources disagree: {rule.conflicts}"] if rule.conflicts else []
    lines = [
        f"- Rule: `{rule.id}`{_raised(rule)}",
        f"- Outcome: {_outcome(rule)}; scope `{rule.scope}`",
        *_waits(rule),
        *(["- No numbing on the skin while it is in force"] if rule.no_topical_anaesthetic else []),
        *(_override(device, override) for device, override in rule.overrides.items()),
        f"- Why: {rule.rationale}",
        f"- What to do: {rule.action}",
        *conflicts,
        f"- Verified: {VERIFIED[rule.verified]}",
        f"- Sources: {cited(rule.sources)}",
        f"- Specs: {'; '.join(specs().get(rule.id, ['none']))}",
    ]
    return "\n".join([f"### {rule.label}", "", *lines])


def _raised(rule: Rule) -> str:
    if rule.never_asked:
        return ", never asked: as an answer it is refused"
    if rule.derived:
        return ", never asked: follows from the plan and other findings"
    if rule.age_below is not None:
        return f", read off the patient: age from {rule.age_from} to {rule.age_below - 1}"
    return f", read off the patient: skin type {', '.join(rule.skin_types)}" if rule.from_patient else ""


def _outcome(rule: Rule) -> str:
    unsure = f"; where unsure, `{rule.unsure}`" if rule.unsure else ""
    return "none: it changes nothing" if rule.never_asked else f"`{rule.outcome}`{unsure}"


def _waits(rule: Rule) -> list[str]:
    if rule.wait is None or rule.wait_from is None:
        return []
    ahead = ", which may lie ahead" if rule.date_may_be_ahead else ""
    least = f"; a clinic may shorten it to {_told(rule.may_loosen_to)}" if rule.may_loosen_to else ""
    return [f"- Wait: {_told(rule.wait)} from {rule.wait_from.replace('_', ' ')}{ahead}{least}"]


def _override(device: str, override: DeviceOverride) -> str:
    changes = [f"`{override.outcome}`"] if override.outcome else []
    changes += [f"wait {_told(override.wait)}"] if override.wait else []
    changes += ["no numbing on the skin"] if override.no_topical_anaesthetic else []
    return f"- With {device}: {', '.join(changes)}" + (f". {override.note}" if override.note else "")


def _told(wait: Wait) -> str:
    return told(wait.as_json())
