"""The two rows above the plan: views and actions; the year, the steps to approval, the counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_title
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.plan import PlanView
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.common.segmented import Segmented
from ui.common.toned import set_tone
from ui.plan.state import counts_words
from ui.theme import Theme

VIEWS = (("table", "Таблица"), ("month", "Месяц"), ("cyclogram", "Циклограмма"), ("people", "По ответственному"))


class PlanHeader(QWidget):
    """Wishes go out as signals; the page tells what to show."""

    yearChosen = Signal(int)  # noqa: N815 - a Qt signal
    viewChosen = Signal(str)  # noqa: N815
    requestedAdd = Signal()  # noqa: N815
    requestedCheck = Signal()  # noqa: N815
    requestedPrint = Signal()  # noqa: N815
    requestedApprove = Signal()  # noqa: N815

    def __init__(self, theme: Theme, search: QWidget, boxes: Sequence[QLineEdit], menu: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._search, self._boxes = search, list(boxes)
        self._findings = 0
        self.views = Segmented(VIEWS, "Вид плана")
        self.views.chosen.connect(self.viewChosen)
        self.add = self._button("plus", "Мероприятие", self.requestedAdd, "Добавить мероприятие (Ins)")
        self.add.setProperty("primary", True)
        self.check = self._button(
            "clipboard-check", "Готово к печати?", self.requestedCheck, "Что мешает напечатать план"
        )
        self.print = self._button("printer", "Печать", self.requestedPrint, "Просмотр и печать (Ctrl+P)")
        self.more = QPushButton("Ещё  ▾")
        self.more.setMenu(menu)
        first = Flow()
        first.add(self.views)
        first.add(search, self.add, self.check, self.print, self.more, end=True)
        self.year = QComboBox()
        self.year.setAccessibleName("Учебный год")
        self.year.activated.connect(self._choose_year)
        self.title = QLabel("План работы на")
        self.title.setObjectName("section")
        self.after_year = QLabel("учебный год")
        self.after_year.setObjectName("section")
        self.draft = QLabel()
        self.arrow = QLabel("→")
        self.approve = QPushButton("Утвердить…")
        self.approve.setProperty("link", True)
        self.approve.setCursor(Qt.CursorShape.PointingHandCursor)
        self.approve.clicked.connect(self.requestedApprove)
        needs(Right.EDIT, self.add, self.more)
        needs(Right.APPROVE, self.approve)
        self.approved = QLabel()
        self.counts = QLabel()
        self.counts.setObjectName("secondary")
        second = Flow()
        second.add(self.title, self.year, self.after_year, self.draft, self.arrow, self.approve, self.approved)
        second.add(self.counts, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        self._steps: tuple[QLabel, ...] = (self.draft, self.approved)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_years(self, years: Sequence[int], year: int) -> None:
        """The years to choose from and the shown one."""
        self.year.blockSignals(True)
        self.year.clear()
        for one in years:
            self.year.addItem(school_year_title(one), one)
        self.year.setCurrentIndex(max(0, self.year.findData(year)))
        self.year.blockSignals(False)

    def show_plan(self, view: PlanView | None, findings: int) -> None:
        """Steps, counts and which actions make sense."""
        there = view is not None
        approved = view is not None and view.approved
        self.draft.setText("✓ Черновик" if there else "")
        self.approved.setText(f"✓ Утверждён {show_date(view.approved_on)}" if view is not None and approved else "")
        self.approve.setVisible(there and not approved)
        self.arrow.setVisible(there)
        self.counts.setText(counts_words(view) if view is not None else "")
        self._findings = findings
        self.check.setVisible(there and not approved)
        for widget in (self.views, self.print, self.more):
            widget.setEnabled(there)
        self.add.setVisible(there and not approved)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(int)
    def _choose_year(self, index: int) -> None:
        self.yearChosen.emit(int(self.year.itemData(index)))

    @Slot()
    def _restyle(self) -> None:
        for label in self._steps:
            set_tone(label, "ok")
        for button, icon, tone in (
            (self.add, "plus", "accent_text"), (self.check, "clipboard-check", "text"), (self.print, "printer", "text"),
        ):  # fmt: skip
            button.setIcon(self._theme.icon(icon, tone))
        self._fit()

    def _fit(self) -> None:
        """Where room is short, first «Печать» and the check give up their words, then the rest of the row.

        Where even that does not help the row becomes two, and the words have room again as far as two rows go.
        """
        for box in self._boxes:
            box.setMinimumWidth(0)
        deeds = (self._search, self.add, self.check, self.print, self.more)
        for row in ((self.views, *deeds), deeds):
            for level in range(3):
                self._say(level)
                shown = [widget for widget in row if not widget.isHidden()]
                if sum(widget.sizeHint().width() + 8 for widget in shown) + 32 <= self.width():
                    return
        self._say(0)

    def _say(self, level: int) -> None:
        count = str(self._findings) if self._findings else "✓"
        full = f"Готово к печати? {count}" if self._findings else f"Готово к печати {count}"
        self.check.setText(count if level else full)
        self.check.setAccessibleName(full)
        self.print.setText("" if level else "Печать")
        self.add.setText("" if level > 1 else "Мероприятие")
        self._search.setFixedWidth(self._theme.px(140 if level > 1 else 220))

    def _button(self, icon: str, title: str, signal: SignalInstance, tip: str) -> QPushButton:
        button = QPushButton(self._theme.icon(icon), title)
        button.setToolTip(tip)
        button.setAccessibleName(title)
        button.clicked.connect(signal)
        return button
