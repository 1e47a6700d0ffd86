"""A plan of a month: dates written once for several rows, times as written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import MonthItem, Rejected, TableRead
from imc_desktop.domain.words import month_number
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet, cell_name
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.plan_titles import calendar_year_in, is_closing, month_in, year_of_month
from imc_desktop.exchange.school_year import school_year_in
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.vertical import Merged
from imc_desktop.exchange.work_rows import as_separator, is_foot

_WEEKDAY = re.compile(
    r"[(\[]?\b(?:понедельник|вторник|сред[аыу]|четверг|пятниц[аыу]|суббот[аыу]|воскресенье|дуйсенби|сейсенби|сарсенби|бейсенби|жума|сенби|"
    r"пн|вт|ср|чт|пт|сб|вс)\b\.?[)\]]?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\bв\s+|\bс\s+)?(?<![\d.])(\d{1,2}[:.\-]\d{2}(?:\s*(?:[-–—]|до)\s*\d{1,2}[:.\-]\d{2})?)(?![\d.])(?:\s*ч\w*\.?)?"
)
_DAY = re.compile(r"^\D{0,3}(\d{1,2})(?:-?го)?(?:\s*(?:числа|число))?\D{0,2}$")
_DAYS = re.compile(r"^(?:с\s*)?(\d{1,2})\s*(?:[-–—]|по)\s*(\d{1,2})(?:\s*числа)?(?=$|\s|\.)")
_LIST = re.compile(r"^(\d{1,2}(?:\s*[,;и]\s*\d{1,2})+)(?:\s*числа)?(?=$|\s|\.)")
_DITTO = re.compile(r"^[\s\"'«»“”„/\\|\-–—]+$|^(?:то же|там же|-\s*//\s*-)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Month:
    """The month of a plan as far as it is said."""

    month: int | None = None
    year: int | None = None

    @property
    def iso(self) -> str:
        """«2026-10», "" when the month or the year is not said."""
        return f"{self.year}-{self.month:02d}" if self.month and self.year else ""


def is_ditto(text: str) -> bool:
    """True for «-//-», quotation marks and «то же»: the value of the row above."""
    return bool(_DITTO.match(text.strip())) and bool(text.strip())


def the_month(lines: tuple[str, ...], sheet_name: str, paper_year: int | None) -> _Month:
    """Month and calendar year of a plan from the lines above it, else from the sheet's name and the paper's year."""
    for text in (*reversed(lines), " ".join(lines), sheet_name):
        month = month_in(text)
        if month is None:
            continue
        every = " ".join(lines)
        year = calendar_year_in(text) or calendar_year_in(sheet_name) or calendar_year_in(every)
        school = school_year_in(text) or school_year_in(every) or (None if year else paper_year)
        return _Month(month, year or (year_of_month(month, school) if school else None))
    return _Month(None, calendar_year_in(" ".join(lines)))


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
        return parse_day(_WEEKDAY.sub(" ", cell), base_year=2000)
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

    def __init__(self, sheet: Sheet, table: FoundTable, month: _Month) -> None:
        self._sheet, self._table, self._month = sheet, table, month
        self._merged = Merged(sheet)
        self._dates: list[str] = [month.iso] if month.iso else []
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
            day = parse_day(_WEEKDAY.sub(" ", text), base_year=self._month.year)
        except ValueError:
            day = ""
        if len(day) == 10:
            self._dates = [day]
        elif month is not None:
            year = calendar_year_in(text) or self._next_year(month)
            self._month = _Month(month, year)
            self._dates = [self._month.iso] if self._month.iso else []

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
        clock = _clock(row.cells.get("time")) or _time_in(rest)
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
            dates, rest = _dates(cell, self._month)
        except ValueError as problem:
            self._reject(row, str(problem))
            return None
        if dates:
            self._dates = dates
            return rest
        if self._month.iso:
            self._dates = [self._month.iso]
            return rest
        self._reject(row, f"Не понятно, какого месяца и года дата «{text}»")
        return None

    def _reject(self, row: DataRow, reason: str) -> None:
        column = self._table.index_of("date") or 0
        values = tuple(text for raw in row.raw if (text := text_of(raw)))
        self.rejected.append(Rejected(self._sheet.name, cell_name(row.index, column), reason, row.index + 1, values))
        self._dates = []

    def _add(self, index: int, title: str, clock: str, texts: dict[str, str]) -> None:
        if not self._dates:
            where = cell_name(index, self._table.index_of("date") or 0)
            self.rejected.append(Rejected(self._sheet.name, where, "Не указана дата мероприятия", index + 1, (title,)))
            return
        for day in self._dates:
            self.items.append(MonthItem(index + 1, day, clock, title, **texts))


