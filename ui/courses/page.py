"""The tab «Курсы»: who must go and why, the perspective plan, finished courses."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import date_short
from ui.common.empty_state import EmptyState
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.common.kept_icon import KeptIcon
from ui.common.page import Page
from ui.common.segmented import Segmented
from ui.context import Context, MessageAction
from ui.courses.deeds import CourseDeeds
from ui.courses.due_view import DueView
from ui.courses.list_views import NO_COURSES, NO_PLAN, ListView, PlanView, TrainingView
from ui.registry import resolve

DUE, PLAN, DONE = "due", "plan", "done"
PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
NOBODY = (
    "Загрузите списки педагогов и журналы курсов из Excel: здесь станет видно, кому, когда и по какому правилу "
    "пора на курсы."
)
ROOMY = 1000
PRINTED = {DUE: "due-list", PLAN: "course-plan", DONE: "training-list"}
VIEWS = ((DUE, "Кому пора"), (PLAN, "Перспективный план"), (DONE, "Записи о курсах"))


class CoursesPage(Page):
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
        self._of_key: dict[str, DueView | ListView] = {DUE: self.due, PLAN: self.plan, DONE: self.done}
        self._stale = set(self._of_key)
        load = MessageAction("Загрузить из Excel…", self.deeds.import_papers)
        self.plan.set_empty(
            "calendar", "Перспективного плана пока нет", NO_PLAN, (load, MessageAction("Включить в план", self._add))
        )
        self.done.set_empty("school", "Курсов пока нет", NO_COURSES, (load, MessageAction("Записать курс", self._add)))
        self._build_header()
        self._build_body()
        self._connect()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        self.views = Segmented(VIEWS, "Вид курсов")
        self.views.chosen.connect(self._show_view)
        self._search = QStackedWidget()
        for view in self._of_key.values():
            self._search.addWidget(view.filter.search)
        self._search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add = QPushButton("Курс")
        KeptIcon(self.ctx.theme, self.add, "plus", "accent_text")
        self.add.setProperty("primary", True)
        self.add.setToolTip("Записать пройденный курс (Ins)")
        self.add.clicked.connect(self._add)
        self.print = QPushButton("Печать")
        KeptIcon(self.ctx.theme, self.print, "printer")
        self.print.setToolTip("Просмотр и печать списка, PDF, Excel (Ctrl+P)")
        self.print.clicked.connect(self.preview)
        needs(Right.EDIT, self.add)
        needs(Right.PRINT_PEOPLE, self.print)
        self._day = QLabel()
        self._day.setObjectName("secondary")

    def _build_body(self) -> None:
        header = Flow((16, 10, 16, 8))
        header.add(self.views)
        header.add(self._day, self._search, self.add, self.print, end=True)
        self.stack = QStackedWidget()
        for view in self._of_key.values():
            self.stack.addWidget(view)
        actions = (MessageAction("Загрузить из Excel…", self.deeds.import_papers),)
        self.nobody = EmptyState(self.ctx.theme, "school", "Пока некого учить", NOBODY, actions)
        self.stack.addWidget(self.nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self.stack, 1)
        for keys, run in (("Ctrl+P", self.preview), ("Ctrl+N", self._add)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _connect(self) -> None:
        self.due.wantsTraining.connect(self.deeds.edit_training)
        self.due.wantsPlan.connect(self.deeds.plan_person)
        self.due.wantsPerson.connect(self.deeds.open_person)
        plan, done = self.plan.table, self.done.table
        plan.opened.connect(self.deeds.edit_plan)
        plan.requestedEdit.connect(self.deeds.edit_plan)
        plan.requestedNew.connect(self._add)
        plan.requestedDelete.connect(self.deeds.delete_plans)
        done.opened.connect(self.deeds.edit_row)
        done.requestedEdit.connect(self.deeds.edit_row)
        done.requestedNew.connect(self._add)
        done.requestedCopy.connect(self.deeds.copy_row)
        done.requestedDelete.connect(self.deeds.delete_rows)

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._day.setText(f"на {date_short(self.ctx.clock.today())}")
        self._stale = set(self._of_key)
        self._show_view(self.views.key)

    @Slot(str)
    def _show_view(self, key: str) -> None:
        """Only the view that is looked at is read."""
        view = self._of_key[key]
        self._search.setCurrentWidget(view.filter.search)
        self.add.setText("В план" if key == PLAN else "Курс")
        if key in self._stale:
            self._stale.discard(key)
            view.refresh()
        nobody = key == DUE and not view.table.rows.total
        self.stack.setCurrentWidget(self.nobody if nobody else view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a narrow window what is only told gives way to what is pressed."""
        self._day.setVisible(self.width() >= self.ctx.theme.px(ROOMY))

    # --- what others ask ----------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        self._of_key[self.views.key].filter.focus()

    def open_record(self, table: str, key: Any) -> bool:
        if table not in ("training", "course_plan"):
            return False
        self.refresh_if_needed()
        view = DONE if table == "training" else PLAN
        self.views.choose(view)
        self._show_view(view)
        return self._of_key[view].table.choose(str(key))

    @Slot()
    def preview(self) -> None:
        """The list that is shown, as it will be printed."""
        view = self._of_key[self.views.key]
        if view.table.rows.total:
            year = school_year_of(self.ctx.clock.today())
            resolve(PREVIEW)(self, self.ctx, PRINTED[self.views.key], year, shown=view.on_screen())

    @Slot()
    def _add(self) -> None:
        if self.views.key == PLAN:
            self.deeds.add_plan()
        else:
            row = self.due.table.current() if self.views.key == DUE else None
            self.deeds.edit_training(row.person_id if row is not None else "")
