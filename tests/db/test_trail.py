"""Rot that SQLite cannot see is seen by the log: every value is the one that was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import connect
from db.incarnation import goes_on
from db.installation import Installation
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.trail import strays
from db.verify import problems_of


def strays_of(path: Path) -> list[tuple[str, str]]:
    with closing(connect(path, writable=False)) as connection:
        return [(table, column) for table, _, column in strays(connection)]


def behind_the_log(path: Path, statement: str) -> None:
    """A statement no trigger sees, as rot and foreign hands write."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


@pytest.fixture
def worked(store: Store) -> Path:
    """Three cards; one was changed, one changed twice, one taken back."""
    rows = [Person(id=new_id(), surname=surname, note="о'т, =я") for surname in ("Абрамова", "Белова", "Волк")]
    for row in rows:
        with store.change("Карточка") as session:
            session.add(row)
    store.undo()
    for phone in ("1", None, "3"):
        with store.change("Телефон") as session:
            session.query(Person).filter_by(surname="Белова").update({"phone": phone or ""})
    store.undo()
    store.close()
    return store.path


def test_what_was_written_is_what_the_log_has(worked: Path) -> None:
    assert strays_of(worked) == []
    assert problems_of(worked) == []


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE person SET note = 'о''т, =ю' WHERE surname = 'Абрамова'", ("person", "note")),
        ("UPDATE person SET phone = '1' WHERE surname = 'Белова'", ("person", "phone")),
        ("UPDATE person SET deleted_at = NULL", ("person", "deleted_at")),
        ("UPDATE person SET deleted_at = '2026' WHERE surname = 'Абрамова'", ("person", "deleted_at")),
        ("INSERT INTO calendar_day (id, day, kind, source) VALUES ('x', '2026', '', '')", ("calendar_day", "")),
        ("DELETE FROM person WHERE surname = 'Абрамова'", ("person", "")),
    ],
)
def test_any_other_value_is_found(worked: Path, statement: str, place: tuple[str, str]) -> None:
    behind_the_log(worked, statement)
    assert strays_of(worked) == [place]
    assert place[0] in problems_of(worked)[0]


def test_where_a_merge_shows_another_value_that_one_is_right(worked: Path) -> None:
    with closing(sqlite3.connect(worked)) as connection, connection:
        row_id, first = connection.execute("SELECT row_id, min(seq) FROM change WHERE field = 'phone'").fetchone()
        connection.execute("INSERT INTO field_shown (row_id, field, seq) VALUES (?, 'phone', ?)", (row_id, first))
    assert strays_of(worked) == [("person", "phone")]
    behind_the_log(worked, "UPDATE person SET phone = '1' WHERE surname = 'Белова'")
    assert strays_of(worked) == []


def test_a_file_that_does_not_say_which_replica_it_is_is_broken(worked: Path) -> None:
    behind_the_log(worked, "UPDATE db_meta SET replica = 'другая'")
    assert "о ней самой" in problems_of(worked)[0]
    with pytest.raises(sqlite3.DatabaseError), closing(connect(worked, writable=False)) as connection:
        goes_on(connection, worked, Installation(worked.parent))


@pytest.mark.parametrize("table", ["change", "person"])
def test_a_text_that_is_none_is_said_in_a_sentence(worked: Path, table: str) -> None:
    column = {"change": "after", "person": "note"}[table]
    behind_the_log(worked, f"UPDATE {table} SET {column} = CAST(x'41ff42' AS TEXT)")
    assert problems_of(worked)[0].endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        "db_id = 'g' || substr(db_id, 2)",
        "db_id = substr(db_id, 2)",
        "last_seen_utc = 'x' || last_seen_utc",
        "lamport = 0",
    ],
)
def test_what_a_file_says_of_itself_makes_sense(worked: Path, change: str) -> None:
    behind_the_log(worked, f"UPDATE db_meta SET {change}")
    assert "о ней самой" in problems_of(worked)[0]


def test_a_schema_that_reads_otherwise_is_damage(worked: Path) -> None:
    with closing(sqlite3.connect(worked)) as connection, connection:
        connection.execute("PRAGMA writable_schema=1")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'surname', 'surnane') WHERE name = 'former_name'"
        )
    assert "Строение базы" in problems_of(worked)[0]
    with closing(sqlite3.connect(worked)) as connection, connection:
        connection.execute("PRAGMA writable_schema=1")
        connection.execute("UPDATE sqlite_master SET tbl_name = x'00ff' WHERE type = 'trigger' AND rowid % 7 = 0")
    assert problems_of(worked)
