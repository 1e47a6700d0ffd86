"""From the united log to the tables: rows that appear, fields that change, deletions that met an edit."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from db.connect import plain
from db.heads import DELETED, QUIET, changes_of, heads_of, is_open
from db.schema.tables import Base, journalled


class Winner(NamedTuple):
    """The change whose value a touched field shows; ``fresh``: its row came with this merge, as its copy shows it."""

    table: str
    row_id: str
    field: str
    fresh: int
    seq: int
    value: str | None
    latest: int
    heads: int


@dataclass(slots=True)
class Effects:
    """What a merge changes in the tables: (table, row, field, former value) in the order of doing; "" = it appeared."""

    rows: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    appeared: list[tuple[str, str]] = field(default_factory=list)

    def remember(self, connection: Connection, txn_id: int) -> None:
        """Keep them beside the log, so that the merge can be taken back."""
        if self.rows:
            connection.exec_driver_sql(
                "INSERT INTO merge_effect (txn_id, tbl, row_id, field, before) VALUES (?, ?, ?, ?, ?)",
                [(txn_id, *row) for row in self.rows],
            )

    def per_table(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """Rows that appeared, changed and went, per table."""
        gone, appeared = set(self.gone), set(self.appeared)
        born = {(table, row_id) for table, row_id, name, _ in self.rows if not name}
        changed = {(table, row_id) for table, row_id, name, _ in self.rows if name} - gone - born
        return _counted(appeared), _counted(changed), _counted(gone)


@contextmanager
def settle_marks(connection: Connection) -> Iterator[None]:
    """Write the tables without the log's triggers (what is written is in the log already), then move the marks."""
    connection.exec_driver_sql("UPDATE journal_mark SET last_rowid = -1")
    yield
    for cls in journalled():
        name = cls.__tablename__
        connection.exec_driver_sql(
            f"UPDATE journal_mark SET last_rowid = (SELECT coalesce(max(rowid), 0) FROM {name}) WHERE tbl = '{name}'"
        )


def apply_rows(connection: Connection, after: int, effects: Effects) -> None:
    """Rows that came with changes later than ``after``, as the other copy shows them: nobody here has touched them."""
    run = connection.exec_driver_sql
    tables = run("SELECT DISTINCT tbl FROM main.change WHERE seq > ? AND field = ''", (after,)).scalars().all()
    for table in sorted(tables):
        columns = ", ".join(f'"{column.name}"' for column in Base.metadata.tables[table].columns)
        fresh = "SELECT row_id FROM main.change WHERE seq > ? AND field = '' AND tbl = ?"
        run(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM theirs.{table} "
            f"WHERE id IN ({fresh}) ORDER BY rowid",
            (after, table),
        )
        for row_id, deleted in run(
            f"SELECT id, deleted_at FROM main.{table} WHERE id IN ({fresh})", (after, table)
        ).all():
            effects.rows.append((table, row_id, "", None))
            if deleted is None:
                effects.appeared.append((table, row_id))


def apply_fields(connection: Connection, after: int, txn_id: int, effects: Effects) -> int:
    """Every field that changes later than ``after`` touch shows its winner; returns how many conflicts were found.

    They are left in ``temp.opened``. Deletions that met an edit do not happen: the transaction says so in the log.
    """
    winners = list(_winners(connection, after))
    revived = _revived(connection, after, winners)
    _remember_shown(connection, winners)
    by_column: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for winner in winners:
        if not winner.fresh and winner.seq > after and not (winner.field == DELETED and winner.row_id in revived):
            by_column[winner.table, winner.field][winner.row_id] = winner.value
    for row_id, revival in revived.items():
        by_column[revival.table, DELETED][row_id] = None
        _log_revival(connection, txn_id, row_id, revival)
    for (table, name), values in by_column.items():
        _write_column(connection, table, name, values, effects)
    return _find_conflicts(connection, revived)


