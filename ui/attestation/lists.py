"""The lists of the tab «Аттестация»: the month, the cases, everybody's terms."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.words import fold
from imc_desktop.usecases.attestation import AttestationDueRow
from imc_desktop.usecases.attestation_calendar import MonthRow
from imc_desktop.usecases.attestation_cases import CaseRow
from ui.attestation.state import (
    GROUPS,
    current_words,
    due_tone,
    due_words,
    month_words,
    organisation_words,
    post_words,
    requested_words,
    state_tone,
    what_words,
)
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context


def month_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """Everybody a month is about."""
    columns: list[Column[MonthRow]] = [
        Column("person", "Педагог", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0),
        Column("what", "Дело", what_words, tone=state_tone, keep=True, weight=0, max_chars=26),
        Column("step", "Ближайший шаг", lambda row: row.step, weight=1, max_chars=44, yields=1),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=20, hidden=True),
    ]
    model: RowsModel[MonthRow] = RowsModel(
        columns, lambda row: row.key, ctx.theme, search=_month_blob, group=lambda row: row.group, parent=parent
    )
    table = Table(model, ctx.theme, ctx.prefs, "attestation.month", "Аттестация месяца")
    table.set_lines(2)
    return table


def case_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """All cases by month."""
    columns: list[Column[CaseRow]] = [
        Column("person", "ФИО", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0.3),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=22, yields=2),
        Column("post", "Должность, предмет", post_words, weight=1.2, max_chars=30, yields=3),
        Column("current", "Имеется", current_words, keep=True, weight=0, max_chars=24, yields=1),
        Column("requested", "На что", requested_words, tone=state_tone, keep=True, weight=0, max_chars=24),
        Column("step", "Ближайший шаг", lambda row: row.step, sort=lambda row: row.step_due, weight=2, max_chars=50),
    ]
    model: RowsModel[CaseRow] = RowsModel(columns, lambda row: row.id, ctx.theme, group=case_group, parent=parent)
    return Table(model, ctx.theme, ctx.prefs, "attestation.cases", "Дела аттестации")


def due_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """Everybody's terms by status."""
    columns: list[Column[AttestationDueRow]] = [
        Column("person", "ФИО", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0.3),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=22, yields=2),
        Column("post", "Должность", lambda row: row.post, weight=1, max_chars=26, yields=3),
        Column("category", "Действует", lambda row: row.category, weight=0.8, max_chars=26, yields=1),
        Column("due", "Срок", due_words, sort=lambda row: row.due, tone=due_tone, keep=True, weight=0, max_chars=18),
        Column(
            "reason", "Почему", lambda row: row.reason, tone=lambda _: "secondary", weight=2.5, max_chars=60, yields=4
        ),
    ]
    model: RowsModel[AttestationDueRow] = RowsModel(
        columns, lambda row: row.key, ctx.theme, group=lambda row: GROUPS[row.status], parent=parent
    )
    return Table(model, ctx.theme, ctx.prefs, "attestation.due", "Сроки аттестации")


def case_group(row: CaseRow) -> str:
    """«Октябрь 2026»."""
    return month_words(row.plan_month).capitalize() if row.plan_month else "Месяц не назначен"


def _month_blob(row: MonthRow) -> str:
    return fold(f"{row.person} {row.organisation} {row.post} {row.what} {row.step}")
