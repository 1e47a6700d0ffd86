"""The steps that need Qt, imported by them alone: letters of a printed paper, the preview, Qt itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from imc_desktop.cli.self_test.bench import ON, Bench, must
from imc_desktop.documents.act import ActContent, ActPart, render
from imc_desktop.documents.fonts import ALPHABETS, check_glyphs
from imc_desktop.usecases.demo import PLAN_YEAR
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish

_FONT = re.compile(rb"/FontFile[23]?\b")
_USED = re.compile(rb"/BaseFont\s*/[A-Z]{6}\+")  # a subset that travels with the paper


def letters(bench: Bench) -> str:
    """Both alphabets printed, capital and small, and read back out of the paper."""
    missing = check_glyphs()
    must(not missing, f"нет букв: {missing}")
    wanted = ALPHABETS + ALPHABETS.lower()
    pdf = render(ActContent(("ПРОВЕРКА", ALPHABETS), (ActPart("", (ALPHABETS, ALPHABETS.lower())),)))
    must(bool(_FONT.search(pdf) and _USED.search(pdf)), "шрифт не вложен в документ")
    read = _text_of(bench.folder / "буквы.pdf", pdf)
    lost = "".join(char for char in wanted if char not in read)
    must(not lost, f"из документа не читаются буквы: {lost}")
    return f"русские и казахские буквы ({len(wanted)}) напечатаны и прочитаны, шрифт вложен"


def preview(bench: Bench) -> str:
    """The first page of the plan, drawn."""
    from PySide6.QtCore import QSize  # noqa: PLC0415

    document = _opened(bench.folder / "план.pdf", make(bench.store, "annual-plan", Wish(PLAN_YEAR, ON)))
    picture = document.render(0, QSize(300, 420))
    points = [picture.pixelColor(x, y) for x in range(0, 300, 3) for y in range(0, 420, 3)]
    dark = sum(point.alpha() > 128 and point.lightness() < 128 for point in points)  # paper is see-through
    pages = document.pageCount()
    document.close()
    must(pages > 0 and dark > 0, "первая страница плана пуста")
    return f"страниц: {pages}, первая нарисована"


def counts_of_none(_bench: Bench) -> str:
    """Some builds of Qt for Python lose references to None until the process dies."""
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415

    app = _application()
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    lost = before - sys.getrefcount(None)
    must(app is not None and abs(lost) < 300, f"Qt теряет ссылки на None: {lost}")
    return "Qt рисует и не теряет ссылок"


def _text_of(path: Path, pdf: bytes) -> str:
    document = _opened(path, pdf)
    text = "".join(str(document.getAllText(page).text()) for page in range(document.pageCount()))
    document.close()
    return text


def _opened(path: Path, pdf: bytes) -> Any:
    """A QPdfDocument of these bytes."""
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415

    path.write_bytes(pdf)
    document = QPdfDocument(_application())
    document.load(str(path))
    return document


def _application() -> Any:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    return QApplication.instance() or QApplication(["self-test", "-platform", "offscreen"])
