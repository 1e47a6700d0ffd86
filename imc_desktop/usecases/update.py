"""An update from a stick: the installer beside its manifest is checked on this disk before it runs.

The manifest is made with the installer (``python -m release windows-installer``). Its hash finds a damaged or
half-written file; it is no signature: who can write the stick can write both.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from imc_desktop.domain.errors import EnvironmentProblem, UserError

MANIFEST = "imc-desktop-update.json"
PRODUCT = "imc-desktop"
_LARGEST_MANIFEST = 10_000


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


def bring(update: Update, folder: Path | None = None) -> Path:
    """Copy the installer to this disk and check the copy; returns it. UserError, and no file, when it differs."""
    place = Path(folder or tempfile.mkdtemp(prefix="imc-update-")) / update.installer.name
    try:
        with update.installer.open("rb") as source, place.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        with place.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        same = place.stat().st_size == update.size and found == update.sha256
    except FileNotFoundError:
        raise UserError(f"Рядом с описанием нет файла {update.installer.name}. Скопируйте обновление заново.") from None
    except OSError:
        place.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"Файл {update.installer.name} не прочитался или не поместился на диск. Проверьте носитель и место."
        ) from None
    if not same:
        place.unlink()
        raise UserError(
            f"Файл {update.installer.name} испорчен: контрольная сумма не совпала. "
            "Ничего не изменено. Скопируйте обновление на флешку заново."
        )
    return place


def start(installer: Path, *, silent: bool = False) -> None:
    """Run a checked installer and leave it running; it waits until this program has ended."""
    subprocess.Popen([str(installer), *(["/S"] if silent else [])], cwd=installer.parent, close_fds=True)  # noqa: S603
