"""Values merged over several rows: every row under the merged cell has its value."""

from __future__ import annotations

from imc_desktop.exchange.cells.common import text_of
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.tables import DataRow


class Merged:
    """Vertical merges of a sheet, looked up by place."""

    def __init__(self, sheet: Sheet) -> None:
        self._rows = sheet.rows
        self._tops: dict[tuple[int, int], tuple[int, int]] = {}
        for span in sheet.merged:
            if span.bottom > span.top and span.right - span.left < 4 and span.bottom - span.top < 500:
                for row in range(span.top + 1, span.bottom + 1):
                    self._tops[row, span.left] = (span.top, span.left)

    def cell(self, row: DataRow, column: int | None) -> Cell:
        """The value of a row's column, taken from the merged cell above when it is covered."""
        if column is None:
            return None
        own = row.raw[column] if column < len(row.raw) else None
        if own not in (None, ""):
            return own
        top = self._tops.get((row.index, column))
        if top is None:
            return None
        above = self._rows[top[0]]
        return above[top[1]] if top[1] < len(above) else None

    def text(self, row: DataRow, column: int | None) -> str:
        """The same as clean text."""
        return text_of(self.cell(row, column)).strip()
