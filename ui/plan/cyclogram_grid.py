"""The cyclogram: directions of work down, months across, what happens in the cells."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from imc_desktop.domain.words import MONTHS
from imc_desktop.usecases.plan import PlanView
from ui.plan.state import breakable
from ui.theme import Theme

NARROWEST = 104
AIR = QSize(5, 3)


class _Cells(QStyledItemDelegate):
    """Air around the text; tint and cursor take the whole cell."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        tint = index.data(Qt.ItemDataRole.BackgroundRole)
        if tint is not None:
            painter.fillRect(rect, tint)
        super().paint(painter, _inset(option), index)
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(_inset(option), index) + QSize(2 * AIR.width(), 2 * AIR.height())


def _inset(option: QStyleOptionViewItem) -> QStyleOptionViewItem:
    inner: Any = QStyleOptionViewItem(option)
    inner.rect = inner.rect.adjusted(AIR.width(), AIR.height(), -AIR.width(), -AIR.height())
    inner.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
    return cast("QStyleOptionViewItem", inner)


class CyclogramGrid(QTableWidget):
    """Cells wrap; this month's column is tinted; ``chosenMonth`` follows a double click and Enter."""

    chosenMonth = Signal(str)  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._months: list[date] = []
        self.setAccessibleName("Циклограмма")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setItemDelegate(_Cells(theme, self))
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
            self._put(line, 0, section.title)
            own = [item for item in view.items if item.section_id == section.id and item.spans]
            for column, month in enumerate(self._months, 1):
                titles = [item.title for item in own if item.spans[0][0].replace(day=1) == month]
                text = titles[0] if len(titles) == 1 else "\n".join(f"• {title}" for title in titles)
                self._put(line, column, text, now=(month.year, month.month) == (on.year, on.month))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentColumn() > 0:
            self._tell(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _put(self, line: int, column: int, text: str, *, now: bool = False) -> None:
        cell = QTableWidgetItem(breakable(text))
        cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        cell.setToolTip(text)
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
        for column in range(count):
            self.setColumnWidth(column, rest if column else first)
            for line in range(self.rowCount()):
                if (cell := self.item(line, column)) is not None:
                    cell.setFont(self._theme.font(9, bold=not column))
        self.resizeRowsToContents()

    @Slot(int, int)
    def _tell(self, _line: int, column: int) -> None:
        if column:
            self.chosenMonth.emit(self._months[column - 1].isoformat()[:7])
