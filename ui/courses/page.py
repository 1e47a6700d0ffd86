"""The tab «Курсы»: who must go and why, the perspective plan, finished courses."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from imc_desktop.domain.dates import school_year_of
from ui.common.empty_state import EmptyState
from ui.common.views_page import Heading, ViewsPage
from ui.context import Context, MessageAction
from ui.courses.deeds import CourseDeeds
from ui.courses.due_view import DueView
from ui.courses.list_views import NO_COURSES, NO_PLAN, PlanView, TrainingView
from ui.registry import resolve

DUE, PLAN, DONE = "due", "plan", "done"
PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
PRINTED = {DUE: "due-list", PLAN: "course-plan", DONE: "training-list"}
NOBODY = (
    "Загрузите списки педагогов и журналы курсов из Excel: здесь станет видно, кому, когда и по какому правилу "
    "пора на курсы."
)
HEADING = Heading(
    ((DUE, "Кому пора"), (PLAN, "Перспективный план"), (DONE, "Записи о курсах")),
    "Вид курсов", "Курс", "Записать пройденный курс (Ins)", "Просмотр и печать того, что открыто, PDF, Excel (Ctrl+P)",
)  # fmt: skip


class CoursesPage(ViewsPage):
    """Three views of one matter; a change of anything they rest on is seen at once."""

    title: ClassVar[str] = "Курсы"
    icon: ClassVar[str] = "school"
    watches: ClassVar[frozenset[str]] = frozenset(
        {"training", "course_plan", "person", "employment", "organisation", "office", "rule_edition"}
    )

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.deeds = CourseDeeds(self, ctx)
        self.due, self.plan, self.done = DueView(ctx), PlanView(ctx), TrainingView(ctx)
        load = MessageAction("Загрузить из Excel…", self.deeds.import_papers)
        self.plan.set_empty(
            "calendar", "Перспективного плана пока нет", NO_PLAN, (load, MessageAction("Включить в план", self.add_one))
        )
        self.done.set_empty(
            "school", "Курсов пока нет", NO_COURSES, (load, MessageAction("Записать курс", self.add_one))
        )
        nobody = EmptyState(ctx.theme, "school", "Пока некого учить", NOBODY, (load,))
        self.build({DUE: self.due, PLAN: self.plan, DONE: self.done}, HEADING, nobody)
        self._connect()

    def _connect(self) -> None:
        self.due.wantsTraining.connect(self.deeds.edit_training)
        self.due.wantsPlan.connect(self.deeds.plan_person)
        self.due.wantsPerson.connect(self.deeds.open_person)
        plan, done = self.plan.table, self.done.table
        plan.opened.connect(self.deeds.edit_plan)
        plan.requestedEdit.connect(self.deeds.edit_plan)
        plan.requestedNew.connect(self.add_one)
        plan.requestedDelete.connect(self.deeds.delete_plans)
        done.opened.connect(self.deeds.edit_row)
        done.requestedEdit.connect(self.deeds.edit_row)
        done.requestedNew.connect(self.add_one)
        done.requestedCopy.connect(self.deeds.copy_row)
        done.requestedDelete.connect(self.deeds.delete_rows)

    # --- the shape of such a tab --------------------------------------------------------------------------------------

    def nothing_in(self, key: str) -> bool:
        return key == DUE and not self.due.table.rows.total

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Look at a view; the verb is that of the view."""
        super().show_view(key)
        self.add.setText("В план" if key == PLAN else "Курс")

    @Slot()
    def preview(self) -> None:
        """The list that is shown, as it will be printed."""
        view = self.of_key[self.views.key]
        if view.table.rows.total:
            year = school_year_of(self.ctx.clock.today())
            resolve(PREVIEW)(self, self.ctx, PRINTED[self.views.key], year, shown=view.on_screen)

    @Slot()
    def add_one(self) -> None:
        """A course, or a line of the perspective plan."""
        if self.views.key == PLAN:
            self.deeds.add_plan()
        else:
            row = self.due.table.current() if self.views.key == DUE else None
            self.deeds.edit_training(row.person_id if row is not None else "")

    def open_record(self, table: str, key: Any) -> bool:
        views = {"training": DONE, "course_plan": PLAN}
        return table in views and self.choose_in(views[table], key)
