"""The working days the program knows, written out of the library ``holidays``: the program itself needs no library."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from holidays import country_holidays

from imc_desktop.domain.workdays import COUNTRIES, LAST_DECREE
from release.tools import ROOT, FailedError

PLACE = ROOT / "imc_desktop" / "domain" / "production_calendar.py"
FIRST, LAST = 1995, 2060
_DAY = timedelta(days=1)
_HEAD = '''# fmt: off
# ruff: noqa: E501
"""Days that differ from a five-day week: written by ``python -m release calendars`` from holidays {version}.

Country → year → weekdays of rest and weekend days of work, as «MMDD».
"""

YEARS: dict[str, dict[int, tuple[str, str]]] = {{
'''


def write() -> str:
    """Write the module of the domain anew."""
    PLACE.write_text(text(), encoding="utf-8")
    return PLACE.relative_to(ROOT).as_posix()


def check() -> str:
    """FailedError when the module is not what the library says now."""
    if PLACE.read_text(encoding="utf-8") != text():
        raise FailedError(
            "the calendar is not that of the library: python -m release calendars, then look at the changes"
        )
    return f"working days {FIRST}-{LAST} are those of holidays {version('holidays')}"


def text() -> str:
    """The whole module."""
    lines = [_HEAD.format(version=version("holidays"))]
    for country in COUNTRIES:
        seed = country_holidays(country)
        lines.append(f'    "{country}": {{\n')
        for year in range(FIRST, LAST + 1):
            rest, work = _differing(country, year, seed)
            lines.append(f'        {year}: ("{rest}", "{work}"),\n')
        lines.append("    },\n")
    return "".join([*lines, "}\n"])


def _differing(country: str, year: int, seed: Any) -> tuple[str, str]:
    first, count = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = [first + _DAY * n for n in range(count)]
    rest = {day for day in days if not seed.is_working_day(day)}
    if country == "RU" and year > LAST_DECREE["RU"]:
        for day in days:
            if day.month > 1 and day.weekday() >= 5 and day in seed:
                rest.add(_next_free(day, rest))
    weekdays = (day for day in days if day.weekday() < 5 and day in rest)
    worked = (day for day in days if day.weekday() >= 5 and day not in rest)
    return " ".join(f"{day:%m%d}" for day in weekdays), " ".join(f"{day:%m%d}" for day in worked)


def _next_free(day: date, rest: set[date]) -> date:
    """The next working day after a holiday on a weekend, to which the rest moves (ТК РФ, ст. 112)."""
    while day in rest:
        day += _DAY
    return day
