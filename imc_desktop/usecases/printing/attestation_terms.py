"""Terms of categories and of conformity: whose ends when, and why."""

from __future__ import annotations

from collections.abc import Sequence

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.words import date_long, show_date
from imc_desktop.usecases.attestation import AttestationDueRow, due_attestation_list
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.due_list import CALM, GROUPS
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
    """The list as it is wished for."""
    rows = due_attestation_list(store, wish.on)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.key)
    return terms_content(rows, paper_office(store), wish)


def terms_content(rows: Sequence[AttestationDueRow], office: PaperOffice, wish: Wish) -> TableListContent:
    """A group for every status, the most urgent first."""
    groups = []
    for status, title in _TITLES.items():
        own = tuple([_row(row) for row in rows if row.status is status])
        if own:
            groups.append(ListGroup(f"{title} – {len(own)}", own))
    return TableListContent(
        header=office.header,
        title=("Сроки аттестации педагогических работников", f"на {date_long(wish.on)}", *wish.selection),
        columns=COLUMNS,
        groups=tuple(groups),
        signatures=office.signatures,
    )


def _row(row: AttestationDueRow) -> ListRow:
    return ListRow(
        row.key, (row.person, row.organisation, row.post, row.category, show_date(row.due), row.reason), row.person_id
    )
