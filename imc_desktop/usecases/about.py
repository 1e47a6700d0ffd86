"""What the program says of itself: versions, and where everything of an office lies."""

from __future__ import annotations

import platform
import sqlite3
from pathlib import Path
from typing import NamedTuple

from db.connect import SCHEMA_REVISION
from imc_desktop import __version__, paths
from imc_desktop.usecases.copy_facts import local_folder


class AboutFact(NamedTuple):
    """A line of «О программе»."""

    label: str
    text: str


def versions() -> list[AboutFact]:
    """The program, its form of the database and what it is made with, without the window's own library."""
    return [
        AboutFact("Версия программы", __version__),
        AboutFact("Вид базы", str(SCHEMA_REVISION)),
        AboutFact("Python", platform.python_version()),
        AboutFact("SQLite", sqlite3.sqlite_version),
        AboutFact("Система", f"{platform.system()} {platform.release()}".strip()),
    ]


def places(database: Path | None) -> list[AboutFact]:
    """Where the database that is open, its own copies, the log and the program lie."""
    return [
        AboutFact("База", str(database) if database else "не открыта"),
        AboutFact("Копии рядом с базой", str(local_folder(database)) if database else "нет"),
        AboutFact("Журнал сбоев", str(paths.log_folder())),
        AboutFact("Папка программы", str(paths.program_folder())),
    ]


def licences() -> list[tuple[str, Path]]:
    """Texts of licences that come with the program: a title and a file, ours on replacing Qt first."""
    folder = paths.resources()
    found = sorted((folder / "licences").rglob("*"), key=lambda file: (file.name != _QT, file.as_posix().casefold()))
    parts = [*found, *sorted((folder / "fonts").glob("LICENSE*")), folder / "icons" / "LICENSE.txt"]
    return [(_title_of(file), file) for file in parts if file.is_file()]


_QT = "qt-lgpl.txt"
_TITLES = {
    _QT: "Qt и как её заменить",
    "NOTICE.txt": "Общий список",
    "LGPL-3.0.txt": "GNU LGPL, версия 3",
    "GPL-3.0.txt": "GNU GPL, версия 3",
    "libraries.txt": "Библиотеки",
    "python.txt": "Python",
    "LICENSE-DejaVu.txt": "Шрифт DejaVu",
    "LICENSE-Liberation.txt": "Шрифты Liberation",
    "LICENSE.txt": "Значки Tabler",
}


def _title_of(file: Path) -> str:
    return _TITLES.get(file.name, file.stem)
