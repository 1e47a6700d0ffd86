"""Changing a plan: every deed is one undo step; an approved plan takes marks only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.work import Plan, PlanItem, PlanOccurrence, PlanSection
from db.store import Store
from imc_desktop.domain.dates import parse_day, school_year_title, to_date
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.plan import Mark, next_number, term_of
from imc_desktop.usecases.plan_office import paper_office
from imc_desktop.usecases.plan_views import ANNUAL, APPROVED, CYCLOGRAM, ordered_sections

_LABEL = "Изменение плана"
_MARK_WORDS = {Mark.DONE: "исполнено", Mark.NOT_DONE: "не исполнено", Mark.MOVED: "перенос", Mark.NONE: "отметка снята"}


@dataclass(frozen=True, slots=True)
class ItemInput:
    """What a person writes into an item."""

    title: str
    term: str = ""
    responsible: str = ""
    number: str = ""
    section_id: str | None = None
    place: str = ""
    participants: str = ""
    expected: str = ""
    time: str = ""


def new_plan(store: Store, year: int) -> str:
    """An empty annual plan whose sections are the directions of the office's regulation; its id."""
    directions = paper_office(store).directions or ("Организационная работа",)
    with store.change(f"Новый план работы на {school_year_title(year)} учебный год") as session:
        _refuse_second(session, year)
        plan = Plan(id=new_id(), kind=ANNUAL, year=year)
        session.add(plan)
        session.flush()
        for number, title in enumerate(directions, 1):
            session.add(PlanSection(id=new_id(), plan_id=plan.id, title=f"{number}. {title}", position=number))
        return plan.id


def plan_from_last_year(store: Store, year: int) -> str:
    """A draft with last year's sections and items, without marks; its id. Years in the titles are left to a person."""
    with store.change(f"План на {school_year_title(year)} по прошлогоднему") as session:
        _refuse_second(session, year)
        last = session.scalars(
            select(Plan).where(Plan.kind == ANNUAL, Plan.year == year - 1, Plan.deleted_at.is_(None))
        ).first()
        if last is None:
            raise UserError(f"Плана на {school_year_title(year - 1)} учебный год нет: переносить нечего.")
        plan = Plan(id=new_id(), kind=ANNUAL, year=year, texts=last.texts)
        session.add(plan)
        session.flush()
        _copy_sections(session, last.id, plan.id)
        return plan.id


def _copy_sections(session: Session, source: str, target: str) -> None:
    rows = session.scalars(select(PlanSection).where(PlanSection.plan_id == source, PlanSection.deleted_at.is_(None)))
    by_id = {row.id: row for row in rows}
    ids = {old: new_id() for old in by_id}
    for number, view in enumerate(ordered_sections(by_id.values()), 1):
        parent = ids[view.parent_id] if view.parent_id else None
        session.add(PlanSection(id=ids[view.id], plan_id=target, title=view.title, parent_id=parent, position=number))
        session.flush()
    for item in session.scalars(select(PlanItem).where(PlanItem.plan_id == source, PlanItem.deleted_at.is_(None))):
        session.add(_copy_of(item, target, ids.get(item.section_id or ""), item.position))


def add_item(store: Store, plan_id: str, given: ItemInput, *, after: str | None = None) -> str:
    """Add an item at the end of its section or after another one; an empty number is given by the program."""
    _check(given)
    with store.change(f"{_LABEL}: добавлено «{_short(given.title)}»") as session:
        _editable(session, plan_id)
        siblings = _siblings(session, plan_id, given.section_id)
        place = next((n for n, row in enumerate(siblings, 1) if row.id == after), len(siblings))
        row = PlanItem(id=new_id(), plan_id=plan_id, section_id=given.section_id, title="", position=0)
        _write(row, given)
        row.number = given.number.strip() or next_number(item.number for item in siblings)
        session.add(row)
        siblings.insert(place, row)
        _renumber_positions(siblings)
        return row.id


def edit_item(store: Store, item_id: str, given: ItemInput) -> None:
    """Write an item anew."""
    _check(given)
    with store.change(f"{_LABEL}: «{_short(given.title)}»") as session:
        row = _item(session, item_id)
        _editable(session, row.plan_id)
        moved = row.section_id != given.section_id
        _write(row, given)
        if moved:
            siblings = [one for one in _siblings(session, row.plan_id, given.section_id) if one.id != row.id]
            _renumber_positions([*siblings, row])


