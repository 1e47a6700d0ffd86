"""The only door to the data: ``read`` to look, ``change`` to act, ``undo`` and ``redo`` from the change log."""

from __future__ import annotations

import getpass
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from db.changelog import ChangeSet, chain_hash, last_change, log_inserts, revert, tables_touched
from db.connect import copy_database, engine_for
from db.migrate import create_database, open_or_upgrade
from imc_desktop.domain.errors import UserError

_REMEMBERED_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the undo or redo stack: the transaction to revert and the words of its action."""

    txn_id: int
    label: str


def utc_now() -> str:
    """Now in UTC as ISO text; shown to people, never used to order or to decide."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """One open database. Readers may run while a change is being written in another thread."""

    def __init__(self, path: Path, *, writable: bool = True, author: str = "") -> None:
        """Open an existing database (upgraded first when it is older); see ``Store.create`` for a new one."""
        open_or_upgrade(path, writable=writable)
        self.path = path
        self.author = author or _system_user()
        self._reader = engine_for(path, writable=False)
        self._writer = engine_for(path, writable=True) if writable else None
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[ChangeSet], None]] = []
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._load_steps()

    @classmethod
    def create(cls, path: Path, *, author: str = "") -> Store:
        """Make a new empty database; refuses an existing file."""
        create_database(path)
        return cls(path, author=author)

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short look at one consistent state."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def change(self, label: str, *, barrier: bool = False) -> Iterator[Session]:
        """One action = one transaction = one undo step = one message; nothing is left of it when it raises.

        ``barrier``: the action ends the undo stack (approval, restore). A block that changes nothing leaves no step.
        """
        with self._write(label, "barrier" if barrier else "change", None) as session:
            yield session

    @contextmanager
    def scratch(self) -> Iterator[Store]:
        """A throw-away copy of the database: a preview runs the very deed there and never blocks the window."""
        with tempfile.TemporaryDirectory(prefix="imc-") as folder:
            copy = Path(folder) / "scratch.imc"
            copy_database(self.path, copy)
            store = Store(copy, author=self.author)
            try:
                yield store
            finally:
                store.close()

    def undo(self) -> str:
        """Take back the last action and return its words; raises UserError when there is none."""
        return self._revert(self._undo, "undo", "Отменять нечего.")

    def redo(self) -> str:
        """Do again what was taken back last; raises UserError when there is nothing."""
        return self._revert(self._redo, "redo", "Повторять нечего.")

    @property
    def undo_label(self) -> str | None:
        """The words of the action that ``undo`` would take back."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """The words of the action that ``redo`` would do again."""
        return self._redo[-1].label if self._redo else None

    def subscribe(self, told: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Be told of every committed change (in the thread that made it); returns the way to unsubscribe."""
        self._subscribers.append(told)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._subscribers.remove(told)

        return unsubscribe

    def log_access(self, act: str, what: str, details: str = "") -> None:
        """Remember a print, an export or a copy; not undoable and not a change of the data."""
        with self._lock, Session(self._writer_engine()) as session:
            session.execute(
                text("INSERT INTO access_log (wall_utc, author, act, what, details) VALUES (:w, :a, :t, :o, :d)"),
                {"w": utc_now(), "a": self.author, "t": act, "o": what, "d": details},
            )
            session.commit()

    def change_counter(self) -> int:
        """Number of the last transaction: a preview made at another number must be made anew."""
        with self.read() as session:
            return int(session.execute(text("SELECT coalesce(max(id), 0) FROM txn")).scalar_one())

    def _writer_engine(self) -> Engine:
        if self._writer is None:
            raise UserError("База открыта только для чтения.")
        return self._writer

    @contextmanager
    def _write(self, label: str, kind: str, reverts: int | None) -> Iterator[Session]:
        with self._lock:
            with Session(self._writer_engine()) as session:
                connection = session.connection()
                before = last_change(connection)
                txn_id = self._open_txn(connection, label, kind, reverts)
                try:
                    yield session
                    session.flush()
                    log_inserts(connection, txn_id)
                    touched = tables_touched(connection, before)
                    if not touched and reverts is None:
                        session.rollback()
                        return
                    self._seal_txn(connection, txn_id, before)
                    session.commit()
                except BaseException:
                    session.rollback()
                    raise
            done = ChangeSet(txn_id, label, kind, frozenset(touched), sum(touched.values()))
            self._remember(done)
        for told in list(self._subscribers):
            told(done)

    def _open_txn(self, connection: Connection, label: str, kind: str, reverts: int | None) -> int:
        txn_id = connection.execute(text("SELECT coalesce(max(id), 0) + 1 FROM txn")).scalar_one()
        now = utc_now()
        last_seen = connection.execute(text("SELECT last_seen_utc FROM db_meta")).scalar_one()
        connection.execute(
            text(
                "INSERT INTO txn "
                "(id, rid, label, kind, reverts, author, wall_utc, clock_ok, after_seq, last_seq, hash) "
                "SELECT :i, replica, :l, :k, :r, :a, :w, :c, 0, 0, '' FROM db_meta"
            ),
            {
                "i": txn_id,
                "l": label,
                "k": kind,
                "r": reverts,
                "a": self.author,
                "w": now,
                "c": int(now[:10] >= last_seen[:10]),
            },
        )
        connection.execute(text("INSERT INTO journal_open (txn_id) VALUES (:i)"), {"i": txn_id})
        return int(txn_id)

    def _seal_txn(self, connection: Connection, txn_id: int, before: int) -> None:
        last = last_change(connection)
        previous = connection.execute(
            text("SELECT hash FROM txn WHERE id < :i ORDER BY id DESC LIMIT 1"), {"i": txn_id}
        ).scalar()
        connection.execute(
            text("UPDATE txn SET hash = :h, after_seq = :a, last_seq = :z WHERE id = :i"),
            {"h": chain_hash(connection, before, last, previous or ""), "a": before, "z": last, "i": txn_id},
        )
        connection.execute(
            text("UPDATE db_meta SET last_seen_utc = max(last_seen_utc, (SELECT wall_utc FROM txn WHERE id = :i))"),
            {"i": txn_id},
        )
        connection.execute(text("DELETE FROM journal_open"))

    def _revert(self, stack: list[Step], kind: str, nothing: str) -> str:
        with self._lock:
            if not stack:
                raise UserError(nothing)
            step = stack[-1]
            with self._write(step.label, kind, step.txn_id) as session:
                revert(session.connection(), step.txn_id, utc_now())
        return step.label

    def _remember(self, done: ChangeSet) -> None:
        step = Step(done.txn_id, done.label)
        match done.kind:
            case "change":
                self._undo.append(step)
                self._redo.clear()
            case "barrier":
                self._undo.clear()
                self._redo.clear()
            case "undo":
                self._undo.pop()
                self._redo.append(step)
            case "redo":
                self._redo.pop()
                self._undo.append(step)
        del self._undo[:-_REMEMBERED_STEPS]

    def _load_steps(self) -> None:
        with self.read() as session:
            rows = session.execute(
                text("SELECT id, label, kind FROM txn WHERE id > (SELECT max(id) FROM txn) - :n ORDER BY id"),
                {"n": 2 * _REMEMBERED_STEPS},
            ).all()
        for txn_id, label, kind in rows:
            with suppress(IndexError):  # the partner of an undo may lie before the remembered part
                self._remember(ChangeSet(txn_id, label, kind, frozenset(), 0))


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "пользователь"
