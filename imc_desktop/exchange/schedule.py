"""A schedule of attestation: who asks for which category, in blocks by months or with the month in a column."""

from __future__ import annotations

import re

from imc_desktop.domain.dates import parse_day, parse_period
from imc_desktop.domain.kinds import CategoryName, TableKind
from imc_desktop.domain.papers import AttestationCaseRecord, PersonName, PostIn, TableRead
from imc_desktop.domain.words import fold
from imc_desktop.exchange import shapes
from imc_desktop.exchange.category_order import category_of
from imc_desktop.exchange.cells.category import parse_category
from imc_desktop.exchange.cells.common import one_line, text_of
from imc_desktop.exchange.cells.posts import parse_posts
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.plan_titles import calendar_year_in, is_closing, month_in, years_of
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.work_rows import (
    Gathered,
    as_separator,
    category_of_row,
    is_foot,
    is_place,
    is_vacancy,
    name_text,
    named,
    split_post_and_place,
    value_text,
)

_TITLE = re.compile(
    r"график\w*.{0,40}аттест|аттест\w+.{0,60}график|прохожден\w+ аттест|списо?к\w*.{0,40}аттестуем|"
    r"аттестатта\w*.{0,30}кесте|перспективн\w+.{0,20}план.{0,30}аттест"
)
_REGISTER = frozenset({"birth", "education", "experience_total", "experience_ped", "experience", "courses"})
_NO_YEAR = 2000  # stands for a year that is not written
_MARKED = re.compile(r"[+хxv*✓✔]|аттест|да", re.IGNORECASE)


