"""Who must go to courses: overdue, this school year, the next one, nothing known."""

from __future__ import annotations

from collections.abc import Sequence

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.words import date_long, show_date
from imc_desktop.usecases.courses import CourseDueRow, RuleChip, course_rules, due_courses_list, most_urgent
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.common import with_subjects
from imc_desktop.usecases.printing.wish import Wish

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
    """The list as it is wished for."""
    rows = due_courses_list(store, wish.on)
    shown = most_urgent(rows) if wish.shown is None else wish.shown.of(rows, lambda row: row.key)
    return due_content(shown, course_rules(store, wish.on), paper_office(store), wish)


def due_content(
    rows: Sequence[CourseDueRow], rules: Sequence[RuleChip], office: PaperOffice, wish: Wish
) -> TableListContent:
    """The rows by their status; statuses that nobody is called by stand at the end, when they are wished for."""
    titles = {rule.id: rule.title for rule in rules}
    groups = []
    for status, title in GROUPS if wish.shown is None else (*GROUPS, *CALM):
        own = tuple([_row(row, titles) for row in rows if row.status is status])
        if own:
            groups.append(ListGroup(f"{title} – {len(own)}", own))
    return TableListContent(
        header=office.header,
        title=("Кому пора на курсы повышения квалификации", f"на {date_long(wish.on)}", *wish.selection),
        columns=COLUMNS,
        groups=tuple(groups),
        signatures=office.signatures,
    )


def _row(row: CourseDueRow, titles: dict[str, str]) -> ListRow:
    post = with_subjects(row.post, row.subjects)
    cells = (
        row.person, row.organisation, post, show_date(row.last), show_date(row.due), titles.get(row.rule_id, ""),
    )  # fmt: skip
    return ListRow(row.person_id, cells)
