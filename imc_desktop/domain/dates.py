"""Dates as papers write them, kept as ISO text of the precision the paper has."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from imc_desktop.domain.kinds import OPEN_ENDED
from imc_desktop.domain.patterns import later
from imc_desktop.domain.words import month_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_TWO_DIGIT_PIVOT = 40  # "39" is 2039, "40" is 1940

# --- points: a day, a month or a year somewhere in a text -----------------------------------------------------------


class _Point(NamedTuple):
    """What one place of a text says; the rest may come from the other end of a period."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    text: str = ""


_LETTERS = r"[^\W\d_]"
_POINT = later(
    rf"""
    (?<![\d.,/-])(?P<iso_y>\d{{4}})[-./](?P<iso_m>\d{{1,2}})(?:[-./](?P<iso_d>\d{{1,2}}))?(?!\d)(?:T[\d:.]+)?
  | (?<!\d)(?P<d>\d{{1,2}})(?P<sep>[.,/])[.]?\s?(?P<m>\d{{1,2}})(?:(?P=sep)|[.,])[.]?\s?(?P<y>\d{{4}}|\d{{2}})(?!\d)
  | (?<![\d-])(?P<h_d>\d{{1,2}})-(?P<h_m>\d{{1,2}})-(?P<h_y>(?:19|20)\d\d)(?!\d)
  | (?<!\d)(?P<kz_y>\d{{4}})\s*(?:жыл{_LETTERS}*|ж\.)\s*(?:(?P<kz_d>\d{{1,2}})\s*)?(?P<kz_w>{_LETTERS}{{3,}})
  | (?<![\d.])["«“„]?\s?(?P<w_d>\d{{1,2}})\s?["»”]?(?:-?го)?\s*(?P<w>{_LETTERS}{{3,}})\.?,?\s*
        (?P<w_y>\d{{4}}|\d{{2}}(?=\s*г))?(?!\d)
  | (?P<mw>{_LETTERS}{{3,}})\.?,?\s*(?:мес{_LETTERS}*\.?\s*)?(?P<mw_y>\d{{4}}|\d{{2}}(?=\s*г))?(?!\d)
  | (?<![\d.,/-])(?P<my_m>\d{{1,2}})[./](?P<my_y>(?:19|20)\d\d)(?!\d)
  | (?<![\d.,/-])(?P<dm_d>\d{{1,2}})\.(?P<dm_m>\d{{1,2}})(?![\d:])
  | (?:(?<![\d.,/№-])|(?<=\d{{4}}-))(?P<year>(?:19|20)\d\d)(?![\d,])
  | (?<![\d.,/№])(?P<only_d>\d{{1,2}})(?=["»”]?\s*(?:-|по\b|и\b|до\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = later("\\s*[‐‑‒–—―−]\\s*")
_ISO_DAY = later(r"(\d{4})-(\d\d)-(\d\d)(?:[ T][\d:.]+)?")
_PLAIN_DAY = later(r"(\d\d?)\.(\d\d?)\.(\d{4})(?: ?г\.?)?")
_LOOSE_DAY = later(r"(\d\d?)\s*[. ]\s*(\d\d?|[IVX]{1,4})\s*[. ]\s*(\d{4}|\d\d)\s*(?:г\.?|года?|г\.р\.)?")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WHOLE_YEAR = later(r"\(?((?:19|20)\d\d)\)?\s*-?(?:г\.?|год\w*|жыл\w*|ж\.)?", re.IGNORECASE)
_YEAR_INSIDE = later(
    r"\(\s*((?:19|20)\d\d)\s*(?:г\.?|год\w*)?\s*\)|(?<!\d)((?:19|20)\d\d)\s*(?:г\b|год)", re.IGNORECASE
)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _century(text: str | None) -> int | None:
    """A year of two or four digits as a year."""
    if not text:
        return None
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < _TWO_DIGIT_PIVOT else 1900)


def _point(found: re.Match[str]) -> _Point | None:
    """The meaning of one match of ``_POINT``; None when its word is not a month."""
    part, text = found.groupdict(), found[0].strip(" ,")
    if part["iso_y"]:
        return _Point(int(part["iso_y"]), _number(part["iso_m"]), _number(part["iso_d"]), text)
    if part["d"]:
        return _Point(_century(part["y"]), _number(part["m"]), _number(part["d"]), text)
    if part["h_d"]:
        return _Point(int(part["h_y"]), int(part["h_m"]), int(part["h_d"]), text)
    for word, day, year in (("kz_w", "kz_d", "kz_y"), ("w", "w_d", "w_y"), ("mw", "", "mw_y")):
        if part[word]:
            month = month_number(part[word])
            return None if month is None else _Point(_century(part[year]), month, _number(part.get(day)), text)
    if part["my_m"]:
        return _Point(int(part["my_y"]), int(part["my_m"]), None, text)
    if part["dm_d"]:
        return _Point(None, int(part["dm_m"]), int(part["dm_d"]), text)
    if part["year"]:
        return _Point(int(part["year"]), None, None, text)
    return _Point(None, None, int(part["only_d"]), text)


def _points(text: str) -> list[_Point]:
    """All points of a text from left to right; a word that is no month gives way to what follows it."""
    result, place = [], 0
    while found := _POINT.search(text, place):
        point = _point(found)
        if point:
            result.append(point)
            place = found.end()
        else:
            word = found.end("kz_w" if found["kz_w"] else "w" if found["w"] else "mw")
            place = found.end("kz_y") if found["kz_y"] else word
    return result


def _iso(point: _Point) -> str:
    """ISO text of a point that has a year; ValueError for a day that never was."""
    year, month, day = point.year, point.month, point.day
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Год в дате «{point.text}» написан с ошибкой.")
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        raise ValueError(f"Даты «{point.text}» не бывает.")
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


# --- one date -------------------------------------------------------------------------------------------------------


def parse_day(
    value: str | float | date | time | timedelta | None, *, base_year: int | None = None, serial: bool = False
) -> str:
    """The first date a value holds, as ISO text of its precision; "" when there is none (a time of day, a duration).

    ``base_year`` completes a date without a year («1.10»); ``serial`` lets numbers be day numbers of Excel.
    ValueError with a Russian sentence for what looks like a date but never was («31.02.2026»).
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number_day(value, serial)
    return _text_day(value, base_year, serial) if isinstance(value, str) else ""


def _number_day(value: float, serial: bool) -> str:
    """A number of a cell: a year or, when asked for, a day number of Excel."""
    if FIRST_YEAR <= value <= LAST_YEAR and value == int(value):
        return str(int(value))
    if serial and 60 < value < 73415:
        return (_EXCEL_DAY_ZERO + timedelta(days=int(value))).isoformat()
    return ""


@lru_cache(maxsize=65536)
def _text_day(text: str, base_year: int | None, serial: bool) -> str:
    text = text.strip()
    found = _ISO_DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    if found:
        first, middle, last = int(found[1]), int(found[2]), int(found[3])
        day, year = (last, first) if len(found[1]) == 4 else (first, last)
        return _iso(_Point(year, middle, day, text))
    if not text or text == OPEN_ENDED:
        return ""
    if found := _WHOLE_YEAR.fullmatch(text):
        return found[1]
    if serial and text.replace(".", "", 1).isdigit() and "." not in text[:4]:
        return _number_day(float(text), serial=True)
    return _loose_day(text) or _first_day(_DASHES.sub("-", text), base_year)


def _loose_day(text: str) -> str:
    """«12 . 05 . 1980», «12 05 1980», «12.V.1980»; "" for anything else."""
    found = _LOOSE_DAY.fullmatch(text)
    if not found:
        return ""
    if found[2].isdigit():
        month = int(found[2])
    elif found[2] in _ROMAN:
        month = _ROMAN.index(found[2]) + 1
    else:
        return ""
    return _iso(_Point(_century(found[3]), month, int(found[1]), text))


def _first_day(text: str, base_year: int | None) -> str:
    """The first date with a month in a text, else a year that is called a year."""
    for point in _points(text):
        if point.month is None:
            continue
        if point.year is not None:
            return _iso(point)
        if base_year is not None:
            return _iso(point._replace(year=base_year))
    found = _YEAR_INSIDE.search(text)
    return (found[1] or found[2]) if found else ""


# --- periods --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def parse_period(text: str, *, base_year: int | None = None) -> tuple[str, str]:
    """First and last day (or month, or year) a text names: «15–17.04.2024», «с 05.07.22 по 12.12.23».

    What one end leaves out is taken from the other («27-28 августа 2026 г.»); one date alone is both ends;
    ("", "") when there is none. ValueError when the end is before the beginning.
    """
    text = text.strip()
    points = _points(_DASHES.sub("-", text))
    if any(point.month for point in points):
        points = [point for point in points if point.month or point.day]
    if not points:
        single = _text_day(text, base_year, serial=False)
        return single, single
    first, last = points[0], points[1] if len(points) > 1 else points[0]
    year = last.year or first.year or base_year
    if year is None or (last.month is None and last.day is not None):
        return "", ""
    month = first.month if first.month or first.day is None else last.month
    wrapped = first.year is None and (month or 0, first.day or 0) > (last.month or 0, last.day or 0)
    first = first._replace(month=month, year=first.year or year - wrapped)
    last = last._replace(year=year)
    start, end = _iso(first), _iso(last)
    if end[: len(start)] < start[: len(end)]:
        raise ValueError(f"Окончание раньше начала: «{text}».")
    return start, end


# --- arithmetic -----------------------------------------------------------------------------------------------------


def add_years(iso: str, years: int) -> str:
    """The same day (month, year) some years later; 29 February becomes 28 February. "" and «бессрочно» stay."""
    if not iso or iso == OPEN_ENDED:
        return iso
    year = int(iso[:4]) + years
    if iso[4:] == "-02-29" and monthrange(year, 2)[1] == 28:
        return f"{year:04}-02-28"
    return f"{year:04}{iso[4:]}"


def same_fact(first: str, second: str) -> bool:
    """True when one date is the other told less exactly: "2026" and "2026-10-05"; "" agrees with everything."""
    return first.startswith(second) or second.startswith(first)


def to_date(iso: str, *, last: bool = False) -> date:
    """The first (or last) day a partial date covers; ValueError for text that is no date."""
    if len(iso) == 10:
        return date.fromisoformat(iso)
    if len(iso) == 7:
        year, month = int(iso[:4]), int(iso[5:])
        return date(year, month, monthrange(year, month)[1] if last else 1)
    if len(iso) == 4:
        return date(int(iso), 12, 31) if last else date(int(iso), 1, 1)
    raise ValueError(f"«{iso}» — не дата.")


def school_year_of(day: date) -> int:
    """The year in which the school year of a day begins: 1 September – 31 August."""
    return day.year if day.month >= 9 else day.year - 1


def school_year_span(year: int) -> tuple[date, date]:
    """First and last day of the school year that begins in ``year``."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def school_year_title(year: int) -> str:
    """«2026/2027»."""
    return f"{year}/{year + 1}"


def school_year_ends(on: date) -> tuple[str, str]:
    """ISO last days of the school year that holds the day and of the next one."""
    year = school_year_of(on)
    return school_year_span(year)[1].isoformat(), school_year_span(year + 1)[1].isoformat()
