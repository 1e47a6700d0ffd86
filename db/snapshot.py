"""The database as it is at one moment, in memory, with its checks running in a thread of their own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from db.connect import connect
from db.copy_names import computer_mark
from db.examine import DamageError, check_pages, in_memory, only_reading
from db.manifest import Head
from db.vector import version_vector
from db.verify import counts_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError


class Facts(NamedTuple):
    """What a manifest says of the content: its hash, what people count, where the logs stand."""

    sha256: str
    counts: dict[str, int]
    vector: dict[str, Head]


class Snapshot:
    """The bytes of a database file, whose they are, and what its checks find."""

    def __init__(self, memory: sqlite3.Connection, pool: ThreadPoolExecutor) -> None:
        self._memory = memory
        self.db_id, self.replica, self.label, install_id, self.last_seen = memory.execute(
            "SELECT m.db_id, m.replica, coalesce(r.label, ''), coalesce(nullif(r.install_id, ''), m.replica), "
            "m.last_seen_utc FROM db_meta m LEFT JOIN replica r ON r.rid = m.replica"
        ).fetchone()
        self.computer = computer_mark(self.label, install_id)
        self.data = memory.serialize()
        self._facts = pool.submit(self._look)
        self._checked = pool.submit(check_pages, memory)

    def facts(self) -> Facts:
        """Wait for what the manifest says; DamageError when it cannot be had."""
        return self._facts.result()

    def must_be_whole(self) -> None:
        """Wait for the full check; DamageError when the database is not whole."""
        self._checked.result()

    def stop(self) -> None:
        """Do not go on checking; return when the checks have ended."""
        self._memory.interrupt()
        for one in (self._facts, self._checked):
            with suppress(DamageError, sqlite3.Error):
                one.result()

    def _look(self) -> Facts:
        return Facts(hashlib.sha256(self.data).hexdigest(), counts_of(self._memory), vector_of(self._memory))


@contextmanager
def snapshot(database: Path) -> Iterator[Snapshot]:
    """Take one of a live database; UserError in a sentence when it is damaged, also while it is used."""
    try:
        with ThreadPoolExecutor(1, "imc-check") as pool, in_memory() as memory:
            _take(database, memory)
            only_reading(memory)
            taken = Snapshot(memory, pool)
            try:
                yield taken
            except BaseException:
                taken.stop()
                raise
    except DamageError as error:
        raise UserError(f"Копия не сделана: {error}. Это нынешняя база, вернитесь к проверенной копии.") from error


def vector_of(connection: sqlite3.Connection) -> dict[str, Head]:
    """Where the log of every replica stands."""
    return {rid: Head(head.n, head.hash) for rid, head in version_vector(connection).items()}


def _take(database: Path, memory: sqlite3.Connection) -> None:
    try:
        memory.execute("PRAGMA journal_mode=OFF")
        memory.execute("PRAGMA synchronous=OFF")
        memory.execute("PRAGMA cache_size=50")  # the pages lie in memory already
        with closing(connect(database, writable=False)) as live:
            live.backup(memory)
    except sqlite3.OperationalError as error:
        raise EnvironmentProblem(f"Копия не сделана: база {database.name} занята или не читается ({error}).") from error
