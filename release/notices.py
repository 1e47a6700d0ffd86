"""Third-party notices, made from the lock: ``python -m release notices`` writes them, a test says when they are stale.

``NOTICE.txt`` lists every part and its licence, ``libraries.txt`` holds the licences' own words.
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import NamedTuple

from release.lock import LOCK, Pin, pins
from release.tools import ROOT, FailedError

FOLDER = ROOT / "resources" / "licences"
LIST, TEXTS = FOLDER / "NOTICE.txt", FOLDER / "libraries.txt"
QT = ("pyside6-essentials", "pyside6-addons", "shiboken6")  # told apart: their texts lie beside, in files of their own
NOT_LICENCES = ("CONTRIBUTORS", "AUTHORS")
# What the metadata do not say in one word.
SAID = {
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pytrovich": "MIT",
    "reportlab": "BSD-3-Clause",
    "pyside6-addons": "LGPL-3.0-only",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
HEAD = """IMC Desktop построена на трудах других людей. Вот они и условия, на которых ими пользуются.
Тексты лицензий библиотек — в файле libraries.txt, о замене Qt — в файле qt-lgpl.txt.

Библиотеки (по файлу requirements.lock)
"""
# Parts that come with Python, with Qt or as files of ours, not through the lock.
OTHERS = (
    ("Qt 6.8", "LGPL-3.0-only", "отдельные файлы в _internal/PySide6, их можно заменить: qt-lgpl.txt"),
    ("PDFium (в Qt PDF)", "BSD-3-Clause / Apache-2.0", ""),
    ("ICU (в Qt для Linux)", "Unicode-3.0", ""),
    ("Python 3.11", "PSF-2.0", "python.txt"),
    ("SQLite", "общественное достояние", ""),
    ("OpenSSL 3", "Apache-2.0", ""),
    ("libffi, zlib, bzip2, XZ", "MIT, Zlib, bzip2, 0BSD", ""),
    ("PyInstaller (загрузчик)", "GPL-2.0 с исключением", "исключение разрешает любые условия для собранной программы"),
    ("Liberation Serif, Sans 2.1", "OFL-1.1", "fonts/LICENSE-Liberation.txt"),
    ("DejaVu Sans", "Bitstream Vera", "fonts/LICENSE-DejaVu.txt"),
    ("Значки Tabler", "MIT", "icons/LICENSE.txt"),
    ("Рабочие дни (из holidays)", "MIT", "только даты; сама библиотека в программу не входит"),
)
_NAME, _LICENCE = 30, 40


class Library(NamedTuple):
    """A locked library as it is installed here: licence in a word, and the texts that came with it."""

    pin: Pin
    licence: str
    texts: tuple[str, ...]


def libraries() -> list[Library]:
    """Every library of the lock; FailedError when another version than the locked one is installed here."""
    return [_library(pin) for pin in pins(LOCK)]


def _library(pin: Pin) -> Library:
    try:
        found = importlib.metadata.distribution(pin.name)
    except importlib.metadata.PackageNotFoundError:
        raise FailedError(f"{pin.name} is not installed: sh setup.sh test") from None
    if found.version != pin.version:
        raise FailedError(f"{pin.name} {found.version} is installed, the lock says {pin.version}")
    said = found.metadata.json
    licence = SAID.get(pin.name) or str(said.get("license_expression") or said.get("license") or "")
    if not licence or "\n" in licence:
        raise FailedError(f"{pin.name} does not say its licence in a word: add it to SAID")
    files = sorted(file for file in found.files or () if "dist-info" in str(file) and _is_licence(file.name))
    texts = tuple(Path(file.locate()).read_text(encoding="utf-8", errors="replace").strip() for file in files)
    if not texts and pin.name not in QT:
        raise FailedError(f"{pin.name} comes without the text of its licence")
    return Library(pin, licence, texts)


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICEN", "COPYING", "NOTICE")) and name not in NOT_LICENCES


def list_text() -> str:
    """What ``NOTICE.txt`` says."""
    own = [_line(f"{one.pin.name} {one.pin.version}", one.licence) for one in libraries()]
    other = [_line(*part) for part in OTHERS]
    return "\n".join([HEAD.rstrip("\n"), *own, "", "Остальное", *other, ""])


def _line(name: str, licence: str, where: str = "") -> str:
    return f"  {name:{_NAME}} {licence:{_LICENCE if where else 0}} {where}".rstrip()


def texts_text() -> str:
    """What ``libraries.txt`` says."""
    parts = []
    for one in libraries():
        if one.texts:
            title = f"{one.pin.name} {one.pin.version} — {one.licence}"
            parts += ["=" * len(title), title, "=" * len(title), "", "\n\n".join(one.texts), ""]
    return "\n".join(_plain(line) for line in "\n".join(parts).splitlines()) + "\n"


def _plain(line: str) -> str:
    return line.rstrip().expandtabs(4)


def write() -> str:
    """Write both files."""
    LIST.write_text(list_text(), encoding="utf-8")
    TEXTS.write_text(texts_text(), encoding="utf-8")
    return f"{len(pins(LOCK))} libraries in {LIST.name}, {TEXTS.stat().st_size // 1024} KB of texts in {TEXTS.name}"


def check() -> str:
    """FailedError when the files are not what the lock says."""
    for path, text in ((LIST, list_text()), (TEXTS, texts_text())):
        if path.read_text(encoding="utf-8") != text:
            raise FailedError(f"{path.name} is stale: python -m release notices")
    return "notices are as the lock says"
