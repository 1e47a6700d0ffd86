"""A database of every released revision opens today, with its data, its undo stack and a whole log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import SCHEMA_REVISION, connect
from db.migrate import stored_revision
from db.store import Store
from db.vector import version_vector
from db.verify import problems_of

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def first_revision(tmp_path: Path) -> Path:
    path = tmp_path / "прежняя.imc"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "revision_1.sql").read_text(encoding="utf-8"))
    return path


def test_the_first_revision_is_brought_up_to_date(first_revision: Path) -> None:
    assert stored_revision(first_revision) == 1
    store = Store(first_revision)
    assert stored_revision(first_revision) == SCHEMA_REVISION
    with store.read() as session:
        phone = session.connection().exec_driver_sql("SELECT phone FROM person").scalar()
    assert phone == ""
    assert store.redo() == "Правка"
    store.undo()
    store.undo()
    store.close()
    assert problems_of(first_revision) == []
    assert stored_revision(first_revision.with_name(f"{first_revision.name}.before-{SCHEMA_REVISION}")) == 1


def test_former_transactions_are_numbered_and_chained_per_replica(first_revision: Path) -> None:
    Store(first_revision).close()
    with closing(connect(first_revision, writable=False)) as connection:
        assert [head.n for head in version_vector(connection).values()] == [3]
        numbers = connection.execute("SELECT n, lamport FROM txn ORDER BY id").fetchall()
        accesses = connection.execute("SELECT n, length(hash) FROM access_log ORDER BY id").fetchall()
    assert numbers == [(1, 1), (2, 2), (3, 3)]
    assert accesses == [(1, 64), (2, 64)]


def test_one_file_upgraded_on_two_computers_stays_one_history(first_revision: Path, tmp_path: Path) -> None:
    other = tmp_path / "вторая.imc"
    other.write_bytes(first_revision.read_bytes())
    vectors = []
    for path in (first_revision, other):
        Store(path).close()
        with closing(connect(path, writable=False)) as connection:
            vectors.append(version_vector(connection))
    assert vectors[0] == vectors[1]
