"""«Происшествия»: the list, and beside it what was lost, how much time is left, what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from imc_desktop.domain.incidents import moment_words, people_words
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.incidents import (
    Deadline,
    IncidentRow,
    close_incident,
    delete_incident,
    incidents,
)
from ui.common.scroll import Scroll
from ui.context import MessageAction
from ui.media.dialogs import findings_box, sent_box, show_box
from ui.media.incident_dialog import IncidentDialog, held_words
from ui.media.list_page import MediaList
from ui.media.state import INCIDENT_COLUMNS, NO_INCIDENTS

PAPERS = {"first": "incident-first", "results": "incident-results"}
_MINUTE_MS = 60_000
_SIDE = 430


class IncidentsPage(MediaList):
    """The hours left are counted anew every minute."""

    title: ClassVar[str] = "Происшествия"
    watches: ClassVar[frozenset[str]] = frozenset({"incident", "carrier", "office_key"})
    name: ClassVar[str] = "incidents"
    columns = INCIDENT_COLUMNS
    empty: ClassVar[tuple[str, str, str]] = ("circle-check", "Происшествий не было", NO_INCIDENTS)

    def content(self) -> QWidget:
        self.buttons: dict[str, QPushButton] = {}
        self._side = Scroll()
        self._side.setAccessibleName("Происшествие: сроки и что сделать")
        self._side.setMinimumWidth(self.ctx.theme.px(340))
        splitter = QSplitter()
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1000, self.ctx.theme.px(_SIDE)])
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._count_anew)
        self._minute.start()
        return splitter

    def first_steps(self) -> Sequence[MessageAction]:
        return (MessageAction("Потеряна флешка…", self.add),)

    def fill_tools(self) -> None:
        self.add_tool("alert-triangle", "Потеряна флешка…", self.add, primary=True)
        self.edit_button = self.add_tool("pencil", "Изменить…", self.edit)
        self.delete_button = self.add_tool("trash", "Удалить запись", self._delete)
        self.table.opened.connect(self.edit)

    def read(self) -> Sequence[IncidentRow]:
        return incidents(self.ctx.store, self._now())

    def count_words(self, rows: Sequence[IncidentRow]) -> str:
        open_ones = sum(not row.closed for row in rows)
        words = plural(open_ones, "происшествие не закрыто", "происшествия не закрыты", "происшествий не закрыто")
        return f"{open_ones} {words}" if open_ones else ""

    @Slot(object)
    def allow(self, row: IncidentRow | None) -> None:
        is_open = row is not None and not row.closed
        self.edit_button.setEnabled(is_open)
        self.delete_button.setEnabled(is_open)
        self.buttons = {}
        self._side.setWidget(self._details(row) if row is not None else QWidget())

    @Slot()
    def add(self, carrier_id: str = "") -> None:
        """Enter a loss."""
        box = IncidentDialog(self.ctx, None, carrier_id if isinstance(carrier_id, str) else "", self)
        show_box(box, partial(self._added, box))

    @Slot()
    def edit(self, *_row: object) -> None:
        """Correct the entry under the cursor."""
        row = self.table.current()
        if row is not None and not row.closed:
            show_box(IncidentDialog(self.ctx, row, "", self), self.told)

    def _added(self, box: IncidentDialog) -> None:
        self.table.choose(box.result_value)
        self.told()

    def _delete(self) -> None:
        row = self.table.current()
        if row is not None:
            self.do(partial(delete_incident, self.ctx.store, row.id))

    @Slot()
    def _count_anew(self) -> None:
        self.stale = True
        self.refresh_if_needed()

    def _now(self) -> datetime:
        return self.ctx.clock.now().replace(tzinfo=None)

    # --- what stands beside the list ----------------------------------------------------------------------------------

    def _details(self, row: IncidentRow) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 4, 8, 8)
        column.setSpacing(6)
        self._say(column, row.title, "title")
        self._say(column, "\n".join(_about(row)), "secondary")
        for one in row.deadlines:
            self._notice(column, row, one)
        self._say(column, "Что было на носителе", "section")
        self._say(column, held_words(row.exposure))
        if row.exposure.data:
            self._say(column, f"Виды данных: {', '.join(row.exposure.data)}.", "secondary")
        if row.advice:
            self._say(column, "Что сделать сейчас", "section")
            for line in row.advice:
                self._say(column, f"— {line}")
        self._say(column, "Выводы расследования", "section")
        self._say(column, row.findings or "ещё не записаны", "" if row.findings else "secondary")
        if not row.closed:
            deeds = QHBoxLayout()
            deeds.setSpacing(8)
            self._add(deeds, "findings", "Записать выводы…", partial(self._findings, row))
            self._add(deeds, "close", "Закрыть дело", partial(self._close, row))
            deeds.addStretch()
            column.addLayout(deeds)
        column.addStretch()
        return body

    def _notice(self, column: QVBoxLayout, row: IncidentRow, one: Deadline) -> None:
        self._say(column, one.rule.short, "section")
        label = self._say(column, one.words)
        label.setStyleSheet(f"color: {getattr(self.ctx.theme.colours, one.tone)}")
        until = f"Срок: {moment_words(one.due)}. " if one.due else ""
        self._say(column, f"{until}{one.rule.source}", "secondary")
        key = one.rule.key
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(8)
        self._add(row_of_buttons, f"print.{key}", "Напечатать…", partial(self.show_paper, PAPERS[key], row.id))
        if not row.closed and not one.sent:
            self._add(row_of_buttons, f"sent.{key}", "Отправлено…", partial(self._sent, row, key))
        row_of_buttons.addStretch()
        column.addLayout(row_of_buttons)

    def _sent(self, row: IncidentRow, key: str) -> None:
        show_box(sent_box(self.ctx, row, key, self), self.told)

    def _findings(self, row: IncidentRow) -> None:
        show_box(findings_box(self.ctx, row, self), self.told)

    def _close(self, row: IncidentRow) -> None:
        self.do(partial(close_incident, self.ctx.store, row.id, self.ctx.clock.today()))

    def _add(self, place: QHBoxLayout, key: str, title: str, run: object) -> None:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        self.buttons[key] = button
        place.addWidget(button)

    @staticmethod
    def _say(column: QVBoxLayout, text: str, name: str = "") -> QLabel:
        label = QLabel(text, wordWrap=True)
        if name:
            label.setObjectName(name)
        column.addWidget(label)
        return label


def _about(row: IncidentRow) -> Iterator[str]:
    yield f"Заметили {moment_words(row.given.noticed)}"
    if row.given.happened:
        yield f"Случилось {show_date(row.given.happened)}"
    if row.exposure.people:
        yield f"Людей: не более {people_words(row.exposure.people)}"
    if row.given.circumstances:
        yield row.given.circumstances
