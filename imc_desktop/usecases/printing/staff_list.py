"""The list of teachers on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long, plural, show_date
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.staff import PersonRow, people

COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 30),
    ListColumn("Дата рождения", 12, "center"),
    ListColumn("Организация", 26),
    ListColumn("Должность", 24),
    ListColumn("Предмет", 20),
    ListColumn("Категория", 22),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    rows = people(store, wish.on)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.id)
    return staff_content(rows, paper_office(store), wish.on, wish.selection)


def staff_content(
    rows: Sequence[PersonRow], office: PaperOffice, on: date, selection: tuple[str, ...] = ()
) -> TableListContent:
    """People in the order given, one group; ``selection`` is a line of the heading that says who they are."""
    count = f"{len(rows)} {plural(len(rows), 'человек', 'человека', 'человек')}"
    return TableListContent(
        header=office.header,
        title=("Список педагогических работников", f"на {date_long(on)}", *selection),
        columns=COLUMNS,
        groups=(ListGroup("", tuple([_row(row) for row in rows])),),
        signatures=office.signatures,
        note=f"Всего: {count}",
    )


def _row(row: PersonRow) -> ListRow:
    name = f"{row.full_name} ({row.former})" if row.former else row.full_name
    place = f"{row.organisation}; {row.also}" if row.also else row.organisation
    cells = (name, show_date(row.birth), place, row.post, row.subjects, row.category.words)
    return ListRow(row.id, cells)