def _has_date(text: str) -> bool:
    if month_in(text) is not None and len(text) < 30:
        return True
    try:
        return len(parse_day(_WEEKDAY.sub(" ", text), base_year=2000)) == 10 and len(text) < 60
    except ValueError:
        return False


def _dates(cell: Cell, month: _Month) -> tuple[list[str], str]:
    """Days a cell names (the first day of a stretch) and the rest of its text; ValueError for an impossible one."""
    if isinstance(cell, datetime):
        rest = f"{cell.hour:02d}:{cell.minute:02d}" if (cell.hour or cell.minute) else ""
        return [cell.date().isoformat()], rest
    if isinstance(cell, date):
        return [cell.isoformat()], ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [_from_number(float(cell), month)], ""
    text = " ".join(_WEEKDAY.sub(" ", text_of(cell)).split()).strip(" ,;")
    named = month_number(word[0]) if (word := re.search(r"[^\W\d_]{3,}", text)) else None
    within = _Month(named or month.month, _year_for(named, month))
    for pattern in (_LIST, _DAYS):
        found = pattern.match(text)
        tail = text[found.end() :] if found else ""
        digits = re.match(r"\.(\d{1,2})", tail)
        if found and (digits is None or int(digits[1]) <= 12):
            numbers = [int(one) for one in re.findall(r"\d{1,2}", found[0])]
            inside = _Month(int(digits[1]), month.year) if digits else within
            days = numbers if pattern is _LIST else numbers[:1]
            if max(numbers) <= 31 and inside.iso:
                return [_day_of(one, inside) for one in days], ""
    found = _DAY.match(text)
    if found and not named:
        return [_day_of(int(found[1]), month)], ""
    iso = parse_day(text, base_year=within.year)
    if len(iso) == 10:
        return [iso], _after_date(text)
    return ([iso] if len(iso) == 7 else []), text


def _year_for(named: int | None, month: _Month) -> int | None:
    """The year of a named month near the plan's month (December's plan may name January)."""
    if named is None or month.year is None or month.month is None:
        return month.year
    if named - month.month <= -6:
        return month.year + 1
    return month.year - 1 if named - month.month >= 6 else month.year


def _day_of(number: int, month: _Month) -> str:
    if not month.iso:
        raise ValueError(f"Не понятно, какого месяца и года число «{number}»")
    return parse_day(f"{number:02d}.{month.month:02d}.{month.year}")


def _from_number(value: float, month: _Month) -> str:
    """A number instead of a date: a day of the month (5), a day and month (1.1 = «1.10»), a day of Excel (46296)."""
    if value > 366:
        return parse_day(value, serial=True)
    day, _, fraction = f"{value:g}".partition(".")
    if fraction:
        months = {int(fraction), int(fraction) * 10 if len(fraction) == 1 else int(fraction)}
        if month.month in months or not month.month:
            return _day_of(int(day), month)
        return parse_day(f"{int(day):02d}.{int(fraction):02d}", base_year=month.year)
    return _day_of(int(day), month)


def _after_date(text: str) -> str:
    """What follows the date in its cell: «01.10.2026 в 14:30» → «14:30»."""
    cut = re.sub(
        r"^\s*\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?:\s*(?:г\.|года?))?|^\s*\d{1,2}\s+[^\W\d_]+\.?(?:\s+\d{4})?(?:\s*(?:г\.|года?))?",
        "",
        text,
    )
    return cut.strip(" ,;")


def _time_in(text: str) -> str:
    found = _TIME.search(text)
    return found[1] if found else ""


def _clock(cell: Cell) -> str:
    """A time as written; times kept by a spreadsheet as numbers come back as «10:00»."""
    if isinstance(cell, datetime | time):
        return f"{cell.hour:02d}:{cell.minute:02d}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if 0 < cell < 1:
            minutes = round(cell * 1440)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{cell:05.2f}" if 1 <= cell < 24 else text_of(cell)
    text = one_line(text_of(cell))
    return "" if is_no_value(text) or is_ditto(text) else text
