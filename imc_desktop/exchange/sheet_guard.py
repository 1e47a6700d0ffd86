"""A worksheet of xlsx looked through before calamine sees it.

calamine lays a sheet out as one rectangle, so a single far cell makes it ask for gigabytes and abort the process.
A sheet whose cells all look ordinary passes as it is (one pass of regular expressions); any other is read by a strict
parser and written anew: without stray cells and without empty rows.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from imc_desktop.exchange.grid import Span, cell_name, column_letters
from imc_desktop.exchange.layout import Layout, Strays
from imc_desktop.exchange.limits import MAX_AREA, MAX_COLUMNS, Progress, UnreadableError
from imc_desktop.exchange.xml_events import parse_xml

# A cell that is not «r s t» in this order with a place up to AZ99999, or up to KN29999: so many places do no harm.
_ORDER = rb'(?:/?>| [^r<> ]*+>|(?: s="\d*+")?+ t="\w*+"/?>)'
_ODD_IN_TALL = re.compile(rb'<c(?! r="A?[A-Z]\d{1,5}+"' + _ORDER + rb"|[a-zA-Z])")
_ODD_IN_WIDE = re.compile(rb'<c(?! r="(?:[A-J]?[A-Z]|K[A-N])(?:[12]\d{4}|\d{1,4})"' + _ORDER + rb"|[a-zA-Z])")
_PREFIXED_CELL = re.compile(rb":c(?=[\s/>])")
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[^<>]*/>')
_EMPTY_ROW = re.compile(rb'<row r="\d{1,7}"[^<>]*(?:/>|></row>)')
_FORMULA = re.compile(rb"<f[ />]")
_NO_RESULT = re.compile(rb'<c r="([A-Z]+\d+)"[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<>]*</f>)(?:<v></v>|<v/>)?</c>')
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})\Z")
_AREA = re.compile(r"([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})\Z")
_MOST_MERGED = 100_000


class GuardedSheet:
    """The bytes calamine may have, and what must be said or put back afterwards."""

    def __init__(self, data: bytes, progress: Progress, part: str) -> None:
        self.layout: Layout | None = None
        self.without_result = ""
        self.strays = Strays()
        self.data = data
        ordinary = _ordinary(data)
        if not ordinary:
            self.data = data = _without_blanks(data)
            ordinary = _ordinary(data)
        if not ordinary:
            scan = _Scan(self.strays)
            parse_xml(data, scan, progress, part)
            self.data, self.layout = scan.rewritten()
            self.without_result = scan.without_result
        elif _FORMULA.search(data):
            found = _NO_RESULT.search(data)
            self.without_result = found[1].decode() if found else ""


def _ordinary(data: bytes) -> bool:
    if _PREFIXED_CELL.search(data):
        return False
    return not _ODD_IN_TALL.search(data) or not _ODD_IN_WIDE.search(data)


def _without_blanks(data: bytes) -> bytes:
    """Formatted cells and rows without values taken out, where every cell and row says its own place."""
    if data.count(b"<c ") != data.count(b'<c r="') or data.count(b"<row") != data.count(b'<row r="'):
        return data
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", data))


def column_number(letters: str) -> int:
    """«A» → 0, «XFD» → 16383."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Scan:
    """Strict reading of one worksheet: only cells that hold something are kept."""

    def __init__(self, strays: Strays) -> None:
        self.without_result = ""
        self._strays = strays
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[Span] = []
        self._row = self._column = -1
        self._attrs: dict[str, str] = {}
        self._value: list[str] = []
        self._inline: list[str] = []
        self._formula = False
        self._inside: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        self._inside.append(name)
        if len(self._inside) > 100:
            raise UnreadableError("разметка листа вложена слишком глубоко; сохраните книгу заново")
        if name == "row":
            number = attrs.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and 0 < len(number) < 9 else self._row + 1
            self._column = -1
        elif name == "c":
            self._start_cell(attrs)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell" and len(self._merged) < _MOST_MERGED:
            self._merge(attrs.get("ref", ""))

    def _start_cell(self, attrs: dict[str, str]) -> None:
        self._attrs, self._value, self._inline, self._formula = attrs, [], [], False
        place = _PLACE.match(attrs.get("r", ""))
        if place:
            self._row, self._column = int(place[2]) - 1, column_number(place[1])
        else:
            self._column += 1

    def _merge(self, ref: str) -> None:
        area = _AREA.match(ref)
        if area:
            top, bottom = sorted((int(area[2]) - 1, int(area[4]) - 1))
            left, right = sorted((column_number(area[1]), column_number(area[3])))
            if top >= 0:
                self._merged.append(Span(top, left, bottom, right))

    def text(self, data: str) -> None:
        if not self._inside:
            return
        name = self._inside[-1]
        if name == "v":
            self._value.append(data)
        elif name == "t" and "is" in self._inside and "rPh" not in self._inside:
            self._inline.append(data)

    def end(self, name: str) -> None:
        self._inside.pop()
        if name != "c" or self._row < 0:
            return
        kind = self._attrs.get("t", "")
        value = "".join(self._value)
        if self._inline:
            kind, value = "str", "".join(self._inline)
        if not value:
            if self._formula and not self.without_result:
                self.without_result = cell_name(self._row, self._column)
            return
        if not self._strays.far(self._row, self._column):
            self._rows.setdefault(self._row, {})[self._column] = self._cell(kind, value)

    def _cell(self, kind: str, value: str) -> str:
        marks = "".join(
            f" {name}={quoteattr(mark)}" for name, mark in (("s", self._attrs.get("s", "")), ("t", kind)) if mark
        )
        return f"{marks}><v>{escape(value)}</v></c>"

    def rewritten(self) -> tuple[bytes, Layout]:
        """The same cells in rows numbered without gaps."""
        numbers = tuple(sorted(self._rows))
        width = max((max(cells) for cells in self._rows.values()), default=0) + 1
        if len(numbers) * width > MAX_AREA:
            raise UnreadableError(
                f"лист занимает {len(numbers)} строк и {width} столбцов; оставьте только нужную таблицу"
            )
        letters = [column_letters(column) for column in range(MAX_COLUMNS)]
        lines = ["<worksheet><sheetData>"]
        for new, number in enumerate(numbers, start=1):
            cells = (f'<c r="{letters[column]}{new}"{cell}' for column, cell in sorted(self._rows[number].items()))
            lines.append(f'<row r="{new}">{"".join(cells)}</row>')
        lines.append("</sheetData></worksheet>")
        return "".join(lines).encode(), Layout(numbers, tuple(self._merged))
