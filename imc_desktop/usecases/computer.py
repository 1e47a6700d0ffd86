"""What a computer remembers of the databases it writes, and its name in them."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from db.gate import require
from db.incarnation import claim_incarnation, goes_on, name_replica, note_state
from db.installation import Installation
from db.lock import DatabaseLock
from db.store import Store
from db.swap import finish_interrupted
from imc_desktop import paths
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Right

_LONGEST_NAME = 40


def claim(path: Path) -> int:
    """Begin to write a database here; the number of actions done on this computer that the file does not have."""
    return claim_incarnation(path, _installation()).missing


def open_here(path: Path) -> tuple[Store, int]:
    """A database to write, claimed when it must be, and what ``claim`` tells; the caller holds the lock."""
    finish_interrupted(path)
    store = Store(path)
    try:
        with store.look() as connection:
            claimed = goes_on(connection, path, _installation())
    except BaseException:
        store.close()
        raise
    if claimed:
        return store, 0
    store.close()
    missing = claim(path)
    return Store(path), missing


def claim_unless_open(path: Path) -> None:
    """``claim`` for who writes only the access log; a program that has the database open has claimed it already."""
    with suppress(UserError), DatabaseLock(path):
        open_here(path)[0].close()


def remember_changes(store: Store) -> None:
    """From now on this computer remembers every change of an open database."""
    if store.writable:
        installation = _installation()
        store.subscribe(lambda _change: _note(store, installation, sure=False))


def remember_now(store: Store) -> None:
    """Remember how far the database has come, on the medium: before it is closed."""
    if store.writable:
        _note(store, _installation(), sure=True)


def name_this_computer(store: Store, name: str) -> None:
    """What merges and copies call this computer («ПК-1»); UserError when it is blank or too long."""
    require(store, Right.EDIT)
    told = " ".join(name.split())
    if not told or len(told) > _LONGEST_NAME:
        raise UserError(f"Назовите компьютер коротко, до {_LONGEST_NAME} букв: например, ПК-1.")
    if not store.writable:
        raise UserError("База открыта только для просмотра: изменить её здесь нельзя.")
    name_replica(store.path, told)


def computer_name(store: Store) -> str:
    """The name of this computer in a database."""
    with store.look() as connection:
        query = "SELECT label FROM replica WHERE rid = (SELECT replica FROM db_meta)"
        return str(connection.execute(query).fetchone()[0])


def _note(store: Store, installation: Installation, *, sure: bool) -> None:
    with suppress(sqlite3.Error, OSError), store.look() as connection:  # never in the way of what a person does
        note_state(connection, store.path, installation, sure=sure)


def _installation() -> Installation:
    return Installation(paths.computer_folder())
