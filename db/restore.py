"""Going back to a copy without destroying anything: stage, check, keep the present file, swap, finish after a crash.

Everything dangerous is done on the stage, a file of its own beside the database. Then an intent is written down, the
present file and its journal move to the kept ones, the stage takes the name, the intent is taken away. Whatever stops
in between, ``finish_interrupted`` (called at every opening, before anything else) ends it: forward when the stage is
whole, back when it is not. Every step may be repeated.
"""

from __future__ import annotations

import glob
import hashlib
import json
import re
import sqlite3
import uuid
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from db.changes import utc_now
from db.files import files
from db.migrate import upgrade_staged
from db.place import must_be_local, must_have_room
from db.sessions import Sessions
from db.verify import problems_of
from imc_desktop.domain.errors import EnvironmentProblem, UserError

KEPT_FOLDER = "прежние базы"
KEPT = 10
RESTORED = "возврат к копии"
_NUMBER = re.compile(r"(\d{6}) ")
_STAGE, _INTENT = "restore.part", "restore.json"
_SIDES = ("", "-journal", "-wal", "-shm")  # the last two: of a file another program had opened


class _Intent(NamedTuple):
    stage: str
    sha256: str
    kept: str


def kept_folder(database: Path) -> Path:
    """Where the former files of a database are kept; two databases of one folder never share it."""
    return database.parent / KEPT_FOLDER / database.stem


def stage(data: bytes | memoryview, database: Path, words: str, copy_name: str) -> Path:
    """Write the database of a checked copy beside ``database``, brought up to date, as a replica of its own.

    ``words`` are the action that ends its undo stack («Возврат к копии от …»); the copy's name goes into the log of
    accesses. UserError in a sentence, nothing left.
    """
    must_be_local(database)
    path = database.with_name(f"{database.name}.{uuid.uuid4().hex[:8]}.{_STAGE}")
    try:
        files().make_folder(database.parent)
        must_have_room(database, database.parent, "возврата к копии")
        files().write_new(path, [data])
        upgrade_staged(path)
        with closing(sqlite3.connect(path)) as connection, connection:
            begin_replica(connection, "restore")
        _end_undo(path, words, copy_name)
        broken = problems_of(path)
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


def drop_stage(path: Path) -> None:
    """A stage that will not be used."""
    for side in _SIDES:
        with suppress(OSError):
            files().remove(path.with_name(path.name + side))


def put_in_place(staged: Path, database: Path) -> Path | None:
    """The stage becomes the database; the present file is kept and its new place returned (None: there was none).

    The caller holds the database's lock. After EnvironmentProblem the database is the former one, or a restart
    finishes the swap.
    """
    try:
        kept = _free_kept(database) if database.exists() else None
        intent = _Intent(staged.name, _sha256(staged), kept.name if kept else "")
        _write_intent(database, intent)
        _carry_out(database, intent)
    except OSError as error:
        if not staged.exists() and database.exists():  # done; only the word of the disk about it is missing
            return kept
        _undo_or_leave(database)
        raise EnvironmentProblem(
            f"Заменить базу {database.name} не удалось: {error.strerror or error}. Закройте программы, которые держат "
            "файл, и откройте базу снова."
        ) from error
    _thin(kept_folder(database))
    return kept


def finish_interrupted(database: Path) -> str:
    """End a swap that a crash or a pulled plug interrupted; a sentence about what was done, "" when there was none.

    To be called under the database's lock, before it is opened. Raises EnvironmentProblem when the disk refuses.
    """
    path = _intent_path(database)
    try:
        if not path.exists():
            _drop_unused_stages(database)
            return ""
        intent = _read_intent(path)
        if intent is None or not _can_go_on(database, intent):
            _take_back(database, intent)
            return "Прерванный возврат к копии отменён: база осталась прежней."
        _carry_out(database, intent)
    except OSError as error:
        raise EnvironmentProblem(
            f"Прерванный возврат к копии не закончить: {error.strerror or error}. Проверьте место и права на папку "
            f"{database.parent}."
        ) from error
    return "Прерванный возврат к копии закончен."


def is_interrupted(database: Path) -> bool:
    """Whether ``finish_interrupted`` has something to do."""
    return _intent_path(database).exists()


