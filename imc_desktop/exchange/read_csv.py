"""A text file with delimiters → a sheet of records."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice
from typing import Literal

from imc_desktop.exchange.cell_values import trimmed
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_ROWS, UnreadableError

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_RECORDS = 300
_SAMPLE_TEXT = 256 * 1024
_LONGEST_FIELD = 1024 * 1024
_LONGEST_QUOTED = 60  # line breaks; a cell with more of them is a quotation mark that nobody closed


def read_csv(text: str, name: str) -> Sheet:
    """All records, the lines above the heading included; every value stays the text it is."""
    delimiter = _named_delimiter(text)
    if delimiter:
        text = text[text.index("\n") :] if "\n" in text else ""
    else:
        delimiter = _delimiter(text)
    try:
        rows = _records(text, delimiter, csv.QUOTE_MINIMAL)
        if any(cell.count("\n") > _LONGEST_QUOTED for row in rows for cell in row):
            rows = _records(text, delimiter, csv.QUOTE_NONE)
    except csv.Error:
        rows = _records(text, delimiter, csv.QUOTE_NONE)
    return Sheet(name, trimmed([_row(row) for row in rows]), records=True)


def _row(values: list[str]) -> tuple[str | None, ...]:
    while values and not values[-1]:
        values.pop()
    if len(values) > MAX_COLUMNS:
        raise UnreadableError(f"в таблице больше {MAX_COLUMNS} столбцов; оставьте в файле только нужные")
    return tuple(value or None for value in values)


def _records(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[list[str]]:
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        lines = text.splitlines(keepends=True) if quoting == csv.QUOTE_NONE else _lines(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=False, quoting=quoting)
        rows = list(islice(reader, MAX_ROWS + 1))
    finally:
        csv.field_size_limit(previous)
    if len(rows) > MAX_ROWS:
        raise UnreadableError(f"в таблице больше {MAX_ROWS} строк; разделите файл на части")
    return rows


def _lines(text: str) -> list[str]:
    """Lines by line feeds only: a vertical tab or a line separator inside a cell does not end a record."""
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True) if "\r" in text else _split(text)


def _split(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")]


def _named_delimiter(text: str) -> str:
    """The first line «sep=;» that Excel itself understands."""
    head = text[:8].lower()
    return text[4] if head.startswith("sep=") and len(head) > 5 and head[5] in "\r\n" else ""


def _delimiter(text: str) -> str:
    """The character that cuts most records into the same number of cells."""
    return max(_DELIMITERS, key=lambda delimiter: _regularity(text[:_SAMPLE_TEXT], delimiter))


def _regularity(text: str, delimiter: str) -> float:
    try:
        reader = csv.reader(_split(text), delimiter=delimiter, strict=False)
        widths = Counter(len(row) for row in islice(reader, _SAMPLE_RECORDS) if any(row))
    except csv.Error:
        return 0.0
    del widths[1]
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count * min(width, 6)
