"""Invented papers as grids, and the samples read once."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PaperRead, TableRead
from imc_desktop.exchange.grid import Cell, Sheet, Span, Workbook
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import read_paper

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = "08_grafik_attestacii_2026-2027.xlsx"
PLAN = "09_plan_IMC_2026-2027.xlsx"
JOURNALS = "10_RMO_zhurnaly.ods"

Row = list[Cell]


def sheet(rows: list[Row], name: str = "Лист1", merged: tuple[Span, ...] = ()) -> Sheet:
    """A sheet of rows; an empty list is an empty row."""
    return Sheet(name, tuple(tuple(row) for row in rows), merged)


def read(*sheets: Sheet, file: str = "бумага.xlsx") -> PaperRead:
    """Sheets read as one workbook."""
    return read_paper(Workbook(file, "0" * 64, sheets))


def read_one(
    rows: list[Row], name: str = "Лист1", merged: tuple[Span, ...] = (), file: str = "бумага.xlsx"
) -> TableRead:
    """The only table of a sheet."""
    tables = read(sheet(rows, name, merged), file=file).tables
    assert len(tables) == 1, [table.kind for table in tables]
    return tables[0]


@lru_cache(maxsize=8)
def sample(file: str) -> PaperRead:
    """A sample paper as read."""
    return read_paper(open_paper(ROOT / "resources" / "demo" / file))


def table_of(file: str, kind: TableKind) -> TableRead:
    """The table of a kind in a sample."""
    return next(table for table in sample(file).tables if table.kind is kind)


@lru_cache(maxsize=1)
def _truth() -> dict[str, Any]:
    return json.loads((ROOT / "tests" / "data" / "truth.json").read_text(encoding="utf-8"))["files"]


def truth(file: str) -> dict[str, Any]:
    """What a sample is known to say."""
    return _truth()[file]


def yo(text: str | None) -> str | None:
    """Text with е for ё: some sample cells have lost the dots."""
    return text.replace("ё", "е").replace("Ё", "Е") if text else text