def detect(sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a schedule of attestation (0…1): people with a category asked for or a session."""
    fields = named(table).fields
    if not fields & {"name", "surname"}:
        return 0.0
    if len(fields & _REGISTER) >= 3:
        return 0.3
    titled = bool(_TITLE.search(fold(context.title))) or bool(_TITLE.search(fold(sheet.name)))
    if "requested" in fields:
        return 0.97 if titled or fields & {"application", "meeting"} else 0.85
    if fields & {"application", "meeting"} and (titled or {"application", "meeting"} <= fields):
        return 0.92
    return (
        0.75
        if titled and fields & {"category", "category_until", "post"} and not fields & {"birth", "education"}
        else 0.0
    )


def parse(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read a schedule: a case for every person; a month's row is true for the rows below it."""
    table = _asked_and_present(completed(named(table), TableKind.ATTESTATION_SCHEDULE))
    reader = _Reader(Gathered(sheet, table), context)
    for row in map(as_separator, table.walk()):
        if isinstance(row, Separator):
            reader.separator(row.text)
        else:
            reader.row(row)
    return reader.found.result(TableKind.ATTESTATION_SCHEDULE)


def _asked_and_present(table: FoundTable) -> FoundTable:
    """Of two columns of categories the one with dates and orders is the present category, not the one asked for."""
    asked, present = table.index_of("requested"), table.index_of("category")
    values = {one.index: one.values for one in table.captions}
    if asked is None or present is None:
        return table
    dated = {index: shapes.share(values.get(index, ()), shapes.has_year) for index in (asked, present)}
    if dated[asked] > 0.3 and dated[present] < 0.05:
        return table.corrected({asked: "category", present: "requested"})
    return table


class _Reader:
    """Rows from top to bottom with the month and the organisation of their block."""

    def __init__(self, found: Gathered, context: Context) -> None:
        self.found = found
        self._organisation = context.organisation
        self._years = years_of(context)
        self._month = ""
        self._requested: CategoryName | None = None
        self._calendar = tuple(
            (column.index, column.heading)
            for column in found.table.columns
            if not column.field
            and (month_in(column.heading) or re.fullmatch(r"20\d\d\s*(?:г\.?|год)?", column.heading))
        )

    def separator(self, text: str) -> None:
        """A month, an organisation, or nothing that matters."""
        self.found.ignored += 1
        month = month_in(text)
        if is_closing(text):
            return
        if month is not None and len(text) < 60:
            self._month = self._years.iso(month, calendar_year_in(text))
        elif is_place(text):
            self._organisation = one_line(text)
        elif self.found.table.index_of("requested") is None and len(text) < 100:
            self._requested = category_of(text) or self._requested

    def row(self, row: DataRow) -> None:
        """One person's case."""
        written = name_text(row)
        whole = " ".join(text for cell in row.raw if (text := text_of(cell)))
        if not written or is_vacancy(written) or is_foot(row):
            if month_in(whole) and len(whole) < 30:
                self.separator(whole)
            else:
                self.found.ignored += 1
            return
        self.found.rows += 1
        name = self.found.person(row)
        if name is not None:
            self.found.records.append(self._case(row, name))

    def _case(self, row: DataRow, name: PersonName) -> AttestationCaseRecord:
        post_text, place = split_post_and_place(text_of(row.cells.get("post")))
        organisation = value_text(row, "organisation") or place or self._organisation
        post = self._post(row, post_text)
        current = category_of_row(self.found, row)
        requested = self.found.tried(row, "requested", _requested, None)
        month = self._month or self._meeting(row) or self._marked(row)
        notes = [text for key in ("result", "note") if (text := value_text(row, key))]
        keys = ("name", "organisation", "post", "category", "requested", "meeting", "application")
        return AttestationCaseRecord(
            row=self.found.number(row),
            name=name,
            organisation=organisation,
            post=post.post if post else "",
            subjects=post.subjects if post else (),
            requested=requested or self._requested,
            month=month,
            application_date=self._application(row, month),
            note="; ".join(notes),
            current=current,
            cells={key: self.found.place(row, key) for key in keys if self.found.table.index_of(key) is not None},
        )

    def _post(self, row: DataRow, text: str) -> PostIn | None:
        posts = parse_posts(text) if text else ()
        subjects = value_text(row, "subjects")
        if subjects and posts and not posts[0].subjects:
            both = parse_posts(f"{text} ({subjects})")
            return both[0] if both else posts[0]
        return posts[0] if posts else None

    def _meeting(self, row: DataRow) -> str:
        """The month of the session from its column («26.10.2026», «октябрь 2026», «октябрь»)."""
        cell = row.cells.get("meeting")
        text = text_of(cell)
        month = month_in(text) if isinstance(cell, str) else None
        if month is not None and calendar_year_in(text) is None:
            return self._years.iso(month)
        day = self.found.day(row, "meeting", _NO_YEAR)
        if day.startswith(str(_NO_YEAR)):
            return self._years.iso(int(day[5:7]))
        return day[:7] if len(day) >= 7 else ""

    def _marked(self, row: DataRow) -> str:
        """The month or year of the column in which the row has a mark."""
        for index, heading in self._calendar:
            text = text_of(row.raw[index]) if index < len(row.raw) else ""
            if not text:
                continue
            month, year = month_in(heading), calendar_year_in(heading)
            inner = month_in(text)
            if month is None and inner is None:
                return f"{year}" if _MARKED.match(text) else ""
            return self._years.iso(month or inner or 1, year)
        return ""

    def _application(self, row: DataRow, month: str) -> str:
        """The last day for the application; "" for «по графику»."""
        cell = row.cells.get("application")
        if not isinstance(cell, str):
            return self.found.day(row, "application")
        base = int(month[:4]) if month else self._years.of(9)

        def last(value: Cell) -> str:
            text = text_of(value)
            if not re.search(r"\d", text) and month_in(text) is None:
                return ""
            if re.search(r"\bс\b.*\bпо\b|\d\s*[-–—]\s*\d", text):
                return parse_period(text, base_year=base)[1]
            return parse_day(text, base_year=base)

        return self.found.tried(row, "application", last, "")


def _requested(cell: Cell) -> CategoryName | None:
    category = parse_category(cell)
    return category.category if category and category.category is not CategoryName.NONE else None
