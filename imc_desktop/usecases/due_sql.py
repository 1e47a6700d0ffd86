"""Who must study, by grouped SQL: thresholds of the day are made once, no person becomes an object.

``rule_facts`` and the domain say the same person by person; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from db.store import Store
from imc_desktop.domain.courses import CourseThreshold, course_thresholds, last_of_sum, status_from_last
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Group, last_day
from imc_desktop.usecases.queries import listed
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
    with store.look() as connection:
        for threshold in course_thresholds(basis.rules, on):
            counts = found[threshold.rule_id] = dict.fromkeys(DueStatus, 0)
            if threshold.mode == "sum":
                for person in _summed_people(connection, basis, threshold):
                    counts[person.status] += 1
                continue
            query = (
                f"SELECT last, deferred, count(*) FROM ({_people_with_last(basis, threshold)}) GROUP BY last, deferred"
            )
            for day, put_off, count in connection.execute(query, _values(connection, basis, threshold)):
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
    with store.look() as connection:
        if threshold.mode != "sum" and set(statuses) <= set(_DATED):
            return _dated_people(connection, basis, threshold, statuses)
        return [one for one in people_of(connection, basis, threshold) if one.status in statuses]


def people_of(connection: Connection, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """Everybody a rule binds, with the day that counts and the status."""
    if threshold.mode == "sum":
        return _summed_people(connection, basis, threshold)
    query = _people_with_last(basis, threshold)
    return _people(connection.execute(query, _values(connection, basis, threshold)), threshold)


def newest_courses(connection: Connection, basis: Basis) -> dict[str, Newest]:
    """The newest course that counts of every person who has one."""
    # SQLite takes the bare columns from the row that gave the maximum
    query = (
        f"SELECT t.person_id, max({_last_day('t.finished')}), t.finished, t.hours FROM training t "
        f"WHERE {_COUNTED} AND t.finished <> '' GROUP BY t.person_id"
    )
    rows = connection.execute(query, _day_values(basis))
    return {key: Newest(_real_day(day), finished, hours) for key, day, finished, hours in rows}


def _dated_people(
    connection: Connection, basis: Basis, threshold: CourseThreshold, statuses: Sequence[DueStatus]
) -> list[DuePerson]:
    """Courses first, people only of those found: the cheapest way to who is due."""
    latest = {
        DueStatus.OVERDUE: threshold.this_year_to,
        DueStatus.THIS_YEAR: threshold.this_year_to,
        DueStatus.NEXT_YEAR: threshold.next_year_to,
    }
    until = max((latest.get(status, "9") for status in statuses), default="")
    query = (
        f"SELECT p.id, lasts.last, {_DEFERRED} FROM "
        f"(SELECT t.person_id, max({_day_of_rule(threshold)}) AS last FROM training t WHERE {_COUNTED} "
        "GROUP BY t.person_id HAVING last BETWEEN '0' AND :until) AS lasts "
        f"JOIN person p ON p.id = lasts.person_id WHERE {_bound(basis, threshold.groups)}"
    )
    rows = connection.execute(query, _values(connection, basis, threshold) | {"until": until})
    return [person for person in _people(rows, threshold) if person.status in statuses]


def _summed_people(connection: Connection, basis: Basis, threshold: CourseThreshold) -> list[DuePerson]:
    """A rule that adds hours up reads the rows themselves."""
    courses: dict[str, list[tuple[str, str, int | None]]] = {}
    query = (
        f"SELECT t.person_id, {_last_day('t.finished')}, t.title, t.hours FROM training t "
        f"WHERE {_COUNTED} AND t.finished <> ''"
    )
    for person_id, day, title, hours in connection.execute(query, _day_values(basis)):
        courses.setdefault(person_id, []).append((day, title, hours))
    people = connection.execute(
        f"SELECT p.id, {_DEFERRED} FROM person p WHERE {_bound(basis, threshold.groups)}",
        _values(connection, basis, threshold),
    )
    known = ((key, last_of_sum(courses.get(key, ()), threshold.min_hours), put_off) for key, put_off in people)
    return _people(known, threshold)


def _people(rows: Iterable[tuple[str, str, int]], threshold: CourseThreshold) -> list[DuePerson]:
    return [
        DuePerson(key, _real_day(last), DueStatus.DEFERRED if put_off else _status(last, threshold))
        for key, last, put_off in rows
    ]


def _status(last: str, threshold: CourseThreshold) -> DueStatus:
    """The domain's status; a blank day may come as "-31"."""
    return status_from_last(last if last > "0" else None, threshold)


