"""Reading the cells of one column: every value is parsed once, what cannot be is told with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from operator import itemgetter
from typing import Generic, TypeVar

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.papers import Column, Rejected
from imc_desktop.exchange.cells.common import is_no_value, text_of
from imc_desktop.exchange.grid import Cell, Sheet, column_letters
from imc_desktop.exchange.tables import FoundTable

T = TypeVar("T")
Trouble = tuple[int, str]
Raw = tuple[Cell, ...]


class ColumnValues(Generic[T]):
    """Values of one column; ``at`` gives ``missing`` and notes a trouble for a cell that cannot be understood."""

    __slots__ = ("_bad", "_known", "_missing", "_parse", "index")

    def __init__(self, index: int, parse: Callable[[Cell], T], missing: T) -> None:
        self.index = index
        self._parse = parse
        self._missing = missing
        self._known: dict[Cell, T] = {None: missing}
        self._bad: dict[Cell, str] = {}

    def at(self, raw: Raw, troubles: list[Trouble]) -> T:
        """The value of a row (padded to the width of the table)."""
        cell = raw[self.index]
        try:
            value = self._known[cell]
        except KeyError:
            value = self._learn(cell)
        if self._bad and cell in self._bad:
            troubles.append((self.index, self._bad[cell]))
        return value

    def _learn(self, cell: Cell) -> T:
        """Parse a value met for the first time."""
        try:
            value = self._parse(cell)
        except ValueError as problem:
            self._bad[cell] = str(problem)
            value = self._missing
        except OverflowError:
            self._bad[cell] = "число в ячейке слишком велико"
            value = self._missing
        self._known[cell] = value
        return value


class RememberedColumns(Generic[T]):
    """Several columns read together; cells that were met together before give the same value at once."""

    __slots__ = ("_known", "_pick", "_read")

    def __init__(self, columns: Sequence[int], read: Callable[[Raw, list[Trouble]], T]) -> None:
        self._pick = itemgetter(*columns)
        self._read = read
        self._known: dict[object, tuple[T, tuple[Trouble, ...]]] = {}

    def at(self, raw: Raw, troubles: list[Trouble]) -> T:
        """The value of a row and its troubles."""
        key = self._pick(raw)
        met = self._known.get(key)
        if met is None:
            own: list[Trouble] = []
            met = self._known[key] = (self._read(raw, own), tuple(own))
        if met[1]:
            troubles.extend(met[1])
        return met[0]


def plain_text(cell: Cell) -> str:
    """Clean text of a cell in one line; "" for «-», «нет» and the like."""
    text = " ".join(text_of(cell).split())
    return "" if is_no_value(text) else text


def day_of(cell: Cell) -> str:
    """A day, month or year of a cell; "" for «-», ValueError for what is no date."""
    if isinstance(cell, str):
        text = text_of(cell)
        if is_no_value(text):
            return ""
        day = parse_day(text, serial=True)
        if not day:
            raise ValueError(f"дата «{' '.join(text.split())}» не распознана")
        return day
    if isinstance(cell, (date, int, float)) and not isinstance(cell, bool):
        day = parse_day(cell, serial=True) if not isinstance(cell, float) or isfinite(cell) else ""
        if not day:
            raise ValueError(f"число {cell} не похоже на дату")
        return day
    if cell is None:
        return ""
    raise ValueError("в ячейке не дата")


@dataclass(frozen=True, slots=True)
class Places:
    """How cells of a table are told to a person: «F17», or «record 98, Дата рождения» for csv and html."""

    records: bool
    headings: Mapping[int, str]

    @classmethod
    def of(cls, found: FoundTable) -> Places:
        """Places of a table."""
        return cls(found.sheet.records, {column.index: column.heading for column in found.columns})

    def name(self, number: int, column: int) -> str:
        """The place of a cell; ``number`` is Excel's row or the record's number."""
        if self.records:
            return f"record {number}, {self.headings.get(column, column_letters(column))}"
        return f"{column_letters(column)}{number}"


class CellsOf(Mapping[str, str]):
    """Where the fields of one record stand; built when asked for, a register has many rows."""

    __slots__ = ("_columns", "_number", "_places")

    def __init__(self, places: Places, columns: Mapping[str, int], number: int) -> None:
        self._places = places
        self._columns = columns
        self._number = number

    def __getitem__(self, key: str) -> str:
        return self._places.name(self._number, self._columns[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[dict[str, str]]]:
        return dict, (dict(self),)


def rejected(sheet: Sheet, places: Places, number: int, trouble: Trouble, raw: Raw) -> Rejected:
    """A finding about one cell with the texts of its row."""
    column, reason = trouble
    values = tuple(text_of(cell) for cell in raw)
    return Rejected(sheet.name, places.name(number, column), sentence(reason), number, values)


def sentence(reason: str) -> str:
    """A reason as a sentence: capital letter, full stop."""
    reason = reason.strip()
    return reason[:1].upper() + reason[1:].rstrip(".") + "."


def padded(raw: Raw, width: int) -> Raw:
    """The row filled up to the width of the table."""
    short = width - len(raw)
    return raw + (None,) * short if short > 0 else raw


def column_map(columns: tuple[Column, ...]) -> dict[str, list[int]]:
    """Field → its columns, left to right."""
    result: dict[str, list[int]] = {}
    for column in columns:
        if column.field:
            result.setdefault(column.field, []).append(column.index)
    return result
