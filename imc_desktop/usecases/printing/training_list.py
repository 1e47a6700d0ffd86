"""Finished courses: the journal of what people have studied."""

from __future__ import annotations

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.courses import TrainingRow, trainings
from imc_desktop.usecases.printing.common import dated_list
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 28),
    ListColumn("Организация", 22),
    ListColumn("Программа", 38),
    ListColumn("Где", 22),
    ListColumn("Вид", 7, "center"),
    ListColumn("Часов", 8, "center"),
    ListColumn("Окончены", 12, "center"),
    ListColumn("Документ", 18),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The courses in the order of the screen, one group."""
    rows = wish.picked(trainings(store, wish.on), lambda row: row.id)
    count = f"Всего: {len(rows)} {plural(len(rows), 'запись', 'записи', 'записей')}"
    group = ListGroup("", tuple([_row(row) for row in rows]))
    return dated_list(store, wish, "Журнал повышения квалификации", COLUMNS, [group], note=count)


def _row(row: TrainingRow) -> ListRow:
    day = f"от {show_date(row.document_date)}" if row.document_date else ""
    document = " ".join(part for part in (row.document_number or row.registration_number, day) if part)
    hours = "" if row.hours is None else str(row.hours)
    cells = (
        row.person, row.organisation, row.title, row.provider, row.kind, hours, show_date(row.finished), document,
    )  # fmt: skip
    return ListRow(row.id, cells, row.person_id)
