"""One model for all lists: ready strings, stored sort keys, foldable groups, narrowing filter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QFont

from imc_desktop.domain.words import fold, sort_key
from ui.common.filter_state import FilterState, SearchIndex
from ui.theme import Theme

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


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. ``tone`` names a colour of the theme; ``weight`` is its share of spare room (0 = never wider).

    ``keep``: its texts are never cut while another column can give way (names; a status always keeps).
    """

    key: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    tone: Callable[[R], str] | None = None
    align: str = "left"
    weight: float = 1.0
    min_chars: int = 5
    max_chars: int = 42
    hidden: bool = False
    keep: bool = False


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
        self.filter: FilterState[R] = FilterState()
        self._key, self._theme = key, theme
        self._search, self._group = search, group
        self._rows: list[R] = []
        self._groups: list[str] = []
        self._folded: set[str] = set()
        self._sorted_by: tuple[int, bool] = (-1, False)
        self._line_by_key: dict[Hashable, int] | None = None
        self._styles()
        theme.changed.connect(self._styles)
        self._forget()

    # --- rows ---------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[R], groups: Iterable[str] = ()) -> None:
        """Replace all rows; ``groups`` fixes the order of groups, the others follow as they come."""
        self.beginResetModel()
        self._rows = list(rows)
        self._groups = list(groups)
        self._forget()
        self._sort_rows()
        self._lay_out()
        self.endResetModel()
        self.replaced.emit()

    def set_group(self, group: Callable[[R], str] | None, groups: Iterable[str] = ()) -> None:
        """Group the rows otherwise, or not at all."""
        self.beginResetModel()
        self._group, self._groups = group, list(groups)
        self._lay_out()
        self.endResetModel()

    def apply_filter(self) -> None:
        """Show what passes ``filter`` now."""
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    @property
    def rows(self) -> Sequence[R]:
        """All rows in the order given."""
        return self._rows

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def shown(self) -> int:
        """How many rows pass the filter, folded or not."""
        return self._passed

    def shown_rows(self) -> list[R]:
        """Rows on the screen, in its order (for exports: what one sees is what one gets)."""
        return [self._rows[line] for line in self._lines if line >= 0]

    def row_at(self, line: int) -> R | None:
        """The row of a line; None for a group heading."""
        if 0 <= line < len(self._lines) and self._lines[line] >= 0:
            return self._rows[self._lines[line]]
        return None

    def key_at(self, line: int) -> Hashable | None:
        """The key of a line's row."""
        row = self.row_at(line)
        return None if row is None else self._key(row)

    def line_of(self, key: Hashable) -> int:
        """The line that shows a row, −1 when it is hidden or gone."""
        if self._line_by_key is None:
            self._line_by_key = {self._key(self._rows[row]): n for n, row in enumerate(self._lines) if row >= 0}
        return self._line_by_key.get(key, -1)

    def sample(self, count: int) -> list[tuple[str, ...]]:
        """Texts of at most so many rows, spread evenly over all of them."""
        step = -(-len(self._rows) // count) or 1
        return [self._texts_of(position) for position in range(0, len(self._rows), step)]

    def text_at(self, line: int, column: int) -> str:
        """The text of a cell."""
        position = self._lines[line]
        return self._texts_of(position)[column] if position >= 0 else (self._heading(position) if not column else "")

    # --- groups -------------------------------------------------------------------------------------------------------

    @property
    def group_lines(self) -> list[int]:
        """Lines that are headings of groups."""
        return self._heading_lines

    def is_group(self, line: int) -> bool:
        """True for a heading."""
        return 0 <= line < len(self._lines) and self._lines[line] < 0

    def toggle_group(self, line: int) -> None:
        """Fold or unfold the group whose heading this is."""
        if not self.is_group(line):
            return
        self.beginResetModel()
        self._folded ^= {self._titles[-self._lines[line] - 1]}
        self._lay_out()
        self.endResetModel()

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role == DISPLAY:
            position = self._lines[index.row()]
            if position >= 0:
                return (self._texts[position] or self._texts_of(position))[index.column()]
            return self._heading(position) if index.column() == 0 else ""
        if role == ALIGN:
            return self._alignments[index.column()]
        if role == FOREGROUND:
            tone = self.columns[index.column()].tone
            position = self._lines[index.row()]
            return None if tone is None or position < 0 else self._brushes.get(tone(self._rows[position]))
        if role == FONT:
            return self._bold if self._lines[index.row()] < 0 else None
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
        if self._lines[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the stored keys of a column; −1 brings back the order given. Blanks stay last."""
        self.beginResetModel()
        self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
        self._sort_rows()
        self._lay_out()
        self.endResetModel()

    # --- inside -------------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._texts: list[tuple[str, ...] | None] = [None] * len(self._rows)
        self._sort_keys: dict[int, list[Any]] = {}
        self._index: SearchIndex | None = None
        self._order: Sequence[int] = range(len(self._rows))
        self._lines: list[int] = []
        self._titles: list[str] = []
        self._counts: list[int] = []
        self._heading_lines: list[int] = []
        self._line_by_key = None
        self._passed = 0

    def _texts_of(self, position: int) -> tuple[str, ...]:
        texts = self._texts[position]
        if texts is None:
            row = self._rows[position]
            texts = self._texts[position] = tuple(column.text(row) for column in self.columns)
        return texts

    def _search_index(self) -> SearchIndex:
        if self._index is None:
            if self._search is not None:
                blobs = [self._search(row) for row in self._rows]
            else:
                blobs = [fold(" ".join(self._texts_of(position))) for position in range(len(self._rows))]
            self._index = SearchIndex(blobs)
        return self._index

    def _sort_rows(self) -> None:
        column, backwards = self._sorted_by
        if not 0 <= column < len(self.columns):
            self._order = range(len(self._rows))
            return
        if column not in self._sort_keys:
            own = self.columns[column].sort
            self._sort_keys[column] = (
                [own(row) for row in self._rows]
                if own
                else [sort_key(self._texts_of(position)[column]) for position in range(len(self._rows))]
            )
        keys = self._sort_keys[column]
        told = [position for position in range(len(keys)) if keys[position] not in (None, "")]
        blank = [position for position in range(len(keys)) if keys[position] in (None, "")]
        self._order = [*sorted(told, key=keys.__getitem__, reverse=backwards), *blank]

    def _lay_out(self) -> None:
        hits = self.filter.positions(self._rows, self._search_index()) if self.filter.active else None
        order: Iterable[int] = self._order
        if hits is not None:
            passed = set(hits)
            order = [position for position in self._order if position in passed]
        self._lines, self._heading_lines, self._line_by_key = list(order), [], None
        self._passed = len(self._lines)
        if self._group is not None:
            self._lay_out_groups(self._group)

    def _lay_out_groups(self, group: Callable[[R], str]) -> None:
        members: dict[str, list[int]] = {title: [] for title in self._groups}
        for position in self._lines:
            members.setdefault(group(self._rows[position]), []).append(position)
        self._titles = [title for title, found in members.items() if found]
        self._counts = [len(members[title]) for title in self._titles]
        self._lines = []
        for number, title in enumerate(self._titles):
            self._heading_lines.append(len(self._lines))
            self._lines.append(-number - 1)
            if title not in self._folded:
                self._lines += members[title]

    def _heading(self, position: int) -> str:
        number = -position - 1
        mark = "▸" if self._titles[number] in self._folded else "▾"
        return f"{mark}  {self._titles[number]} · {self._counts[number]}"

    @Slot()
    def _styles(self) -> None:
        names = {tone for tone in self._theme.colours.__slots__}  # noqa: C416 - slots are the colour names
        self._brushes = {name: QBrush(self._theme.colour(name)) for name in names}
        self._alignments = [ALIGNMENTS[column.align] for column in self.columns]
        self._bold: QFont = self._theme.font(bold=True)
