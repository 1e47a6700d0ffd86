"""Going back to a copy keeps the present file; a swap that is cut anywhere ends whole at the next opening."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import Order, contents, make_copy
from db.container import read_container
from db.files import FileOps, swapped
from db.restore import stage
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.swap import drop_stage, finish_interrupted, is_interrupted, kept_files, put_in_place
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

NOW = datetime(2026, 11, 20, 10, 42).astimezone()
DATA = Path(__file__).parents[1] / "data" / "copies"


class CutError(BaseException):
    """The plug was pulled: nothing after it is done, no clean-up either."""


class Cut(FileOps):
    """The machine stops before the k-th step; a dead machine does not tidy up, so later steps stop as well."""

    def __init__(self, cut_at: int) -> None:
        self.count, self._cut_at = 0, cut_at

    def step(self, name: str, path: Path) -> None:
        self.count += 1
        if self._cut_at and self.count >= self._cut_at:
            raise CutError


class Refusing(FileOps):
    """The k-th step is refused, once or from then on."""

    def __init__(self, fail_at: int, *, for_ever: bool) -> None:
        self.count, self._fail_at, self._for_ever = 0, fail_at, for_ever

    def step(self, name: str, path: Path) -> None:
        self.count += 1
        if self.count == self._fail_at or (self._for_ever and self.count > self._fail_at):
            raise OSError(errno.EIO, "сбой")


def add(store: Store, surname: str) -> None:
    with store.change(f"Добавление: {surname}") as session:
        session.add(Person(id=new_id(), surname=surname))


def surnames(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT surname FROM person ORDER BY surname")]


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    """A copy with one person; the database then gets a second one and is closed."""
    folder = tmp_path / "флешка"
    folder.mkdir()
    add(store, "Абрамова")
    path = make_copy(Order(store.path, folder, NOW)).path
    add(store, "Белова")
    store.close()
    return path


@pytest.fixture
def database(store: Store, copy: Path) -> Path:
    return store.path


def staged(copy: Path, database: Path) -> Path:
    return stage(contents(read_container(copy)), database, "Возврат к копии", copy.name)


def test_the_present_file_is_kept_and_a_new_incarnation_begins(copy: Path, database: Path) -> None:
    kept = put_in_place(staged(copy, database), database)
    assert kept is not None
    assert surnames(database) == ["Абрамова"]
    assert surnames(kept) == ["Абрамова", "Белова"]
    assert kept_files(database) == [kept]
    replicas = []
    for path in (database, kept):
        with closing(sqlite3.connect(path)) as connection:
            replicas.append(connection.execute("SELECT replica FROM db_meta").fetchone()[0])
    assert replicas[0] != replicas[1]
    assert not is_interrupted(database)
    assert problems_of(database) == []


def test_a_restore_ends_the_undo_stack_and_is_remembered(copy: Path, database: Path) -> None:
    put_in_place(staged(copy, database), database)
    opened = Store(database, author="проверка")
    with opened.look() as connection:
        acts = connection.execute("SELECT act, what FROM access_log").fetchall()
        last = connection.execute("SELECT label, kind, n FROM txn ORDER BY id DESC LIMIT 1").fetchone()
    undo = opened.undo_label
    add(opened, "Волкова")
    opened.undo()
    opened.close()
    assert undo is None
    assert acts == [("возврат к копии", copy.name)]
    assert last == ("Возврат к копии", "barrier", 1)
    assert problems_of(database) == []


def test_a_copy_of_the_first_revision_is_brought_up_to_date_on_the_stage(copy: Path, database: Path) -> None:
    put_in_place(staged(DATA / "rev1.imcb", database), database)
    assert surnames(database) == ["Абрамова", "Белова"]
    assert problems_of(database) == []


def test_a_stage_that_fails_leaves_nothing(copy: Path, database: Path) -> None:
    before = sorted(path.name for path in database.parent.iterdir())
    counting = Refusing(0, for_ever=False)
    with swapped(counting):
        drop_stage(staged(copy, database))
    for number in range(1, counting.count - 3):
        with swapped(Refusing(number, for_ever=False)), pytest.raises(UserError):
            staged(copy, database)
        assert sorted(path.name for path in database.parent.iterdir()) == before


def images(copy: Path, database: Path, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The folder of the database as a pulled plug leaves it before every step of a swap."""
    counting = Cut(0)
    trial = tmp_path / "проба" / database.name
    trial.parent.mkdir()
    shutil.copyfile(database, trial)
    (trial.parent / f"{trial.name}-journal").write_bytes(b"\0" * 512)
    ready = staged(copy, trial)
    with swapped(counting):
        put_in_place(ready, trial)
    for number in range(1, counting.count + 1):
        place = tmp_path / str(number) / database.name
        place.parent.mkdir()
        shutil.copyfile(database, place)
        (place.parent / f"{place.name}-journal").write_bytes(b"\0" * 512)
        ready = staged(copy, place)
        with swapped(Cut(number)), pytest.raises(CutError):
            put_in_place(ready, place)
        yield number, place


