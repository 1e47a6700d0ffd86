"""What the views of the plan show, without Qt: lines of the table, people, months, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain.plan import ItemState
from imc_desktop.domain.words import MONTHS, plural
from imc_desktop.usecases.plan import ItemView, PlanView, SectionView

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


def state_mark(state: ItemState) -> str:
    """Shape and word of one time an item happens."""
    return f"{MARKS[state][0]} {_STATE_WORDS[state]}"


_LONG_WORD = re.compile(r"[А-Яа-яЁё]{12,}")
_SYLLABLE = re.compile(r"(?<=[А-Яа-яё]{2})([аеёиоуыэюя])(?=[бвгджзклмнпрстфхцчшщ][аеёиоуыэюя][а-яё])")


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
