"""The calendar of attestation of a school year: cases by months, each with its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.dates import school_year_title
from imc_desktop.domain.words import MONTHS, show_date
from imc_desktop.usecases.attestation_cases import CaseRow, cases
from imc_desktop.usecases.plan_office import PaperOffice, block_on_paper, paper_office
from imc_desktop.usecases.printing.common import dated_list, with_subjects
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 28),
    ListColumn("Организация", 22),
    ListColumn("Должность, предмет", 26),
    ListColumn("Имеет", 20),
    ListColumn("Претендует", 14),
    ListColumn("Заявление", 13, "center"),
    ListColumn("Заседание комиссии", 13, "center"),
    ListColumn("Итог", 14),
)
UNDATED = "Месяц не назначен"


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    return calendar_content(cases(store, wish.on), paper_office(store), wish.year)


def cases_list(store: Store, wish: Wish) -> TableListContent:
    """Cases by months, whatever year they are of."""
    months: dict[str, list[CaseRow]] = {}
    for row in wish.picked(cases(store, wish.on), lambda row: row.id):
        months.setdefault(row.plan_month, []).append(row)
    return dated_list(store, wish, "Дела об аттестации педагогических работников", COLUMNS, _groups(months))


def calendar_content(rows: Sequence[CaseRow], office: PaperOffice, year: int) -> TableListContent:
    """Cases of September–August of the school year; open ones without a month at the end."""
    months: dict[str, list[CaseRow]] = {}
    for row in rows:
        if f"{year}-09" <= row.plan_month <= f"{year + 1}-08" or (not row.plan_month and not row.result):
            months.setdefault(row.plan_month, []).append(row)
    return TableListContent(
        header=office.header,
        approvals=tuple(block_on_paper(block) for block in office.list_blocks),
        title=(
            "Календарь аттестации педагогических работников",
            f"на {school_year_title(year)} учебный год",
        ),
        columns=COLUMNS,
        groups=_groups(months),
        signatures=office.signatures,
    )


def _groups(months: Mapping[str, Sequence[CaseRow]]) -> tuple[ListGroup, ...]:
    """Months in their order, cases without one at the end."""
    return tuple([_group(month, months[month]) for month in sorted(months, key=lambda month: month or "9")])


def _group(month: str, rows: Sequence[CaseRow]) -> ListGroup:
    title = f"{MONTHS[int(month[5:]) - 1].capitalize()} {month[:4]} г." if month else UNDATED
    return ListGroup(f"{title} – {len(rows)}", tuple([_row(row) for row in rows]))


def _row(row: CaseRow) -> ListRow:
    post = with_subjects(row.post, row.subjects)
    held = f"{row.current}, до {show_date(row.current_until)}" if row.current_until[:1].isdigit() else row.current
    cells = (
        row.person, row.organisation, post, held, row.requested, show_date(row.application_date),
        show_date(row.meeting_date), row.result,
    )  # fmt: skip
    return ListRow(row.id, cells, row.person_id)
