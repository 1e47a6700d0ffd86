"""The perspective plan of courses: who goes in which year."""

from __future__ import annotations

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.usecases.courses import CoursePlanRow, course_plans
from imc_desktop.usecases.printing.common import dated_list, with_subjects
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
    """A group for every year, in its order; the whole plan is a paper to be approved."""
    years: dict[str, list[CoursePlanRow]] = {}
    for row in wish.picked(course_plans(store, wish.on), lambda row: row.id):
        years.setdefault(row.planned_year, []).append(row)
    groups = []
    for year in sorted(years, key=lambda year: year or "9"):
        title = f"{year} год" if year else UNDATED
        groups.append(ListGroup(f"{title} – {len(years[year])}", tuple([_row(row) for row in years[year]])))
    return dated_list(
        store, wish, "Перспективный план повышения квалификации", COLUMNS, groups, to_approve=not wish.selection
    )


def _row(row: CoursePlanRow) -> ListRow:
    post = with_subjects(row.post, row.subjects)
    done = "пройдены" if row.done else ""
    return ListRow(row.id, (row.person, row.organisation, post, row.last_year, row.theme, done), row.person_id)
