"""One database file in the place of another without destroying anything, and the end of a swap that was cut.

An intent is written down, the present file and its journal move to the kept ones, the stage (``db.restore``) takes the
name, the intent is taken away. Whatever stops in between, ``finish_interrupted`` (called at every opening, before
anything else) ends it: forward when the stage is whole, back when it is not. Every step may be repeated.

Nothing but the standard library is imported here: the window opens its first list through it.
"""

from __future__ import annotations

import glob
import hashlib
import json
import re
import uuid
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from db.files import files
from imc_desktop.domain.errors import EnvironmentProblem

KEPT_FOLDER = "прежние базы"
KEPT = 10
_NUMBER = re.compile(r"(\d{6}) ")
STAGE, _INTENT = "restore.part", "restore.json"
_SIDES = ("", "-journal", "-wal", "-shm")  # the last two: of a file another program had opened


class _Intent(NamedTuple):
    stage: str
    sha256: str
    kept: str


def kept_folder(database: Path) -> Path:
    """Where the former files of a database are kept; two databases of one folder never share it."""
    return database.parent / KEPT_FOLDER / database.stem


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
    for left in database.parent.glob(f"{glob.escape(database.name)}.*.{STAGE}"):  # killed before the intent
        drop_stage(left)
    for left in database.parent.glob(f"{glob.escape(database.name)}.{_INTENT}.*.part"):
        files().remove(left)


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
    return intent if plain and intent.stage.endswith(STAGE) else None


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
