"""Layouts out of the ordinary: two tables side by side, a table whose headings nobody knows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from imc_desktop.exchange import shapes
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.header_block import HeaderBlock, find_captions
from imc_desktop.exchange.headings import Vocabulary

LEAST_NAMES = 3
DEEPEST_START = 60


def side_by_side(
    sheet: Sheet, blocks: list[HeaderBlock], vocabulary: Vocabulary
) -> list[tuple[Sheet, list[HeaderBlock]]]:
    """The parts of a header that has the same heading of names twice; each part sees only its own columns."""
    captions = blocks[0].captions
    named = [
        one for one in captions if one.part == 0 and vocabulary.guess(one.own, one.group).field in ("name", "surname")
    ]
    again = [one.index for one in named if one.heading == named[0].heading]
    if len(again) < 2:
        return [(sheet, blocks)]
    lead = again[0] - captions[0].index
    starts = [index - lead for index in again]
    if any(following - start < 2 for start, following in pairwise(starts)):
        return [(sheet, blocks)]
    stops = [*starts[1:], captions[-1].index + 1]
    return [_part(sheet, blocks, start, stop) for start, stop in zip(starts, stops, strict=True)]


def _part(sheet: Sheet, blocks: list[HeaderBlock], start: int, stop: int) -> tuple[Sheet, list[HeaderBlock]]:
    rows = tuple(tuple(cell if start <= at < stop else None for at, cell in enumerate(row)) for row in sheet.rows)
    own = [
        replace(block, captions=tuple(one for one in block.captions if start <= one.index < stop)) for block in blocks
    ]
    return replace(sheet, rows=rows), own


def headless(sheet: Sheet) -> list[HeaderBlock]:
    """A table without a header the vocabulary knows: names under a row of texts; a person can tell what it is."""
    for top, row in enumerate(sheet.rows[:DEEPEST_START]):
        column = next((at for at, cell in enumerate(row) if shapes.is_full_name(cell)), None)
        if column is None or sum(cell not in (None, "") for cell in row) < 2:
            continue
        below = [
            other[column]
            for other in sheet.rows[top : top + 40]
            if column < len(other) and other[column] not in (None, "")
        ]
        if len(below) < LEAST_NAMES or shapes.share(below, shapes.is_full_name) < 0.7:
            return []
        header = range(top - 1, top) if top and _is_text(sheet.rows[top - 1]) else range(top, top)
        return [HeaderBlock(header, find_captions(sheet, header, top), 0)]
    return []


def _is_text(row: tuple[Cell, ...]) -> bool:
    said = [cell for cell in row if cell not in (None, "")]
    return len(said) > 1 and all(isinstance(cell, str) for cell in said) and not any(map(shapes.is_full_name, said))
