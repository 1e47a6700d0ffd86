"""Which records have conflicts of copies, as cheaply as the first list of people needs it: no SQLAlchemy here."""

from __future__ import annotations

from sqlite3 import Connection

from db.heads import open_conflicts
from db.store import Store


def conflict_count(store: Store) -> int:
    """How many wait for a decision."""
    with store.look() as connection:
        return len(open_conflicts(connection)) if _any(connection) else 0


def people_in_conflict(connection: Connection) -> frozenset[str]:
    """Ids of people whose card, or a fact of it, waits for a decision."""
    if not _any(connection):
        return frozenset()
    found = set()
    for one in open_conflicts(connection):
        if one.table == "person":
            found.add(one.row_id)
        elif any(row[1] == "person_id" for row in connection.execute(f"PRAGMA table_info({one.table})")):
            row = connection.execute(f"SELECT person_id FROM {one.table} WHERE id = ?", (one.row_id,)).fetchone()
            found.add(row[0])
    return frozenset(found)


def _any(connection: Connection) -> bool:
    """Whether a merge ever left something to decide: only then it is worth looking for what still waits."""
    return connection.execute("SELECT 1 FROM conflict LIMIT 1").fetchone() is not None
