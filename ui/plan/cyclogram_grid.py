"""The cyclogram: directions of work down, months across, what happens in the cells."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from imc_desktop.domain.words import MONTHS
from imc_desktop.usecases.plan import PlanView
from ui.plan.state import breakable
from ui.theme import Theme

NARROWEST = 92


class CyclogramGrid(QTableWidget):
    """Cells wrap; this month's column is tinted; ``chosenMonth`` follows a double click."""

    chosenMonth = Signal(str)  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._months: list[date] = []
        self.setAccessibleName("Циклограмма")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setStyleSheet("QTableWidget::item { padding: 4px 6px; }")
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.cellDoubleClicked.connect(self._tell)
        theme.changed.connect(self._lay_out)

    def show_plan(self, view: PlanView, on: date) -> None:
        """Fill the grid."""
        months = {item.spans[0][0] for item in view.items if item.spans}
        self._months = sorted(month.replace(day=1) for month in months)
        self.clear()
        self.setRowCount(len(view.sections))
        self.setColumnCount(len(self._months) + 1)
        names = [f"{MONTHS[month.month - 1].capitalize()}" for month in self._months]
        self.setHorizontalHeaderLabels(["Направление", *names])
        for line, section in enumerate(view.sections):
            self._put(line, 0, section.title, bold=True)
            own = [item for item in view.items if item.section_id == section.id and item.spans]
            for column, month in enumerate(self._months, 1):
                titles = [item.title for item in own if item.spans[0][0].replace(day=1) == month]
                text = titles[0] if len(titles) == 1 else "\n".join(f"• {title}" for title in titles)
                self._put(line, column, text, now=(month.year, month.month) == (on.year, on.month))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _put(self, line: int, column: int, text: str, *, bold: bool = False, now: bool = False) -> None:
        cell = QTableWidgetItem(breakable(text))
        cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        cell.setToolTip(text)
        cell.setFont(self._theme.font(9, bold=bold))
        if now:
            cell.setBackground(self._theme.colour("tint"))
        self.setItem(line, column, cell)

    @Slot()
    def _lay_out(self) -> None:
        count = self.columnCount()
        if count < 2:
            return
        first = self._theme.px(170)
        rest = max(self._theme.px(NARROWEST), (self.viewport().width() - first) // (count - 1))
        self.setColumnWidth(0, first)
        for column in range(1, count):
            self.setColumnWidth(column, rest)
        self.resizeRowsToContents()

    @Slot(int, int)
    def _tell(self, _line: int, column: int) -> None:
        if column:
            self.chosenMonth.emit(self._months[column - 1].isoformat()[:7])
