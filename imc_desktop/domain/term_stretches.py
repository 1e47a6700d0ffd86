"""Stretches of the calendar as a term names them: days, months, quarters, half-years, seasons, holidays of pupils."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain import term_calendar as calendar
from imc_desktop.domain.term_calendar import Span
from imc_desktop.domain.term_tokens import Token

DAY = "(?:Nn?M|D)"
NUMBERS = "N(?:[,-]N)*"
STRETCH = re.compile(
    rf"(?P<days>(?:s(?:{DAY}|Nn?)[-Pt]|(?:{DAY}|N)-){DAY})"
    rf"|(?P<several>N(?:-N)?(?:,N(?:-N)?)+n?M)"
    rf"|(?P<since>s{DAY})"
    rf"|(?P<day>{DAY})"
    rf"|(?P<months>(?:sM[-Pt]|M[-P])M)"
    rf"|(?P<since_month>sM)"
    rf"|(?P<month>M)"
    rf"|(?P<quarter>{NUMBERS}qY?)"
    rf"|(?P<half>{NUMBERS}h[YZ]?)"
    rf"|(?P<term>{NUMBERS}c)"
    rf"|(?P<holidays>(?:S(?:[,-]S)*)?kY?)"
    rf"|(?P<season>S(?:-S)?Y?)"
    rf"|(?P<school_year>Z)"
    rf"|(?P<year>Y)"
)


@dataclass(frozen=True, slots=True)
class Stretches:
    """What ``STRETCH`` matched: the days, whether they are a guess, and the school year when one is named."""

    spans: list[Span]
    approximate: bool = False
    school_year: int | None = None


def stretches(found: re.Match[str], tokens: list[Token], plan_year: int) -> Stretches:
    """The days a match of ``STRETCH`` stands for; ValueError for days that never were."""
    kind = found.lastgroup or ""
    part = tokens[found.start() : found.end()]
    if kind in {"days", "several", "since", "day"}:
        return Stretches(_days(kind, part, plan_year))
    if kind in {"months", "since_month", "month"}:
        return Stretches(_months(kind, [token for token in part if token.code == "M"], plan_year))
    if kind in {"quarter", "half", "term"}:
        return Stretches(_numbered(kind, part, plan_year), approximate=kind == "term")
    year = next((token.year for token in part if token.code in "YZ"), None)
    if kind == "school_year":
        return Stretches([], school_year=year)
    seasons = [token.value for token in part if token.code == "S"]
    if kind == "holidays":
        spans = [calendar.holidays_of_pupils(plan_year, season) for season in seasons or (1, 2, 3)]
        return Stretches(spans, approximate=True)
    if kind == "season":
        spans = [calendar.season_span(plan_year, season, year) for season in seasons]
        return Stretches([(spans[0][0], spans[-1][1])])
    year = year or plan_year
    return Stretches([(date(year, 1, 1), date(year, 12, 31))])


def span(first: date, last: date) -> Span:
    """A stretch; ValueError when it ends before it begins."""
    if last < first:
        raise ValueError(first)
    return first, last


def year_of(token: Token, plan_year: int) -> int:
    """Year of a month or day as written, else by the school year."""
    return token.year if token.year is not None else calendar.year_of_month(token.month, plan_year)


def _days(kind: str, part: list[Token], plan_year: int) -> list[Span]:
    """Days, ranges of days, lists of days that share a month."""
    points: list[tuple[int, Token | None]] = []
    for token in part:
        if token.code in "ND":
            points.append((token.value, token if token.code == "D" else None))
        elif token.code == "M":
            points[-1] = points[-1][0], token
    months: list[Token] = []
    for _, month in reversed(points):
        months.append(month or months[-1])
    months.reverse()
    if kind == "days":
        return [_day_range((points[0][0], months[0]), (points[-1][0], months[-1]), plan_year)]
    days = [date(year_of(month, plan_year), month.month, day) for (day, _), month in zip(points, months, strict=True)]
    if kind == "several" and any(token.code == "-" for token in part):
        return _joined(days, part)
    if kind == "since":
        return [(days[0], max(calendar.study_year(plan_year)[1], days[0]))]
    return [(day, day) for day in days]


def _joined(days: list[date], part: list[Token]) -> list[Span]:
    """«1–3, 8–10 октября»: days and ranges of one month."""
    rest = iter(days)
    result: list[Span] = []
    for place, token in enumerate(part):
        if token.code == "N":
            day = next(rest)
            ranged = place > 0 and part[place - 1].code == "-"
            result[-1:] = [span(result[-1][0], day)] if ranged else [*result[-1:], (day, day)]
    return result


def _day_range(start: tuple[int, Token], end: tuple[int, Token], plan_year: int) -> Span:
    """Both ends of a range of days; over New Year the end is in the next year."""
    (first_day, first), (last_day, last) = start, end
    start_year, end_year = year_of(first, plan_year), year_of(last, plan_year)
    later = (first.month, first_day) > (last.month, last_day)
    if first.year is None and last.year is not None:
        start_year = last.year - later
    elif last.year is None:
        end_year = start_year + later
    return span(date(start_year, first.month, first_day), date(end_year, last.month, last_day))


def _months(kind: str, part: list[Token], plan_year: int) -> list[Span]:
    if kind == "months":
        return [month_range(part[0], part[-1], plan_year)]
    first, last = calendar.month_span(year_of(part[0], plan_year), part[0].month)
    if kind == "since_month":
        return [(first, max(last, calendar.study_year(plan_year)[1]))]
    return [(first, last)]


def month_range(first: Token, last: Token, plan_year: int) -> Span:
    """A range of months; the end that has no year follows or precedes the one that has."""
    later = first.month > last.month
    if first.year is None and last.year is not None:
        start, end = last.year - later, last.year
    else:
        start = year_of(first, plan_year)
        end = last.year if last.year is not None else start + later
    return span(calendar.month_span(start, first.month)[0], calendar.month_span(end, last.month)[1])


def months_named(part: list[Token], plan_year: int) -> list[Span]:
    """Months of a list or a range."""
    months = [token for token in part if token.code == "M"]
    if len(months) == 2 and any(token.code in "-P" for token in part):
        return [month_range(months[0], months[1], plan_year)]
    return [calendar.month_span(year_of(token, plan_year), token.month) for token in months]


def _numbered(kind: str, part: list[Token], plan_year: int) -> list[Span]:
    """Quarters, half-years and school terms by number; «1–2 четверть» is one stretch."""
    year = next((token.year for token in part if token.code == "Y"), None)
    spans: list[Span] = []
    for token in part:
        if token.code != "N":
            continue
        if kind == "quarter":
            spans.append(calendar.quarter_span(plan_year, token.value, year))
        elif kind == "half":
            spans.append(calendar.half_year(plan_year, token.value))
        else:
            spans.append(calendar.school_term(plan_year, token.value))
    if len(spans) > 1 and any(token.code == "-" for token in part):
        return [span(spans[0][0], spans[-1][1])]
    return spans
