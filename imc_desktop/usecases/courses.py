"""Courses: who must study by which rule and why, what has been finished, who is planned for which year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from sqlite3 import Connection
from typing import Any, NamedTuple

from db.store import Store
from imc_desktop.domain import dates
from imc_desktop.domain.courses import CourseThreshold, course_thresholds, explain_course, rules_for
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Due, last_day
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.due_sql import Newest, newest_courses, people_of
from imc_desktop.usecases.queries import among
from imc_desktop.usecases.queries import rows as rows_of
from imc_desktop.usecases.rule_facts import Basis, Bound, basis_of, load_courses, load_people

STATUS_ORDER = (
    DueStatus.OVERDUE, DueStatus.THIS_YEAR, DueStatus.NEXT_YEAR, DueStatus.NO_DATA, DueStatus.DEFERRED, DueStatus.LATER,
    DueStatus.EXEMPT,
)  # fmt: skip
_COURSE = (  # the columns of a TrainingRow that are its own, in their order
    "id, title, provider, kind, hours, starts, ends, finished, document_number, registration_number, document_date, "
    "distance, place"
)
_RANK = {status: place for place, status in enumerate(STATUS_ORDER)}


@dataclass(frozen=True, slots=True)
class RuleChip:
    """A course rule in force, to choose from."""

    id: str
    title: str
    source: str
    years: int
    hours: int
    verified: bool


@dataclass(frozen=True, slots=True)
class CourseDueRow:
    """A person and a rule that binds them; ``reason`` is short, ``why`` gives the full one. ``due`` is "" or a day."""

    person_id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    rule_id: str
    status: DueStatus
    due: str
    last: str
    reason: str

    @property
    def key(self) -> str:
        """What names the row in lists and on papers: the person and the rule."""
        return f"{self.person_id} {self.rule_id}"


class TrainingRow(NamedTuple):
    """A finished course; a named tuple, because the list has tens of thousands."""

    id: str
    person_id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    title: str
    provider: str
    kind: str
    hours: int | None
    starts: str
    ends: str
    finished: str
    document_number: str
    registration_number: str
    document_date: str
    distance: bool
    place: str


@dataclass(frozen=True, slots=True)
class CoursePlanRow:
    """A person's planned course; ``done`` names the course finished in the planned year, "" while there is none."""

    id: str
    person_id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    last_year: str
    planned_year: str
    theme: str
    done: str


def course_rules(store: Store, on: date) -> list[RuleChip]:
    """Course rules in force on the day, those of the office before those of the law."""
    day_rules = basis_of(store, on).rules.at(on)
    chips = [
        RuleChip(rule.id, rule.title, day_rules.source_note(rule), rule.years, rule.hours, rule.source.verified)
        for rule in day_rules.courses
    ]
    return sorted(chips, key=lambda chip: chip.id in ("ru.courses", "kz.courses"))


def due_courses_list(store: Store, on: date, rule: str | None = None) -> list[CourseDueRow]:
    """Everybody a rule binds (None: a row per person and rule), the most urgent first, then by name.

    Statuses come from the grouped SQL of the day; nothing is explained that is not asked for (see ``why``).
    """
    basis = basis_of(store, on)
    thresholds = [one for one in course_thresholds(basis.rules, on) if rule in (None, one.rule_id)]
    with store.look() as connection:
        people, newest = load_people(connection, basis), newest_courses(connection, basis)
        rows = [
            _due_row(people[one.person_id], threshold, one.last, one.status, newest.get(one.person_id))
            for threshold in thresholds
            for one in people_of(connection, basis, threshold)
            if one.person_id in people
        ]
    return sorted(rows, key=lambda row: (_RANK[row.status], row.due or "9", row.sort_key, row.person_id))


def most_urgent(rows: Iterable[CourseDueRow]) -> list[CourseDueRow]:
    """Every person once, by the most urgent of the rules (the rows come most urgent first)."""
    first: dict[str, CourseDueRow] = {}
    for row in rows:
        first.setdefault(row.person_id, row)
    return list(first.values())


def why(store: Store, person_id: str, rule_id: str, on: date) -> Due:
    """The full answer of one rule for one person; UserError when the rule does not bind them on the day."""
    basis = basis_of(store, on)
    with store.look() as connection:
        bound, facts = _one(connection, basis, person_id), load_courses(connection, [person_id]).get(person_id, [])
    for rule in rules_for(bound.facts.groups, basis.rules, on):
        if rule.id == rule_id:
            return explain_course(bound.facts, facts, rule, basis.rules, on)
    raise UserError(f"Правило «{rule_id}» на {show_date(on.isoformat())} не относится к этому работнику.")


