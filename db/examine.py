"""Looking at a database somebody brought: nothing in it may run, cost more than its size, or be taken on trust.

The bytes are opened in memory, so no file of a stranger is ever written to or locked, and no side file is read.
Before a row is looked at the schema must be, word for word, that of a revision this program made: a view that never
ends, a trigger of somebody else's, a virtual table or a check that calls a function cannot pass.
"""

from __future__ import annotations

import sqlite3
import struct
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from db.connect import APPLICATION_ID
from db.fingerprints import SCHEMAS, fingerprint

_STEPS_AT_ONCE, _MOST_TURNS = 1_000_000, 2_000  # of SQLite's machine: a minute on a slow computer
_HEADER = 100
_SETTINGS = ("trusted_schema=0", "cell_size_check=1", "foreign_keys=1", "temp_store=2", "query_only=1")


class DamageError(Exception):
    """What is wrong with a database, as the end of a Russian sentence."""


def revision_in(data: bytes | memoryview) -> int:
    """Schema revision from the header; DamageError when these bytes are no database of this program."""
    head = bytes(data[:_HEADER])
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        raise DamageError("внутри не база данных")
    if struct.unpack(">i", head[68:72])[0] != APPLICATION_ID:
        raise DamageError("внутри база другой программы")
    return int(struct.unpack(">i", head[60:64])[0])


@contextmanager
def opened(data: bytes | memoryview) -> Iterator[sqlite3.Connection]:
    """The bytes as a database that can only be read; DamageError for everything SQLite finds wrong with them."""
    with in_memory() as connection:
        connection.deserialize(data)
        only_reading(connection)
        yield connection


@contextmanager
def in_memory() -> Iterator[sqlite3.Connection]:
    """An empty database in memory whose statements are stopped when they cost too much; DamageError as ``opened``."""
    # In one piece of memory («memdb») bytes go in and out by plain copying: a third of the time of «:memory:».
    connection = sqlite3.connect(
        f"file:imc-{uuid.uuid4().hex}?vfs=memdb", uri=True, isolation_level=None, check_same_thread=False
    )
    turns = iter(range(_MOST_TURNS))
    try:
        connection.set_progress_handler(lambda: int(next(turns, None) is None), _STEPS_AT_ONCE)
        yield connection
    except (sqlite3.Error, OverflowError, MemoryError, UnicodeError) as error:
        raise DamageError(f"база внутри не читается ({error})") from error
    finally:
        connection.close()


def only_reading(connection: sqlite3.Connection) -> None:
    """The settings of a connection to what is not trusted."""
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def check_schema(connection: sqlite3.Connection, revision: int) -> None:
    """DamageError unless the schema is one this program made at that revision."""
    if fingerprint(connection) != SCHEMAS.get(revision):
        raise DamageError("строение базы внутри не такое, какое делает программа")


def check_pages(connection: sqlite3.Connection) -> None:
    """DamageError when the full integrity check (the quick one passes changed values) or a reference fails."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise DamageError(f"база повреждена: {found[0] if found else 'проверка не закончена'}")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise DamageError(f"есть ссылка на строку, которой нет (таблица {broken[0]})")


def check_texts(connection: sqlite3.Connection) -> None:
    """DamageError when a text is no UTF-8: such a value would stop the program later, wherever it is read."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _ in connection.execute(f'SELECT * FROM "{table}"'):
            pass