def begin_replica(connection: sqlite3.Connection, reason: str) -> str:
    """From now on the file writes under a new replica name, so no number of a change is ever given twice."""
    parent = connection.execute("SELECT replica FROM db_meta").fetchone()[0]
    fresh = uuid.uuid4().hex[:16]
    connection.execute(
        "INSERT INTO replica (rid, label, install_id, parent_rid, reason, born_utc) "
        "SELECT ?, coalesce(max(label), ''), coalesce(max(install_id), ''), ?, ?, ? FROM replica WHERE rid = ?",
        (fresh, parent, reason, utc_now(), parent),
    )
    connection.execute("UPDATE db_meta SET replica = ?", (fresh,))
    return fresh


def kept_files(database: Path) -> list[Path]:
    """The former files of a database, newest first."""
    found = [path for path in kept_folder(database).glob(f"*{database.suffix}") if _NUMBER.match(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _can_go_on(database: Path, intent: _Intent) -> bool:
    """Whether the stage is whole, or has become the database already."""
    staged = database.with_name(intent.stage)
    if staged.exists():
        return _sha256(staged) == intent.sha256
    return database.exists() and (not intent.kept or (kept_folder(database) / intent.kept).exists())


def _drop_unused_stages(database: Path) -> None:
    for left in database.parent.glob(f"{glob.escape(database.name)}.*.{_STAGE}"):  # killed before the intent
        drop_stage(left)
    for left in database.parent.glob(f"{glob.escape(database.name)}.{_INTENT}.*.part"):
        files().remove(left)


def _end_undo(path: Path, words: str, copy_name: str) -> None:
    sessions = Sessions(path, lambda: ("программа", ""), writable=True)
    try:
        with sessions.step(words, "barrier", None, lambda _change: None):
            pass
        sessions.log_access(RESTORED, copy_name, words, 0)
    finally:
        sessions.close()


def _carry_out(database: Path, intent: _Intent) -> None:
    staged = database.with_name(intent.stage)
    if staged.exists():
        folder = kept_folder(database)
        files().make_folder(folder)
        # The journal goes last: while it lies beside the database, a half-written transaction can be taken back.
        for side in _SIDES:
            present = database.with_name(database.name + side)
            if present.exists():
                files().replace(present, _kept_place(folder, intent, database, side))
        files().replace(staged, database)
    files().remove(_intent_path(database))


def _kept_place(folder: Path, intent: _Intent, database: Path, side: str) -> Path:
    place = folder / f"{intent.kept}{side}" if intent.kept else _free_kept(database, side)
    return _free_kept(database, side) if place.exists() else place


def _take_back(database: Path, intent: _Intent | None) -> None:
    if intent is not None:
        if intent.kept and not database.exists():
            for side in _SIDES:
                kept = kept_folder(database) / f"{intent.kept}{side}"
                if kept.exists():
                    files().replace(kept, database.with_name(database.name + side))
        drop_stage(database.with_name(intent.stage))
    files().remove(_intent_path(database))


def _undo_or_leave(database: Path) -> None:
    """After a refusal of the disk: the former state when it can be had, else the next opening finishes."""
    with suppress(OSError):
        intent = _read_intent(_intent_path(database))
        if intent is not None:
            _take_back(database, intent)


def _write_intent(database: Path, intent: _Intent) -> None:
    path = _intent_path(database)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        files().write_new(part, [json.dumps(intent._asdict(), ensure_ascii=False).encode()])
        files().replace(part, path)
    finally:
        with suppress(OSError):
            files().remove(part)


def _read_intent(path: Path) -> _Intent | None:
    try:
        told = json.loads(files().read(path))
        intent = _Intent(str(told["stage"]), str(told["sha256"]), str(told["kept"]))
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError):
        return None
    plain = all(Path(name).name == name for name in (intent.stage, intent.kept) if name)
    return intent if plain and intent.stage.endswith(_STAGE) else None


def _intent_path(database: Path) -> Path:
    return database.with_name(f"{database.name}.{_INTENT}")


def _sha256(path: Path) -> str:
    return hashlib.sha256(files().read(path)).hexdigest()


def _free_kept(database: Path, side: str = "") -> Path:
    folder = kept_folder(database)
    taken = [int(match[1]) for path in folder.glob("*") if (match := _NUMBER.match(path.name))]
    return folder / f"{max(taken, default=0) + 1:06d} до восстановления{database.suffix}{side}"


def _thin(folder: Path) -> None:
    """Of the kept files the ten with the greatest numbers stay; of files that are not ours, all."""
    numbered = sorted((path for path in folder.glob("*") if _NUMBER.match(path.name)), key=lambda path: path.name)
    stay = sorted({path.name[:6] for path in numbered})[-KEPT:]
    for path in numbered:
        if path.name[:6] not in stay:
            with suppress(OSError):
                files().remove(path)
