"""The only door to the data: ``read`` to look, ``change`` to act, ``undo`` and ``redo`` from the change log."""

from __future__ import annotations

import getpass
import importlib
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.changes import ChangeSet
from db.connect import connect, copy_database, plain
from db.gate import refusal, require
from db.key_ring import KeyRing
from db.migrate import create_database, open_or_upgrade
from db.place import must_be_local, must_be_writable
from db.steps import Step, Steps
from db.trouble import disk_of
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor, Right

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from db.sessions import Sessions


_LAST_LOOK_SECONDS = 10


class Store:
    """One open database, to look at only unless ``writable``.

    Readers may run while a change is being written in another thread.

    ``actor``: who has signed in. While the office has no users it stays None, everything is allowed and ``author``
    (the operating system's user) signs; with users nothing is written before somebody has signed in.
    """

    def __init__(self, path: Path, *, writable: bool = True, author: str = "") -> None:
        """Open an existing database (upgraded first when it is older); see ``Store.create`` for a new one."""
        if writable:
            must_be_local(path)
            if path.exists():
                must_be_writable(path)
        open_or_upgrade(path, writable=writable)
        self.path = path
        self.author = author or _system_user()
        self.writable = writable
        self.actor: Actor | None = None
        self.clock_confirmed = False  # a person has vouched for the computer's clock
        self.keys = KeyRing()  # what opens encrypted copies, once somebody has given the password
        self._heavy: Sessions | None = None
        self._eye: sqlite3.Connection | None = None  # kept: opening the file reads its whole schema anew
        self._looking = threading.Lock()
        self._mine = threading.local()  # the look that this thread has open
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[ChangeSet], None]] = []
        self._steps = Steps()
        if writable:
            with self.look() as connection:
                self._steps.load(connection)

    @classmethod
    def create(cls, path: Path, *, author: str = "") -> Store:
        """Make a new empty database; refuses an existing file."""
        create_database(path)
        return cls(path, author=author)

    def close(self) -> None:
        """Let go of the file."""
        if self._heavy is not None:
            self._heavy.close()
            self._heavy = None
        quiet = self._looking.acquire(timeout=_LAST_LOOK_SECONDS)  # never close under a look of another thread
        try:
            if self._eye is not None and quiet:
                self._eye.close()
            self._eye = None
        finally:
            if quiet:
                self._looking.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short look at one consistent state; within another look of this thread it is the same state.

        A second connection would wait for a writer that waits for the first one.
        """
        outer = getattr(self._mine, "session", None)
        if outer is not None:
            yield outer
            return
        with self._sessions.read() as session:
            self._mine.session = session
            try:
                yield session
            finally:
                self._mine.session = None

    @contextmanager
    def look(self) -> Iterator[sqlite3.Connection]:
        """The same by plain SQL: for lists, which are read often and must be quick (no SQLAlchemy is imported)."""
        with disk_of(self.path):
            outer, session = getattr(self._mine, "eye", None), getattr(self._mine, "session", None)
            if outer is None and session is not None:
                outer = plain(session.connection())
            if outer is not None:  # see ``read``
                yield outer
                return
            if not self._looking.acquire(blocking=False):  # another thread looks: this one opens the file anew
                with closing(connect(self.path, writable=False)) as connection:
                    connection.execute("BEGIN")
                    self._mine.eye = connection
                    try:
                        yield connection
                    finally:
                        self._mine.eye = None
                return
            try:
                if self._eye is None:
                    self._eye = connect(self.path, writable=False)
                self._eye.execute("BEGIN")
                self._mine.eye = self._eye
                try:
                    yield self._eye
                finally:
                    self._mine.eye = None
                    if self._eye.in_transaction:  # a failing disk has ended it already
                        self._eye.execute("ROLLBACK")
            finally:
                self._looking.release()

    @contextmanager
    def change(self, label: str, *, barrier: bool = False, right: Right = Right.EDIT) -> Iterator[Session]:
        """One action = one transaction = one undo step = one message; nothing is left of it when it raises.

        ``barrier``: the action ends the undo stack (approval, restore). A block that changes nothing leaves no step.
        Refused in a sentence to somebody without the ``right``.
        """
        require(self, right)
        with self._write(label, "barrier" if barrier else "change", None) as session:
            yield session

    def merge(self, label: str, staged: Path, **asked: Any) -> Any:
        """Take in what another copy of this database did (``staged``: its file, proved, of this revision, left alone).

        One transaction and one undo step; returns ``db.merge.Outcome``. UserError in a sentence, and nothing
        is changed, when the copies do not belong together, more would be deleted than ``deletions`` allows, or users
        or keys would change without the right to that.
        """
        require(self, Right.MERGE)
        done: list[ChangeSet] = []
        with self._lock:
            guard = refusal(self, Right.USERS)
            outcome = self._sessions.merge(label, staged, done.append, guard=guard, **asked)
            self._steps.remember_all(done)
        self._tell(done)
        return outcome

    @contextmanager
    def scratch(self) -> Iterator[Store]:
        """A throw-away copy of the database: a preview runs the very deed there and never blocks the window."""
        with tempfile.TemporaryDirectory(prefix="imc-") as folder:
            copy = Path(folder) / "scratch.imc"
            copy_database(self.path, copy)
            store = Store(copy, author=self.author)
            store.actor = self.actor
            try:
                yield store
            finally:
                store.close()

    def undo(self) -> str:
        """Take back the last action and return its words; raises UserError when there is none."""
        return self._revert(self._steps.undo, "undo", "Отменять нечего.")

    def redo(self) -> str:
        """Do again what was taken back last; raises UserError when there is nothing."""
        return self._revert(self._steps.redo, "redo", "Повторять нечего.")

    @property
    def undo_label(self) -> str | None:
        """The words of the action that ``undo`` would take back."""
        return self._steps.undo[-1].label if self._steps.undo else None

    @property
    def redo_label(self) -> str | None:
        """The words of the action that ``redo`` would do again."""
        return self._steps.redo[-1].label if self._steps.redo else None

    def subscribe(self, told: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Be told of every committed change (in the thread that made it); returns the way to unsubscribe."""
        self._subscribers.append(told)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._subscribers.remove(told)

        return unsubscribe

    def log_access(self, act: str, what: str, details: str = "", *, count: int = 0) -> None:
        """Remember a view, a print, an export or a copy of ``count`` people's data; not undoable."""
        with self._lock:
            self._sessions.log_access(act, what, details, count)

    @contextmanager
    def outside_log(self) -> Iterator[Connection]:
        """One transaction on tables that are no part of the journalled data (the log of copies); not undoable."""
        with self._lock, self._sessions.outside_log() as connection:
            yield connection

    def change_counter(self) -> int:
        """Number of the last transaction: a preview made at another number must be made anew."""
        with self.look() as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM txn").fetchone()[0])

    @contextmanager
    def _write(self, label: str, kind: str, reverts: int | None) -> Iterator[Session]:
        done: list[ChangeSet] = []
        with self._lock:
            with self._sessions.step(label, kind, reverts, done.append) as session:
                yield session
            self._steps.remember_all(done)
        self._tell(done)

    def _revert(self, stack: list[Step], kind: str, nothing: str) -> str:
        require(self, Right.EDIT)
        with self._lock:
            if not stack:
                raise UserError(nothing)
            step = stack[-1]
            done: list[ChangeSet] = []
            self._sessions.revert(step.label, kind, step.txn_id, done.append)
            self._steps.remember_all(done)
        self._tell(done)
        return step.label

    @property
    def _sessions(self) -> Sessions:
        if self._heavy is None:
            sessions = importlib.import_module("db.sessions")
            self._heavy = sessions.Sessions(self.path, partial(_signature, self), writable=self.writable)
        return self._heavy

    def _tell(self, done: list[ChangeSet]) -> None:
        for change in done:
            for told in list(self._subscribers):
                told(change)


def _signature(store: Store) -> tuple[str, str]:
    return (store.actor.name, store.actor.user_id) if store.actor is not None else (store.author, "")


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "пользователь"
