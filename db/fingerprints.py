"""The schema of every revision in one line: whose words differ was not made by this program.

Kept as numbers, because to make a database anew only to compare with it costs half a second; a test makes one.
"""

from __future__ import annotations

import hashlib
import sqlite3

# Schema revision → fingerprint of everything in it; that of the revision of today is the last.
SCHEMAS = {
    1: "20d18b3d2b84ba4b2c3372345c49233953956a67276b3b961000481083328a4b",
    2: "ccbd1cba7bd0ec83994458bad9aea3f0de56f6eefcef74e7a828865f740a466a",
}
# Fingerprint of what keeps the change log in a database of today.
TRIGGERS = "a390b24696ff34e588560e84c3758dc254c66c556f4116d52d27dea2b3b904d8"


def fingerprint(connection: sqlite3.Connection, kind: str = "") -> str:
    """SHA-256 of all that makes the schema: kind, name, table and words of every object, or of those of one kind."""
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").fetchall()
    try:
        listed = sorted(row for row in rows if kind in ("", row[0]))
    except TypeError:  # words that are bytes: nothing this program has made
        return ""
    return hashlib.sha256(repr(listed).encode()).hexdigest()
