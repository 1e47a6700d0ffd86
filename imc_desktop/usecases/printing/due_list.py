"""Who must go to courses: overdue, this school year, the next one, nothing known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.courses import CourseDueRow, course_rules, due_courses_list, most_urgent
from imc_desktop.usecases.printing.common import dated_list, with_subjects
from imc_desktop.usecases.printing.wish import Wish

R = TypeVar("R", bound=Any)
GROUPS = (
    (DueStatus.OVERDUE, "■ Просрочено"),
    (DueStatus.THIS_YEAR, "▲ В этом учебном году"),
    (DueStatus.NEXT_YEAR, "В следующем учебном году"),
    (DueStatus.NO_DATA, "○ Нет данных о курсах"),
)
CALM = ((DueStatus.DEFERRED, "Отложено"), (DueStatus.LATER, "Срок позже"), (DueStatus.EXEMPT, "Не требуется"))
COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 30),
    ListColumn("Организация", 24),
    ListColumn("Должность, предмет", 26),
    ListColumn("Последние курсы", 14, "center"),
    ListColumn("Срок", 14, "center"),
    ListColumn("Основание", 30),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The rows by status, all of them by the most urgent rule; who is not called stands at the end, when wished for."""
    rows = due_courses_list(store, wish.on)
    rows = most_urgent(rows) if wish.shown is None else wish.shown.of(rows, lambda row: row.key)
    titles = {rule.id: rule.title for rule in course_rules(store, wish.on)}
    groups = by_status(rows, GROUPS if wish.shown is None else (*GROUPS, *CALM), lambda row: _row(row, titles))
    return dated_list(store, wish, "Кому пора на курсы повышения квалификации", COLUMNS, groups)


def by_status(
    rows: Sequence[R], titles: Iterable[tuple[DueStatus, str]], line: Callable[[R], ListRow]
) -> list[ListGroup]:
    """Rows with a ``status`` as groups in the order of the titles; a status nobody has is left out."""
    groups = []
    for status, title in titles:
        own = tuple([line(row) for row in rows if row.status is status])
        if own:
            groups.append(ListGroup(f"{title} – {len(own)}", own))
    return groups


def _row(row: CourseDueRow, titles: dict[str, str]) -> ListRow:
    post = with_subjects(row.post, row.subjects)
    cells = (
        row.person, row.organisation, post, show_date(row.last), show_date(row.due), titles.get(row.rule_id, ""),
    )  # fmt: skip
    return ListRow(row.person_id, cells)
