"""Boxes of the tab «Аттестация»: a case with its steps counted as one types, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.attestation_cases import CaseRow, steps_for
from imc_desktop.usecases.attestation_edit import (
    FIT,
    NOT_FIT,
    REFUSED,
    CaseInput,
    ResultInput,
    add_case,
    case_problems,
    categories_of,
    edit_case,
    record_result,
    result_problems,
)
from imc_desktop.usecases.people_choice import people_choices
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context

NOBODY = "Выберите работника из списка: начните писать фамилию."
SZD = CategoryName.SZD.value


class CaseDialog(FormDialog):
    """Who, on what, when; under the form the steps with their last days."""

    help_page = "attestation"

    def __init__(
        self, ctx: Context, given: CaseInput | None = None, case_id: str = "", parent: QWidget | None = None
    ) -> None:
        self._people, self._case_id = people_choices(ctx.store, ctx.clock.today()), case_id
        self._given = given or CaseInput("", "")
        names = [str(name) for name in categories_of(ctx.store, ctx.clock.today())]
        if self._given.requested and self._given.requested not in names:
            names.append(self._given.requested)
        titles = [(name, "соответствие занимаемой должности (СЗД)" if name == SZD else name) for name in names]
        fields = (
            Field("person", "Работник", required=True, suggestions=tuple(self._people), hint="фамилия"),
            Field("requested", "На что", "choice", choices=(("", "выберите"), *titles)),
            Field("post", "Должность", hint="по основному месту работы"),
            Field("month", "Месяц по графику", "date", hint="10.2026"),
            Field("application_date", "Заявление", "date"),
            Field("meeting_date", "Заседание", "date"),
            Field("note", "Примечание"),
        )
        initial = {key: getattr(self._given, key) for key in ("requested", "post", "month", "application_date")}
        initial |= {"meeting_date": self._given.meeting_date, "note": self._given.note}
        initial["person"] = next((line for line, key in self._people.items() if key == self._given.person_id), "")
        title, verb = ("Дело", "Сохранить") if case_id else ("Новое дело", "Открыть дело")
        super().__init__(
            ctx, title, fields, verb=verb, initial=initial, check=self._check_values, deed=self._save, parent=parent
        )
        self.form.editors["person"].setEnabled(not case_id)
        self._title = QLabel("Шаги")
        self._title.setObjectName("section")
        self.steps = QLabel(wordWrap=True)
        self.steps.setAccessibleName("Шаги дела")
        place = self.body.count() - 1
        self.body.insertWidget(place, self.steps)
        self.body.insertWidget(place, self._title)
        self.form.changed.connect(self._show_steps)
        self._show_steps()
        self.fit()
        self.resize(ctx.theme.px(640), self.height() + ctx.theme.px(80))

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, given: CaseInput | None = None, case_id: str = "") -> str:
        """The id of the case opened or changed, "" when nothing was."""
        box = cls(ctx, given, case_id, parent)
        return str(box.result_value) if box.exec() else ""

    @Slot()
    def _show_steps(self) -> None:
        values = self.form.values()
        szd = values["requested"] == SZD
        day = (values["meeting_date"] or values["month"]) if szd else values["application_date"]
        found = steps_for(self.ctx.store, values["requested"], day, self.ctx.clock.today())
        lines = [f"{show_date(step.due)} — {step.title} ({step.unit})" for step in found]
        missing = "Назначьте день заседания" if szd else "Впишите день заявления"
        self.steps.setText("\n".join(lines) if lines else f"{missing} — шаги посчитаются сами.")

    def _input(self, values: Mapping[str, Any]) -> CaseInput:
        given = self._given
        person_id = given.person_id if self._case_id else self._people.get(values["person"], "")
        same = person_id == given.person_id
        return CaseInput(
            person_id=person_id,
            requested=values["requested"],
            post=values["post"],
            subjects=given.subjects if same else "",
            organisation_id=given.organisation_id if same else "",
            current=given.current if same else "",
            current_until=given.current_until if same else "",
            month=values["month"],
            application_date=values["application_date"],
            meeting_date=values["meeting_date"],
            note=values["note"],
        )

    def _check_values(self, values: dict[str, Any]) -> Sequence[Problem]:
        given = self._input(values)
        if not given.person_id:
            return [Problem("person", NOBODY)]
        return case_problems(self.ctx.store, given, self.ctx.clock.today(), self._case_id)

    def _save(self, values: dict[str, Any]) -> str:
        given, today = self._input(values), self.ctx.clock.today()
        if not self._case_id:
            return add_case(self.ctx.store, given, today)
        edit_case(self.ctx.store, self._case_id, given, today)
        return self._case_id


class ResultDialog(FormDialog):
    """How a case ended; what was granted becomes a category of the person."""

    help_page = "attestation"

    def __init__(self, ctx: Context, row: CaseRow, parent: QWidget | None = None) -> None:
        self._row = row
        granted = [(FIT, FIT), (NOT_FIT, NOT_FIT)] if row.szd else [(row.requested, f"установлена: {row.requested}")]
        if not row.szd:
            granted.append((REFUSED, REFUSED))
        fields = (
            Field("granted", "Итог", "choice", choices=tuple(granted)),
            Field("decision_date", "День решения", "date", required=True),
            Field("act_number", "Приказ №"),
            Field("act_date", "Приказ от", "date"),
            Field("issuer", "Кто издал", hint="министерство образования, образовательная организация"),
        )
        initial = {"decision_date": row.meeting_date}
        super().__init__(
            ctx, f"Итог аттестации: {row.short}", fields, verb="Записать итог", initial=initial,
            check=self._check_values, deed=self._save, parent=parent,
        )  # fmt: skip
        editor = self.form.editors["decision_date"]
        if isinstance(editor, QLineEdit) and not row.meeting_date:
            editor.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, row: CaseRow) -> bool:
        """True when a result was recorded."""
        return bool(cls(ctx, row, parent).exec())

    def _check_values(self, values: dict[str, Any]) -> Sequence[Problem]:
        return result_problems(ResultInput(**values), self.ctx.clock.today())

    def _save(self, values: dict[str, Any]) -> None:
        record_result(self.ctx.store, self._row.id, ResultInput(**values), self.ctx.clock.today())
