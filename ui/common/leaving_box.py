"""Before a list of people goes to a stick: what it is told of, and whether identifiers go along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from imc_desktop.usecases.leaving import leaving_words
from imc_desktop.usecases.printing.registry import print_kind
from ui.common.dialog import Dialog
from ui.context import Context

Write = Callable[[bool], Any]


class LeavingBox(Dialog):
    """``write`` is called with True when identifiers are to be hidden."""

    help_page = "carriers"

    def __init__(self, ctx: Context, title: str, words: str, write: Write, parent: QWidget | None = None) -> None:
        super().__init__(ctx, "Выгрузка на съёмный носитель", "Записать", parent)
        self._write = write
        text = QLabel(f"{title}. {words}")
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self.hide_numbers = QCheckBox("Скрыть СНИЛС, ИИН, телефоны и адреса почты")
        self.hide_numbers.setChecked(True)
        self.body.addWidget(text)
        self.body.addWidget(self.hide_numbers)
        self.body.addStretch()
        self.fit()

    def deed(self) -> Any:
        return self._write(self.hide_numbers.isChecked())


def write_out(parent: QWidget, ctx: Context, kind: str, path: Path, write: Write) -> LeavingBox | None:
    """Write a sheet at once; when it is a list of people on its way to a stick, ask first (the box is given back)."""
    found = print_kind(kind)
    words = leaving_words(ctx.store, path) if found.personal else ""
    if not words:
        write(False)
        return None
    box = LeavingBox(ctx, found.title, words, write, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
