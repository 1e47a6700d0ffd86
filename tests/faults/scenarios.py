"""What people do that writes files, each as a deed that can be cut at any call, and what may be found afterwards.

After a fault the database is opened as at the next start of the program; then it must be whole, and either as before
the deed or as after it — after it, if the deed was told done.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from db.connect import connect, copy_database
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.swap import kept_files
from db.verify import problems_of
from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from imc_desktop.usecases.copies import copy_to, restore_copy, verify_file
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.merging import merge_copy
from imc_desktop.usecases.plan_approve import approve
from tests.faults.children import Acknowledge, Deed
from tests.faults.workload import ON, audit, make_office, work
from tests.merging.world import begin_as
from tests.usecases.plan_maker import put_plan

OFFICE, OTHER, STICK = "office.imc", "other.imc", "stick"
DONE = "done"
PASSWORD = "сорок тысяч братьев"  # noqa: S105 - of an invented office
_REVISION_1 = Path(__file__).parents[1] / "data" / "revision_1.sql"
_STATE = (
    "SELECT group_concat(label || '/' || kind, ';') FROM (SELECT * FROM txn ORDER BY id)",
    "SELECT count(*) || '/' || count(deleted_at) FROM person",
    "SELECT group_concat(state) FROM (SELECT state FROM plan ORDER BY id)",
    "SELECT count(*) FROM issued_document",
    "SELECT count(*) FROM stored_file",
    "SELECT group_concat(state) FROM (SELECT state FROM office_key ORDER BY made_on, id)",
    "SELECT count(*) FROM key_slot",
    "SELECT count(*) FROM conflict",
    "SELECT count(*) FROM merge_log",
)

Found = Callable[[Path, Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """``prepare`` makes the files, ``act`` is the deed, ``wrong`` says what is wrong in them after a fault."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path, Acknowledge], None]
    wrong: Found

    def deed(self, folder: Path) -> Deed:
        """The deed as a child does it: done, or refused in a sentence; anything else breaks the child."""

        def do(acknowledge: Acknowledge) -> None:
            try:
                self.act(folder, acknowledge)
            except UserError as error:
                acknowledge(f"refused: {error}")
            else:
                acknowledge(DONE)

        return do


def state_of(database: Path) -> tuple[object, ...]:
    """What a person could tell a database from another by."""
    with closing(connect(database, writable=False)) as connection:
        return tuple(connection.execute(query).fetchone()[0] for query in _STATE)


def reopened(database: Path) -> list[str]:
    """Open as at the next start of the program, which settles what was interrupted; what is wrong then."""
    try:
        HeldDatabase.take(database).release()
    except Exception as error:  # noqa: BLE001 - whatever it is, the database cannot be used
        return [f"does not open: {type(error).__name__}: {error}"]
    return problems_of(database)


def _prepared(folder: Path) -> None:
    make_office(folder / OFFICE)
    work(folder / OFFICE, 1, 3, lambda _words: None)


def _steps(first: int, count: int) -> Callable[[Path, Acknowledge], None]:
    return lambda folder, acknowledge: work(folder / OFFICE, first, count, acknowledge)


def _wrong_steps(folder: Path, told: Sequence[str]) -> list[str]:
    if found := reopened(folder / OFFICE):
        return found
    return audit(folder / OFFICE, [1, 2, 3, *(int(words) for words in told if words.isdigit())])


def _with_stick(folder: Path) -> None:
    _prepared(folder)
    (folder / STICK).mkdir()
    _copy(folder, lambda _words: None)
    work(folder / OFFICE, 4, 2, lambda _words: None)


def _copy(folder: Path, _acknowledge: Acknowledge) -> None:
    held = HeldDatabase.take(folder / OFFICE)
    try:
        copy_to(held.store, folder / STICK, today=ON)
    finally:
        held.release()


def copies_in(folder: Path) -> list[Path]:
    """What counts as a copy by its name, in the order of numbers."""
    return sorted((folder / STICK).glob("imc_*.imcb"))


def _wrong_copies(folder: Path, told: Sequence[str]) -> list[str]:
    found = _wrong_steps(folder, ["4", "5"])
    copies = copies_in(folder)
    for path in copies:
        try:
            verify_file(path)
        except UserError as error:
            found.append(f"a copy that is none: {error}")
    if len(copies) < (2 if DONE in told else 1):
        found.append(f"{len(copies)} copies")
    return found


def _restore(folder: Path, _acknowledge: Acknowledge) -> None:
    restore_copy(copies_in(folder)[0], folder / OFFICE)


