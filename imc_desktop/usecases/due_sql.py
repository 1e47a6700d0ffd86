"""Who must study, by one grouped pass of SQL: thresholds of the day are made once, no person becomes an object.

``rule_facts`` and the domain say the same person by person; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from db.schema.learning import Training
from db.schema.people import Employment, Person
from db.store import Store
from imc_desktop.domain.courses import CourseThreshold, course_thresholds, last_of_sum
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Group, last_day
from imc_desktop.usecases.rule_facts import OFFICE_ROLE, Basis, basis_of, groups_of

ASKED = (DueStatus.OVERDUE, DueStatus.THIS_YEAR)


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody bound by a rule; ``last`` is the ISO day that counts or ""."""

    person_id: str
    last: str
    status: DueStatus


def due_counts(store: Store, on: date) -> dict[str, dict[DueStatus, int]]:
    """How many people each course rule of the day calls, by status; rules in the order of the rule set."""
    basis = basis_of(store, on)
    with store.read() as session:
        single, summed = _by_mode(course_thresholds(basis.rules, on))
        found = {rule.rule_id: dict.fromkeys(DueStatus, 0) for rule in course_thresholds(basis.rules, on)}
        if single:
            _count_single(session, basis, single, found)
        for threshold in summed:
            for person in _summed_people(session, basis, threshold):
                found[threshold.rule_id][person.status] += 1
    return found


def due_people(store: Store, on: date, rule: str, statuses: Sequence[DueStatus] = ASKED) -> list[DuePerson]:
    """People a rule calls with one of the statuses, in the order of names; an unknown rule calls nobody."""
    basis = basis_of(store, on)
    threshold = next((one for one in course_thresholds(basis.rules, on) if one.rule_id == rule), None)
    if threshold is None:
        return []
    with store.read() as session:
        return [one for one in people_of(session, basis, threshold) if one.status in statuses]


