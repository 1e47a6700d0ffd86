"""A database of every released revision opens today, with its data, its undo stack and a whole log."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import SCHEMA_REVISION, connect
from db.fingerprints import SCHEMAS, TRIGGERS, fingerprint
from db.migrate import stored_revision
from db.store import Store
from db.vector import version_vector
from db.verify import problems_of
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import verify_file

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


@pytest.fixture
def first_office(tmp_path: Path) -> Path:
    """An office of 78 invented people as the program of the first revision made and filled it."""
    path = tmp_path / "кабинет.imc"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress((DATA / "office_revision_1.sql.gz").read_bytes()).decode())
    return path


def test_an_office_of_the_first_revision_is_brought_up_to_date_with_its_people(first_office: Path) -> None:
    store = Store(first_office)
    with store.look() as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (78,)
    assert store.undo() == "Импорт: 04_spisok_SOSH3.xls"
    store.redo()
    store.close()
    assert problems_of(first_office) == []


def test_a_former_database_is_told_whole_without_being_touched(first_office: Path) -> None:
    before = first_office.read_bytes()
    assert verify_file(first_office) is None
    assert first_office.read_bytes() == before
    assert [one.name for one in first_office.parent.iterdir()] == [first_office.name]


def test_a_former_database_with_a_changed_value_is_told_broken(first_office: Path) -> None:
    with closing(sqlite3.connect(first_office)) as connection, connection:
        (name,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'person'"
        ).fetchone()
        (text,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE person SET surname = 'Иванов' WHERE surname = 'Абрамян'")
        connection.execute(text)
    with pytest.raises(UserError, match="испорчено значение"):
        verify_file(first_office)


def test_a_cut_former_database_is_told_broken(first_office: Path) -> None:
    with first_office.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (first_office.stat().st_size - 4096))
    with pytest.raises(UserError, match=r"кабинет\.imc"):
        verify_file(first_office)


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


def test_a_new_database_and_an_upgraded_one_have_the_known_schema(first_revision: Path, tmp_path: Path) -> None:
    new = tmp_path / "новая.imc"
    Store.create(new).close()
    Store(first_revision).close()
    for path in (new, first_revision):
        with closing(connect(path, writable=False)) as connection:
            assert fingerprint(connection) == SCHEMAS[SCHEMA_REVISION]
            assert fingerprint(connection, "trigger") == TRIGGERS
    assert max(SCHEMAS) == SCHEMA_REVISION
