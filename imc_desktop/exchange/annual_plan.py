"""An annual plan: sections and subsections, items with terms as written, approval blocks above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PlanItemRecord, PlanRecord, TableRead
from imc_desktop.domain.words import fold, month_number
from imc_desktop.exchange.cells.common import one_line, text_of
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.guess_columns import completed
from imc_desktop.exchange.plan_titles import approvals, is_approval, is_closing, month_in, split_head, title_and_year
from imc_desktop.exchange.school_year import school_year_in
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.vertical import Merged
from imc_desktop.exchange.work_rows import as_separator, is_foot, row_text

_PLAN_OF_WORK = re.compile(r"план\w* (?:методическ\w+ )?(?:работ|мероприят|деятельност)|годово\w+ план|жумыс жоспар")
_TEXTS = ("term", "place", "participants", "responsible", "expected", "mark")
_WORDED = re.compile(
    r"^(под)?(?:раздел|блок|направление|глава|модуль|часть|болим)\s*(?:№\s*)?([ivxх]+|\d+(?:\.\d+)*)(?![\w])",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^[IVXІХ]{1,5}(?:\s*[.):]|\s+[-–—]?\s*(?=[^\W\d_]{2}))")
_ARABIC = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]|(?=\s))\s*(?=[^\W\d_«\"]|$)?")
_PERIOD = re.compile(
    r"(?:\b(?:IV|I{1,3}|[1-4])(?:-?й)?\s*кв\w*\.?|\b(?:II?|[12])(?:-?е)?\s*полугод\w*"
    r"|(?<!\w)(?:январ|феврал|март|апрел|май|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*)\s*$",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"^((?:\d{1,3}\.)*\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+)\s*(?=[^\d\s.,])")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A section or subsection title: how it is numbered and where it stands."""

    text: str
    style: str  # "word", "roman", "arabic", "plain"
    depth: int
    column: int

    @property
    def upper(self) -> bool:
        """True for a title in capitals."""
        return self.text.isupper()


@dataclass(slots=True)
class _Outline:
    """Where in the plan a row stands; knows how this paper writes its sections."""

    section: str = ""
    subsection: str = ""
    styles: frozenset[str] = frozenset()
    first: _Heading | None = None
    stacked: bool = False  # titles in capitals stand right above titles in small letters
    empty: bool = False  # the last heading has no items yet

    def take(self, heading: _Heading) -> None:
        """Open a section or a subsection."""
        if self._is_subsection(heading):
            self.subsection = heading.text
        else:
            self.section, self.subsection = heading.text, ""
            self.first = self.first or heading
            self.styles |= {heading.style}
        self.empty = True

    def _is_subsection(self, heading: _Heading) -> bool:
        if self.first is None:
            return False
        if heading.depth > 1:
            return True
        if heading.style in {"word", "roman"}:
            return False
        if heading.style == "arabic":
            return bool(self.styles & {"word", "roman"}) or (
                self.styles == {"plain"} and self.first.upper and not heading.upper
            )
        if self.styles & {"word", "roman", "arabic"}:
            return True
        lower = self.stacked and self.first.upper and not heading.upper
        return heading.column > self.first.column or lower or self.empty


class _Terms:
    """Columns of quarters or months instead of one column of terms: a mark in a column is its heading."""

    def __init__(self, table: FoundTable) -> None:
        self._columns = [
            (column.index, found[0].strip())
            for column in table.columns
            if column.field in {"", "term"} and (found := _PERIOD.search(column.heading))
        ]

    def text(self, row: DataRow, single: str) -> str:
        """The term of a row; the text of the only column of terms when there are no periods among the headings."""
        if len(self._columns) < 2:
            return single
        cells = ((heading, text_of(row.raw[at]).strip()) for at, heading in self._columns if at < len(row.raw))
        return ", ".join(heading if not re.search(r"\w{3}|\d", text) else text for heading, text in cells if text)


@dataclass(frozen=True, slots=True)
class _Cells:
    """How to read the cells of a row."""

    merged: Merged
    terms: _Terms
    table: FoundTable


def detect(_sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a plan of a year (0…1): events with terms, no people in a column of their own."""
    title = fold(f"{context.title} {context.sheet_name}")
    named = "event" in table.fields or {"term", "responsible"} <= table.fields
    if not named and not (_PLAN_OF_WORK.search(title) and table.fields & {"term", "responsible"}):
        return 0.0
    fields = completed(table, TableKind.ANNUAL_PLAN).fields
    if "event" not in fields or not fields & {"term", "responsible", "participants"}:
        return 0.0
    if "name" in fields and "responsible" not in fields:
        return 0.0
    score = 0.55 + 0.1 * len(fields & {"term", "responsible", "expected", "mark"}) / 2
    if "план" in title or "жоспар" in title:
        score += 0.15
    if school_year_in(context.title) is not None:
        score += 0.05
    return min(score, 0.9)


def parse(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read a plan: one record with all items; rows without a title are continuations of the item above."""
    table = completed(table, TableKind.ANNUAL_PLAN)
    items: list[PlanItemRecord] = []
    ignored = 0
    merged = Merged(sheet)
    walked = [as_separator(row) for row in table.walk()]
    outline = _Outline(stacked=_is_stacked(walked, table))
    terms = _Terms(table)
    for row, following in _pairs(walked):
        if items and is_approval(row.text if isinstance(row, Separator) else row_text(row)):
            break
        heading = _heading(row, following, items, table)
        if is_foot(row) if isinstance(row, DataRow) else is_closing(row.text):
            ignored += 1
        elif heading is not None:
            outline.take(heading)
            ignored += 1
        else:
            ignored += _take_item(row, items, outline, _Cells(merged, terms, table))
            outline.empty = False
    _, lines = split_head(sheet, table.header_rows.start)
    title, year = title_and_year(lines)
    year = next((one for one in (year, context.paper_year, context.year) if one is not None), None)
    plan = PlanRecord(title, year, approvals(sheet, table.header_rows.start), tuple(items))
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.ANNUAL_PLAN,
        rows=len(items),
        header_row=table.header_rows.start + 1,
        columns=table.columns,
        records=(plan,),
        ignored=ignored,
        signature=table.signature,
    )


