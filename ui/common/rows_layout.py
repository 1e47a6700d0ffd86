"""Which rows of a list stand on which line: order, filter, groups. No Qt; the model shows what this says."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from imc_desktop.domain.words import fold, sort_key
from ui.common.filter_state import FilterState, SearchIndex

R = TypeVar("R")


class Column(NamedTuple, Generic[R]):
    """One column. ``tone`` names a colour of the theme; ``weight`` is its share of spare room (0 = never wider).

    ``keep``: its texts are never cut while another column can give way (names; a status always keeps).
    ``yields``: where large type leaves no room the columns with the highest number are not shown (0 = always shown);
    what they say stands under the mouse and in the record.
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
    yields: int = 0


class RowsLayout(Generic[R]):
    """``lines`` holds a position in ``rows`` for each line of the screen, or −1 − number for a group's heading."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        search: Callable[[R], str] | None,
        group: Callable[[R], str] | None,
    ) -> None:
        self.columns = tuple(columns)
        self.key = key
        self.filter: FilterState[R] = FilterState()
        self.rows: list[R] = []
        self.lines: list[int] = []
        self.heading_lines: list[int] = []
        self.passed = 0
        self._search = search
        self._group, self._group_order = group, tuple[str, ...]()
        self._folded: set[str] = set()
        self._titles: list[str] = []
        self._counts: list[int] = []
        self._sorted_by: tuple[int, bool] = (-1, False)
        self._line_by_key: dict[Hashable, int] | None = None
        self._forget()

    def set_rows(self, rows: Iterable[R], groups: Iterable[str]) -> None:
        """Take new rows; sort, filter and folding stay."""
        self.rows = list(rows)
        self._group_order = tuple(groups) or self._group_order
        self._forget()
        self._sort_rows()
        self.lay_out()

    def set_group(self, group: Callable[[R], str] | None, groups: Iterable[str]) -> None:
        """Group otherwise, or not at all."""
        self._group, self._group_order = group, tuple(groups)
        self.lay_out()

    def toggle_group(self, line: int) -> None:
        """Fold or unfold."""
        self._folded ^= {self._titles[-self.lines[line] - 1]}
        self.lay_out()

    def sort(self, column: int, *, backwards: bool) -> None:
        """Order by the stored keys of a column; −1 = the order given."""
        self._sorted_by = (column, backwards)
        self._sort_rows()
        self.lay_out()

    def lay_out(self) -> None:
        """Compute the lines anew."""
        hits = self.filter.positions(self.rows, self._search_index()) if self.filter.active else None
        order: Iterable[int] = self._order
        if hits is not None and isinstance(self._order, range):
            order = hits  # not sorted: hits come in the order given
        elif hits is not None:
            passed = set(hits)
            order = [position for position in self._order if position in passed]
        self.lines, self.heading_lines, self._line_by_key = list(order), [], None
        self.passing, self.passed = self.lines, len(self.lines)
        if self._group is not None:
            self._lay_out_groups(self._group)

    def passing_rows(self) -> list[R]:
        """Rows that pass the filter, folded or not, in the order of the screen."""
        return [self.rows[position] for position in self.passing]

    def row_at(self, line: int) -> R | None:
        """The row of a line; None for a heading or a line that is not there."""
        if 0 <= line < len(self.lines) and self.lines[line] >= 0:
            return self.rows[self.lines[line]]
        return None

    def key_at(self, line: int) -> Hashable | None:
        """The key of a line's row."""
        row = self.row_at(line)
        return None if row is None else self.key(row)

    def line_of(self, key: Hashable) -> int:
        """The line that shows a row, −1 when it is hidden or gone."""
        if self._line_by_key is None:
            self._line_by_key = {self.key(self.rows[row]): n for n, row in enumerate(self.lines) if row >= 0}
        return self._line_by_key.get(key, -1)

    def texts_of(self, position: int) -> tuple[str, ...]:
        """The texts of a row, made once."""
        texts = self.texts[position]
        if texts is None:
            row = self.rows[position]
            texts = self.texts[position] = tuple(column.text(row) for column in self.columns)
        return texts

    def heading(self, position: int) -> str:
        """«▾  Просрочено · 41»."""
        number = -position - 1
        mark = "▸" if self._titles[number] in self._folded else "▾"
        return f"{mark}  {self._titles[number]} · {self._counts[number]}"

    def sample(self, count: int) -> list[tuple[str, ...]]:
        """Texts of at most so many rows, spread evenly over all of them."""
        step = -(-len(self.rows) // count) or 1
        return [self.texts[position] or self.texts_of(position) for position in range(0, len(self.rows), step)]

    def _forget(self) -> None:
        self.texts: list[tuple[str, ...] | None] = [None] * len(self.rows)
        self._sort_keys: dict[int, list[Any]] = {}
        self._index: SearchIndex | None = None
        self._order: Sequence[int] = range(len(self.rows))

    def _search_index(self) -> SearchIndex:
        if self._index is None:
            if self._search is not None:
                blobs = [self._search(row) for row in self.rows]
            else:
                blobs = [fold(" ".join(self.texts_of(position))) for position in range(len(self.rows))]
            self._index = SearchIndex(blobs)
        return self._index

    def _sort_rows(self) -> None:
        column, backwards = self._sorted_by
        if not 0 <= column < len(self.columns):
            self._order = range(len(self.rows))
            return
        if column not in self._sort_keys:
            own = self.columns[column].sort
            self._sort_keys[column] = (
                [own(row) for row in self.rows]
                if own
                else [sort_key(self.texts_of(position)[column]) for position in range(len(self.rows))]
            )
        keys = self._sort_keys[column]
        told = [position for position in range(len(keys)) if keys[position] not in (None, "")]
        blank = [position for position in range(len(keys)) if keys[position] in (None, "")]
        self._order = [*sorted(told, key=keys.__getitem__, reverse=backwards), *blank]

    def _lay_out_groups(self, group: Callable[[R], str]) -> None:
        members: dict[str, list[int]] = {title: [] for title in self._group_order}
        for position in self.lines:
            members.setdefault(group(self.rows[position]), []).append(position)
        self._titles = [title for title, found in members.items() if found]
        self._counts = [len(members[title]) for title in self._titles]
        self.passing = [position for title in self._titles for position in members[title]]
        self.lines = []
        for number, title in enumerate(self._titles):
            self.heading_lines.append(len(self.lines))
            self.lines.append(-number - 1)
            if title not in self._folded:
                self.lines += members[title]
