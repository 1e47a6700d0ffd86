"""Boxes of the plan: an item, a section, a mark, the approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from imc_desktop.domain.dates import school_year_title
from imc_desktop.domain.errors import Problem, Severity
from imc_desktop.domain.plan import Mark, Occurrence
from imc_desktop.domain.words import date_short, plural
from imc_desktop.usecases.plan import ItemInput, ItemView, PlanView, undated_problem
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context

MARK_CHOICES = (
    (Mark.DONE, "исполнено"),
    (Mark.NOT_DONE, "не исполнено"),
    (Mark.MOVED, "перенесено"),
    (Mark.NONE, "снять отметку"),
)

FLAT = ("term", "responsible", "place", "participants", "expected")


class ItemDialog(FormDialog):
    """Title, section, term with its understanding, who answers, where, for whom, with what result."""

    help_page = "plan"

    def __init__(
        self, ctx: Context, plan: PlanView, item: ItemView | None, section_id: str | None, parent: QWidget | None = None
    ) -> None:
        self._year, self._item = plan.year, item
        people = sorted({who for one in plan.items if one.responsible for who in one.people})
        fields = (
            Field("title", "Мероприятие", "multi", required=True),
            Field("section_id", "Раздел", "choice", choices=section_choices(plan)),
            Field("number", "№", hint="дальше по порядку"),
            Field("term", "Срок", hint="III неделя октября · ежеквартально, до 10 числа · по запросу"),
            Field("responsible", "Ответственный", suggestions=tuple(people)),
            Field("place", "Место", suggestions=_known(plan, "place")),
            Field("participants", "Участники", suggestions=_known(plan, "participants")),
            Field("expected", "Ожидаемый результат", suggestions=_known(plan, "expected")),
        )
        initial = {"section_id": section_id} if item is None else _values(item)
        title, verb = ("Новое мероприятие", "Добавить") if item is None else ("Мероприятие", "Сохранить")
        super().__init__(ctx, title, fields, verb=verb, initial=initial, check=self._check_term, parent=parent)
        self.resize(ctx.theme.px(640), self.height())

    def given(self) -> ItemInput:
        """What was entered; lines of a cell that nobody touched stay as they are."""
        values = self.values()
        for key in FLAT if self._item else ():
            written = getattr(self._item, key)
            values[key] = written if values[key] == _flat(written) else values[key]
        return ItemInput(**values, time=self._item.time if self._item else "")

    def _check_term(self, values: dict[str, Any]) -> Sequence[Problem]:
        text = undated_problem(values["term"], self._year)
        return [Problem("term", text, Severity.WARNING)] if text else []

    @classmethod
    def ask(
        cls, parent: QWidget, ctx: Context, plan: PlanView, item: ItemView | None, section_id: str | None
    ) -> ItemInput | None:
        """The item as entered, or None."""
        box = cls(ctx, plan, item, section_id, parent)
        return box.given() if box.exec() else None


class SectionDialog(FormDialog):
    """The title of a section."""

    help_page = "plan"

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, title: str) -> str | None:
        """The title, or None."""
        verb = "Переименовать" if title else "Добавить"
        fields = (Field("title", "Название", required=True, hint="6. Работа с одарёнными детьми"),)
        box = cls(ctx, "Раздел плана", fields, verb=verb, initial={"title": title}, parent=parent)
        return str(box.values()["title"]) if box.exec() else None


class MarkDialog(FormDialog):
    """What became of one time: done, not done and why, moved to which day."""

    help_page = "plan"

    def __init__(self, ctx: Context, item: ItemView, day: str, parent: QWidget | None = None) -> None:
        times = tuple((one.first.isoformat(), _when(one)) for one in item.occurrences)
        fields = [Field("mark", "Отметка", "choice", choices=MARK_CHOICES)]
        if len(times) > 1:
            fields.insert(0, Field("day", "Который раз", "choice", choices=times))
        fields.append(Field("moved_to", "Перенесено на", "date"))
        fields.append(Field("note", "Примечание", hint="почему, чем подтверждено"))
        self._day = day
        initial = _mark_values(item, day)
        super().__init__(ctx, "Отметка о выполнении", fields, verb="Отметить", initial=initial, parent=parent)
        title = QLabel(item.title, wordWrap=True)
        title.setObjectName("section")
        self.body.insertWidget(0, title)
        self.fit()

    def given(self) -> tuple[str, Mark, str, str]:
        """Day, mark, note, the day it moved to."""
        values = self.values()
        return values.get("day", self._day), Mark(values["mark"]), values["note"], values["moved_to"]

    def problems(self) -> Sequence[Problem]:
        values = self.values()
        if values["mark"] == Mark.MOVED and not values["moved_to"]:
            return [*super().problems(), Problem("moved_to", "На какой день перенесено?")]
        return super().problems()

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, item: ItemView, day: str) -> tuple[str, Mark, str, str] | None:
        """The mark as entered, or None."""
        box = cls(ctx, item, day, parent)
        return box.given() if box.exec() else None


class TextsDialog(FormDialog):
    """The text before the table: theme, analysis, goals, tasks; each line is a paragraph."""

    help_page = "plan"

    def __init__(self, ctx: Context, plan: PlanView, parent: QWidget | None = None) -> None:
        fields = (
            Field("theme", "Методическая тема"),
            Field("analysis", "Анализ прошедшего года", "multi", hint="Каждая строка — абзац"),
            Field("goals", "Цель", "multi"),
            Field("tasks", "Задачи", "multi", hint="1. Первая задача"),
        )
        super().__init__(ctx, "Текстовая часть плана", fields, initial=plan.texts, parent=parent)
        self.form.editors["analysis"].setFixedHeight(ctx.theme.px(180))
        self.resize(ctx.theme.px(720), self.height() + ctx.theme.px(110))

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, plan: PlanView) -> dict[str, str] | None:
        """The texts, or None."""
        box = cls(ctx, plan, parent)
        return box.values() if box.exec() else None


class ApproveDialog(FormDialog):
    """Numbers and days of the approval; what is left blank prints as a line to fill in."""

    help_page = "plan"

    def __init__(self, ctx: Context, plan: PlanView, findings: int, parent: QWidget | None = None) -> None:
        fields = (
            Field("approved_date", "Дата утверждения", "date"),
            Field("order", "Приказ №"),
            Field("order_date", "Приказ от", "date"),
            Field("protocol", "Протокол №"),
            Field("protocol_date", "Протокол от", "date"),
        )
        title = f"Утвердить план на {school_year_title(plan.year)} учебный год"
        super().__init__(ctx, title, fields, verb="Утвердить", parent=parent)
        self.verb.setDefault(False)  # cannot be undone: Enter in a field is not enough
        self.verb.setAutoDefault(False)
        text = (
            "Утверждённый план больше не меняется: его текст и страницы сохраняются и через годы печатаются такими же. "
            "Отметки о выполнении ставить можно. Отменить утверждение нельзя.\n\n"
            "Пустые поля напечатаются строками для заполнения от руки."
        )
        told = QLabel(text, wordWrap=True)
        self.body.insertWidget(0, told)
        if findings:
            words = plural(findings, "замечание", "замечания", "замечаний")
            warning = QLabel(f"▲ Перед печатью осталось {findings} {words}: см. «Готово к печати?».", wordWrap=True)
            warning.setObjectName("problem")
            self.body.insertWidget(1, warning)
        self.resize(ctx.theme.px(600), self.height() + ctx.theme.px(90))

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, plan: PlanView, findings: int) -> dict[str, str] | None:
        """Keywords of ``plan.approve``, or None."""
        box = cls(ctx, plan, findings, parent)
        return box.values() if box.exec() else None


def section_choices(plan: PlanView) -> tuple[tuple[str | None, str], ...]:
    """Sections to choose from; subsections moved in."""
    found = tuple((one.id, f"   {one.title}" if one.parent_id else one.title) for one in plan.sections)
    return found if all(item.section_id for item in plan.items) and found else ((None, "Без раздела"), *found)


def _known(plan: PlanView, field: str) -> tuple[str, ...]:
    return tuple(sorted({text for item in plan.items if (text := getattr(item, field))}))


def _values(item: ItemView) -> dict[str, Any]:
    flat = {key: _flat(getattr(item, key)) for key in FLAT}
    return {"title": item.title, "section_id": item.section_id, "number": item.number, **flat}


def _mark_values(item: ItemView, day: str) -> dict[str, Any]:
    one = next((one for one in item.occurrences if one.first.isoformat() == day), None)
    if one is None or not one.mark:
        return {"day": day, "mark": Mark.DONE}
    return {"day": day, "mark": one.mark, "moved_to": one.moved_to, "note": one.note}


def _when(one: Occurrence) -> str:
    shown = date_short(one.first)
    return shown if one.first == one.last else f"{shown} – {date_short(one.last)}"


def _flat(text: str) -> str:
    """The lines of a cell in one line, as a field shows them."""
    return ", ".join(part.strip().rstrip(",;") for part in text.splitlines() if part.strip())