def copy_item(store: Store, item_id: str) -> str:
    """The same item once more, right under it; its id."""
    with store.change(f"{_LABEL}: повторено мероприятие") as session:
        row = _item(session, item_id)
        _editable(session, row.plan_id)
        siblings = _siblings(session, row.plan_id, row.section_id)
        copy = _copy_of(row, row.plan_id, row.section_id, 0)
        copy.number = next_number(item.number for item in siblings)
        session.add(copy)
        siblings.insert(next(n for n, one in enumerate(siblings, 1) if one.id == item_id), copy)
        _renumber_positions(siblings)
        return copy.id


def delete_items(store: Store, item_ids: Sequence[str]) -> None:
    """Take items out of the plan together with their marks."""
    words = "удалено мероприятие" if len(item_ids) == 1 else f"удалено мероприятий: {len(item_ids)}"
    with store.change(f"{_LABEL}: {words}") as session:
        now = utc_now()
        for item_id in item_ids:
            row = _item(session, item_id)
            _editable(session, row.plan_id)
            row.deleted_at = now
            for mark in _marks(session, item_id):
                mark.deleted_at = now


def move_item(store: Store, item_id: str, *, section_id: str | None, place: int) -> None:
    """Put an item at a place (from 0) of a section."""
    with store.change(f"{_LABEL}: порядок мероприятий") as session:
        row = _item(session, item_id)
        _editable(session, row.plan_id)
        siblings = [one for one in _siblings(session, row.plan_id, section_id) if one.id != item_id]
        siblings.insert(max(0, place), row)
        row.section_id = section_id
        _renumber_positions(siblings)


def add_section(store: Store, plan_id: str, title: str, *, parent_id: str | None = None) -> str:
    """A new section at the end; its id."""
    words = _title(title)
    with store.change(f"{_LABEL}: раздел «{_short(words)}»") as session:
        _editable(session, plan_id)
        rows = _sections(session, plan_id)
        position = max((row.position for row in rows), default=0) + 1
        row = PlanSection(id=new_id(), plan_id=plan_id, title=words, parent_id=parent_id, position=position)
        session.add(row)
        return row.id


def rename_section(store: Store, section_id: str, title: str) -> None:
    """Another title for a section."""
    words = _title(title)
    with store.change(f"{_LABEL}: раздел «{_short(words)}»") as session:
        row = _section(session, section_id)
        _editable(session, row.plan_id)
        row.title = words


def delete_section(store: Store, section_id: str) -> None:
    """Take an empty section away; one that holds items or subsections is refused."""
    with store.change(f"{_LABEL}: удалён раздел") as session:
        row = _section(session, section_id)
        _editable(session, row.plan_id)
        below = [one for one in _sections(session, row.plan_id) if one.parent_id == section_id]
        if below or _siblings(session, row.plan_id, section_id):
            raise UserError(f"В разделе «{_short(row.title)}» есть мероприятия. Сначала перенесите или удалите их.")
        row.deleted_at = utc_now()


def mark_occurrence(store: Store, item_id: str, day: str, mark: Mark, *, note: str = "", moved_to: str = "") -> None:
    """Say what became of one time an item happens; ``day`` is the first day of that time (ISO).

    Allowed in an approved plan too: marks are no part of what was approved. ``Mark.NONE`` takes a mark back.
    """
    first = to_date(day).isoformat()
    with store.change(f"{_LABEL}: {_MARK_WORDS[mark]}") as session:
        item = _item(session, item_id)
        moved_iso = _moved_day(moved_to, item, session) if mark is Mark.MOVED else ""
        if mark is not Mark.MOVED:
            known = next((row for row in _marks(session, item_id) if row.day == first), None)
            moved_iso = known.moved_to if known is not None and mark is Mark.DONE else ""
        _set_mark(session, item_id, first, (mark, note.strip(), moved_iso))


def _moved_day(text: str, item: PlanItem, session: Session) -> str:
    plan = session.get_one(Plan, item.plan_id)
    try:
        iso = parse_day(text, base_year=plan.year)
    except ValueError as error:
        raise UserError(str(error)) from error
    if not iso:
        raise UserError("На какой день перенесено? Напишите дату.")
    return iso


