"""The columns of a list as a person wants them: width, order, choice and sort, remembered."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QTableView

from ui.common.column_room import ColumnRoom
from ui.common.rows_model import RowsModel
from ui.prefs import Prefs
from ui.theme import Theme


class ColumnWidths(QObject):
    """Widths, order, visibility and sort of one list, remembered under ``place`` in the person's preferences.

    ``tightChanged`` says whether texts of one line find no room: the list may then take two lines to a row.
    """

    tightChanged = Signal(bool)  # noqa: N815 - a Qt signal

    def __init__(self, view: QTableView, model: RowsModel[Any], theme: Theme, prefs: Prefs, place: str) -> None:
        super().__init__(view)
        self._view, self._model, self._theme = view, model, theme
        self._prefs, self._place = prefs, place
        self._room = ColumnRoom(model, theme)
        self._yielded: set[int] = set()
        self._busy = False
        self._own: dict[str, int] = dict(prefs.get(f"{place}.widths", {}))
        header = view.horizontalHeader()
        header.setMinimumSectionSize(theme.px(32))
        self._restore()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)

    def visible(self) -> list[int]:
        """Shown columns from left to right."""
        return [column for column in self.wanted() if not self._view.isColumnHidden(column)]

    def wanted(self) -> list[int]:
        """Columns the person wants to see, from left to right, with those that find no room now."""
        header = self._view.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in order if not self._is_unwanted(column)]

    @property
    def tight(self) -> bool:
        """Whether texts of one line find no room."""
        return self._room.tight

    def unseen(self, line: int) -> list[str]:
        """«Цель: …» of the columns that are not shown on a line only because room is short."""
        texts = ((column, self._model.text_at(line, column)) for column in sorted(self._yielded))
        return [f"{self._model.columns[column].title}: {text}" for column, text in texts if text]

    def first_visible(self) -> int:
        """The leftmost shown column."""
        return next(iter(self.visible()), 0)

    @Slot()
    def content_changed(self) -> None:
        """Measure the texts anew (a sample, the longest of them) and lay out."""
        self._room.forget()
        self._busy = True
        self._view.horizontalHeader().setMinimumSectionSize(self._theme.px(32))
        self._busy = False
        self.lay_out()

    def lay_out(self) -> None:
        """Give every column its width: nothing is cut while there is room for everything."""
        wanted = self.wanted()
        columns, widths = self._room.give_way(wanted, self._own, self._view.viewport().width())
        gone = set(wanted) - set(columns)
        self._busy = True
        for column in gone ^ self._yielded:
            self._view.setColumnHidden(column, column in gone)
        self._yielded = gone
        for column, width in zip(columns, widths, strict=True):
            if self._view.columnWidth(column) != width:
                self._view.setColumnWidth(column, width)
        self._busy = False
        self.tightChanged.emit(self.tight)

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column; remembered."""
        self._yielded.discard(column)
        self._view.setColumnHidden(column, not shown)
        hidden = [c.key for n, c in enumerate(self._model.columns) if self._is_unwanted(n)]
        self._prefs.set(f"{self._place}.hidden", hidden)
        self.lay_out()

    @Slot()
    def reset(self) -> None:
        """Columns as the program came: widths, order and choice."""
        self._own = {}
        for name in ("widths", "order", "hidden"):
            self._prefs.set(f"{self._place}.{name}", None)
        self._restore()
        self.lay_out()

    def menu(self) -> QMenu:
        """Which columns are shown; the first one always stays."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(column.title or column.key)
            action.setCheckable(True)
            action.setChecked(not self._is_unwanted(number))
            action.setEnabled(number > 0)
            action.toggled.connect(partial(self.show_column, number))
        menu.addSeparator()
        menu.addAction("Вернуть исходные столбцы").triggered.connect(self.reset)
        return menu

    @Slot(QPoint)
    def popup_menu(self, place: QPoint) -> None:
        """Right click on the headings."""
        self.menu().popup(self._view.horizontalHeader().mapToGlobal(place))

    def remember_sort(self, section: int, order: Qt.SortOrder) -> None:
        """Sort the same way next time."""
        if 0 <= section < len(self._model.columns):
            backwards = order == Qt.SortOrder.DescendingOrder
            self._prefs.set(f"{self._place}.sort", [self._model.columns[section].key, backwards])

    @Slot(int)
    def keep_sort(self, _section: int) -> None:
        """A heading was clicked."""
        header = self._view.horizontalHeader()
        self.remember_sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def sort(self) -> tuple[int, Qt.SortOrder]:
        """The remembered sort; −1 = the order the rows come in."""
        saved = self._prefs.get(f"{self._place}.sort", [])
        keys = [column.key for column in self._model.columns]
        if len(saved) == 2 and saved[0] in keys:
            order = Qt.SortOrder.DescendingOrder if saved[1] else Qt.SortOrder.AscendingOrder
            return keys.index(saved[0]), order
        return -1, Qt.SortOrder.AscendingOrder

    def _is_unwanted(self, column: int) -> bool:
        """Whether the person does not want to see it, whatever the room."""
        return self._view.isColumnHidden(column) and column not in self._yielded

    def _restore(self) -> None:
        hidden = self._prefs.get(f"{self._place}.hidden")
        header = self._view.horizontalHeader()
        keys = [column.key for column in self._model.columns]
        self._busy = True
        self._yielded = set()
        for number, column in enumerate(self._model.columns):
            gone = column.hidden if not isinstance(hidden, list) else column.key in hidden
            self._view.setColumnHidden(number, gone and number > 0)
        order = self._prefs.get(f"{self._place}.order") or keys
        for place, key in enumerate([key for key in order if key in keys]):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        self._busy = False

    @Slot(int, int, int)
    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if self._busy or not new or self._view.isColumnHidden(column):
            return
        self._own[self._model.columns[column].key] = new
        self._prefs.set(f"{self._place}.widths", dict(self._own))

    @Slot(int, int, int)
    def _on_moved(self, _column: int, _old: int, _new: int) -> None:
        if not self._busy:
            header = self._view.horizontalHeader()
            order = [self._model.columns[header.logicalIndex(place)].key for place in range(header.count())]
            self._prefs.set(f"{self._place}.order", order)
