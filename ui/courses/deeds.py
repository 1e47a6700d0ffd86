"""What a person does on the tab «Курсы»: asks by a box, acts by a use case, tells in the strip."""

from __future__ import annotations

import dataclasses
from functools import partial

from PySide6.QtWidgets import QWidget

from imc_desktop.domain.words import plural
from imc_desktop.usecases.course_edit import CoursePlanInput, delete_course_plans, delete_trainings, training_input
from imc_desktop.usecases.courses import CourseDueRow, CoursePlanRow, TrainingRow
from ui.context import Context, MessageAction
from ui.courses.dialogs import CoursePlanDialog, TrainingDialog
from ui.errors import FAILED


class CourseDeeds:
    """Rows of any view will do: they know their own people."""

    def __init__(self, owner: QWidget, ctx: Context) -> None:
        self._owner, self._ctx = owner, ctx

    # --- courses ------------------------------------------------------------------------------------------------------

    def edit_training(self, person_id: str, training_id: str = "") -> None:
        """The box of a course: an empty id makes a new one."""
        if not training_id:
            TrainingDialog.ask(self._owner, self._ctx, person_id)
            return
        found = self._ctx.attempt(partial(training_input, self._ctx.store, training_id))
        if found is not FAILED:
            owner, given = found
            TrainingDialog.ask(self._owner, self._ctx, owner, training_id, dataclasses.asdict(given))

    def edit_row(self, row: TrainingRow) -> None:
        """F2 or Enter on a finished course."""
        self.edit_training(row.person_id, row.id)

    def copy_row(self, row: TrainingRow) -> None:
        """F9: the same programme for somebody else."""
        found = self._ctx.attempt(partial(training_input, self._ctx.store, row.id))
        if found is not FAILED:
            values = dataclasses.asdict(found[1]) | {"document_number": "", "registration_number": ""}
            TrainingDialog.ask(self._owner, self._ctx, "", "", values)

    def delete_rows(self, rows: list[TrainingRow]) -> None:
        """Courses go without a question; the strip offers the way back."""
        ids = [row.id for row in rows]
        if self._ctx.attempt(partial(delete_trainings, self._ctx.store, ids)) is not FAILED:
            self._offer_back(f"Удалено: {len(ids)} {plural(len(ids), 'курс', 'курса', 'курсов')}.")

    # --- the perspective plan -----------------------------------------------------------------------------------------

    def add_plan(self) -> None:
        """A new line of the plan."""
        CoursePlanDialog.ask(self._owner, self._ctx)

    def plan_person(self, row: CourseDueRow) -> None:
        """Plan somebody who is called, for the year of the term where it lies ahead."""
        year = row.due[:4] if row.due > self._ctx.clock.today().isoformat() else ""
        CoursePlanDialog.ask(self._owner, self._ctx, CoursePlanInput(row.person_id, year, "", row.last[:4]))

    def edit_plan(self, row: CoursePlanRow) -> None:
        """F2 or Enter on a line of the plan."""
        given = CoursePlanInput(row.person_id, row.planned_year, row.theme, row.last_year)
        CoursePlanDialog.ask(self._owner, self._ctx, given, row.id)

    def delete_plans(self, rows: list[CoursePlanRow]) -> None:
        """Lines go without a question; the strip offers the way back."""
        ids = [row.id for row in rows]
        if self._ctx.attempt(partial(delete_course_plans, self._ctx.store, ids)) is not FAILED:
            self._offer_back(f"Убрано из плана: {len(ids)} {plural(len(ids), 'строка', 'строки', 'строк')}.")

    # --- ways to other places -----------------------------------------------------------------------------------------

    def open_person(self, person_id: str) -> None:
        """The card of the person in «Кадры», where this window has that tab."""
        opened = getattr(self._owner.window(), "open_record", None)
        if opened is not None:
            opened("person", person_id)

    def import_papers(self) -> None:
        """The window's own import, if this window has one."""
        action = getattr(self._owner.window(), "actions_by_key", {}).get("import")
        if action is not None:
            action.trigger()

    def _offer_back(self, text: str) -> None:
        self._ctx.tell(text, "info", MessageAction("Вернуть", self._ctx.undo))
