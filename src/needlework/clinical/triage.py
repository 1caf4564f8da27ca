"""From reported signs to who looks at them, how soon, and what the patient reads. Nothing lowers anything.

The tier sorts the clinic's inbox and is no diagnosis. Free text is never interpreted: a person reads it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from needlework.clinical import overrides, safety_net
from needlework.clinical.fields import Fields
from needlework.clinical.rule_set import VERSION
from needlework.clinical.signs import REPORTERS, TOLD, Combination, Sign, TierRule, tiers
from needlework.clinical.signs import combinations as all_combinations
from needlework.clinical.signs import signs as all_signs
from needlework.clinical.terms import Tier
from needlework.evidence.errors import InputError
from needlework.evidence.near import near
from needlework.evidence.sources import Source

LATE = Tier.PRACTITIONER_REVIEW
"""What a sign comes to, at least, that is still there after it should have gone."""
UNREAD = Tier.PRACTITIONER_REVIEW
"""What free text comes to, at least, until a person has read it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports at one moment, `hours_since` the treatment."""

    hours_since: float
    reported_by: str
    signs: tuple[str, ...] = ()
    temperature_c: float | None = None
    free_text: str = ""


@dataclass(frozen=True, slots=True)
class ReportedSign:
    """A sign that was reported, and what this report makes of it."""

    sign: Sign
    tier: Tier
    because: str
    patient_text: str
    notify: frozenset[str]
    sources: tuple[Source, ...]
    set_by_clinic: tuple[overrides.Override, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the command writes it."""
        return {
            "sign": self.sign.id,
            "tier": self.tier,
            "because": self.because,
            "patient_text": self.patient_text,
            "sources": [source.as_json() for source in self.sources],
            **overrides.as_json(self.set_by_clinic),
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """How soon somebody must look, who is told, and every reported sign, worst first; always with the whole net."""

    tier: Tier
    notify: tuple[str, ...]
    read_free_text: bool
    signs: tuple[ReportedSign, ...]
    combinations: tuple[Combination, ...]
    safety_net: tuple[safety_net.Line, ...]

    @property
    def promise(self) -> TierRule:
        """Return what the tier promises."""
        return tiers()[self.tier]


def read(document: Any) -> Report:
    """Return what a document reports, or say what is wrong with it."""
    fields = Fields(document)
    report = Report(
        hours_since=fields.number("hours_since", "hours", least=0, most=20000),
        reported_by=fields.choice("reported_by", REPORTERS),
        signs=_known(fields.texts("signs"), all_signs()),
        temperature_c=fields.number("temperature_c", "°C", least=30, most=45, default=None),
        free_text=fields.text("free_text", ""),
    )
    fields.done()
    return report


def triage(
    report: Report,
    *,
    signs: Mapping[str, Sign] | None = None,
    combinations: Iterable[Combination] | None = None,
) -> Triage:
    """Return what a report comes to: the worst of all that it holds."""
    known = all_signs() if signs is None else signs
    named = _known(report.signs, known)  # a sign that is not known is refused here too, and never dropped
    here = {sign.id: sign for sign in known.values() if sign.id in named or _measured(sign, report)}
    listed = all_combinations() if combinations is None else combinations
    met = tuple(one for one in listed if here.keys() >= set(one.signs))
    found = sorted((_reported(sign, report, met) for sign in here.values()), key=lambda one: -one.tier.rank)
    unread = bool(report.free_text.strip())
    return Triage(
        tier=_worst([Tier.EXPECTED, *(one.tier for one in found), *([UNREAD] if unread else [])]),
        notify=_in_order(frozenset().union(*(one.notify for one in found), tiers()[UNREAD].notify if unread else ())),
        read_free_text=unread,
        signs=tuple(found),
        combinations=met,
        safety_net=safety_net.lines(),
    )


def as_json(answer: Triage) -> dict[str, Any]:
    """Return an answer as the command writes it; nobody has to answer what is expected, so it has no minutes."""
    return {
        "rule_set": VERSION,
        "tier": answer.tier,
        "notify": list(answer.notify),
        "answer_within_minutes": answer.promise.answer_within_minutes,
        "read_free_text": answer.read_free_text,
        "signs": [one.as_json() for one in answer.signs],
        "safety_net": [line.as_json() for line in answer.safety_net],
    }


def _known(named: tuple[str, ...], known: Mapping[str, Sign]) -> tuple[str, ...]:
    for place, one in enumerate(named):
        if one not in known:
            hint = near(one, known, f"Send some of: {', '.join(known)}.")
            raise InputError(f"signs[{place}]", f"That is not known here. {hint}")
    return tuple(dict.fromkeys(named))


def _measured(sign: Sign, report: Report) -> bool:
    limit = sign.from_temperature_c
    return limit is not None and report.temperature_c is not None and report.temperature_c >= limit


def _is_late(sign: Sign, report: Report) -> bool:
    return sign.expected_until_hours is not None and report.hours_since > sign.expected_until_hours


def _reported(sign: Sign, report: Report, met: tuple[Combination, ...]) -> ReportedSign:
    mine = [one for one in met if sign.id in one.signs]
    raised = [LATE] * _is_late(sign, report) + [one.tier for one in mine]
    return ReportedSign(
        sign=sign,
        tier=_worst([sign.tier, *raised]),
        because="; ".join([*map(_together, mine), *_alone(sign, report)]),
        patient_text=_patient_text(sign, report, mine),
        notify=frozenset(sign.notify).union(*(tiers()[tier].notify for tier in raised)),
        sources=tuple(dict.fromkeys([*sign.sources, *(source for one in mine for source in one.sources)])),
        set_by_clinic=(*sign.set_by_clinic, *(change for one in mine for change in one.set_by_clinic)),
    )


def _together(one: Combination) -> str:
    near = "" if one.within_hours is None else f" (within {one.within_hours:g} h of one another)"
    return f"{one.name}: {one.reason}{near}{one.policy}"


def _alone(sign: Sign, report: Report) -> list[str]:
    """Return the reasons that a sign has by itself, in words for staff."""
    late = _is_late(sign, report)
    reasons = [f"{report.temperature_c:g} °C measured"] if _measured(sign, report) else []
    if not late or sign.tier.rank > LATE.rank:
        reasons += _course(sign)
    reasons += [f"longer than {sign.expected_until_hours:g} h"] if late else _timing(sign, report)
    if sign.reported_by not in {"patient", report.reported_by}:
        reasons.append("reported by the patient, though usually found by the practitioner")
    return reasons


def _course(sign: Sign) -> list[str]:
    return [f"expected up to {sign.expected_until_hours:g} h" if sign.expected else tiers()[sign.tier].because]


def _timing(sign: Sign, report: Report) -> list[str]:
    if report.hours_since < sign.onset_from_hours:
        return [f"earlier than usual ({sign.window})"]
    late = sign.onset_to_hours is not None and report.hours_since > sign.onset_to_hours
    return [f"later than usual ({sign.window})"] if late else []


def _patient_text(sign: Sign, report: Report, mine: list[Combination]) -> str:
    """Return the sign's fixed text; what raises the sign has its own, for the sign's might reassure too much."""
    worst = max(mine, key=lambda one: one.tier.rank, default=None)
    if worst is not None and worst.tier.rank > sign.tier.rank:
        return worst.patient_text
    if not _is_late(sign, report) or sign.tier.rank > LATE.rank:
        return sign.patient_text
    late = tiers()[LATE].late_text
    return late if sign.tier.rank < LATE.rank else f"{sign.patient_text} {late}"


def _worst(found: Iterable[Tier]) -> Tier:
    return max(found, key=lambda tier: tier.rank)


def _in_order(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(people, key=TOLD.index))
