"""Conflicts of copies, decided where they stand; every decision is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.usecases.merge_conflicts import open_conflicts, plan_conflicts, settle_alike, settle_conflict
from imc_desktop.usecases.merge_views import ConflictView
from ui.common.dialog import FormDialog
from ui.common.empty_state import EmptyState
from ui.common.fitting import fitting
from ui.common.form import Field
from ui.common.kept_size import KeptSize
from ui.common.message_strip import MessageStrip
from ui.common.page import Page
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.scroll import Scroll
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.merging.card import ConflictCard
from ui.merging.state import DECIDED, about, alike, typed_first, waiting_words

NO_CONFLICTS = (
    "Они появляются после сверки с флешкой, когда на двух компьютерах одно и то же изменили по-разному. "
    "Ничего не теряется: каждое ждёт здесь вашего решения."
)
KEYS = "Клавиши: цифры — кнопки карточки по порядку, ↑ ↓ — по списку."
SIZE = (1080, 640)
SIDE = 560
_DIGITS = 9

COLUMNS: tuple[Column[ConflictView], ...] = (
    Column("record", "Запись", about, keep=True, weight=2.0, max_chars=44),
    Column("field", "Что", lambda view: "удаление" if view.deletion else view.field),
    Column("kind", "Где", lambda view: view.kind, hidden=True),
)


class ConflictsPage(Page):
    """A list of conflicts and, beside it, the card of the one under the cursor; ``plan_id``: only those of a plan."""

    title = "Расхождения"

    def __init__(self, ctx: Context, plan_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.conflicts: list[ConflictView] = []
        self.card: ConflictCard | None = None
        self._plan_id = plan_id
        self.model: RowsModel[ConflictView] = RowsModel(COLUMNS, lambda view: view.key, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "conflicts", self.title)
        self.table.currentRow.connect(self._show_card)
        self._side = Scroll()
        self._side.setAccessibleName("Расхождение и решения")
        KeptSize(ctx.theme, self._side, "setMinimumWidth", 300)
        splitter = QSplitter()
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setChildrenCollapsible(False)
        for place, share in enumerate((SIZE[0] - SIDE, SIDE)):
            splitter.setStretchFactor(place, share)
        splitter.setSizes([SIZE[0] - SIDE, SIDE])
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(EmptyState(ctx.theme, "circle-check", "Расхождений нет", NO_CONFLICTS))
        self.counter = QLabel(wordWrap=True)
        self.counter.setObjectName("secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.counter)
        column.addWidget(self.stack, 1)
        for number in range(1, _DIGITS + 1):
            key = QShortcut(QKeySequence(str(number)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.press, number))

    @property
    def shown(self) -> ConflictView | None:
        """The conflict whose card is shown."""
        view: ConflictView | None = self.table.current()
        return view

    def refresh(self) -> None:
        """Read the conflicts; the place in the list stays, a settled one gives way to the next."""
        line = max(0, self.table.currentIndex().row())
        key = self.shown.key if self.shown else ""
        store = self.ctx.store
        self.conflicts = plan_conflicts(store, self._plan_id) if self._plan_id else open_conflicts(store)
        self.model.set_rows(self.conflicts)
        count = len(self.conflicts)
        of_plan = " в этом плане" if self._plan_id else ""
        self.counter.setText(f"{waiting_words(count)}{of_plan}. {KEYS}")
        self.counter.setVisible(bool(count))
        self.stack.setCurrentIndex(0 if count else 1)
        if count and not self.table.choose(key):
            following = self.model.row_at(min(line, count - 1))
            if following is not None:
                self.table.choose(following.key)
        self._show_card(self.table.current())

    def buttons(self) -> list[QPushButton]:
        """The buttons of the card in the order of their digits."""
        if self.card is None:
            return []
        more = [self.card.write_in] if not self.card.write_in.isHidden() else []
        return [*self.card.choices, *more, self.card.later]

    @Slot(int)
    def press(self, number: int) -> None:
        """A digit presses the button of that place."""
        buttons = self.buttons()
        if number <= len(buttons) and buttons[number - 1].isEnabled():
            buttons[number - 1].click()

    @Slot()
    def later(self) -> None:
        """The conflict waits on; the next one is shown."""
        line, count = self.table.currentIndex().row(), self.model.rowCount()
        following = self.model.row_at((line + 1) % count) if count else None
        if following is not None:
            self.table.choose(following.key)
        if count == 1:
            self.ctx.tell("Отложено: расхождение остаётся в списке.", "info")

    @Slot()
    def write_in(self) -> None:
        """A value that neither side has."""
        view = self.shown
        if view is None:
            return
        box = FormDialog(
            self.ctx,
            f"{about(view)}: {view.field}",
            (Field("value", view.field[:1].upper() + view.field[1:]),),
            verb="Вписать",
            initial={"value": typed_first(view)},
            deed=lambda values: settle_conflict(self.ctx.store, view.key, value=values["value"]),
            parent=self,
        )
        if box.exec():
            self._told()
        box.deleteLater()

    @Slot(int)
    def take(self, side: int) -> None:
        """The value of one of the sides."""
        if self.shown is not None:
            self._decide(partial(settle_conflict, self.ctx.store, self.shown.key, side=side))

    @Slot(bool)
    def take_alike(self, ours: bool) -> None:
        """The same side for every conflict about this field; one step."""
        view = self.shown
        if view is not None:
            self._decide(partial(settle_alike, self.ctx.store, alike(self.conflicts, view), ours=ours))

    @Slot(object)
    def _show_card(self, view: ConflictView | None) -> None:
        self.card = None
        if view is None:
            self._side.setWidget(QWidget())
            return
        card = self.card = ConflictCard(self.ctx.theme, view, len(alike(self.conflicts, view)))
        card.chosen.connect(self.take)
        card.requestedWriteIn.connect(self.write_in)
        card.requestedLater.connect(self.later)
        card.requestedAlike.connect(self.take_alike)
        self._side.setWidget(card)

    def _decide(self, deed: Callable[[], Any]) -> None:
        for button in self.buttons():
            button.setEnabled(False)
        if self.ctx.attempt(deed) is FAILED:
            self.stale = True
            self.refresh_if_needed()
            self.table.setFocus()
            return
        self._told()

    def _told(self) -> None:
        self.table.setFocus()  # the pressed button went with its card
        self.ctx.tell(f"{self.ctx.store.undo_label}.", "success", MessageAction("Отменить", self.ctx.undo))


class ConflictsDialog(QDialog):
    """The conflicts in a window of their own, with «Отменить» of what was decided here."""

    help_page = "merge"

    def __init__(self, ctx: Context, plan_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle("Расхождения копий")
        self.resize(fitting(ctx, SIZE))
        self.page = ConflictsPage(ctx, plan_id)
        self.strip = MessageStrip(ctx.theme)
        ctx.bus.message.connect(self.strip.show_message)
        self._began = ctx.store.change_counter()
        self.undo = QPushButton(ctx.theme.icon("arrow-back-up"), "Отменить последнее решение")
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(ctx.undo)
        self.close_button = QPushButton("Закрыть")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch()
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        ctx.bus.changed.connect(self._name_undo)
        self._name_undo()
        self.page.table.setFocus()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context, plan_id: str = "") -> None:
        """Show the conflicts until the person closes them."""
        dialog = cls(ctx, plan_id, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _name_undo(self) -> None:
        """Only what was decided here is taken back from here."""
        label = self.ctx.store.undo_label or ""
        own = self.ctx.store.change_counter() != self._began and label.startswith(DECIDED)
        self.undo.setEnabled(own)
