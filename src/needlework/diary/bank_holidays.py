"""Bank holidays of the nations of the United Kingdom, by the names that people use."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from needlework.accounts.models import Nation

_CODES = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS", Nation.SCOTLAND: "SCT", Nation.NORTHERN_IRELAND: "NIR"}

_AS_PEOPLE_SAY = {
    "New Year Holiday": "2 January",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
    "Battle of the Boyne": "Battle of the Boyne (Orangemen's Day)",
    "Scotland's participation in the FIFA World Cup final": "World Cup bank holiday",
}

_SUBSTITUTE = re.compile(r" \(observed\)$")


def of(nation: str, years: Iterable[int]) -> Mapping[date, str]:
    """Return the bank holidays of a nation in some years, in order.

    A holiday on a Saturday or Sunday is there twice: on its own day, and on the day that is given for it.
    """
    found = {day: name for year in sorted(set(years)) for day, name in _of_year(nation, year).items()}
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def _of_year(nation: str, year: int) -> dict[date, str]:
    from holidays import country_holidays  # 70 ms and 12 MB, which a process without a diary saves

    listed = country_holidays("GB", subdiv=_CODES[Nation(nation)], years=year)
    return {day: _said(listed[day]) for day in sorted(listed)}


def _said(name: str) -> str:
    """Return what people call a holiday; where one is given for another and meets a third, the one it is given for."""
    plain, is_substitute = _SUBSTITUTE.subn("", name.rpartition("; ")[2])
    said = _AS_PEOPLE_SAY.get(plain, plain)
    return f"{said} (substitute day)" if is_substitute else said
