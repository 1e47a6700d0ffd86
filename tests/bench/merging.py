"""M1–M3: taking in 20,000 changes of another copy, against writing 20,000 rows with their journal in this one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from db.restore import begin_replica
from db.schema.base import new_ids
from db.store import Store
from tests.bench.districts import make_district
from tests.bench.measure import Goal, compare, wall

CHANGES = 20_000
STEPS = 200
ROUNDS = 5
_INSERT = (
    "INSERT INTO person (id, surname, name, patronymic, role, sex, birth, snils, iin, phone, email, note, deferred_until, "
    "name_key, sort_key, place) VALUES (?, ?, 'Анна', 'Ивановна', 'staff', '', '', '', '', '', '', '', '', ?, ?, '')"
)


def goals(folder: Path) -> Iterator[Goal]:
    """Fields changed apart in many steps, the same fields changed on both sides, rows that appeared."""
    base = folder / "base.imc"
    make_district(base, CHANGES, 0).close()
    names = count()

    def copy(source: Path) -> Path:
        path = folder / f"{next(names)}.imc"
        shutil.copyfile(source, path)
        return path

    def insert() -> float:
        store = Store(copy(base))
        ids = new_ids()
        rows = [(next(ids), f"Новая{number}", f"новая{number}", f"новая{number}") for number in range(CHANGES)]
        spent = wall(lambda: _write(store, rows))
        store.close()
        return spent

    def taking(here: Path, there: Path) -> float:
        store = Store(copy(here))
        spent = wall(lambda: store.merge("Сверка", there))
        store.close()
        return spent

    there = _clone(copy(base))
    _edit(there, "8-900")
    here = copy(base)
    what = f"taking in {CHANGES} {{}} against writing {CHANGES} rows with their journal"
    told = f"changed fields in {STEPS} steps of another copy"
    yield compare(("M1", 5.0, what.format(told)), lambda: taking(here, there), insert, ROUNDS)
    _edit(here, "8-901")
    yield compare(("M2", None, what.format(f"{told}, all in conflict")), lambda: taking(here, there), insert, ROUNDS)
    fresh = _clone(copy(base))
    store = Store(fresh)
    ids = new_ids()
    _write(store, [(next(ids), f"Иная{number}", f"иная{number}", f"иная{number}") for number in range(CHANGES)])
    store.close()
    told = "rows that appeared in another copy"
    yield compare(("M3", 5.0, what.format(told)), lambda: taking(copy(base), fresh), insert, ROUNDS)


def _write(store: Store, rows: list[tuple[str, ...]]) -> None:
    with store.change("Импорт") as session:
        session.connection().exec_driver_sql(_INSERT, rows)


def _clone(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        begin_replica(connection, "clone")
    return path


def _edit(path: Path, phone: str) -> None:
    store = Store(path)
    with store.look() as eye:
        ids = [row[0] for row in eye.execute("SELECT id FROM person ORDER BY id LIMIT ?", (CHANGES,))]
    size = CHANGES // STEPS
    for start in range(0, CHANGES, size):
        with store.change("Правка") as session:
            session.connection().exec_driver_sql(
                "UPDATE person SET phone = ? WHERE id = ?", [(phone, one) for one in ids[start : start + size]]
            )
    store.close()
