"""The register of media as a paper to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.store import Store
from imc_desktop.documents.parts import SignatureLine
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long, show_date
from imc_desktop.usecases.carriers import IN_USE, CarrierRow, carriers
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Учётный №", 10, "center"),
    ListColumn("Вид, метка", 20),
    ListColumn("Серийный номер", 16, "center"),
    ListColumn("Кому выдан", 22),
    ListColumn("Выдан", 13, "center"),
    ListColumn("Возвращён", 13, "center"),
    ListColumn("Состояние", 18),
    ListColumn("Примечание", 26),
    ListColumn("Подпись", 14),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    return register_content(carriers(store), paper_office(store), wish.on)


def register_content(rows: Sequence[CarrierRow], office: PaperOffice, on: date) -> TableListContent:
    """All media by number, those lost and destroyed too."""
    return TableListContent(
        header=office.header,
        title=("Журнал учёта съёмных носителей персональных данных", f"на {date_long(on)}"),
        columns=COLUMNS,
        groups=(ListGroup("", tuple([_row(row) for row in rows])),),
        signatures=(SignatureLine("Ответственный за учёт носителей", ""), *office.signatures),
        numbered=False,
    )


def _row(row: CarrierRow) -> ListRow:
    back = show_date(row.until) if row.state == IN_USE else ""
    state = "выдан" if row.given else row.state_words
    kind = " ".join(part for part in (row.kind, row.label) if part)
    cells = (row.number, kind, row.serial, row.holder, show_date(row.since), back, state, row.note, "")
    return ListRow(row.id, cells)
