"""The card beside the list: five inner tabs, links that edit facts, explanations that unfold in place."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from imc_desktop.domain.rights import Right
from imc_desktop.usecases.history import HistoryLine, history
from imc_desktop.usecases.staff_card import person_card
from imc_desktop.usecases.staff_card_views import PersonCard
from imc_desktop.usecases.staff_dues import PersonDues, person_dues
from ui.common.card import Card, CardRow, CardSection
from ui.common.guard import needs
from ui.common.status_mark import marked, tone
from ui.context import Context, MessageAction
from ui.staff import state
from ui.staff.dialogs import FACTS

NOTHING = "Выберите человека в списке"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OPEN_TIP = "Открыть, чтобы изменить"
NO_HISTORY = "пока ничего не менялось"


class PersonCardView(Card):
    """Reads one person and shows her; wishes to change something go out as signals, after the click is over."""

    requestedBack = Signal()  # noqa: N815 - a Qt signal
    requestedEdit = Signal()  # noqa: N815
    requestedFact = Signal(str, str)  # noqa: N815 - table, id ("" = a new one)
    requestedAnswer = Signal()  # noqa: N815
    requestedRestore = Signal(object)  # noqa: N815 - a HistoryLine
    _clicked = Signal(str, str)
    _explained = Signal(str)
    _asked = Signal()
    _chose_line = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, state.TABS, parent)
        self._ctx = ctx
        self.person: PersonCard | None = None
        self._dues = PersonDues()
        self._shown: set[str] = set()
        self.tabChosen.connect(self._fill)
        queued = Qt.ConnectionType.QueuedConnection  # the clicked label is replaced by what follows
        self._clicked.connect(self.requestedFact, queued)
        self._asked.connect(self.requestedAnswer, queued)
        self._explained.connect(self._toggle, queued)
        self._chose_line.connect(self._offer_restore, queued)
        self.back = self.add_tool("chevron-left", "К списку (Esc)", self.requestedBack.emit)
        self.back.hide()
        self.edit = self.add_tool("pencil", "Изменить (F2)", self.requestedEdit.emit)
        self.add = QPushButton("Добавить сведения  ▾")
        self.add.setMenu(self._menu_of_facts())
        self.foot.addWidget(self.add)
        self.foot.addStretch()
        needs(Right.EDIT, self.edit, self.add)
        self._set_usable(False)
        ctx.theme.changed.connect(self._repaint_tool)

    def show_person(self, person_id: str | None, on: date) -> None:
        """Read and show a person as of a day; None or somebody gone leaves one quiet sentence."""
        same = self.person is not None and self.person.id == person_id
        place = self.scroll_place() if same else 0
        self.person = person_card(self._ctx.store, person_id, on) if person_id else None
        self._set_usable(self.person is not None)
        if self.person is None:
            self.show_nothing(NOTHING)
            return
        if not same:
            self._ctx.seen(self.person.id)
            self._shown.clear()
        self._dues = person_dues(self._ctx.store, self.person.id, on)
        self.show_head(self.person.full_name, state.subtitle(self.person))
        self._fill()
        self.set_scroll_place(place)

    def scroll_place(self) -> int:
        """How far the body is scrolled."""
        return self._scroll.verticalScrollBar().value()

    def set_scroll_place(self, place: int) -> None:
        """Scroll the body."""
        self._scroll.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.focusWidget()
        if event.key() == Qt.Key.Key_F2 and self.person is not None:
            self.requestedEdit.emit()
        elif event.key() in ENTER and isinstance(line, QLabel) and line.property("follows"):
            line.linkActivated.emit("why")
        else:
            super().keyPressEvent(event)

    # --- inside -------------------------------------------------------------------------------------------------------

    @Slot()
    def _fill(self) -> None:
        person = self.person
        if person is None:
            return
        tell = (person, self._dues, self._shown, self._clicked.emit, self._explained.emit)
        match self.tab:
            case "courses":
                sections = state.courses(*tell)
            case "attestation":
                sections = state.attestation(*tell)
            case "work":
                sections = state.work(person)
            case "history":
                sections = self._history(history(self._ctx.store, person.id))
            case _:
                sections = [*state.questions(person, self._asked.emit), *state.general(*tell)]
        self.show_sections(sections)

    def _history(self, lines: Sequence[HistoryLine]) -> list[CardSection]:
        """A section per day; a value that can be brought back is a link."""
        days: dict[str, list[CardRow]] = {}
        for line in lines:
            day, _, hour = line.when.partition(" ")
            follow = partial(self._chose_line.emit, line) if line.can_restore else None
            more = f"{line.label} · {line.author}" if line.author else line.label
            days.setdefault(day, []).append(CardRow(hour, line.change, more=more, open=follow))
        sections = [CardSection(day, tuple(rows)) for day, rows in days.items()]
        return sections or [CardSection("История", (), NO_HISTORY)]

    def _value(self, row: CardRow) -> QLabel:
        """A fact is read like any other text and opens at a click; only «почему?» looks like a link."""
        if row.open is None:
            label = super()._value(row)
            label.setProperty("follows", row.why is not None)
            return label
        label = super()._value(replace(row, open=None, why=row.open))
        colours = self._theme.colours
        colour = getattr(colours, tone(row.status)) if row.status else colours.text
        text = html.escape(marked(row.status, row.value) if row.status else row.value)
        link = f'<a href="why" style="color:{colour}; text-decoration:none">{text}</a>'
        more = f'<br><span style="color:{colours.secondary}">{html.escape(row.more)}</span>' if row.more else ""
        label.setText(link + more)
        label.setToolTip(OPEN_TIP)
        label.setProperty("follows", True)
        return label

    @Slot(str)
    def _toggle(self, key: str) -> None:
        self._shown ^= {key}
        place = self.scroll_place()
        self._fill()
        self.set_scroll_place(place)

    @Slot(object)
    def _offer_restore(self, line: HistoryLine) -> None:
        again = MessageAction("Вернуть прежнее", partial(self.requestedRestore.emit, line))
        self._ctx.tell(f"{line.what[:1].upper()}{line.what[1:]}: до этого было «{line.before}».", "info", again)

    def _menu_of_facts(self) -> QMenu:
        menu = QMenu(self)
        for table, spec in FACTS.items():
            menu.addAction(spec.title).triggered.connect(partial(self.requestedFact.emit, table, ""))
        return menu

    def _set_usable(self, usable: bool) -> None:
        self.edit.setVisible(usable)
        self.add.setVisible(usable)

    @Slot()
    def _repaint_tool(self) -> None:
        self.edit.setIcon(self._theme.icon("pencil"))
        self.back.setIcon(self._theme.icon("chevron-left"))
        if self.person is not None:
            self._fill()
