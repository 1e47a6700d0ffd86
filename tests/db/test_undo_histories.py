"""Random histories: whatever was done, undoing all of it gives the first state and redoing all gives the last."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from db.schema.base import new_id, new_ids
from db.schema.learning import Training
from db.schema.people import Organisation, Person
from db.store import Store

TABLES = ("person", "organisation", "training")


def visible(store: Store) -> dict[str, list[Any]]:
    """Everything a person can see: tombstoned rows are not there."""
    with store.read() as session:
        return {
            table: [
                tuple(row)
                for row in session.execute(text(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id"))
            ]
            for table in TABLES
        }


def act(store: Store, chance: random.Random, known: list[str], number: int) -> None:
    """One random action: inserts, edits, bulk edits, tombstones and several of them in one step."""
    with store.change(f"Шаг {number}") as session:
        for _ in range(chance.randint(1, 4)):
            kind = chance.choice(["insert", "many", "edit", "bulk", "delete", "training", "twice"])
            if kind == "insert" or not known:
                known.append(new_id())
                session.add(Person(id=known[-1], surname=f"Ф{number}"))
                session.add(Organisation(id=new_id(), short_name=f"Школа {number}"))
            elif kind == "many":
                ids = new_ids()
                rows = [{"id": next(ids), "surname": "Много"} for _ in range(5)]
                session.connection().execute(insert(Person), rows)
                known.extend(row["id"] for row in rows)
            elif kind == "edit":
                session.flush()
                session.get_one(Person, chance.choice(known)).name = f"Имя{chance.randint(1, 9)}"
            elif kind == "bulk":
                session.flush()
                session.execute(update(Person).values(note=f"общая {number}").where(Person.id > chance.choice(known)))
            elif kind == "delete":
                session.flush()
                session.get_one(Person, chance.choice(known)).deleted_at = "2026-11-20"
            elif kind == "training":
                session.flush()
                session.add(
                    Training(id=new_id(), person_id=chance.choice(known), title="Курс", hours=chance.randint(16, 300))
                )
            else:
                session.flush()
                person = session.get_one(Person, chance.choice(known))
                person.phone = "1"
                session.flush()
                person.phone = "2"


@pytest.mark.parametrize("seed", range(40))
def test_undoing_everything_gives_back_every_state(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    known: list[str] = []
    states = [visible(store)]
    for number in range(chance.randint(1, 8)):
        before = store.change_counter()
        act(store, chance, known, number)
        if store.change_counter() != before:
            states.append(visible(store))
    for expected in reversed(states[:-1]):
        store.undo()
        assert visible(store) == expected
    assert store.undo_label is None
    for expected in states[1:]:
        store.redo()
        assert visible(store) == expected
    # an edit on top ends the redo stack, and undo still walks all the way back
    store.undo()
    act(store, chance, known, 99)
    while store.undo_label is not None:
        store.undo()
    assert visible(store) == states[0]