def _wrong_restore(folder: Path, told: Sequence[str]) -> list[str]:
    database = folder / OFFICE
    if found := reopened(database):
        return found
    went_back = "Возврат к копии" in str(state_of(database)[0])
    present = kept_files(database)[0] if went_back and kept_files(database) else database
    found = audit(present, [1, 2, 3, 4, 5]) if present != database or not went_back else ["the former file is gone"]
    if went_back:
        found += audit(database, [1, 2, 3])
    if DONE in told and not went_back:
        found.append("told done, but nothing was put back")
    return found


def _old(folder: Path) -> None:
    with closing(sqlite3.connect(folder / OFFICE)) as connection:
        connection.executescript(_REVISION_1.read_text(encoding="utf-8"))


def _open(folder: Path, _acknowledge: Acknowledge) -> None:
    Store(folder / OFFICE).close()


def _wrong_migration(folder: Path, _told: Sequence[str]) -> list[str]:
    try:
        Store(folder / OFFICE).close()
    except UserError as error:
        return [f"does not open: {error}"]
    found = problems_of(folder / OFFICE)
    return found or ([] if "Правка" in str(state_of(folder / OFFICE)[0]) else ["the log is another one"])


def _with_plan(folder: Path) -> None:
    _prepared(folder)
    store = Store(folder / OFFICE)
    put_plan(store)
    store.close()


def _approve(folder: Path, _acknowledge: Acknowledge) -> None:
    held = HeldDatabase.take(folder / OFFICE)
    try:
        approve(held.store, 2026, today=ON)
    finally:
        held.release()


def _new_key(folder: Path, _acknowledge: Acknowledge) -> None:
    held = HeldDatabase.take(folder / OFFICE)
    try:
        put_in_force(held.store, draft_keys(), PASSWORD, today=ON)
    finally:
        held.release()


def _two_copies(folder: Path) -> None:
    """The office worked on two computers: each has what the other has not, and one field was changed on both."""
    _prepared(folder)
    copy_database(folder / OFFICE, folder / OTHER)
    begin_as(folder / OTHER, "ab" * 8)
    for name, phone in ((OFFICE, "наш"), (OTHER, "их")):
        store = Store(folder / name, author=name)
        with store.change("Телефон") as session:
            session.execute(update(Person).where(Person.surname == "Ф1").values(phone=phone))
        with store.change("Новая карточка") as session:
            session.add(Person(id=new_id(), surname=phone))
        if name == OTHER:
            (folder / STICK).mkdir()
            copy_to(store, folder / STICK, today=ON)
        store.close()


def _merge(folder: Path, _acknowledge: Acknowledge) -> None:
    held = HeldDatabase.take(folder / OFFICE)
    try:
        merge_copy(held.store, copies_in(folder)[0], today=ON)
    finally:
        held.release()


def one_or_the_other(act: Callable[[Path, Acknowledge], None], prepare: Callable[[Path], None], home: Path) -> Found:
    """Before or after: both states are found out by doing the deed once without a fault."""
    home.mkdir()
    prepare(home)
    before = state_of(home / OFFICE)
    act(home, lambda _words: None)
    after = state_of(home / OFFICE)
    shutil.rmtree(home)

    def wrong(folder: Path, told: Sequence[str]) -> list[str]:
        if found := reopened(folder / OFFICE):
            return found
        state = state_of(folder / OFFICE)
        return [] if state in ([after] if DONE in told else [before, after]) else [f"a half state: {state}"]

    return wrong


FILES = ("copy", "restore", "migrate", "merge")  # those that work with whole files


def scenarios(home: Path, names: Sequence[str] = ()) -> list[Scenario]:
    """The named scenarios, or all; ``home`` is a folder to try things in."""
    return [make() for name, make in _makers(home).items() if not names or name in names]


def _makers(home: Path) -> dict[str, Callable[[], Scenario]]:
    def between(name: str, prepare: Callable[[Path], None], act: Callable[[Path, Acknowledge], None]) -> Scenario:
        return Scenario(name, prepare, act, one_or_the_other(act, prepare, home / f"{name} once"))

    return {
        "edit": lambda: Scenario("edit", _prepared, _steps(4, 2), _wrong_steps),
        "import": lambda: Scenario("import", _prepared, _steps(10, 1), _wrong_steps),
        "copy": lambda: Scenario("copy", _with_stick, _copy, _wrong_copies),
        "restore": lambda: Scenario("restore", _with_stick, _restore, _wrong_restore),
        "migrate": lambda: Scenario("migrate", _old, _open, _wrong_migration),
        "approve": lambda: between("approve", _with_plan, _approve),
        "merge": lambda: between("merge", _two_copies, _merge),
        "key": lambda: between("key", _prepared, _new_key),
    }
