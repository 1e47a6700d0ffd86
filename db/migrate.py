"""Making a database and bringing an older one up to date, on a verified copy that is then swapped in."""

from __future__ import annotations

import importlib
import sqlite3
import struct
import uuid
from contextlib import closing, suppress
from pathlib import Path

from db.connect import APPLICATION_ID, SCHEMA_REVISION, copy_database, settle_journal
from db.files import files
from db.place import must_be_local, must_have_name, must_have_room, must_take_files
from db.trouble import disk_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

_HEADER = 100


class NewerDatabaseError(UserError):
    """The file was written by a newer program: nothing is wrong with it."""


def must_not_be_newer(path: Path) -> int:
    """The revision of a database; NewerDatabaseError when this program does not know it yet."""
    revision = stored_revision(path)
    if revision > SCHEMA_REVISION:
        raise NewerDatabaseError(
            f"База {path.name} сделана более новой версией программы (схема {revision}, здесь {SCHEMA_REVISION}). "
            "Обновите программу на этом компьютере."
        )
    return revision


def create_database(path: Path) -> None:
    """A new empty database at ``path``; refuses an existing file and leaves nothing behind on failure."""
    must_have_name(path)
    if path.exists():
        raise UserError(f"Файл {path.name} уже есть. Выберите другое имя или откройте эту базу.")
    if not path.parent.is_dir():
        raise UserError(f"Нет папки {path.parent}. Создайте её или выберите другую.")
    must_be_local(path)
    must_take_files(path.parent)
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        _upgrade(beside)
        _seed(beside)
        files().replace(beside, path)
    except OSError as error:
        raise EnvironmentProblem(
            f"Базу {path.name} создать не удалось: {error.strerror or error}. Проверьте место и права на папку."
        ) from error
    finally:
        with suppress(OSError):
            files().remove(beside)


def stored_revision(path: Path) -> int:
    """Schema revision read from the file's header without opening it; raises UserError when it is not our database."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        raise UserError(f"Нет файла базы {path}. Проверьте имя или создайте новую базу.") from None
    except OSError as error:
        raise UserError(f"Файл базы {path.name} не читается: {error.strerror}. Проверьте права и носитель.") from error
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        raise UserError(f"Файл {path.name} повреждён или это не база программы. Вернитесь к проверенной копии.")
    user_version, application_id = struct.unpack(">i", header[60:64])[0], struct.unpack(">i", header[68:72])[0]
    if application_id != APPLICATION_ID:
        raise UserError(f"Файл {path.name} — база другой программы. Выберите файл с окончанием .imc.")
    return int(user_version)


def open_or_upgrade(path: Path, *, writable: bool) -> None:
    """Make sure the file is ours and of this program's revision; an older one is upgraded on a copy and swapped.

    The former file stays beside with the ending ``.before-N``. A newer one is refused in a sentence.
    """
    must_have_name(path)
    revision = stored_revision(path)
    settle_journal(path)
    if revision == SCHEMA_REVISION:
        return
    must_not_be_newer(path)
    if not writable:
        raise UserError(f"База {path.name} от прежней версии. Откройте её один раз в окне программы, чтобы обновить.")
    must_have_room(path, path.parent, "обновления базы")
    staged = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with disk_of(path):
            copy_database(path, staged)
            _upgrade(staged)
            kept = _free_name(path.with_name(f"{path.name}.before-{SCHEMA_REVISION}"))
            copy_database(path, kept)
            _must_be_whole(kept)
        files().sync(kept)
        files().replace(staged, path)
    except OSError as error:
        raise EnvironmentProblem(
            f"Базу {path.name} обновить не удалось: {error.strerror or error}. База оставлена прежней: проверьте место "
            "и права на папку."
        ) from error
    finally:
        with suppress(OSError):
            files().remove(staged)


def make_former(path: Path, revision: int) -> None:
    """An empty database of a former revision, as the shipped revisions make it: what the self-test upgrades."""
    _upgrade(path, revision)


def upgrade_staged(path: Path) -> None:
    """Bring a file nobody works on (the stage of a restore) up to date in place."""
    if stored_revision(path) < SCHEMA_REVISION:
        _upgrade(path)


def _free_name(path: Path) -> Path:
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _upgrade(path: Path, revision: int = SCHEMA_REVISION) -> None:
    # Alembic costs more than the window itself and is needed once in a database's life.
    importlib.import_module("db.migrations.runner").upgrade(path, revision)
    _must_be_whole(path)
    files().sync(path)


def _must_be_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise UserError(
                f"Обновление базы {path.name} не удалось: проверка нашла повреждение. База оставлена прежней."
            )


def _seed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        replica = uuid.uuid4().hex[:16]
        connection.execute(
            "INSERT INTO db_meta (key, db_id, replica, last_seen_utc) VALUES (1, ?, ?, '')", (uuid.uuid4().hex, replica)
        )
        connection.execute("INSERT INTO replica (rid, label, reason, born_utc) VALUES (?, '', 'new', '')", (replica,))
