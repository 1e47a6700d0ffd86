"""What all printed kinds share: what is wanted, the finished paper, a list as paper and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imc_desktop.documents.table_list import TableListContent, render_with_map
from imc_desktop.exchange.sheet_out import SheetColumn, SheetLine, write_table

_SHEET_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed: the school year, the day it is true for, draft or approved (None: as it is)."""

    year: int
    on: date
    draft: bool | None = None


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
    places = tuple(RowPlace(box.page, box.left, box.top, box.width, box.height, box.key) for box in boxes)
    title = " ".join(content.title)
    return Paper(kind, title, file_name(title), pdf, places)


def list_sheet(path: Path, content: TableListContent) -> None:
    """The same list as xlsx, groups as full lines."""
    total = sum(column.weight for column in content.columns) or 1
    columns = [SheetColumn("№ п/п", 7, "center")]
    columns += [
        SheetColumn(column.title, max(8.0, _SHEET_WIDTH * column.weight / total), column.align)
        for column in content.columns
    ]
    write_table(path, content.title, columns, _rows(content), sheet="Список")


def _rows(content: TableListContent) -> Iterator[Sequence[str | int] | SheetLine]:
    number = 0
    for group in content.groups:
        if group.title:
            yield SheetLine(group.title)
        for row in group.rows:
            number += 1
            yield [number, *row.cells]


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(" " if char in '\\/:*?"<>|\n\t' else char for char in title)
    return " ".join(kept.split()).rstrip(". ")[:100] or "Документ"
