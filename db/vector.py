"""How far a copy has come: per replica the number of its last transaction and the hash of its chain there."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Head(NamedTuple):
    """The last known transaction of a replica."""

    n: int
    hash: str


def version_vector(connection: sqlite3.Connection) -> dict[str, Head]:
    """Replica → its head; a replica that has written nothing is not named."""
    rows = connection.execute(
        "SELECT rid, n, hash FROM txn WHERE (rid, n) IN (SELECT rid, max(n) FROM txn GROUP BY rid)"
    )
    return {rid: Head(number, stored) for rid, number, stored in rows}


def hash_at(connection: sqlite3.Connection, rid: str, number: int) -> str | None:
    """The chain's hash at a replica's transaction; None when it is not known here."""
    row = connection.execute("SELECT hash FROM txn WHERE rid = ? AND n = ?", (rid, number)).fetchone()
    return str(row[0]) if row else None
