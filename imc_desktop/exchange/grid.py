"""A paper as a grid of cells: the one shape all readers (xlsx, xls, ods, csv, html) give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, zero-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[0]`` is Excel's row 1 and ``rows[r][0]`` its column A, whatever the used range says.

    Rows may differ in length. ``records``: csv and html, whose places are told as «record 98, Дата рождения».
    ``tags`` (html) gives a machine name (itemprop) to a column of the header row.
    ``visible`` is False for hidden and very hidden sheets.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...] = ()
    visible: bool = True
    records: bool = False
    tags: dict[int, str] = field(default_factory=dict)
    # Rows that hold their facts under other words than a table would (management records of a web page).
    contacts: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """``notes`` are Russian sentences a person should see (hidden sheets skipped, formulas without results)."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    title: str = ""


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Zero-based row and column → «F17»."""
    return f"{column_letters(column)}{row + 1}"
