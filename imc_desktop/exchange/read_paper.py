"""One paper → what it says: every sheet is searched for tables, every table is read by the parser of its kind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PaperRead, TableRead
from imc_desktop.exchange import (
    annual_plan,
    category_order,
    course_journal,
    cyclogram,
    month_plan,
    rosters,
    schedule,
    staff_register,
    work_journals,
)
from imc_desktop.exchange.context import Context, context_of, stated_day
from imc_desktop.exchange.grid import Sheet, Workbook
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.headings import Vocabulary, load_vocabulary
from imc_desktop.exchange.tables import FoundTable, find_tables
from imc_desktop.exchange.unread import is_list_sheet, is_summary, kind_of_unread, unread_sheet, unread_table

Overrides = Mapping[str, Mapping[int, str]]
NEEDED_SCORE = 0.5
PROBED_ROWS = 400
WHOLE_SHEET_SCORE = 0.7  # a sheet with columns that is nevertheless read as a whole: an order, a cyclogram


@dataclass(frozen=True, slots=True)
class TableParser:
    """A kind of tables: ``detect`` scores a table named by this kind's vocabulary (0 = no), ``parse`` reads it."""

    kind: TableKind
    detect: Callable[[Sheet, FoundTable, Context], float]
    parse: Callable[[Sheet, FoundTable, Context], TableRead]


@dataclass(frozen=True, slots=True)
class SheetParser:
    """A kind of papers without columns (the text of an order): it takes the whole sheet."""

    kind: TableKind
    detect: Callable[[Sheet, Context], float]
    parse: Callable[[Sheet, Context], TableRead]


PARSERS: tuple[TableParser, ...] = (
    TableParser(TableKind.STAFF_REGISTER, staff_register.detect, staff_register.parse),
    TableParser(TableKind.COURSE_JOURNAL, course_journal.detect_journal, course_journal.parse_journal),
    TableParser(TableKind.COURSE_PLAN, course_journal.detect_plan, course_journal.parse_plan),
    TableParser(TableKind.ATTESTATION_SCHEDULE, schedule.detect, schedule.parse),
    TableParser(TableKind.GROUP_ROSTER, rosters.detect, rosters.parse),
    TableParser(TableKind.CONSULTATIONS, work_journals.detect_consultations, work_journals.parse_consultations),
    TableParser(TableKind.LESSON_VISITS, work_journals.detect_visits, work_journals.parse_visits),
    TableParser(TableKind.ANNUAL_PLAN, annual_plan.detect, annual_plan.parse),
    TableParser(TableKind.MONTH_PLAN, month_plan.detect, month_plan.parse),
)
SHEET_PARSERS: tuple[SheetParser, ...] = (
    SheetParser(TableKind.CATEGORY_ORDER, category_order.detect, category_order.parse),
    SheetParser(TableKind.CYCLOGRAM, cyclogram.detect, cyclogram.parse),
)


def read_paper(workbook: Workbook, *, overrides: Overrides | None = None) -> PaperRead:
    """Everything a paper says. ``overrides``: layout signature → column index → field, as a person corrected it."""
    vocabulary = load_vocabulary()
    tables: list[TableRead] = []
    with _collector_at_rest():
        for sheet in workbook.sheets:
            if any(sheet.rows):
                tables.extend(_read_sheet(workbook, sheet, vocabulary, overrides or {}))
    lines = tuple(
        str(cell) for sheet in workbook.sheets for row in sheet.rows[:15] for cell in row if isinstance(cell, str)
    )
    title = (workbook.title,) if workbook.title else ()
    return PaperRead(workbook.file, workbook.sha256, tuple(tables), stated_day((*title, *lines)), workbook.notes)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Records hold no cycles: looking for them while thousands are made costs as much as reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_sheet(workbook: Workbook, sheet: Sheet, vocabulary: Vocabulary, overrides: Overrides) -> list[TableRead]:
    found = find_tables(sheet, vocabulary)
    if is_list_sheet(sheet, found):
        return [unread_sheet(sheet, TableKind.LISTS)]
    whole = context_of(workbook, sheet, _first_lines(sheet))
    beginning = replace(sheet, rows=sheet.rows[:PROBED_ROWS])
    best, recognised = max(((one.detect(beginning, whole), one) for one in SHEET_PARSERS), key=lambda pair: pair[0])
    chosen: list[_Choice] = []
    lines: tuple[str, ...] = ()
    for table in found:
        lines = table.context_above or lines
        context = context_of(workbook, sheet, lines)
        above = chosen[0].context.organisation if chosen else ""  # told once, over the first of several tables
        context = replace(context, as_of=context.as_of or whole.as_of, organisation=context.organisation or above)
        chosen.append(_choose(sheet, table, context, overrides.get(table.signature, {})))
    if best >= NEEDED_SCORE and best >= max((one.score for one in chosen), default=0.0):
        return [recognised.parse(sheet, whole)]
    if not found:
        return [unread_sheet(sheet, kind_of_unread(sheet))]
    return [one.read(sheet) for one in chosen]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The parser that recognises most of a table."""

    score: float
    parser: TableParser
    named: FoundTable
    context: Context

    def read(self, sheet: Sheet) -> TableRead:
        """The table as its kind; a table nobody recognises is told as unknown."""
        if is_summary(self.named):
            return unread_table(self.named, TableKind.SUMMARY)
        if self.score < NEEDED_SCORE:
            return unread_table(self.named, TableKind.UNKNOWN)
        return self.parser.parse(sheet, self.named, self.context)


def _choose(sheet: Sheet, found: FoundTable, context: Context, told: Mapping[int, str]) -> _Choice:
    choices = []
    for parser in PARSERS:
        named = found.as_kind(parser.kind).corrected(told)
        choices.append(_Choice(parser.detect(sheet, named, context), parser, named, context))
    best = max(choices, key=lambda one: one.score)
    if best.score < NEEDED_SCORE:
        best = max(best, _by_values(sheet, found, context), key=lambda one: one.score)
    best = replace(best, named=completed(best.named, best.parser.kind).corrected(told))
    return replace(best, score=max(best.score, NEEDED_SCORE)) if told and best.score > 0.0 else best


def _by_values(sheet: Sheet, found: FoundTable, context: Context) -> _Choice:
    """A list of people whose headings nobody knows: the values of its columns name them."""
    register = PARSERS[0]
    named = completed(found.as_kind(register.kind), register.kind)
    return _Choice(register.detect(sheet, named, context), register, named, context)


def _first_lines(sheet: Sheet) -> tuple[str, ...]:
    lines = (" ".join(cell for cell in row if isinstance(cell, str)) for row in sheet.rows[:20])
    return tuple(line for line in lines if line)
