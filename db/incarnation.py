"""Under which name a database writes here: no (replica, number) is ever given to two different transactions.

A replica goes on only where it went on before: the same installation, the same file, nothing missing. Else the file
begins a replica of its own: «moved» to another computer, an old file put back («restore»), a copy beside («clone»).
"""

from __future__ import annotations

import os
import platform
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from db.changes import utc_now
from db.connect import connect
from db.installation import Installation, Seen
from db.migrate import open_or_upgrade
from db.vector import hash_at


class Claim(NamedTuple):
    """How a database was opened to write: its lineage and replica; ``reason`` of a new name, "" of the old one.

    ``missing``: actions this computer did in this database that the file does not have (an old file was put back).
    """

    db_id: str
    rid: str
    reason: str
    missing: int


def claim_incarnation(path: Path, installation: Installation) -> Claim:
    """Give the database the name it writes under here and remember its state; the caller holds the lock.

    An older database is upgraded first. Raises as ``open_or_upgrade`` and ``connect`` do.
    """
    open_or_upgrade(path, writable=True)
    with closing(connect(path, writable=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        db_id, rid, install_id = _present(connection)
        known = installation.known(db_id)
        reason = _why_another(connection, (db_id, rid, install_id), installation, path)
        missing = _missing(connection, known) if reason == "restore" else 0
        if reason:
            rid = _own_former(connection, installation, known, path) if reason == "moved" else ""
            rid = rid or _begin(connection, reason, installation.install_id)
            connection.execute("UPDATE db_meta SET replica = ?", (rid,))
        elif not install_id:
            connection.execute(
                "UPDATE replica SET install_id = ?, label = coalesce(nullif(label, ''), ?) WHERE rid = ?",
                (installation.install_id, _label(connection, installation.install_id), rid),
            )
        seen = _state(connection, rid, path)
        connection.execute("COMMIT")
    installation.note(db_id, rid, seen, sure=True)
    return Claim(db_id, rid, reason, missing)


def goes_on(connection: sqlite3.Connection, path: Path, installation: Installation) -> bool:
    """Whether the database writes on under its present name: then there is nothing to claim. Costs a look."""
    db_id, rid, install_id = _present(connection)
    return bool(install_id) and not _why_another(connection, (db_id, rid, install_id), installation, path)


def note_state(connection: sqlite3.Connection, path: Path, installation: Installation, *, sure: bool) -> None:
    """Remember how far the database has come; ``connection`` looks at it."""
    db_id, rid = connection.execute("SELECT db_id, replica FROM db_meta").fetchone()
    installation.note(db_id, rid, _state(connection, rid, path), sure=sure)


def name_replica(path: Path, label: str) -> None:
    """Another name for this computer in this database («ПК-1»): merges and copies tell it."""
    with closing(connect(path, writable=True)) as connection:
        connection.execute("UPDATE replica SET label = ? WHERE rid = (SELECT replica FROM db_meta)", (label,))


def _present(connection: sqlite3.Connection) -> tuple[str, str, str]:
    """Lineage, replica and installation as the file has them."""
    found = connection.execute(
        "SELECT m.db_id, m.replica, r.install_id FROM db_meta m JOIN replica r ON r.rid = m.replica"
    ).fetchone()
    if found is None:
        raise sqlite3.DatabaseError("the file does not say which replica it is")
    return str(found[0]), str(found[1]), str(found[2])


def _why_another(
    connection: sqlite3.Connection, present: tuple[str, str, str], installation: Installation, path: Path
) -> str:
    db_id, rid, install_id = present
    if not install_id:
        return ""  # nobody has written under this name but those who made it
    if install_id != installation.install_id:
        return "moved"
    seen = installation.known(db_id).get(rid)
    if seen is None or not _has_all(connection, rid, seen):
        return "restore"
    return "clone" if _lies_elsewhere(seen, path) else ""


def _has_all(connection: sqlite3.Connection, rid: str, seen: Seen) -> bool:
    """Whether the file holds everything this computer saw of the replica, and the same."""
    if seen.n and hash_at(connection, rid, seen.n) != seen.hash:
        return False
    return _last(connection, "access_log", rid) >= seen.access


def _lies_elsewhere(seen: Seen, path: Path) -> bool:
    """The replica's own file is still there, and this is another one."""
    return seen.path != _place(path) and Path(seen.path).exists()


def _own_former(connection: sqlite3.Connection, installation: Installation, known: dict[str, Seen], path: Path) -> str:
    """The replica that wrote here before the file went away and came back whole; "" when there is none."""
    mine = connection.execute("SELECT rid FROM replica WHERE install_id = ?", (installation.install_id,)).fetchall()
    own = {rid for (rid,) in mine}
    fit = [
        rid
        for rid, seen in known.items()
        if rid in own and _has_all(connection, rid, seen) and not _lies_elsewhere(seen, path)
    ]
    return fit[-1] if fit else ""


def _begin(connection: sqlite3.Connection, reason: str, install_id: str) -> str:
    rid = os.urandom(8).hex()
    connection.execute(
        "INSERT INTO replica (rid, label, parent_rid, reason, born_utc, install_id) "
        "SELECT ?, ?, replica, ?, ?, ? FROM db_meta",
        (rid, _label(connection, install_id), reason, utc_now(), install_id),
    )
    return rid


def _label(connection: sqlite3.Connection, install_id: str) -> str:
    """What this computer was called in the database before, else its own name."""
    former = connection.execute(
        "SELECT label FROM replica WHERE install_id = ? AND label <> '' ORDER BY rowid DESC", (install_id,)
    ).fetchone()
    return str(former[0]) if former else platform.node()


def _missing(connection: sqlite3.Connection, known: dict[str, Seen]) -> int:
    return sum(max(0, seen.n - _last(connection, "txn", rid)) for rid, seen in known.items())


def _state(connection: sqlite3.Connection, rid: str, path: Path) -> Seen:
    number = _last(connection, "txn", rid)
    return Seen(number, hash_at(connection, rid, number) or "", _last(connection, "access_log", rid), _place(path))


def _last(connection: sqlite3.Connection, table: str, rid: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(n), 0) FROM {table} WHERE rid = ?", (rid,)).fetchone()[0])


def _place(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
