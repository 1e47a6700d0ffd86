"""The tab «Аттестация»: the calendar of the year, the cases with their steps, everybody's terms."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import date_short
from imc_desktop.usecases.attestation_calendar import MonthRow
from ui.attestation.calendar_view import CalendarView
from ui.attestation.deeds import CaseDeeds
from ui.attestation.list_views import CasesView, DuesView
from ui.attestation.state import school_year_of_month
from ui.common.empty_state import EmptyState
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.common.kept_icon import KeptIcon
from ui.common.page import Page
from ui.common.segmented import Segmented
from ui.context import Context, MessageAction
from ui.registry import resolve

CALENDAR, CASES, DUES = "calendar", "cases", "dues"
PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
ROOMY = 1000
LEGEND_ROOM = 1150
VIEWS = ((CALENDAR, "Календарь"), (CASES, "Дела"), (DUES, "Сроки"))
NOTHING = (
    "Здесь видно, кто в каком месяце аттестуется, у кого кончается категория и что делать дальше. "
    "График приходит из Excel, сроки считаются по категориям из карточек."
)


class AttestationPage(Page):
    """Three views of one matter; a change of anything they rest on is seen at once."""

    title: ClassVar[str] = "Аттестация"
    icon: ClassVar[str] = "calendar-event"
    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "attestation_case", "category", "person", "employment", "organisation", "office", "rule_edition",
            "calendar_day",
        }
    )  # fmt: skip

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.deeds = CaseDeeds(self, ctx)
        self.calendar, self.cases, self.dues = CalendarView(ctx), CasesView(ctx), DuesView(ctx)
        self._of_key: dict[str, CalendarView | CasesView | DuesView] = {
            CALENDAR: self.calendar, CASES: self.cases, DUES: self.dues,
        }  # fmt: skip
        self._stale = set(self._of_key)
        self._build_header()
        self._build_body()
        self._connect()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        self.views = Segmented(VIEWS, "Вид аттестации")
        self.views.chosen.connect(self._show_view)
        self._search = QStackedWidget()
        for view in self._of_key.values():
            self._search.addWidget(view.filter.search)
        self._search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add = QPushButton("Дело")
        KeptIcon(self.ctx.theme, self.add, "plus", "accent_text")
        self.add.setProperty("primary", True)
        self.add.setToolTip("Открыть дело об аттестации (Ins)")
        self.add.clicked.connect(self._add)
        self.print = QPushButton("Печать")
        KeptIcon(self.ctx.theme, self.print, "printer")
        self.print.setToolTip("Просмотр и печать того, что открыто, PDF, Excel (Ctrl+P)")
        self.print.clicked.connect(self.preview)
        needs(Right.EDIT, self.add)
        needs(Right.PRINT_PEOPLE, self.print)
        self._legend = QLabel()
        self._day = QLabel()
        self._day.setObjectName("secondary")

    def _build_body(self) -> None:
        header = Flow((16, 10, 16, 8))
        header.add(self.views, self._legend)
        header.add(self._day, self._search, self.add, self.print, end=True)
        self.stack = QStackedWidget()
        for view in self._of_key.values():
            self.stack.addWidget(view)
        actions = (
            MessageAction("Загрузить из Excel…", self.deeds.import_papers),
            MessageAction("Открыть дело", self._add),
        )
        self.empty = EmptyState(self.ctx.theme, "calendar-event", "Аттестации пока нет", NOTHING, actions)
        self.stack.addWidget(self.empty)
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
        self.calendar.wantsRow.connect(self._open_month_row)
        self.calendar.wantsNew.connect(self._add)
        for view in (self.cases, self.dues):
            view.wantsPerson.connect(self.deeds.open_person)
            view.table.requestedNew.connect(self._add)
        table = self.cases.table
        table.opened.connect(self.deeds.edit)
        table.requestedEdit.connect(self.deeds.edit)
        table.requestedDelete.connect(self.deeds.delete)
        self.cases.wantsEdit.connect(self.deeds.edit)
        self.cases.wantsResult.connect(self.deeds.record_result)
        self.dues.wantsNew.connect(self.deeds.add_for)
        self.dues.table.opened.connect(self.deeds.add_for)

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        colours = self.ctx.theme.colours
        self._day.setText(f"на {date_short(self.ctx.clock.today())}")
        self._legend.setText(
            f'<span style="color:{colours.accent}">■</span> категории &nbsp; '
            f'<span style="color:{colours.soon}">▨</span> соответствие должности'
        )
        self._stale = set(self._of_key)
        self._show_view(self.views.key)

    @Slot(str)
    def _show_view(self, key: str) -> None:
        """Only the view that is looked at is read."""
        view = self._of_key[key]
        self._search.setCurrentWidget(view.filter.search)
        self._fit()
        if key in self._stale:
            self._stale.discard(key)
            view.refresh()
        nothing = not view.table.rows.total and (key != CALENDAR or self._is_empty())
        self.stack.setCurrentWidget(self.empty if nothing else view)

    def _is_empty(self) -> bool:
        """Neither cases nor terms: there is nothing to put into any month."""
        return not any(load.total for load in self.calendar.loads) and not self._count_dues()

    def _count_dues(self) -> int:
        if DUES in self._stale:
            self._stale.discard(DUES)
            self.dues.refresh()
        return self.dues.table.rows.total

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a narrow window what is only told gives way to what is pressed."""
        self._day.setVisible(self.width() >= self.ctx.theme.px(ROOMY))
        roomy = self.width() >= self.ctx.theme.px(LEGEND_ROOM)
        self._legend.setVisible(roomy and self.views.key == CALENDAR)

    # --- what others ask ----------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        self._of_key[self.views.key].filter.focus()

    def open_record(self, table: str, key: Any) -> bool:
        if table != "attestation_case":
            return False
        self.refresh_if_needed()
        self.views.choose(CASES)
        self._show_view(CASES)
        return bool(self.cases.table.choose(str(key)))

    @Slot()
    def preview(self) -> None:
        """The calendar of the year, or the list that is shown, as it will be printed."""
        kind = "attestation-terms" if self.views.key == DUES else "attestation-calendar"
        lists: dict[str, CasesView | DuesView] = {CASES: self.cases, DUES: self.dues}
        view = lists.get(self.views.key)
        year = school_year_of_month(self.calendar.month)
        resolve(PREVIEW)(self, self.ctx, kind, year, shown=view.on_screen() if view is not None else None)

    @Slot()
    def _add(self) -> None:
        self.deeds.add(self.calendar.month if self.views.key == CALENDAR else "")

    @Slot(object)
    def _open_month_row(self, row: MonthRow) -> None:
        self.deeds.open_month_row(row, self.calendar.month)
