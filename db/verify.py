"""Is a database whole: integrity, references, triggers, the chains of the log; and what people count in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from db.chain import breaks
from db.connect import SCHEMA_REVISION, connect, copy_database
from db.fingerprints import SCHEMAS, TRIGGERS, fingerprint
from db.migrate import NewerDatabaseError, must_not_be_newer, upgrade_staged
from db.trail import strays
from imc_desktop.domain.errors import EnvironmentProblem, UserError

# What people count when they compare a copy with the office's database.
COUNTED = ("person", "organisation", "training", "attestation_case", "plan", "plan_item", "issued_document")
_SELF = (
    "SELECT count(*) FROM db_meta m JOIN replica r ON r.rid = m.replica "
    "WHERE length(m.db_id) = 32 AND m.db_id NOT GLOB '*[^0-9a-f]*' "
    "AND m.lamport >= (SELECT coalesce(max(lamport), 0) FROM txn) "
    "AND (m.last_seen_utc = '' OR m.last_seen_utc GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9]*')"
)


def problems_of(path: Path) -> list[str]:
    """Russian sentences about everything that is broken in a database file; empty when it is whole.

    A full ``integrity_check`` (the quick one passes changed values), foreign keys, triggers, the log's hash chain, and
    every value against the log. A copy in memory is looked at, page by page what the file holds: the office may go on
    writing meanwhile, and several looks at a changing file would find breaks where there are none.
    """
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as still:
            with closing(connect(path, writable=False)) as live:
                live.backup(still)
            return problems_in(still, path.name)
    except (sqlite3.DatabaseError, UnicodeError) as error:
        return [f"Файл базы {path.name} не читается как база: {error}."]


def problems_of_any(path: Path) -> list[str]:
    """The same of a database of any revision: an older one is brought up to date on a copy, and that is looked at.

    So a former file is told whole only when today's program can read it; the file itself is not touched.
    """
    try:
        if must_not_be_newer(path) == SCHEMA_REVISION:
            return problems_of(path)
        with TemporaryDirectory(prefix="imc-verify-") as folder:
            copy = Path(folder) / path.name
            copy_database(path, copy)
            upgrade_staged(copy)
            return problems_of(copy)
    except (EnvironmentProblem, NewerDatabaseError):
        raise
    except (UserError, sqlite3.DatabaseError) as error:
        return [str(error) if isinstance(error, UserError) else f"Файл базы {path.name} не читается как база: {error}."]


def must_be_whole(path: Path) -> None:
    """UserError with all that is broken in a database file of any revision."""
    if problems := problems_of_any(path):
        raise UserError(" ".join(problems))


def problems_in(connection: sqlite3.Connection, name: str) -> list[str]:
    """The same of an open database; raises sqlite3.DatabaseError when it cannot be read at all."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    if found:
        return [f"Файл базы {name} повреждён: {found[0]}."]
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        return [f"В базе {name} есть ссылка на строку, которой нет (таблица {broken[0]})."]
    if fingerprint(connection, "trigger") != TRIGGERS:
        return [f"В базе {name} не хватает частей, которые ведут журнал изменений."]
    if fingerprint(connection) != SCHEMAS[SCHEMA_REVISION]:
        return [f"Строение базы {name} не такое, какое делает программа: файл повреждён."]
    return broken_log(connection, name)


def broken_log(connection: sqlite3.Connection, name: str) -> list[str]:
    """A sentence about the first break of a chain or the first value that is not what the log has; empty when whole.

    What the database says of itself is no part of the log: it must make sense, and know every time the log knows.
    """
    if connection.execute(_SELF).fetchone()[0] != 1:
        return [f"В базе {name} нет записи о ней самой, или эта запись испорчена."]
    if broken := broken_chain(connection, name):
        return broken
    for table, row_id, column in strays(connection):
        place = f"{table}.{column}" if column else table
        return [f"В базе {name} испорчено значение ({place}, запись {row_id}): в журнале изменений другое."]
    return []


def broken_chain(connection: sqlite3.Connection, name: str) -> list[str]:
    """A sentence about the first step of a log that is not what was written; empty when the chains hold."""
    for table, number in breaks(connection):
        log = "Журнал изменений" if table == "txn" else "Журнал обращений"
        return [f"{log} базы {name} не сходится с шага {number}."]
    return []


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Table → rows that are not deleted, for the tables people count."""
    return {
        table: int(connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL").fetchone()[0])
        for table in COUNTED
    }
