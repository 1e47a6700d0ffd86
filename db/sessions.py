"""The SQLAlchemy half of a store: sessions to look with, and one journalled transaction per action.

Imported when a session is first asked for (``db.store``), because SQLAlchemy costs more than the window itself.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from db.chain import access_hash, body_hash, chain_hash, previous_hash
from db.changelog import last_change, log_inserts, revert, tables_touched
from db.changes import ChangeSet, utc_now
from db.connect import connect, plain, settle_journal
from db.heads import name_parents
from db.merge import Outcome, fetch, take_in
from db.trouble import disk_of
from imc_desktop.domain.clock import clock_trouble
from imc_desktop.domain.errors import EnvironmentProblem, UserError


def engine_for(path: Path, *, writable: bool) -> Engine:
    """One writer connection for all writing, a small pool of read-only ones for looking."""
    pool: dict[str, Any] = {"poolclass": StaticPool} if writable else {"poolclass": QueuePool, "pool_size": 4}
    engine = create_engine("sqlite://", creator=lambda: connect(path, writable=writable), **pool)
    begin = "BEGIN IMMEDIATE" if writable else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Sessions:
    """One writer connection, a few readers; the caller holds the lock while it writes."""

    def __init__(self, path: Path, signature: Callable[[], tuple[str, str]], *, writable: bool) -> None:
        """``signature`` gives the name and the user's id ("" without users) under which something is done now."""
        self._signature = signature
        self._path = path
        self._reader = engine_for(path, writable=False)
        self._writer = engine_for(path, writable=True) if writable else None

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short look at one consistent state."""
        with disk_of(self._path), Session(self._reader) as session:
            yield session

    @contextmanager
    def step(self, label: str, kind: str, reverts: int | None, done: Callable[[ChangeSet], None]) -> Iterator[Session]:
        """A transaction with its entry in the log; ``done`` is told after the commit, unless nothing changed."""
        with disk_of(self._path), Session(self._writer_engine()) as session:
            connection = session.connection()
            before = last_change(connection)
            txn_id = _open_txn(connection, self._signature(), label, kind, reverts)
            try:
                yield session
                session.flush()
                log_inserts(connection, txn_id)
                touched = tables_touched(connection, before)
                if not touched and reverts is None and kind != "barrier":
                    session.rollback()
                    return
                _seal_txn(connection, txn_id, before)
                session.commit()
            except BaseException:
                self._take_back(session)
                raise
        done(ChangeSet(txn_id, label, kind, frozenset(touched), sum(touched.values())))

    def merge(
        self,
        label: str,
        staged: Path,
        done: Callable[[ChangeSet], None],
        protocol: Callable[[Connection, Outcome], None] | None = None,
        **asked: Any,
    ) -> Outcome:
        """Take in what another copy did, all or nothing, as one transaction of the log (``db.merge.take_in``).

        ``protocol`` writes what is kept of the merge beside the log, in the same transaction.
        """
        with disk_of(self._path), self._attached(staged), Session(self._writer_engine()) as session:
            connection = session.connection()
            start = last_change(connection)
            try:
                incoming = fetch(connection)
                if not incoming.changes:  # the other copy only took something in itself: known from now on, no step
                    session.commit()
                    return Outcome(0, incoming.transactions, 0)
                before = last_change(connection)
                txn_id = _open_txn(connection, self._signature(), label, "merge", None)
                outcome = take_in(connection, incoming, txn_id, **asked)
                _seal_txn(connection, txn_id, before)
                if protocol is not None:
                    protocol(connection, outcome)
                touched = tables_touched(connection, start)
                session.commit()
            except BaseException:
                self._take_back(session)
                raise
        done(ChangeSet(txn_id, label, "merge", frozenset(touched), sum(touched.values())))
        return outcome

    def _take_back(self, session: Session) -> None:
        """Roll back; what a refusing disk left half done is settled at once, or no reader could look any more."""
        session.rollback()
        with suppress(EnvironmentProblem, sqlite3.Error):
            settle_journal(self._path)

    @contextmanager
    def _attached(self, staged: Path) -> Iterator[None]:
        """The other copy beside this one as ``theirs``, for reading only; nothing may be open while it is attached."""
        raw = self._writer_engine().raw_connection()
        driver: Any = raw.driver_connection
        driver.execute("ATTACH ? AS theirs", (f"{staged.resolve().as_uri()}?mode=ro&immutable=1",))
        try:
            yield
        finally:
            driver.execute("DETACH theirs")
            raw.close()

    def revert(self, label: str, kind: str, txn_id: int, done: Callable[[ChangeSet], None]) -> None:
        """The inverse of a transaction as a transaction of its own."""
        with self.step(label, kind, txn_id, done) as session:
            revert(session.connection(), txn_id, utc_now())

    def log_access(self, act: str, what: str, details: str, count: int) -> None:
        """One line of the access log, chained to the one before of this replica."""
        with disk_of(self._path), Session(self._writer_engine()) as session:
            connection = session.connection()
            entry, rid, number = connection.execute(
                text(
                    "INSERT INTO access_log (wall_utc, author, act, what, details, rid, n, count, hash) "
                    "SELECT :w, :a, :t, :o, :d, replica, "
                    "(SELECT coalesce(max(n), 0) + 1 FROM access_log WHERE rid = replica), :c, '' FROM db_meta "
                    "RETURNING id, rid, n"
                ),
                {"w": utc_now(), "a": self._signature()[0], "t": act, "o": what, "d": details, "c": count},
            ).one()
            connection.execute(
                text("UPDATE access_log SET hash = :h WHERE id = :i"),
                {
                    "h": access_hash(
                        plain(connection), entry, previous_hash(plain(connection), "access_log", rid, number)
                    ),
                    "i": entry,
                },
            )
            session.commit()

    @contextmanager
    def outside_log(self) -> Iterator[Connection]:
        """A plain transaction; journalled tables refuse changes in it."""
        with disk_of(self._path), self._writer_engine().begin() as connection:
            yield connection

    def _writer_engine(self) -> Engine:
        if self._writer is None:
            raise UserError("База открыта только для просмотра: изменить её здесь нельзя.")
        return self._writer


def _open_txn(connection: Connection, signature: tuple[str, str], label: str, kind: str, reverts: int | None) -> int:
    txn_id = connection.execute(text("SELECT coalesce(max(id), 0) + 1 FROM txn")).scalar_one()
    now = utc_now()
    last_seen = connection.execute(text("SELECT last_seen_utc FROM db_meta")).scalar_one()
    connection.execute(
        text(
            "INSERT INTO txn (id, rid, n, lamport, label, kind, reverts, author, user_id, wall_utc, clock_ok, "
            "after_seq, last_seq, salt, body, hash) "
            "SELECT :i, replica, (SELECT coalesce(max(n), 0) + 1 FROM txn WHERE rid = replica), lamport + 1, "
            ":l, :k, :r, :a, :u, :w, :c, 0, 0, :s, '', '' FROM db_meta"
        ),
        {
            "i": txn_id,
            "l": label,
            "k": kind,
            "r": reverts,
            "a": signature[0],
            "u": signature[1],
            "w": now,
            "c": int(not clock_trouble(now, last_seen)),
            "s": os.urandom(16).hex(),
        },
    )
    connection.execute(text("INSERT INTO journal_open (txn_id) VALUES (:i)"), {"i": txn_id})
    return int(txn_id)


def _seal_txn(connection: Connection, txn_id: int, before: int) -> None:
    last = last_change(connection)
    entry = text("SELECT rid, n, salt, kind FROM txn WHERE id = :i")
    rid, number, salt, kind = connection.execute(entry, {"i": txn_id}).one()
    name_parents(plain(connection), before, kind)
    connection.execute(
        text("UPDATE txn SET after_seq = :a, last_seq = :z WHERE id = :i"), {"a": before, "z": last, "i": txn_id}
    )
    connection.execute(
        text("UPDATE txn SET body = :b WHERE id = :i"),
        {"b": body_hash(plain(connection), salt, before, last), "i": txn_id},
    )
    connection.execute(
        text("UPDATE txn SET hash = :h WHERE id = :i"),
        {"h": chain_hash(plain(connection), txn_id, previous_hash(plain(connection), "txn", rid, number)), "i": txn_id},
    )
    connection.execute(
        text(
            "UPDATE db_meta SET lamport = (SELECT lamport FROM txn WHERE id = :i), "
            "last_seen_utc = max(last_seen_utc, (SELECT wall_utc FROM txn WHERE id = :i))"
        ),
        {"i": txn_id},
    )
    connection.execute(text("DELETE FROM journal_open"))
