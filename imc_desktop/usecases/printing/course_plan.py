"""The perspective plan of courses: who goes in which year."""

from __future__ import annotations

from collections.abc import Sequence

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long
from imc_desktop.usecases.courses import CoursePlanRow, course_plans
from imc_desktop.usecases.plan_office import PaperOffice, block_on_paper, paper_office
from imc_desktop.usecases.printing.common import with_subjects
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 30),
    ListColumn("Организация", 24),
    ListColumn("Должность, предмет", 26),
    ListColumn("Прошлые курсы", 12, "center"),
    ListColumn("Тема", 34),
    ListColumn("Отметка", 12),
)
UNDATED = "Год не выбран"


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    rows = course_plans(store, wish.on)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.id)
    return plan_content(rows, paper_office(store), wish)


def plan_content(rows: Sequence[CoursePlanRow], office: PaperOffice, wish: Wish) -> TableListContent:
    """A group for every year, in its order; the whole plan is a paper to be approved."""
    years: dict[str, list[CoursePlanRow]] = {}
    for row in rows:
        years.setdefault(row.planned_year, []).append(row)
    groups = []
    for year in sorted(years, key=lambda year: year or "9"):
        title = f"{year} год" if year else UNDATED
        groups.append(ListGroup(f"{title} – {len(years[year])}", tuple([_row(row) for row in years[year]])))
    return TableListContent(
        header=office.header,
        approvals=() if wish.selection else tuple(block_on_paper(block) for block in office.list_blocks),
        title=("Перспективный план повышения квалификации", f"на {date_long(wish.on)}", *wish.selection),
        columns=COLUMNS,
        groups=tuple(groups),
        signatures=office.signatures,
    )


def _row(row: CoursePlanRow) -> ListRow:
    post = with_subjects(row.post, row.subjects)
    done = "пройдены" if row.done else ""
    return ListRow(row.id, (row.person, row.organisation, post, row.last_year, row.theme, done), row.person_id)
