"""The lists of the tab «Курсы»: who is called, the perspective plan, finished courses."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.courses import CourseDueRow, CoursePlanRow, TrainingRow
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.courses.state import (
    GROUPS,
    document_words,
    done_tone,
    done_words,
    due_tone,
    due_words,
    organisation_words,
    post_words,
    size_words,
)


def due_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """Who is called, by status, with the reason in a few words."""
    columns: list[Column[CourseDueRow]] = [
        Column("person", "ФИО", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0.5),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=26, yields=2),
        Column("post", "Должность, предмет", post_words, weight=1.5, max_chars=34, yields=3),
        Column("due", "Срок", due_words, sort=lambda row: row.due, tone=due_tone, keep=True, weight=0, max_chars=16),
        Column(
            "reason", "Почему", lambda row: row.reason, tone=lambda _: "secondary", weight=2, max_chars=60, yields=1
        ),
    ]
    model: RowsModel[CourseDueRow] = RowsModel(
        columns,
        lambda row: (row.person_id, row.rule_id),
        ctx.theme,
        group=lambda row: GROUPS[row.status],
        parent=parent,
    )
    return Table(model, ctx.theme, ctx.prefs, "courses.due", "Кому пора на курсы")


def plan_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """The perspective plan by years."""
    today = ctx.clock.today()
    columns: list[Column[CoursePlanRow]] = [
        Column("person", "ФИО", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0.5),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=30, yields=1),
        Column("post", "Должность, предмет", post_words, weight=1.5, max_chars=36, yields=2),
        Column("last", "Прошлые курсы", lambda row: row.last_year, weight=0, max_chars=14, yields=3),
        Column("theme", "Тема", lambda row: row.theme, weight=3, max_chars=60),
        Column(
            "done", "Отметка", lambda row: done_words(row, today), tone=lambda row: done_tone(row, today),
            keep=True, weight=0, max_chars=16,
        ),
    ]  # fmt: skip
    model: RowsModel[CoursePlanRow] = RowsModel(
        columns,
        lambda row: row.id,
        ctx.theme,
        group=lambda row: f"{row.planned_year} год" if row.planned_year else "Год не выбран",
        parent=parent,
    )
    return Table(model, ctx.theme, ctx.prefs, "courses.plan", "Перспективный план курсов")


def training_table(ctx: Context, parent: QWidget | None = None) -> Table:
    """Finished courses, the latest first."""
    columns: list[Column[TrainingRow]] = [
        Column("person", "ФИО", lambda row: row.short, sort=lambda row: row.sort_key, keep=True, weight=0.5),
        Column("organisation", "Организация", organisation_words, weight=1, max_chars=24, yields=1),
        Column("finished", "Окончен", lambda row: show_date(row.finished), sort=lambda row: row.finished, weight=0),
        Column("kind", "Вид", lambda row: row.kind, weight=0, min_chars=3, yields=2),
        Column("hours", "Объём", size_words, sort=lambda row: row.hours, align="right", weight=0),
        Column("title", "Программа", lambda row: row.title, weight=3, max_chars=70),
        Column("provider", "Где", lambda row: row.provider, weight=1.5, max_chars=40, yields=3),
        Column("document", "Документ", document_words, weight=1, max_chars=24, yields=4),
    ]
    model: RowsModel[TrainingRow] = RowsModel(columns, lambda row: row.id, ctx.theme, parent=parent)
    return Table(model, ctx.theme, ctx.prefs, "courses.training", "Записи о курсах")
