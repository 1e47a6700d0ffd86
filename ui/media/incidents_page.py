"""«Происшествия»: the list, and beside it what was lost, how much time is left, what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from imc_desktop.domain.words import plural
from imc_desktop.usecases.incidents import IncidentRow, close_incident, delete_incident, incidents
from ui.context import Context, MessageAction
from ui.media.dialogs import findings_box, sent_box, show_box
from ui.media.incident_details import IncidentDetails
from ui.media.incident_dialog import IncidentDialog
from ui.media.list_page import MediaList
from ui.media.state import INCIDENT_COLUMNS, NO_INCIDENTS

PAPERS = {"first": "incident-first", "results": "incident-results"}
CHANGE_KEY = "copy-keys"  # the action of the main window
_MINUTE_MS = 60_000
_SHARES = (3, 2)  # of the list and of what stands beside it


class IncidentsPage(MediaList):
    """The hours left are counted anew every minute; ``owner`` is the main window with its actions."""

    title: ClassVar[str] = "Происшествия"
    watches: ClassVar[frozenset[str]] = frozenset({"incident", "carrier", "office_key"})
    name: ClassVar[str] = "incidents"
    columns = INCIDENT_COLUMNS
    empty: ClassVar[tuple[str, str, str]] = ("circle-check", "Происшествий не было", NO_INCIDENTS)

    def __init__(self, ctx: Context, owner: QWidget | None = None, parent: QWidget | None = None) -> None:
        self._owner = owner
        super().__init__(ctx, parent)

    def content(self) -> QWidget:
        self.details = IncidentDetails(self.ctx.theme)
        self.details.wanted.connect(self._do_wanted)
        self._parts = QSplitter()
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.table)
        self._parts.addWidget(self.details)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._count_anew)
        self._minute.start()
        return self._parts

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.setSizes([event.size().width() * share // sum(_SHARES) for share in _SHARES])

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
        action = self._key_action()
        self.details.show_incident(row, offers_key=action is not None and action.isEnabled())

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

    def _key_action(self) -> QAction | None:
        found: QAction | None = getattr(self._owner, "actions_by_key", {}).get(CHANGE_KEY)
        return found

    @Slot(str, object)
    def _do_wanted(self, what: str, row: IncidentRow) -> None:
        """What a button beside the list asks for: «print.first», «sent.results», «findings», «close», «key»."""
        verb, _, key = what.partition(".")
        if verb == "print":
            self.show_paper(PAPERS[key], row.id)
        elif verb == "sent":
            show_box(sent_box(self.ctx, row, key, self), self.told)
        elif verb == "findings":
            show_box(findings_box(self.ctx, row, self), self.told)
        elif verb == "close":
            self.do(partial(close_incident, self.ctx.store, row.id, self.ctx.clock.today()))
        elif (action := self._key_action()) is not None:
            action.trigger()
