"""Parts of a binary Excel book looked through before calamine sees them."""

from __future__ import annotations

import re

from imc_desktop.exchange.grid import cell_name
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_ROWS, UnreadableError

_SHEET = re.compile(r"(?i)xl/worksheets/[^/]+\.bin\Z")
_STRINGS = re.compile(r"(?i)xl/sharedstrings\d*\.bin\Z")
_ROW = 0
_VALUES = range(2, 12)  # 1 is an empty cell
_RICH_STRING = 62
_STRING = 19
_BEGIN_STRINGS = 159


def guarded_xlsb_part(name: str, data: bytes) -> bytes:
    """The part as calamine may have it; a far cell is refused, a false number of strings is put right."""
    if _STRINGS.match(name):
        return _counted(data)
    if _SHEET.match(name):
        _check_sheet(data)
    return data


def _records(data: bytes) -> list[tuple[int, int, int]]:
    """Kind, beginning and length of every record."""
    found: list[tuple[int, int, int]] = []
    place, end = 0, len(data)
    try:
        while place < end:
            kind = data[place]
            place += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
                place += 1
            length = 0
            for shift in (0, 7, 14, 21):
                byte = data[place]
                place += 1
                length |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
            found.append((kind, place, length))
            place += length
    except IndexError as problem:
        raise _damaged() from problem
    if place != end:
        raise _damaged()
    return found


def _damaged() -> UnreadableError:
    return UnreadableError(
        "двоичная книга повреждена; сохраните её в Excel как «Книга Excel (.xlsx)» и загрузите снова"
    )


def _check_sheet(data: bytes) -> None:
    row = 0
    for kind, place, length in _records(data):
        if kind == _ROW and length >= 4:
            row = int.from_bytes(data[place : place + 4], "little")
        elif kind in _VALUES or kind == _RICH_STRING:
            if length < 8:
                raise _damaged()
            column = int.from_bytes(data[place : place + 4], "little")
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                where = cell_name(min(row, 1_048_575), min(column, 16_383))
                raise UnreadableError(f"ячейка {where} стоит слишком далеко; оставьте в книге только нужную таблицу")


def _counted(data: bytes) -> bytes:
    """Both declared numbers of strings put right: calamine reserves memory for whatever they say."""
    changed = bytearray(data)
    records = _records(data)
    number = sum(kind == _STRING for kind, _place, _length in records).to_bytes(4, "little")
    for kind, place, length in records:
        if kind == _BEGIN_STRINGS and length >= 8:
            changed[place : place + 8] = number * 2
    return bytes(changed)
