"""The tab «План»: one plan in four views, marks, what stands in the way of printing, approval, preview."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.errors import Problem
from imc_desktop.usecases import plan
from ui.common.current_stack import CurrentStack
from ui.common.filter_bar import FilterBar
from ui.common.page import Page
from ui.context import Context
from ui.plan.cyclogram_grid import CyclogramGrid
from ui.plan.deeds import PlanDeeds
from ui.plan.header import PlanHeader
from ui.plan.lists import PlanTable, people_table, plan_table
from ui.plan.menus import empty_cyclogram, empty_plan, open_item_menu, plan_menu
from ui.plan.month_view import MonthView
from ui.plan.state import is_long, people_lines, table_lines
from ui.preview.findings import FindingsPanel
from ui.registry import resolve

PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
ROOMY = 1240


class PlanPage(Page):
    """Reads the plan of one school year; every view shows the same items."""

    title: ClassVar[str] = "План"
    icon: ClassVar[str] = "clipboard-list"
    watches: ClassVar[frozenset[str]] = frozenset(
        {"plan", "plan_section", "plan_item", "plan_occurrence", "approval", "issued_document", "office"}
    )

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.year: int = school_year_of(ctx.clock.today())
        self.plan: plan.PlanView | None = None
        self.findings: list[Problem] = []
        self._tight = False
        self.deeds = PlanDeeds(self, ctx)
        self.table, self.people = plan_table(ctx), people_table(ctx)
        self.month = MonthView(ctx)
        self.grid = CyclogramGrid(ctx.theme)
        self.filters = {
            "table": FilterBar(self.table, ctx.theme, "Фильтр плана"),
            "people": FilterBar(self.people, ctx.theme, "Фильтр по ответственным"),
            "month": self.month.filter,
        }
        self._build_header()
        self._build_views()
        for table in (self.table, self.people, self.month.table):
            self._connect(table)
        for keys, run in (("Ctrl+P", self.preview), ("Ctrl+N", self._add)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        self._search = QStackedWidget()
        for bar in self.filters.values():
            self._search.addWidget(bar.search)
        self._search.setSizePolicy(self._search.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
        menu = plan_menu(self, self.deeds, self.table.current, self._next_year)
        self.header = PlanHeader(self.ctx.theme, self._search, [bar.search for bar in self.filters.values()], menu)
        self.header.yearChosen.connect(self.show_year)
        self.header.viewChosen.connect(self._show_view)
        self.header.requestedAdd.connect(self._add)
        self.header.requestedCheck.connect(self._toggle_findings)
        self.header.requestedPrint.connect(self.preview)
        self.header.requestedApprove.connect(self._approve)

    def _build_views(self) -> None:
        self.panel = FindingsPanel(self.ctx.theme)
        self.panel.chosen.connect(self.go_to)
        self.panel.closed.connect(self._toggle_findings)
        self.panel.hide()
        self.grid.chosenMonth.connect(self._open_month)
        self._empty = empty_plan(self.ctx.theme, self.deeds, self.year, False, self._import)
        self._no_cyclogram = empty_cyclogram(self.ctx.theme, self._import)
        self.views = CurrentStack()
        for widget in (self.table, self.month, self.grid, self.people, self._empty, self._no_cyclogram):
            self.views.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.views, 1)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    def _connect(self, table: PlanTable) -> None:
        table.opened.connect(self.deeds.edit)
        table.requestedEdit.connect(self.deeds.edit)
        table.requestedNew.connect(self._add)
        table.requestedCopy.connect(self.deeds.copy)
        table.requestedDelete.connect(self.deeds.delete)
        table.requestedMark.connect(self.deeds.mark)
        table.requestedMove.connect(self.deeds.move)
        table.customContextMenuRequested.connect(partial(open_item_menu, table, self.deeds))

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        today, store = self.ctx.clock.today(), self.ctx.store
        years = {year.year for year in plan.plan_years(store)} | {self.year, school_year_of(today)}
        self.header.show_years(sorted(years, reverse=True), self.year)
        self.plan = self.deeds.view = plan.plan_rows(store, self.year, today)
        open_plan = self.plan is not None and not self.plan.approved
        self.findings = plan.readiness(store, self.plan.id, today) if self.plan is not None and open_plan else []
        self.header.show_plan(self.plan, len(self.findings))
        self.panel.show_problems(self.findings)
        if self.plan is not None:
            self.table.rows.set_rows(table_lines(self.plan))
            lines = people_lines(self.plan)
            self.people.rows.set_rows(lines, sorted({line.group for line in lines}))
        self._set_lines()
        self.month.show_year(self.year)
        self._show_view()

    @Slot()
    def _show_view(self) -> None:
        """The chosen view, or the empty place that stands for it."""
        key = self.header.views.key
        if key in self.filters:
            self._search.setCurrentWidget(self.filters[key].search)
        self._search.setEnabled(self.plan is not None and key in self.filters)
        if self.plan is None:
            self._show_empty()
        elif key == "cyclogram":
            today = self.ctx.clock.today()
            events = plan.cyclogram(self.ctx.store, self.year, today)
            if events is not None:
                self.grid.show_plan(events, today)
            self.views.setCurrentWidget(self._no_cyclogram if events is None else self.grid)
        else:
            self.views.setCurrentWidget({"month": self.month, "people": self.people}.get(key, self.table))

    def _show_empty(self) -> None:
        last = any(year.year == self.year - 1 and year.annual for year in plan.plan_years(self.ctx.store))
        old, self._empty = self._empty, empty_plan(self.ctx.theme, self.deeds, self.year, last, self._import)
        self.views.addWidget(self._empty)
        self.views.setCurrentWidget(self._empty)
        self.views.removeWidget(old)
        old.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_lines()

    # --- what others ask ----------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        if self.header.views.key in self.filters:
            self.filters[self.header.views.key].focus()

    def open_record(self, table: str, key: Any) -> bool:
        return table == "plan_item" and self.go_to(str(key))

    @Slot(str)
    def go_to(self, item_id: str) -> bool:
        """Put the cursor on an item in the table; a filter that hides it is taken off."""
        self.refresh_if_needed()
        self.header.views.choose("table")
        self._show_view()
        found: bool = self.table.choose(item_id)
        if not found:
            self.filters["table"].clear()
            found = self.table.choose(item_id)
        self.table.setFocus()
        return found

    @Slot(int)
    def show_year(self, year: int) -> None:
        """Another school year."""
        self.year = year
        self.refresh()

    @Slot()
    def preview(self) -> None:
        """What is shown as it will be printed: the month, else the whole plan."""
        if self.plan is None:
            return
        if self.header.views.key == "month":
            resolve(PREVIEW)(self, self.ctx, "month-plan", self.year, go_to=self.go_to, on=self.month.day)
        elif self.deeds.settled():
            resolve(PREVIEW)(self, self.ctx, "annual-plan", self.year, lambda: self.findings, self.go_to)

    # --- small slots --------------------------------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        made = self.deeds.add(self.table.current())
        if made:
            self.go_to(made)

    @Slot()
    def _next_year(self) -> None:
        if self.deeds.next_year(self.year + 1):
            self.show_year(self.year + 1)

    @Slot()
    def _approve(self) -> None:
        self.deeds.approve(len(self.findings))

    @Slot()
    def _toggle_findings(self) -> None:
        self.panel.setVisible(not self.panel.isVisible())
        self._set_lines()

    def _set_lines(self) -> None:
        """Long titles or little room: two lines to a row."""
        room = self.width() - (0 if self.panel.isHidden() else self.panel.width())
        tight = room < self.ctx.theme.px(ROOMY) or (self.plan is not None and is_long(self.plan))
        if tight != self._tight:
            self._tight = tight
            self.table.set_lines(2 if tight else 1)

    @Slot(str)
    def _open_month(self, period: str) -> None:
        self.month.show_month(period)
        self.header.views.choose("month")
        self._show_view()

    def _import(self) -> None:
        """The window's own import, if this window has one."""
        action = getattr(self.window(), "actions_by_key", {}).get("import")
        if action is not None:
            action.trigger()
