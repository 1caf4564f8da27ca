"""Reads the questionnaire and checks it: what is wrong names the file, the page and what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from needlework.clinical.backing import rule_table
from needlework.clinical.questionnaire.checks import FILE, checked, known, needed
from needlework.clinical.questionnaire.page import ANSWER, Condition, Line, Page, Questionnaire, Trigger
from needlework.evidence.errors import DataError

WHOLE = ("none", "places", "sentences", "most_characters", "oldest_age_years", "most_years_ahead")
ASKED_OF_YES_NO = {"rule", "unsure", "zones", "elsewhere", "date", "enter"}
ITEM_KEYS = {"id", "text", "why", "ended", "still", "ahead", "today", "becomes", *ASKED_OF_YES_NO}
PAGE_KEYS = {
    "id", "kind", "title", "question", "why", "hint", "note", "items", "choices", "when", "again", "only_again",
    "lasting", "becomes", "stays", "told", *ASKED_OF_YES_NO,
}  # fmt: skip


@cache
def questionnaire() -> Questionnaire:
    """Return the questionnaire of the rule set."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any]) -> Questionnaire:
    """Return the questionnaire of a document, checked; a clinic's own layer is checked the same way."""
    known(FILE, document, {*WHOLE, "page", "rule", "together", "date_hint", "zones_hint"})
    needed(FILE, document, "page", "rule", "together", "date_hint", "zones_hint", *WHOLE)
    made = Questionnaire(
        **{key: document[key] for key in WHOLE},
        pages=tuple(page for entry in document["page"] for page in _pages(entry, document)),
        triggers=tuple(_triggers(document)),
        together=tuple({name: tuple(zones) for name, zones in table.items()} for table in document["together"]),
    )
    checked(made)
    return made


def condition(text: str) -> Condition:
    """Return what `page.question` or `page.question=value` says."""
    path, _, value = text.partition("=")
    page, dot, question = path.partition(".")
    if not (page and dot and question):
        raise DataError(FILE, text, "Write it as page.question or page.question=value.")
    return Condition(page, question, value or None)


def _pages(entry: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Page]:
    page = _page(entry, document)
    yield page
    for item in _asking(entry):
        yield from _follow_ups(page, item, document)


def _page(entry: Mapping[str, Any], document: Mapping[str, Any]) -> Page:
    name = entry.get("id", "page")
    known(name, entry, PAGE_KEYS)
    needed(name, entry, "id", "kind", "question", "why")
    plain = {one.name for one in fields(Page)} & (
        set(entry) - {"when", "again", "becomes", "told", "enter", "elsewhere"}
    )
    again = entry.get("again", [])
    return Page(
        **{key: entry[key] for key in plain},
        enter=_sentence(entry, document),
        lines=_lines(entry),
        when=tuple(condition(text) for text in entry.get("when", [])),
        again=tuple(condition(text) for text in again if text != "always"),
        always_again="always" in again,
        becomes=_becomes(entry),
        reminds=entry.get("told", False),
        local=any("zones" in item for item in entry.get("items", [])),
        dated=any(item.get("today", False) for item in entry.get("items", [])),
    )


def _sentence(entry: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    if entry["kind"] == "date":
        return str(entry.get("enter", ""))
    kind = "yes_no_unsure" if entry.get("unsure") else entry["kind"]
    return str(document["sentences"].get(kind, ""))


def _lines(entry: Mapping[str, Any]) -> tuple[Line, ...]:
    told = [*entry.get("items", []), *entry.get("choices", [])]
    for item in told:
        known(entry["id"], item, ITEM_KEYS)
        needed(entry["id"], item, "id", "text")
    return tuple(
        Line(one["id"], one["text"], one.get("unsure", False), one.get("why"), becomes=_becomes(one)) for one in told
    )


def _becomes(entry: Mapping[str, Any]) -> Condition | None:
    return condition(entry["becomes"]) if "becomes" in entry else None


def _asking(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    alone = entry["kind"] == "yes_no"
    return [{**entry, "id": ANSWER}] if alone else list(entry.get("items", []))


def _name(page: str, item: Mapping[str, Any], kind: str) -> str:
    return f"{page}-{kind}" if item["id"] == ANSWER else f"{page}-{item['id']}-{kind}"


def _follow_ups(page: Page, item: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Page]:
    asked = (Condition(page.id, item["id"]),)
    why = item.get("why", page.why)
    if "zones" in item:
        yield Page(
            id=_name(page.id, item, "zones"), kind="zones", question=item["zones"], why=why,
            enter=document["sentences"]["zones"], hint=document["zones_hint"], when=asked,
            elsewhere=item.get("elsewhere", False),
        )  # fmt: skip
    for kind in ("date", "ended"):
        if kind in item:
            yield Page(
                id=_name(page.id, item, kind), kind=kind, question=item[kind], why=why,
                enter=item.get("enter", ""), hint=document["date_hint"], still=item.get("still"),
                ahead=item.get("ahead", False), when=tuple(replace(one, value="yes") for one in asked),
            )  # fmt: skip


def _triggers(document: Mapping[str, Any]) -> Iterator[Trigger]:
    for entry in document["page"]:
        for item in _asking(entry):
            if "rule" in item:
                yield _trigger(entry["id"], item)
    for entry in document["rule"]:
        known(entry.get("rule", "rule"), entry, {"rule", "when", "zones", "date"})
        needed(entry.get("rule", "rule"), entry, "rule", "when")
        when = tuple(condition(text) for text in entry["when"])
        yield Trigger(entry["rule"], when, zones=entry.get("zones"), date=entry.get("date"))


def _trigger(page: str, item: Mapping[str, Any]) -> Trigger:
    day = next((_name(page, item, kind) for kind in ("date", "ended") if kind in item), None)
    where = _name(page, item, "zones") if "zones" in item else None
    return Trigger(
        item["rule"], (Condition(page, item["id"]),), zones=where, date=day, same_day=item.get("today", False)
    )
