"""The cyclogram: directions of work down, months across, what happens in the cells."""

from __future__ import annotations

from collections.abc import Sequence
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
from imc_desktop.usecases.plan import PlanView, SectionView
from ui.plan.state import breakable
from ui.theme import Theme

FIRST, NARROWEST = 170, 104
AIR = QSize(5, 3)
_Cell = tuple[SectionView, date, list[str]]


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
    """Cells wrap; this month is tinted; ``chosenMonth`` follows a double click and Enter.

    Months stand side by side while each has room; else they stand under each other, a line per direction.
    """

    chosenMonth = Signal(str)  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: PlanView | None = None
        self._months: list[date] = []
        self._now = date.min
        self._tall = False
        self._month_of: dict[tuple[int, int], date] = {}
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
        self._plan, self._now = view, on.replace(day=1)
        months = {item.spans[0][0] for item in view.items if item.spans}
        self._months = sorted({month.replace(day=1) for month in months})
        self._tall = self._is_narrow()
        self._fill()
        self._lay_out()

    @property
    def tall(self) -> bool:
        """Whether the months stand under each other."""
        return self._tall

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = (self.currentRow(), self.currentColumn())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place in self._month_of:
            self._tell(*place)
        else:
            super().keyPressEvent(event)

    def _is_narrow(self) -> bool:
        """Counted with a scroll bar whether there is one or not: it comes and goes with the answer, for ever."""
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        return self._theme.px(FIRST) + self._theme.px(NARROWEST) * len(self._months) > room

    def _fill(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.clearSpans()
        self.clear()
        self._month_of = {}
        cells = [
            (section, month, titles)
            for section in plan.sections
            for month in self._months
            if (titles := _titles(plan, section.id, month))
        ]
        if self._tall:
            self._fill_down(sorted(cells, key=lambda cell: cell[1]))
        else:
            self._fill_across(plan, cells)

    def _fill_across(self, plan: PlanView, cells: Sequence[_Cell]) -> None:
        lines = {section.id: line for line, section in enumerate(plan.sections)}
        self.setRowCount(len(lines))
        self.setColumnCount(len(self._months) + 1)
        self.setHorizontalHeaderLabels(["Направление", *(_name(month) for month in self._months)])
        for section in plan.sections:
            self._put(lines[section.id], 0, section.title)
            for column, month in enumerate(self._months, 1):
                self._put(lines[section.id], column, "", month)
        for section, month, titles in cells:
            self._put(lines[section.id], self._months.index(month) + 1, _listed(titles), month)

    def _fill_down(self, cells: Sequence[_Cell]) -> None:
        """A line for every month and direction in which there is something."""
        self.setRowCount(len(cells))
        self.setColumnCount(3)
        self.setHorizontalHeaderLabels(["Месяц", "Направление", "Что"])
        before: date | None = None
        for line, (section, month, titles) in enumerate(cells):
            self._put(line, 0, _name(month) if month != before else "", month)
            self._put(line, 1, section.title, month)
            self._put(line, 2, _listed(titles), month)
            before = month

    def _put(self, line: int, column: int, text: str, month: date | None = None) -> None:
        cell = QTableWidgetItem(breakable(text))
        cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        cell.setToolTip(text)
        if month is not None:
            self._month_of[line, column] = month
            if month == self._now:
                cell.setBackground(self._theme.colour("tint"))
        self.setItem(line, column, cell)

    @Slot()
    def _lay_out(self) -> None:
        count = self.columnCount()
        if self._plan is None or count < 2:
            return
        if self._tall != self._is_narrow():
            self._tall = not self._tall
            self._fill()
            count = self.columnCount()
        for column, width in enumerate(self._widths(count)):
            self.setColumnWidth(column, width)
            for line in range(self.rowCount()):
                if (cell := self.item(line, column)) is not None:
                    cell.setFont(self._theme.font(9, bold=not column))
        self.resizeRowsToContents()

    def _widths(self, count: int) -> list[int]:
        room = self.viewport().width()
        if not self._tall:
            first = self._theme.px(FIRST)
            return [first, *[(room - first) // (count - 1)] * (count - 1)]
        month, section = min(self._theme.px(NARROWEST), room // 5), min(self._theme.px(FIRST), room * 2 // 5)
        return [month, section, room - month - section]

    @Slot(int, int)
    def _tell(self, line: int, column: int) -> None:
        if (line, column) in self._month_of:
            self.chosenMonth.emit(self._month_of[line, column].isoformat()[:7])


def _name(month: date) -> str:
    return MONTHS[month.month - 1].capitalize()


def _titles(plan: PlanView, section_id: str, month: date) -> list[str]:
    """What begins in a month in a direction."""
    own = (item for item in plan.items if item.section_id == section_id and item.spans)
    return [item.title for item in own if item.spans[0][0].replace(day=1) == month]


def _listed(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else "\n".join(f"• {title}" for title in titles)
