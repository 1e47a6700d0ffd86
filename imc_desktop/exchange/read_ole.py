"""Old Excel books (.xls): the record stream is looked through and put into a clean container for calamine."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from imc_desktop.exchange.grid import Sheet, cell_name
from imc_desktop.exchange.layout import hidden_notes
from imc_desktop.exchange.limits import MAX_COLUMNS, MAX_UNPACKED, Progress, UnreadableError
from imc_desktop.exchange.ole import Ole, built
from imc_desktop.exchange.read_book import read_book

_DAMAGED = "файл старого формата Excel повреждён; откройте его в Excel или LibreOffice и сохраните как .xlsx"
_PASSWORD = "файл защищён паролем; откройте его в Excel, снимите пароль и сохраните"  # noqa: S105
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00D6})
_MANY_NUMBERS = 0x00BD
_DIMENSIONS = 0x0200
_STRINGS = 0x00FC
_FILE_PASS = 0x002F
_SHEET = 0x0085
_END = 0x000A
_SHORTEST_STRING = 3
_BEGIN = b"\x09\x08"
_MOST_AREA = 6_000_000


def read_ole(data: bytes, progress: Progress) -> tuple[list[Sheet], list[str]]:
    """Sheets of the book; other documents of this container are refused by name."""
    container = Ole(data)
    names = container.names
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise UnreadableError(_PASSWORD)
    stream = container.stream("Workbook") or container.stream("Book")
    if not stream:
        raise UnreadableError(_other_kind(names))
    if len(stream) > MAX_UNPACKED:
        raise UnreadableError("книга слишком велика; разделите её на части")
    name = "Workbook" if "Workbook" in names else "Book"
    sheets = read_book(built(name, _guarded(stream)), {}, progress)
    return sheets, hidden_notes(sheets)


def _other_kind(names: frozenset[str]) -> str:
    if "WordDocument" in names:
        return "это документ Word, а не таблица; скопируйте таблицу из него в книгу Excel и загрузите её"
    if "PowerPoint Document" in names:
        return "это презентация, а не таблица"
    return "внутри нет книги Excel; сохраните таблицу в формате .xlsx"


def _guarded(stream: bytes) -> bytes:
    """The record stream with false promises of size taken out; far cells and passwords are refused.

    The sheets are walked exactly as the library walks them: from the place the list of sheets names to the end mark.
    """
    changed = bytearray(stream)
    end, places = _walk_globals(stream)
    area = 0
    for place in sorted(set(places)):
        if place < end or stream[place : place + 2] != _BEGIN:
            raise UnreadableError(_DAMAGED)
        end, sheet_area = _walk_sheet(stream, place, changed)
        area += sheet_area
    if area > _MOST_AREA:
        raise UnreadableError("листы книги слишком велики; оставьте в ней только нужную таблицу")
    return bytes(changed)


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of every record up to and with the end mark."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if place + length > len(stream):
            raise UnreadableError(_DAMAGED)
        yield kind, place, length
        place += length
        if kind == _END:
            return


def _walk_globals(stream: bytes) -> tuple[int, list[int]]:
    """Where the first part ends and where the sheets begin."""
    end, places = 0, []
    for kind, place, length in _records(stream, 0):
        end = place + length
        if kind == _FILE_PASS and stream[place : place + 2] != b"\0\0":
            raise UnreadableError(_PASSWORD)
        if kind == _SHEET and length >= 6:
            places.append(struct.unpack_from("<I", stream, place)[0])
        elif kind == _STRINGS and length >= 8:
            most = (len(stream) - place) // _SHORTEST_STRING
            if not 0 <= struct.unpack_from("<i", stream, place + 4)[0] <= most:
                raise UnreadableError(_DAMAGED)
    return end, places


def _walk_sheet(stream: bytes, start: int, changed: bytearray) -> tuple[int, int]:
    """Where the sheet ends and how many places it takes."""
    end, rows, columns = start, 0, 0
    for kind, place, length in _records(stream, start):
        end = place + length
        if kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _MANY_NUMBERS and length >= 6:
            row, last = struct.unpack_from("<H", stream, place)[0], struct.unpack_from("<H", stream, end - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, last + 1)
        elif kind == _DIMENSIONS:
            changed[place:end] = bytes(length)
    if columns > MAX_COLUMNS:
        where = cell_name(rows - 1, columns - 1)
        raise UnreadableError(f"таблица тянется до ячейки {where}; оставьте в книге только нужные столбцы")
    return end, rows * columns
