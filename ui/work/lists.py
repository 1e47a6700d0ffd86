"""The lists of the tab «Методработа»: columns of members, consultations and visited lessons."""

from __future__ import annotations

from typing import Any

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.staff_values import brief_organisation, brief_post
from imc_desktop.usecases.work import HEAD, ConsultationRow, MemberRow, VisitRow
from ui.common.rows_model import Column, RowsModel
from ui.common.table import Table
from ui.context import Context

UNSURE = "○ "


def member_columns() -> tuple[Column[MemberRow], ...]:
    """Members stand under their association, so it is no column."""
    return (
        Column("name", "ФИО", lambda row: row.person, sort=lambda row: row.sort_key, min_chars=18, keep=True),
        Column("role", "Роль", _role, tone=_role_tone, weight=0.4),
        Column("organisation", "Организация", lambda row: brief_organisation(row.organisation), weight=1.2),
        Column("post", "Должность", lambda row: brief_post(row.post)),
        Column("phone", "Телефон", lambda row: row.phone, hidden=True),
    )


def consultation_columns() -> tuple[Column[ConsultationRow], ...]:
    """What was asked, in which form, who answered."""
    return (
        Column("day", "Дата", _day, sort=lambda row: row.day, weight=0, keep=True),
        Column("name", "Кто", _who, tone=_who_tone, min_chars=16, keep=True),
        Column("organisation", "Организация", lambda row: brief_organisation(row.organisation), yields=2),
        Column("topic", "Тема", lambda row: row.topic, weight=2, max_chars=60),
        Column("form", "Форма", lambda row: row.form, weight=0.6, yields=3),
        Column("methodist", "Методист", lambda row: row.methodist, weight=0.5, yields=1),
    )


def visit_columns() -> tuple[Column[VisitRow], ...]:
    """Whose lesson, about what, why, and what came of it."""
    return (
        Column("day", "Дата", _day, sort=lambda row: row.day, weight=0, keep=True),
        Column("name", "Кто", _who, tone=_who_tone, min_chars=16, keep=True),
        Column("organisation", "Организация", lambda row: brief_organisation(row.organisation), yields=2),
        Column("subject", "Предмет", lambda row: row.subject, yields=1),
        Column("klass", "Класс", lambda row: row.klass, weight=0.2, yields=3),
        Column("topic", "Тема", lambda row: row.topic, weight=1.5, max_chars=60),
        Column("purpose", "Цель", lambda row: row.purpose, yields=4),
        Column("analysis", "Итог", lambda row: row.analysis, weight=1.2),
        Column("visitor", "Посетил", lambda row: row.visitor, hidden=True),
    )


def members_table(ctx: Context) -> Table:
    """Members by association."""
    model: RowsModel[MemberRow] = RowsModel(
        member_columns(), _key, ctx.theme, search=lambda row: row.search, group=lambda row: row.group
    )
    return Table(model, ctx.theme, ctx.prefs, "work.members", "Состав методических объединений")


def consultations_table(ctx: Context) -> Table:
    """The journal of consultations."""
    model: RowsModel[ConsultationRow] = RowsModel(
        consultation_columns(), _key, ctx.theme, search=lambda row: row.search
    )
    return Table(model, ctx.theme, ctx.prefs, "work.consultations", "Журнал консультаций")


def visits_table(ctx: Context) -> Table:
    """The journal of visited lessons."""
    model: RowsModel[VisitRow] = RowsModel(visit_columns(), _key, ctx.theme, search=lambda row: row.search)
    return Table(model, ctx.theme, ctx.prefs, "work.visits", "Журнал посещений уроков")


def _key(row: Any) -> str:
    return str(row.id)


def _day(row: Any) -> str:
    return show_date(row.day) if row.day else "без даты"


def _role(row: MemberRow) -> str:
    return row.role if row.role == HEAD else ""


def _role_tone(_row: MemberRow) -> str:
    return "accent"


def _who(row: Any) -> str:
    return str(row.person) if row.person_id else f"{UNSURE}{row.person}"


def _who_tone(row: Any) -> str:
    return "text" if row.person_id else "secondary"
