"""What the commands share: the database, the day, the two ways of telling."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db.lock import DatabaseLock
from db.store import Store
from db.swap import is_interrupted
from imc_desktop import paths
from imc_desktop.cli.call import Call
from imc_desktop.cli.signing_in import enter
from imc_desktop.usecases.clock import clock_doubt
from imc_desktop.usecases.computer import claim_unless_open, open_here, remember_now


def today() -> date:
    """The day of this computer: commands take it here and nowhere else."""
    return date.today()  # noqa: DTZ011 - the office's own day


def now() -> datetime:
    """The minute of this computer, with its zone."""
    return datetime.now().astimezone()


def database_of(call: Call) -> Path:
    """The database named by the call, else the one in the user's data folder."""
    return call.database or paths.default_database()


@contextmanager
def reading(call: Call) -> Iterator[Store]:
    """The database to look at; works while the window is open."""
    store = Store(database_of(call), writable=False)
    try:
        enter(call, store, today())
        _warn_of_clock(store)
        yield store
    finally:
        store.close()


@contextmanager
def logging(call: Call) -> Iterator[Store]:
    """The database to print from: data are only read, the printing itself is logged, also beside an open window."""
    path = database_of(call)
    if path.is_file():
        claim_unless_open(path)
    store = Store(path)
    try:
        enter(call, store, today())
        _warn_of_clock(store)
        yield store
    finally:
        remember_now(store)
        store.close()


@contextmanager
def writing(call: Call) -> Iterator[Store]:
    """The database to act on; refused in a sentence while another program has it."""
    path = database_of(call)
    if not path.exists() and not is_interrupted(path):
        with reading(call):
            pass  # says that there is no such file
    with DatabaseLock(path):
        store, _ = open_here(path)
        try:
            enter(call, store, today())
            _warn_of_clock(store)
            yield store
        finally:
            remember_now(store)
            store.close()


def _warn_of_clock(store: Store) -> None:
    if doubt := clock_doubt(store):
        print(doubt, file=sys.stderr)


def tell(call: Call, data: Any, lines: Iterable[str]) -> None:
    """One JSON document, or lines for a person."""
    if call.as_json:
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            print(line)