def _real_day(day: str) -> str:
    """A last day made by SQL («2023-02-31») as the day it stands for."""
    return last_day(day[:7]) if day[5:] in _NO_DAYS else day


# --- the statements ---------------------------------------------------------------------------------------------------


def _last_day(column: str) -> str:
    """The last day of a partial date, good for comparing: every month has 31 days here (see ``_real_day``)."""
    return (
        f"CASE length({column}) WHEN 10 THEN {column} WHEN 7 THEN {column} || '-31' "
        f"WHEN 4 THEN {column} || '-12-31' ELSE '' END"
    )


# Courses that are additional professional education and finished by the day (a beginning of it counts too).
_COUNTED = "t.deleted_at IS NULL AND t.finished <= :day AND t.kind IN (SELECT value FROM json_each(:kinds))"
_DEFERRED = f"(p.deferred_until <> '' AND {_last_day('p.deferred_until')} >= :day) AS deferred"
_HOLDS = f"(e.since <= :day AND (e.until = '' OR {_last_day('e.until')} >= :day))"


def _day_values(basis: Basis) -> dict[str, Any]:
    """The values of ``_COUNTED``."""
    lists = basis.rules.at(basis.on).lists
    return {"day": basis.day, "kinds": listed(lists["courses.kinds"].values if "courses.kinds" in lists else ())}


def _values(connection: Connection, basis: Basis, threshold: CourseThreshold) -> dict[str, Any]:
    """The values that the statements about a rule may name; posts are classified once per wording."""
    wordings = connection.execute("SELECT DISTINCT post FROM employment WHERE deleted_at IS NULL").fetchall()
    of = {post: groups_of((post,), basis.country, False, False) for (post,) in wordings}

    def posts(wanted: frozenset[Group]) -> str:
        return listed([post for post, found in of.items() if found & wanted])

    return _day_values(basis) | {
        "hours": threshold.min_hours,
        "office": OFFICE_ROLE,
        "posts": posts(threshold.groups),
        "teachers": posts(frozenset({Group.TEACHERS})),
    }


def _day_of_rule(threshold: CourseThreshold) -> str:
    day = _last_day("t.finished")
    return f"CASE WHEN t.hours >= :hours THEN {day} END" if threshold.min_hours else day


def _people_with_last(basis: Basis, threshold: CourseThreshold) -> str:
    """Everybody a rule binds: id, the last day that counts or "", whether the term is put off."""
    last = f"SELECT max({_day_of_rule(threshold)}) FROM training t WHERE t.person_id = p.id AND {_COUNTED}"
    bound = _bound(basis, threshold.groups)
    return f"SELECT p.id, coalesce(({last}), '') AS last, {_DEFERRED} FROM person p WHERE {bound}"


def _bound(basis: Basis, groups: frozenset[Group]) -> str:
    """The condition of a person who belongs to one of the groups on the day."""
    ways = []
    if groups & {Group.TEACHERS, Group.HEADS}:
        ways.append(f"p.role <> :office AND {_works_as('posts', nowhere=Group.TEACHERS in groups)}")
    if basis.teaches and Group.TEACHERS in groups:
        ways.append(f"p.role = :office AND {_works_as('teachers', nowhere=True)}")
    if Group.OWN_STAFF in groups:
        ways.append(f"p.role = :office AND {_answers(_HOLDS, nowhere=True)}")
    return f"p.deleted_at IS NULL AND ({' OR '.join(f'({way})' for way in ways) or '0'})"


def _works_as(posts: str, *, nowhere: bool) -> str:
    """Holds one of the posts."""
    return _answers(f"{_HOLDS} AND e.post IN (SELECT value FROM json_each(:{posts}))", nowhere=nowhere)


def _answers(condition: str, *, nowhere: bool) -> str:
    """True of some place of work; ``nowhere`` answers for a person without any place of work on record."""
    work = f"SELECT max({condition}) FROM employment e WHERE e.person_id = p.id AND e.deleted_at IS NULL"
    return f"coalesce(({work}), {int(nowhere)}) = 1"
