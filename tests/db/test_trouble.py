"""A disk that refuses is told in a sentence, and nothing of the action is left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from db.trouble import disk_of
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem


def _fill_the_disk(store: Store) -> None:
    with store.change("Много") as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        session.add(Person(id=new_id(), surname="Абрамова", note="x" * 100_000))


def test_a_full_disk_is_said_and_the_next_action_works(store: Store) -> None:
    with pytest.raises(EnvironmentProblem, match="кончилось место"):
        _fill_the_disk(store)
    with store.change("Мало") as session:
        session.execute(text("PRAGMA max_page_count=1000000"))
        session.add(Person(id=new_id(), surname="Белова"))
    with store.read() as session:
        assert session.scalars(select(Person.surname)).all() == ["Белова"]
    store.close()
    assert problems_of(store.path) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [(sqlite3.SQLITE_IOERR_FSYNC, "не отвечает"), (sqlite3.SQLITE_BUSY, "другая программа"), (sqlite3.SQLITE_READONLY, "писать")],
)  # fmt: skip
def test_every_refusal_has_its_sentence(code: int, words: str) -> None:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    with pytest.raises(EnvironmentProblem, match=rf"база\.imc.*{words}|{words}.*база\.imc"), disk_of(Path("база.imc")):
        raise error


def test_other_errors_pass() -> None:
    with pytest.raises(sqlite3.OperationalError), disk_of(Path("база.imc")):
        raise sqlite3.OperationalError("no such table")
    with pytest.raises(ValueError, match="own"), disk_of(Path("база.imc")):
        raise ValueError("own")


def test_a_rotten_text_is_a_sentence_wherever_it_is_read(store: Store) -> None:
    with store.change("Правка") as session:
        session.add(Person(id=new_id(), surname="Абрамова"))
    with store.outside_log() as connection:
        connection.exec_driver_sql("UPDATE txn SET label = CAST(x'41ff42' AS TEXT)")
    with pytest.raises(EnvironmentProblem, match="повреждён"), store.read() as session:
        session.execute(text("SELECT label FROM txn")).all()
    with pytest.raises(EnvironmentProblem, match="повреждён"), store.look() as connection:
        connection.execute("SELECT label FROM txn").fetchall()
