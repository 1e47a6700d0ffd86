"""One paper → what it says: every sheet is searched for tables, every table is read by the parser of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import PaperRead, TableRead
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Sheet, Workbook
from imc_desktop.exchange.tables import FoundTable

Overrides = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class TableParser:
    """A kind of tables: ``detect`` scores a table already named by this kind's vocabulary (0 = no), ``parse`` reads it."""

    kind: TableKind
    detect: Callable[[Sheet, FoundTable, Context], float]
    parse: Callable[[Sheet, FoundTable, Context], TableRead]


@dataclass(frozen=True, slots=True)
class SheetParser:
    """A kind of papers without columns (the text of an order): it takes the whole sheet."""

    kind: TableKind
    detect: Callable[[Sheet, Context], float]
    parse: Callable[[Sheet, Context], TableRead]


PARSERS: tuple[TableParser, ...] = ()
SHEET_PARSERS: tuple[SheetParser, ...] = ()


def read_paper(workbook: Workbook, *, overrides: Overrides | None = None) -> PaperRead:
    """Everything a paper says. ``overrides``: layout signature → column index → field, as a person corrected it."""
    raise NotImplementedError
