"""What a patient reads after a session: easy words, no hours that a choice could make wrong, no promise."""

import re
from datetime import UTC, datetime

import pytest

from needlework.clinical.aftercare.expected import days
from needlework.clinical.aftercare.instructions import rules
from needlework.clinical.reading import grade

INSTRUCTIONS = rules().instructions
WRITTEN = {
    f"{name} {kind}": text
    for name, one in INSTRUCTIONS.items()
    for kind, text in {
        "text": one.text,
        "why": one.why,
        "conflict": one.conflict,
        **{
            f"extra {place} {key}": getattr(extra, key)
            for place, extra in enumerate(one.extras)
            for key in ("text", "why")
        },
    }.items()
    if text
}
DAYS = {one.day: one.text for one in days(datetime(2026, 12, 1, 12, tzinfo=UTC))}
HARDEST = 8


@pytest.mark.parametrize("name", WRITTEN)
def test_an_instruction_is_easy_to_read(name):
    assert grade(WRITTEN[name]) <= HARDEST


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_easy_to_read(day):
    assert grade(DAYS[day]) <= HARDEST


@pytest.mark.parametrize("name", [name for name in WRITTEN if name.endswith("text")])
def test_a_text_names_no_hours(name):
    assert set(re.findall(r"\d+", WRITTEN[name])) <= {"30", "999"}
    assert not re.search(r"\b(hours?|weeks?|today|tomorrow)\b", WRITTEN[name])


@pytest.mark.parametrize("word", ["guarantee", "will look", "will be gone", "best result", "perfect", "must", "client"])
def test_nothing_is_promised_or_pressed(word):
    assert word not in " ".join([*WRITTEN.values(), *DAYS.values()]).lower()