def _pairs(rows: list[DataRow | Separator]) -> Iterator[tuple[DataRow | Separator, DataRow | Separator | None]]:
    yield from zip(rows, [*rows[1:], None], strict=False)


def _is_stacked(rows: list[DataRow | Separator], table: FoundTable) -> bool:
    """True when a title in capitals is followed at once by one in small letters: two levels."""
    titles = [_heading(row, None, [], table) for row in rows]
    return any(one and other and one.upper and not other.upper for one, other in pairwise(titles))


def _number(cell: Cell) -> str:
    """The number of an item; «1.10» that a spreadsheet took for a day comes back."""
    if isinstance(cell, date | datetime):
        return f"{cell.day}.{cell.month}"
    return text_of(cell).strip()


def _heading(
    row: DataRow | Separator, following: DataRow | Separator | None, items: list[PlanItemRecord], table: FoundTable
) -> _Heading | None:
    """The row as a title of a section, None when it is an item."""
    if isinstance(row, Separator):
        return None if _is_remainder(row, items, table) else _titled(one_line(row.text), row.column)
    number, title = _number(row.cells.get("number")), text_of(row.cells.get("event"))
    known = {table.index_of("number"), table.index_of("event")}
    if not title or any(text_of(cell).strip() for at, cell in enumerate(row.raw) if at not in known):
        return None
    if _goes_on(number, following, items):
        return None
    column = table.index_of("number") or 0
    joined = f"{number.rstrip('.')}. {title}" if number else title
    return _titled(one_line(joined), column)


def _is_remainder(row: Separator, items: list[PlanItemRecord], table: FoundTable) -> bool:
    """True for a number without its row, and for the end of a cell's text that slipped into the row below."""
    if re.fullmatch(r"[\d.)\s]*", row.text):
        return True
    column = next((one.field for one in table.columns if one.index == row.column), "")
    under_item = bool(items) and items[-1].row == row.row
    return column in _TEXTS and under_item and _titled(row.text, row.column).style == "plain" and not row.text.isupper()


def _goes_on(number: str, following: DataRow | Separator | None, items: list[PlanItemRecord]) -> bool:
    """True for the next item of a list («1.4.» after «1.3.») that has nothing but its title."""
    if not items or not number:
        return False
    mine, last = _parts(number), _parts(items[-1].number)
    if not mine or len(mine) != len(last) or mine[:-1] != last[:-1] or mine[-1] != last[-1] + 1:
        return False
    after = _parts(_number(following.cells.get("number"))) if isinstance(following, DataRow) else []
    return len(mine) > 1 or bool(after and len(after) == len(mine) and after[-1] == mine[-1] + 1)


def _parts(number: str) -> list[int]:
    return [int(piece) for piece in re.findall(r"\d+", number)] if re.fullmatch(r"[\d.)\s]+", number) else []


def _titled(text: str, column: int) -> _Heading:
    plain = fold(text)
    worded = _WORDED.search(text.casefold())
    if worded or plain.startswith("подраздел"):
        depth = 2 if plain.startswith("подраздел") else (worded[2].count(".") + 1 if worded else 1)
        return _Heading(text, "word", depth, column)
    if _ROMAN.search(text):
        return _Heading(text, "roman", 1, column)
    arabic = _ARABIC.search(text)
    if arabic:
        return _Heading(text, "arabic", arabic[1].count(".") + 1, column)
    return _Heading(text, "plain", 1, column)


def _take_item(row: DataRow | Separator, items: list[PlanItemRecord], outline: _Outline, cells: _Cells) -> int:
    """Add an item or go on with the last one; 1 when the row says nothing."""
    merged, table = cells.merged, cells.table
    if isinstance(row, Separator):
        column = next((one.field for one in table.columns if one.index == row.column), "")
        if column in _TEXTS and items:
            items[-1] = _continued(items[-1], {column: row.text})
        return 1
    title = one_line(text_of(row.cells.get("event")))
    number = _number(row.cells.get("number"))
    texts = {field: merged.text(row, table.index_of(field)) for field in _TEXTS}
    texts["term"] = cells.terms.text(row, texts["term"])
    if not title:
        title = one_line(merged.text(row, table.index_of("event")))
    if not title:
        if not items or not any(texts.values()):
            return 1
        items[-1] = _continued(items[-1], {field: text_of(row.cells.get(field)) for field in _TEXTS})
        return 0
    inner = _ITEM_NUMBER.match(title)
    if inner and not number:
        number, title = inner[1], title[inner.end() :].strip()
    direction = (
        one_line(merged.text(row, table.index_of("direction"))) if table.index_of("direction") is not None else ""
    )
    if direction:
        outline.section, outline.subsection = direction, ""
    if not texts["term"] and month_number(_last_word(outline.section)):
        texts["term"] = outline.section
    items.append(
        PlanItemRecord(row.index + 1, outline.section, outline.subsection, number, title, **texts),
    )
    return 0


def _last_word(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text)
    return words[0] if len(words) == 1 and month_in(text) else ""


def _continued(item: PlanItemRecord, texts: dict[str, str]) -> PlanItemRecord:
    """The item with the texts of a row that goes on with it."""
    joined: dict[str, Any] = {
        field: "\n".join(one for one in (getattr(item, field), text) if one) for field, text in texts.items()
    }
    return replace(item, **joined)
