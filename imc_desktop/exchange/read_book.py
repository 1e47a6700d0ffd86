"""Excel books (xlsx, xlsm, xlsb, xls) through calamine, the one module that knows it."""

from __future__ import annotations

from io import BytesIO

import python_calamine

from imc_desktop.exchange.cell_values import plain_row, trimmed
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.limits import Progress, Unreadable

_STEP = 2_000  # rows between two calls of progress


def read_book(data: bytes, progress: Progress) -> list[Sheet]:
    """Every worksheet of the book, hidden ones marked; the data must have passed the guard."""
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    visible = python_calamine.SheetVisibleEnum.Visible
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    sheets: list[Sheet] = []
    found = [item for item in book.sheets_metadata if item.typ == worksheet]
    for index, item in enumerate(found):
        sheet = book.get_sheet_by_name(item.name)
        rows = _rows(sheet, lambda share, done=index: progress((done + share) / len(found)))
        merged = _merged(sheet.merged_cell_ranges or (), rows)
        sheets.append(Sheet(item.name, rows, merged, visible=item.visible == visible))
    return sheets


def _rows(sheet: python_calamine.CalamineSheet, progress: Progress) -> tuple[tuple[Cell, ...], ...]:
    values = sheet.to_python(skip_empty_area=False)
    total = len(values) or 1
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(values):
        if not number % _STEP:
            progress(number / total)
        rows.append(plain_row(row))
    return trimmed(rows)


def _merged(ranges: object, rows: tuple[tuple[Cell, ...], ...]) -> tuple[Span, ...]:
    spans = (Span(top, left, bottom, right) for (top, left), (bottom, right) in ranges)  # type: ignore[attr-defined]
    return tuple(span for span in spans if span.top < len(rows))
