"""P11–P14: one edit, who is due, loading lists, writing in bulk: each against bare sqlite3 on the same data."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from db.changelog import trigger_statements
from db.connect import connect
from db.schema.base import new_ids
from db.schema.learning import Training
from db.store import Store
from imc_desktop.usecases import courses, staff
from imc_desktop.usecases.due_sql import due_counts
from imc_desktop.usecases.staff_edit import edit_person
from imc_desktop.usecases.staff_input import PersonInput
from tests.bench.districts import ON, make_district, training_rows
from tests.bench.measure import Goal, compare, wall

PEOPLE, DISTRICT, BULK = 3_000, 30_000, 100_000
COURSES = 5
EACH = 50
EDITS = 20
ROUNDS = 7


class Pair:
    """One database twice: the program's store, and the same tables without the change log for bare sqlite3."""

    def __init__(self, folder: Path, name: str, people: int) -> None:
        path, bare = folder / f"{name}.imc", folder / f"{name}-bare.imc"
        make_district(path, people, COURSES).close()
        shutil.copyfile(path, bare)
        self.store = Store(path)
        self.bare = connect(bare, writable=True)
        for trigger in trigger_statements():
            self.bare.execute(f"DROP TRIGGER {trigger}")

    def close(self) -> None:
        """Let go of both files."""
        self.store.close()
        self.bare.close()


def goals(folder: Path) -> Iterator[Goal]:
    """A usual office first, then a whole region."""
    pair = Pair(folder, "office", PEOPLE)
    yield _edit(pair)
    yield from _loads(pair)
    yield _bulk(pair)
    pair.close()
    pair = Pair(folder, "region", DISTRICT)
    yield from _due(pair)
    pair.close()


def _edit(pair: Pair) -> Goal:
    rows = pair.bare.execute("SELECT id, surname, name, patronymic, birth FROM person LIMIT ?", (EDITS,)).fetchall()
    ids = [row[0] for row in rows]
    numbers = iter(range(10**9))

    def edit() -> None:
        for person, surname, name, patronymic, birth in rows:
            phone = f"+7 999 {next(numbers):07}"
            edit_person(pair.store, person, PersonInput(surname, name, patronymic, birth, phone=phone), ON)

    def raw() -> None:
        for person in ids:
            pair.bare.execute("BEGIN IMMEDIATE")
            pair.bare.execute("UPDATE person SET phone = ? WHERE id = ?", (f"+7 999 {next(numbers):07}", person))
            pair.bare.execute("COMMIT")

    return compare(
        ("P11", 6.0, "one edit of a person by the use case, journalled and committed, against a bare UPDATE + COMMIT at the same durability"),
        lambda: wall(edit), lambda: wall(raw), ROUNDS,
    )  # fmt: skip


def _loads(pair: Pair) -> Iterator[Goal]:
    listed = [
        "SELECT id, surname, name, patronymic, birth, phone, sort_key FROM person WHERE deleted_at IS NULL ORDER BY sort_key, id",
        (
            "SELECT e.person_id, e.organisation_id, o.short_name, o.sort_key, e.post, e.subjects, e.kind "
            "FROM employment e JOIN organisation o ON o.id = e.organisation_id WHERE e.deleted_at IS NULL ORDER BY e.id"
        ),
        "SELECT person_id, category, decision_date, valid_until FROM category WHERE deleted_at IS NULL",
        "SELECT person_id, surname FROM former_name WHERE deleted_at IS NULL",
    ]
    taught = [*listed[:2], "SELECT * FROM training WHERE deleted_at IS NULL ORDER BY finished DESC"]
    yield compare(
        ("P13", 1.1, f"list of {PEOPLE} people as the page shows it against fetchall of the same four tables"),
        lambda: wall(lambda: staff.people(pair.store, ON)), _fetch(pair.bare, listed), ROUNDS,
    )  # fmt: skip
    yield compare(
        ("P13_courses", 2.0, f"list of {PEOPLE * COURSES} courses with their people against fetchall of the same tables"),
        lambda: wall(lambda: courses.trainings(pair.store, ON)), _fetch(pair.bare, taught), ROUNDS,
    )  # fmt: skip


def _fetch(connection: sqlite3.Connection, queries: list[str]) -> Callable[[], float]:
    def work() -> None:
        for query in queries:
            connection.execute(query).fetchall()

    return lambda: wall(work)


def _due(pair: Pair) -> Iterator[Goal]:
    def ours() -> None:
        found = due_counts(pair.store, ON)
        if not any(sum(counts.values()) for counts in found.values()):
            raise AssertionError("nobody is due: the benchmark would lie")

    rules = len(due_counts(pair.store, ON))
    bare = (
        "SELECT last, count(*) FROM (SELECT person_id, max(finished) AS last FROM training WHERE hours >= 16 "
        "AND deleted_at IS NULL AND kind IN ('ПК', 'ПП') GROUP BY person_id) JOIN person p ON p.id = person_id "
        "WHERE p.deleted_at IS NULL GROUP BY last"
    )
    what = (
        f"who is due by {rules} rules among {DISTRICT} people with {COURSES} courses each, counted by status, against the "
        f"bare grouped SQL (newest long enough course of each person) once for each rule"
    )
    yield compare(("P12", 2.0, what), lambda: wall(ours), _fetch(pair.bare, [bare] * rules), ROUNDS)


def _bulk(pair: Pair) -> Goal:
    chance, ids = random.Random(1), new_ids()
    people = [row[0] for row in pair.bare.execute("SELECT id FROM person LIMIT ?", (BULK // EACH,))]
    columns = [column.name for column in Training.__table__.columns]
    blank = {column.name: _default(column) for column in Training.__table__.columns}
    statement = f"INSERT INTO training ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"

    def rows() -> list[tuple[object, ...]]:
        made = [row for person in people for row in training_rows(ids, person, EACH, chance)]
        return [tuple((blank | row)[name] for name in columns) for row in made]

    def ours(batch: list[tuple[object, ...]]) -> None:
        with pair.store.change("Курсы") as session:
            session.connection().exec_driver_sql(statement, batch)

    def raw(batch: list[tuple[object, ...]]) -> None:
        pair.bare.execute("BEGIN IMMEDIATE")
        pair.bare.executemany(statement, batch)
        pair.bare.execute("COMMIT")

    def timed(write: Callable[[list[tuple[object, ...]]], None]) -> float:
        batch = rows()
        return wall(lambda: write(batch))

    what = (
        f"writing {BULK} courses in one journalled step, in bulk as the import does, against bare executemany of the same "
        f"rows into the same indexed table at the same durability"
    )
    return compare(("P14", 3.0, what), lambda: timed(ours), lambda: timed(raw), 5)


def _default(column: Any) -> object:
    if column.default is not None:
        return column.default.arg
    return None if column.nullable else ""
