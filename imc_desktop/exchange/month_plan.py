"""A plan of a month: dates written once for several rows, times as written."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import MonthItem, Rejected, TableRead
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet, cell_name
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.month_days import WEEKDAY, Days, PlanMonth, clock_of, dates_of, is_ditto, time_in
from imc_desktop.exchange.plan_titles import calendar_year_in, is_closing, month_in, year_of_month
from imc_desktop.exchange.school_year import school_year_in
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.vertical import Merged
from imc_desktop.exchange.work_rows import as_separator, is_foot


def the_month(lines: tuple[str, ...], sheet_name: str, paper_year: int | None) -> PlanMonth:
    """Month and calendar year of a plan from the lines above it, else from the sheet's name and the paper's year."""
    for text in (*reversed(lines), " ".join(lines), sheet_name):
        month = month_in(text)
        if month is None:
            continue
        every = " ".join(lines)
        year = calendar_year_in(text) or calendar_year_in(sheet_name) or calendar_year_in(every)
        school = school_year_in(text) or school_year_in(every) or (None if year else paper_year)
        return PlanMonth(month, year or (year_of_month(month, school) if school else None))
    return PlanMonth(None, calendar_year_in(" ".join(lines)))


def detect(sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a plan of one month (0…1)."""
    if not ("event" in table.fields or {"date", "responsible"} <= table.fields):
        return 0.0
    table = completed(table, TableKind.MONTH_PLAN)
    if "event" not in table.fields or "date" not in table.fields:
        return 0.0
    if "name" in table.fields and "responsible" not in table.fields:
        return 0.0
    titled = month_in(" ".join(context.lines[-2:])) is not None or month_in(sheet.name) is not None
    days, months, others = _shape(table)
    if titled and school_year_in(context.title) is None:
        return 0.95 if others <= 2 * days + 2 else 0.5
    if days + others and days >= 0.7 * (days + others) and len(months) <= 2:
        return 0.93 if titled or len(months) == 1 else 0.7
    return 0.6 if titled and days >= others else 0.2


def _shape(table: FoundTable) -> tuple[int, Counter[int], int]:
    """How many dates are days, of which months, and how many cells of the date column are something else."""
    days, others = 0, 0
    months: Counter[int] = Counter()
    for row in table.rows():
        cell = row.cells.get("date")
        if cell in (None, "") or is_ditto(text_of(cell)):
            continue
        iso = _loose_day(cell)
        if len(iso) == 10:
            days += 1
            months[int(iso[5:7])] += 1
        elif re.fullmatch(r"\D{0,3}\d{1,2}\D{0,3}", text_of(cell)):
            days += 1
        else:
            others += 1
    return days, months, others


def _loose_day(cell: Cell) -> str:
    if isinstance(cell, date | datetime):
        return parse_day(cell)
    if not isinstance(cell, str) or re.search(r"\bдо\b|течени|ежемес", cell.casefold()):
        return ""
    try:
        return parse_day(WEEKDAY.sub(" ", cell), base_year=2000)
    except ValueError:
        return ""


def parse(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read a month's plan; a blank date or «-//-» is the date above."""
    table = completed(table, TableKind.MONTH_PLAN)
    reader = _Reader(sheet, table, the_month(context.lines, sheet.name, context.paper_year or context.year))
    for row in map(as_separator, table.walk()):
        if isinstance(row, Separator):
            reader.separator(row)
        else:
            reader.row(row)
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.MONTH_PLAN,
        rows=reader.rows,
        header_row=table.header_rows.start + 1,
        columns=table.columns,
        records=tuple(reader.items),
        rejected=tuple(reader.rejected),
        ignored=reader.ignored,
        signature=table.signature,
    )


