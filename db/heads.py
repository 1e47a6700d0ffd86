"""Which values of a field stand side by side: changes that no other change took the place of.

A change names what it took the place of (``parent``, further ones in ``change_parent``), whatever copy it was made in.
Two heads with different values are a conflict. No clock is asked: lamport numbers decide which value is shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.images import row_image

DELETED = "deleted_at"
# Kept by the program itself beside the values people write: never asked about, the value shown wins.
QUIET = frozenset(
    {"paper_id", "place", "sort_key", "name_key", "key", "finished", "position", "password", "pin", "sequence"}
)


class Change(NamedTuple):
    """One change of a field (or, ``field`` = "", the row's appearance) with what orders and explains it."""

    seq: int
    field: str
    before: str | None
    after: str | None
    parents: tuple[int, ...]
    order: tuple[int, str, int, int]
    kind: str
    reverts: int | None
    author: str
    rid: str
    wall_utc: str
    txn_id: int


class OpenConflict(NamedTuple):
    """A field with several heads, or a row deleted on one side and changed on the other (``field`` = deleted_at).

    ``base`` is the value both sides began from, ``heads`` the sides, the one that is shown first.
    """

    table: str
    row_id: str
    field: str
    base: str | None
    heads: tuple[Change, ...]
    merge_txn: int


def changes_of(connection: sqlite3.Connection, row_id: str, field: str) -> dict[int, Change]:
    """Every change of a field and its row's appearance, by sequence."""
    rows = connection.execute(
        "SELECT c.seq, c.field, c.before, c.after, c.parent, t.lamport, t.rid, t.n, t.kind, t.reverts, t.author, "
        "t.wall_utc, t.id FROM change c JOIN txn t ON t.id = c.txn_id WHERE c.row_id = ? AND c.field IN (?, '') "
        "ORDER BY c.seq",
        (row_id, field),
    ).fetchall()
    further: dict[int, list[int]] = {}
    for child, parent in connection.execute(
        "SELECT e.seq, e.parent FROM change_parent e JOIN change c ON c.seq = e.seq WHERE c.row_id = ? AND c.field = ?",
        (row_id, field),
    ):
        further.setdefault(child, []).append(parent)
    found = {}
    for seq, name, before, after, parent, lamport, rid, number, kind, reverts, author, wall, txn_id in rows:
        parents = ((parent,) if parent is not None else ()) + tuple(further.get(seq, ()))
        order = (lamport, rid, number, seq)
        found[seq] = Change(seq, name, before, after, parents, order, kind, reverts, author, rid, wall, txn_id)
    return found


def heads_of(changes: dict[int, Change]) -> tuple[Change, ...]:
    """Changes of the field that nothing took the place of, the shown one (greatest in order) first.

    A decision that was taken back does not count: the sides it had settled stand side by side again.
    """
    heads = _childless(changes)
    sides = {change.seq for change in heads}
    for head in heads:
        sides |= _sides_of_decision_taken_back(head, changes)
    return tuple(sorted((changes[seq] for seq in sides), key=lambda change: change.order, reverse=True))


def is_open(heads: tuple[Change, ...]) -> bool:
    """Whether a person must decide: different values, or a deletion that a merge did not let through."""
    if len({head.after for head in heads}) > 1:
        return True
    return any(head.field == DELETED and head.kind == "merge" and head.after is None for head in heads)


def base_of(changes: dict[int, Change], heads: Iterable[Change]) -> str | None:
    """The value that all heads come from."""
    common: set[int] | None = None
    for head in heads:
        above = _ancestors(head, changes)
        common = above if common is None else common & above
    if not common:
        return None
    field = next(iter(heads)).field
    nearest = max((changes[seq] for seq in common), key=lambda change: (bool(change.field), change.order))
    if nearest.field:
        return nearest.after
    return row_image(nearest.after or "").get(field, "")


def open_conflicts(connection: sqlite3.Connection) -> list[OpenConflict]:
    """Everything that waits for a decision, in the order of tables and rows; those of a merge taken back rest."""
    undone: dict[int, bool] = {}
    found = []
    for table, row_id, field, txn_id in connection.execute(
        "SELECT tbl, row_id, field, txn_id FROM conflict ORDER BY tbl, row_id, field"
    ).fetchall():
        if txn_id not in undone:
            undone[txn_id] = _is_undone(connection, txn_id)
        changes = changes_of(connection, row_id, field)
        heads = heads_of(changes)
        if not undone[txn_id] and is_open(heads):
            found.append(OpenConflict(table, row_id, field, base_of(changes, heads), heads, txn_id))
    return found


def name_parents(connection: sqlite3.Connection, before: int, kind: str) -> None:
    """Let changes later than ``before`` name what their author saw, where a merge left several heads.

    The triggers take the latest change of a field for its parent; ``field_shown`` names the few fields where another
    one is shown, or where the value shown came from several sides: a new value takes the place of all of them (undo
    and redo do not: they go back to where the sides stood).
    """
    touched = connection.execute(
        "SELECT s.row_id, s.field, s.seq, min(c.seq), max(c.seq) FROM field_shown s JOIN change c "
        "ON c.row_id = s.row_id AND c.field = s.field WHERE c.seq > ? GROUP BY s.row_id, s.field",
        (before,),
    ).fetchall()
    for row_id, field, shown, first, last in touched:
        changes = changes_of(connection, row_id, field)
        former = {seq: change for seq, change in changes.items() if seq <= before}
        same = [head.seq for head in _childless(former) if head.after == former[shown].after and head.seq != shown]
        if kind in {"undo", "redo"}:
            same = []
        connection.execute("UPDATE change SET parent = ? WHERE seq = ?", (shown, first))
        connection.executemany("INSERT OR IGNORE INTO change_parent VALUES (?, ?)", [(first, seq) for seq in same])
        if len(_childless(changes_of(connection, row_id, field))) > 1:
            connection.execute("UPDATE field_shown SET seq = ? WHERE row_id = ? AND field = ?", (last, row_id, field))
        else:
            connection.execute("DELETE FROM field_shown WHERE row_id = ? AND field = ?", (row_id, field))


def _childless(changes: dict[int, Change]) -> list[Change]:
    replaced = {parent for change in changes.values() for parent in change.parents}
    return [change for change in changes.values() if change.field and change.seq not in replaced]


def _ancestors(change: Change, changes: dict[int, Change]) -> set[int]:
    found: set[int] = set()
    waiting = list(change.parents)
    while waiting:
        seq = waiting.pop()
        if seq not in found and seq in changes:
            found.add(seq)
            waiting += changes[seq].parents
    return found


def _sides_of_decision_taken_back(head: Change, changes: dict[int, Change]) -> set[int]:
    """The sides of the decision whose undoing ``head`` is, however often it was redone and undone since.

    The side that was shown is ``head`` itself, unless it is the merge's own «not deleted», which waits again.
    """
    taken_back = False
    change = head
    while change.kind in {"undo", "redo"} and change.parents and change.parents[0] in changes:
        taken_back = not taken_back
        change = changes[change.parents[0]]
    if not taken_back:
        return set()
    shown, *others = (changes[seq] for seq in change.parents if seq in changes) if change.parents else (change,)
    sides = {other.seq for other in others if other.field}
    if shown.field == DELETED and shown.kind == "merge" and change.kind != "merge":
        sides.add(shown.seq)
    return sides


def _is_undone(connection: sqlite3.Connection, txn_id: int) -> bool:
    undone = False
    current = txn_id
    while row := connection.execute("SELECT id FROM txn WHERE reverts = ? ORDER BY id DESC", (current,)).fetchone():
        undone = not undone
        current = row[0]
    return undone
