"""How a copy stands to the open database, in words: who has what the other has not. Nothing is opened or changed."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from db.manifest import Manifest, describe
from db.store import Store
from db.vector import hash_at, version_vector
from imc_desktop.domain.words import plural
from imc_desktop.usecases.copy_facts import COUNT_WORDS

_NAMED = 5  # actions told one by one


class Relation(StrEnum):
    """Of a copy to the database: same, behind, ahead, diverged, unrelated (another office), forked (cannot be)."""

    SAME = "same"
    BEHIND = "behind"
    AHEAD = "ahead"
    DIVERGED = "diverged"
    UNRELATED = "unrelated"
    FORKED = "forked"


class CopyDifference(NamedTuple):
    """``lost``: actions of the database the copy has not; ``found``: those of the copy the database has not.

    ``labels`` are the latest of the lost ones, ``counts`` table → (here, in the copy) where they differ.
    """

    relation: Relation
    lost: int
    found: int
    labels: tuple[str, ...]
    counts: dict[str, tuple[int, int]]

    @property
    def words(self) -> str:
        """Sentences for a person who is about to go back."""
        told = {
            Relation.SAME: "В копии то же, что в базе.",
            Relation.BEHIND: f"После копии в базе сделано {_actions(self.lost)}. После замены их не будет видно.",
            Relation.AHEAD: f"В копии есть всё, что в базе, и ещё {_actions(self.found)}.",
            Relation.DIVERGED: (
                f"В копии нет {_actions(self.lost, genitive=True)} из базы, а в базе нет "
                f"{_actions(self.found, genitive=True)} из копии. После замены сделанного в базе не будет видно."
            ),
            Relation.UNRELATED: "Это копия другой базы: после замены вы увидите чужие данные вместо своих.",
            Relation.FORKED: (
                "Копия и база продолжают одну и ту же запись по-разному. Объединить их нельзя, заменить можно."
            ),
        }[self.relation]
        lines = [told]
        if self.labels:
            more = f" … и ещё {self.lost - len(self.labels)}" if self.lost > len(self.labels) else ""
            lines.append("Не будет видно: " + "; ".join(f"«{label}»" for label in self.labels) + more + ".")
        if self.counts:
            pairs = (f"{COUNT_WORDS[table][2]}: {here} → {there}" for table, (here, there) in self.counts.items())
            lines.append("Станет: " + ", ".join(pairs) + ".")
        return "\n".join(lines)


def compare(store: Store, copy: Path) -> CopyDifference | None:
    """How a copy stands to an open database, by its manifest; None when the copy tells too little (first format)."""
    told = describe(copy)
    if told is None or not told.vector:
        return None
    with store.look() as connection:
        db_id = connection.execute("SELECT db_id FROM db_meta").fetchone()[0]
        if db_id != told.db_id:
            return CopyDifference(Relation.UNRELATED, 0, 0, (), _counts(connection, told))
        here = {rid: head.n for rid, head in version_vector(connection).items()}
        there = {rid: head.n for rid, head in told.vector.items()}
        for rid, head in told.vector.items():
            if head.n <= here.get(rid, 0) and hash_at(connection, rid, head.n) != head.hash:
                return CopyDifference(Relation.FORKED, 0, 0, (), _counts(connection, told))
        lost = sum(max(0, number - there.get(rid, 0)) for rid, number in here.items())
        found = sum(max(0, number - here.get(rid, 0)) for rid, number in there.items())
        relation = {
            (False, False): Relation.SAME,
            (True, False): Relation.BEHIND,
            (False, True): Relation.AHEAD,
            (True, True): Relation.DIVERGED,
        }[bool(lost), bool(found)]
        labels = _lost_labels(connection, there) if lost else ()
        return CopyDifference(relation, lost, found, labels, _counts(connection, told))


def _lost_labels(connection: sqlite3.Connection, there: dict[str, int]) -> tuple[str, ...]:
    rows = connection.execute("SELECT rid, n, label FROM txn ORDER BY id DESC LIMIT 200")
    return tuple(label for rid, number, label in rows if number > there.get(rid, 0))[:_NAMED]


def _counts(connection: sqlite3.Connection, told: Manifest) -> dict[str, tuple[int, int]]:
    found = {}
    for table in COUNT_WORDS:
        if table in told.counts:
            query = f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"
            here = int(connection.execute(query).fetchone()[0])
            if here != told.counts[table]:
                found[table] = (here, told.counts[table])
    return found


def _actions(count: int, *, genitive: bool = False) -> str:
    words = ("действия", "действий", "действий") if genitive else ("действие", "действия", "действий")
    return f"{count} {plural(count, *words)}"
