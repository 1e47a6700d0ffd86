"""The list of teachers on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long, plural, show_date
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.common import Paper, Wish, list_paper, list_sheet
from imc_desktop.usecases.staff import PersonRow, people

KIND = "staff-list"
COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 30),
    ListColumn("Дата рождения", 12, "center"),
    ListColumn("Организация", 26),
    ListColumn("Должность", 24),
    ListColumn("Предмет", 20),
    ListColumn("Категория", 22),
)


def paper(store: Store, wish: Wish) -> Paper:
    """The list as paper."""
    return list_paper(KIND, staff_content(people(store, wish.on), paper_office(store), wish.on))


def sheet(store: Store, wish: Wish, path: Path) -> int:
    """The list as xlsx; how many records stand on it."""
    return list_sheet(path, staff_content(people(store, wish.on), paper_office(store), wish.on), wish)


def staff_content(rows: Sequence[PersonRow], office: PaperOffice, on: date) -> TableListContent:
    """People in the order given, one group: what is seen is what is printed."""
    count = f"{len(rows)} {plural(len(rows), 'человек', 'человека', 'человек')}"
    return TableListContent(
        header=office.header,
        title=("Список педагогических работников", f"на {date_long(on)}"),
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
