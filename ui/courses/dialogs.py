"""Boxes of the tab «Курсы»: a finished course, a line of the perspective plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.kinds import TRAINING_TITLES
from imc_desktop.usecases.course_edit import (
    CoursePlanInput,
    add_course_plan,
    add_training,
    edit_course_plan,
    edit_training,
    known_titles,
    training_problems,
)
from imc_desktop.usecases.people_choice import people_choices
from imc_desktop.usecases.staff_input import TrainingInput
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context

KINDS = tuple((kind.value, title) for kind, title in TRAINING_TITLES.items())
NOBODY = "Выберите работника из списка: начните писать фамилию."


class TrainingDialog(FormDialog):
    """Who, what, where, how many hours, when; the deed is done by the box itself."""

    help_page = "courses"

    def __init__(
        self,
        ctx: Context,
        person_id: str = "",
        training_id: str = "",
        initial: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._people = people_choices(ctx.store, ctx.clock.today())
        self._training_id, self._person_id = training_id, person_id
        titles, providers = known_titles(ctx.store)
        fields = (
            Field("person", "Работник", required=True, suggestions=tuple(self._people), hint="фамилия"),
            Field("title", "Программа", required=True, suggestions=tuple(titles)),
            Field("kind", "Вид", "choice", choices=KINDS),
            Field("hours", "Объём, ч", "number"),
            Field("starts", "Начат", "date"),
            Field("ends", "Окончен", "date"),
            Field("provider", "Где", suggestions=tuple(providers)),
            Field("document_number", "Документ №"),
            Field("document_date", "Документ выдан", "date"),
            Field("registration_number", "Регистрационный №"),
            Field("distance", "Дистанционно", "check"),
        )
        title, verb = ("Курс", "Сохранить") if training_id else ("Новый курс", "Добавить")
        super().__init__(
            ctx, title, fields, verb=verb,
            initial={"person": line_of(self._people, person_id), **(initial or {})},
            check=self._check_values, deed=self._save, parent=parent,
        )  # fmt: skip
        self.form.editors["person"].setEnabled(not training_id)
        if person_id:
            self.form.editors["title"].setFocus()
        self.resize(ctx.theme.px(620), self.height())

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        ctx: Context,
        person_id: str = "",
        training_id: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> str:
        """The id of the course added or changed, "" when nothing was."""
        box = cls(ctx, person_id, training_id, initial, parent)
        return str(box.result_value) if box.exec() else ""

    def _given(self, values: Mapping[str, Any]) -> tuple[str, TrainingInput]:
        person_id = self._person_id if self._training_id else self._people.get(values["person"], "")
        return person_id, TrainingInput(**{key: value for key, value in values.items() if key != "person"})

    def _check_values(self, values: dict[str, Any]) -> Sequence[Problem]:
        person_id, given = self._given(values)
        if not person_id:
            return [Problem("person", NOBODY)]
        return training_problems(self.ctx.store, person_id, given, self.ctx.clock.today(), self._training_id)

    def _save(self, values: dict[str, Any]) -> str:
        person_id, given = self._given(values)
        if not self._training_id:
            return add_training(self.ctx.store, person_id, given, self.ctx.clock.today())
        edit_training(self.ctx.store, self._training_id, given, self.ctx.clock.today())
        return self._training_id


class CoursePlanDialog(FormDialog):
    """Who is to study in which year, and what."""

    help_page = "courses"

    def __init__(
        self,
        ctx: Context,
        given: CoursePlanInput | None = None,
        plan_id: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._people, self._plan_id = people_choices(ctx.store, ctx.clock.today()), plan_id
        self._person_id = given.person_id if given else ""
        year = ctx.clock.today().year
        fields = (
            Field("person", "Работник", required=True, suggestions=tuple(self._people), hint="фамилия"),
            Field("planned_year", "Год", required=True, suggestions=tuple(str(year + n) for n in range(6))),
            Field("theme", "Тема", suggestions=tuple(known_titles(ctx.store)[0])),
            Field("last_year", "Прошлые курсы, год"),
        )
        initial = {"planned_year": str(year + 1)}
        if given:
            initial = {
                "person": line_of(self._people, given.person_id), "planned_year": given.planned_year or str(year + 1),
                "theme": given.theme, "last_year": given.last_year,
            }  # fmt: skip
        verb = "Сохранить" if plan_id else "Включить в план"
        super().__init__(
            ctx, "Перспективный план", fields, verb=verb, initial=initial, check=self._check_values, deed=self._save,
            parent=parent,
        )  # fmt: skip
        self.form.editors["person"].setEnabled(not plan_id)

    @classmethod
    def ask(cls, parent: QWidget, ctx: Context, given: CoursePlanInput | None = None, plan_id: str = "") -> str:
        """The id of the line added or changed, "" when nothing was."""
        box = cls(ctx, given, plan_id, parent)
        return str(box.result_value) if box.exec() else ""

    def _who(self, values: Mapping[str, Any]) -> str:
        return self._person_id if self._plan_id else self._people.get(values["person"], "")

    def _check_values(self, values: dict[str, Any]) -> Sequence[Problem]:
        return [] if self._who(values) else [Problem("person", NOBODY)]

    def _save(self, values: dict[str, Any]) -> str:
        given = CoursePlanInput(self._who(values), values["planned_year"], values["theme"], values["last_year"])
        if not self._plan_id:
            return add_course_plan(self.ctx.store, given)
        edit_course_plan(self.ctx.store, self._plan_id, given)
        return self._plan_id


def line_of(people: Mapping[str, str], person_id: str) -> str:
    """The line that stands for a person, "" when there is none."""
    return next((line for line, key in people.items() if key == person_id), "")
