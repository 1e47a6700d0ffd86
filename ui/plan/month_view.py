"""A month of the plan: its own lines and what the annual plan sets for it, day by day."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from imc_desktop.usecases import plan
from ui.common.filter_bar import FilterBar
from ui.common.kept_icon import KeptIcon
from ui.context import Context
from ui.plan.lists import month_table
from ui.plan.state import month_of, month_title, shift_month


class MonthView(QWidget):
    """Arrows change the month; the table is that of all other views."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.period = ""
        self.table = month_table(ctx)
        self.filter = FilterBar(self.table, ctx.theme, "Фильтр месяца")
        self.name = QLabel()
        self.name.setObjectName("section")
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 4)
        for icon, by, name in (("chevron-left", -1, "Предыдущий месяц"), ("chevron-right", 1, "Следующий месяц")):
            button = QToolButton()
            KeptIcon(ctx.theme, button, icon)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self._shift, by))
            row.addWidget(button)
        row.addWidget(self.name)
        row.addStretch()
        row.addWidget(self.filter.counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_year(self, year: int) -> None:
        """Read anew; the month stays when it belongs to the school year."""
        if not f"{year}-08" <= self.period <= f"{year + 1}-08":
            self.period = month_of(year, self._ctx.clock.today())
        self.show_month(self.period)

    @Slot(str)
    def show_month(self, period: str) -> None:
        """Another month («2026-10»)."""
        today = self._ctx.clock.today()
        self.period = period
        self.table.rows.set_rows(plan.agenda(self._ctx.store, period, today))
        self.name.setText(month_title(period))

    @property
    def day(self) -> date:
        """A day of the month shown: today when it lies in it, else its first."""
        today = self._ctx.clock.today()
        return today if today.isoformat()[:7] == self.period else date.fromisoformat(f"{self.period}-01")

    def _shift(self, by: int) -> None:
        self.show_month(shift_month(self.period, by))