def people_of(session: Session, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """Everybody a rule binds, in the order of names, with the day that counts and the status."""
    if threshold.mode == "sum":
        return _summed_people(session, basis, threshold)
    people, lasts = _people(session, basis, threshold.groups), _lasts(basis, [threshold])
    last = func.coalesce(lasts.c.last0, "")
    query = (
        select(people.c.id, last, _status(last, people.c.deferred, threshold))
        .select_from(people.outerjoin(lasts, lasts.c.person_id == people.c.id))
        .order_by(people.c.sort_key, people.c.id)
    )
    return [DuePerson(key, real_day(day), _STATUSES[number]) for key, day, number in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest course of a person: ``day`` is the last day it may have ended on, ``finished`` as written."""

    day: str
    finished: str
    hours: int | None


def newest_courses(session: Session, basis: Basis) -> dict[str, Newest]:
    """The newest course that counts of every person who has one."""
    query = (
        select(
            Training.person_id,
            func.max(_last_day(Training.finished)).label("day"),
            Training.finished,  # SQLite takes the bare columns from the row that gave the maximum
            Training.hours,
        )
        .where(*_counted(basis))
        .group_by(Training.person_id)
    )
    return {key: Newest(real_day(day), finished, hours) for key, day, finished, hours in session.execute(query)}


def real_day(day: str) -> str:
    """A last day made by SQL («2023-02-31») as the day it stands for."""
    return last_day(day[:7]) if day.endswith("-31") else day


_STATUSES = (
    DueStatus.NO_DATA,
    DueStatus.OVERDUE,
    DueStatus.THIS_YEAR,
    DueStatus.NEXT_YEAR,
    DueStatus.LATER,
    DueStatus.DEFERRED,
)


def _by_mode(thresholds: Sequence[CourseThreshold]) -> tuple[list[CourseThreshold], list[CourseThreshold]]:
    return [one for one in thresholds if one.mode != "sum"], [one for one in thresholds if one.mode == "sum"]


def _count_single(
    session: Session, basis: Basis, thresholds: Sequence[CourseThreshold], found: dict[str, dict[DueStatus, int]]
) -> None:
    """All rules of one look in one grouped pass."""
    everybody: frozenset[Group] = frozenset().union(*(one.groups for one in thresholds))
    people, lasts = _people(session, basis, everybody), _lasts(basis, thresholds)
    columns = [people.c.teachers, people.c.heads, people.c.own_staff]
    for number, threshold in enumerate(thresholds):
        last = func.coalesce(lasts.c[f"last{number}"], "")
        columns.append(_status(last, people.c.deferred, threshold).label(f"status{number}"))
    query = (
        select(*columns, func.count())
        .select_from(people.outerjoin(lasts, lasts.c.person_id == people.c.id))
        .group_by(*columns)
    )
    for teachers, heads, own_staff, *statuses, count in session.execute(query):
        flags = ((Group.TEACHERS, teachers), (Group.HEADS, heads), (Group.OWN_STAFF, own_staff))
        mine = {group for group, flag in flags if flag}
        for threshold, status in zip(thresholds, statuses, strict=True):
            if mine & threshold.groups:
                found[threshold.rule_id][_STATUSES[status]] += count


def _summed_people(session: Session, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """A rule that adds hours up reads the rows themselves."""
    rows: dict[str, list[tuple[str, str, int | None]]] = {}
    query = select(Training.person_id, _last_day(Training.finished), Training.title, Training.hours)
    for person_id, day, title, hours in session.execute(query.where(*_counted(basis))):
        rows.setdefault(person_id, []).append((day, title, hours))
    people = _people(session, basis, threshold.groups)
    found = []
    for key, deferred in session.execute(
        select(people.c.id, people.c.deferred).order_by(people.c.sort_key, people.c.id)
    ):
        last = last_of_sum(rows.get(key, ()), threshold.min_hours)
        number = 5 if deferred else _status_number(last, threshold)
        found.append(DuePerson(key, real_day(last), _STATUSES[number]))
    return found


def _status_number(last: str, threshold: CourseThreshold) -> int:
    if not last:
        return 0
    limits = (threshold.this_year_to, threshold.next_year_to)
    return 1 if last < threshold.overdue_before else 2 + sum(last > limit for limit in limits)


def _status(last: ColumnElement[Any], deferred: ColumnElement[Any], threshold: CourseThreshold) -> ColumnElement[int]:
    """Place in ``_STATUSES``."""
    return case(
        (deferred, 5),
        (last == "", 0),
        (last < threshold.overdue_before, 1),
        (last <= threshold.this_year_to, 2),
        (last <= threshold.next_year_to, 3),
        else_=4,
    )


def _last_day(column: Any) -> ColumnElement[str]:
    """The last day of a partial date, good for comparing: every month has 31 days here (see ``real_day``)."""
    return case(
        (func.length(column) == 10, column), (func.length(column) == 7, column + "-31"), else_=column + "-12-31"
    )


def _counted(basis: Basis) -> tuple[ColumnElement[bool], ...]:
    """Courses that are additional professional education and finished by the day (a beginning of it counts too)."""
    lists = basis.rules.at(basis.on).lists
    kinds = lists["courses.kinds"].values if "courses.kinds" in lists else ()
    return (
        Training.deleted_at.is_(None),
        Training.finished != "",
        Training.finished <= basis.day,
        Training.kind.in_(kinds),
    )


def _lasts(basis: Basis, thresholds: Sequence[CourseThreshold]) -> Subquery:
    """Per person the last day that counts for each rule."""
    day = _last_day(Training.finished)
    columns = [
        func.max(case((Training.hours >= one.min_hours, day)) if one.min_hours else day).label(f"last{number}")
        for number, one in enumerate(thresholds)
    ]
    return select(Training.person_id, *columns).where(*_counted(basis)).group_by(Training.person_id).subquery("lasts")


def _people(session: Session, basis: Basis, wanted: frozenset[Group]) -> Subquery:
    """People of the wanted groups: id, sort_key, deferred, and whether they are teachers, heads, own staff."""
    posts = session.scalars(select(Employment.post).where(Employment.deleted_at.is_(None)).distinct()).all()
    of = {post: groups_of((post,), basis.country, False, False) for post in posts}
    teaching = [post for post, groups in of.items() if Group.TEACHERS in groups]
    heading = [post for post, groups in of.items() if Group.HEADS in groups]
    holds = and_(
        Employment.since <= basis.day,
        or_(Employment.until == "", _last_day(Employment.until) >= basis.day),
    )
    work = (
        select(
            Employment.person_id,
            func.max(case((holds, Employment.post.in_(teaching)), else_=0)).label("teachers"),
            func.max(case((holds, Employment.post.in_(heading)), else_=0)).label("heads"),
            func.max(holds).label("holds"),
        )
        .where(Employment.deleted_at.is_(None))
        .group_by(Employment.person_id)
        .subquery("work")
    )
    office = Person.role == OFFICE_ROLE
    teaches = literal(1 if basis.teaches else 0)
    teacher = func.coalesce(work.c.teachers, 1)
    flags = {
        Group.TEACHERS: case((office, and_(teacher == 1, teaches == 1)), else_=teacher),
        Group.HEADS: case((office, 0), else_=func.coalesce(work.c.heads, 0)),
        Group.OWN_STAFF: case((office, 1), else_=0),
    }
    deferred = and_(Person.deferred_until != "", _last_day(Person.deferred_until) >= basis.day)
    return (
        select(
            Person.id,
            Person.sort_key,
            deferred.label("deferred"),
            *(flag.label(group.value) for group, flag in flags.items()),
        )
        .select_from(Person)
        .outerjoin(work, work.c.person_id == Person.id)
        .where(
            Person.deleted_at.is_(None),
            func.coalesce(work.c.holds, 1) == 1,
            or_(*(flags[group] == 1 for group in sorted(wanted))),
        )
        .subquery("people")
    )
