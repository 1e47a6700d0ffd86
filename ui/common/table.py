"""The list: quiet rows, hairlines, remembered columns, copying for Excel."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QMetaMethod, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.common.column_widths import ColumnWidths
from ui.common.copying import copy_lines
from ui.common.place_keeper import PlaceKeeper
from ui.common.rows_model import RowsModel
from ui.common.scroll import is_for_window
from ui.common.tone_delegate import TextDelegate, ToneDelegate
from ui.prefs import Prefs
from ui.theme import Theme

_EDITING = (Qt.Key.Key_F2, Qt.Key.Key_F9, Qt.Key.Key_Insert, Qt.Key.Key_Delete)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW_HEIGHT = 28
HEADER_HEIGHT = 32
LINE_HEIGHT = 17


class Table(QTableView):
    """A view of a ``RowsModel``. Signals carry rows (views), never indexes."""

    currentRow = Signal(object)  # noqa: N815 - a Qt signal
    opened = Signal(object)
    selectionCount = Signal(int)  # noqa: N815
    requestedNew = Signal()  # noqa: N815
    requestedEdit = Signal(object)  # noqa: N815
    requestedCopy = Signal(object)  # noqa: N815
    requestedDelete = Signal(list)  # noqa: N815

    def __init__(
        self,
        model: RowsModel[Any],
        theme: Theme,
        prefs: Prefs,
        name: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.people = True  # lines of people are copied by those who may take lists out
        self.may_copy: Callable[[int], bool] = lambda _count: True
        self.why_not: Callable[[], None] | None = None  # says why nothing may be edited here
        self._theme = theme
        self._lines = self._least_lines = 1
        self._sized: set[int] = set()
        self.setAccessibleName(title)
        self.setModel(model)
        self._set_up()
        self.widths = ColumnWidths(self, model, theme, prefs, f"list.{name}")
        self.place = PlaceKeeper(self)
        model.modelReset.connect(self._span_groups)
        self.widths.tightChanged.connect(self._set_tight)
        model.replaced.connect(self.widths.content_changed)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(self._open_index)
        header = self.horizontalHeader()
        header.sectionClicked.connect(self.widths.keep_sort)
        header.customContextMenuRequested.connect(self.widths.popup_menu)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._restore_sort()

    def set_lines(self, lines: int) -> None:
        """Rows of two lines for lists with long texts (a plan); one is the rule, while the columns have room."""
        self._least_lines = lines
        self._set_tight(self.widths.tight)

    # --- reading and choosing -----------------------------------------------------------------------------------------

    def current(self) -> Any | None:
        """The row under the cursor."""
        return self.rows.row_at(self.currentIndex().row())

    def selected(self) -> list[Any]:
        """Selected rows from top to bottom."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for line in lines if (row := self.rows.row_at(line)) is not None]

    def choose(self, key: Hashable) -> bool:
        """Put the cursor on a row; False when it is not shown."""
        line = self.rows.layout_of_rows.line_of(key)
        if line < 0:
            return False
        index = self.rows.index(line, self.widths.first_visible())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def copy_selection(self, *, headings: bool = True) -> None:
        """The selection as tab-separated text and as a table for Excel and Word."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        if not chosen or not self.may_copy(len(chosen)):
            return
        copy_lines(self.rows, chosen, self.widths.wanted(), headings=headings)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(self._theme.colour("line"))
        width = self.viewport().width()
        last = self.rows.rowCount() - 1
        top, bottom = event.rect().top(), event.rect().bottom()
        line = max(0, self.rowAt(max(0, top)))
        while line <= last and self.rowViewportPosition(line) <= bottom:
            under = self.rowViewportPosition(line) + self.rowHeight(line) - 1
            painter.drawLine(0, under, width, under)
            line += 1
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            place = self.rowViewportPosition(current.row())
            height = self.rowHeight(current.row()) - 1
            painter.fillRect(0, place, self._theme.px(3), height, self._theme.colour("accent"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            self.copy_selection(headings=False)
        elif event.isAutoRepeat() and event.key() in _ENTER:
            event.accept()  # a key held down must not press the button of the next step
        elif not self._handle_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.rowAt(round(event.position().y()))
        if self.rows.is_group(line):
            self.rows.toggle_group(line)
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if is_for_window(event):
            event.ignore()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.lay_out()

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.currentRow.emit(self.rows.row_at(current.row()))
        self.viewport().update()

    @Slot()
    def _tell_selection(self) -> None:
        self.selectionCount.emit(len(self.selectionModel().selectedRows()))

    @Slot(QModelIndex)
    def _open_index(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None:
            self.opened.emit(row)

    @Slot()
    def _span_groups(self) -> None:
        self.clearSpans()
        for line in self.rows.layout_of_rows.heading_lines:
            self.setSpan(line, 0, 1, len(self.rows.columns))
        self._sized |= _size_rows(self, self._lines, self._theme.px(ROW_HEIGHT), self._sized)
        self.place.find()
        self._tell_selection()

    @Slot(bool)
    def _set_tight(self, tight: bool) -> None:
        """Large type on a small screen: rather one more line than a list that scrolls sideways."""
        lines = self._least_lines + (1 if tight else 0)
        if lines != self._lines:
            self._lines = lines
            self.setWordWrap(lines > 1)
            self._restyle()
            self._span_groups()

    @Slot()
    def _restyle(self) -> None:
        rows = self.verticalHeader()
        height = self._theme.px(ROW_HEIGHT + (self._lines - 1) * LINE_HEIGHT)
        rows.setMinimumSectionSize(1)  # a higher least one would stretch the rows, and they would stay so
        rows.setDefaultSectionSize(height)
        rows.setMinimumSectionSize(self._theme.px(ROW_HEIGHT))
        self._sized |= _size_rows(self, self._lines, self._theme.px(ROW_HEIGHT), self._sized)
        self.horizontalHeader().setFixedHeight(self._theme.px(HEADER_HEIGHT))
        if self.rows.total:
            self.widths.content_changed()

    # --- small parts --------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(TextDelegate(self, lambda index: self.widths.unseen(index.row())))
        delegate = ToneDelegate(self, lambda index: self.widths.unseen(index.row()))
        for number, column in enumerate(self.rows.columns):
            if column.tone is not None:
                self.setItemDelegateForColumn(number, delegate)

    def _restore_sort(self) -> None:
        section, order = self.widths.sort()
        self.horizontalHeader().setSortIndicator(section, order)
        self.setSortingEnabled(True)

    def _handle_key(self, key: Qt.Key) -> bool:
        row, line = self.current(), self.currentIndex().row()
        if key in (*_ENTER, Qt.Key.Key_Space) and self.rows.is_group(line):
            self.rows.toggle_group(line)
        elif key in _ENTER and row is not None and self.isSignalConnected(QMetaMethod.fromSignal(self.opened)):
            self.opened.emit(row)  # where nothing can be opened Enter is the box's: its default button
        elif key in _EDITING and self.why_not is not None:
            self.why_not()
        elif key == Qt.Key.Key_F2 and row is not None:
            self.requestedEdit.emit(row)
        elif key == Qt.Key.Key_F9 and row is not None:
            self.requestedCopy.emit(row)
        elif key == Qt.Key.Key_Insert:
            self.requestedNew.emit()
        elif key == Qt.Key.Key_Delete and self.selected():
            self.requestedDelete.emit(self.selected())
        else:
            return False
        return True


def _size_rows(table: Table, lines: int, low: int, sized: set[int]) -> set[int]:
    """Headings of groups take one line also where rows take more; ``sized`` are lines that were given a height before.

    A line that was once given its height keeps it for ever, whatever the height of the others becomes.
    """
    headings = set(table.rows.layout_of_rows.heading_lines) if lines > 1 else set()
    usual, count = table.verticalHeader().defaultSectionSize(), table.rows.rowCount()
    for line in sized | headings:
        if line < count:
            table.setRowHeight(line, low if line in headings else usual)
    return headings
