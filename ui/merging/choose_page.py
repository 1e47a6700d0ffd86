"""Step 1: which copy to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.copy_facts import counts_words
from ui.common.empty_state import EmptyState
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.copies.state import age_words
from ui.merging.state import MERGEABLE, Offered

WHAT = (
    "Выберите копию с другого компьютера. Сначала будет показано, что изменится; "
    "без вашего согласия в базе не меняется ничего."
)
NO_COPIES = (
    "На другом компьютере сделайте копию: меню ⋮ → «Копия на флешку…». Вставьте ту флешку сюда или выберите файл копии."
)


class ChoosePage(QWidget):
    """``requestedFile``: the person wants to name a file; ``chosen`` is the copy under the cursor."""

    requestedFile = Signal()  # noqa: N815 - Qt signals
    changed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        words = QLabel(WHAT)
        words.setWordWrap(True)
        self.model: RowsModel[Offered] = RowsModel(self._columns(), lambda one: str(one.path), ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "merge.copies", "Копии на флешках")
        self.table.currentRow.connect(self.changed)
        self.empty = EmptyState(ctx.theme, "device-usb", "На флешках копий нет", NO_COPIES)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.file = QPushButton(ctx.theme.icon("folder-open"), "Выбрать файл…")
        self.file.setAutoDefault(False)
        self.file.clicked.connect(self.requestedFile)
        row = QHBoxLayout()
        row.addWidget(self.file)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self.stack, 1)
        column.addLayout(row)

    @property
    def chosen(self) -> Offered | None:
        """The copy under the cursor."""
        row: Offered | None = self.table.current()
        return row

    def show_copies(self, copies: Sequence[Offered], wanted: Path | None = None) -> None:
        """List copies; the first, or the wanted one, is chosen."""
        self.model.set_rows(copies)
        self.stack.setCurrentIndex(0 if copies else 1)
        if copies:
            self.table.choose(str(wanted or copies[0].path))
            self.table.setFocus()
        else:
            self.file.setFocus()
        self.changed.emit()

    def add(self, copy: Offered) -> None:
        """A copy from elsewhere stands first and is chosen."""
        others = [one for one in self.model.layout_of_rows.rows if one.path != copy.path]
        self.show_copies([copy, *others], copy.path)

    def _columns(self) -> tuple[Column[Offered], ...]:
        today = self._ctx.clock.today()
        return (
            Column("news", "Что нового", lambda one: one.news, tone=_tone, keep=True),
            Column("computer", "Компьютер", lambda one: one.found.view.computer),
            Column(
                "day",
                "Копия от",
                lambda one: show_date(one.found.view.made_on),
                sort=lambda one: one.found.view.made_on,
            ),
            Column("age", "Возраст", lambda one: age_words(one.found.view.made_on, today), yields=1),
            Column("place", "Где", lambda one: one.found.place),
            Column(
                "counts",
                "Что внутри",
                lambda one: counts_words(one.found.view.counts),
                weight=2.0,
                max_chars=80,
                yields=2,
            ),
        )


def _tone(one: Offered) -> str:
    return "ok" if one.standing is not None and one.standing.relation in MERGEABLE else "secondary"
