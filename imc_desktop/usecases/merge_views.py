"""What a person sees of a merge: how two copies stand to each other, what would change, what must be decided."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from imc_desktop.usecases.copy_compare import CopyDifference


class Side(NamedTuple):
    """One side of a conflict: the value, who gave it, where and when; ``shown``: the lists show it meanwhile."""

    value: str
    who: str
    where: str
    when: str
    shown: bool
    ours: bool


class ConflictView(NamedTuple):
    """A conflict card: «Было · На этом ПК · На ПК-2»; ``deletion``: deleted on one side, changed on the other."""

    key: str
    record: str
    kind: str
    field: str
    before: str
    sides: tuple[Side, ...]
    deletion: bool
    plan_id: str = ""
    typed: bool = True  # a value of one's own can be written in


class MergePreview(NamedTuple):
    """What a merge would do; ``deletions`` is not 0 when a person must type that number to go on.

    ``counts``: a line per kind of record, ``changes``: a sentence per record that would differ, ``notices``: likely
    duplicates and numbers that meet. ``counter``: the database's state it was made for.
    """

    copy: Path
    source: str
    standing: CopyDifference
    counts: tuple[str, ...]
    changes: tuple[str, ...]
    conflicts: tuple[ConflictView, ...]
    notices: tuple[str, ...]
    deletions: int
    counter: int


class MergeDone(NamedTuple):
    """A merge that was made: its transaction (its protocol is printed by it) and how much it brought."""

    txn_id: int
    words: str
    conflicts: int


class WaitingCopy(NamedTuple):
    """A copy on a stick that has something new: «На флешке 37 изменений с ПК-1, принять?»."""

    path: Path
    words: str
    theirs: int