def test_a_swap_cut_anywhere_is_ended_at_the_next_opening(copy: Path, database: Path, tmp_path: Path) -> None:
    outcomes = set()
    for _, place in images(copy, database, tmp_path):
        words = finish_interrupted(place)
        found = surnames(place)
        outcomes.add((words, tuple(found)))
        everything = [found, *(surnames(path) for path in kept_files(place))]
        assert ["Абрамова", "Белова"] in everything
        assert not list(place.parent.glob("*.part"))
        assert not is_interrupted(place)
        assert finish_interrupted(place) == ""
    assert outcomes == {
        ("", ("Абрамова", "Белова")),
        ("Прерванный возврат к копии закончен.", ("Абрамова",)),
    }


def test_ending_a_cut_swap_may_be_cut_as_well(copy: Path, database: Path, tmp_path: Path) -> None:
    for _, place in images(copy, database, tmp_path):
        for again in range(1, 9):
            with swapped(Cut(again)):
                try:
                    finish_interrupted(place)
                except CutError:
                    continue
                break
        finish_interrupted(place)
        assert ["Абрамова", "Белова"] in [surnames(place), *(surnames(path) for path in kept_files(place))]
        assert not is_interrupted(place)


def test_a_stage_spoiled_by_the_crash_is_not_used(copy: Path, database: Path, tmp_path: Path) -> None:
    outcomes = []
    for _, place in images(copy, database, tmp_path):
        spoiled = list(place.parent.glob("*.restore.part"))
        for left in spoiled:
            data = bytearray(left.read_bytes())
            data[5000] ^= 0xFF
            left.write_bytes(data)
        words = finish_interrupted(place)
        if spoiled:
            outcomes.append(words)
            assert "закончен" not in words
            assert surnames(place) == ["Абрамова", "Белова"]
    assert outcomes.count("Прерванный возврат к копии отменён: база осталась прежней.") > 3


@pytest.mark.parametrize("for_ever", [False, True])
def test_a_refusing_disk_loses_nothing(copy: Path, database: Path, tmp_path: Path, for_ever: bool) -> None:
    counting = Refusing(0, for_ever=False)
    trial = tmp_path / "проба" / database.name
    trial.parent.mkdir()
    shutil.copyfile(database, trial)
    ready = staged(copy, trial)
    with swapped(counting):
        put_in_place(ready, trial)
    for number in range(1, counting.count + 1):
        place = tmp_path / str(number) / database.name
        place.parent.mkdir()
        shutil.copyfile(database, place)
        ready = staged(copy, place)
        refused = False
        with swapped(Refusing(number, for_ever=for_ever)):
            try:
                put_in_place(ready, place)
            except EnvironmentProblem:
                refused = True
        finish_interrupted(place)
        assert ["Абрамова", "Белова"] in [surnames(place), *(surnames(path) for path in kept_files(place))]
        if not refused:
            assert surnames(place) == ["Абрамова"]
        assert not is_interrupted(place)


def test_former_files_are_kept_by_number(copy: Path, database: Path) -> None:
    for _ in range(12):
        put_in_place(staged(copy, database), database)
    assert [path.name[:6] for path in kept_files(database)] == [f"{number:06d}" for number in range(12, 2, -1)]
