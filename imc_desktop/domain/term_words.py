"""Understood terms in words: short under the term in a table, long in a sentence."""

from __future__ import annotations

from datetime import date

from imc_desktop.domain.term_calendar import Span, month_span
from imc_desktop.domain.words import MONTHS, MONTHS_GENITIVE, MONTHS_SHORT, date_long

_SHOWN = 6
_ON_WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")


def _whole_months(span: Span) -> bool:
    first, last = span
    return first.day == 1 and last == month_span(last.year, last.month)[1]


def _short_day(day: date) -> str:
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}"


def _short_month(day: date) -> str:
    return MONTHS_SHORT[day.month - 1]


def _short(span: Span, *, alone: bool) -> str:
    """One stretch: «10 сен», «12–16 окт», «дек 2026 – янв 2027», «октябрь 2026»."""
    first, last = span
    if first == last:
        return _short_day(first)
    if _whole_months(span):
        if (first.year, first.month) == (last.year, last.month):
            return f"{MONTHS[first.month - 1]} {first.year}" if alone else _short_month(first)
        if not alone or (last - first).days > 240:
            return f"{_short_month(first)} – {_short_month(last)}"
        if first.year == last.year:
            return f"{_short_month(first)} – {_short_month(last)} {last.year}"
        return f"{_short_month(first)} {first.year} – {_short_month(last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_short_month(first)}"
    return f"{_short_day(first)} – {_short_day(last)}"


def _gathered(spans: tuple[Span, ...]) -> str:
    """Many occurrences in a few words."""
    within = f"{_short_month(spans[0][0])} – {_short_month(spans[-1][1])}"
    firsts = [first for first, _ in spans]
    if all(first == last for first, last in spans):
        if len({day.weekday() for day in firsts}) == 1:
            return f"по {_ON_WEEKDAYS[firsts[0].weekday()]}, {within}"
        if len({day.day for day in firsts}) == 1:
            return f"{firsts[0].day} числа, {within}"
    elif all(_whole_months(span) for span in spans):
        return f"каждый месяц, {within}"
    elif all(last.toordinal() - first.toordinal() <= 4 for first, last in spans) and len(spans) > 20:
        return f"каждую неделю, {within}"
    return f"{len(spans)} раз, {within}"


def occurrence_words(spans: tuple[Span, ...], recurrence: str | None = None) -> str:
    """Short words for a table: «10 сен · 10 дек · 10 мар · 10 июн», «сен – май», «12–16 окт», «октябрь 2026»."""
    if not spans:
        return {"on_request": "по запросу", "by_schedule": "по графику"}.get(recurrence or "", "")
    if recurrence == "all_year":
        return "весь год"
    if len(spans) > _SHOWN:
        return _gathered(spans)
    return " · ".join(_short(span, alone=len(spans) == 1) for span in spans)


def long_words(span: Span) -> str:
    """One stretch for a sentence: «с 12 по 16 октября 2026 г.», «октябрь 2026 г.», «5 октября 2026 г.»."""
    first, last = span
    if first == last:
        return date_long(first)
    if _whole_months(span):
        start, end = MONTHS[first.month - 1], MONTHS[last.month - 1]
        if (first.year, first.month) == (last.year, last.month):
            return f"{start} {first.year} г."
        return (
            f"{start} – {end} {last.year} г."
            if first.year == last.year
            else f"{start} {first.year} г. – {end} {last.year} г."
        )
    if (first.year, first.month) == (last.year, last.month):
        return f"с {first.day} по {date_long(last)}"
    if first.year == last.year:
        return f"с {first.day} {MONTHS_GENITIVE[first.month - 1]} по {date_long(last)}"
    return f"с {date_long(first)} по {date_long(last)}"
