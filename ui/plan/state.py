"""What the views of the plan show, without Qt: lines of the table, days of a month, people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from imc_desktop.domain.plan import ItemState, Occurrence, occurrence_state
from imc_desktop.domain.words import MONTHS, MONTHS_GENITIVE, plural
from imc_desktop.usecases.plan import ItemView, PlanView, SectionView

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
SHORT = timedelta(days=7)
MARKS: dict[ItemState, tuple[str, str]] = {
    ItemState.DONE: ("✓", "ok"),
    ItemState.NOT_DONE: ("✗", "secondary"),
    ItemState.OVERDUE: ("■", "bad"),
    ItemState.RUNNING: ("◇", "text"),
    ItemState.AHEAD: ("○", "secondary"),
    ItemState.NO_DATE: ("○", "secondary"),
    ItemState.UNCLEAR: ("▲", "soon"),
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a list: an item, or the empty place of a section that has none yet."""

    key: str
    group: str
    item: ItemView | None
    section: SectionView | None = None

    @property
    def mark(self) -> str:
        """Shape and words."""
        return f"{MARKS[self.item.state][0]} {self.item.mark}" if self.item else ""

    @property
    def tone(self) -> str:
        """Name of the colour of the mark."""
        return MARKS[self.item.state][1] if self.item else "secondary"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One time something happens in a month; ``own`` when it stands in the plan of that month."""

    key: str
    group: str
    when: str
    item: ItemView
    occurrence: Occurrence
    own: bool
    state: ItemState

    @property
    def mark(self) -> str:
        """Shape and word of this very time."""
        return f"{MARKS[self.state][0]} {_STATE_WORDS[self.state]}"

    @property
    def tone(self) -> str:
        """Name of the colour of the mark."""
        return MARKS[self.state][1]


_STATE_WORDS = {
    ItemState.DONE: "исполнено",
    ItemState.NOT_DONE: "не исполнено",
    ItemState.OVERDUE: "не отмечено",
    ItemState.RUNNING: "идёт",
    ItemState.AHEAD: "впереди",
}


def table_lines(view: PlanView) -> list[PlanLine]:
    """Items under their sections; a section without items keeps its place."""
    titles = {section.id: section.title for section in view.sections}
    lines: list[PlanLine] = []
    for section in (None, *view.sections):
        section_id = section.id if section else None
        group = _group(section, titles)
        own = [PlanLine(item.id, group, item, section) for item in view.items if item.section_id == section_id]
        parent_of_others = section is not None and any(one.parent_id == section.id for one in view.sections)
        if section is not None and not own and not parent_of_others:
            own = [PlanLine(f"section:{section.id}", group, None, section)]
        lines += own
    return lines


def _group(section: SectionView | None, titles: dict[str, str]) -> str:
    if section is None:
        return "Без раздела"
    above = titles.get(section.parent_id or "", "")
    return f"{above} › {section.title}" if above else section.title or "Без раздела"


def people_lines(view: PlanView) -> list[PlanLine]:
    """Every item once for each who answers for it."""
    return [PlanLine(f"{item.id}|{who}", who, item) for item in view.items for who in item.people]


def month_lines(period: str, plans: Sequence[tuple[PlanView | None, bool]], on: date) -> list[DayLine]:
    """What happens in a month: its own plan and the annual one, things of a day first, long ones after them."""
    year, number = int(period[:4]), int(period[5:])
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    lines = [
        _day_line(item, occurrence, own=own, on=on)
        for view, own in plans
        if view is not None
        for item in view.items
        for occurrence in item.occurrences
        if _within(occurrence, first, last)
    ]
    return sorted(lines, key=lambda line: (line.group == LONG, _day_of(line.occurrence), line.item.time or "~"))


LONG = "В течение месяца"
_LONG_WORD = re.compile(r"[А-Яа-яЁё]{12,}")
_SYLLABLE = re.compile(r"(?<=[А-Яа-яё]{2})([аеёиоуыэюя])(?=[бвгджзклмнпрстфхцчшщ][аеёиоуыэюя][а-яё])")


def _within(occurrence: Occurrence, first: date, last: date) -> bool:
    if occurrence.moved_to:
        return first <= occurrence.due <= last
    return occurrence.first <= last and occurrence.last >= first


def _day_of(occurrence: Occurrence) -> date:
    return occurrence.due if occurrence.moved_to else occurrence.first


def _day_line(item: ItemView, occurrence: Occurrence, *, own: bool, on: date) -> DayLine:
    day = _day_of(occurrence)
    long = not occurrence.moved_to and occurrence.last - occurrence.first > SHORT
    group = LONG if long else f"{day.day} {MONTHS_GENITIVE[day.month - 1]}, {WEEKDAYS[day.weekday()]}"
    when = item.time or ("" if occurrence.first == occurrence.last else item.term_short)
    key = f"{item.id}|{occurrence.first.isoformat()}"
    return DayLine(key, group, when, item, occurrence, own, occurrence_state(occurrence, on))


def breakable(text: str) -> str:
    """Long words with soft hyphens, so that a narrow cell cuts none of them."""
    return _LONG_WORD.sub(lambda found: _SYLLABLE.sub("\\1\u00ad", found[0]), text)


def month_title(period: str) -> str:
    """«октябрь 2026»."""
    return f"{MONTHS[int(period[5:]) - 1].capitalize()} {period[:4]}"


def shift_month(period: str, by: int) -> str:
    """The month so many months later."""
    months = int(period[:4]) * 12 + int(period[5:]) - 1 + by
    return f"{months // 12}-{months % 12 + 1:02d}"


def month_of(year: int, on: date) -> str:
    """The month to show first: this one when it lies in the plan's year, else September."""
    inside = date(year, 8, 1) <= on <= date(year + 1, 8, 31)
    return on.isoformat()[:7] if inside else f"{year}-09"


def counts_words(view: PlanView) -> str:
    """«89 мероприятий · исполнено 21 · просрочено 2»."""
    total = len(view.items)
    parts = [f"{total} {plural(total, 'мероприятие', 'мероприятия', 'мероприятий')}"]
    parts.append(f"исполнено {view.done}")
    if view.overdue:
        parts.append(f"просрочено {view.overdue}")
    return " · ".join(parts)


def is_long(view: PlanView, limit: int = 60) -> bool:
    """True when many titles need a second line."""
    long = sum(len(item.title) > limit for item in view.items)
    return long * 5 > len(view.items)
