"""A text file with delimiters → a sheet of records."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice
from typing import Literal

from imc_desktop.exchange.cell_values import cut, trimmed
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_ROWS, UnreadableError

_DELIMITERS = (";", "\t", ",", "|")
# A comma stands in ordinary text far more often than the others.
_LIKELY = {";": 1.5, "\t": 1.5, ",": 1.0, "|": 1.0}
_SAMPLE_RECORDS = 300
_SAMPLE_TEXT = 256 * 1024
_LONGEST_FIELD = 1024 * 1024
_LONGEST_QUOTED = 60  # line breaks; a cell with more of them is a quotation mark that nobody closed


def read_csv(text: str, name: str) -> Sheet:
    """All records, the lines above the heading included; every value stays the text it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _named_delimiter(text)
    if delimiter:
        text = text[text.index("\n") :] if "\n" in text else ""
    else:
        delimiter = _delimiter(text)
    try:
        rows = _records(text, delimiter, csv.QUOTE_MINIMAL)
        if any(cell.count("\n") > _LONGEST_QUOTED for row in rows for cell in row):
            rows = _unquoted_records(text, delimiter)
    except csv.Error:
        rows = _unquoted_records(text, delimiter)
    return Sheet(name, trimmed([_row(row) for row in rows]), records=True)


def _row(values: list[str]) -> tuple[str | None, ...]:
    row = cut([value or None for value in values])
    if len(row) > MAX_COLUMNS:
        raise UnreadableError(f"в таблице больше {MAX_COLUMNS} столбцов; оставьте в файле только нужные")
    return row


def _records(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[list[str]]:
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=False, quoting=quoting)
        rows = list(islice(reader, MAX_ROWS + 1))
    finally:
        csv.field_size_limit(previous)
    if len(rows) > MAX_ROWS:
        raise UnreadableError(f"в таблице больше {MAX_ROWS} строк; разделите файл на части")
    return rows


def _unquoted_records(text: str, delimiter: str) -> list[list[str]]:
    try:
        return _records(text, delimiter, csv.QUOTE_NONE)
    except csv.Error as problem:
        raise UnreadableError(
            "в нём есть строка длиннее миллиона знаков без разделителей: это не таблица; выгрузите данные заново"
        ) from problem


def _lines(text: str) -> list[str]:
    """Lines by line feeds only: a vertical tab or a line separator inside a cell does not end a record."""
    return [line + "\n" for line in text.split("\n")]


def _named_delimiter(text: str) -> str:
    """The first line «sep=;» that Excel itself understands."""
    head = text[:8].lower()
    return text[4] if head.startswith("sep=") and len(head) > 5 and head[5] == "\n" else ""


def _delimiter(text: str) -> str:
    """The character that cuts most records into the same number of cells."""
    return max(_DELIMITERS, key=lambda delimiter: _regularity(text[:_SAMPLE_TEXT], delimiter) * _LIKELY[delimiter])


def _regularity(text: str, delimiter: str) -> float:
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=False)
        widths = Counter(len(row) for row in islice(reader, _SAMPLE_RECORDS) if any(row))
    except csv.Error:
        return 0.0
    del widths[1]
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count * min(width, 6)
