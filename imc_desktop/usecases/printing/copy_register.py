"""The log of copies as paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long
from imc_desktop.usecases.copy_register import CopyRow, copies
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("№ копии", 9, "center"),
    ListColumn("Сделана", 15, "center"),
    ListColumn("Файл", 32),
    ListColumn("Носитель", 28),
    ListColumn("Каким ключом открыть", 20),
    ListColumn("Проверена", 20),
    ListColumn("Кто сделал", 18),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    return register_content(copies(store), paper_office(store), wish.on)


def register_content(rows: Sequence[CopyRow], office: PaperOffice, on: date) -> TableListContent:
    """Those that left the office first, then those that lie beside the database."""
    out = tuple([_row(row) for row in rows if row.leaves])
    here = tuple([_row(row) for row in rows if not row.leaves])
    named = (("Копии на носителях", out), ("Копии рядом с базой", here))
    groups = [ListGroup(f"{title} – {len(found)}", found) for title, found in named if found]
    return TableListContent(
        header=office.header,
        title=("Журнал резервных копий", f"на {date_long(on)}"),
        columns=COLUMNS,
        groups=tuple(groups),
        signatures=office.signatures,
        numbered=False,
    )


def _row(row: CopyRow) -> ListRow:
    cells = (str(row.sequence), row.when, row.name, row.carrier, row.key, row.proved, row.author)
    return ListRow(row.id, cells)
