"""What an office does all day, in numbered steps that acknowledge themselves, and what must be true after a fault.

Every step writes several rows of several tables, so that a half-written one would show; every tenth is an import.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import update

from db.connect import connect
from db.schema.base import new_id
from db.schema.learning import Training
from db.schema.people import Person
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem
from imc_desktop.held import HeldDatabase
from imc_desktop.usecases.imports.run import ReadPaper, import_papers, read_papers
from imc_desktop.usecases.office_making import create_office
from tests.faults.children import Acknowledge

ON = date(2026, 11, 20)
IMPORT_EVERY = 10
LISTED = 12  # people of one imported list
_LETTERS = "абвгдежзик"


def make_office(path: Path) -> None:
    """A database of an invented office without people."""
    create_office(path, "bohan", {}).close()


def edit(store: Store, number: int) -> None:
    """One step of a person: a new card with a course, and a change in the card before it."""
    with store.change(f"Шаг {number}") as session:
        person = Person(id=new_id(), surname=f"Ф{number}", note="x" * (number % 7) * 700)
        session.add(person)
        session.flush()
        session.add(Training(id=new_id(), person_id=person.id, title=f"К{number}"))
        session.execute(update(Person).where(Person.surname == f"Ф{number - 1}").values(phone=str(number)))


def bulk(store: Store, number: int) -> None:
    """One import of a list."""
    import_papers(store, [listed(number, store)], today=ON)


def listed(number: int, store: Store) -> ReadPaper:
    """A list of people nobody has met, as a paper that was read."""
    place = "".join(_LETTERS[int(digit)] for digit in str(number))
    rows = [
        f"{row + 1};П{place}{_LETTERS[row % 10]}{_LETTERS[row // 10]}ова Анна Ильинична;учитель;1{row:02}.03.1980"
        for row in range(LISTED)
    ]
    path = store.path.with_name(f"list-{number}.csv")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.writev(descriptor, ["\n".join(["№;Ф.И.О.;Должность;Телефон", *rows]).encode()])  # no fault is put in here
    os.close(descriptor)
    papers = read_papers(store, [path])
    with suppress(OSError):
        path.unlink()
    return papers[0]


def work(path: Path, first: int, steps: int, acknowledge: Acknowledge) -> None:
    """Steps one after another, each told only after it was committed."""
    held = HeldDatabase.take(path)
    for number in range(first, first + steps):
        _patiently(edit if number % IMPORT_EVERY else bulk, held.store, number)
        acknowledge(str(number))
    held.release()


def _patiently(step: Callable[[Store, int], None], store: Store, number: int) -> None:
    """As a person does it: when there was no room for it, it is tried once more, and there is room then."""
    try:
        step(store, number)
    except EnvironmentProblem as refusal:
        if "место" not in str(refusal):
            raise
        try:
            step(store, number)
        except EnvironmentProblem as again:
            raise AssertionError(f"refused again: {again}") from again


def steps_in(path: Path) -> list[int]:
    """The numbers of the steps that the log of a database tells of, in its order."""
    with closing(connect(path, writable=False)) as connection:
        return _steps_of(connection)


def _steps_of(connection: sqlite3.Connection) -> list[int]:
    labels = [row[0] for row in connection.execute("SELECT label FROM txn ORDER BY id")]
    return [number for label in labels if (number := _number(label)) is not None]


def audit(path: Path, acknowledged: Sequence[int]) -> list[str]:
    """Everything that is wrong with a database after a fault: damage, lost steps, half steps.

    It is opened as the program opens it at its next start: that is what rolls an interrupted step back.
    """
    try:
        Store(path).close()
        found = problems_of(path)
        if found:
            return found
        with closing(connect(path, writable=False)) as connection:
            steps = _steps_of(connection)
            found = _half_steps(connection, steps)
    except Exception as error:  # noqa: BLE001 - whatever it is, the database did not survive
        return [f"{type(error).__name__}: {error}"]
    if lost := set(acknowledged) - set(steps):
        found.append(f"acknowledged and lost: {sorted(lost)}")
    if steps != sorted(set(steps)):
        found.append(f"steps out of order or twice: {steps}")
    return found


def _half_steps(connection: sqlite3.Connection, steps: list[int]) -> list[str]:
    found = []
    edits = {number for number in steps if number % IMPORT_EVERY}
    people = {
        row[0]: row[1] for row in connection.execute("SELECT surname, phone FROM person WHERE surname GLOB 'Ф[0-9]*'")
    }
    courses = {row[0] for row in connection.execute("SELECT title FROM training WHERE title GLOB 'К[0-9]*'")}
    if set(people) != {f"Ф{number}" for number in edits}:
        found.append("cards and the log do not tell the same")
    if courses != {f"К{number}" for number in edits}:
        found.append("courses and the log do not tell the same")
    if wrong := [n for n in edits if n - 1 in edits and people.get(f"Ф{n - 1}") != str(n)]:
        found.append(f"changed fields are missing: {wrong}")
    imported = connection.execute("SELECT count(*) FROM person WHERE surname GLOB 'П*'").fetchone()[0]
    if imported != LISTED * (len(steps) - len(edits)):
        found.append(f"{imported} imported people of {len(steps) - len(edits)} lists")
    if connection.execute("SELECT count(*) FROM journal_open").fetchone()[0]:
        found.append("a step was left open")
    return found


def _number(label: str) -> int | None:
    if label.startswith("Шаг "):
        return int(label[4:])
    if label.startswith("Импорт: list-"):
        return int(label[len("Импорт: list-") :].removesuffix(".csv"))
    return None
