"""Cells as a spreadsheet library gives them → the cells of a grid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TypeVar

from imc_desktop.exchange.grid import Cell

CellT = TypeVar("CellT")
_EXACT = 1e15  # above this a float no longer tells whole numbers apart


def plain(value: object) -> Cell:
    """An empty string becomes None, 24.0 becomes 24, a date at midnight loses its time; the rest stays."""
    kind = type(value)
    if kind is float:
        number: float = value  # type: ignore[assignment]
        return int(number) if -_EXACT < number < _EXACT and number == int(number) else number
    if kind is str:
        return value or None  # type: ignore[return-value]
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    return value  # type: ignore[return-value]


def plain_row(values: Iterable[object]) -> tuple[Cell, ...]:
    """One row with plain cells and without trailing empty ones."""
    return cut([value if type(value) is str and value else plain(value) for value in values])


def cut(row: list[CellT]) -> tuple[CellT, ...]:
    """The row without trailing empty cells."""
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def trimmed(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows without trailing empty ones."""
    end = len(rows)
    while end and not rows[end - 1]:
        end -= 1
    return tuple(rows[:end])
