"""The stacks of undo and redo, kept beside the change log and read from it at opening."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from db.changes import ChangeSet

REMEMBERED_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the undo or redo stack: the transaction to revert and the words of its action."""

    txn_id: int
    label: str


class Steps:
    """What can be undone and what can be redone, the latest last."""

    def __init__(self) -> None:
        self.undo: list[Step] = []
        self.redo: list[Step] = []

    def remember_all(self, done: Iterable[ChangeSet]) -> None:
        """Take finished transactions in, in their order."""
        for change in done:
            self.remember(change)

    def remember(self, done: ChangeSet) -> None:
        """Take a finished transaction in: undo and redo move steps, a barrier ends both stacks."""
        step = Step(done.txn_id, done.label)
        match done.kind:
            case "change" | "merge":
                self.undo.append(step)
                self.redo.clear()
            case "barrier":
                self.undo.clear()
                self.redo.clear()
            case "undo":
                self.undo.pop()
                self.redo.append(step)
            case "redo":
                self.redo.pop()
                self.undo.append(step)
        del self.undo[:-REMEMBERED_STEPS]

    def load(self, connection: sqlite3.Connection) -> None:
        """What was done here, under the file's present name or a former one: only that can be undone here.

        What a former name did elsewhere and a merge brought came after the first deed of the next name.
        """
        rows = connection.execute(
            "WITH RECURSIVE own (rid, until) AS (SELECT replica, 1 << 62 FROM db_meta UNION ALL "
            "SELECT r.parent_rid, min(own.until, coalesce((SELECT min(id) FROM txn WHERE rid = own.rid), own.until)) "
            "FROM replica r JOIN own USING (rid) WHERE r.parent_rid IS NOT NULL LIMIT 1000) "
            "SELECT t.id, t.label, t.kind FROM txn t JOIN own ON own.rid = t.rid AND t.id < own.until "
            "WHERE t.id > (SELECT max(id) FROM txn) - ? ORDER BY t.id",
            (2 * REMEMBERED_STEPS,),
        ).fetchall()
        for txn_id, label, kind in rows:
            with suppress(IndexError):  # the partner of an undo may lie before the remembered part
                self.remember(ChangeSet(txn_id, label, kind, frozenset(), 0))
