"""Several computers of one office: what people do there, how copies are carried, and what must hold at any time."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from db.connect import copy_database
from db.heads import QUIET, open_conflicts
from db.images import row_image
from db.merge import MassDeletionError
from db.schema.base import new_id
from db.schema.learning import Training
from db.schema.people import Person
from db.schema.tables import journalled
from db.settle import settle
from db.store import Store
from db.vector import version_vector
from db.verify import problems_of
from imc_desktop.domain.errors import UserError

FIELDS = ("phone", "note", "surname")
Tables = dict[tuple[str, str], dict[str, str]]


class World:
    """``pcs`` work on copies of one database; every step ends in a state that ``check`` accepts."""

    def __init__(self, empty: Path, folder: Path, pcs: int = 2, seed: int = 0) -> None:
        self.folder = folder
        self.number = 0
        self._names = random.Random(seed)  # replica names take part in the order of changes
        first = self._place("pc0")
        first.write_bytes(empty.read_bytes())
        begin_as(first, self._name())
        self.stores = [Store(first, author="ПК-0")]
        with self.stores[0].change("Начало") as session:
            for surname in ("Абрамова", "Белова", "Власова"):
                session.add(Person(id=new_id(), surname=surname))
        self.stores += [self._clone(self.stores[0], f"pc{index}") for index in range(1, pcs)]
        self.kept: list[Path] = []

    def close(self) -> None:
        for store in self.stores:
            store.close()

    # --- what people do -----------------------------------------------------------------------------------------------

    def rows(self, pc: int, table: str = "person") -> list[str]:
        with self.stores[pc].look() as eye:
            return [row[0] for row in eye.execute(f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY rowid")]

    def edit(self, pc: int, row: int, field: str, value: str) -> None:
        rows = self.rows(pc)
        if rows:
            with self.stores[pc].change("Правка") as session:
                setattr(session.get_one(Person, rows[row % len(rows)]), field, value)

    def edit_many(self, pc: int, field: str, value: str) -> None:
        with self.stores[pc].change("Правка всех") as session:
            session.connection().exec_driver_sql(f"UPDATE person SET {field} = ? WHERE deleted_at IS NULL", (value,))

    def add(self, pc: int, surname: str) -> None:
        with self.stores[pc].change("Добавление") as session:
            session.add(Person(id=new_id(), surname=surname))

    def add_course(self, pc: int, row: int) -> None:
        rows = self.rows(pc)
        if rows:
            with self.stores[pc].change("Курс") as session:
                session.add(Training(id=new_id(), person_id=rows[row % len(rows)], title="Курс", hours=36))

    def delete(self, pc: int, row: int) -> None:
        rows = self.rows(pc)
        if len(rows) > 1:
            with self.stores[pc].change("Удаление") as session:
                session.get_one(Person, rows[row % len(rows)]).deleted_at = f"2026-{pc}-{row}"

    def undo(self, pc: int) -> None:
        if self.stores[pc].undo_label:
            self.stores[pc].undo()

    def redo(self, pc: int) -> None:
        if self.stores[pc].redo_label:
            self.stores[pc].redo()

    def settle(self, pc: int, which: int, choice: int) -> None:
        with self.stores[pc].look() as eye:
            conflicts = open_conflicts(eye)
        if conflicts:
            conflict = conflicts[which % len(conflicts)]
            values = [*(head.after for head in conflict.heads), None if conflict.field == "deleted_at" else "вписано"]
            with self.stores[pc].change("Решение") as session:
                settle(session.connection(), conflict, values[choice % len(values)])

    # --- how copies are carried ---------------------------------------------------------------------------------------

    def carry(self, source: int) -> Path:
        path = self._place(f"stick{source}")
        copy_database(self.stores[source].path, path)
        return path

    def merge(self, into: int, source: int) -> bool:
        return self.take(into, self.carry(source))

    def take(self, into: int, copy: Path) -> bool:
        """Whether there was anything new."""
        try:
            self.stores[into].merge("Сверка", copy)
        except MassDeletionError as asked:
            self.stores[into].merge("Сверка", copy, deletions=asked.rows)
        except UserError as error:
            if "нечего" not in str(error):
                raise
            return False
        return True

    def restore(self, pc: int, copy: Path) -> None:
        """An old copy takes the place of the database; the former file is kept and can be taken in later."""
        store = self.stores[pc]
        kept = self._place(f"kept{pc}")
        store.close()
        store.path.rename(kept)
        self.kept.append(kept)
        store.path.write_bytes(copy.read_bytes())
        begin_as(store.path, self._name())
        self.stores[pc] = Store(store.path, author=f"ПК-{pc}")

    def exchange(self) -> None:
        """Everybody takes in everybody's copies, and everything that was kept, until nothing is new."""
        for kept in self.kept:
            self.take(0, kept)
        busy = True
        while busy:
            busy = False
            for into in range(len(self.stores)):
                for source in range(len(self.stores)):
                    if into != source:
                        busy = self.merge(into, source) or busy
                    if self.number > 500:
                        raise AssertionError("an exchange that never ends")

    # --- what must hold -----------------------------------------------------------------------------------------------

    def check(self, pc: int) -> None:
        with self.stores[pc].look() as eye:
            assert (wrong := different(tables_of(eye), replayed(eye))) == [], f"P5: the log gives the tables: {wrong}"
            assert (lost := silently_lost(eye)) == [], f"P6: neither shown nor replaced nor asked about: {lost}"
            assert eye.execute("PRAGMA foreign_key_check").fetchall() == [], "P7"
            twice = "SELECT row_id FROM change WHERE field = '' GROUP BY row_id HAVING count(*) > 1"
            assert eye.execute(twice).fetchall() == [], "a row appears once"

    def check_chain(self, pc: int) -> None:
        assert problems_of(self.stores[pc].path) == [], "the chains hold"

    def check_converged(self) -> None:
        states = []
        for store in self.stores:
            with store.look() as eye:
                asked = {(one.row_id, one.field) for one in open_conflicts(eye)}
                states.append((version_vector(eye), tables_of(eye), asked))
        assert all(vector == states[0][0] for vector, _, _ in states), "P4: everybody knows the same"
        assert all(tables == states[0][1] for _, tables, _ in states), "P4: everybody shows the same"

    def _clone(self, store: Store, name: str) -> Store:
        path = self._place(name)
        copy_database(store.path, path)
        begin_as(path, self._name())
        return Store(path, author=name)

    def _name(self) -> str:
        return f"{self._names.getrandbits(64):016x}"

    def _place(self, name: str) -> Path:
        self.number += 1
        return self.folder / f"{name}-{self.number}.imc"


