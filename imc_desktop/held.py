"""A database this program holds: locked, opened, let go."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from db.lock import DatabaseLock
from db.place import LookOnlyError, WrongPlaceError, trouble_with_place
from db.store import Store
from db.swap import finish_interrupted, is_interrupted
from db.trouble import disk_of
from imc_desktop import paths
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rule_data import RuleSet
from imc_desktop.trial import WORDS as TRIAL
from imc_desktop.trial import is_trial
from imc_desktop.usecases.computer import open_here, remember_changes, remember_now
from imc_desktop.usecases.office import OfficeView, office_of, office_rules_of


class BusyError(UserError):
    """Another program has the database open: nothing is wrong with the file."""


@dataclass(eq=False)
class HeldDatabase:
    """An open database with its lock. ``counter`` is the number of its last change when it was opened.

    ``viewing`` says why it is open to look at only, "" when it can be worked on; ``missing`` counts actions done on
    this computer that the file does not have; ``recovered`` says how an interrupted restore was ended.
    """

    path: Path
    store: Store
    office: OfficeView
    rules: RuleSet
    lock: DatabaseLock
    counter: int
    viewing: str = ""
    missing: int = 0
    recovered: str = ""

    @classmethod
    def take(cls, path: Path, *, look_only: bool = False) -> Self:
        """Lock and open; UserError in a sentence (``BusyError`` when another program has it), nothing stays locked.

        A file or folder that cannot be written is opened to look at, and so is any with ``look_only``.
        WrongPlaceError: it lies where it may only be looked at, or copied from.
        """
        lock, viewing = DatabaseLock(path), ""
        if is_trial(path):
            viewing = _lock_or_look(lock) or TRIAL
        elif look_only:
            place = trouble_with_place(path)
            viewing = (
                f"База открыта только для просмотра: она лежит {place}."
                if place
                else "База открыта только для просмотра."
            )
        elif path.is_file() or is_interrupted(path):
            viewing = _lock_or_look(lock)
        store = None
        try:
            with disk_of(path):
                recovered = "" if viewing else finish_interrupted(path)
                store, missing = (Store(path, writable=False), 0) if viewing else open_here(path)
                remember_changes(store)
                office, rules = office_of(store), office_rules_of(store)
                return cls(path, store, office, rules, lock, store.change_counter(), viewing, missing, recovered)
        except sqlite3.DatabaseError as error:
            _let_go(store, lock)
            raise UserError(f"Файл базы {path.name} повреждён. Вернитесь к проверенной копии.") from error
        except BaseException:
            _let_go(store, lock)
            raise

    def release(self) -> None:
        """Close and unlock."""
        _let_go(self.store, self.lock)


def _lock_or_look(lock: DatabaseLock) -> str:
    """Why the database can be looked at only, "" when the lock was taken."""
    try:
        lock.acquire()
    except LookOnlyError as error:
        return str(error)
    except WrongPlaceError:
        raise
    except UserError as error:
        raise BusyError(str(error)) from error
    return ""


def home_of_data() -> Path:
    """Where a new database goes: the data folder, or this computer's own when a portable program came on a stick."""
    return paths.computer_folder() if trouble_with_place(paths.data_folder()) else paths.data_folder()


def _let_go(store: Store | None, lock: DatabaseLock) -> None:
    if store is not None:
        remember_now(store)
        store.close()
    lock.release()
