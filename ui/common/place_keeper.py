"""Selection, cursor and scroll of a list survive every reload, sort and filter: they are kept by the rows' keys."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, Slot

if TYPE_CHECKING:
    from ui.common.table import Table


class PlaceKeeper(QObject):
    """Remembers before a reset; ``find`` is called by the table after it."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self._current: Hashable | None = None
        self._chosen: list[Hashable] = []
        self._scroll = 0
        table.rows.modelAboutToBeReset.connect(self.keep)

    @Slot()
    def keep(self) -> None:
        """Remember the place."""
        table, rows = self._table, self._table.rows
        keys = (rows.layout_of_rows.key_at(index.row()) for index in table.selectionModel().selectedRows())
        self._chosen = [key for key in keys if key is not None]
        self._current = rows.layout_of_rows.key_at(table.currentIndex().row())
        self._scroll = table.verticalScrollBar().value()

    def find(self) -> None:
        """Come back to it; a row that is gone tells the card that there is none."""
        table, rows, flag = self._table, self._table.rows, QItemSelectionModel.SelectionFlag
        selection, column = table.selectionModel(), table.widths.first_visible()
        for key in self._chosen:
            if key != self._current and (line := rows.layout_of_rows.line_of(key)) >= 0:
                selection.select(rows.index(line, column), flag.Select | flag.Rows)
        line = rows.layout_of_rows.line_of(self._current) if self._current is not None else -1
        if line >= 0:
            mode = flag.Select | flag.Rows if self._current in self._chosen else flag.NoUpdate
            selection.setCurrentIndex(rows.index(line, column), mode)
        elif self._current is not None:
            table.currentRow.emit(None)
        table.verticalScrollBar().setValue(self._scroll)
        if line >= 0:
            table.scrollTo(rows.index(line, column))
