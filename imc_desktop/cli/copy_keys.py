"""Opening encrypted copies from the command line: a password from IMC_PASSWORD or the keyboard, or the paper key."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from db.container import ClosedCopyError
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copy_keys import key_view, opened_by_password, paper_identity, unlock

PASSWORD = "IMC_PASSWORD"  # noqa: S105 - the name of a variable
_OPENS_NOTHING = "Не тот пароль: копии он не открывает. Возьмите другой или ключ с бумажного листа (--paper-key-file)."

Result = TypeVar("Result")


def open_key(store: Store) -> None:
    """Open the key in force, when there is one; UserError when the password does not."""
    view = key_view(store)
    if view.key_id and not view.unlocked and not (unlock(store, ask_password()) and key_view(store).unlocked):
        raise UserError(_OPENS_NOTHING)


def with_identities(work: Callable[[tuple[str, ...]], Result], paper: Path | None, database: Path) -> Result:
    """Do something with a copy; when it is closed, again with what the paper key or the password opens."""
    if paper is not None:
        return work((_read_paper(paper),))
    try:
        return work(())
    except ClosedCopyError as closed:
        password = ask_password()
        found = opened_by_password(closed, password) or _opened_by_office(database, password)
        if not found:
            raise UserError(_OPENS_NOTHING) from None
    return work(found)


def ask_password() -> str:
    """The password of the copies; UserError when there is nobody to ask."""
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(f"Копии зашифрованы: задайте пароль копий в переменной {PASSWORD}.")
    return getpass.getpass("Пароль копий: ")


def _opened_by_office(database: Path, password: str) -> tuple[str, ...]:
    """The keys of the office's own database, former ones included: an old copy opens with today's password."""
    if not database.exists():
        return ()
    try:
        store = Store(database, writable=False)
    except UserError:
        return ()
    try:
        unlock(store, password)
        return tuple(store.keys.identities.values())
    finally:
        store.close()


def _read_paper(path: Path) -> str:
    try:
        return paper_identity(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Файл с бумажным ключом {path.name} не читается. Проверьте имя.") from error
