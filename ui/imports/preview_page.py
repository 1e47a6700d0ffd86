"""Page 3: what will happen. Counters on top narrow the list below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from imc_desktop.usecases.imports.effects import Preview
from ui.common.filter_state import Condition
from ui.common.flow import Flow
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.imports.state import MARKS, OUTCOMES, Line, counters, lines_of, number, subjects_of

FILTER_DELAY_MS = 150


def _mark(line: Line) -> str:
    return MARKS[line.outcome][0]


def _tone(line: Line) -> str:
    return MARKS[line.outcome][1]


COLUMNS: tuple[Column[Line], ...] = (
    Column("outcome", "Что будет", _mark, tone=_tone, weight=0.0, min_chars=15, keep=True),
    Column("who", "Кто", lambda line: line.who, min_chars=14, max_chars=24),
    Column("what", "Что", lambda line: line.what, weight=2.0, min_chars=20, max_chars=36),
    Column("before", "Было", lambda line: line.before, min_chars=11, max_chars=30, yields=1),
    Column("after", "Стало", lambda line: line.after, weight=2.0, min_chars=18, max_chars=60),
    Column("where", "Откуда", lambda line: line.where, min_chars=15, max_chars=30, yields=2),
)


class PreviewPage(QWidget):
    """Shows a ``Preview``; nothing of it has been written."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.chips: dict[str, QPushButton] = {}
        chips = Flow()
        for key, _title in OUTCOMES:
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.clicked.connect(partial(self.narrow, key))
            self.chips[key] = chip
            chips.add(chip)
        self.subject = QComboBox()
        self.subject.setAccessibleName("Что показать")
        self.subject.currentIndexChanged.connect(self._show_subject)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Фильтр: имя, школа, слово")
        self.filter.setAccessibleName("Фильтр списка")
        self.filter.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=FILTER_DELAY_MS)
        self._timer.timeout.connect(self._apply)
        self.filter.textChanged.connect(self._timer.start)
        self.shown = QLabel()
        self.shown.setObjectName("secondary")
        second = Flow()
        second.add(self.subject, self.filter)
        second.add(self.shown, end=True)
        self.model: RowsModel[Line] = RowsModel(COLUMNS, lambda line: line.number, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "import", "Что будет сделано")
        self.table.set_lines(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(chips)
        column.addLayout(second)
        column.addWidget(self.table, 1)

    def show_preview(self, preview: Preview) -> None:
        """Counters, subjects and lines of a preview."""
        self._preview = preview
        self.model.filter.clear()
        self.subject.blockSignals(True)
        self.subject.clear()
        self.subject.addItem("Всё", "")
        for key, title in subjects_of(preview):
            self.subject.addItem(title, key)
        self.subject.blockSignals(False)
        self.model.set_rows(lines_of(preview))
        self._show_subject()

    @property
    def outcome(self) -> str:
        """The counter that narrows the list now, "" when none does."""
        return next((one.key for one in self.model.filter.conditions if one.key in self.chips), "")

    def narrow(self, key: str) -> None:
        """Show only the lines of a counter; a second click shows all again."""
        known = self.outcome
        for one in self.chips:
            self.model.filter.remove(one)
        if key != known:
            self.model.filter.set(Condition(key, key, lambda line: line.outcome == key))
        self._apply()

    @Slot()
    def _show_subject(self) -> None:
        subject = self.subject.currentData() or ""
        self.model.filter.remove("subject")
        if subject:
            self.model.filter.set(Condition("subject", subject, lambda line: line.subject == subject))
        self._apply()

    @Slot()
    def _apply(self) -> None:
        if self._preview is None:
            return
        self.model.filter.text = self.filter.text()
        self.model.apply_filter()
        self.shown.setText(f"показано {number(self.model.shown)} из {number(self.model.total)}")
        found = counters(self._preview, self.subject.currentData() or "")
        for key, title in OUTCOMES:
            chip = self.chips[key]
            chip.setText(f"{title} {number(found[key])}")
            chip.setEnabled(key != "same" and found[key] > 0)
            chip.setVisible(found[key] > 0 or key in ("new", "changed", "same"))
            chip.setProperty("active", key == self.outcome)
            chip.style().polish(chip)