def begin_as(path: Path, rid: str) -> None:
    """What restoring or carrying a file to another computer does: it writes under a new name from now on."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO replica (rid, label, reason, born_utc) VALUES (?, '', 'restore', '')", (rid,))
        connection.execute("UPDATE db_meta SET replica = ?", (rid,))


def tables_of(eye: sqlite3.Connection) -> Tables:
    """(table, row) → field → text, without what is empty."""
    found = {}
    for cls in journalled():
        columns = [column.name for column in cls.__table__.columns]
        for row in eye.execute(f"SELECT {', '.join(columns)} FROM {cls.__tablename__}"):
            values = dict(zip(columns, row, strict=True))
            row_id = values.pop("id")
            found[cls.__tablename__, row_id] = {
                name: str(value) for name, value in values.items() if value not in (None, "")
            }
    return found


def replayed(eye: sqlite3.Connection) -> Tables:
    """The same from the log alone, in the order of (lamport, replica, number, place)."""
    found: Tables = {}
    rows = eye.execute(
        "SELECT c.tbl, c.row_id, c.field, c.after FROM change c JOIN txn t ON t.id = c.txn_id "
        "ORDER BY t.lamport, t.rid, t.n, c.seq"
    ).fetchall()
    for table, row_id, field, after in rows:
        if field == "":
            image = {name: value for name, value in row_image(after).items() if value not in ("NULL", "")}
            found[table, row_id] = image
        elif after in (None, ""):
            found[table, row_id].pop(field, None)
        else:
            found[table, row_id][field] = after
    return found


def different(shown: Tables, logged: Tables) -> list[tuple[object, ...]]:
    return [
        (key, shown.get(key), logged.get(key))
        for key in shown.keys() | logged.keys()
        if shown.get(key) != logged.get(key)
    ]


def silently_lost(eye: sqlite3.Connection) -> list[tuple[str, str]]:
    """Fields whose sides differ although nobody is asked about them; worked out from the parents alone."""
    replaced: set[int] = set()
    heads: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    changes = eye.execute("SELECT seq, row_id, field, after, parent FROM change WHERE field <> ''").fetchall()
    replaced |= {parent for *_, parent in changes if parent is not None}
    replaced |= {row[0] for row in eye.execute("SELECT parent FROM change_parent")}
    for seq, row_id, field, after, _ in changes:
        if seq not in replaced and field not in QUIET:
            heads[row_id, field].add(after)
    asked = {(one.row_id, one.field) for one in open_conflicts(eye)}
    rejected = _rows_of_merges_taken_back(eye)
    return [key for key, values in heads.items() if len(values) > 1 and key not in asked and key[0] not in rejected]


def _rows_of_merges_taken_back(eye: sqlite3.Connection) -> set[str]:
    """Who takes a merge back does not want its values now: he is not asked about them, the other side will be."""
    taken_back = "SELECT m.id FROM txn u JOIN txn m ON m.id = u.reverts WHERE m.kind = 'merge' AND u.kind = 'undo'"
    query = f"SELECT row_id FROM merge_effect WHERE txn_id IN ({taken_back}) UNION "
    query += f"SELECT row_id FROM conflict WHERE txn_id IN ({taken_back})"
    return {row[0] for row in eye.execute(query)}


def walk(world: World, seed: int, steps: int) -> None:
    """A replayable walk: any actions in any order, everything checked after each; copies made on the way come back."""
    chance = random.Random(seed)
    old: list[tuple[int, Path]] = []
    for step in range(steps):
        pc = chance.randrange(len(world.stores))
        other = chance.choice([index for index in range(len(world.stores)) if index != pc])
        value = f"{chance.randrange(3)}"
        match chance.choices(range(11), (8, 2, 2, 2, 2, 3, 2, 4, 7, 1, 1))[0]:
            case 0:
                world.edit(pc, chance.randrange(3), chance.choice(FIELDS), value)
            case 1:
                world.edit_many(pc, chance.choice(FIELDS), value)
            case 2:
                world.add(pc, f"Новая {step}")
            case 3:
                world.add_course(pc, chance.randrange(3))
            case 4:
                world.delete(pc, chance.randrange(4))
            case 5:
                world.undo(pc)
            case 6:
                world.redo(pc)
            case 7:
                world.settle(pc, chance.randrange(4), chance.randrange(4))
            case 8:
                world.merge(pc, other)
            case 9:
                old.append((pc, world.carry(pc)))
            case 10 if old:
                world.restore(*chance.choice(old))
        world.check(pc)
    world.exchange()
    for pc in range(len(world.stores)):
        world.check(pc)
        world.check_chain(pc)
    world.check_converged()


def canonical(store: Store) -> str:
    """The data as text that does not depend on who made it: ids replaced by what they stand for."""
    with store.look() as eye:
        tables = tables_of(eye)
    people = {row_id: values.get("surname", "") for (table, row_id), values in tables.items() if table == "person"}
    rows: list[Any] = []
    for (table, _), values in tables.items():
        rows.append([table, {name: people.get(value, value) for name, value in sorted(values.items())}])
    return json.dumps(sorted(rows, key=str), ensure_ascii=False)
