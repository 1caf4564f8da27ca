"""Screens a case: which rules count, what each comes to, and what they come to together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from needlework.clinical import overrides
from needlework.clinical.rule_set import VERSION
from needlework.clinical.screening.cases import Answer, Case, birthday
from needlework.clinical.screening.loading import rules as default_rules
from needlework.clinical.screening.rule import DeviceOverride, Rule
from needlework.clinical.terms import Outcome
from needlework.evidence.nations import Provision, law
from needlework.evidence.zones import zones

CONSULTATION = "These rules inform a practitioner. Whatever they find, a consultation stays open to everybody."
"""Stands with every outcome: no rule alone refuses a person."""

RANK = {outcome: outcome.rank for outcome in Outcome}
NO_PLACE = "No place was given: ask where it is before treating."
"""Stands beside the advice to treat around something, where nobody said where: then no zone is closed."""
NO_OVERRIDE = DeviceOverride()
YES = Answer()


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to think twice; `until` is the day on which it lapses, `zones` the planned zones that it closes."""

    rule: Rule
    outcome: Outcome
    until: date | None = None
    zones: tuple[str, ...] = ()
    no_topical_anaesthetic: bool = False
    set_by_clinic: tuple[overrides.Override, ...] = ()

    @property
    def note(self) -> str | None:
        """Return what staff must ask before they treat around it, or None."""
        around = self.rule.scope == "local" and self.outcome is Outcome.TREAT_AROUND
        return NO_PLACE if around and not self.zones else None


@dataclass(frozen=True, slots=True)
class Screening:
    """What a case comes to, and why."""

    outcome: Outcome
    earliest_date: date | None
    findings: tuple[Finding, ...]
    legal: tuple[Provision, ...]
    planned_date: date
    read_free_text: bool


def screen(case: Case, *, rules: Mapping[str, Rule] | None = None) -> Screening:
    """Return what a case comes to: its findings, worst first, and the outcome of the worst."""
    known = default_rules() if rules is None else rules
    raised = [_finding(case, rule, answer) for rule, answer in _in_force(case, known)]
    found = [finding for finding in raised if finding.until is None or case.planned_date < finding.until]
    found += [_finding(case, known[key], YES) for key in _derived(case, found)]
    found.sort(key=lambda finding: (-RANK[finding.outcome], finding.rule.id))
    features = ("radiofrequency",) if case.device.radiofrequency else ()
    return Screening(
        outcome=found[0].outcome if found else Outcome.SUITABLE,
        earliest_date=_earliest(case, found),
        findings=tuple(found),
        legal=law(case.jurisdiction, depth_mm=case.depth_mm, features=features),
        planned_date=case.planned_date,
        read_free_text=bool(case.free_text.strip()),
    )


def as_json(screening: Screening) -> dict[str, Any]:
    """Return a screening as the command writes it."""
    return {
        "outcome": screening.outcome.value,
        "earliest_date": _text(screening.earliest_date),
        "read_free_text": screening.read_free_text,
        "rule_set": VERSION,
        "findings": [_finding_as_json(finding) for finding in screening.findings],
        "legal": [provision.as_json(screening.planned_date) for provision in screening.legal],
        "consultation": CONSULTATION,
    }


def _in_force(case: Case, rules: Mapping[str, Rule]) -> Iterator[tuple[Rule, Answer]]:
    for rule in rules.values():
        if rule.from_patient and _is_of(case, rule):
            yield rule, YES
    for key, answer in case.answers.items():
        if rules[key].may_be_answered and _counts(rules[key], answer, case):
            yield rules[key], answer


def _is_of(case: Case, rule: Rule) -> bool:
    if rule.age_below is not None:
        return rule.age_from <= case.age_years < rule.age_below
    return case.fitzpatrick in rule.skin_types


def _counts(rule: Rule, answer: Answer, case: Case) -> bool:
    if rule.scope == "local":
        return not answer.zones or not set(answer.zones).isdisjoint(case.zones)
    if rule.scope == "face":
        return _meets("face", case.zones) and (not answer.zones or _meets("face", answer.zones))
    return rule.scope == "systemic" or _meets("body", case.zones)


def _meets(scope: str, named: tuple[str, ...]) -> bool:
    return not _places(scope).isdisjoint(named)


@cache
def _places(scope: str) -> frozenset[str]:
    table = zones()
    if scope == "body":
        return frozenset({"abdomen", *table.groups["breasts"], *table.groups["thighs"]})
    return frozenset({*table.face, *table.never_treated} - {"intimate"})  # lids and lips are on the face


def _finding(case: Case, rule: Rule, answer: Answer) -> Finding:
    override = rule.overrides.get(case.device.name, NO_OVERRIDE)
    outcome = override.outcome or rule.outcome
    wait = override.wait or rule.wait
    bars = override.no_topical_anaesthetic
    if answer.unsure and outcome is Outcome.EXCLUDE:
        outcome = rule.unsure or Outcome.REFER
    closes = rule.scope == "local" and outcome is not Outcome.SUITABLE_WITH_ADJUSTMENTS  # an adjusted zone stays open
    return Finding(
        rule=rule,
        outcome=outcome,
        until=wait.after(answer.day) if wait and answer.day and not answer.unsure else None,
        zones=tuple(zone for zone in case.zones if zone in answer.zones) if closes else (),
        no_topical_anaesthetic=rule.no_topical_anaesthetic if bars is None else bars,
        set_by_clinic=rule.changed_for(case.device.name),
    )


def _derived(case: Case, found: list[Finding]) -> Iterator[str]:
    if case.device.radiofrequency:
        yield "rf_not_covered"
    if case.topical_anaesthetic and any(finding.no_topical_anaesthetic for finding in found):
        yield "numbing_conflict"
    closed = {zone for finding in found if finding.outcome is Outcome.TREAT_AROUND for zone in finding.zones}
    if closed.issuperset(case.zones):
        yield "nothing_left_to_treat"


def _earliest(case: Case, found: list[Finding]) -> date | None:
    deferred = [finding.until for finding in found if finding.outcome is Outcome.DEFER]
    days = [day for day in deferred if day is not None]
    if not found or len(days) < len(deferred):
        return None
    if found[0].outcome is Outcome.DEFER:
        return max(days)
    ages = [finding.rule.age_below for finding in found if finding.outcome is Outcome.EXCLUDE]
    if len(ages) == 1 and ages[0] is not None and case.date_of_birth is not None:
        return max([birthday(case.date_of_birth, ages[0]), *days])
    return None


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id,
        "label": rule.label,
        "outcome": finding.outcome.value,
        "until": _text(finding.until),
        "zones": list(finding.zones),
        "reason": rule.rationale,
        "advice": rule.action,
        "note": finding.note,
        "sources": [source.as_json() for source in rule.sources],
        "verified": rule.verified.value,
        "policy": rule.policy,
        **overrides.as_json(finding.set_by_clinic),
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