def _winners(connection: Connection, after: int) -> Iterable[Winner]:
    run = connection.exec_driver_sql
    run(
        "CREATE TEMP TABLE IF NOT EXISTS touched "
        "(row_id TEXT, field TEXT, tbl TEXT, fresh INTEGER, heads INTEGER, PRIMARY KEY (row_id, field)) WITHOUT ROWID"
    )
    run("DELETE FROM temp.touched")
    changed = "SELECT DISTINCT row_id, field, tbl, 0, 1 FROM main.change WHERE seq > ? AND field <> ''"
    run(f"INSERT INTO temp.touched {changed}", (after,))
    born = "SELECT row_id FROM main.change WHERE seq > ? AND field = ''"
    run(f"UPDATE temp.touched SET fresh = 1 WHERE row_id IN ({born})", (after,))
    run(
        "UPDATE temp.touched SET heads = (SELECT count(*) FROM main.change c WHERE c.row_id = touched.row_id "
        "AND c.field = touched.field AND NOT EXISTS (SELECT 1 FROM main.change d WHERE d.row_id = c.row_id "
        "AND d.field = c.field AND d.parent = c.seq) "
        "AND NOT EXISTS (SELECT 1 FROM main.change_parent e WHERE e.parent = c.seq))"
    )
    rows = run(
        "SELECT tbl, row_id, field, fresh, seq, after, latest, heads FROM (SELECT x.tbl, x.row_id, x.field, x.fresh, "
        "x.heads, c.seq, c.after, max(c.seq) OVER (PARTITION BY x.row_id, x.field) AS latest, row_number() OVER ("
        "PARTITION BY x.row_id, x.field ORDER BY t.lamport DESC, t.rid DESC, t.n DESC, c.seq DESC) AS place "
        "FROM temp.touched x JOIN main.change c ON c.row_id = x.row_id AND c.field = x.field "
        "JOIN main.txn t ON t.id = c.txn_id) WHERE place = 1"
    ).all()
    return (Winner(*row) for row in rows)


def _remember_shown(connection: Connection, winners: list[Winner]) -> None:
    shown = [(one.row_id, one.field, one.seq) for one in winners if one.seq != one.latest or one.heads > 1]
    connection.exec_driver_sql(
        "DELETE FROM field_shown WHERE (row_id, field) IN (SELECT row_id, field FROM temp.touched)"
    )
    if shown:
        connection.exec_driver_sql("INSERT INTO field_shown (row_id, field, seq) VALUES (?, ?, ?)", shown)


def _write_column(
    connection: Connection, table: str, name: str, values: dict[str, str | None], effects: Effects
) -> None:
    query = f'SELECT id, "{name}" FROM main.{table} WHERE id IN (SELECT value FROM json_each(?))'
    updates = []
    for row_id, present in connection.exec_driver_sql(query, (json.dumps(list(values)),)).all():
        former = None if present is None else str(present)
        if former == values[row_id]:
            continue
        effects.rows.append((table, row_id, name, former))
        updates.append((values[row_id], row_id))
        if name == DELETED and values[row_id] is not None:
            effects.gone.append((table, row_id))
    if updates:
        connection.exec_driver_sql(f'UPDATE main.{table} SET "{name}" = ? WHERE id = ?', updates)


# --- deletions that met an edit ---------------------------------------------------------------------------------------

_OURS_ONLY = (
    "SELECT c.* FROM main.change c JOIN main.txn t ON t.id = c.txn_id WHERE c.seq <= :a AND NOT EXISTS "
    "(SELECT 1 FROM theirs.txn b WHERE b.rid = t.rid AND b.n = t.n)"
)


class Revival(NamedTuple):
    """A deletion that does not happen: its change and the value it gave."""

    table: str
    deletion: int
    value: str | None


