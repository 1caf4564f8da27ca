"""Somebody who answers: what they declare, and nothing else."""

from datetime import date
from typing import Any

from needlework.clinical import questionnaire, screening

ON = date(2026, 11, 22)
DAY = "2026-11-20"
PLANNED = ("cheek-left", "chin")
DEFAULTS = {
    "checklist": {"ticked": ["none"]},
    "yes_no": {"answer": "no"},
    "choice": {"answer": "II"},
    "date": {"answer": DAY},
    "ended": {"answer": "still"},
    "text": {"answer": ""},
}
ALWAYS = {"date-of-birth": {"answer": "1990-05-04"}, "spots": {"answer": "few"}}


def default(page) -> dict[str, Any]:
    """Return what somebody with nothing more to say sends: of places, the left cheek or the first that is offered."""
    if page.kind != "zones":
        return DEFAULTS[page.kind]
    places = [line.id for line in page.lines]
    return {"ticked": ["cheek-left" if "cheek-left" in places else places[0]]}


def forms(*declared: str) -> dict[str, dict[str, Any]]:
    """Return what is sent: `page.line` ticks a line, `page?line` ticks it as not sure, `page=value` answers a page."""
    found: dict[str, dict[str, Any]] = {}
    for one in declared:
        if "=" in one:
            page, value = one.split("=")
            found[page] = {"answer": value}
        elif "?" in one:
            page, line = one.split("?")
            found.setdefault(page, {}).setdefault("unsure", []).append(line)
        else:
            page, line = one.split(".")
            found.setdefault(page, {}).setdefault("ticked", []).append(line)
    return found


def fill(*declared: str, zones=PLANNED, given=None) -> dict[str, Any]:
    """Return what is given when every page that is called for has been answered."""
    sent = ALWAYS | forms(*declared)
    found = dict(given or {})
    while page := questionnaire.next_page(found, zones=zones):
        values, wrong = questionnaire.check(page, sent.get(page.id) or default(page), on=ON)
        assert wrong == ()
        found[page.id] = values
    return found


def seen(*declared: str, zones=PLANNED) -> list[str]:
    """Return the ids of the pages that somebody answers."""
    return [page.id for page in questionnaire.asked(fill(*declared, zones=zones), zones=zones)]


def raised(*declared: str, zones=PLANNED) -> dict[str, dict[str, Any]]:
    """Return the answers that screening reads."""
    return questionnaire.answers(fill(*declared, zones=zones), zones=zones)["answers"]


def extra(*declared: str, zones=PLANNED) -> list[str]:
    """Return the pages that are answered beyond those of somebody with nothing to declare."""
    plain = seen(zones=zones)
    return [page for page in seen(*declared, zones=zones) if page not in plain]


def screened(*declared: str, zones=PLANNED, planned_on=ON):
    """Return what screening finds on a planned day."""
    treatment = {"zones": list(zones), "device": "SkinPen", "jurisdiction": "England"}
    document = questionnaire.answers(fill(*declared, zones=zones), zones=zones)
    document |= {"treatment": treatment | {"planned_date": planned_on.isoformat()}, "answered_on": ON.isoformat()}
    return screening.screen(screening.read(document))


def found(*declared: str, zones=PLANNED, planned_on=ON) -> list[str]:
    """Return the rules that screening finds on a planned day, worst first."""
    return [finding.rule.id for finding in screened(*declared, zones=zones, planned_on=planned_on).findings]
