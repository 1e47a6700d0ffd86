"""Terms of plan items: what people write («III неделя октября», «ежеквартально, до 10 числа») as days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from imc_desktop.domain import term_calendar as calendar
from imc_desktop.domain.term_calendar import Span
from imc_desktop.domain.term_reading import Reading
from imc_desktop.domain.term_tokens import prepare, tokens_of
from imc_desktop.domain.term_words import long_words, occurrence_words, recurrence_words

__all__ = ["Term", "occurrence_words", "understand"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as written and as understood.

    ``spans``: first and last day of each occurrence or continuous stretch, in order; a deadline is one day.
    ``recurrence``: daily, weekly, every_two_weeks, monthly, twice_a_month, every_two_months, quarterly, each_term,
    half_yearly, twice_a_year, three_a_year, several_a_year, yearly, all_year, on_request, by_schedule or None.
    ``understood``: a Russian sentence, None when the term is not understood.
    """

    text: str
    spans: tuple[Span, ...] = ()
    recurrence: str | None = None
    understood: str | None = None


@lru_cache(maxsize=4096)
def understand(text: str, year: int) -> Term:
    """What a term of a plan means in the school year that begins in ``year`` (decisions 23); never raises.

    Months without a year: August–December of ``year``, January–July of the next; «IV кв.» = October–December;
    «II полугодие» = January–May; «в течение года», «ежемесячно» run from September to May; «2 раза в год» is once in
    each half-year; a quarterly deadline falls in September, December, March and June; «до октября» is 30 September.
    """
    reading = Reading(year)
    try:
        reading.read(tokens_of(prepare(text), year))
        spans = tuple(sorted(set(_occurrences(reading))))
    except ValueError:  # a day that never was («31 сентября»), a fifth quarter
        return Term(text)
    recurrence = _recurrence(reading)
    if recurrence == "on_request":
        spans = ()
    return Term(text, spans, recurrence, _sentence(reading, spans, recurrence))


# --- laying out over the school year --------------------------------------------------------------------------------


def _ranged(reading: Reading) -> bool:
    """True when the term names a stretch longer than a day."""
    return any(first != last for first, last in reading.spans)


def _recurrence(reading: Reading) -> str | None:
    if reading.frequency:
        return reading.frequency
    if reading.weekdays:
        return "weekly"
    if reading.places and (not reading.spans or len(_months(_windows(reading))) > 3):
        return "monthly"
    if not reading.spans:
        for flag in ("on_request", "all_year", "by_schedule"):
            if flag in reading.flags:
                return flag
    return None


def _windows(reading: Reading) -> list[Span]:
    """Stretches within which something recurs: those named, else the school year."""
    if _ranged(reading):
        return [window for span in reading.spans for window in _without(span, reading.excluded)]
    first, last = calendar.study_year(reading.plan_year)
    if "round_the_year" in reading.flags:
        last = date(reading.plan_year + 1, 8, 31)
    return _without((first, last), reading.excluded)


def _without(span: Span, excluded: set[int]) -> list[Span]:
    """A stretch without some months."""
    if not excluded:
        return [span]
    result: list[Span] = []
    for first, last in _clipped(calendar.months_between(*span), [span]):
        if first.month in excluded:
            continue
        if result and result[-1][1] + timedelta(days=1) == first:
            result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return result


def _occurrences(reading: Reading) -> list[Span]:
    """Every occurrence or continuous stretch."""
    windows = _windows(reading)
    if reading.weekdays:
        days = [(day, day) for day in _days(windows) if day.weekday() in reading.weekdays]
        return days[::2] if reading.frequency == "every_two_weeks" and len(reading.weekdays) == 1 else days
    if reading.places:
        months = _months_of_places(reading, windows)
        return [span for month in months for take in reading.places for span in take(month.year, month.month)]
    if reading.frequency:
        spans = _frequent(reading, reading.frequency, windows)
        return [calendar.part_of(span, reading.part) for span in spans] if reading.part else spans
    if reading.spans:
        return windows if _ranged(reading) and reading.excluded else reading.spans
    return windows if "all_year" in reading.flags else []