def _revived(connection: Connection, after: int, winners: list[Winner]) -> dict[str, Revival]:
    """Rows deleted in one copy while the other one worked on them.

    Neither side knew of the other: what is new there cannot have been known here, and what is ours alone cannot have
    been known there. So the two sets of changes are enough to tell, with any number of copies.
    """
    raw = plain(connection)
    quiet = json.dumps([*QUIET, DELETED, ""])
    ours = f"({_OURS_ONLY})"
    edited_here = {
        row[0]
        for row in raw.execute(
            f"SELECT DISTINCT row_id FROM {ours} WHERE field NOT IN (SELECT value FROM json_each(:q))",
            {"a": after, "q": quiet},
        )
    }
    edited_there = {one.row_id for one in winners if one.field not in QUIET and one.field != DELETED and not one.fresh}
    edited_here |= _parents_of(raw, f"SELECT tbl, row_id FROM {ours} WHERE field = ''", after)
    edited_there |= _parents_of(raw, "SELECT tbl, row_id FROM main.change WHERE seq > :a AND field = ''", after)
    found: dict[str, Revival] = {}
    for one in winners:
        if one.field == DELETED and one.value is not None and one.seq > after and one.row_id in edited_here:
            found[one.row_id] = Revival(one.table, one.seq, one.value)
    shown_there = {one.row_id: one for one in winners if one.field == DELETED}
    for table, row_id, seq, value in raw.execute(
        f"SELECT tbl, row_id, max(seq), after FROM {ours} WHERE field = 'deleted_at' AND after IS NOT NULL "
        "GROUP BY row_id",
        {"a": after},
    ).fetchall():
        still = raw.execute(f"SELECT deleted_at FROM main.{table} WHERE id = ?", (row_id,)).fetchone()
        other = shown_there.get(row_id)
        if row_id in edited_there and still and still[0] is not None and (other is None or other.seq == seq):
            found[row_id] = Revival(table, seq, value)
    return found


def _parents_of(raw: sqlite3.Connection, inserted: str, after: int) -> set[str]:
    """Rows that rows just inserted belong to: adding a course to a person is work on the person."""
    found: set[str] = set()
    tables = {row[0] for row in raw.execute(f"SELECT DISTINCT tbl FROM ({inserted})", {"a": after})}
    for table in tables:
        for column in Base.metadata.tables[table].columns:
            if column.foreign_keys and column.name != "paper_id":
                query = f'SELECT DISTINCT "{column.name}" FROM main.{table} WHERE deleted_at IS NULL AND id IN '
                query += f"(SELECT row_id FROM ({inserted}) WHERE tbl = '{table}')"
                found |= {row[0] for row in raw.execute(query, {"a": after}) if row[0]}
    return found


def _log_revival(connection: Connection, txn_id: int, row_id: str, revival: Revival) -> None:
    connection.exec_driver_sql(
        "INSERT INTO main.change (txn_id, tbl, row_id, field, before, after, parent) VALUES (?, ?, ?, ?, ?, NULL, ?)",
        (txn_id, revival.table, row_id, DELETED, revival.value, revival.deletion),
    )
    connection.exec_driver_sql("DELETE FROM field_shown WHERE row_id = ? AND field = ?", (row_id, DELETED))


# --- conflicts --------------------------------------------------------------------------------------------------------


def _find_conflicts(connection: Connection, revived: dict[str, Revival]) -> int:
    """Fill ``temp.opened`` with the touched fields a person must decide."""
    raw = plain(connection)
    waiting = raw.execute(
        "SELECT x.tbl, x.row_id, x.field FROM temp.touched x WHERE x.field NOT IN (SELECT value FROM json_each(?)) "
        "AND (x.heads > 1 OR x.field = 'deleted_at' OR EXISTS (SELECT 1 FROM main.change_parent e "
        "JOIN main.change c ON c.seq = e.seq WHERE c.row_id = x.row_id AND c.field = x.field))",
        (json.dumps(list(QUIET)),),
    ).fetchall()
    opened = {(row_id, DELETED, revival.table) for row_id, revival in revived.items()}
    for table, row_id, name in waiting:
        if is_open(heads_of(changes_of(raw, row_id, name))):
            opened.add((row_id, name, table))
    if opened:
        raw.executemany("INSERT OR IGNORE INTO temp.opened VALUES (?, ?, ?)", sorted(opened))
    return len(opened)


def _counted(rows: Iterable[tuple[str, str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for table, _ in rows:
        counts[table] += 1
    return dict(sorted(counts.items()))
