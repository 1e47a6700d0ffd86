"""OpenDocument spreadsheets, read by a strict streaming parser: repeated cells are never laid out blindly."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from imc_desktop.exchange.cell_values import plain, trimmed
from imc_desktop.exchange.grid import Cell, Sheet, Span, cell_name
from imc_desktop.exchange.layout import Strays, clipped, no_result
from imc_desktop.exchange.limits import MAX_AREA, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Progress, UnreadableError
from imc_desktop.exchange.xml_events import parse_xml

_SILENT = frozenset({"annotation", "shapes", "frame", "tracked-changes", "g", "custom-shape"})
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?\Z")
_NUMBERS = frozenset({"float", "percentage", "currency"})
_DEEPEST = 200


def read_ods(data: bytes, progress: Progress) -> tuple[list[Sheet], list[str]]:
    """Sheets of content.xml and notes about formulas without results and stray cells."""
    document = _Document()
    parse_xml(data, document, progress, "content.xml")
    return document.sheets, document.notes


class _Document:
    """Listens to content.xml."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.notes: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: _Table | None = None
        self._nested = 0
        self._silent = 0
        self._depth = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableError("разметка вложена слишком глубоко; сохраните книгу заново")
        if self._silent or name in _SILENT:
            self._silent += 1
        elif name == "table":
            self._start_table(attrs)
        elif self._table and self._nested == 1:
            self._table.start(name, attrs)
        elif name == "style":
            self._style = attrs.get("name", "")
        elif name == "table-properties" and attrs.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attrs: dict[str, str]) -> None:
        self._nested += 1
        if self._nested == 1:
            if len(self.sheets) >= MAX_SHEETS:
                raise UnreadableError(f"в книге больше {MAX_SHEETS} листов; оставьте только нужные")
            self._table = _Table(attrs.get("name", ""), attrs.get("style-name", "") not in self._hidden_styles)

    def text(self, data: str) -> None:
        if self._table and self._nested == 1 and not self._silent:
            self._table.say(data)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._silent:
            self._silent -= 1
        elif name == "table" and self._table:
            self._nested -= 1
            if not self._nested:
                self.sheets.append(self._table.sheet())
                self.notes += self._table.notes()
                self._table = None
        elif self._table and self._nested == 1:
            self._table.end(name)


class _Table:
    """One sheet in the making."""

    def __init__(self, name: str, visible: bool) -> None:
        self._name = name
        self._visible = visible
        self._rows: list[tuple[Cell, ...]] = []
        self._blank_rows = 0
        self._row: list[Cell] = []
        self._blank_cells = 0
        self._row_repeat = 1
        self._attrs: dict[str, str] = {}
        self._paragraphs: list[list[str]] = []
        self._in_paragraph = 0
        self._merged: list[Span] = []
        self._strays = Strays()
        self._without_result = ""
        self._area = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "table-row":
            self._row, self._blank_cells = [], 0
            self._row_repeat = _count(attrs.get("number-rows-repeated"))
        elif name in {"table-cell", "covered-table-cell"}:
            self._attrs, self._paragraphs, self._in_paragraph = attrs, [], 0
        elif name in {"p", "h"}:
            self._paragraphs.append([])
            self._in_paragraph += 1
        elif name == "s":
            self.say(" " * min(_count(attrs.get("c")), 100))
        elif name == "tab":
            self.say("\t")
        elif name == "line-break":
            self.say("\n")

    def say(self, data: str) -> None:
        """Text of the open paragraph."""
        if self._in_paragraph and self._paragraphs:
            self._paragraphs[-1].append(data)

    def end(self, name: str) -> None:
        if name in {"p", "h"}:
            self._in_paragraph -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell(covered=name != "table-cell")
        elif name == "table-row":
            self._end_row()

    def _end_cell(self, *, covered: bool) -> None:
        repeat = _count(self._attrs.get("number-columns-repeated"))
        row, column = len(self._rows) + self._blank_rows, len(self._row) + self._blank_cells
        value = None if covered else _value(self._attrs, ["".join(parts) for parts in self._paragraphs])
        self._remember_span(row, column)
        if value is None:
            if "formula" in self._attrs and not self._without_result:
                self._without_result = cell_name(row, column)
            self._blank_cells += repeat
        elif not self._strays.far(row, column):
            self._row += [None] * self._blank_cells + [value] * min(repeat, MAX_COLUMNS - column)
            self._blank_cells = max(0, column + repeat - len(self._row))
        self._attrs, self._paragraphs = {}, []

    def _remember_span(self, row: int, column: int) -> None:
        wide, high = (_count(self._attrs.get(f"number-{what}-spanned")) for what in ("columns", "rows"))
        if wide > 1 or high > 1:
            self._merged.append(Span(row, column, row + high - 1, column + wide - 1))

    def _end_row(self) -> None:
        if not self._row:
            self._blank_rows += self._row_repeat
            return
        first = len(self._rows) + self._blank_rows
        if first + self._row_repeat > MAX_ROWS:
            raise UnreadableError(f"на листе «{self._name}» больше {MAX_ROWS} строк; разделите книгу на части")
        row = tuple(self._row)
        self._rows += [()] * self._blank_rows + [row] * self._row_repeat
        self._blank_rows = 0
        self._area += len(row) * self._row_repeat
        if self._area > MAX_AREA:
            raise UnreadableError(f"лист «{self._name}» слишком велик; оставьте в книге только нужную таблицу")

    def sheet(self) -> Sheet:
        rows = trimmed(self._rows)
        return Sheet(self._name, rows, clipped(self._merged, rows), visible=self._visible)

    def notes(self) -> list[str]:
        """What a person should know of this sheet."""
        missing = [no_result(self._name, self._without_result)] if self._without_result else []
        return missing + self._strays.note(self._name)


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1


def _value(attrs: dict[str, str], paragraphs: list[str]) -> Cell:
    """The value the attributes give, else the text that is seen."""
    kind = attrs.get("value-type", "")
    shown = attrs.get("string-value") or "\n".join(paragraphs) or None
    try:
        if kind in _NUMBERS:
            return plain(float(attrs["value"]))
        if kind == "date":
            return _day(attrs["date-value"])
        if kind == "time":
            return _time(attrs["time-value"])
    except (KeyError, ValueError, OverflowError):
        return shown
    if kind == "boolean":
        return attrs.get("boolean-value") == "true"
    return shown


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else _without_midnight(datetime.fromisoformat(text))


def _without_midnight(moment: datetime) -> date:
    return moment.date() if moment.time() == time.min else moment


def _time(text: str) -> time | timedelta:
    found = _DURATION.match(text)
    if not found:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours > 23:
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return time(hours, minutes, seconds)
