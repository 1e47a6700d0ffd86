"""Cells with the days and times of a month's plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.words import month_number
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.grid import Cell

WEEKDAY = re.compile(
    r"[(\[]?\b(?:понедельник|вторник|сред[аыу]|четверг|пятниц[аыу]|суббот[аыу]|воскресенье|дуйсенби|сейсенби|сарсенби|бейсенби|жума|сенби|"
    r"пн|вт|ср|чт|пт|сб|вс)\b\.?[)\]]?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\bв\s+|\bс\s+)?(?<![\d.])(\d{1,2}[:.\-]\d{2}(?:\s*(?:[-–—]|до)\s*\d{1,2}[:.\-]\d{2})?)(?![\d.])(?:\s*ч\w*\.?)?"
)
_DAY = re.compile(r"^\D{0,3}(\d{1,2})(?:-?го)?(?:\s*(?:числа|число))?\D{0,2}$")
_DAYS = re.compile(r"^(?:с\s*)?(\d{1,2})\s*(?:[-–—]|по)\s*(\d{1,2})(?:\s*числа)?(?=$|\s|\.)")
_LIST = re.compile(r"^(\d{1,2}(?:\s*[,;и]\s*\d{1,2})+)(?:\s*числа)?(?=$|\s|\.)")
_ONE_DAY = r"(?:\d{1,2}\.(?:0?[1-9]|1[0-2])(?:\.\d{2,4})?|\d{1,2}\s+[^\W\d_]{3,})\s*(?:\d{4}\s*)?(?:г\.|года)?"
_TILL = re.compile(r"\s*(?:[-–—]|\bпо\b)\s*")
_STRETCH = re.compile(rf"^(?:с\s*)?{_ONE_DAY}\s*(?:[-–—]|по)\s*{_ONE_DAY}(?!\d)")
_DITTO = re.compile(r"^[\s\"'«»“”„/\\|\-–—]+$|^(?:то же|там же|-\s*//\s*-)$", re.IGNORECASE)
Days = tuple[str, str]  # first day (or month) and last day ("" = the same)


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """The month of a plan as far as it is said."""

    month: int | None = None
    year: int | None = None

    @property
    def iso(self) -> str:
        """«2026-10», "" when the month or the year is not said."""
        return f"{self.year}-{self.month:02d}" if self.month and self.year else ""


def is_ditto(text: str) -> bool:
    """True for «-//-», quotation marks and «то же»: the value of the row above."""
    return bool(_DITTO.match(text.strip())) and bool(text.strip())


def dates_of(cell: Cell, month: PlanMonth) -> tuple[list[Days], str]:
    """Days a cell names with the ends of their stretches, and the rest; ValueError for one that cannot be."""
    if isinstance(cell, datetime):
        rest = f"{cell.hour:02d}:{cell.minute:02d}" if (cell.hour or cell.minute) else ""
        return [(cell.date().isoformat(), "")], rest
    if isinstance(cell, date):
        return [(cell.isoformat(), "")], ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [(_from_number(float(cell), month), "")], ""
    text = " ".join(WEEKDAY.sub(" ", text_of(cell)).split()).strip(" ,;")
    named = month_number(word[0]) if (word := re.search(r"[^\W\d_]{3,}", text)) else None
    within = PlanMonth(named or month.month, _year_for(named, month))
    short = _short_days(text, within)
    if short:
        return short, ""
    found = _DAY.match(text)
    if found and not named:
        return [(_day_of(int(found[1]), month), "")], ""
    if _STRETCH.match(text):
        start, end = (parse_day(part, base_year=within.year) for part in _TILL.split(text, maxsplit=1))
        if len(start) == len(end) == 10:
            return [(start, end if end > start else "")], ""
    iso = parse_day(text, base_year=within.year)
    if len(iso) == 10:
        return [(iso, "")], _after_date(text)
    return ([(iso, "")] if len(iso) == 7 else []), text


def _short_days(text: str, within: PlanMonth) -> list[Days]:
    """«1, 8, 15 октября», «5-7.10», «12–17 числа»: several numbers before one month."""
    for pattern in (_LIST, _DAYS):
        found = pattern.match(text)
        digits = re.match(r"\.(\d{1,2})", text[found.end() :]) if found else None
        if found is None or (digits is not None and int(digits[1]) > 12):
            continue
        numbers = [int(one) for one in re.findall(r"\d{1,2}", found[0])]
        month = PlanMonth(int(digits[1]), within.year) if digits else within
        if max(numbers) > 31 or not month.iso:
            continue
        if pattern is _LIST:
            return [(_day_of(one, month), "") for one in numbers]
        first, last = _day_of(numbers[0], month), _day_of(numbers[-1], month)
        return [(first, last if last > first else "")]
    return []


def _year_for(named: int | None, month: PlanMonth) -> int | None:
    """The year of a named month near the plan's month (December's plan may name January)."""
    if named is None or month.year is None or month.month is None:
        return month.year
    if named - month.month <= -6:
        return month.year + 1
    return month.year - 1 if named - month.month >= 6 else month.year


def _day_of(number: int, month: PlanMonth) -> str:
    if not month.iso:
        raise ValueError(f"Не понятно, какого месяца и года число «{number}»")
    return parse_day(f"{number:02d}.{month.month:02d}.{month.year}")


def _from_number(value: float, month: PlanMonth) -> str:
    """A number instead of a date: a day of the month (5), a day and month (1.1 = «1.10»), a day of Excel (46296)."""
    if value > 366:
        return parse_day(value, serial=True)
    day, _, fraction = f"{value:g}".partition(".")
    if fraction:
        months = {int(fraction), int(fraction) * 10 if len(fraction) == 1 else int(fraction)}
        if month.month in months or not month.month:
            return _day_of(int(day), month)
        return parse_day(f"{int(day):02d}.{int(fraction):02d}", base_year=month.year)
    return _day_of(int(day), month)


def _after_date(text: str) -> str:
    """What follows the date in its cell: «01.10.2026 в 14:30» → «14:30»."""
    cut = re.sub(
        r"^\s*\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?:\s*(?:г\.|года?))?|^\s*\d{1,2}\s+[^\W\d_]+\.?(?:\s+\d{4})?(?:\s*(?:г\.|года?))?",
        "",
        text,
    )
    return cut.strip(" ,;")


def time_in(text: str) -> str:
    found = _TIME.search(text)
    return found[1] if found else ""


def clock_of(cell: Cell) -> str:
    """A time as written; times kept by a spreadsheet as numbers come back as «10:00»."""
    if isinstance(cell, datetime | time):
        return f"{cell.hour:02d}:{cell.minute:02d}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if 0 < cell < 1:
            minutes = round(cell * 1440)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{cell:05.2f}" if 1 <= cell < 24 else text_of(cell)
    text = one_line(text_of(cell))
    return "" if is_no_value(text) or is_ditto(text) else text