def _months_of_places(reading: Reading, windows: list[Span]) -> list[date]:
    """Months in which «до 10 числа» or «III неделя» falls; quarterly: September, December, March, June."""
    if not reading.spans and reading.frequency in {"quarterly", "half_yearly", "twice_a_year"}:
        numbers = (9, 12, 3, 6) if reading.frequency == "quarterly" else (12, 5)
        return [date(calendar.year_of_month(number, reading.plan_year), number, 1) for number in numbers]
    return [first for first, _ in _months(windows)]


def _frequent(reading: Reading, frequency: str, windows: list[Span]) -> list[Span]:
    """Occurrences of what recurs: named days and months are the occurrences, a long stretch limits them."""
    if reading.spans and not _ranged(reading):
        return reading.spans
    if frequency == "daily":
        return windows
    if frequency in {"weekly", "every_two_weeks"}:
        return _weeks(windows)[:: 1 if frequency == "weekly" else 2]
    if frequency in {"monthly", "every_two_months"}:
        return _months(windows)[:: 1 if frequency == "monthly" else 2]
    if frequency == "twice_a_month":
        return [
            calendar.half_of_month(first.year, first.month, half) for first, _ in _months(windows) for half in (1, 2)
        ]
    if not reading.spans:
        return _long(reading, frequency)
    if len(windows) == 1 and (windows[0][1] - windows[0][0]).days > 150:
        return _clipped(_long(reading, frequency), windows)
    return windows


def _long(reading: Reading, frequency: str) -> list[Span]:
    """Quarters, half-years, school terms of the year."""
    year = reading.plan_year
    if frequency == "quarterly":
        return calendar.quarters(year)
    if frequency == "each_term":
        reading.approximate = True
        return [calendar.school_term(year, number) for number in (1, 2, 3, 4)]
    if frequency in {"half_yearly", "twice_a_year"}:
        return [calendar.half_year(year, number) for number in (1, 2)]
    if frequency == "three_a_year":
        return [calendar.season_span(year, number) for number in (1, 2, 3)]
    return [calendar.study_year(year)]


def _months(windows: list[Span]) -> list[Span]:
    return [month for first, last in windows for month in calendar.months_between(first, last)]


def _days(windows: list[Span]) -> list[date]:
    return [date.fromordinal(day) for first, last in windows for day in range(first.toordinal(), last.toordinal() + 1)]


def _weeks(windows: list[Span]) -> list[Span]:
    """Work weeks, Monday to Friday, cut at the ends of the windows."""
    weeks: dict[date, Span] = {}
    for day in _days(windows):
        if day.weekday() < 5:
            monday = day - timedelta(days=day.weekday())
            weeks[monday] = (weeks.get(monday, (day, day))[0], day)
    return list(weeks.values())


def _clipped(spans: list[Span], windows: list[Span]) -> list[Span]:
    """The parts of spans that lie in the windows."""
    pairs = [(max(a, first), min(b, last)) for a, b in spans for first, last in windows]
    return [(first, last) for first, last in pairs if first <= last]


# --- in a sentence --------------------------------------------------------------------------------------------------

_FLAG_WORDS = {
    "on_request": "по запросу, по мере необходимости",
    "by_schedule": "по отдельному графику или плану",
    "relative": "срок считается от события",
    "some_years": "раз в несколько лет",
}


def _sentence(reading: Reading, spans: tuple[Span, ...], recurrence: str | None) -> str | None:
    """How the term was understood; None when nothing was."""
    extra = [words for flag, words in _FLAG_WORDS.items() if flag in reading.flags]
    if not spans:
        return _closed(f"{extra[0]}: дня в календаре нет") if extra else None
    listed = "; ".join(long_words(span) for span in spans)
    if recurrence == "all_year":
        words = f"весь год: {listed}"
    elif recurrence:
        words = recurrence_words(recurrence, spans, reading.place_words)
    elif reading.deadline and all(first == last for first, last in spans):
        words = f"не позже {listed}"
    else:
        words = listed
    if reading.approximate:
        words = f"примерно {words}; уточните дни"
    return _closed("; ".join([words, *extra]))


def _closed(words: str) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}."
