"""Which statements one patient is shown, and in which words."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from needlework.clinical import safety_net
from needlework.clinical.consent_content.proposed import Proposed, cleared, proposed
from needlework.clinical.consent_content.shown import Asked, Content, Section, Statement
from needlework.clinical.consent_content.wordings import Wording, book
from needlework.clinical.rule_set import VERSION
from needlework.evidence.nations import provisions


def content(
    *,
    concerns: Collection[str],
    zones: Collection[str],
    device: str,
    skin_type: str,
    nation: str,
    depth_mm: float | None = None,
    numbing: str | None = None,
    on: date,
) -> Content:
    """Return what a patient must be told before saying yes to this, in a fixed order.

    `depth_mm` is None while none is planned; `numbing` is one of NUMBING, None for no cream; `on` is the planned day.
    """
    plan = proposed(
        concerns=concerns,
        zones=zones,
        device=device,
        skin_type=skin_type,
        nation=nation,
        depth_mm=depth_mm,
        numbing=numbing,
        on=on,
    )
    return content_for(plan)


def content_for(plan: Proposed) -> Content:
    """Return what a patient must be told about a plan that was checked."""
    kept = book()
    sections = tuple(Section(key, title, _statements(key, plan)) for key, title in kept.sections.items())
    questions = tuple(Asked(one.id, one.text) for one in kept.questions)
    return Content(VERSION, sections, questions, kept.reflection_hours)


def holds(one: Wording, plan: Proposed) -> bool:
    """Say whether a statement is for a plan."""
    wanted = (
        (one.only_concerns, plan.concerns),
        (one.only_zones, plan.zones),
        (one.only_skin_types, (plan.skin_type,)),
        (one.only_devices, (plan.device,)),
        (one.only_nations, (plan.nation,)),
        (one.only_numbing, (plan.numbing,)),
        ((one.provision,) if one.provision else (), plan.provisions),
    )
    deep = one.from_depth_mm is None or (plan.depth_mm is not None and plan.depth_mm >= one.from_depth_mm)
    met = all(not words or set(words) & set(given) for words, given in wanted)
    return deep and met and set(one.when) <= plan.circumstances


def _statements(section: str, plan: Proposed) -> tuple[Statement, ...]:
    own = tuple(_said(one, plan) for one in book().statements if one.section == section and holds(one, plan))
    return own + net() if section == "help" else own


def net() -> tuple[Statement, ...]:
    """Return the safety net as statements: always whole, in its own order."""
    return tuple(
        Statement(f"net-{line.id}", f"{line.do}: {line.when}", line.sources, str(line.verified))
        for line in safety_net.lines()
    )


def _said(one: Wording, plan: Proposed) -> Statement:
    made = Statement(one.id, _told(one, plan.on), one.sources, str(one.verified), one.frequency, one.rates)
    known = cleared().get(plan.device)
    if known is not None and "{cleared_for}" in one.text:
        made = replace(made, sources=(*known.sources, *made.sources))
    return replace(made, text=made.text.format(**_blanks(plan)))


def _told(one: Wording, on: date) -> str:
    """Return the words of a day: before a law holds, they say so."""
    starts = provisions()[one.provision].in_force if one.provision else None
    return one.text_before if one.text_before and starts is not None and on < starts else one.text


def _blanks(plan: Proposed) -> dict[str, str]:
    known = cleared().get(plan.device)
    return {
        "device": plan.device,
        "depth": f"{plan.depth_mm:g}" if plan.depth_mm is not None else "",
        "label_limit": f"{plan.label_limit_mm:g}" if plan.label_limit_mm is not None else "",
        "cleared_for": known.words if known else "",
        "numbing": plan.numbing,
        "reflection_hours": str(book().reflection_hours),
    }
