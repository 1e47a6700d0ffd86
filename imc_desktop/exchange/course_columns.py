"""Columns about courses: one cell with many courses, or groups of columns «тема – часы – год»."""

from __future__ import annotations

import re
from collections.abc import Callable

from imc_desktop.domain.dates import parse_period
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.papers import TrainingIn
from imc_desktop.exchange.cells.common import text_of
from imc_desktop.exchange.cells.courses import (
    RETRAINING_HOURS,
    is_distance,
    kind_in,
    parse_courses,
    parse_document,
    parse_hours,
    parse_kind,
    parse_title,
)
from imc_desktop.exchange.column_values import ColumnValues, Raw, RememberedColumns, Trouble, day_of, plain_text
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.tables import FoundTable

TITLE = "courses"
DETAILS = (
    "course_hours", "course_year", "course_period", "course_start", "course_end", "course_provider", "course_document",
    "course_series", "course_registration", "course_date", "course_kind", "course_form",
)  # fmt: skip
LONGEST_COURSE = 2500
NO_COURSES: tuple[TrainingIn, ...] = ()
_BARE_NUMBER = re.compile(r"(?:[A-ZА-ЯЁ]{1,6}[-\s]?)?[\dIVXLC]+(?:[\s/-]?[\dA-ZА-ЯЁ]+)*")
_DIGIT = re.compile(r"\b\d\b")
Reader = Callable[[Raw, list[Trouble]], tuple[TrainingIn, ...]]


def course_readers(found: FoundTable, *, single: bool = False) -> list[Reader]:
    """Readers of all groups of course columns; ``single``: a row is one document, as in a journal."""
    readers: list[Reader] = []
    groups = _groups(found)
    titled = any(TITLE in group for group in groups)
    for group in groups:
        if TITLE not in group and (titled or (len(group) == 1 and "course_year" not in group)):
            continue  # a lonely «Срок» or a second number tells of no course
        if TITLE in group and len(group) == 1 and not single:
            readers.append(_many(group[TITLE]))
        else:
            readers.append(RememberedColumns(tuple(group.values()), CourseGroup(group).read).at)
    return [*readers, *(_retraining(index) for index in found.indexes_of("retraining"))]


def _groups(found: FoundTable) -> list[dict[str, int]]:
    """Columns put together by the caption over them; without one, a field met again begins a new group."""
    captions = {one.index: one.group or "".join(_DIGIT.findall(one.own)) for one in found.captions}
    groups: list[tuple[str, dict[str, int]]] = []
    for column in found.columns:
        if column.field != TITLE and column.field not in DETAILS:
            continue
        caption = captions.get(column.index, "")
        home = next((group for name, group in groups if name == caption and column.field not in group), None)
        if home is None:
            home = {}
            groups.append((caption, home))
        home[column.field] = column.index
    return [group for _, group in sorted(groups, key=lambda one: _DIGIT.findall(one[0]))]


def _retraining(index: int) -> Reader:
    return ColumnValues(index, lambda cell: parse_courses(cell, default_kind=TrainingKind.PP), NO_COURSES).at


def _many(index: int) -> Reader:
    return ColumnValues(index, _several, NO_COURSES).at


def _several(cell: Cell) -> tuple[TrainingIn, ...]:
    return parse_courses(cell)


