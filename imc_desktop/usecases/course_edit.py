"""Entering courses and the perspective plan: every deed is one undo step; a row touched by hand is no paper's any more.

A course is a fact of a person (``staff_edit``); here it gets what the rules have to say about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.learning import CoursePlan, Training
from db.schema.people import Person
from db.store import Store
from imc_desktop.domain.courses import PRIVATE
from imc_desktop.domain.dates import same_fact
from imc_desktop.domain.errors import Problem, Severity, UserError
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.words import fold, plural, show_date
from imc_desktop.usecases.rule_facts import basis_of, provider_kind, short_name
from imc_desktop.usecases.staff_edit import add_fact, edit_fact, fact_problems
from imc_desktop.usecases.staff_input import TrainingInput

_LEAST_HOURS = {TrainingKind.PK.value: "courses.pk_min_hours", TrainingKind.PP.value: "courses.pp_min_hours"}


@dataclass(frozen=True, slots=True)
class CoursePlanInput:
    """What a person writes into the perspective plan."""

    person_id: str
    planned_year: str
    theme: str = ""
    last_year: str = ""


def training_problems(
    store: Store, person_id: str, given: TrainingInput, on: date, training_id: str = ""
) -> list[Problem]:
    """What stands against a course (errors) and what is worth a second look (warnings), tied to its fields."""
    if not person_id:
        return [Problem("person_id", "Выберите работника из списка.")]
    found = fact_problems(store, person_id, given, on)
    if any(problem.severity is Severity.ERROR for problem in found):
        return found
    return [*found, *_rule_problems(store, given, on), *_twins(store, person_id, given, training_id)]


def add_training(store: Store, person_id: str, given: TrainingInput, on: date) -> str:
    """Enter a finished course; its id."""
    return add_fact(store, person_id, given, on)


def edit_training(store: Store, training_id: str, given: TrainingInput, on: date) -> None:
    """Write a course anew."""
    edit_fact(store, training_id, given, on)


def delete_trainings(store: Store, ids: Sequence[str]) -> None:
    """Take courses away as one step."""
    with store.read() as session:
        owners = {_training(session, one).person_id for one in ids}
    whose = f", {name_of(store, next(iter(owners)))}" if len(owners) == 1 else ""
    with store.change(f"Удалено: {_counted(len(ids), 'курс', 'курса', 'курсов')}{whose}") as session:
        for one in ids:
            _training(session, one).deleted_at = utc_now()


def training_input(store: Store, training_id: str) -> tuple[str, TrainingInput]:
    """Whose course it is, and the course as the form shows it."""
    with store.read() as session:
        row = _training(session, training_id)
        return row.person_id, TrainingInput(
            title=row.title,
            provider=row.provider,
            kind=row.kind,
            hours=row.hours,
            starts=row.starts,
            ends=row.ends,
            document_number=row.document_number,
            registration_number=row.registration_number,
            document_date=row.document_date,
            distance=bool(row.distance),
        )


def known_titles(store: Store) -> tuple[list[str], list[str]]:
    """Titles and providers met before, to complete what is typed."""
    with store.read() as session:
        alive = Training.deleted_at.is_(None)
        titles = session.scalars(select(Training.title).where(alive, Training.title != "").distinct()).all()
        providers = session.scalars(select(Training.provider).where(alive, Training.provider != "").distinct()).all()
    return sorted(titles), sorted(providers)


def add_course_plan(store: Store, given: CoursePlanInput) -> str:
    """Plan a course for a year; its id. A person already planned for the year is refused."""
    _check_plan(store, given)
    with store.change(f"Перспективный план: {name_of(store, given.person_id)}, {given.planned_year}") as session:
        row = CoursePlan(id=new_id(), person_id=given.person_id)
        _write_plan(row, given)
        session.add(row)
        return row.id


def edit_course_plan(store: Store, plan_id: str, given: CoursePlanInput) -> None:
    """Write a line of the perspective plan anew."""
    _check_plan(store, given, plan_id)
    with store.change(f"Перспективный план: {name_of(store, given.person_id)}, {given.planned_year}") as session:
        _write_plan(_plan(session, plan_id), given)


def delete_course_plans(store: Store, ids: Sequence[str]) -> None:
    """Take lines out of the perspective plan as one step."""
    lines = _counted(len(ids), "строка", "строки", "строк")
    with store.change(f"Перспективный план: убрано {lines}") as session:
        for one in ids:
            _plan(session, one).deleted_at = utc_now()


def name_of(store: Store, person_id: str) -> str:
    """«Иванова М. П.»; UserError when nobody was chosen or the person is gone."""
    with store.read() as session:
        row = session.execute(
            select(Person.surname, Person.name, Person.patronymic).where(
                Person.id == person_id, Person.deleted_at.is_(None)
            )
        ).first()
    if row is None:
        raise UserError("Выберите работника из списка." if not person_id else "Этого работника в учёте уже нет.")
    return short_name(*row)


def _rule_problems(store: Store, given: TrainingInput, on: date) -> list[Problem]:
    """Hours below the least of the kind; a private provider after the restriction came into force."""
    rules = basis_of(store, on).rules.at(on)
    found = []
    least = rules.numbers.get(_LEAST_HOURS.get(given.kind, ""))
    if least is not None and given.hours is not None and given.hours < least.value:
        text = f"Для вида «{given.kind}» нужно не менее {least.value} ч ({least.source.cite()})."
        found.append(Problem("hours", text, Severity.WARNING))
    limit = rules.lists.get("courses.providers")
    begun = given.starts or given.ends or given.document_date
    if limit is not None and provider_kind(given.provider) == PRIVATE and begun >= limit.source.valid_from:
        text = f"Похоже на частную организацию, а с {show_date(limit.source.valid_from)} это ограничено"
        found.append(Problem("provider", f"{text} ({limit.source.cite()}).", Severity.WARNING))
    return found


def _twins(store: Store, person_id: str, given: TrainingInput, training_id: str) -> list[Problem]:
    """The same course of the same person, entered before."""
    finished = given.ends or given.document_date or given.starts
    with store.read() as session:
        rows = session.execute(
            select(Training.id, Training.title, Training.finished).where(
                Training.person_id == person_id, Training.deleted_at.is_(None)
            )
        ).all()
    for key, title, known in rows:
        if key != training_id and fold(title) == fold(given.title) and same_fact(known, finished):
            return [Problem("title", f"Такой курс уже есть: {show_date(known)}.", Severity.WARNING)]
    return []


def _check_plan(store: Store, given: CoursePlanInput, plan_id: str = "") -> None:
    if not (given.planned_year.isdigit() and 2000 <= int(given.planned_year) <= 2100):
        raise UserError("Год плана пишется четырьмя цифрами, например 2027.")
    name = name_of(store, given.person_id)
    with store.read() as session:
        other = session.scalars(
            select(CoursePlan.id).where(
                CoursePlan.person_id == given.person_id,
                CoursePlan.planned_year == given.planned_year,
                CoursePlan.id != plan_id,
                CoursePlan.deleted_at.is_(None),
            )
        ).first()
    if other is not None:
        raise UserError(f"{name} уже в плане на {given.planned_year} год. Измените ту строку.")


def _write_plan(row: CoursePlan, given: CoursePlanInput) -> None:
    row.planned_year, row.theme, row.last_year = given.planned_year, given.theme.strip(), given.last_year.strip()
    row.paper_id, row.place = None, ""


def _training(session: Session, training_id: str) -> Training:
    row = session.get(Training, training_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этого курса в учёте уже нет.")
    return row


def _plan(session: Session, plan_id: str) -> CoursePlan:
    row = session.get(CoursePlan, plan_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этой строки в перспективном плане уже нет.")
    return row


def _counted(count: int, one: str, few: str, many: str) -> str:
    return f"{count} {plural(count, one, few, many)}"
