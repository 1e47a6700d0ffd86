"""Do the tables hold what the log tells: rot and foreign hands change values where no check of SQLite can see it.

A page with one flipped bit is a good page to ``integrity_check`` unless an index holds the value a second time. The log
has every value as it was written, under a hash chain, so each row is compared with its image and the fields since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from db.images import image_expression, row_image

_JOURNALLED = (
    "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = 'keep_' || tbl_name || '_row' ORDER BY 1"
)
# The value shown of each field that was ever changed: that of the latest change, unless a merge chose another one.
_SHOWN = (
    "SELECT c.field, c.after FROM change c WHERE c.row_id = ? AND c.field <> '' AND c.seq = coalesce("
    "(SELECT s.seq FROM field_shown s WHERE s.row_id = c.row_id AND s.field = c.field), "
    "(SELECT max(l.seq) FROM change l WHERE l.row_id = c.row_id AND l.field = c.field))"
)


def strays(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Table, row id and column of every value that is not what the log has.

    The column is "" for a row the log does not know and for one that is gone. The schema must be proved: what is
    journalled is read from it.
    """
    for (table,) in connection.execute(_JOURNALLED).fetchall():
        yield from _strays_of(connection, table)


def _strays_of(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str, str]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    image = image_expression(table, [column for column in columns if column not in ("id", "deleted_at")])
    odd = connection.execute(
        f"SELECT {table}.id, {image}, {table}.deleted_at, c.after FROM {table} "
        f"LEFT JOIN change c ON c.row_id = {table}.id AND c.field = '' "
        f"WHERE c.after IS NOT {image} OR {table}.deleted_at IS NOT NULL "
        f"OR EXISTS (SELECT 1 FROM change f WHERE f.row_id = {table}.id AND f.field <> '')"
    )
    for row_id, present, deleted, born in odd:
        if born is None:
            yield table, row_id, ""
            continue
        told = row_image(born)
        for field, after in connection.execute(_SHOWN, (row_id,)):
            told[field] = "" if after is None else str(after)
        now = row_image(present) | {"deleted_at": deleted or ""}
        for column in sorted(now.keys() | told.keys()):
            if now.get(column, "") != told.get(column, ""):
                yield table, row_id, column
    gone = f"SELECT row_id FROM change WHERE field = '' AND tbl = ? AND row_id NOT IN (SELECT id FROM {table})"
    for (row_id,) in connection.execute(gone, (table,)):
        yield table, row_id, ""
