"""A copy was dropped on the window: compare with it, or go back to it?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.common.fitting import fit_height, fitting
from ui.context import Context

COMPARE, RESTORE = "compare", "restore"
WIDTH = 560


class CopyChoice(QDialog):
    """``choice`` is what the person wants with the copy, "" when nothing."""

    help_page = "merge"

    def __init__(self, ctx: Context, copy: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ""
        self.setWindowTitle("Копия базы")
        name = QLabel(f"Что сделать с копией {copy.name}?", wordWrap=True)
        name.setObjectName("section")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(name)
        ways = QGridLayout()
        ways.setHorizontalSpacing(12)
        ways.setVerticalSpacing(8)
        ways.setColumnStretch(1, 1)
        column.addLayout(ways)
        self.compare = self._way(ways, "Сверить…", "Принять из неё то, чего здесь нет. Здешнее не пропадёт.")
        self.restore = self._way(ways, "Вернуться к ней…", "База станет такой, какой была в копии.")
        self.compare.setProperty("primary", True)
        self.compare.setDefault(True)
        self.compare.clicked.connect(self._compare)
        self.restore.clicked.connect(self._restore)
        self.compare.setEnabled(not ctx.refusal("merge"))
        self.restore.setEnabled(not ctx.refusal("restore"))
        for button, right in ((self.compare, "merge"), (self.restore, "restore")):
            button.setToolTip(ctx.refusal(right))
        cancel = QPushButton("Отмена")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(cancel)
        column.addLayout(foot)
        self.setMinimumWidth(fitting(ctx, (WIDTH, 0)).width())
        fit_height(self, self.minimumWidth())

    @classmethod
    def ask(cls, parent: QWidget | None, ctx: Context, copy: Path) -> str:
        """``COMPARE``, ``RESTORE`` or ""."""
        dialog = cls(ctx, copy, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.choice

    @Slot()
    def _compare(self) -> None:
        self.choice = COMPARE
        self.accept()

    @Slot()
    def _restore(self) -> None:
        self.choice = RESTORE
        self.accept()

    @staticmethod
    def _way(ways: QGridLayout, title: str, words: str) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.setAccessibleDescription(words)
        told = QLabel(words, wordWrap=True)
        told.setObjectName("secondary")
        row = ways.rowCount()
        ways.addWidget(button, row, 0)
        ways.addWidget(told, row, 1)
        return button
