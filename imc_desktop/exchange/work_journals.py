"""Journals of the office's work: consultations given and lessons visited; a blank date is the date above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.names import parse_name
from imc_desktop.domain.papers import ConsultationRecord, PersonName, TableRead, VisitRecord
from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.month_days import is_ditto
from imc_desktop.exchange.plan_titles import calendar_year_in, is_closing, years_of
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.vertical import Merged
from imc_desktop.exchange.work_rows import (
    NAME,
    Gathered,
    as_separator,
    is_foot,
    is_post,
    is_vacancy,
    name_text,
    named,
    split_post_and_place,
    value_text,
)

_CONSULTED = re.compile(r"консультац|консультир|кенес|обратив|обращени")
_VISITED = re.compile(r"посещен|посетил|взаимопосещ|катысу|открыт\w+ урок")
_OF_LESSONS = frozenset({"klass", "purpose", "analysis", "visitor"})
_NO_YEAR = 2000  # stands for a year that is not written
_TEACHING = frozenset({"course_title", "hours", "document", "provider", "requested", "snils", "birth"})


def detect_consultations(sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a journal of consultations (0…1)."""
    fields = named(table).fields
    if not fields & {"name", "surname"} or not fields & {"date", "topic", "form"} or fields & _TEACHING:
        return 0.0
    if len(table.as_kind(TableKind.LESSON_VISITS).fields & _OF_LESSONS) >= 2:
        return 0.0
    if _CONSULTED.search(_words(sheet, table, context)):
        return 0.95
    return (
        0.6
        if {"date", "topic"} <= fields and fields & {"form", "methodist"} and not fields & {"klass", "purpose"}
        else 0.0
    )


