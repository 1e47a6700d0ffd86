"""Makes other papers out of a known one: columns moved, headings reworded, rows shuffled, blanks put in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from imc_desktop.domain.papers import PersonRecord, Record
from imc_desktop.exchange.grid import Cell, Sheet, Span, Workbook

Grid = list[list[Cell]]


def square(sheet: Sheet) -> Grid:
    """Rows of equal length."""
    width = max(len(row) for row in sheet.rows)
    return [[*row, *[None] * (width - len(row))] for row in sheet.rows]


def flat_header(sheet: Sheet, top: int, headings: list[str], data_top: int) -> Sheet:
    """The sheet with its header block replaced by one row of headings."""
    grid = square(sheet)
    rows: Grid = [*grid[:top], [*headings, *[None] * (len(grid[0]) - len(headings))], *grid[data_top:]]
    return Sheet(sheet.name, tuple(tuple(row) for row in rows))


def moved_columns(sheet: Sheet, first: int, rng: random.Random) -> Sheet:
    """Columns from the header row on in another order; merged rows of the data lose their spans."""
    grid = square(sheet)
    order = list(range(len(grid[0])))
    rng.shuffle(order)
    rows = [*grid[:first], *([row[at] for at in order] for row in grid[first:])]
    return replace(sheet, rows=tuple(map(tuple, rows)), merged=())


def blank_column(sheet: Sheet, at: int) -> Sheet:
    """An empty column put in."""
    rows = tuple((*row[:at], None, *row[at:]) for row in square(sheet))
    spans = tuple(
        Span(one.top, one.left + (one.left >= at), one.bottom, one.right + (one.right >= at)) for one in sheet.merged
    )
    return replace(sheet, rows=rows, merged=spans)


def blank_rows(sheet: Sheet, first: int, every: int) -> Sheet:
    """An empty row put in after every so many data rows."""
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(sheet.rows):
        rows.append(row)
        if number >= first and not (number - first) % every:
            rows.append(())
    return replace(sheet, rows=tuple(rows), merged=tuple(one for one in sheet.merged if one.top < first))


def lines_above(sheet: Sheet, lines: Iterable[str]) -> Sheet:
    """Lines put over everything."""
    above = [(line,) for line in lines]
    spans = tuple(Span(one.top + len(above), one.left, one.bottom + len(above), one.right) for one in sheet.merged)
    return replace(sheet, rows=(*above, *sheet.rows), merged=spans)


def changed_headings(sheet: Sheet, rows: range, change: Callable[[str], str]) -> Sheet:
    """Every heading of the header rows passed through a function."""
    grid = square(sheet)
    for row in rows:
        grid[row] = [change(cell) if isinstance(cell, str) else cell for cell in grid[row]]
    return replace(sheet, rows=tuple(map(tuple, grid)))


def book(*sheets: Sheet, file: str = "бумага.xlsx") -> Workbook:
    """A workbook of these sheets."""
    return Workbook(file, "0" * 64, sheets)


def facts(records: Iterable[Record]) -> list[str]:
    """What the records say, without their places, in an order of its own."""
    said = []
    for record in records:
        assert isinstance(record, PersonRecord)
        said.append(repr(replace(record, row=0, cells={})))
    return sorted(said)
