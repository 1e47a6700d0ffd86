"""Working days of Russia and Kazakhstan: a seed of known decrees, corrected by the office's own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

COUNTRIES = ("RU", "KZ")
HOLIDAY, WORK = "holiday", "work"
# The last year whose moved days are decreed and known to the seed; later years follow the general rule only.
_LAST_DECREE = {"RU": 2027, "KZ": 2025}
_DAY = timedelta(days=1)
_LONGEST_REST = 366  # days without one working day: the office's calendar must be wrong


@lru_cache(maxsize=2)
def _seed(country: str) -> Any:
    """The seed for a country. Importing it takes half a second, so it is imported when first asked for."""
    from holidays import country_holidays  # noqa: PLC0415

    return country_holidays(country)


@lru_cache(maxsize=64)
def _rest_days(country: str, year: int) -> frozenset[date]:
    """Days of a year on which nobody works, weekends included (five-day week)."""
    seed = _seed(country)
    first, count = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = [first + timedelta(days=n) for n in range(count)]
    rest = {day for day in days if not seed.is_working_day(day)}
    if country == "RU" and year > _LAST_DECREE["RU"]:
        for day in days:
            if day.month > 1 and day.weekday() >= 5 and day in seed:
                rest.add(_next_free(day, rest))
    return frozenset(rest)


def _next_free(day: date, rest: set[date]) -> date:
    """The next working day after a holiday on a weekend, to which the rest moves (ТК РФ, ст. 112)."""
    while day in rest:
        day += _DAY
    return day


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of a five-day week in ``country`` («RU», «KZ»).

    ``overrides``: the office's own days, ISO day → "holiday" or "work" (regional holidays, new decrees); they win.
    """

    country: str = "RU"
    overrides: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.country not in COUNTRIES:
            raise ValueError(f"Календарь страны «{self.country}» неизвестен.")

    def is_working(self, day: date) -> bool:
        """True for a working day: the office's calendar first, then decrees, holidays and weekends."""
        own = self.overrides.get(day.isoformat())
        if own is not None:
            return own == WORK
        return day not in _rest_days(self.country, day.year)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after (or before, n < 0) a day; the day itself is not counted, 0 gives it back."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day = self._to_working(day + step, step)
        return day

    def shift(self, day: date, n: int, *, to_working: bool = False) -> date:
        """A day n calendar days later (earlier, n < 0); ``to_working`` moves on to the next working day if need be."""
        moved = day + timedelta(days=n)
        return self._to_working(moved, _DAY) if to_working else moved

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie between two days, both included."""
        return sum(self.is_working(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def confirmed(self, year: int) -> bool:
        """False for a year whose decree is not known: its days follow the general rule and must be checked."""
        return year <= _LAST_DECREE[self.country]

    def _to_working(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_REST):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"Около {day:%d.%m.%Y} нет ни одного рабочего дня: проверьте производственный календарь.")
