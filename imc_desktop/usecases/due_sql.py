"""Who must study, by grouped SQL: thresholds of the day are made once, no person becomes an object.

``rule_facts`` and the domain say the same person by person; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Text, and_, case, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from db.schema.learning import Training
from db.schema.people import Employment, Person
from db.store import Store
from imc_desktop.domain.courses import CourseThreshold, course_thresholds, last_of_sum, status_from_last
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Group, last_day
from imc_desktop.usecases.rule_facts import OFFICE_ROLE, Basis, basis_of, groups_of

ASKED = (DueStatus.OVERDUE, DueStatus.THIS_YEAR)
_NO_DAYS = frozenset({"02-31", "04-31", "06-31", "09-31", "11-31"})
_DATED = (DueStatus.OVERDUE, DueStatus.THIS_YEAR, DueStatus.NEXT_YEAR, DueStatus.LATER)


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody bound by a rule; ``last`` is the ISO day that counts or ""."""

    person_id: str
    last: str
    status: DueStatus


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest course of a person: ``day`` is the last day it may have ended on, ``finished`` as written."""

    day: str
    finished: str
    hours: int | None


def due_counts(store: Store, on: date) -> dict[str, dict[DueStatus, int]]:
    """How many people each course rule of the day calls, by status; rules in the order of the rule set."""
    basis = basis_of(store, on)
    found: dict[str, dict[DueStatus, int]] = {}
    with store.read() as session:
        for threshold in course_thresholds(basis.rules, on):
            counts = found[threshold.rule_id] = dict.fromkeys(DueStatus, 0)
            if threshold.mode == "sum":
                for person in _summed_people(session, basis, threshold):
                    counts[person.status] += 1
                continue
            last = func.coalesce(_last_of_person(basis, threshold), "").label("last")
            deferred = _deferred(basis).label("deferred")
            each = select(last, deferred).where(*_bound(session, basis, threshold.groups)).subquery()
            query = select(each.c.last, each.c.deferred, func.count()).group_by(each.c.last, each.c.deferred)
            for day, put_off, count in session.execute(query):
                counts[DueStatus.DEFERRED if put_off else _status(day, threshold)] += count
    return found


def due_people(store: Store, on: date, rule: str, statuses: Sequence[DueStatus] = ASKED) -> list[DuePerson]:
    """People a rule calls with one of the statuses, in no order; an unknown rule calls nobody.

    Names and reasons are made by others, and only for what is shown.
    """
    basis = basis_of(store, on)
    threshold = next((one for one in course_thresholds(basis.rules, on) if one.rule_id == rule), None)
    if threshold is None:
        return []
    with store.read() as session:
        if threshold.mode != "sum" and set(statuses) <= set(_DATED):
            return _dated_people(session, basis, threshold, statuses)
        return [one for one in people_of(session, basis, threshold) if one.status in statuses]


def people_of(session: Session, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """Everybody a rule binds, with the day that counts and the status."""
    if threshold.mode == "sum":
        return _summed_people(session, basis, threshold)
    last = func.coalesce(_last_of_person(basis, threshold), "")
    query = select(Person.id, last, _deferred(basis)).where(*_bound(session, basis, threshold.groups))
    return [_person(key, day, bool(deferred), threshold) for key, day, deferred in session.execute(query)]


def newest_courses(session: Session, basis: Basis) -> dict[str, Newest]:
    """The newest course that counts of every person who has one."""
    query = (
        select(
            Training.person_id,
            func.max(_last_day(Training.finished)),
            Training.finished,  # SQLite takes the bare columns from the row that gave the maximum
            Training.hours,
        )
        .where(*_counted(basis), Training.finished != "")
        .group_by(Training.person_id)
    )
    return {key: Newest(_real_day(day), finished, hours) for key, day, finished, hours in session.execute(query)}


def _dated_people(
    session: Session, basis: Basis, threshold: CourseThreshold, statuses: Sequence[DueStatus]
) -> list[DuePerson]:
    """Courses first, people only of those found: the cheapest way to who is due."""
    last = func.max(_day_of_rule(threshold)).label("last")
    latest = {
        DueStatus.OVERDUE: threshold.this_year_to,
        DueStatus.THIS_YEAR: threshold.this_year_to,
        DueStatus.NEXT_YEAR: threshold.next_year_to,
    }
    until = max((latest.get(status, "9") for status in statuses), default="")
    lasts = (
        select(Training.person_id, last)
        .where(*_counted(basis))
        .group_by(Training.person_id)
        .having(literal_column("last").between("0", until))
        .subquery("lasts")
    )
    query = (
        select(Person.id, lasts.c.last, _deferred(basis))
        .select_from(lasts.join(Person, Person.id == lasts.c.person_id))
        .where(*_bound(session, basis, threshold.groups))
    )
    people = (_person(key, day, bool(deferred), threshold) for key, day, deferred in session.execute(query))
    return [person for person in people if person.status in statuses]


def _summed_people(session: Session, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """A rule that adds hours up reads the rows themselves."""
    rows: dict[str, list[tuple[str, str, int | None]]] = {}
    query = select(Training.person_id, _last_day(Training.finished), Training.title, Training.hours)
    for person_id, day, title, hours in session.execute(query.where(*_counted(basis), Training.finished != "")):
        rows.setdefault(person_id, []).append((day, title, hours))
    people = select(Person.id, _deferred(basis)).where(*_bound(session, basis, threshold.groups))
    return [
        _person(key, last_of_sum(rows.get(key, ()), threshold.min_hours), bool(deferred), threshold)
        for key, deferred in session.execute(people)
    ]


def _person(key: str, last: str, deferred: bool, threshold: CourseThreshold) -> DuePerson:
    return DuePerson(key, _real_day(last), DueStatus.DEFERRED if deferred else _status(last, threshold))


def _status(last: str, threshold: CourseThreshold) -> DueStatus:
    """The domain's status; a blank day may come as "-31"."""
    return status_from_last(last if last > "0" else None, threshold)