class _Reader:
    """Rows from top to bottom with the date carried down."""

    def __init__(self, sheet: Sheet, table: FoundTable, month: PlanMonth) -> None:
        self._sheet, self._table, self._month = sheet, table, month
        self._merged = Merged(sheet)
        self.dates_of: list[Days] = [(month.iso, "")] if month.iso else []
        self.items: list[MonthItem] = []
        self.rejected: list[Rejected] = []
        self.rows = self.ignored = 0

    def separator(self, row: Separator) -> None:
        """A row of one cell: an event without anything else, a date, a month or a line of the foot."""
        if is_closing(row.text):
            self.ignored += 1
        elif row.column == self._table.index_of("event") and _has_date(row.text) is False:
            self.rows += 1
            self._add(row.row, one_line(row.text), "", {})
        else:
            self._caption(row.text)
            self.ignored += 1

    def _caption(self, text: str) -> None:
        month = month_in(text)
        try:
            day = parse_day(WEEKDAY.sub(" ", text), base_year=self._month.year)
        except ValueError:
            day = ""
        if len(day) == 10:
            self.dates_of = [(day, "")]
        elif month is not None:
            year = calendar_year_in(text) or self._next_year(month)
            self._month = PlanMonth(month, year)
            self.dates_of = [(self._month.iso, "")] if self._month.iso else []

    def _next_year(self, month: int) -> int | None:
        """The year of a month that follows the present one in the same sheet."""
        before = self._month
        if before.year is None or before.month is None:
            return before.year
        return before.year + 1 if month < before.month and before.month >= 8 else before.year

    def row(self, row: DataRow) -> None:
        """A row of the table."""
        title = one_line(self._merged.text(row, self._table.index_of("event")))
        if is_foot(row):
            self.ignored += 1
            return
        cell = self._merged.cell(row, self._table.index_of("date"))
        if not title:
            self._without_title(row, cell)
            return
        self.rows += 1
        rest = self._take_date(row, cell)
        if rest is None:
            return
        clock = clock_of(row.cells.get("time")) or time_in(rest)
        texts = {
            field: one_line(self._merged.text(row, self._table.index_of(field))) for field in ("place", "responsible")
        }
        self._add(row.index, title, clock, {key: "" if is_no_value(text) else text for key, text in texts.items()})

    def _without_title(self, row: DataRow, cell: Cell) -> None:
        others = [
            text
            for at, raw in enumerate(row.raw)
            if at != self._table.index_of("date") and (text := text_of(raw).strip())
        ]
        if text_of(cell).strip() and len(others) == 1 and not re.search(r"[^\W\d_]{3,}", others[0]):
            self._take_date(row, cell)
        self.ignored += 1

    def _take_date(self, row: DataRow, cell: Cell) -> str | None:
        """Move to the date of a row; what is left of its text, or None when the row is refused."""
        text = text_of(cell).strip()
        if not text or is_ditto(text):
            return ""
        try:
            dates, rest = dates_of(cell, self._month)
        except ValueError as problem:
            self._reject(row, str(problem))
            return None
        if dates:
            self.dates_of = dates
            return rest
        if self._month.iso:
            self.dates_of = [(self._month.iso, "")]
            return rest
        self._reject(row, f"Не понятно, какого месяца и года дата «{text}»")
        return None

    def _reject(self, row: DataRow, reason: str) -> None:
        column = self._table.index_of("date") or 0
        values = tuple(text for raw in row.raw if (text := text_of(raw)))
        self.rejected.append(Rejected(self._sheet.name, cell_name(row.index, column), reason, row.index + 1, values))
        self.dates_of = []

    def _add(self, index: int, title: str, clock: str, texts: dict[str, str]) -> None:
        if not self.dates_of:
            where = cell_name(index, self._table.index_of("date") or 0)
            self.rejected.append(Rejected(self._sheet.name, where, "Не указана дата мероприятия", index + 1, (title,)))
            return
        for start, end in self.dates_of:
            self.items.append(MonthItem(index + 1, start, clock, title, **texts, end=end))


def _has_date(text: str) -> bool:
    if month_in(text) is not None and len(text) < 30:
        return True
    try:
        return len(parse_day(WEEKDAY.sub(" ", text), base_year=2000)) == 10 and len(text) < 60
    except ValueError:
        return False
