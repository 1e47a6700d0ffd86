"""The step about migration: a database of the first released revision is opened by this program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.connect import SCHEMA_REVISION
from db.migrate import make_former, stored_revision
from db.store import Store
from db.verify import problems_of
from imc_desktop.cli.self_test.bench import Bench, must

FIRST = 1
_REPLICA = "0123456789abcdef"
_PEOPLE = (("p1", "Абрамова"), ("p2", "Әлиева"), ("p3", "Щёголева"))


def migration(bench: Bench) -> str:
    path = bench.folder / "прежняя.imc"
    make_former(path, FIRST)
    _fill(path)
    must(stored_revision(path) == FIRST, "прежняя база сделана не прежней")
    with closing(Store(path)) as store:
        with store.look() as connection:
            found = connection.execute("SELECT id, surname FROM person ORDER BY id").fetchall()
        must([tuple(row) for row in found] == list(_PEOPLE), "после обновления базы люди другие")
        store.undo()
        with store.look() as connection:
            (left,) = connection.execute("SELECT count(*) FROM person WHERE deleted_at IS NULL").fetchone()
        must(left == len(_PEOPLE) - 1, "сделанное в прежней версии не отменилось")
    must(stored_revision(path) == SCHEMA_REVISION, "база не обновилась")
    must(not problems_of(path), "обновлённая база не сходится со своим журналом")
    kept = path.with_name(f"{path.name}.before-{SCHEMA_REVISION}")
    must(kept.is_file() and stored_revision(kept) == FIRST, "прежняя база не сохранена рядом")
    with closing(sqlite3.connect(kept)) as connection:
        (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
        (count,) = connection.execute("SELECT count(*) FROM person").fetchone()
    must(whole == "ok" and count == len(_PEOPLE), "сохранённая прежняя база не цела")
    return f"база вида {FIRST} обновлена до {SCHEMA_REVISION}, прежняя сохранена, строк {count}"


def _fill(path: Path) -> None:
    """People as the first version wrote them: the row, its image in the log, a step of its own."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE journal_open (txn_id INTEGER NOT NULL)")
        connection.execute("CREATE TABLE journal_mark (tbl TEXT PRIMARY KEY, last_rowid INTEGER NOT NULL)")
        _insert(connection, "db_meta", key=1, db_id="0" * 32, replica=_REPLICA)
        _insert(connection, "replica", rid=_REPLICA, reason="new")
        for number, (identity, surname) in enumerate(_PEOPLE, 1):
            _insert(connection, "person", id=identity, surname=surname, role="staff")
            image = f"surname='{surname}',role='staff',"
            _insert(connection, "change", txn_id=number, tbl="person", row_id=identity, after=image)
            _insert(
                connection, "txn", rid=_REPLICA, label=f"Добавление: {surname}", kind="change",
                clock_ok=1, after_seq=number - 1, last_seq=number,
            )  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, **told: str | int) -> None:
    """A row; columns nobody speaks of that must not be empty get blank text."""
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    row = {name: "" for _, name, kind, needed, _, primary in columns if needed and kind == "TEXT" and not primary}
    row.update({name: str(value) if isinstance(value, str) else value for name, value in told.items()})  # type: ignore[misc]
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))