def _real_day(day: str) -> str:
    """A last day made by SQL («2023-02-31») as the day it stands for."""
    return last_day(day[:7]) if day[5:] in _NO_DAYS else day


def _last_day(column: Any) -> ColumnElement[str]:
    """The last day of a partial date, good for comparing: every month has 31 days here (see ``_real_day``)."""
    ends = {10: column, 7: column + _text("-31"), 4: column + _text("-12-31")}
    whens = [(func.length(column) == literal_column(str(length)), end) for length, end in ends.items()]
    return case(*whens, else_=_text(""))


def _text(value: str) -> ColumnElement[str]:
    """A constant inside the statement: SQLite then sees equal expressions as equal."""
    return literal_column(f"'{value}'", Text())


def _day_of_rule(threshold: CourseThreshold) -> ColumnElement[Any]:
    day = _last_day(Training.finished)
    return case((Training.hours >= threshold.min_hours, day)) if threshold.min_hours else day


def _counted(basis: Basis) -> tuple[ColumnElement[bool], ...]:
    """Courses that are additional professional education and finished by the day (a beginning of it counts too)."""
    lists = basis.rules.at(basis.on).lists
    kinds = lists["courses.kinds"].values if "courses.kinds" in lists else ()
    return Training.deleted_at.is_(None), Training.finished <= basis.day, Training.kind.in_(kinds)


def _last_of_person(basis: Basis, threshold: CourseThreshold) -> ScalarSelect[Any]:
    return (
        select(func.max(_day_of_rule(threshold)))
        .where(Training.person_id == Person.id, *_counted(basis))
        .scalar_subquery()
    )


def _deferred(basis: Basis) -> ColumnElement[bool]:
    return and_(Person.deferred_until != "", _last_day(Person.deferred_until) >= basis.day)


def _bound(session: Session, basis: Basis, groups: frozenset[Group]) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a person who belongs to one of the groups on the day; posts are classified once per wording."""
    wordings = session.scalars(select(Employment.post).where(Employment.deleted_at.is_(None)).distinct()).all()
    of = {post: groups_of((post,), basis.country, False, False) for post in wordings}
    holds = and_(
        Employment.since <= basis.day,
        or_(Employment.until == "", _last_day(Employment.until) >= basis.day),
    )

    def works_as(wanted: frozenset[Group], nowhere: int) -> ColumnElement[Any]:
        """Holds such a post; ``nowhere`` answers for a person without any place of work on record."""
        posts = [post for post, found in of.items() if found & wanted]
        work = select(func.max(and_(Employment.post.in_(posts), holds)))
        mine = work.where(Employment.person_id == Person.id, Employment.deleted_at.is_(None)).scalar_subquery()
        return func.coalesce(mine, nowhere) == 1

    teaches = basis.teaches and Group.TEACHERS in groups
    ways: list[ColumnElement[bool]] = []
    if groups & {Group.TEACHERS, Group.HEADS}:
        ways.append(and_(Person.role != OFFICE_ROLE, works_as(groups, int(Group.TEACHERS in groups))))
    if teaches:
        ways.append(and_(Person.role == OFFICE_ROLE, works_as(frozenset({Group.TEACHERS}), 1)))
    if Group.OWN_STAFF in groups:
        still = select(func.max(holds)).where(Employment.person_id == Person.id, Employment.deleted_at.is_(None))
        ways.append(and_(Person.role == OFFICE_ROLE, func.coalesce(still.scalar_subquery(), 1) == 1))
    return Person.deleted_at.is_(None), or_(false(), *ways)
