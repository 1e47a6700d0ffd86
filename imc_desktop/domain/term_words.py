"""Understood terms in words: short under the term in a table, long in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from imc_desktop.domain.term_calendar import Span, month_span
from imc_desktop.domain.words import MONTHS, MONTHS_GENITIVE, MONTHS_SHORT, date_long

_SHOWN = 6
_LONG_STRETCH = 240  # days: «сен – май» needs no years
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_ON_WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")
_ENDINGS = {"w": "я", "d": "я", "l": "я"} | dict.fromkeys("013", "й") | dict.fromkeys("245", "я") | {"6": "е"}
_LAST = {"й": "последний", "я": "последняя", "е": "последнее"}
_UNITS = {"w": "неделя", "d": "декада", "l": "половина"}
_RECURRENCE_WORDS = {
    "daily": "каждый день",
    "weekly": "каждую неделю",
    "every_two_weeks": "раз в две недели",
    "monthly": "каждый месяц",
    "twice_a_month": "два раза в месяц",
    "every_two_months": "раз в два месяца",
    "quarterly": "раз в квартал",
    "each_term": "раз в учебную четверть",
    "half_yearly": "раз в полугодие",
    "twice_a_year": "два раза в год",
    "three_a_year": "три раза в год",
    "several_a_year": "несколько раз в год",
    "yearly": "раз в год",
}


def _is_months(span: Span) -> bool:
    """True for one or more whole months."""
    first, last = span
    return first.day == 1 and last == month_span(last.year, last.month)[1]


def _is_one_month(span: Span) -> bool:
    first, last = span
    return (first.year, first.month) == (last.year, last.month)


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return MONTHS_SHORT[day.month - 1]


def _short(span: Span, *, alone: bool) -> str:
    """One stretch: «10 сен», «12–16 окт», «дек 2026 – янв 2027», «октябрь 2026»."""
    first, last = span
    if first == last:
        return _day(first)
    if not _is_months(span):
        return f"{first.day}–{last.day} {_month(first)}" if _is_one_month(span) else f"{_day(first)} – {_day(last)}"
    if _is_one_month(span):
        return f"{MONTHS[first.month - 1]} {first.year}" if alone else _month(first)
    across = first.year != last.year
    if not alone or (across and (last - first).days > _LONG_STRETCH):
        return f"{_month(first)} – {_month(last)}"
    return f"{_month(first)}{f' {first.year}' if across else ''} – {_month(last)} {last.year}"


def _within(spans: tuple[Span, ...]) -> str:
    return f"{_month(spans[0][0])} – {_month(spans[-1][1])}"


def _pattern(spans: tuple[Span, ...]) -> str:
    """What many occurrences have in common: «по вторникам», «10 числа», «3-й вторник»; "" when nothing."""
    firsts = [first for first, _ in spans]
    single = all(first == last for first, last in spans)
    if single and len({day.weekday() for day in firsts}) == 1:
        weekday = firsts[0].weekday()
        numbers = {(day.day + 6) // 7 for day in firsts}
        if all((day + timedelta(days=7)).month != day.month for day in firsts):
            return in_month("W", [0], weekday)
        return in_month("W", sorted(numbers), weekday) if len(numbers) < 4 else f"по {_ON_WEEKDAYS[weekday]}"
    if single and len(spans) > 25 and {day.weekday() for day in firsts} == {0, 1, 2, 3, 4}:
        return "с понедельника по пятницу"
    if len({(first.day, last.day) for first, last in spans if _is_one_month((first, last))}) == 1:
        first, last = spans[0]
        return f"{first.day} числа" if single else f"{first.day}–{last.day} числа"
    if all(_is_months(span) and _is_one_month(span) for span in spans):
        return "каждый месяц"
    week = timedelta(days=4)
    if not single and len(spans) > 25 and all(last - first <= week for first, last in spans):
        return "каждую неделю"
    return ""


def occurrence_words(spans: tuple[Span, ...], recurrence: str | None = None) -> str:
    """Short words for a table: «10 сен · 10 дек · 10 мар · 10 июн», «сен – май», «12–16 окт», «октябрь 2026»."""
    if not spans:
        return {"on_request": "по запросу", "by_schedule": "по графику"}.get(recurrence or "", "")
    if recurrence == "all_year":
        return "весь год"
    if len(spans) > _SHOWN:
        return f"{_pattern(spans) or f'{len(spans)} раз'}, {_within(spans)}"
    return " · ".join(_short(span, alone=len(spans) == 1) for span in spans)


def recurrence_words(recurrence: str, spans: tuple[Span, ...], places: list[str]) -> str:
    """«каждый месяц, до 10 числа: сен – май», «раз в квартал: 10 сен · 10 дек»."""
    words = ", ".join([_RECURRENCE_WORDS[recurrence], *places])
    if len(spans) <= _SHOWN:
        return f"{words}: {occurrence_words(spans)}"
    pattern = _pattern(spans)
    if pattern and pattern not in words and not places:
        words = f"{words} {pattern}"
    return f"{words}: {_within(spans)}"


def in_month(unit: str, numbers: list[int], weekday: int) -> str:
    """«3-я неделя», «2-й вторник», «последняя пятница», «1-я, 2-я декада»."""
    ending = _ENDINGS[str(weekday) if unit == "W" else unit]
    said = [f"{number}-{ending}" if number else _LAST[ending] for number in numbers]
    return f"{', '.join(said)} {_WEEKDAYS[weekday] if unit == 'W' else _UNITS[unit]}"


def long_words(span: Span) -> str:
    """One stretch for a sentence: «с 12 по 16 октября 2026 г.», «октябрь 2026 г.», «5 октября 2026 г.»."""
    first, last = span
    if first == last:
        return date_long(first)
    if _is_months(span):
        start, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year} г."
        if _is_one_month(span):
            return end
        return f"{start} – {end}" if first.year == last.year else f"{start} {first.year} г. – {end}"
    if _is_one_month(span):
        return f"с {first.day} по {date_long(last)}"
    if first.year == last.year:
        return f"с {first.day} {MONTHS_GENITIVE[first.month - 1]} по {date_long(last)}"
    return f"с {date_long(first)} по {date_long(last)}"
