"""A stranger's database cannot run anything, be of another make, or bring the program down."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.examine import DamageError, check_pages, check_schema, check_texts, opened, revision_in
from db.migrate import upgrade_staged

DATA = Path(__file__).parents[1] / "data"


def looked_at(data: bytes) -> None:
    revision = revision_in(data)
    with opened(data) as connection:
        check_schema(connection, revision)
        check_pages(connection)
        check_texts(connection)


def changed(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    found = tmp_path / "база.imc"
    found.write_bytes(empty_database.read_bytes())
    return found


def test_a_database_of_today_and_one_brought_up_to_date_are_known(path: Path, tmp_path: Path) -> None:
    looked_at(path.read_bytes())
    former = tmp_path / "прежняя.imc"
    with closing(sqlite3.connect(former)) as connection:
        connection.executescript((DATA / "revision_1.sql").read_text(encoding="utf-8"))
    upgrade_staged(former)
    looked_at(former.read_bytes())


ENDLESS = (
    "CREATE VIEW office_list AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)


@pytest.mark.parametrize(
    "statement",
    [
        ENDLESS,
        "CREATE TRIGGER mine AFTER INSERT ON person BEGIN SELECT load_extension('x'); END",
        "CREATE VIRTUAL TABLE words USING fts5(a)",
        "CREATE TABLE more (a)",
        "DROP TRIGGER keep_person_row",
        "ALTER TABLE person ADD COLUMN more TEXT",
    ],
)
def test_another_schema_is_refused(path: Path, statement: str) -> None:
    with pytest.raises(DamageError, match="строение"):
        looked_at(changed(path, statement))


def test_a_query_that_never_ends_is_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.examine._MOST_TURNS", 3)
    data = changed(path, ENDLESS)
    with pytest.raises(DamageError, match="не читается"), opened(data) as connection:
        connection.execute("SELECT * FROM office_list").fetchall()


def test_nothing_can_be_written(path: Path) -> None:
    with pytest.raises(DamageError), opened(path.read_bytes()) as connection:
        connection.execute("DELETE FROM person")


def _cut(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _other_program(data: bytearray) -> None:
    data[68:72] = b"XXXX"


def _no_database(data: bytearray) -> None:
    data[:16] = b"not a database\0\0"


def _page_gone(data: bytearray) -> None:
    data[8192:12288] = bytes(4096)


def _wal(data: bytearray) -> None:
    data[18:20] = b"\2\2"


@pytest.mark.parametrize("spoil", [_cut, _other_program, _no_database, _page_gone, _wal])
def test_spoiled_bytes_are_refused(path: Path, spoil: Callable[[bytearray], None]) -> None:
    data = bytearray(path.read_bytes())
    spoil(data)
    with pytest.raises(DamageError):
        looked_at(bytes(data))


def test_a_text_that_is_none_is_refused(path: Path) -> None:
    with pytest.raises(DamageError):
        looked_at(changed(path, "UPDATE replica SET label = CAST(x'ff41' AS TEXT)"))


def test_a_broken_reference_is_refused(path: Path) -> None:
    orphan = "INSERT INTO key_slot VALUES ('a', NULL, 'k', 'нет такого', 'password', '{}', '', '', '')"
    data = changed(
        path, orphan.replace("VALUES", "(id, deleted_at, key_id, user_id, kind, kdf, salt, nonce, box) VALUES")
    )
    with pytest.raises(DamageError, match="ссылка"):
        looked_at(data)