def detect_visits(sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a journal of visited lessons (0…1)."""
    fields = named(table).fields
    if not fields & {"name", "surname"} or "date" not in fields or fields & _TEACHING:
        return 0.0
    lessons = len(fields & _OF_LESSONS) >= 2
    words = _words(sheet, table, context)
    if _VISITED.search(words) and (lessons or not _CONSULTED.search(words)):
        return 0.95
    return 0.65 if lessons else 0.0


def _words(sheet: Sheet, table: FoundTable, context: Context) -> str:
    return fold(" ".join((sheet.name, *context.lines[-3:], *(column.heading for column in table.columns))))


def parse_consultations(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read a journal of consultations: a record for every person of every row."""
    table = completed(named(table), TableKind.CONSULTATIONS)
    reader = _Reader(Gathered(sheet, table), context)
    for entry in reader.entries():
        row = entry.row
        post, place = split_post_and_place(value_text(row, "post"))
        organisation = value_text(row, "organisation") or place or entry.place
        if not post and "post" not in table.fields:
            post, organisation = split_post_and_place(organisation)
        reader.found.records.append(
            ConsultationRecord(
                row=reader.found.number(row),
                date=entry.day,
                name=entry.name,
                organisation=organisation,
                post=post or entry.post,
                topic=reader.repeated(row, "topic"),
                form=reader.repeated(row, "form"),
                methodist=reader.repeated(row, "methodist"),
            )
        )
    return reader.found.result(TableKind.CONSULTATIONS)


def parse_visits(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read a journal of visited lessons: a record for every teacher of every row."""
    table = completed(named(table), TableKind.LESSON_VISITS)
    reader = _Reader(Gathered(sheet, table), context)
    for entry in reader.entries():
        row = entry.row
        subject, klass = _subject_and_class(value_text(row, "subjects"), value_text(row, "klass"))
        reader.found.records.append(
            VisitRecord(
                row=reader.found.number(row),
                date=entry.day,
                name=entry.name,
                organisation=reader.repeated(row, "organisation") or entry.place,
                subject=subject or _subject_of(entry.post),
                klass=klass,
                topic=value_text(row, "topic"),
                purpose=reader.repeated(row, "purpose"),
                analysis=reader.repeated(row, "analysis"),
                visitor=reader.repeated(row, "visitor") or reader.repeated(row, "methodist"),
            )
        )
    return reader.found.result(TableKind.LESSON_VISITS)


def _subject_of(post: str) -> str:
    found = re.match(r"учител\w+\s+\(?([^()]+)\)?$", post, re.IGNORECASE)
    return found[1].strip() if found else ""


def _subject_and_class(subject: str, klass: str) -> tuple[str, str]:
    """«математика, 5 «Б»» in one cell → subject and class."""
    found = (
        re.match(r"^(.*?\D)[\s,;(]+(\d{1,2}\s*[-«\"]*\s*[А-Яа-я]?[»\"]*(?:\s*кл\w*\.?)?)\)?$", subject)
        if not klass
        else None
    )
    return (found[1].strip(" ,;("), found[2].strip()) if found else (subject, klass)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row's date and one of its people; post and organisation when they stand in the cell of the name."""

    row: DataRow
    day: str
    name: PersonName
    post: str = ""
    place: str = ""


class _Reader:
    """Rows of a journal from top to bottom with the date carried down."""

    def __init__(self, found: Gathered, context: Context) -> None:
        self.found = found
        self._merged = Merged(found.sheet)
        self._years = years_of(context)
        self._year: int | None = None
        self._day = ""
        self._above: dict[str, str] = {}

    def entries(self) -> Iterator[_Entry]:
        """Everybody named in the table."""
        for row in map(as_separator, self.found.table.walk()):
            if isinstance(row, Separator):
                self._separator(row)
            else:
                yield from self._row(row)

    def _separator(self, row: Separator) -> None:
        """A month or a day as a title of the rows below it."""
        self.found.ignored += 1
        if is_closing(row.text) or len(row.text) > 40:
            return
        self._year = calendar_year_in(row.text) or self._year
        try:
            day = self._read_day(row.text, row.text)
        except ValueError:
            return
        if len(day) >= 7:
            self._day = day

    def _row(self, row: DataRow) -> Iterator[_Entry]:
        written = name_text(row)
        if not written or is_vacancy(written) or is_foot(row) or is_ditto(written):
            self.found.ignored += 1
            return
        self.found.rows += 1
        people = _people(written)
        if not people:
            self.found.person(row)
        if self._take_day(row):
            for name, post, place in people:
                yield _Entry(row, self._day, name, post, place)

    def _take_day(self, row: DataRow) -> bool:
        """Move to the date of a row; False when it is refused."""
        cell = self._merged.cell(row, self.found.table.index_of("date"))
        text = text_of(cell).strip()
        if not text or is_ditto(text) or is_no_value(text):
            return True
        try:
            day = self._read_day(cell, text)
        except ValueError as problem:
            self.found.reject(row, "date", str(problem))
            self._day = ""
            return False
        if not day:
            self.found.reject(row, "date", f"Не удалось прочесть дату «{one_line(text)}»")
            return False
        self._day = day
        return True

    def _read_day(self, cell: Cell, text: str) -> str:
        if isinstance(cell, date):
            return parse_day(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return parse_day(cell, serial=True)
        day = parse_day(text, base_year=_NO_YEAR)
        if not day.startswith(str(_NO_YEAR)):
            return day
        year = self._year or self._years.of(int(day[5:7])) if len(day) >= 7 else None
        return f"{year}{day[4:]}" if year else ""

    def repeated(self, row: DataRow, key: str) -> str:
        """Text of a field; «-//-» is the text of the row above."""
        text = one_line(self._merged.text(row, self.found.table.index_of(key)))
        if is_ditto(text) and len(text.strip("-–— ")) > 0:
            text = self._above.get(key, "")
        self._above[key] = text
        return "" if is_no_value(text) else text


def _people(written: str) -> list[tuple[PersonName, str, str]]:
    """People a cell names, with the post and the organisation that follow a single name."""
    found = NAME.search(written)
    if found and found.start() == 0:
        first = parse_name(found[0])
        rest = written[found.end() :].strip(" ,;–—-(")
        post, place = split_post_and_place(rest)
        if first is not None and (place or is_post(post)) and not NAME.search(rest):
            return [(first, post, place)]
    name = parse_name(written)
    if name is not None:
        return [(name, "", "")]
    pieces = [parse_name(piece) for piece in re.split(r"\s*[,;/]\s*|\s+и\s+", written)]
    return [(one, "", "") for one in pieces if one is not None] if all(pieces) else []
