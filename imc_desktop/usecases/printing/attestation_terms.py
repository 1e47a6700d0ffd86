"""Terms of categories and of conformity: whose ends when, and why."""

from __future__ import annotations

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListRow, TableListContent
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.attestation import AttestationDueRow, due_attestation_list
from imc_desktop.usecases.printing.common import dated_list
from imc_desktop.usecases.printing.due_list import CALM, GROUPS, by_status
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 26),
    ListColumn("Организация", 20),
    ListColumn("Должность", 18),
    ListColumn("Действует", 17),
    ListColumn("Срок", 12, "center"),
    ListColumn("Почему", 56),
)
_TITLES = {**dict((*GROUPS, *CALM)), DueStatus.NO_DATA: "○ Нет данных о категории"}


def content(store: Store, wish: Wish) -> TableListContent:
    """A group for every status, the most urgent first."""
    rows = wish.picked(due_attestation_list(store, wish.on), lambda row: row.key)
    groups = by_status(rows, _TITLES.items(), _row)
    return dated_list(store, wish, "Сроки аттестации педагогических работников", COLUMNS, groups)


def _row(row: AttestationDueRow) -> ListRow:
    return ListRow(
        row.key, (row.person, row.organisation, row.post, row.category, show_date(row.due), row.reason), row.person_id
    )
