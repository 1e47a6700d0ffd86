"""The tab «Сегодня»: what is overdue, the next seven days, what is left open — each leads to its tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.words import date_long
from imc_desktop.usecases.conflict_marks import conflict_count
from imc_desktop.usecases.today import Coming, TodayView, today_view
from ui.common.current_stack import CurrentStack
from ui.common.empty_state import EmptyState
from ui.common.kept_size import KeptSize
from ui.common.page import Page
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.scroll import Scroll
from ui.common.table import Table
from ui.common.toned import set_tone
from ui.context import Context, MessageAction
from ui.registry import resolve
from ui.start.state import (
    Line,
    attestation_lines,
    conflict_lines,
    course_sections,
    day_title,
    incident_lines,
    open_lines,
    plan_lines,
)

OPEN_INCIDENTS = "imc_desktop.usecases.incidents:open_incidents"  # seldom there, and dear to import
_MINUTE_MS = 60_000
NOTHING = (
    "Загрузите списки педагогов, журналы курсов, график аттестации и план работы — в том виде, в каком они есть: "
    "программа сама узнает таблицы. Здесь появится, что просрочено и что предстоит."
)


class StartPage(Page):
    """Everything here is counted anew from the data; nothing is kept."""

    title: ClassVar[str] = "Сегодня"
    icon: ClassVar[str] = "home"
    watches: ClassVar[frozenset[str]] = frozenset()  # of everything: conflicts of copies may be about any table

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.links: dict[str, QPushButton] = {}
        self._day = QLabel()
        self._day.setObjectName("bigtitle")
        self._last = QLabel(wordWrap=True)
        self._last.setObjectName("secondary")
        self.table = self._coming_table()
        self.table.opened.connect(self._open_event)
        self._side = QVBoxLayout()
        self._side.setSpacing(4)
        self.empty = EmptyState(
            ctx.theme, "home", "Начните с таблиц, которые у вас есть", NOTHING,
            (MessageAction("Загрузить из Excel…", partial(self._act, "import")),),
        )  # fmt: skip
        self._hours = QTimer(self, interval=_MINUTE_MS)  # hours left to tell of an incident
        self._hours.timeout.connect(self._count_anew)
        self.stack = CurrentStack()
        self.stack.addWidget(self._body())
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    # --- building -----------------------------------------------------------------------------------------------------

    def _coming_table(self) -> Table:
        today = self.ctx.clock.today()
        columns: list[Column[Coming]] = [
            Column("what", "Что", lambda event: event.what, weight=2, max_chars=70),
            Column("who", "Кто", lambda event: " ".join(event.who.split()), weight=1, max_chars=36, yields=1),
        ]
        model: RowsModel[Coming] = RowsModel(
            columns,
            lambda event: (event.day, event.tab, event.key, event.what, event.who),
            self.ctx.theme,
            group=lambda event: day_title(to_date(event.day), today),
        )
        return Table(model, self.ctx.theme, self.ctx.prefs, "start.coming", "Ближайшие семь дней")

    def _body(self) -> QWidget:
        body = QWidget()
        title = QLabel("Ближайшие семь дней")
        title.setObjectName("section")
        self._quiet = QLabel("На эти дни ничего не назначено.")
        self._quiet.setObjectName("secondary")
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(title)
        left.addWidget(self._quiet)
        left.addWidget(self.table, 1)
        inner = QWidget()
        inner.setLayout(self._side)
        side = Scroll()
        side.setWidget(inner)
        KeptSize(self.ctx.theme, side, "setFixedWidth", 360)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(side)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addWidget(self._day)
        column.addLayout(row, 1)
        return body

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        today = self.ctx.clock.today()
        view = today_view(self.ctx.store, today)
        self._day.setText(date_long(today))
        self.table.rows.set_rows(view.coming)
        self._quiet.setVisible(not view.coming)
        self.table.setVisible(bool(view.coming))
        self._fill_side(view, today)
        there = view.people or view.plan_overdue is not None
        self.stack.setCurrentIndex(0 if there else 1)

    @Slot()
    def _count_anew(self) -> None:
        self.stale = True
        self.refresh_if_needed()

    def _fill_side(self, view: TodayView, today: date) -> None:
        while self._side.count():
            if (widget := self._side.takeAt(0).widget()) is not None and widget is not self._last:
                widget.hide()  # gone at once, not when the loop comes round
                widget.deleteLater()
        self.links.clear()
        if view.incidents:
            now = self.ctx.clock.now().replace(tzinfo=None)
            self._add_section("Происшествие", incident_lines(resolve(OPEN_INCIDENTS)(self.ctx.store, now)))
        self._hours.start() if view.incidents else self._hours.stop()
        for title, lines in (
            *course_sections(view.courses),
            ("Аттестация", attestation_lines(view.attestation, view.late_cases)),
            ("План", plan_lines(view.plan_overdue)),
            (
                "Что осталось",
                [
                    *conflict_lines(conflict_count(self.ctx.store)),
                    *open_lines(view.questions, view.copy, today, is_example=self.ctx.is_demo),
                ],
            ),
        ):
            self._add_section(title, lines)
        self._last.setText(f"Последнее действие: {view.last_change}" if view.last_change else "")
        self._side.addSpacing(12)
        self._side.addWidget(self._last)
        self._side.addStretch()

    def _add_section(self, title: str, lines: list[Line]) -> None:
        label = QLabel(title)
        label.setObjectName("section")
        label.setContentsMargins(0, 8, 0, 0)
        self._side.addWidget(label)
        for line in lines:
            link = QPushButton(line.text)
            link.setProperty("link", True)
            link.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            set_tone(link, line.tone)
            link.clicked.connect(self._way(line))
            self._side.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.links[line.key] = link

    # --- ways to other places -----------------------------------------------------------------------------------------

    def _way(self, line: Line) -> Callable[[], object]:
        return partial(self._act, line.action) if line.action else partial(self._open_tab, line.tab)

    def _open_tab(self, key: str) -> None:
        opened = getattr(self.window(), "open_page", None)
        if opened is not None:
            opened(key)

    def _act(self, key: str) -> None:
        """One of the window's own actions, if this window has it."""
        action = getattr(self.window(), "actions_by_key", {}).get(key)
        if action is not None:
            action.trigger()

    @Slot(object)
    def _open_event(self, event: Coming) -> None:
        """The record itself where its tab knows it, else its tab."""
        opened = getattr(self.window(), "open_page", None)
        page = opened(event.tab) if opened is not None else None
        if isinstance(page, Page) and event.table:
            page.open_record(event.table, event.key)
