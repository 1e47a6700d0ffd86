"""«Календарь»: the year as twelve bars, the month as a grid of days, and everybody it is about beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QToolButton, QVBoxLayout, QWidget

from imc_desktop.usecases.attestation_calendar import MonthLoad, MonthRow, MonthView, month_and_year
from ui.attestation.lists import month_table
from ui.attestation.month_grid import MonthGrid
from ui.attestation.state import LEGEND, day_words, shift_month
from ui.attestation.year_strip import YearStrip
from ui.common.filter_bar import FilterBar
from ui.common.kept_icon import KeptIcon
from ui.context import Context

SHARES = (610, 390)
SMALL_SHARES = (500, 500)  # the days show marks only, the words stand in the list
SMALL = 1000
LOW_WINDOW = 540
NO_STRIP = 280  # large type on a small screen: the weeks go before the year
LEGEND_ROOM = 1280
LIST_ROOM = 360  # of the list beside the days, while they leave it
AIR = 32


class CalendarView(QWidget):
    """Shows one month; rows a person opens go out as signals."""

    wantsRow = Signal(object)  # noqa: N815 - MonthRow
    wantsNew = Signal()  # noqa: N815

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.month = ctx.clock.today().isoformat()[:7]
        self._small = False
        self.view: MonthView | None = None
        self.loads: list[MonthLoad] = []
        self.strip = YearStrip(ctx.theme)
        self.strip.chosen.connect(self.show_month)
        self.grid = MonthGrid(ctx.theme)
        self.grid.opened.connect(self._open_day)
        self.grid.turned.connect(self._turn)
        self.table = month_table(ctx)
        self.table.opened.connect(self.wantsRow)
        self.table.requestedEdit.connect(self.wantsRow)
        self.table.requestedNew.connect(self.wantsNew)
        self.filter = FilterBar(self.table, ctx.theme, "Фильтр месяца")
        self._build_bar()
        self._build_layout()

    def _build_bar(self) -> None:
        self.title = QLabel()
        self.title.setObjectName("title")
        self.legend = QLabel(LEGEND)
        self.legend.setObjectName("secondary")
        self.before, self.after = QToolButton(), QToolButton()
        for button, icon, name, by in (
            (self.before, "chevron-left", "Предыдущий месяц (PgUp)", -1),
            (self.after, "chevron-right", "Следующий месяц (PgDn)", 1),
        ):
            KeptIcon(self.ctx.theme, button, icon)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setProperty("by", by)
            button.clicked.connect(self._press)
        self.today = QPushButton("Сегодня")
        self.today.setProperty("flat", True)
        self.today.clicked.connect(self._go_today)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(8)
        for widget in (self.before, self.title, self.after, self.today):
            self._bar.addWidget(widget)
        self._bar.addStretch()
        self._bar.addWidget(self.legend)

    def _build_layout(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 0, 8, 12)
        column.setSpacing(4)
        column.addLayout(self._bar)
        column.addWidget(self.grid, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(12, 0, 12, 0)
        beside.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.filter.chips, 1)
        line.addWidget(self.filter.counter)
        beside.addLayout(line)
        beside.addWidget(self.table, 1)
        self._right = right
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setSizes(list(SHARES))
        split.setStretchFactor(0, SHARES[0])
        split.setStretchFactor(1, SHARES[1])
        split.setHandleWidth(1)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 6)
        top.addWidget(self.strip)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.setVisible(self.width() >= self.ctx.theme.px(LEGEND_ROOM))
        self.strip.set_low(low=self.height() < self.ctx.theme.px(LOW_WINDOW))
        self._right.setMinimumWidth(min(self.ctx.theme.px(LIST_ROOM), self.width() - self.grid.minimumWidth() - AIR))
        small = self.width() < self.ctx.theme.px(SMALL)
        if small != self._small:
            self._small = small
            self._split.setSizes(list(SMALL_SHARES if small else SHARES))
        self.strip.setVisible(self.height() >= self.ctx.theme.px(NO_STRIP))

    def refresh(self) -> None:
        """Read the month and its year anew."""
        self.view, self.loads = month_and_year(self.ctx.store, self.month, self.ctx.clock.today())
        self.strip.show_year(self.loads, self.month)
        self.title.setText(self.view.title)
        self.grid.show_month(self.view)
        self.table.rows.set_rows(self.view.rows)

    @Slot(str)
    def show_month(self, month: str) -> None:
        """Another month; a chosen day is given up."""
        self.month = month
        self.filter.remove_condition("day")
        self.refresh()

    def row(self, key: str) -> MonthRow | None:
        """The row of a key, None when the month has none."""
        rows = self.view.rows if self.view else ()
        return next((row for row in rows if row.key == key), None)

    @Slot(str, tuple)
    def _open_day(self, day: str, keys: tuple[str, ...]) -> None:
        """Narrow the list to what happens on a day; a day without anything shows the whole month."""
        if not keys:
            self.filter.remove_condition("day")
            return
        chosen = frozenset(keys)
        self.filter.set_condition("day", day_words(day), lambda row: row.key in chosen)
        self.table.choose(keys[0])

    @Slot(int)
    def _turn(self, by: int) -> None:
        self.show_month(shift_month(self.month, by))

    @Slot()
    def _press(self) -> None:
        self._turn(self.sender().property("by"))

    @Slot()
    def _go_today(self) -> None:
        self.show_month(self.ctx.clock.today().isoformat()[:7])
        self.grid.focus_today()
