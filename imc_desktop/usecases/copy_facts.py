"""What is known of copies without opening them: where the program's own ones lie, when the last one was proved."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from db.store import Store
from imc_desktop.domain.dates import to_date

COPIED = "копия"  # the act of the access log
_LOCAL_FOLDER = "копии"


class LastCopy(NamedTuple):
    """The last proved copy of this database: its day and where it went."""

    day: date
    place: str


class CopyView(NamedTuple):
    """A copy to choose from: the day it was made, its place in the order of copies, what it holds."""

    path: Path
    made_on: str
    sequence: int
    counts: Mapping[str, int]


def local_folder(database: Path) -> Path:
    """Where the program keeps its own copies of a database: two databases of one folder never share them."""
    return database.parent / _LOCAL_FOLDER / database.stem


def last_copy(store: Store) -> LastCopy | None:
    """The newest proved copy this database remembers."""
    with store.look() as connection:
        row = connection.execute(
            "SELECT details FROM access_log WHERE act = ? ORDER BY id DESC LIMIT 1", (COPIED,)
        ).fetchone()
    if row is None:
        return None
    day, _, place = row[0].partition("|")
    return LastCopy(to_date(day), place)


def copies_in(folder: Path) -> list[CopyView]:
    """Copies of a folder as their own lists of contents describe them, newest first; they are not proved by this."""
    found = [view for path in folder.glob("*.imcb") if (view := describe_copy(path)) is not None]
    return sorted(found, key=lambda view: (view.sequence, view.path.name), reverse=True)


def describe_copy(path: Path) -> CopyView | None:
    """What a copy says of itself; None when it is no copy."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read("manifest.json"))
        counts = {str(table): int(count) for table, count in told["counts"].items()}
        return CopyView(path, str(told["made_on"]), int(told["sequence"]), counts)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError):
        return None
