"""Where a database may be worked on: a disk of this computer, with room, outside folders that others rewrite."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from db.connect import copy_database, settle_journal
from db.files import files
from db.volumes import VolumeKind, synced_folder, volume_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

_MIB = 1024 * 1024
_TIMES, _MORE = 3, 200 * _MIB
# What stands beside a database is called like it and longer; SQLite takes ways of 512 bytes, old Windows 260 letters.
_ROOM = 40
_LONGEST_NAME = 255 - _ROOM
_LONGEST_PATH = (260 if os.name == "nt" else 512) - _ROOM
_STICK = "на съёмном диске{}: его могут вынуть во время записи"
_SHARE = "на сетевом диске{}: связь может прерваться во время записи"
_SYNCED = "в папке «{}», которую переписывает другая программа"


class WrongPlaceError(UserError):
    """The database lies where it may be looked at but not worked on; a copy of it on this computer may."""


class LookOnlyError(EnvironmentProblem):
    """The file or its folder cannot be written: it can be looked at."""


def trouble_with_place(path: Path) -> str:
    """Why a database at ``path`` may not be written («на съёмном диске …»), "" when it may."""
    volume = volume_of(path)
    name = f" «{volume.label or volume.mount}»"
    if volume.kind is VolumeKind.REMOVABLE:
        return _STICK.format(name)
    if volume.kind is VolumeKind.NETWORK:
        return _SHARE.format(name)
    synced = synced_folder(path)
    return _SYNCED.format(synced) if synced else ""


def must_be_local(path: Path) -> None:
    """Raise WrongPlaceError in a sentence when a database at ``path`` may not be written."""
    trouble = trouble_with_place(path)
    if trouble and path.exists():
        raise WrongPlaceError(f"База {path.name} лежит {trouble}. Скопируйте базу на этот компьютер.")
    if trouble:
        raise WrongPlaceError(f"База не может лежать {trouble}. Выберите папку на этом компьютере.")


def must_have_name(path: Path) -> None:
    """Raise UserError in a sentence when the name is no text, or leaves no room for the files a database needs."""
    if str(path).encode("utf-8", "replace").decode() != str(path):
        raise UserError("В имени папки или файла базы есть испорченные знаки. Переименуйте их и откройте базу снова.")
    name, whole = len(os.fsencode(path.name)), len(os.fsencode(os.path.realpath(path)))
    if name > _LONGEST_NAME:
        raise UserError(f"Слишком длинное имя файла: {path.name[:40]}… Дайте базе имя короче.")
    if whole > _LONGEST_PATH:
        raise UserError(f"Слишком длинный путь к базе {path.name}. Положите её в папку ближе к началу диска.")


def must_take_files(folder: Path) -> None:
    """Raise EnvironmentProblem in a sentence when no file can be made in an existing folder."""
    if not _may_write(folder):
        raise EnvironmentProblem(f"В папке «{folder}» нельзя создать файл. Выберите другую или проверьте права на неё.")


def must_be_writable(path: Path) -> None:
    """Raise LookOnlyError in a sentence when an existing database at ``path`` cannot be written."""
    if not _may_write(path.parent):
        raise LookOnlyError(
            f"В папку «{path.parent}» писать нельзя: база {path.name} открывается только для просмотра."
        )
    if not _may_write(path):
        raise LookOnlyError(f"Файл {path.name} защищён от записи: база открывается только для просмотра.")


def must_have_room(database: Path, folder: Path, deed: str) -> None:
    """Raise EnvironmentProblem unless ``folder`` has three times the database and 200 MiB free; ``deed``: «импорта»."""
    try:
        size = database.stat().st_size if database.exists() else 0
        wanted, free = size * _TIMES + _MORE, files().free(folder)
    except OSError as error:
        raise EnvironmentProblem(
            f"Для {deed} нужно место, а диск папки {folder} не отвечает: {error.strerror or error}. "
            "Проверьте диск и права на папку."
        ) from error
    if free < wanted:
        raise EnvironmentProblem(
            f"Для {deed} мало места в папке {folder}: нужно {-(-wanted // _MIB)} МБ, "
            f"свободно {free // _MIB} МБ. Освободите место и повторите."
        )


def copy_in(path: Path, folder: Path) -> Path:
    """A copy of a database that lies elsewhere, in ``folder`` of this computer; nothing there is replaced.

    Raises UserError or EnvironmentProblem in a sentence and leaves nothing half copied.
    """
    target = _free_name(folder, path)
    must_be_local(target)
    part, whole = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.whole.part")
    journal, journal_part = path.with_name(f"{path.name}-journal"), part.with_name(f"{part.name}-journal")
    try:
        files().make_folder(folder)
        must_have_room(path, folder, "копирования базы")
        files().copy(path, part)
        if journal.exists():  # a killed program's half-written transaction is taken back on the copy
            files().copy(journal, journal_part)
        settle_journal(part)
        copy_database(part, whole)
        _must_be_whole(whole, path.name)
        files().sync(whole)
        files().replace(whole, target)
    except (OSError, sqlite3.Error) as error:
        raise EnvironmentProblem(
            f"База не скопирована в {folder}: {getattr(error, 'strerror', None) or error}. Проверьте место и носитель."
        ) from error
    finally:
        with suppress(OSError):
            for left in (part, journal_part, whole):
                files().remove(left)
    return target


def _may_write(path: Path) -> bool:
    # On Windows the word of the system is not enough; elsewhere closing a file would drop the locks SQLite holds on it.
    if os.name == "nt" and path.is_file():
        try:
            path.open("r+b").close()
        except OSError:
            return False
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _must_be_whole(copy: Path, name: str) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise UserError(f"База {name} повреждена, копировать её нельзя. Вернитесь к проверенной копии.")


def _free_name(folder: Path, path: Path) -> Path:
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} {number}{path.suffix}"
    return target
