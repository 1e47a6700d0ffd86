"""Rows and cells that were not taken, as a sheet to send back: the reason, the place and the row as it stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from imc_desktop.domain.errors import UserError
from imc_desktop.domain.papers import Rejected, TableRead
from imc_desktop.exchange.grid import column_letters
from imc_desktop.exchange.sheet_out import CellOut, SheetColumn, SheetLine, write_table
from imc_desktop.usecases.imports.run import ReadPaper

_LEAD = (SheetColumn("Ячейка", 18), SheetColumn("Почему не принято", 44))
_NOTHING = "Отклонённых строк нет: сохранять нечего."


def rejects_count(papers: Sequence[ReadPaper]) -> int:
    """How many findings ``write_rejects`` would write, refused files among them."""
    return sum(len(table.rejected) for table in _tables(papers)) + sum(1 for paper in papers if paper.refused)


def write_rejects(path: Path, papers: Sequence[ReadPaper]) -> int:
    """Write every rejected cell with its reason and its whole row, sheet by sheet; returns how many were written."""
    count = rejects_count(papers)
    if not count:
        raise UserError(_NOTHING)
    width = max((len(found.values) for table in _tables(papers) for found in table.rejected), default=0)
    columns = (*_LEAD, *(SheetColumn(column_letters(index), 20) for index in range(width)))
    write_table(path, ["Что не принято при импорте"], columns, _lines(papers, width), sheet="Отклонённые строки")
    return count


def _tables(papers: Sequence[ReadPaper]) -> Iterator[TableRead]:
    for paper in papers:
        if paper.paper is not None:
            yield from paper.paper.tables


def _lines(papers: Sequence[ReadPaper], width: int) -> Iterator[Sequence[CellOut] | SheetLine]:
    for paper in papers:
        if paper.paper is None:
            yield SheetLine(f"{paper.file}: {paper.refused}")
            continue
        for table in paper.paper.tables:
            if table.rejected:
                yield SheetLine(f"{paper.file}, лист «{table.sheet}»")
                yield _headings(table, width)
                yield from (_line(found, width) for found in table.rejected)


def _headings(table: TableRead, width: int) -> list[CellOut]:
    told = {column.index: column.heading for column in table.columns}
    return ["", "Заголовки столбцов", *(told.get(index, "") for index in range(width))]


def _line(found: Rejected, width: int) -> list[CellOut]:
    place = found.cell.replace("record", "запись")
    return [place, found.reason, *found.values, *[""] * (width - len(found.values))]
