"""The sample papers in other dress: headings reworded, columns moved, rows shuffled, dates in other manners."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.words import MONTHS_GENITIVE
from imc_desktop.exchange.context import context_of
from imc_desktop.exchange.grid import Cell, Sheet, Workbook
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.exchange.read_paper import NEEDED_SCORE, PARSERS
from imc_desktop.exchange.tables import FoundTable, find_tables

_WORDS = Path(__file__).parents[1] / "data" / "rewordings.toml"
REWORDED: dict[str, list[str]] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
# A heading that stands twice says nothing alone, and a theme of a lesson is no theme of a consultation.
KEPT = frozenset({"rate", "topic", "date", "education"})
DAYS = frozenset({"birth", "category_date", "category_until", "since", "course_date"})
LISTS = frozenset({TableKind.STAFF_REGISTER, TableKind.COURSE_PLAN})
_DAY = re.compile(r"(\d\d?)\.(\d\d)\.(\d{4})(?: ?г\.?)?")
Rows = list[list[Cell]]
Named = tuple[FoundTable, TableKind]


def tables_of(book: Workbook, sheet: Sheet) -> list[Named]:
    """The tables of a sheet that are read, with their kinds."""
    found: list[Named] = []
    for table in find_tables(sheet, load_vocabulary()) if sheet.visible else []:
        context = context_of(book, sheet, table.context_above)
        score, kind = max((one.detect(sheet, table.as_kind(one.kind), context), one.kind) for one in PARSERS)
        if score >= NEEDED_SCORE:
            found.append((table.as_kind(kind), kind))
    return found


def changed(book: Workbook, change: Callable[[Sheet, list[Named]], Sheet]) -> Workbook:
    """The paper with every sheet of tables changed; sheets without tables and orders stay."""
    sheets = []
    for sheet in book.sheets:
        tables = tables_of(book, sheet)
        sheets.append(change(sheet, tables) if tables else sheet)
    return replace(book, sheets=tuple(sheets))


def moved_and_reworded(book: Workbook, seed: int) -> Workbook:
    """One row of other headings instead of the header, columns in another order, no merged cells."""

    def change(sheet: Sheet, tables: list[Named]) -> Sheet:
        rng = random.Random(f"{seed} {book.file} {sheet.name}")
        rows = _square(sheet)
        order = list(range(len(rows[0])))
        rng.shuffle(order)
        headers = {table.header_rows.start: (table, _reworded(table, len(order), rng)) for table, _ in tables}
        first = tables[0][0].header_rows
        return replace(sheet, rows=tuple(_relaid(rows, first, headers, order)), merged=(), tags={})

    return changed(book, change)


def _relaid(
    rows: Rows, first: range, headers: dict[int, tuple[FoundTable, list[Cell]]], order: list[int]
) -> Iterator[tuple[Cell, ...]]:
    again = [rows[at] for at in first]
    at = 0
    while at < len(rows):
        if at in headers:
            table, headings = headers[at]
            yield tuple(headings[place] for place in order)
            at = table.header_rows.stop
        elif at >= first.stop and rows[at : at + len(again)] == again:
            yield tuple(headers[first.start][1][place] for place in order)
            at += len(again)
        else:
            said = [cell for cell in rows[at] if cell not in (None, "")]
            lonely = len(said) == 1 or at < first.start
            yield tuple([*said, *[None] * (len(order) - len(said))] if lonely else [rows[at][place] for place in order])
            at += 1


def _reworded(table: FoundTable, width: int, rng: random.Random) -> list[Cell]:
    times = Counter(column.field for column in table.columns)
    headings: list[Cell] = [None] * width
    for column in table.columns:
        words = REWORDED.get(column.field, []) if times[column.field] == 1 and column.field not in KEPT else []
        headings[column.index] = rng.choice(words) if words else column.heading or None
    return headings


def shuffled_rows(book: Workbook, seed: int) -> Workbook:
    """Rows of registers in another order between their separators."""
    rng = random.Random(seed)

    def change(sheet: Sheet, tables: list[Named]) -> Sheet:
        rows = list(sheet.rows)
        for table, kind in tables:
            for block in _blocks(table) if kind in LISTS else ():
                taken = [rows[at] for at in block]
                rng.shuffle(taken)
                for at, row in zip(block, taken, strict=True):
                    rows[at] = row
        return replace(sheet, rows=tuple(rows))

    return changed(book, change)


def _blocks(table: FoundTable) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    separators = {one.row for one in table.separators}
    data = set(table.data)
    for at in range(table.header_rows.stop, table.end_row):
        if at in separators:
            blocks.append([])
        elif at in data:
            blocks[-1].append(at)
    return blocks


def days_in_words(book: Workbook) -> Workbook:
    """«12 мая 1980 г.» and day numbers of Excel by turns instead of the dates of registers and journals."""

    def change(sheet: Sheet, tables: list[Named]) -> Sheet:
        rows = _square(sheet)
        for table, kind in tables:
            if kind not in (TableKind.STAFF_REGISTER, TableKind.COURSE_JOURNAL):
                continue
            columns = [column.index for column in table.columns if column.field in DAYS]
            for at in table.data:
                for place in columns:
                    rows[at][place] = _in_words(rows[at][place], at)
        return replace(sheet, rows=tuple(map(tuple, rows)))

    return changed(book, change)


def _in_words(cell: Cell, turn: int) -> Cell:
    found = _DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else cell
    except ValueError:
        return cell
    if not isinstance(day, date):
        return cell
    if turn % 2:
        return (date(day.year, day.month, day.day) - date(1899, 12, 30)).days
    return f"«{day.day}» {MONTHS_GENITIVE[day.month - 1]} {day.year} г."


def _square(sheet: Sheet) -> Rows:
    width = max(len(row) for row in sheet.rows)
    return [[*row, *[None] * (width - len(row))] for row in sheet.rows]
