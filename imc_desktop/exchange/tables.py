"""Where the tables of a sheet are: header block, numbering row, data rows, separator rows, text above.

Nothing here knows what kind of table it is: ``FoundTable.as_kind`` names the columns by the vocabulary of a kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import Column
from imc_desktop.domain.words import fold, repair
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.header_block import HeaderBlock, find_headers, is_numbering
from imc_desktop.exchange.headings import Vocabulary
from imc_desktop.exchange.odd_layouts import headless, side_by_side
from imc_desktop.exchange.resolve import Caption, resolve_columns


@dataclass(frozen=True, slots=True)
class Separator:
    """A row with one text: a section, an organisation, a month, a total, a signature. Zero-based place."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class DataRow:
    """A data row: ``cells`` by field (the first column of a field), ``raw`` as read; ``index`` is zero-based."""

    index: int
    cells: Mapping[str, Cell]
    raw: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a sheet. Rows are zero-based; ``end_row`` is exclusive; ``data`` are indexes of data rows."""

    sheet: Sheet
    header_rows: range
    numbering_row: int | None
    captions: tuple[Caption, ...]
    columns: tuple[Column, ...]
    vocabulary: Vocabulary
    data: tuple[int, ...]
    separators: tuple[Separator, ...]
    context_above: tuple[str, ...]
    end_row: int

    @property
    def fields(self) -> frozenset[str]:
        """Fields recognised among the columns."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def signature(self) -> str:
        """Identity of the layout: the headings in their order."""
        text = "|".join(fold(column.heading) for column in self.columns)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def index_of(self, field: str) -> int | None:
        """The first column of a field."""
        return next((column.index for column in self.columns if column.field == field), None)

    def indexes_of(self, field: str) -> tuple[int, ...]:
        """All columns of a field, left to right."""
        return tuple(column.index for column in self.columns if column.field == field)

    def as_kind(self, kind: TableKind) -> FoundTable:
        """The same table with columns named by the vocabulary of one kind."""
        columns = resolve_columns(self.captions, self.vocabulary.of_kind(kind))
        return replace(self, columns=columns)

    def corrected(self, told: Mapping[int, str]) -> FoundTable:
        """The same table with columns named by a person; a told column is used as told."""
        columns = (replace(one, field=told.get(one.index, one.field)) for one in self.columns)
        return replace(self, columns=tuple(columns))

    def rows(self) -> Iterator[DataRow]:
        """Data rows from top to bottom."""
        places = [(column.field, column.index) for column in reversed(self.columns) if column.field]
        for index in self.data:
            yield self._data_row(index, places)

    def walk(self) -> Iterator[DataRow | Separator]:
        """Data rows and separators in the order of the sheet."""
        places = [(column.field, column.index) for column in reversed(self.columns) if column.field]
        between = {one.row: one for one in self.separators}
        for index in sorted((*self.data, *between)):
            separator = between.get(index)
            yield separator if separator is not None else self._data_row(index, places)

    def _data_row(self, index: int, places: list[tuple[str, int]]) -> DataRow:
        raw = self.sheet.rows[index]
        width = len(raw)
        return DataRow(index, {field: raw[place] for field, place in places if place < width}, raw)


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[FoundTable]:
    """All tables of a sheet that have a header the vocabulary knows at least in part, top to bottom.

    A header met again word for word continues the same table; another header begins another table.
    """
    blocks = find_headers(sheet, vocabulary)
    if not blocks:
        blocks = headless(sheet)
    groups: list[list[HeaderBlock]] = []
    for block in blocks:
        if groups and groups[-1][0].same_as(block):
            groups[-1].append(block)
        else:
            groups.append([block])
    tables: list[FoundTable] = []
    above = 0
    for place, group in enumerate(groups):
        end = groups[place + 1][0].text_top if place + 1 < len(groups) else len(sheet.rows)
        for part, one in side_by_side(sheet, group, vocabulary):
            tables.append(_build(part, vocabulary, one, above, end))
        above = end
    return tables


def _build(sheet: Sheet, vocabulary: Vocabulary, blocks: list[HeaderBlock], above: int, end: int) -> FoundTable:
    first = blocks[0]
    skipped = {row for block in blocks for row in block.rows}
    numbering: int | None = None
    data: list[int] = []
    separators: list[Separator] = []
    for index in range(first.rows.stop, end):
        if index in skipped:
            continue
        row = sheet.rows[index]
        filled = len(row) - row.count(None) - row.count("")
        if filled > 1:
            if (index - 1 in skipped or not data) and is_numbering(row):
                numbering = index if numbering is None else numbering
                skipped.add(index)
            else:
                data.append(index)
        elif filled == 1:
            column, cell = next((at, cell) for at, cell in enumerate(row) if cell is not None and cell != "")
            if isinstance(cell, str) and (text := repair(cell)):
                separators.append(Separator(index, column, text))
    captions = _with_samples(first, sheet, data)
    return FoundTable(
        sheet=sheet,
        header_rows=first.rows,
        numbering_row=numbering,
        captions=captions,
        columns=resolve_columns(captions, vocabulary),
        vocabulary=vocabulary,
        data=tuple(data),
        separators=tuple(separators),
        context_above=_text_lines(sheet, above, first.rows.start),
        end_row=end,
    )


def _with_samples(block: HeaderBlock, sheet: Sheet, data: list[int]) -> tuple[Caption, ...]:
    """Captions of the header with samples of the values under them (spread over the whole table)."""
    step = max(1, len(data) // 60)
    chosen = data[::step][:80]
    captions = []
    for caption in block.captions:
        values: list[Cell] = []
        for index in chosen:
            row = sheet.rows[index]
            if caption.index < len(row) and row[caption.index] not in (None, ""):
                values.append(row[caption.index])
        captions.append(replace(caption, values=tuple(values), share=len(values) / max(1, len(chosen))))
    return tuple(captions)


def _text_lines(sheet: Sheet, start: int, stop: int) -> tuple[str, ...]:
    """Texts of the rows above a header, row by row."""
    lines = (
        " ".join(repair(cell).replace("\n", " ") for cell in row if isinstance(cell, str) and cell.strip())
        for row in sheet.rows[start:stop]
    )
    return tuple(line for line in lines if line)
