"""What all printed kinds share: the finished paper, a list as paper and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from db.store import Store
from imc_desktop.documents import act
from imc_desktop.documents.act import ActContent
from imc_desktop.documents.frame import RowBox
from imc_desktop.documents.table_list import ListColumn, ListGroup, TableListContent, people_on, render_with_map
from imc_desktop.domain.words import date_long
from imc_desktop.exchange.sheet_out import SheetColumn, SheetLine, write_table
from imc_desktop.usecases.plan_office import block_on_paper, paper_office
from imc_desktop.usecases.printing.wish import Wish

_SHEET_WIDTH = 150
_LINE = 130  # letters of a line over the full width


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands on the paper: page (from 0), points from the upper left corner, the row's key."""

    page: int
    left: float
    top: float
    width: float
    height: float
    key: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper. ``name`` is a file name without its ending."""

    kind: str
    title: str
    name: str
    pdf: bytes
    places: tuple[RowPlace, ...] = ()
    draft: bool = False
    people: int = 0  # how many people a list holds

    @property
    def records(self) -> int:
        """How many records stand on it."""
        return len({place.key for place in self.places if place.key})

    def key_at(self, page: int, x: float, y: float) -> str:
        """The key of the row printed at a point of a page, "" when there is none."""
        for place in self.places:
            inside = place.left <= x <= place.left + place.width and place.top <= y <= place.top + place.height
            if place.page == page and place.key and inside:
                return place.key
        return ""


def list_paper(kind: str, content: TableListContent) -> Paper:
    """A list as paper."""
    pdf, boxes = render_with_map(content)
    title = " ".join(content.title)
    return Paper(kind, title, file_name(title), pdf, _places(boxes), people=people_on(content))


def act_paper(kind: str, content: ActContent) -> Paper:
    """An act or a letter as paper."""
    pdf, boxes = act.render_with_map(content)
    return Paper(kind, content.name, file_name(content.name), pdf, _places(boxes))


def act_sheet(path: Path, content: ActContent, wish: Wish) -> int:
    """An act as xlsx: parts as full lines, their tables under them. 0: it is no list of people."""
    wide = max((len(part.columns) for part in content.parts), default=0) or 1
    columns = [SheetColumn("", _SHEET_WIDTH / wide) for _ in range(wide)]
    write_table(path, content.title, columns, _act_rows(content, wide), sheet="Документ", masked=wish.masked)
    return 0


def list_sheet(path: Path, content: TableListContent, wish: Wish) -> int:
    """The same list as xlsx, groups as full lines; how many people stand on it."""
    total = sum(column.weight for column in content.columns) or 1
    columns = [SheetColumn("№ п/п", 7, "center")]
    columns += [
        SheetColumn(column.title, max(8.0, _SHEET_WIDTH * column.weight / total), column.align)
        for column in content.columns
    ]
    write_table(path, content.title, columns, _rows(content), sheet="Список", masked=wish.masked)
    return people_on(content)


def _places(boxes: Sequence[RowBox]) -> tuple[RowPlace, ...]:
    return tuple(RowPlace(box.page, box.left, box.top, box.width, box.height, box.key) for box in boxes)


def _act_rows(content: ActContent, wide: int) -> Iterator[Sequence[str | int] | SheetLine]:
    for part in content.parts:
        for line in (part.title, *part.paragraphs):
            yield from map(SheetLine, wrap(line, _LINE))  # a cell over all columns does not grow by itself
        for cells in (tuple(column.title for column in part.columns), *(row.cells for row in part.rows)):
            if cells:
                yield [*cells, *[""] * (wide - len(cells))]


def _rows(content: TableListContent) -> Iterator[Sequence[str | int] | SheetLine]:
    number = 0
    for group in content.groups:
        if group.title:
            yield SheetLine(group.title)
        for row in group.rows:
            number += 1
            yield [number, *row.cells]


def dated_list(
    store: Store,
    wish: Wish,
    title: str,
    columns: tuple[ListColumn, ...],
    groups: Iterable[ListGroup],
    *,
    note: str = "",
    to_approve: bool = False,
) -> TableListContent:
    """A list as of the day, its selection in the heading, signed by the head; ``to_approve`` adds the blocks."""
    office = paper_office(store)
    return TableListContent(
        header=office.header,
        approvals=tuple(block_on_paper(block) for block in office.list_blocks) if to_approve else (),
        title=(title, f"на {date_long(wish.on)}", *wish.selection),
        columns=columns,
        groups=tuple(groups),
        signatures=office.signatures,
        note=note,
    )


def with_subjects(post: str, subjects: str) -> str:
    """«учитель, математика»."""
    return f"{post}, {subjects}" if subjects else post


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(" " if char in '\\/:*?"<>|\n\t' else char for char in title)
    return " ".join(kept.split()).rstrip(". ")[:100] or "Документ"
