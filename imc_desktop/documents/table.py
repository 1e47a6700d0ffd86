"""Tables that flow over pages: headings repeat, a row is torn only when it cannot fit a page,
a section's name is never left alone at the foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from imc_desktop.documents.frame import Flow, Look, RowBox
from imc_desktop.documents.text import Line, clean

_MAX_TITLE = 12  # lines of a heading or of one piece of a section's name
_MIN_LINES = 3  # of a torn row, on either side of the tear


class RowKind(StrEnum):
    ITEM = "item"
    SECTION = "section"
    SUBSECTION = "subsection"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """``weight`` is a share of the width; ``align`` is left, center or right."""

    heading: str
    weight: float = 1.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as data; a section or subsection has one cell, printed over the full width."""

    cells: tuple[str, ...]
    key: str = ""
    kind: RowKind = RowKind.ITEM


@dataclass(frozen=True, slots=True)
class _SetRow:
    row: TableRow
    cells: tuple[tuple[Line, ...], ...]
    height: float


class Table:
    """Sets rows into the pages of a flow."""

    def __init__(self, flow: Flow, columns: Sequence[TableColumn], *, dense: bool = False) -> None:
        self.flow = flow
        self.columns = tuple(columns)
        style = flow.style.table
        size = style.dense_size if dense else style.size
        family = flow.style.text.family
        leading = size * style.leading
        self._looks = tuple(Look(family, size, leading, align=column.align) for column in columns)
        self._head = Look(family, size, leading, "bold", "center")
        self._titles = {
            RowKind.SECTION: Look(family, size + 1, (size + 1) * style.leading, "bold", "center"),
            RowKind.SUBSECTION: Look(family, size, leading, "bold"),
        }
        self._pad_x, self._pad_y = style.padding_x, style.padding_y
        self.widths = self._fit()
        self._edges = [flow.left]
        for width in self.widths:
            self._edges.append(self._edges[-1] + width)
        self._heading = tuple(
            flow.setter.wrap(column.heading, self._head.face, size, width - 2 * self._pad_x)[:_MAX_TITLE]
            for column, width in zip(self.columns, self.widths, strict=True)
        )
        self._heading_height = self._height(self._heading, leading)
        self._run_top: float | None = None

    def flow_rows(self, rows: Sequence[TableRow], *, keep_after: float = 0.0) -> None:
        """Put all rows, starting under ``flow.y``; ``keep_after`` is the height of what must follow the last row."""
        setted = [part for row in rows for part in self._set(row)]
        needs = self._needs(setted, keep_after)
        first = needs[0] if needs else 0.0
        if self.flow.room < self._heading_height + min(first, self._body) and self.flow.y > self.flow.top:
            self.flow.new_page()
        self._put_heading()
        for row, need in zip(setted, needs, strict=True):
            if self.flow.room < min(need, self._body) and not self._fresh:
                self._turn()
            self._put(row)
        self._close_run()

    def _needs(self, rows: Sequence[_SetRow], keep_after: float) -> list[float]:
        """Height that must be free to begin each row: a title asks for the row after it as well."""
        needs: list[float] = []
        after = keep_after  # only the last row and titles ask for what comes next
        for row in reversed(rows):
            if row.height > self._body:
                need = _MIN_LINES * self._head.leading + 2 * self._pad_y
            elif row.row.kind is RowKind.ITEM:
                need = row.height + (0.0 if needs else after)
            else:
                need = row.height + after
            needs.append(need)
            after = need
        return needs[::-1]

    @property
    def _body(self) -> float:
        """Height for rows on a page that holds nothing else."""
        return self.flow.bottom - self.flow.top - self._heading_height

    @property
    def _fresh(self) -> bool:
        return self.flow.y <= self.flow.top + self._heading_height

    def _turn(self) -> None:
        self._close_run()
        self.flow.new_page()
        self._put_heading()

    def _put_heading(self) -> None:
        top = self.flow.y
        self._rule(top)
        self._run_top = top
        for index, lines in enumerate(self._heading):
            spare = (self._heading_height - 2 * self._pad_y - self._head.height(lines)) / 2
            self._cell(index, lines, top + spare, self._head)
        self.flow.y = top + self._heading_height
        self._rule(self.flow.y)

    def _set(self, row: TableRow) -> list[_SetRow]:
        wrap = self.flow.setter.wrap
        if row.kind is not RowKind.ITEM:
            look = self._titles[row.kind]
            lines = wrap(row.cells[0], look.face, look.size, self.flow.width - 2 * self._pad_x)
            parts = [lines[at : at + _MAX_TITLE] for at in range(0, len(lines), _MAX_TITLE)] or [()]
            return [_SetRow(row, (part,), self._height((part,), look.leading) + self._pad_y) for part in parts]
        cells = tuple(
            [
                wrap(cell, look.face, look.size, width - 2 * self._pad_x) if cell else ()
                for cell, look, width in zip(row.cells, self._looks, self.widths, strict=True)
            ]
        )
        return [_SetRow(row, cells, self._height(cells, self._head.leading))]

    def _height(self, cells: Sequence[tuple[Line, ...]], leading: float) -> float:
        return max(1, max(map(len, cells), default=0)) * leading + 2 * self._pad_y

    def _put(self, row: _SetRow) -> None:
        if row.row.kind is not RowKind.ITEM:
            self._put_title(row)
            return
        cells, height = row.cells, row.height
        while height > self.flow.room + 0.01:
            fit = max(1, int((self.flow.room - 2 * self._pad_y) / self._head.leading))
            short = _MIN_LINES - (max(map(len, cells)) - fit)
            fit = fit - short if 0 < short < _MIN_LINES and fit - short >= _MIN_LINES else fit
            self._put_cells(row.row.key, tuple(cell[:fit] for cell in cells))
            cells = tuple(cell[fit:] for cell in cells)
            height = self._height(cells, self._head.leading)
            self._turn()
        self._put_cells(row.row.key, cells)

    def _put_cells(self, key: str, cells: tuple[tuple[Line, ...], ...]) -> None:
        top = self.flow.y
        height = self._height(cells, self._head.leading)
        if self._run_top is None:
            self._run_top = top
        for index, lines in enumerate(cells):
            if lines:
                self._cell(index, lines, top, self._looks[index])
        self._finish(key, top, height)

    def _put_title(self, row: _SetRow) -> None:
        self._close_run()
        top = self.flow.y
        look = self._titles[row.row.kind]
        box = (self.flow.left + self._pad_x, top + 1.5 * self._pad_y, self.flow.width - 2 * self._pad_x)
        self.flow.put(row.cells[0], box, look)
        for x in (self._edges[0], self._edges[-1]):
            self.flow.page.rules.append((x, top, x, top + row.height))
        if row.row.kind is RowKind.SECTION:
            self.flow.page.outline.append((clean(row.row.cells[0]), top))
        self._finish(row.row.key, top, row.height)

    def _finish(self, key: str, top: float, height: float) -> None:
        flow = self.flow
        flow.y = top + height
        self._rule(flow.y)
        if key:
            flow.boxes.append(RowBox(len(flow.pages) - 1, flow.left, top, flow.width, height, key))

    def _cell(self, index: int, lines: tuple[Line, ...], top: float, look: Look) -> None:
        box = (self._edges[index] + self._pad_x, top + self._pad_y, self.widths[index] - 2 * self._pad_x)
        self.flow.put(lines, box, look)

    def _rule(self, y: float) -> None:
        self.flow.page.rules.append((self._edges[0], y, self._edges[-1], y))

    def _close_run(self) -> None:
        """Draw the upright lines of the rows since the last title, in one stroke each."""
        if self._run_top is not None:
            for x in self._edges:
                self.flow.page.rules.append((x, self._run_top, x, self.flow.y))
        self._run_top = None

    def _fit(self) -> tuple[float, ...]:
        """Widths by weight; no column narrower than the widest word of its heading."""
        flow, look = self.flow, self._head
        least = [
            flow.setter.widest_word(column.heading, look.face, look.size) + 2 * self._pad_x + 0.1
            for column in self.columns
        ]
        fixed: set[int] = set()
        while True:
            free = flow.width - sum(least[index] for index in fixed)
            weights = sum(column.weight for index, column in enumerate(self.columns) if index not in fixed)
            widths = [
                least[index] if index in fixed else free * column.weight / weights
                for index, column in enumerate(self.columns)
            ]
            short = {index for index, width in enumerate(widths) if index not in fixed and width < least[index]}
            if not short or len(fixed | short) == len(widths) or sum(least) > flow.width:
                return tuple(widths)
            fixed |= short
