"""«Таблица XML 2003»: the one-file XML that personnel programs save under the name .xls."""

from __future__ import annotations

from datetime import datetime

from imc_desktop.exchange.cell_values import plain, trimmed
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.layout import Strays, clipped, hidden_notes
from imc_desktop.exchange.limits import MAX_AREA, MAX_COLUMNS, MAX_SHEETS, Progress, UnreadableError
from imc_desktop.exchange.xml_events import parse_xml


def read_xml_book(data: bytes, progress: Progress) -> tuple[list[Sheet], list[str]]:
    """Sheets of the book and notes."""
    book = _Book()
    parse_xml(data, book, progress, "таблица")
    return book.sheets, book.notes + hidden_notes(book.sheets)


class _Book:
    """Listens to the whole file."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.notes: list[str] = []
        self._name = ""
        self._visible = True
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merged: list[Span] = []
        self._strays = Strays()
        self._row = self._column = -1
        self._across = 0
        self._kind = ""
        self._text: list[str] | None = None

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "Worksheet":
            self._name, self._visible, self._rows, self._merged = attrs.get("Name", ""), True, {}, []
            self._strays, self._row = Strays(), -1
        elif name == "Row":
            self._row = _place(attrs, self._row)
            self._column, self._across = -1, 0
        elif name == "Cell":
            self._column = _place(attrs, self._column + self._across)
            self._across, down = _number(attrs.get("MergeAcross")), _number(attrs.get("MergeDown"))
            if self._across or down:
                self._merged.append(Span(self._row, self._column, self._row + down, self._column + self._across))
        elif name == "Data":
            self._kind, self._text = attrs.get("Type", "String"), []
        elif name == "Visible":
            self._text = []

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def end(self, name: str) -> None:
        if name == "Data" and self._text is not None:
            self._keep(_value(self._kind, "".join(self._text)))
            self._text = None
        elif name == "Visible" and self._text is not None:
            self._visible = "hidden" not in "".join(self._text).lower()
            self._text = None
        elif name == "Worksheet":
            self._end_sheet()

    def _keep(self, value: Cell) -> None:
        if value is not None and self._row >= 0 and self._column >= 0 and not self._strays.far(self._row, self._column):
            self._rows.setdefault(self._row, {})[self._column] = value

    def _end_sheet(self) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            raise UnreadableError(f"в книге больше {MAX_SHEETS} листов; оставьте только нужные")
        if len(self._rows) * MAX_COLUMNS > MAX_AREA and sum(max(cells) for cells in self._rows.values()) > MAX_AREA:
            raise UnreadableError(f"лист «{self._name}» слишком велик; оставьте только нужную таблицу")
        full: list[tuple[Cell, ...]] = [()] * (max(self._rows, default=-1) + 1)
        for number, cells in self._rows.items():
            full[number] = tuple(cells.get(column) for column in range(max(cells) + 1))
        rows = trimmed(full)
        self.sheets.append(Sheet(self._name, rows, clipped(self._merged, rows), visible=self._visible))
        self.notes += self._strays.note(self._name)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _place(attrs: dict[str, str], previous: int) -> int:
    """The zero-based place: what Index says, else the next one."""
    return _number(attrs.get("Index")) - 1 if _number(attrs.get("Index")) else previous + 1


def _value(kind: str, text: str) -> Cell:
    try:
        if kind == "Number":
            return plain(float(text))
        if kind == "DateTime":
            return plain(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return text or None
    if kind == "Boolean":
        return text == "1"
    return text or None
