"""Excel books (xlsx, xlsm, xlsb, xls) through calamine, the one module that knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import python_calamine

from imc_desktop.exchange.cell_values import plain_row, trimmed
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.layout import Layout
from imc_desktop.exchange.limits import Progress, UnreadableError, share_of

_STEP = 2_000  # rows between two calls of progress
_DAMAGED = "книга повреждена{place}; откройте её в Excel или LibreOffice, сохраните заново и загрузите снова"


def read_book(data: bytes, layouts: Mapping[str, Layout], progress: Progress) -> list[Sheet]:
    """Every worksheet of the book, hidden ones marked. The data must have passed the guard."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        found = [item for item in book.sheets_metadata if item.typ == python_calamine.SheetTypeEnum.WorkSheet]
    except BaseException as problem:
        raise _explained(problem, "") from problem
    return [
        _sheet(book, item, layouts.get(item.name), share_of(progress, index / len(found), (index + 1) / len(found)))
        for index, item in enumerate(found)
    ]


def _explained(problem: BaseException, place: str) -> BaseException:
    """A panic of the library comes as a BaseException of its own; anything but a wish to stop means a damaged book."""
    if isinstance(problem, KeyboardInterrupt | SystemExit | GeneratorExit):
        return problem
    if isinstance(problem, python_calamine.PasswordError):
        return UnreadableError("файл защищён паролем; откройте его в Excel, снимите пароль и сохраните")
    return UnreadableError(_DAMAGED.format(place=place))


def _sheet(
    book: python_calamine.CalamineWorkbook,
    item: python_calamine.SheetMetadata,
    layout: Layout | None,
    progress: Progress,
) -> Sheet:
    try:
        sheet = book.get_sheet_by_name(item.name)
        values = sheet.to_python(skip_empty_area=False)
        ranges = sheet.merged_cell_ranges or ()
    except BaseException as problem:
        raise _explained(problem, f" (лист «{item.name}»)") from problem
    rows = _rows(values, progress)
    merged = tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in ranges)
    if layout:
        rows, merged = layout.restored(rows), layout.merged
    return Sheet(item.name, rows, merged, visible=item.visible == python_calamine.SheetVisibleEnum.Visible)


def _rows(values: Sequence[Sequence[object]], progress: Progress) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(values):
        if not number % _STEP:
            progress(number / len(values))
        rows.append(plain_row(row))
    return trimmed(rows)
