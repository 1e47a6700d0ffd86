"""Copies of the database: made and proved, checked, put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.backup import Proof, make_copy, prove, restore
from db.lock import DatabaseLock
from db.store import Store
from db.verify import problems_of
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copy_facts import COPIED, local_folder

Progress = Callable[[float, str], None]


def _quiet(_share: float, _words: str) -> None:
    return


def copy_to(store: Store, folder: Path, *, today: date, progress: Progress = _quiet) -> Proof:
    """Make and prove a copy in a folder (a stick); the deed is logged."""
    proof = make_copy(store.path, folder, made_on=today.isoformat(), progress=progress)
    store.log_access(COPIED, proof.path.name, f"{today.isoformat()}|{folder}")
    return proof


def local_copy(store: Store, *, today: date) -> Proof:
    """A proved copy beside the database, made by the program itself (at exit, before an import)."""
    folder = local_folder(store.path)
    folder.mkdir(parents=True, exist_ok=True)
    return copy_to(store, folder, today=today)


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
