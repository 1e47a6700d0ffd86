"""The tab «Аттестация»: the calendar of the year, the cases with their steps, everybody's terms."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from imc_desktop.usecases.attestation_calendar import MonthRow
from ui.attestation.calendar_view import CalendarView
from ui.attestation.deeds import CaseDeeds
from ui.attestation.list_views import CasesView, DuesView
from ui.attestation.state import school_year_of_month
from ui.common.empty_state import EmptyState
from ui.common.views_page import Heading, ViewsPage
from ui.context import Context, MessageAction
from ui.registry import resolve

CALENDAR, CASES, DUES = "calendar", "cases", "dues"
PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
PRINTED = {CALENDAR: "attestation-calendar", CASES: "attestation-cases", DUES: "attestation-terms"}
LEGEND_ROOM = 1150
NOTHING = (
    "Здесь видно, кто в каком месяце аттестуется, у кого кончается категория и что делать дальше. "
    "График приходит из Excel, сроки считаются по категориям из карточек."
)
HEADING = Heading(
    ((CALENDAR, "Календарь"), (CASES, "Дела"), (DUES, "Сроки")),
    "Вид аттестации", "Дело", "Открыть дело об аттестации (Ins)",
    "Просмотр и печать того, что открыто, PDF, Excel (Ctrl+P)",
)  # fmt: skip


class AttestationPage(ViewsPage):
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
        actions = (
            MessageAction("Загрузить из Excel…", self.deeds.import_papers),
            MessageAction("Открыть дело", self.add_one),
        )
        nothing = EmptyState(ctx.theme, "calendar-event", "Аттестации пока нет", NOTHING, actions)
        self._legend = QLabel()
        views = {CALENDAR: self.calendar, CASES: self.cases, DUES: self.dues}
        self.build(views, HEADING, nothing, self._legend)
        self._connect()

    def _connect(self) -> None:
        self.calendar.wantsRow.connect(self._open_month_row)
        self.calendar.wantsNew.connect(self.add_one)
        for view in (self.cases, self.dues):
            view.wantsPerson.connect(self.deeds.open_person)
            view.table.requestedNew.connect(self.add_one)
        table = self.cases.table
        table.opened.connect(self.deeds.edit)
        table.requestedEdit.connect(self.deeds.edit)
        table.requestedDelete.connect(self.deeds.delete)
        self.cases.wantsEdit.connect(self.deeds.edit)
        self.cases.wantsResult.connect(self.deeds.record_result)
        self.dues.wantsNew.connect(self.deeds.add_for)
        self.dues.table.opened.connect(self.deeds.add_for)

    # --- the shape of such a tab --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        colours = self.ctx.theme.colours
        self._legend.setText(
            f'<span style="color:{colours.accent}">■</span> категории &nbsp; '
            f'<span style="color:{colours.soon}">▨</span> соответствие должности'
        )
        super().refresh()

    def nothing_in(self, key: str) -> bool:
        if self.of_key[key].table.rows.total:
            return False
        return key != CALENDAR or (  # neither cases nor terms: there is nothing to put into any month
            not any(load.total for load in self.calendar.loads) and not self.read_view(DUES).table.rows.total
        )

    def fit(self) -> None:
        super().fit()
        roomy = self.width() >= self.ctx.theme.px(LEGEND_ROOM)
        self._legend.setVisible(roomy and self.views.key == CALENDAR)

    @Slot()
    def preview(self) -> None:
        """The calendar of the year, or the list that is shown, as it will be printed."""
        key = self.views.key
        shown = self.of_key[key].on_screen if key != CALENDAR else None
        year = school_year_of_month(self.calendar.month)
        resolve(PREVIEW)(self, self.ctx, PRINTED[key], year, shown=shown)

    @Slot()
    def add_one(self) -> None:
        """A new case, of the month that is shown."""
        self.deeds.add(self.calendar.month if self.views.key == CALENDAR else "")

    def open_record(self, table: str, key: Any) -> bool:
        return table == "attestation_case" and self.choose_in(CASES, key)

    @Slot(object)
    def _open_month_row(self, row: MonthRow) -> None:
        self.deeds.open_month_row(row, self.calendar.month)
