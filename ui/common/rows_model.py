"""One model for all lists: ready strings, stored sort keys, foldable groups, narrowing filter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QFont

from ui.common.filter_state import FilterState
from ui.common.rows_layout import Column, RowsLayout
from ui.theme import Theme

__all__ = ["Column", "RowsModel"]

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
DISPLAY, TOOLTIP, FONT, ALIGN, FOREGROUND = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ForegroundRole,
    )
)  # fmt: skip
ALIGNMENTS = {
    name: int((side | Qt.AlignmentFlag.AlignVCenter).value)
    for name, side in (
        ("left", Qt.AlignmentFlag.AlignLeft),
        ("right", Qt.AlignmentFlag.AlignRight),
        ("center", Qt.AlignmentFlag.AlignHCenter),
    )
}


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows are frozen views of a use case; ``key`` names a row for ever, so selection survives every reload."""

    replaced = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        theme: Theme,
        *,
        search: Callable[[R], str] | None = None,
        group: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.layout_of_rows = RowsLayout(columns, key, search, group)
        self._theme = theme
        self._styles()
        theme.changed.connect(self._styles)

    # --- changing -----------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[R], groups: Iterable[str] = ()) -> None:
        """Replace all rows; ``groups`` fixes the order of groups, the others follow as they come."""
        with self._reset():
            self.layout_of_rows.set_rows(rows, groups)
        self.replaced.emit()

    def set_group(self, group: Callable[[R], str] | None, groups: Iterable[str] = ()) -> None:
        """Group the rows otherwise, or not at all."""
        with self._reset():
            self.layout_of_rows.set_group(group, groups)

    def apply_filter(self) -> None:
        """Show what passes ``filter`` now."""
        with self._reset():
            self.layout_of_rows.lay_out()

    def toggle_group(self, line: int) -> None:
        """Fold or unfold the group whose heading this is."""
        if self.is_group(line):
            with self._reset():
                self.layout_of_rows.toggle_group(line)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the stored keys of a column; −1 brings back the order given. Blanks stay last."""
        with self._reset():
            self.layout_of_rows.sort(column, backwards=order == Qt.SortOrder.DescendingOrder)

    # --- reading ------------------------------------------------------------------------------------------------------

    @property
    def filter(self) -> FilterState[R]:
        """What narrows the list; call ``apply_filter`` after changing it."""
        return self.layout_of_rows.filter

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.layout_of_rows.rows)

    @property
    def shown(self) -> int:
        """How many rows pass the filter, folded or not."""
        return self.layout_of_rows.passed

    def shown_rows(self) -> list[R]:
        """Rows on the screen, in its order; those of folded groups are not there."""
        layout = self.layout_of_rows
        return [layout.rows[line] for line in layout.lines if line >= 0]

    def row_at(self, line: int) -> R | None:
        """The row of a line; None for a group heading."""
        return self.layout_of_rows.row_at(line)

    def text_at(self, line: int, column: int) -> str:
        """The text of a cell."""
        return str(self.data(self.index(line, column)))

    def is_group(self, line: int) -> bool:
        """True for a heading."""
        lines = self.layout_of_rows.lines
        return 0 <= line < len(lines) and lines[line] < 0

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.layout_of_rows.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        layout = self.layout_of_rows
        if role == DISPLAY:
            position = layout.lines[index.row()]
            if position >= 0:
                return (layout.texts[position] or layout.texts_of(position))[index.column()]
            return layout.heading(position) if index.column() == 0 else ""
        if role == ALIGN:
            return self._alignments[index.column()]
        if role == FOREGROUND:
            tone = self.columns[index.column()].tone
            position = layout.lines[index.row()]
            return None if tone is None or position < 0 else self._brushes.get(tone(layout.rows[position]))
        if role == FONT:
            return self._bold if layout.lines[index.row()] < 0 else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        return self._alignments[section] if role == ALIGN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.layout_of_rows.lines[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @contextmanager
    def _reset(self) -> Iterator[None]:
        self.beginResetModel()
        try:
            yield
        finally:
            self.endResetModel()

    @Slot()
    def _styles(self) -> None:
        self._brushes = {name: QBrush(self._theme.colour(name)) for name in self._theme.colours._fields}
        self._alignments = [ALIGNMENTS[column.align] for column in self.columns]
        self._bold: QFont = self._theme.font(bold=True)
