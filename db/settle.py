"""A person decides a conflict: one more change that takes the place of every side, undone like any other."""

from __future__ import annotations

from sqlalchemy import Connection

from db.heads import OpenConflict


def settle(connection: Connection, conflict: OpenConflict, value: str | None) -> None:
    """Give the field ``value`` and name all sides as its parents; called inside ``Store.change``."""
    run = connection.exec_driver_sql
    shown, *others = conflict.heads
    column = f'"{conflict.field}"'
    run(f"UPDATE {conflict.table} SET {column} = ? WHERE id = ? AND {column} IS NOT ?", (value, conflict.row_id, value))
    query = "SELECT max(seq) FROM change WHERE row_id = ? AND field = ? AND txn_id = (SELECT txn_id FROM journal_open)"
    seq = run(query, (conflict.row_id, conflict.field)).scalar()
    if seq is None:  # the value shown is the one chosen: the log must still say that it was
        seq = run(
            "INSERT INTO change (txn_id, tbl, row_id, field, before, after, parent) "
            "SELECT txn_id, ?, ?, ?, ?, ?, ? FROM journal_open RETURNING seq",
            (conflict.table, conflict.row_id, conflict.field, shown.after, value, shown.seq),
        ).scalar_one()
    for other in others:
        run("INSERT INTO change_parent (seq, parent) VALUES (?, ?)", (seq, other.seq))
