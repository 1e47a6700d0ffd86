"""Working days of Russia and Kazakhstan: known decrees, corrected by the office's own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from imc_desktop.domain.production_calendar import YEARS

COUNTRIES = ("RU", "KZ")
HOLIDAY, WORK = "holiday", "work"
# The last year whose moved days are decreed and written down; later years follow the general rule only.
LAST_DECREE = {"RU": 2027, "KZ": 2025}
_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_REST = 366  # days without one working day: the office's calendar must be wrong


@lru_cache(maxsize=64)
def _differing(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Weekdays of rest and weekend days of work of a year; a year nobody has written down has neither."""
    rest, work = (
        (date(year, int(day[:2]), int(day[2:])) for day in days.split()) for days in YEARS[country].get(year, ("", ""))
    )
    return frozenset(rest), frozenset(work)


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
        rest, work = _differing(self.country, day.year)
        return day not in rest if day.weekday() < _SATURDAY else day in work

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
        return year <= LAST_DECREE[self.country]

    def _to_working(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_REST):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"Около {day:%d.%m.%Y} нет ни одного рабочего дня: проверьте производственный календарь.")
