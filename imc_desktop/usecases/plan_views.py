"""Reading plans: sections, items with their terms as understood, and what became of every time they happen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.work import IssuedDocument, Plan, PlanItem, PlanOccurrence, PlanSection
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
    return _load(store, on, Plan.kind == ANNUAL, Plan.year == year)


def cyclogram(store: Store, year: int, on: date) -> PlanView | None:
    """The cyclogram: sections are directions, every item belongs to one month."""
    return _load(store, on, Plan.kind == CYCLOGRAM, Plan.year == year)


def month(store: Store, period: str, on: date) -> PlanView | None:
    """The plan of a month («2026-10»)."""
    return _load(store, on, Plan.kind == MONTH, Plan.period == period)


def plan_years(store: Store) -> tuple[YearView, ...]:
    """School years that have any plan, the newest first."""
    with store.read() as session:
        rows = session.execute(
            select(Plan.year, Plan.kind, Plan.state, Plan.period).where(Plan.deleted_at.is_(None))
        ).all()
    years = sorted({row.year for row in rows}, reverse=True)
    return tuple(
        YearView(
            year,
            any(row.year == year and row.kind == ANNUAL for row in rows),
            any(row.year == year and row.kind == ANNUAL and row.state == APPROVED for row in rows),
            tuple(sorted(row.period for row in rows if row.year == year and row.kind == MONTH)),
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


def _load(store: Store, on: date, *conditions: object) -> PlanView | None:
    with store.read() as session:
        plan = session.scalars(
            select(Plan).where(Plan.deleted_at.is_(None), *conditions).order_by(Plan.id)  # type: ignore[arg-type]
        ).first()
        return None if plan is None else view_of(session, plan, on)


def view_of(session: Session, plan: Plan, on: date) -> PlanView:
    """A plan with all that hangs on it, in the order of the paper."""
    sections = ordered_sections(
        session.scalars(
            select(PlanSection).where(PlanSection.plan_id == plan.id, PlanSection.deleted_at.is_(None))
        ).all()
    )
    rows = session.scalars(select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.deleted_at.is_(None))).all()
    marks: dict[str, dict[str, PlanOccurrence]] = defaultdict(dict)
    for row in session.scalars(
        select(PlanOccurrence)
        .join(PlanItem, PlanItem.id == PlanOccurrence.item_id)
        .where(PlanItem.plan_id == plan.id, PlanOccurrence.deleted_at.is_(None))
    ):
        marks[row.item_id][row.day] = row
    places = {section.id: number for number, section in enumerate(sections)}
    ordered = sorted(rows, key=lambda row: (places.get(row.section_id or "", -1), row.position, row.id))
    titles = {section.id: section for section in sections}
    items = tuple([_item(row, titles, marks[row.id], plan.year, on) for row in ordered])
    counts: dict[ItemState, int] = defaultdict(int)
    for item in items:
        counts[item.state] += 1
    approved_on = _approved_on(session, plan) if plan.state == APPROVED else ""
    return PlanView(
        plan.id, plan.kind, plan.year, plan.period, plan.title, plan.state, approved_on,
        tuple(sections), items, json.loads(plan.texts or "{}"), dict(counts),
    )  # fmt: skip


def ordered_sections(rows: Iterable[PlanSection]) -> list[SectionView]:
    """Sections in their order, every one followed by its subsections."""
    found = sorted(rows, key=lambda row: (row.position, row.id))
    known = {row.id for row in found}
    children: dict[str, list[PlanSection]] = defaultdict(list)
    for row in found:
        if row.parent_id in known:
            children[row.parent_id or ""].append(row)
    ordered: list[SectionView] = []
    for row in found:
        if row.parent_id not in known:
            ordered.append(SectionView(row.id, row.title))
            ordered += [SectionView(child.id, child.title, row.id) for child in children[row.id]]
    return ordered


def _item(
    row: PlanItem, sections: dict[str, SectionView], marks: dict[str, PlanOccurrence], year: int, on: date
) -> ItemView:
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


def _occurrences(term: Term, marks: dict[str, PlanOccurrence]) -> tuple[Occurrence, ...]:
    """Every span with its mark; a mark of a term without days stands alone on the day it was made."""
    if not term.spans:
        days = [(date.fromisoformat(day), row) for day, row in sorted(marks.items())]
        return tuple([_marked((day, day), row) for day, row in days])
    if len(term.spans) == 1 and len(marks) == 1:  # the term was written otherwise when it was marked
        return (_marked(term.spans[0], next(iter(marks.values()))),)
    return tuple([_marked(span, marks.get(span[0].isoformat())) for span in term.spans])


def _marked(span: Span, row: PlanOccurrence | None) -> Occurrence:
    if row is None:
        return Occurrence(*span)
    return Occurrence(span[0], span[1], Mark(row.mark), row.moved_to, row.note)


def _approved_on(session: Session, plan: Plan) -> str:
    return (
        session.scalars(
            select(IssuedDocument.issued_on)
            .where(IssuedDocument.subject_id == plan.id, IssuedDocument.deleted_at.is_(None))
            .order_by(IssuedDocument.edition.desc())
        ).first()
        or ""
    )
