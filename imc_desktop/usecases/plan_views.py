"""Reading plans: sections, items with their terms as understood, and what became of every time they happen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from sqlite3 import Connection
from typing import Any

from db.store import Store
from imc_desktop.domain.names import initials, parse_names_in
from imc_desktop.domain.plan import (
    ItemState,
    Mark,
    Occurrence,
    item_state,
    mark_words,
    paper_words,
    short_term,
    term_of,
)
from imc_desktop.domain.term_calendar import Span
from imc_desktop.domain.terms import Term
from imc_desktop.usecases.queries import rows

ANNUAL, CYCLOGRAM, MONTH = "annual", "cyclogram", "month"
APPROVED = "approved"
NOBODY = "Не назначен"


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a plan; ``parent_id`` is set for a subsection."""

    id: str
    title: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of a plan on a day: everything as ready words beside the facts."""

    id: str
    section_id: str | None
    section: str
    subsection: str
    number: str
    title: str
    term: str
    time: str
    spans: tuple[Span, ...]
    recurrence: str | None
    understood: str | None
    term_short: str
    responsible: str
    place: str
    participants: str
    expected: str
    written_mark: str
    occurrences: tuple[Occurrence, ...]
    state: ItemState
    mark: str
    paper_mark: str

    @property
    def people(self) -> tuple[str, ...]:
        """Who answers for the item, one by one: names shortened, other words as written."""
        return responsible_people(self.responsible)

    def next_open(self, on: date) -> Occurrence | None:
        """The time that a mark made on this day is about: the first one begun and not closed, else the first open."""
        waiting = [one for one in self.occurrences if not one.closed]
        begun = [one for one in waiting if one.first <= on]
        return next(iter(begun or waiting), None)


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan as it stands; ``approved_on`` is "" for a draft."""

    id: str
    kind: str
    year: int
    period: str
    title: str
    state: str
    approved_on: str
    sections: tuple[SectionView, ...]
    items: tuple[ItemView, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    counts: dict[ItemState, int] = field(default_factory=dict)

    @property
    def approved(self) -> bool:
        """True when nothing but marks may be changed."""
        return self.state == APPROVED

    @property
    def done(self) -> int:
        """Items done."""
        return self.counts.get(ItemState.DONE, 0)

    @property
    def overdue(self) -> int:
        """Items whose time has passed without a mark."""
        return self.counts.get(ItemState.OVERDUE, 0)

    def item(self, item_id: str) -> ItemView | None:
        """An item by its id."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class YearView:
    """What there is of plans of a school year."""

    year: int
    annual: bool
    approved: bool
    months: tuple[str, ...] = ()


def plan_rows(store: Store, year: int, on: date) -> PlanView | None:
    """The annual plan of the school year that begins in ``year``; None when there is none."""
    return _load(store, on, "kind = ? AND year = ?", ANNUAL, year)


def cyclogram(store: Store, year: int, on: date) -> PlanView | None:
    """The cyclogram: sections are directions, every item belongs to one month."""
    return _load(store, on, "kind = ? AND year = ?", CYCLOGRAM, year)


def month(store: Store, period: str, on: date) -> PlanView | None:
    """The plan of a month («2026-10»)."""
    return _load(store, on, "kind = ? AND period = ?", MONTH, period)


def plan_years(store: Store) -> tuple[YearView, ...]:
    """School years that have any plan, the newest first."""
    with store.look() as connection:
        plans = list(rows(connection, "SELECT year, kind, state, period FROM plan WHERE deleted_at IS NULL"))
    years = sorted({plan.year for plan in plans}, reverse=True)
    return tuple(
        YearView(
            year,
            any(plan.year == year and plan.kind == ANNUAL for plan in plans),
            any(plan.year == year and plan.kind == ANNUAL and plan.state == APPROVED for plan in plans),
            tuple(sorted(plan.period for plan in plans if plan.year == year and plan.kind == MONTH)),
        )
        for year in years
    )


def responsible_people(text: str) -> tuple[str, ...]:
    """«Ясинская Л.Г., Вебер Е.С.» one by one; words that name nobody («методисты ИМЦ») stay one by one too."""
    found: dict[str, None] = {}
    for part in text.replace(";", ",").replace("\n", ",").split(","):
        names = parse_names_in(part)
        for words in [initials(name) for name in names] or [" ".join(part.split())]:
            if words:
                found.setdefault(words[:1].upper() + words[1:])
    return tuple(found) or (NOBODY,)


def _load(store: Store, on: date, condition: str, *values: object) -> PlanView | None:
    with store.look() as connection:
        query = f"SELECT id FROM plan WHERE deleted_at IS NULL AND {condition} ORDER BY id"
        found = connection.execute(query, values).fetchone()
        return None if found is None else view_of(connection, found[0], on)


def view_of(connection: Connection, plan_id: str, on: date) -> PlanView:
    """A plan with all that hangs on it, in the order of the paper."""
    (plan,) = rows(connection, "SELECT * FROM plan WHERE id = ?", (plan_id,))
    sections = ordered_sections(
        rows(connection, "SELECT * FROM plan_section WHERE plan_id = ? AND deleted_at IS NULL", (plan_id,))
    )
    marks: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows(
        connection,
        "SELECT o.* FROM plan_occurrence o JOIN plan_item i ON i.id = o.item_id "
        "WHERE i.plan_id = ? AND o.deleted_at IS NULL",
        (plan_id,),
    ):
        marks[row.item_id][row.day] = row
    places = {section.id: number for number, section in enumerate(sections)}
    ordered = sorted(
        rows(connection, "SELECT * FROM plan_item WHERE plan_id = ? AND deleted_at IS NULL", (plan_id,)),
        key=lambda row: (places.get(row.section_id or "", -1), row.position, row.id),
    )
    titles = {section.id: section for section in sections}
    items = tuple([_item(row, titles, marks[row.id], plan.year, on) for row in ordered])
    counts: dict[ItemState, int] = defaultdict(int)
    for item in items:
        counts[item.state] += 1
    approved_on = _approved_on(connection, plan.id) if plan.state == APPROVED else ""
    return PlanView(
        plan.id, plan.kind, plan.year, plan.period, plan.title, plan.state, approved_on,
        tuple(sections), items, json.loads(plan.texts or "{}"), dict(counts),
    )  # fmt: skip


def ordered_sections(sections: Iterable[Any]) -> list[SectionView]:
    """Sections in their order, every one followed by its subsections; of rows with the columns of the table."""
    found = sorted(sections, key=lambda row: (row.position, row.id))
    known = {row.id for row in found}
    children: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        if row.parent_id in known:
            children[row.parent_id or ""].append(row)
    ordered: list[SectionView] = []
    for row in found:
        if row.parent_id not in known:
            ordered.append(SectionView(row.id, row.title))
            ordered += [SectionView(child.id, child.title, row.id) for child in children[row.id]]
    return ordered


def _item(row: Any, sections: dict[str, SectionView], marks: dict[str, Any], year: int, on: date) -> ItemView:
    term = term_of(row.term, year)
    occurrences = _occurrences(term, marks)
    own = sections.get(row.section_id or "")
    above = sections.get(own.parent_id) if own is not None and own.parent_id else None
    state = item_state(term, occurrences, row.mark, on)
    return ItemView(
        id=row.id,
        section_id=own.id if own else None,
        section=(above or own).title if own else "",
        subsection=own.title if own and above else "",
        number=row.number,
        title=row.title,
        term=row.term,
        time=row.time,
        spans=term.spans,
        recurrence=term.recurrence,
        understood=term.understood,
        term_short=short_term(term),
        responsible=row.responsible,
        place=row.place_text,
        participants=row.participants,
        expected=row.expected,
        written_mark=row.mark,
        occurrences=occurrences,
        state=state,
        mark=mark_words(state, occurrences, row.mark, on),
        paper_mark=paper_words(occurrences, row.mark),
    )


def _occurrences(term: Term, marks: dict[str, Any]) -> tuple[Occurrence, ...]:
    """Every span with its mark; a mark of a term without days stands alone on the day it was made."""
    if not term.spans:
        days = [(date.fromisoformat(day), row) for day, row in sorted(marks.items())]
        return tuple([_marked((day, day), row) for day, row in days])
    if len(term.spans) == 1 and len(marks) == 1:  # the term was written otherwise when it was marked
        return (_marked(term.spans[0], next(iter(marks.values()))),)
    return tuple([_marked(span, marks.get(span[0].isoformat())) for span in term.spans])


def _marked(span: Span, row: Any) -> Occurrence:
    if row is None:
        return Occurrence(*span)
    return Occurrence(span[0], span[1], Mark(row.mark), row.moved_to, row.note)


def _approved_on(connection: Connection, plan_id: str) -> str:
    query = "SELECT issued_on FROM issued_document WHERE subject_id = ? AND deleted_at IS NULL ORDER BY edition DESC"
    found = connection.execute(query, (plan_id,)).fetchone()
    return str(found[0]) if found else ""