def _set_mark(session: Session, item_id: str, day: str, said: tuple[Mark, str, str]) -> None:
    mark, note, moved_to = said
    row = next((row for row in _marks(session, item_id) if row.day == day), None)
    if row is None and mark is not Mark.NONE:
        row = PlanOccurrence(id=new_id(), item_id=item_id, day=day)
        session.add(row)
    if row is None:
        return
    if mark is Mark.NONE:
        row.deleted_at = utc_now()
        return
    row.mark, row.note, row.moved_to = str(mark), note, moved_to


def save_texts(store: Store, plan_id: str, texts: Mapping[str, str]) -> None:
    """The text parts of the plan: theme, analysis, goals, tasks; blank ones are left out."""
    kept = {key: text.strip() for key, text in texts.items() if text.strip()}
    with store.change(f"{_LABEL}: текстовая часть") as session:
        _editable(session, plan_id).texts = json.dumps(kept, ensure_ascii=False, sort_keys=True)


def undated_problem(term: str, year: int) -> str:
    """A sentence when a term is written but not understood, else ""."""
    if term.strip() and term_of(term, year).understood is None:
        return "Срок не понят: мероприятие не попадёт в месяц и не напомнит о себе."
    return ""


# --- inside ---------------------------------------------------------------------------------------------------------


def _refuse_second(session: Session, year: int) -> None:
    known = session.scalars(
        select(Plan.id).where(Plan.kind == ANNUAL, Plan.year == year, Plan.deleted_at.is_(None))
    ).first()
    if known:
        raise UserError(f"План на {school_year_title(year)} учебный год уже есть.")


def _editable(session: Session, plan_id: str) -> Plan:
    plan = session.get(Plan, plan_id)
    if plan is None or plan.deleted_at is not None:
        raise UserError("Плана уже нет: обновите список (F5).")
    if plan.state == APPROVED:
        kind = "Циклограмма утверждена" if plan.kind == CYCLOGRAM else "План утверждён"
        raise UserError(
            f"{kind} на {school_year_title(plan.year)} учебный год: текст не меняют, только отметки о выполнении."
        )
    return plan


def _item(session: Session, item_id: str) -> PlanItem:
    row = session.get(PlanItem, item_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Мероприятия уже нет в плане: обновите список (F5).")
    return row


def _section(session: Session, section_id: str) -> PlanSection:
    row = session.get(PlanSection, section_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Раздела уже нет в плане: обновите список (F5).")
    return row


def _sections(session: Session, plan_id: str) -> list[PlanSection]:
    return list(
        session.scalars(select(PlanSection).where(PlanSection.plan_id == plan_id, PlanSection.deleted_at.is_(None)))
    )


def _siblings(session: Session, plan_id: str, section_id: str | None) -> list[PlanItem]:
    rows = session.scalars(
        select(PlanItem).where(
            PlanItem.plan_id == plan_id,
            PlanItem.section_id.is_not_distinct_from(section_id),
            PlanItem.deleted_at.is_(None),
        )
    )
    return sorted(rows, key=lambda row: (row.position, row.id))


def _marks(session: Session, item_id: str) -> list[PlanOccurrence]:
    return list(
        session.scalars(
            select(PlanOccurrence).where(PlanOccurrence.item_id == item_id, PlanOccurrence.deleted_at.is_(None))
        )
    )


def _renumber_positions(rows: Sequence[PlanItem]) -> None:
    for number, row in enumerate(rows, 1):
        if row.position != number:
            row.position = number


def _write(row: PlanItem, given: ItemInput) -> None:
    row.title, row.term, row.responsible = given.title.strip(), given.term.strip(), given.responsible.strip()
    row.number, row.section_id, row.time = given.number.strip(), given.section_id, given.time.strip()
    row.place_text, row.participants, row.expected = (
        given.place.strip(), given.participants.strip(), given.expected.strip(),
    )  # fmt: skip


def _copy_of(row: PlanItem, plan_id: str, section_id: str | None, position: int) -> PlanItem:
    return PlanItem(
        id=new_id(), plan_id=plan_id, section_id=section_id, position=position, number=row.number, title=row.title,
        term=row.term, time=row.time, place_text=row.place_text, participants=row.participants,
        responsible=row.responsible, expected=row.expected,
    )  # fmt: skip


def _check(given: ItemInput) -> None:
    if not given.title.strip():
        raise UserError("Напишите, что делается: мероприятие без названия не печатается.")


def _title(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise UserError("Напишите название раздела.")
    return words


def _short(text: str, limit: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"
