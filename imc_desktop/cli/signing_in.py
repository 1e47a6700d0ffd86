"""Who gives a command: in an office with users everybody names themselves and tells their password."""

from __future__ import annotations

import getpass
import os
import sys
import time
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.cli.call import Call
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor
from imc_desktop.domain.words import fold
from imc_desktop.usecases.rights import has_users
from imc_desktop.usecases.signing_in import Door

PASSWORD = "IMC_PASSWORD"  # noqa: S105 - the name of a variable
_LONGEST_WAIT = 30


def enter(call: Call, store: Store, day: date) -> None:
    """Sign in to a database with users, in whose name all is done from now on; UserError when it fails.

    Failed attempts are logged. A store that is only read is entered by a writing one beside it.
    """
    if not has_users(store):
        return
    if store.writable:
        store.actor = _sign_in(call, store, day)
        return
    try:
        beside = Store(store.path)
    except UserError:  # on a stick: nothing can be written there
        store.actor = _sign_in(call, store, day)
        return
    try:
        store.actor = _sign_in(call, beside, day)
        store.keys.identities.update(beside.keys.identities)
    finally:
        beside.close()


def entered(call: Call, path: Path, day: date) -> Actor | None:
    """Who gives the command, for deeds on a database that is not to be open meanwhile; None without users or file."""
    if not path.is_file():
        return None
    try:
        store = Store(path, writable=False)
    except UserError:  # broken: going back to a copy is what saves it
        return None
    try:
        enter(call, store, day)
        return store.actor
    finally:
        store.close()


def _sign_in(call: Call, store: Store, day: date) -> Actor:
    door = Door(store, time.monotonic)
    if not call.user:
        raise UserError(f"В этой базе заведены пользователи. Назовите себя: --user ИМЯ, пароль — в {PASSWORD}.")
    people = door.people(day)
    known = {fold(one.name): one.id for one in people}
    if fold(call.user) not in known:
        names = "; ".join(one.name for one in people)
        raise UserError(f"Пользователя «{call.user}» в базе нет. Есть: {names}.")
    user_id = known[fold(call.user)]
    wait = door.wait(user_id)
    if wait > _LONGEST_WAIT:
        raise UserError("Слишком много неудачных попыток. Войдите в окне программы.")
    time.sleep(wait)
    return door.sign_in(user_id, _password(), day)


def _password() -> str:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(f"Нужен пароль: задайте его в переменной {PASSWORD}.")
    return getpass.getpass("Пароль: ")
