"""Methodical work on paper: members of associations, consultations, visited lessons."""

from __future__ import annotations

from collections.abc import Sequence

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.words import date_long, plural, show_date, show_phone
from imc_desktop.usecases.plan_office import paper_office
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
    rows = members(store, wish.on)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.id)
    inside: dict[str, list[MemberRow]] = {}
    for row in rows:
        inside.setdefault(row.group, []).append(row)
    groups = [ListGroup(f"{title} – {len(own)}", tuple([_member(row) for row in own])) for title, own in inside.items()]
    return _list(store, wish, "Состав методических объединений", (MEMBERS, groups), "")


def consultations_content(store: Store, wish: Wish) -> TableListContent:
    """The journal of consultations as it is shown."""
    rows = consultations(store)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.id)
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
    return _list(store, wish, "Журнал консультаций", (CONSULTATIONS, [ListGroup("", lines)]), count)


def visits_content(store: Store, wish: Wish) -> TableListContent:
    """The journal of visited lessons as it is shown."""
    rows = lesson_visits(store)
    if wish.shown is not None:
        rows = wish.shown.of(rows, lambda row: row.id)
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
    return _list(store, wish, "Журнал посещений уроков", (VISITS, [ListGroup("", tuple(lines))]), count)


def _list(
    store: Store, wish: Wish, title: str, told: tuple[tuple[ListColumn, ...], Sequence[ListGroup]], note: str
) -> TableListContent:
    office = paper_office(store)
    columns, groups = told
    return TableListContent(
        header=office.header,
        title=(title, f"на {date_long(wish.on)}", *wish.selection),
        columns=columns,
        groups=tuple(groups),
        signatures=office.signatures,
        note=note,
    )


def _member(row: MemberRow) -> ListRow:
    role = row.role if row.role == HEAD else ""
    cells = (row.person, row.organisation, row.post, role, show_phone(row.phone))
    return ListRow(row.id, cells, row.person_id)