def trainings(store: Store, on: date, person_id: str | None = None) -> list[TrainingRow]:
    """Finished courses (of one person), the latest first; courses of those who have left are listed too."""
    basis = basis_of(store, on)
    only = [person_id] if person_id else None
    chosen, values = among("person_id", only)
    query = f"SELECT {_COURSE}, person_id FROM training WHERE deleted_at IS NULL{chosen}"
    with store.look() as connection:
        people = load_people(connection, basis, only, everybody=True)
        known = {
            one.id: (one.person, one.short, one.sort_key, one.organisation_id, one.organisation)
            for one in people.values()
        }
        rows = connection.execute(query, values).fetchall()
    found = [
        TrainingRow._make((course_id, key, *known[key], *course, bool(distance), place))
        for course_id, *course, distance, place, key in rows
        if key in known
    ]
    found.sort(key=attrgetter("sort_key"))
    found.sort(key=attrgetter("finished"), reverse=True)
    return found


def course_plans(store: Store, on: date, year: int | None = None) -> list[CoursePlanRow]:
    """The perspective plan (of one year), by year and name."""
    basis = basis_of(store, on)
    chosen, values = among("planned_year", None if year is None else [str(year)])
    with store.look() as connection:
        people = load_people(connection, basis, everybody=True)
        rows = list(rows_of(connection, f"SELECT * FROM course_plan WHERE deleted_at IS NULL{chosen}", values))
        finished = load_courses(connection, [row.person_id for row in rows])
    found = []
    for row in rows:
        bound = people.get(row.person_id)
        if bound is None:
            continue
        done = [
            fact for fact in finished.get(bound.id, ()) if row.planned_year and fact.finished[:4] == row.planned_year
        ]
        found.append(_plan_row(row, bound, done[0].title or "пройдены" if done else ""))
    return sorted(found, key=lambda row: (row.planned_year or "9", row.sort_key))


def plan_years(store: Store) -> list[int]:
    """Years the perspective plan speaks of."""
    with store.look() as connection:
        found = connection.execute("SELECT DISTINCT planned_year FROM course_plan WHERE deleted_at IS NULL").fetchall()
    return sorted(int(year) for (year,) in found if year.isdigit())


def _one(connection: Connection, basis: Basis, person_id: str) -> Bound:
    bound = load_people(connection, basis, [person_id], everybody=True).get(person_id)
    if bound is None:
        raise UserError("Этого работника в учёте уже нет.")
    return bound


def _due_row(
    bound: Bound, threshold: CourseThreshold, last: str, status: DueStatus, newest: Newest | None
) -> CourseDueRow:
    return CourseDueRow(
        person_id=bound.id,
        person=bound.person,
        short=bound.short,
        sort_key=bound.sort_key,
        organisation_id=bound.organisation_id,
        organisation=bound.organisation,
        post=bound.post,
        subjects=bound.subjects,
        rule_id=threshold.rule_id,
        status=status,
        due=dates.add_years(last, threshold.years) if last else "",
        last=last,
        reason=_reason(bound, threshold, last, status, newest),
    )


def _reason(bound: Bound, threshold: CourseThreshold, last: str, status: DueStatus, newest: Newest | None) -> str:
    """The reason in a few words, from what the grouped pass has found."""
    if status is DueStatus.DEFERRED:
        return f"отложено до {show_date(last_day(bound.facts.deferrals[0].until))}"
    if newest is None:
        return "курсов в карточке нет"
    size = "часы не указаны" if newest.hours is None else f"{newest.hours} ч"
    if last and threshold.mode == "sum":
        return f"{threshold.min_hours} ч набрано с {show_date(last)}"
    if last:
        known = last == newest.day and (newest.hours or 0) >= threshold.min_hours
        return f"последний курс {size}, {show_date(newest.finished)}" if known else f"засчитан курс {show_date(last)}"
    total = "в сумме " if threshold.mode == "sum" else "программы "
    return f"нет {total}от {threshold.min_hours} ч; последний курс {size}, {show_date(newest.finished)}"


def _plan_row(row: Any, bound: Bound, done: str) -> CoursePlanRow:
    return CoursePlanRow(
        id=row.id,
        person_id=bound.id,
        person=bound.person,
        short=bound.short,
        sort_key=bound.sort_key,
        organisation_id=bound.organisation_id,
        organisation=bound.organisation,
        post=bound.post,
        subjects=bound.subjects,
        last_year=row.last_year,
        planned_year=row.planned_year,
        theme=row.theme,
        done=done,
    )
