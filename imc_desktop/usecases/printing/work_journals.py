"""Methodical work on paper: members of associations, consultations, visited lessons."""

from __future__ import annotations

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import plural, show_date, show_phone
from imc_desktop.usecases.printing.common import dated_list
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.work import HEAD, MemberRow, consultations, lesson_visits, members

MEMBERS = (
    ListColumn("Фамилия, имя, отчество", 34),
    ListColumn("Организация", 30),
    ListColumn("Должность", 26),
    ListColumn("Роль", 16),
    ListColumn("Телефон", 16),
)
CONSULTATIONS = (
    ListColumn("Дата", 12, "center"),
    ListColumn("Кто обратился", 28),
    ListColumn("Организация", 24),
    ListColumn("Тема", 44),
    ListColumn("Форма", 16),
    ListColumn("Методист", 18),
)
VISITS = (
    ListColumn("Дата", 15, "center"),
    ListColumn("Учитель", 26),
    ListColumn("Организация", 22),
    ListColumn("Предмет, класс", 18),
    ListColumn("Тема урока", 30),
    ListColumn("Цель", 22),
    ListColumn("Итог", 30),
    ListColumn("Посетил", 16),
)


def members_content(store: Store, wish: Wish) -> TableListContent:
    """Associations with their members, heads first."""
    rows = wish.picked(members(store, wish.on), lambda row: row.id)
    inside: dict[str, list[MemberRow]] = {}
    for row in rows:
        inside.setdefault(row.group, []).append(row)
    groups = [ListGroup(f"{title} – {len(own)}", tuple([_member(row) for row in own])) for title, own in inside.items()]
    return dated_list(store, wish, "Состав методических объединений", MEMBERS, groups)


def consultations_content(store: Store, wish: Wish) -> TableListContent:
    """The journal of consultations as it is shown."""
    rows = wish.picked(consultations(store), lambda row: row.id)
    lines = tuple(
        [
            ListRow(
                row.id,
                (show_date(row.day), row.person, row.organisation, row.topic, row.form, row.methodist),
                row.person_id,
            )
            for row in rows
        ]
    )
    count = f"Всего: {len(rows)} {plural(len(rows), 'консультация', 'консультации', 'консультаций')}"
    return dated_list(store, wish, "Журнал консультаций", CONSULTATIONS, [ListGroup("", lines)], note=count)


def visits_content(store: Store, wish: Wish) -> TableListContent:
    """The journal of visited lessons as it is shown."""
    rows = wish.picked(lesson_visits(store), lambda row: row.id)
    lines = []
    for row in rows:
        lesson = ", ".join(part for part in (row.subject, row.klass) if part)
        lines.append(
            ListRow(
                row.id,
                (
                    show_date(row.day), row.person, row.organisation, lesson, row.topic, row.purpose, row.analysis,
                    row.visitor,
                ),
                row.person_id,
            )
        )  # fmt: skip
    count = f"Всего: {len(rows)} {plural(len(rows), 'урок', 'урока', 'уроков')}"
    return dated_list(store, wish, "Журнал посещений уроков", VISITS, [ListGroup("", tuple(lines))], note=count)


def _member(row: MemberRow) -> ListRow:
    role = row.role if row.role == HEAD else ""
    cells = (row.person, row.organisation, row.post, role, show_phone(row.phone))
    return ListRow(row.id, cells, row.person_id)
