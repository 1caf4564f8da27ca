"""Reads what somebody types into the search box: words of a name, a birthday, a part of a phone number."""

import re
from dataclasses import dataclass
from datetime import date

from needlework.patients.folding import fold, words

LONGEST = 200
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
FIGURES = re.compile(r"\b(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})\b")
NAMED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>{'|'.join(MONTHS)})[a-z]*,?[\s-]+(?P<year>\d{{4}})\b"
)
PHONE = re.compile(r"(?:\+|\b00)?(?:\(\+?\d+\)|\d)[\d\s().-]{2,}\d|\d{4,}")


@dataclass(frozen=True)
class Wanted:
    """What to look for: every word must occur, and the birthday be one of the dates where there are any."""

    words: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.dates) or any(len(word) >= (4 if word.isdigit() else 2) for word in self.words)


def read(typed: str) -> Wanted:
    """Return what somebody looks for."""
    rest = fold(typed[:LONGEST])
    dates: list[date] = []
    for pattern in (ISO, FIGURES, NAMED):
        rest = _take_dates(pattern, rest, dates)
    numbers: list[str] = []
    rest = PHONE.sub(lambda found: _take_number(found[0], numbers), rest)
    addresses = [word for word in rest.split() if "@" in word]
    named = [word for part in rest.split() if "@" not in part for word in words(part)]
    return Wanted(tuple(named + numbers + addresses), tuple(dates))


def _take_dates(pattern: re.Pattern[str], text: str, dates: list[date]) -> str:
    def take(found: re.Match[str]) -> str:
        named = days(found["day"], found["month"], found["year"])
        dates.extend(named)
        return " " if named else found[0]

    return pattern.sub(take, text)


def days(day: str, month: str, year: str) -> list[date]:
    """Return the days that figures name: a year of two figures may lie in either century."""
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    try:
        return [date(each, number, int(day)) for each in years]
    except ValueError:
        return []


def _take_number(found: str, numbers: list[str]) -> str:
    """Join the figures of a phone number, its country written or not, and take it out of the text."""
    figures = re.sub(r"\D", "", found.replace("(0)", ""))
    if found.startswith("00"):
        figures = figures[2:]
    if len(figures) < 4:
        return found
    numbers.append(figures)
    return " "
