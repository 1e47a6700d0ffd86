"""Whatever is altered in the log is noticed: edits, deletions, insertions, another order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import chain
from db.schema.base import new_id
from db.schema.people import Organisation, Person
from db.store import Store
from db.verify import problems_of

TAMPERING = {
    "a value": "UPDATE change SET after = 'Другая' WHERE seq = 2",
    "what a value was before": "UPDATE change SET before = 'Другая' WHERE seq = 2",
    "the cause of a change": "UPDATE change SET parent = 1 WHERE seq = 3",
    "a second cause": "INSERT INTO change_parent (seq, parent) VALUES (3, 1)",
    "who did it": "UPDATE txn SET author = 'Никто' WHERE id = 2",
    "when it was done": "UPDATE txn SET wall_utc = '2000-01-01' WHERE id = 2",
    "the words of an action": "UPDATE txn SET label = 'Ничего' WHERE id = 1",
    "a transaction left out": "DELETE FROM txn WHERE id = 2",
    "an access": "UPDATE access_log SET what = 'ничего' WHERE id = 1",
    "how many people were printed": "UPDATE access_log SET count = 1 WHERE id = 1",
    "an access left out": "DELETE FROM access_log WHERE id = 1",
    "an access put in": "INSERT INTO access_log SELECT 99, wall_utc, author, act, what, details, rid, 99, 0, hash "
    "FROM access_log WHERE id = 2",
}


@pytest.fixture
def written(store: Store) -> Path:
    person = new_id()
    with store.change("Добавление") as session:
        session.add(Person(id=person, surname="Абрамова"))
    for phone in ("1", "2"):
        with store.change("Правка") as session:
            session.get_one(Person, person).phone = phone
    store.log_access("print", "план", count=40)
    store.log_access("view", "карточка", count=1)
    store.close()
    return store.path


def test_an_honest_log_is_whole(written: Path) -> None:
    assert problems_of(written) == []


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_noticed(written: Path, what: str) -> None:
    with closing(sqlite3.connect(written)) as connection, connection:
        assert connection.execute(TAMPERING[what]).rowcount
    assert problems_of(written)


def test_changes_in_another_order_are_noticed(written: Path) -> None:
    with closing(sqlite3.connect(written)) as connection, connection:
        for old, new in ((2, -2), (3, 2), (-2, 3)):
            connection.execute("UPDATE change SET seq = ? WHERE seq = ?", (new, old))
    assert problems_of(written)


def test_a_check_beside_an_office_that_goes_on_writing_finds_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.change("прежде"):
        pass
    bodies = chain._bodies

    def written_meanwhile(*told: Any) -> Any:
        found = bodies(*told)
        monkeypatch.undo()
        with store.change("пока идёт проверка") as session:
            session.add(Organisation(id=new_id(), short_name="СОШ № 9"))
        return found

    monkeypatch.setattr(chain, "_bodies", written_meanwhile)
    assert problems_of(store.path) == []
