"""The list of teachers on a day."""

from __future__ import annotations

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.printing.common import dated_list
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
    """People in the order of the screen, one group."""
    rows = wish.picked(people(store, wish.on), lambda row: row.id)
    count = f"Всего: {len(rows)} {plural(len(rows), 'человек', 'человека', 'человек')}"
    group = ListGroup("", tuple([_row(row) for row in rows]))
    return dated_list(store, wish, "Список педагогических работников", COLUMNS, [group], note=count)


def _row(row: PersonRow) -> ListRow:
    name = f"{row.full_name} ({row.former})" if row.former else row.full_name
    place = f"{row.organisation}; {row.also}" if row.also else row.organisation
    cells = (name, show_date(row.birth), place, row.post, row.subjects, row.category.words)
    return ListRow(row.id, cells)
