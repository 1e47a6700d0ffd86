"""Copies of the database: made and proved, checked, put back; and when the last one was proved."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import text

from db.backup import Proof, make_copy, prove, restore
from db.lock import DatabaseLock
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.dates import to_date
from imc_desktop.domain.errors import UserError

Progress = Callable[[float, str], None]
_ACT = "копия"
_LOCAL_FOLDER = "копии"


@dataclass(frozen=True, slots=True)
class LastCopy:
    """The last proved copy of this database: its day and where it went."""

    day: date
    place: str


@dataclass(frozen=True, slots=True)
class CopyView:
    """A copy to choose from: the day it was made, its place in the order of copies, what it holds."""

    path: Path
    made_on: str
    sequence: int
    counts: Mapping[str, int]


def _quiet(_share: float, _words: str) -> None:
    return


def copy_to(store: Store, folder: Path, *, today: date, progress: Progress = _quiet) -> Proof:
    """Make and prove a copy in a folder (a stick); the deed is logged."""
    proof = make_copy(store.path, folder, made_on=today.isoformat(), progress=progress)
    store.log_access(_ACT, proof.path.name, f"{today.isoformat()}|{folder}")
    return proof


def local_copy(store: Store, *, today: date) -> Proof:
    """A proved copy beside the database, made by the program itself (at exit, before an import)."""
    folder = local_folder(store.path)
    folder.mkdir(parents=True, exist_ok=True)
    return copy_to(store, folder, today=today)


def local_folder(database: Path) -> Path:
    """Where the program keeps its own copies of a database: two databases of one folder never share them."""
    return database.parent / _LOCAL_FOLDER / database.stem


def last_copy(store: Store) -> LastCopy | None:
    """The newest proved copy this database remembers."""
    with store.read() as session:
        row = session.execute(
            text("SELECT details FROM access_log WHERE act = :act ORDER BY id DESC LIMIT 1"), {"act": _ACT}
        ).scalar()
    if not row:
        return None
    day, _, place = row.partition("|")
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


def verify_file(path: Path) -> Proof | None:
    """Prove a copy (``.imcb``), or check a database file: None when it is whole; UserError says what is broken."""
    if not path.exists():
        raise UserError(f"Нет файла {path}. Проверьте имя и носитель.")
    with path.open("rb") as file:
        is_copy = file.read(2) == b"PK"
    if is_copy:
        return prove(path)
    problems = problems_of(path)
    if problems:
        raise UserError(" ".join(problems))
    return None


def restore_copy(path: Path, database: Path) -> Path | None:
    """Put a proved copy in the place of a database nobody has open; the former file's new name, if there was one."""
    with DatabaseLock(database):
        return restore(path, database)
