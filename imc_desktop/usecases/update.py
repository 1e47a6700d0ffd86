"""An update from a stick: the installer beside its manifest is checked on this disk before it runs.

The manifest is made with the installer (``python -m release windows-installer``). Its hash finds a damaged or
half-written file; it is no signature: who can write the stick can write both. No right is asked for: who may start
the program may also start its installer.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from db.volumes import removable_volumes
from imc_desktop import __version__, paths
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.usecases.copy_places import folders_of

if sys.platform == "win32":
    import ctypes

MANIFEST = "imc-desktop-update.json"
PRODUCT = "imc-desktop"
ONLY_WINDOWS = "Обновление цело, но его установщик работает только в Windows."
_LARGEST_MANIFEST = 10_000
_BROUGHT = "imc-update-"
_BLOCK = 1 << 20
Progress = Callable[[int, int], None]


class Update(NamedTuple):
    """What lies in a folder: the installer's path and what the manifest promises of it."""

    version: str
    installer: Path
    sha256: str
    size: int


def find_update(folder: Path) -> Update:
    """Read the manifest in a folder; UserError when there is none or it is not one of ours."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            raise UserError(f"Файл {path} не похож на описание обновления. Скопируйте обновление на флешку заново.")
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"В папке {folder} нет обновления. Выберите папку, где лежит файл {MANIFEST}.") from None
    except OSError:
        raise EnvironmentProblem(f"Папка {folder} не читается. Проверьте носитель.") from None
    except ValueError:
        told = None
    return _checked(told, folder)


def _checked(told: Any, folder: Path) -> Update:
    try:
        update = Update(str(told["version"]), folder / str(told["file"]), str(told["sha256"]), int(told["size"]))
        whole = (
            told["product"] == PRODUCT
            and re.fullmatch(r"\d+\.\d+\.\d+", update.version)
            and re.fullmatch(r"[0-9a-f]{64}", update.sha256)
            and re.fullmatch(r"[\w.-]+\.exe", str(told["file"]), re.ASCII)
        )
    except (TypeError, KeyError, ValueError):
        whole = None
    if not whole:
        raise UserError(f"Описание обновления {folder / MANIFEST} испорчено. Скопируйте обновление на флешку заново.")
    return update


def refuse_unless_newer(update: Update, installed: str) -> None:
    """UserError when the update is not newer than what runs."""
    if _numbers(update.version) == _numbers(installed):
        raise UserError(f"Версия {installed} уже установлена: обновлять нечего.")
    if _numbers(update.version) < _numbers(installed):
        raise UserError(
            f"На носителе версия {update.version}, а установлена более новая {installed}. "
            "Возврат к старой версии не делается: она может не открыть ваши данные."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def update_on_stick() -> Path | None:
    """The folder on a stick (its top, or one folder down) where the newest update lies; None when there is none."""
    return _newest(folder for volume in removable_volumes() for folder in folders_of(volume.mount))


def examine(folder: Path, progress: Progress | None = None) -> tuple[Update, Path]:
    """An update newer than this program, in a folder or one below, and its checked copy on this disk.

    UserError says why there is none.
    """
    update = find_update(_newest(folders_of(folder)) or folder)
    refuse_unless_newer(update, __version__)
    return update, bring(update, progress=progress)


def _newest(folders: Iterable[Path]) -> Path | None:
    found = []
    for folder in folders:
        with suppress(UserError):
            found.append((_numbers(find_update(folder).version), folder))
    return max(found, key=lambda one: one[0])[1] if found else None


def bring(update: Update, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """Copy the installer to this disk and check the copy; returns it. UserError, and no file, when it differs.

    ``progress`` is called with bytes done and all of them; what it raises ends the copying and leaves no file.
    """
    place = (folder or _own_folder()) / update.installer.name
    try:
        with place.open("wb") as target:
            _copy(update, target, progress)
        with place.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        same = place.stat().st_size == update.size and found == update.sha256
    except FileNotFoundError:
        forget(place)
        raise UserError(f"Рядом с описанием нет файла {update.installer.name}. Скопируйте обновление заново.") from None
    except OSError:
        forget(place)
        raise EnvironmentProblem(
            f"Файл {update.installer.name} не прочитался или не поместился на диск. Проверьте носитель и место."
        ) from None
    except BaseException:
        forget(place)
        raise
    if not same:
        forget(place)
        raise UserError(
            f"Файл {update.installer.name} испорчен: контрольная сумма не совпала. "
            "Ничего не изменено. Скопируйте обновление на флешку заново."
        )
    return place


def forget(brought: Path) -> None:
    """Remove a brought installer that will not run."""
    with suppress(OSError):
        brought.unlink(missing_ok=True)
        if brought.parent.name.startswith(_BROUGHT):
            brought.parent.rmdir()


def start(installer: Path, *, silent: bool = False) -> None:
    """Run a checked installer and leave it running; it waits until this program has ended.

    It updates the folder this program runs from, portable or installed. UserError where it cannot run.
    """
    if platform.system() != "Windows":
        raise UserError(ONLY_WINDOWS)
    program = paths.program_folder() if paths.is_frozen() else None
    portable = program is not None and (program / paths.PORTABLE_MARK).is_file()
    words = command_line(installer, program, portable=portable, silent=silent)
    try:
        with _a_stranger() as environment:
            subprocess.Popen(words, cwd=installer.parent, env=environment, close_fds=True)  # noqa: S603
    except OSError as error:
        raise EnvironmentProblem(
            f"Windows не запустила установщик {installer.name}: {error.strerror or error}. Ничего не изменено. "
            "Запустите его с флешки двойным щелчком."
        ) from error


def command_line(installer: PurePath, program: PurePath | None, *, portable: bool, silent: bool) -> str:
    """What Windows is asked to run. The folder stands last and bare, even with spaces: so the installer reads it."""
    words = [f'"{installer}"', "/S" if silent else "/UPDATE", *(["/PORTABLE"] if portable else [])]
    return " ".join([*words, *([f"/D={program}"] if program is not None else [])])


@contextmanager
def _a_stranger() -> Iterator[dict[str, str]]:
    """A child that is no part of this frozen program: neither its variables nor its folder of libraries reach it."""
    if sys.platform == "win32" and paths.is_frozen():
        # Inherited, it would make the installer load libraries from the folder it is about to replace.
        ctypes.windll.kernel32.SetDllDirectoryW(None)
    try:
        yield {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    finally:
        if sys.platform == "win32" and paths.is_frozen():
            ctypes.windll.kernel32.SetDllDirectoryW(sys._MEIPASS)  # noqa: SLF001


def _own_folder() -> Path:
    """A new folder for the installer; those of former updates go."""
    for former in Path(tempfile.gettempdir()).glob(f"{_BROUGHT}*"):
        shutil.rmtree(former, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_BROUGHT))


def _copy(update: Update, target: Any, progress: Progress | None) -> None:
    done = 0
    with update.installer.open("rb") as source:
        while block := source.read(_BLOCK):
            target.write(block)
            done += len(block)
            if progress is not None:
                progress(done, max(done, update.size))
