"""One paper → what it says: every sheet is searched for tables, every table is read by the parser of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from imc_desktop.exchange.headings import Vocabulary, load_vocabulary
from imc_desktop.exchange.tables import FoundTable, find_tables
from imc_desktop.exchange.unread import is_list_sheet, is_summary, unread_sheet, unread_table

Overrides = Mapping[str, Mapping[int, str]]
NEEDED_SCORE = 0.5
WHOLE_SHEET_SCORE = 0.7  # a sheet with columns that is nevertheless read as a whole: an order, a cyclogram


@dataclass(frozen=True, slots=True)
class TableParser:
    """A kind of tables: ``detect`` scores a table already named by this kind's vocabulary (0 = no), ``parse`` reads it."""

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
    TableParser(TableKind.MONTH_PLAN, month_plan.detect, month_plan.parse),
    TableParser(TableKind.ANNUAL_PLAN, annual_plan.detect, annual_plan.parse),
)
SHEET_PARSERS: tuple[SheetParser, ...] = (
    SheetParser(TableKind.CATEGORY_ORDER, category_order.detect, category_order.parse),
    SheetParser(TableKind.CYCLOGRAM, cyclogram.detect, cyclogram.parse),
)


def read_paper(workbook: Workbook, *, overrides: Overrides | None = None) -> PaperRead:
    """Everything a paper says. ``overrides``: layout signature → column index → field, as a person corrected it."""
    vocabulary = load_vocabulary()
    tables: list[TableRead] = []
    for sheet in workbook.sheets:
        if any(sheet.rows):
            tables.extend(_read_sheet(workbook, sheet, vocabulary, overrides or {}))
    lines = tuple(str(cell) for sheet in workbook.sheets for row in sheet.rows[:15] for cell in row if isinstance(cell, str))
    title = (workbook.title,) if workbook.title else ()
    return PaperRead(workbook.file, workbook.sha256, tuple(tables), stated_day((*title, *lines)), workbook.notes)


def _read_sheet(workbook: Workbook, sheet: Sheet, vocabulary: Vocabulary, overrides: Overrides) -> list[TableRead]:
    found = find_tables(sheet, vocabulary)
    whole = context_of(workbook, sheet, _first_lines(sheet))
    if is_list_sheet(sheet, found):
        return [unread_sheet(sheet, TableKind.LISTS)]
    best = max(SHEET_PARSERS, key=lambda one: one.detect(sheet, whole), default=None)
    if best is not None and best.detect(sheet, whole) >= (WHOLE_SHEET_SCORE if found else NEEDED_SCORE):
        return [best.parse(sheet, whole)]
    if not found:
        return [unread_sheet(sheet, TableKind.UNKNOWN)]
    read: list[TableRead] = []
    lines: tuple[str, ...] = ()
    for table in found:
        lines = table.context_above or lines
        context = context_of(workbook, sheet, lines)
        if not context.as_of:
            context = replace(context, as_of=whole.as_of)
        read.append(_read_table(sheet, table, context, overrides.get(table.signature, {})))
    return read


def _read_table(sheet: Sheet, found: FoundTable, context: Context, told: Mapping[int, str]) -> TableRead:
    """The table by the parser that recognises most of it; a table nobody recognises is told as unknown."""
    if is_summary(found):
        return unread_table(found, TableKind.SUMMARY)
    scored = []
    for place, parser in enumerate(PARSERS):
        named = found.as_kind(parser.kind).corrected(told)
        score = parser.detect(sheet, named, context)
        scored.append((score, -place, parser, named))
    score, _, parser, named = max(scored, key=lambda one: one[:2])
    return parser.parse(sheet, named, context) if score >= NEEDED_SCORE else unread_table(found, TableKind.UNKNOWN)


def _first_lines(sheet: Sheet) -> tuple[str, ...]:
    lines = (" ".join(cell for cell in row if isinstance(cell, str)) for row in sheet.rows[:20])
    return tuple(line for line in lines if line)
