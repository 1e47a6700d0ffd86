"""What the disk refused, in a sentence: SQLite says no more than «disk I/O error» and takes the transaction back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imc_desktop.domain.errors import EnvironmentProblem

_UNCHANGED = "Ничего не записано, база осталась прежней."
_SENTENCES = {
    sqlite3.SQLITE_FULL: f"На диске с базой {{}} кончилось место. {_UNCHANGED} Освободите место и повторите.",
    # After the very last sync of a commit the action is in the file although the disk refused.
    sqlite3.SQLITE_IOERR: (
        "Диск с базой {} не отвечает. Проверьте диск, откройте базу снова и посмотрите, записано ли последнее действие."
    ),
    sqlite3.SQLITE_READONLY: f"В базу {{}} нельзя писать. {_UNCHANGED} Проверьте права на файл и папку.",
    sqlite3.SQLITE_CANTOPEN: f"Файл базы {{}} не открывается. {_UNCHANGED} Проверьте диск и права на папку.",
    sqlite3.SQLITE_CORRUPT: "Файл базы {} повреждён. Вернитесь к проверенной копии.",
    sqlite3.SQLITE_BUSY: f"Базу {{}} держит другая программа. {_UNCHANGED} Подождите и повторите.",
}
_ROTTEN = "Could not decode to UTF-8"


@contextmanager
def disk_of(path: Path) -> Iterator[None]:
    """Within the block a refusal of the disk is an EnvironmentProblem about this database; other errors pass."""
    try:
        yield
    except Exception as error:
        refused = getattr(error, "orig", error)  # SQLAlchemy wraps what sqlite3 raises
        code = getattr(refused, "sqlite_errorcode", 0) if isinstance(refused, sqlite3.DatabaseError) else 0
        if isinstance(refused, sqlite3.OperationalError) and _ROTTEN in str(refused):
            code = sqlite3.SQLITE_CORRUPT  # the driver itself says so, without a code
        sentence = _SENTENCES.get((code or 0) & 0xFF)
        if sentence is None:
            raise
        raise EnvironmentProblem(sentence.format(path.name)) from error
