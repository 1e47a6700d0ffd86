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
from imc_desktop.domain.rights import Actor, Right
from imc_desktop.usecases.copy_facts import COPIED, local_folder
from imc_desktop.usecases.rights import require

Progress = Callable[[float, str], None]


def _quiet(_share: float, _words: str) -> None:
    return


def copy_to(store: Store, folder: Path, *, today: date, progress: Progress = _quiet) -> Proof:
    """Make and prove a copy in a folder (a stick); the deed is logged."""
    require(store, Right.COPY)
    return _copy(store, folder, today, progress)


def _copy(store: Store, folder: Path, today: date, progress: Progress) -> Proof:
    proof = make_copy(store.path, folder, made_on=today.isoformat(), progress=progress)
    store.log_access(COPIED, proof.path.name, f"{today.isoformat()}|{folder}")
    return proof


def local_copy(store: Store, *, today: date) -> Proof:
    """A proved copy beside the database, made by the program itself (at exit, before an import), whoever works."""
    folder = local_folder(store.path)
    folder.mkdir(parents=True, exist_ok=True)
    return _copy(store, folder, today, _quiet)


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


def restore_copy(path: Path, database: Path, *, actor: Actor | None = None) -> Path | None:
    """Put a proved copy in the place of a database nobody has open; the former file's new name, if there was one.

    ``actor``: who had signed in to that database. One that still opens and has users asks for the right.
    """
    with DatabaseLock(database):
        _ask_for_right(database, actor)
        return restore(path, database)


def _ask_for_right(database: Path, actor: Actor | None) -> None:
    """A broken database has nobody to ask: going back to a copy is what saves it."""
    if not database.exists() or problems_of(database):
        return
    try:
        present = Store(database, writable=False)
    except UserError:
        return
    present.actor = actor
    try:
        require(present, Right.RESTORE)
    finally:
        present.close()
