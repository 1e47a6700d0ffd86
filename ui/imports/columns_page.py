"""Page 2: what each column was taken for, with samples; a correction is read anew and may be remembered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.usecases.imports.columns import TableView
from ui.common.elided_combo import ElidedCombo
from ui.theme import Theme

TITLES = ("", "Заголовок в файле", "Что это", "Примеры значений")
ROW_HEIGHT = 36
WIDTHS = (36, 180, 248)


class FieldChoice(ElidedCombo):
    """A drop-down that lets the wheel scroll the list it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ColumnsPage(QWidget):
    """``overrides`` holds what a person changed: signature → column index → field."""

    corrected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._views: list[TableView] = []
        self.overrides: dict[str, dict[int, str]] = {}
        self.tables = QListWidget()
        self.tables.setAccessibleName("Таблицы")
        self.tables.setFixedWidth(theme.px(210))
        self.tables.setWordWrap(True)
        self.tables.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tables.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tables.setSpacing(4)
        self.tables.currentRowChanged.connect(self._show_table)
        self.title = QLabel()
        self.title.setObjectName("section")
        self.columns = QTableWidget(0, len(TITLES))
        self._set_up_columns()
        self.remember = QCheckBox("Запомнить для таких же заголовков")
        self.remember.setChecked(True)
        self.remember.setEnabled(False)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.title)
        right.addWidget(self.columns, 1)
        right.addWidget(self.remember)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.tables)
        row.addLayout(right, 1)

    def show_tables(self, views: Sequence[TableView]) -> None:
        """The tables of all files; the first is shown."""
        chosen = max(0, self.tables.currentRow())
        self._views = list(views)
        self.tables.clear()
        for view in views:
            self.tables.addItem(f"{view.sheet.strip()}\n{view.file}")
        self.tables.setCurrentRow(min(chosen, len(views) - 1))

    def remembered(self) -> list[tuple[str, str, dict[int, str]]]:
        """Corrections to keep: (sender, signature, columns); empty when the person does not want it."""
        if not self.remember.isChecked():
            return []
        senders = {view.signature: view.sender for view in self._views}
        return [(senders.get(signature, ""), signature, columns) for signature, columns in self.overrides.items()]

    def choice(self, line: int) -> FieldChoice:
        """The drop-down of a column of the table shown."""
        choice = self.columns.cellWidget(line, 2)
        assert isinstance(choice, FieldChoice)  # noqa: S101 - only such are put in
        return choice

    def _set_up_columns(self) -> None:
        self.columns.setAccessibleName("Столбцы таблицы")
        self.columns.setHorizontalHeaderLabels(TITLES)
        self.columns.verticalHeader().hide()
        self.columns.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self.columns.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.columns.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.columns.setShowGrid(False)
        self.columns.setWordWrap(True)
        header = self.columns.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, mode in enumerate(("Fixed", "Interactive", "Fixed", "Stretch")):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode[mode])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns as wide as their words, the samples take the rest: at least a fifth."""
        super().resizeEvent(event)
        wanted = [self._theme.px(width) for width in WIDTHS]
        share = min(1.0, 0.8 * (self.width() - self.tables.width() - 16) / sum(wanted))
        for section, width in enumerate(wanted):
            self.columns.setColumnWidth(section, int(width * share))

    @Slot(int)
    def _show_table(self, number: int) -> None:
        if not 0 <= number < len(self._views):
            return
        view = self._views[number]
        self.title.setText(f"{view.sheet.strip()} — {view.kind}")
        self.columns.setRowCount(0)
        self.columns.setRowCount(len(view.columns))
        told = self.overrides.get(view.signature, {})
        for line, column in enumerate(view.columns):
            samples = " · ".join(" ".join(sample.split()) for sample in column.samples)
            for section, text in ((0, column.letter), (1, column.heading), (3, samples)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.columns.setItem(line, section, item)
            self.columns.setCellWidget(line, 2, self._choice(view, column.index, told.get(column.index, column.field)))

    def _choice(self, view: TableView, index: int, field: str) -> FieldChoice:
        choice = FieldChoice()
        choice.setAccessibleName(f"Что в столбце {index + 1}")
        for key, title in view.fields:
            choice.addItem(title, key)
        choice.setMaxVisibleItems(16)
        choice.setCurrentIndex(max(0, choice.findData(field)))
        choice.currentIndexChanged.connect(partial(self._correct, choice, view, index))
        return choice

    def _correct(self, choice: FieldChoice, view: TableView, index: int, _line: int) -> None:
        self.overrides.setdefault(view.signature, {})[index] = choice.currentData()
        self.remember.setEnabled(True)
        self.corrected.emit()
