"""What is told of changes: to subscribers after a commit, and in a history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one transaction did: told to subscribers after the commit."""

    txn_id: int
    label: str
    kind: str
    tables: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a record's history; ``field`` is "" where the record appeared."""

    txn_id: int
    label: str
    kind: str
    author: str
    wall_utc: str
    table: str
    row_id: str
    field: str
    before: str | None
    after: str | None


def utc_now() -> str:
    """Now in UTC as ISO text; shown to people, never used to order or to decide."""
    return datetime.now(UTC).isoformat(timespec="seconds")
