"""A month of work: the lines of its own plan and what the annual plan sets for it, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from db.store import Store
from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.plan import ItemState, Occurrence, occurrence_state
from imc_desktop.domain.words import MONTHS_GENITIVE, fold
from imc_desktop.usecases.plan_views import ItemView, PlanView, month, plan_rows

LONG = "В течение месяца"
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_SHORT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One time something happens in a month; ``own`` when it stands in the plan of that month.

    ``group`` is the day in words or ``LONG``; ``when`` the time of day or the days it takes.
    """

    key: str
    group: str
    when: str
    item: ItemView
    occurrence: Occurrence
    own: bool
    state: ItemState

    @property
    def day(self) -> date:
        """The day it stands under."""
        return self.occurrence.due if self.occurrence.moved_to else self.occurrence.first


def agenda(store: Store, period: str, on: date, *, once: bool = False) -> list[DayLine]:
    """What happens in a month («2026-10»): things of a day first, long ones after them.

    ``once``: what the month's own plan already names is not repeated from the annual plan (for paper).
    """
    first = date(int(period[:4]), int(period[5:]), 1)
    annual = _annual_year(first)
    own = agenda_of(period, month(store, period, on), on, own=True)
    from_annual = agenda_of(period, plan_rows(store, annual, on), on, own=False)
    if once:
        told = {fold(line.item.title) for line in own}
        from_annual = [line for line in from_annual if fold(line.item.title) not in told]
    return sorted([*own, *from_annual], key=_order)


def agenda_of(period: str, view: PlanView | None, on: date, *, own: bool) -> list[DayLine]:
    """The lines one plan gives a month; none when there is no such plan."""
    first = date(int(period[:4]), int(period[5:]), 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return [
        _line(item, occurrence, own=own, on=on)
        for item in (view.items if view is not None else ())
        for occurrence in item.occurrences
        if _within(occurrence, first, last)
    ]


def _annual_year(first: date) -> int:
    """August opens the plan of the year that begins with it (decisions 23)."""
    return first.year if first.month == 8 else school_year_of(first)


def _order(line: DayLine) -> tuple[bool, date, str]:
    return line.group == LONG, line.day, line.item.time or "~"


def _within(occurrence: Occurrence, first: date, last: date) -> bool:
    if occurrence.moved_to:
        return first <= occurrence.due <= last
    return occurrence.first <= last and occurrence.last >= first


def _line(item: ItemView, occurrence: Occurrence, *, own: bool, on: date) -> DayLine:
    day = occurrence.due if occurrence.moved_to else occurrence.first
    long = not occurrence.moved_to and occurrence.last - occurrence.first > _SHORT
    group = LONG if long else f"{day.day} {MONTHS_GENITIVE[day.month - 1]}, {WEEKDAYS[day.weekday()]}"
    when = item.time or ("" if occurrence.first == occurrence.last else item.term_short)
    key = f"{item.id}|{occurrence.first.isoformat()}"
    return DayLine(key, group, when, item, occurrence, own, occurrence_state(occurrence, on))
