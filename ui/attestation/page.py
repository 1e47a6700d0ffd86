"""The tab «Аттестация»: the calendar of the year, the cases with their steps, everybody's terms."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.words import date_short, plural
from imc_desktop.usecases.attestation import AttestationDueRow
from imc_desktop.usecases.attestation_calendar import MonthRow
from imc_desktop.usecases.attestation_cases import CaseRow, CaseState
from imc_desktop.usecases.attestation_edit import CaseInput, case_input, delete_cases
from ui.attestation.calendar_view import CalendarView
from ui.attestation.dialogs import CaseDialog, ResultDialog
from ui.attestation.list_views import CasesView, DuesView
from ui.attestation.state import school_year_of_month
from ui.common.empty_state import EmptyState
from ui.common.page import Page
from ui.common.segmented import Segmented
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.preview.window import open_preview

CALENDAR, CASES, DUES = "calendar", "cases", "dues"
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
        self.add = QPushButton(self.ctx.theme.icon("plus", "accent_text"), "Дело")
        self.add.setProperty("primary", True)
        self.add.setToolTip("Открыть дело об аттестации (Ins)")
        self.add.clicked.connect(self._add)
        self.print = QPushButton(self.ctx.theme.icon("printer"), "Печать")
        self.print.setToolTip("Календарь аттестации: просмотр и печать, PDF, Excel (Ctrl+P)")
        self.print.clicked.connect(self.preview)
        self._legend = QLabel()
        self._day = QLabel()
        self._day.setObjectName("secondary")

    def _build_body(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(16, 10, 16, 8)
        header.setSpacing(8)
        header.addWidget(self.views)
        header.addSpacing(8)
        header.addWidget(self._legend)
        header.addStretch()
        for widget in (self._day, self._search, self.add, self.print):
            header.addWidget(widget)
        self.stack = QStackedWidget()
        for view in self._of_key.values():
            self.stack.addWidget(view)
        actions = (MessageAction("Загрузить из Excel…", self._import), MessageAction("Открыть дело", self._add))
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
            view.wantsPerson.connect(self._open_person)
            view.table.requestedNew.connect(self._add)
        table = self.cases.table
        table.opened.connect(self.edit_case)
        table.requestedEdit.connect(self.edit_case)
        table.requestedDelete.connect(self._delete)
        self.cases.wantsEdit.connect(self.edit_case)
        self.cases.wantsResult.connect(self._result)
        self.dues.wantsNew.connect(self._new_for)
        self.dues.table.opened.connect(self._new_for)

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
        """The calendar of the year as it will be printed."""
        open_preview(self, self.ctx, "attestation-calendar", school_year_of_month(self.calendar.month))

    # --- deeds --------------------------------------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        month = self.calendar.month if self.views.key == CALENDAR else ""
        CaseDialog.ask(self, self.ctx, CaseInput("", "", month=month))

    @Slot(object)
    def edit_case(self, row: CaseRow) -> None:
        """The box of a case."""
        self._edit(row.id)

    def _edit(self, case_id: str) -> None:
        given = self.ctx.attempt(partial(case_input, self.ctx.store, case_id))
        if given is not FAILED:
            CaseDialog.ask(self, self.ctx, given, case_id)

    @Slot(object)
    def _open_month_row(self, row: MonthRow) -> None:
        """A case opens; a term without one offers to open it."""
        if row.case_id:
            self._edit(row.case_id)
        else:
            requested = CategoryName.SZD.value if row.szd else ""
            CaseDialog.ask(
                self, self.ctx, CaseInput(row.person_id, requested, post=row.post, month=self.calendar.month)
            )

    @Slot(object)
    def _new_for(self, row: AttestationDueRow) -> None:
        requested = CategoryName.SZD.value if row.szd else ""
        month = row.due[:7] if row.due > self.ctx.clock.today().isoformat() else ""
        CaseDialog.ask(self, self.ctx, CaseInput(row.person_id, requested, post=row.post, month=month))

    @Slot(object)
    def _result(self, row: CaseRow) -> None:
        if row.state is not CaseState.DONE:
            ResultDialog.ask(self, self.ctx, row)

    @Slot(list)
    def _delete(self, rows: list[CaseRow]) -> None:
        ids = [row.id for row in rows]
        if self.ctx.attempt(partial(delete_cases, self.ctx.store, ids)) is not FAILED:
            words = f"Удалено: {len(ids)} {plural(len(ids), 'дело', 'дела', 'дел')}."
            self.ctx.tell(words, "info", MessageAction("Вернуть", self.ctx.undo))

    @Slot(str)
    def _open_person(self, person_id: str) -> None:
        """The card of the person in «Кадры», where this window has that tab."""
        opened = getattr(self.window(), "open_record", None)
        if opened is not None:
            opened("person", person_id)

    def _import(self) -> None:
        """The window's own import, if this window has one."""
        action = getattr(self.window(), "actions_by_key", {}).get("import")
        if action is not None:
            action.trigger()