class CourseGroup:
    """One course told by several columns."""

    def __init__(self, columns: dict[str, int]) -> None:
        def column(field: str, parse: Callable[[Cell], str]) -> ColumnValues[str] | None:
            return ColumnValues(columns[field], parse, "") if field in columns else None

        hours, kind = columns.get("course_hours"), columns.get("course_kind")
        self._title = ColumnValues(columns[TITLE], _title, NO_COURSES) if TITLE in columns else None
        self._hours = ColumnValues[int | None](hours, _hours, None) if hours is not None else None
        self._distance = columns.get("course_hours")
        self._form = column("course_form", lambda cell: "д" if is_distance(cell) else "")
        self._kind = ColumnValues[TrainingKind | None](kind, parse_kind, None) if kind is not None else None
        self._period = ColumnValues(columns["course_period"], _period, ("", "")) if "course_period" in columns else None
        self._year = ColumnValues(columns["course_year"], _period, ("", "")) if "course_year" in columns else None
        self._start = column("course_start", day_of)
        self._end = column("course_end", day_of)
        self._provider = column("course_provider", plain_text)
        self._document = (
            ColumnValues(columns["course_document"], _document, ("", "", "")) if "course_document" in columns else None
        )
        self._series = column("course_series", plain_text)
        self._registration = column("course_registration", plain_text)
        self._date = column("course_date", day_of)

    def read(self, raw: Raw, troubles: list[Trouble]) -> tuple[TrainingIn, ...]:
        """The course of a row; a title cell with several courses gives them all."""
        told = self._title.at(raw, troubles) if self._title else NO_COURSES
        start, end = self._dates(raw, troubles)
        document, registration, given = self._document.at(raw, troubles) if self._document else ("", "", "")
        if self._series and document and (series := self._series.at(raw, troubles)):
            document = f"{series} {document}"
        hours = self._hours.at(raw, troubles) if self._hours else None
        if not told and not (end or document):
            return ()
        kind = self._kind.at(raw, troubles) if self._kind else None
        if len(told) > 1:
            return told
        course = told[0] if told else TrainingIn("", kind or TrainingKind.PK)
        distance = (self._form is not None and self._form.at(raw, troubles) == "д") or self._is_distant(raw)
        return (
            TrainingIn(
                course.title,
                _kind_of(course.kind, kind, hours or course.hours),
                _first(self._provider, raw, troubles) or course.provider,
                hours or course.hours,
                start or course.start,
                end or course.end,
                document or course.document_number,
                _first(self._registration, raw, troubles) or registration or course.registration_number,
                _first(self._date, raw, troubles) or given or course.document_date,
                distance or course.distance,
            ),
        )

    def _is_distant(self, raw: Raw) -> bool:
        """«36 (дист.)»."""
        cell = raw[self._distance] if self._distance is not None else None
        return type(cell) is str and not cell.isdigit() and is_distance(cell)

    def _dates(self, raw: Raw, troubles: list[Trouble]) -> tuple[str, str]:
        """First and last day as exactly as any of the columns tells them."""
        start = self._start.at(raw, troubles) if self._start else ""
        end = self._end.at(raw, troubles) if self._end else ""
        for column in (self._period, self._year):
            if column is not None:
                first, last = column.at(raw, troubles)
                if len(last) > len(end):
                    end = last
                    start = first if len(first) > 4 and len(first) >= len(start) else start
        return start, end


def _kind_of(by_title: TrainingKind, told: TrainingKind | None, hours: int | None) -> TrainingKind:
    """The kind the title names, else that of its own column, else the one the length of the programme implies."""
    if by_title is not TrainingKind.PK or told is not None:
        return by_title if by_title is not TrainingKind.PK else told or by_title
    return TrainingKind.PP if (hours or 0) >= RETRAINING_HOURS else TrainingKind.PK


def _first(column: ColumnValues[str] | None, raw: Raw, troubles: list[Trouble]) -> str:
    return column.at(raw, troubles) if column is not None else ""


def _title(cell: Cell) -> tuple[TrainingIn, ...]:
    """A title, or several courses when the cell clearly holds more than one."""
    text = text_of(cell)
    if "\n" in text or ";" in text or "»" in text.rstrip("» .")[:-1]:
        courses = parse_courses(cell)
        if len(courses) > 1 or any(one.hours or one.end for one in courses):
            return courses
    title, kind = parse_title(cell)
    return (TrainingIn(title, kind or kind_of_title(title)),) if title else ()


def kind_of_title(title: str) -> TrainingKind:
    """Advanced training unless the title calls itself otherwise."""
    return TrainingKind.PP if kind_in(title[:40]) is TrainingKind.PP else TrainingKind.PK


def _hours(cell: Cell) -> int | None:
    hours = parse_hours(cell)
    if hours is not None and not 0 < hours <= LONGEST_COURSE:
        raise ValueError(f"часов должно быть от 1 до {LONGEST_COURSE}")
    return hours


def _document(cell: Cell) -> tuple[str, str, str]:
    """Series and number as they stand («1824 № 809468» → «1824 809468»), or a text that names the document."""
    text = plain_text(cell)
    bare = " ".join(text.replace("№", " ").split())
    if _BARE_NUMBER.fullmatch(bare):
        return bare, "", ""
    return parse_document(cell)


def _period(cell: Cell) -> tuple[str, str]:
    """First and last day; one date alone is both ends."""
    if not isinstance(cell, str):
        day = day_of(cell)
        return day, day
    text = plain_text(cell)
    found = parse_period(text)
    if not found[1] and text and any(char.isdigit() for char in text):
        day = day_of(cell)
        return day, day
    return found
