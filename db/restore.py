"""Going back to a copy without destroying anything: the copy's database on a stage, checked and brought up to date.

Everything dangerous is done on the stage, a file of its own beside the database; ``db.swap`` gives it the name then.
"""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from db.changes import utc_now
from db.files import files
from db.migrate import upgrade_staged
from db.place import must_be_local, must_have_room
from db.sessions import Sessions
from db.swap import STAGE, drop_stage
from db.trouble import disk_of
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

RESTORED = "возврат к копии"


def stage(data: bytes | memoryview, database: Path, words: str, copy_name: str) -> Path:
    """Write the database of a checked copy beside ``database``, brought up to date, as a replica of its own.

    ``words`` are the action that ends its undo stack («Возврат к копии от …»); the copy's name goes into the log of
    accesses. UserError in a sentence, nothing left.
    """
    must_be_local(database)
    path = database.with_name(f"{database.name}.{uuid.uuid4().hex[:8]}.{STAGE}")
    try:
        files().make_folder(database.parent)
        must_have_room(database, database.parent, "возврата к копии")
        files().write_new(path, [data])
        with disk_of(database):
            upgrade_staged(path)
            with closing(sqlite3.connect(path)) as connection, connection:
                begin_replica(connection, "restore")
            _end_undo(path, words, copy_name)
        broken = problems_of(path)
        files().remove(path.with_name(f"{path.name}-journal"))  # empty: every transaction has ended
        files().sync(path)
    except OSError as error:
        drop_stage(path)
        raise EnvironmentProblem(
            f"Копия не подготовлена в папке {database.parent}: {error.strerror or error}. База не изменена."
        ) from error
    except BaseException:
        drop_stage(path)
        raise
    if broken:
        drop_stage(path)
        raise UserError(f"{broken[0]} База не изменена, возьмите другую копию.")
    return path


def begin_replica(connection: sqlite3.Connection, reason: str) -> str:
    """From now on the file writes under a new replica name, so no number of a change is ever given twice.

    The name is nobody's yet: the computer that opens the file first takes it (``db.incarnation``).
    """
    parent = connection.execute("SELECT replica FROM db_meta").fetchone()[0]
    fresh = uuid.uuid4().hex[:16]
    connection.execute(
        "INSERT INTO replica (rid, label, install_id, parent_rid, reason, born_utc) VALUES (?, '', '', ?, ?, ?)",
        (fresh, parent, reason, utc_now()),
    )
    connection.execute("UPDATE db_meta SET replica = ?", (fresh,))
    return fresh


def _end_undo(path: Path, words: str, copy_name: str) -> None:
    sessions = Sessions(path, lambda: ("программа", ""), writable=True)
    try:
        with sessions.step(words, "barrier", None, lambda _change: None):
            pass
        sessions.log_access(RESTORED, copy_name, words, 0)
    finally:
        sessions.close()
