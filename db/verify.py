"""Is a database whole, and are two of them the same: integrity, content hashes, counts, the chain of the log."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from db.chain import breaks
from db.changelog import trigger_statements
from db.connect import connect
from db.schema.tables import Base

# What people count when they compare a copy with the office's database.
COUNTED = (
    ("person", "педагогов"),
    ("organisation", "организаций"),
    ("training", "курсов"),
    ("plan_item", "строк планов"),
)


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds: the content hash over every table, and the counts people know."""

    content_sha256: str
    counts: dict[str, int]
    last_txn: int


def problems_of(path: Path) -> list[str]:
    """Russian sentences about everything that is broken in a database file; empty when it is whole.

    A full ``integrity_check`` (the quick one passes changed values), foreign keys, triggers and the log's hash chain.
    """
    try:
        with closing(connect(path, writable=False)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            if found:
                return [f"Файл базы {path.name} повреждён: {found[0]}."]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                return [f"В базе {path.name} есть ссылка на строку, которой нет (таблица {broken[0]})."]
            triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    except sqlite3.DatabaseError as error:
        return [f"Файл базы {path.name} не читается как база: {error}."]
    if triggers != trigger_statements():
        return [f"В базе {path.name} не хватает частей, которые ведут журнал изменений."]
    return _broken_chain(path)


def _broken_chain(path: Path) -> list[str]:
    engine = create_engine("sqlite://", creator=lambda: connect(path, writable=False), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            for table, number in breaks(connection):
                log = "Журнал изменений" if table == "txn" else "Журнал обращений"
                return [f"{log} базы {path.name} не сходится с шага {number}."]
    finally:
        engine.dispose()
    return []


def state_of(connection: sqlite3.Connection) -> State:
    """Hash and count everything in one consistent look."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        if table.name == "access_log":
            continue  # writing a copy is itself logged there
        columns = " || '|' || ".join(f'quote("{column.name}")' for column in table.columns)
        digest.update(table.name.encode())
        for (line,) in connection.execute(f"SELECT {columns} FROM {table.name} ORDER BY rowid"):
            digest.update(line.encode())
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL").fetchone()[0]
        for table, _ in COUNTED
    }
    last = connection.execute("SELECT coalesce(max(id), 0) FROM txn").fetchone()[0]
    return State(digest.hexdigest(), counts, last)
