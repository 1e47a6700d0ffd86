"""What the guards learn of a sheet before the library reads it."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.exchange.grid import Cell, Sheet, Span, cell_name
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_ROWS, UnreadableError

_MOST_STRAY = 1_000


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet rewritten without its empty rows: ``numbers`` are the true (zero-based) numbers of the rows left."""

    numbers: tuple[int, ...]
    merged: tuple[Span, ...]

    def restored(self, rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        """The rows put back to their true places."""
        if not rows:
            return ()
        full: list[tuple[Cell, ...]] = [()] * (self.numbers[len(rows) - 1] + 1)
        for number, row in zip(self.numbers, rows, strict=False):
            full[number] = row
        return tuple(full)


class Strays:
    """Cells too far from the table to be read: a few are noted, many mean that the sheet is too big."""

    def __init__(self) -> None:
        self._first = ""
        self._count = 0

    def far(self, row: int, column: int) -> bool:
        """True for a place outside the limits; remembers it."""
        if row < MAX_ROWS and column < MAX_COLUMNS:
            return False
        self._first = self._first or cell_name(row, column)
        self._count += 1
        if self._count > _MOST_STRAY:
            raise UnreadableError(
                f"на листе больше {MAX_ROWS} строк или {MAX_COLUMNS} столбцов "
                f"(заполнена ячейка {cell_name(row, column)}); оставьте в книге только нужную таблицу"
            )
        return True

    def note(self, sheet: str) -> list[str]:
        """A sentence for the person, or nothing."""
        if not self._count:
            return []
        where = f"Лист «{sheet}»: ячейка {self._first}"
        return [f"{where} стоит далеко за таблицей и не прочитана (всего таких: {self._count})."]


def clipped(spans: list[Span], rows: tuple[tuple[Cell, ...], ...]) -> tuple[Span, ...]:
    """Merged ranges kept inside the rows that exist and the columns that are read."""
    last = len(rows) - 1
    return tuple(
        Span(span.top, span.left, min(span.bottom, last), min(span.right, MAX_COLUMNS - 1))
        for span in spans
        if span.top <= last and span.left < MAX_COLUMNS
    )


def no_result(sheet: str, cell: str) -> str:
    """The note about a formula whose result the program that wrote the book did not store."""
    return (
        f"Лист «{sheet}», ячейка {cell}: формула без сохранённого результата, значение не прочитано. "
        "Откройте книгу в Excel, сохраните её и загрузите снова."
    )


def hidden_notes(sheets: list[Sheet]) -> list[str]:
    """Which filled sheets a person does not see in the book."""
    return [f"Лист «{sheet.name}» скрыт в книге и пропущен." for sheet in sheets if not sheet.visible and sheet.rows]
