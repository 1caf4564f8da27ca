"""The page of the questionnaire: every question in the patient's words, its grade, when it is asked, what it feeds."""

from collections.abc import Iterable
from statistics import mean

from needlework.clinical import questionnaire
from needlework.clinical.questionnaire import Condition, Page
from needlework.clinical.questionnaire.page import ANSWER
from needlework.clinical.reading import grade

INTRODUCTION = """# The questionnaire

Every question in the order of asking. A page is one question, or one checklist of at most eight lines with "None of
these". Somebody with nothing to declare answers {everybody} pages; the rest is asked only where an answer calls for it.
Each line shows its Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom, 1975; our own count): {mean:.1f} on
average, {most:.1f} at most. "Not sure" is offered where a rule has a meaning for it. Nobody is asked for a virus.

The wording is our own. The rules, with their sources, are the screening rules; a question decides nothing.

Before a later session only the short form is asked: what was said last time and whether it still holds, what has
changed, how somebody is on the day, and how the skin did after the last session. A page about the treated skin is asked
again when the plan grows.
"""


def pages() -> dict[str, str]:
    """Return the page."""
    asked = questionnaire.pages()
    grades = [grade(text) for page in asked for text in (page.question, *(line.text for line in page.lines))]
    everybody = len(questionnaire.asked({}, zones=()))
    head = INTRODUCTION.format(everybody=everybody, mean=mean(grades), most=max(grades))
    return {"rules/questionnaire.md": "\n".join([head, *map(_page, asked)])}


def _page(page: Page) -> str:
    lines = [f"## {page.id}", "", f"**{page.question}** ({grade(page.question):.1f})", ""]
    lines += [f"Why it is asked: {page.why}", "", _when(page)]
    lines += [text for note in (page.hint, page.note) if note for text in ("", f"Beside it: {note}")]
    return "\n".join([*lines, "", *_answers(page)])


def _when(page: Page) -> str:
    again = "every time" if page.always_again else _any(page.again) or "when last time's answer no longer holds"
    if page.reminds:
        return "Asked before a later session, where something was declared last time."
    if page.only_again:
        return "Asked before a later session."
    if page.when:
        planned = "a zone" if page.elsewhere else "more than one zone"
        where = f", where {planned} is planned" if page.kind == "zones" else ""
        return f"Asked after {_any(page.when)}{where}."
    return "Asked once." if page.lasting else f"Asked of everybody. Before a later session: {again}."


def _any(conditions: Iterable[Condition]) -> str:
    return " or ".join(f"`{one.page}.{one.question}{f'={one.value}' if one.value else ''}`" for one in conditions)


def _answers(page: Page) -> list[str]:
    if page.lines:
        head = ["| line | grade | not sure | rules |", "|---|---|---|---|"]
        rows = [
            f"| {line.text} | {grade(line.text):.1f} | {'offered' if line.unsure else ''} | {_fed(page, line.id)} |"
            for line in page.lines
        ]
        return [*head, *rows, "", *(f"{line.text}: {line.why}\n" for line in page.lines if line.why)]
    sure = ["Not sure is offered."] if page.unsure else []
    still = [f'Or: "{page.still}".'] if page.still else []
    fed = _fed(page, ANSWER)
    told = [*sure, *still, *([f"Rules: {fed}."] if fed else [])]
    return [" ".join(told), ""] if told else []


def _fed(page: Page, question: str) -> str:
    value = question if page.kind == "choice" else None
    asks = ANSWER if page.kind == "choice" else question
    triggers = questionnaire.questionnaire().triggers
    fed = [
        trigger.rule
        for trigger in triggers
        for one in trigger.when
        if (one.page, one.question) == (page.id, asks) and value in (None, one.value) and one.value != "no"
    ]
    fed += [trigger.rule for trigger in triggers if page.id in (trigger.date, trigger.zones)]
    return ", ".join(f"`{rule}`" for rule in dict.fromkeys(fed))
