"""Connections to the one SQLite file: settings that survive power cuts, checked after they are set.

Nothing heavier than the standard library is imported here: the window opens its first list through it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from imc_desktop.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from sqlalchemy import Connection

APPLICATION_ID = 0x494D4344  # «IMCD» at offset 68 of the file
SCHEMA_REVISION = 2  # PRAGMA user_version at offset 60

# TRUNCATE + FULL: 10,000 simulated power cuts lost nothing; see the storage rules in ARCHITECTURE.md.
_SETTINGS: dict[str, str | int] = {
    "journal_mode": "truncate",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,
    "secure_delete": 1,
}
_WRITER_CACHE_KIB = 262_144  # an import must not spill: a spill locks readers out before the commit
_BUSY_MS = 10_000


def plain(connection: Connection) -> sqlite3.Connection:
    """The connection that one of SQLAlchemy stands on."""
    return connection.connection.driver_connection  # type: ignore[return-value]


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A raw connection with every setting read back; raises EnvironmentProblem when one did not take."""
    uri = f"{path.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    settings = dict(_SETTINGS)
    if not writable:
        settings.pop("journal_mode")
    for name, value in settings.items():
        try:
            connection.execute(f"PRAGMA {name}={value}")
            taken = connection.execute(f"PRAGMA {name}").fetchone()[0]
        except UnicodeDecodeError as error:  # SQLite quotes the broken schema in its message
            raise sqlite3.DatabaseError("malformed database schema") from error
        if taken != value:
            raise EnvironmentProblem(
                f"База {path.name} открылась не в надёжном режиме ({name}). Перезапустите программу."
            )
    connection.execute("PRAGMA mmap_size=0")
    if writable:
        connection.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB}")
        connection.execute("PRAGMA cache_spill=0")
    else:
        connection.execute("PRAGMA query_only=1")
    return connection


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a live database by SQLite's own backup; never a copy of the file."""
    with closing(connect(source, writable=False)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def settle_journal(path: Path) -> None:
    """Finish what a killed program left: SQLite takes a half-written transaction back, which needs the right to write.

    A journal that belongs to a write under way in another program is left to it.
    """
    journal = path.with_name(f"{path.name}-journal")
    try:
        if not journal.stat().st_size:
            return
    except FileNotFoundError:
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError as error:
        raise EnvironmentProblem(
            f"База {path.name} осталась с незаконченной записью, а писать в её папку нельзя. "
            "Скопируйте базу на этот компьютер."
        ) from error
