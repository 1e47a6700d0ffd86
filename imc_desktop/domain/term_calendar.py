"""Stretches of the school calendar: months, weeks, quarters, half-years, school terms, seasons, holidays of pupils."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)


def month_span(year: int, month: int) -> Span:
    """A whole month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_between(first: date, last: date) -> list[Span]:
    """Whole months touched by a stretch."""
    result = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        result.append(month_span(year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return result


def year_of_month(month: int, plan_year: int) -> int:
    """Calendar year of a month named without a year: August stands before the school year."""
    return plan_year if month >= 8 else plan_year + 1


def study_year(plan_year: int) -> Span:
    """1 September – 31 May."""
    return date(plan_year, 9, 1), date(plan_year + 1, 5, 31)


def weeks_of_month(year: int, month: int) -> list[Span]:
    """Work weeks (Monday–Friday) of a month, cut at its ends; a week without a work day in the month does not count."""
    first, last = month_span(year, month)
    monday = first - timedelta(days=first.weekday())
    result = []
    while monday <= last:
        start, end = max(monday, first), min(monday + timedelta(days=4), last)
        if start <= end:
            result.append((start, end))
        monday += timedelta(days=7)
    return result


def week_of_month(year: int, month: int, number: int) -> Span:
    """The n-th work week of a month; 0 or too great a number = the last one that has three work days."""
    weeks = weeks_of_month(year, month)
    if number == 0 and (weeks[-1][1] - weeks[-1][0]).days < 2:
        return weeks[-2]
    return weeks[number - 1] if 1 <= number <= len(weeks) else weeks[-1]


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> Span:
    """The n-th Tuesday (…) of a month; 0 or too great a number = the last one."""
    first, last = month_span(year, month)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = [day + timedelta(days=7 * n) for n in range(5) if day + timedelta(days=7 * n) <= last]
    chosen = days[number - 1] if 1 <= number <= len(days) else days[-1]
    return chosen, chosen


def decade_of_month(year: int, month: int, number: int) -> Span:
    """1–10, 11–20, 21–end; 0 = the last."""
    first, last = month_span(year, month)
    number = number or 3
    if not 1 <= number <= 3:
        raise ValueError(number)
    start = first.replace(day=10 * number - 9)
    return start, last if number == 3 else start.replace(day=10 * number)


def half_of_month(year: int, month: int, number: int) -> Span:
    """1–15 or 16–end."""
    first, last = month_span(year, month)
    return (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)


def quarter_span(plan_year: int, number: int, year: int | None = None) -> Span:
    """A calendar quarter inside the plan: IV = October–December of its first year, I–III of the second."""
    if not 1 <= number <= 4:
        raise ValueError(number)
    year = year or (plan_year if number == 4 else plan_year + 1)
    return date(year, 3 * number - 2, 1), month_span(year, 3 * number)[1]


def quarters(plan_year: int) -> list[Span]:
    """The quarters an office works in: September, October–December, January–March, April–June."""
    rest = [quarter_span(plan_year, number) for number in (4, 1, 2)]
    return [month_span(plan_year, 9), *rest]


def half_year(plan_year: int, number: int) -> Span:
    """I = September–December, II = January–May."""
    if number not in {1, 2}:
        raise ValueError(number)
    first, last = study_year(plan_year)
    return (first, date(plan_year, 12, 31)) if number == 1 else (date(plan_year + 1, 1, 1), last)


def holidays_of_pupils(plan_year: int, season: int) -> Span:
    """Usual weeks of the autumn, winter, spring or summer holidays (1–4): every school sets its own, so approximate."""
    if season == 1:
        saturday = _saturday_near(date(plan_year, 10, 26))
    elif season == 2:
        return date(plan_year, 12, 31), date(plan_year + 1, 1, 10)
    elif season == 3:
        saturday = _saturday_near(date(plan_year + 1, 3, 25))
    else:
        return date(plan_year + 1, 6, 1), date(plan_year + 1, 8, 31)
    return saturday, saturday + timedelta(days=8)


def _saturday_near(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday() + 3) % 7 - 3)


def school_term(plan_year: int, number: int) -> Span:
    """A school quarter between the holidays of pupils; approximate as they are."""
    first, last = study_year(plan_year)
    autumn, winter, spring = (holidays_of_pupils(plan_year, season) for season in (1, 2, 3))
    edges = [(first, autumn[0]), (autumn[1] + _DAY, winter[0]), (winter[1] + _DAY, spring[0])]
    if 1 <= number <= 3:
        start, after = edges[number - 1]
        return start, after - _DAY
    if number == 4:
        return spring[1] + _DAY, last
    raise ValueError(number)


def season_span(plan_year: int, season: int, year: int | None = None) -> Span:
    """Autumn, winter, spring, summer (1–4) of the school year, or of the calendar year named."""
    month = (9, 12, 3, 6)[season - 1]
    first_year = year or (plan_year if month >= 9 else plan_year + 1)
    first = date(first_year, month, 1)
    after = month_span(first_year + (month == 12), 2 if month == 12 else month + 2)
    return first, after[1]


def part_of(span: Span, part: int) -> Span:
    """Beginning, middle or end (1–3) of a stretch: a decade of a month, a month of months, two weeks of others."""
    first, last = span
    whole = first.day == 1 and last == month_span(last.year, last.month)[1]
    months = months_between(first, last)
    if whole and len(months) == 1:
        return decade_of_month(first.year, first.month, part)
    if whole:
        return months[(0, len(months) // 2, -1)[part - 1]]
    if part == 2:
        middle = first + (last - first) / 2
        return max(first, middle - timedelta(days=6)), min(last, middle + timedelta(days=6))
    fortnight = timedelta(days=13)
    return (first, min(last, first + fortnight)) if part == 1 else (max(first, last - fortnight), last)
