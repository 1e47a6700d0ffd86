"""«Перспективный план» and «Записи о курсах»: one filtered list each."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imc_desktop.usecases.courses import course_plans, trainings
from imc_desktop.usecases.printing.wish import Shown
from ui.common.current_stack import CurrentStack
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import FilterBar
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.courses.lists import plan_table, training_table
from ui.courses.state import organisation_words

NO_PLAN = (
    "Здесь видно, кто в каком году едет на курсы и по какой теме. План приходит из Excel вместе с журналом курсов "
    "или составляется здесь."
)
NO_COURSES = "Здесь все удостоверения и дипломы: программа, часы, сроки, номер. По ним считается, кому пора."


class ListView(QWidget):
    """A list with its filter, or the empty place that stands for it."""

    def __init__(self, ctx: Context, table: Table, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.table = table
        self.filter = FilterBar(table, ctx.theme, hint)
        self._organisation = self.filter.add_choice(
            "organisation", "Организация", lambda row, value: row.organisation_id == value
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.filter.chips, 1)
        line.addWidget(self.filter.counter)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(table, 1)
        self._stack = CurrentStack()
        self._stack.addWidget(listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def set_empty(self, icon: str, title: str, text: str, actions: Sequence[MessageAction]) -> None:
        """What stands here while the list has nothing."""
        self._stack.addWidget(EmptyState(self.ctx.theme, icon, title, text, actions))

    def on_screen(self) -> Shown:
        """What one sees is what one gets on paper."""
        return self.filter.on_screen(attrgetter("id"))

    def refresh(self) -> None:
        """Read what is listed anew."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Any], groups: Sequence[str] = ()) -> None:
        """Fill the list."""
        names = {row.organisation_id: organisation_words(row) for row in rows if row.organisation_id}
        self._organisation.set_options(sorted(names.items(), key=lambda pair: pair[1]))
        self.table.rows.set_rows(rows, groups)
        self._stack.setCurrentIndex(0 if rows or self._stack.count() == 1 else 1)


class PlanView(ListView):
    """Lines of the perspective plan, by years."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, plan_table(ctx), "Фильтр плана", parent)

    def refresh(self) -> None:
        """Read the plan anew."""
        self.show_rows(course_plans(self.ctx.store, self.ctx.clock.today()))


class TrainingView(ListView):
    """All finished courses."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, training_table(ctx), "Фильтр записей", parent)

    def refresh(self) -> None:
        """Read the courses anew."""
        self.show_rows(trainings(self.ctx.store, self.ctx.clock.today()))
