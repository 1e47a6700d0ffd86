"""The tab «Кадры»: everybody in a list, one of them in the card."""

from __future__ import annotations

from datetime import date
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of, to_date
from imc_desktop.usecases.staff import PersonRow, people
from ui.common.current_stack import CurrentStack
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import FilterBar
from ui.common.list_detail import ListDetail
from ui.common.page import Page
from ui.context import Context, MessageAction
from ui.registry import resolve
from ui.staff.beside import Beside, trigger
from ui.staff.people_list import StaffFilter, people_table
from ui.staff.tools import Side, StaffTools

if TYPE_CHECKING:
    from ui.staff.deeds import StaffDeeds
    from ui.staff.person_card import PersonCardView

# Imported after the list has been painted.
PREVIEW = "ui.preview.window:open_preview"

PRINTED = "staff-list"
AFTER_PAINT_MS = 30
person_key = attrgetter("id")
CARD_SHARE = 0.26
NOBODY = (
    "Здесь все педагоги района: где работают, категории, курсы, стаж. "
    "Загрузите списки школ из Excel или впишите первого человека."
)


class StaffPage(Page):
    """Reads the list anew after every change of what it shows; the card follows the row under the cursor."""

    title: ClassVar[str] = "Кадры"
    icon: ClassVar[str] = "users"
    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "person", "former_name", "employment", "education", "experience", "category", "award", "training",
            "course_plan", "attestation_case", "membership", "consultation", "lesson_visit", "organisation", "question",
            "office", "rule_edition",
        }
    )  # fmt: skip

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._day: date | None = None
        self._beside = Beside(ctx, self)
        self.table = people_table(ctx)
        self.filter = FilterBar(self.table, ctx.theme)
        self.chips = StaffFilter(self.filter)
        self._rows: list[PersonRow] = []
        self._later = QTimer(self, singleShot=True, interval=AFTER_PAINT_MS)  # card and counts can wait for the list
        self._later.timeout.connect(self._complete)
        self._build()
        self._connect()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.ctx.theme
        take_in = MessageAction("Импорт…", partial(trigger, self, "import"))
        add = MessageAction("Новая карточка", partial(self._beside.do, "add"))
        self.nobody = EmptyState(theme, "users", "Пока никого нет", NOBODY, (take_in, add))
        clear = MessageAction("Показать всех", self.filter.clear)
        self.no_hits = EmptyState(theme, "filter", "Таких нет", "Под этот фильтр никто не подходит.", (clear,))
        self.views = CurrentStack()
        for widget in (self.table, self.nobody, self.no_hits):
            self.views.addWidget(widget)
        self.tools = StaffTools(theme, self.filter.search)
        left = Side()
        left.shown.connect(self._beside.hide_way_back)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 10, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.tools)
        column.addWidget(self.filter.chips)
        column.addWidget(self.views, 1)
        column.addWidget(self.filter.counter)
        if not self.ctx.prefs.get("split.staff", 0):
            self.ctx.prefs.set("split.staff", CARD_SHARE)
        self.split = ListDetail(left, self._beside, self.ctx, "staff")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _connect(self) -> None:
        tools, table = self.tools, self.table
        for signal, slot in (
            (self._beside.requestedBack, self._back),
            (self._beside.made, self.show_person),
            (self._beside.cardMade, self._fill_card),
            (tools.requestedNew, partial(self._beside.do, "add")),
            (tools.requestedImport, partial(trigger, self, "import")),
            (tools.requestedPrint, self.preview),
            (tools.requestedExport, self._export),
            (tools.requestedCopy, table.copy_selection),
            (tools.requestedDelete, partial(self._beside.do, "delete_chosen", table.selected)),
            (tools.requestedAll, self.filter.clear),
            (tools.requestedDay, self._ask_day),
            (table.currentRow, self._show_row),
            (table.opened, self._open),
            (table.requestedEdit, partial(self._beside.do, "edit_row")),
            (table.requestedNew, partial(self._beside.do, "add")),
            (table.requestedDelete, partial(self._beside.do, "delete")),
            (table.rows.modelReset, self._show_view),
        ):
            signal.connect(slot)
        for keys, run in (
            ("Ctrl+N", partial(self._beside.do, "add")),
            ("Ctrl+P", self.preview),
            ("Ctrl+E", self._export),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(run)
            self.addAction(action)

    @property
    def deeds(self) -> StaffDeeds:
        """What a person can do here."""
        return self._beside.deeds

    @property
    def card(self) -> PersonCardView:
        """The card beside the list."""
        return self._beside.card

    # --- reading ------------------------------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        """The day the list is true for: today unless another one was chosen."""
        return self._day or self.ctx.clock.today()

    def refresh(self) -> None:
        self.tools.show_day(self.on, chosen=self._day is not None)
        rows = people(self.ctx.store, self.on)
        shown = self._beside.shown_id
        self._rows = rows
        self.table.rows.set_rows(rows)
        self._later.start()
        if self.table.current() is None and rows and not self.split.narrow:
            self.table.choose(rows[0].id)
        elif shown is not None:
            self.card.show_person(shown if any(row.id == shown for row in rows) else None, self.on)

    @Slot()
    def _complete(self) -> None:
        """What the list need not wait for: the values of the chips, the card of the person under the cursor."""
        if self.ctx.store is None:
            return  # the database was let go meanwhile: the window closes
        self.chips.offer(self._rows)
        self.card.show()

    @Slot()
    def _show_view(self) -> None:
        model = self.table.rows
        self.views.setCurrentWidget(self.table if model.shown else self.no_hits if model.total else self.nobody)
        self.filter.chips.setVisible(bool(model.total))

    # --- what others ask ----------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        self.split.back_to_list()
        self.filter.focus()

    def open_record(self, table: str, key: Any) -> bool:
        return table == "person" and self.show_person(str(key))

    @Slot(str)
    def show_person(self, person_id: str) -> bool:
        """Put the cursor on a person; a filter that hides her is taken off."""
        self.refresh_if_needed()
        if not self.table.choose(person_id):
            self.filter.clear()
            if not self.table.choose(person_id):
                return False
        self.table.setFocus()
        return True

    @Slot()
    def preview(self) -> None:
        """The list as it will be printed."""
        if self.table.rows.total:
            year = school_year_of(self.on)
            shown = partial(self.filter.on_screen, person_key)
            resolve(PREVIEW)(self, self.ctx, PRINTED, year, go_to=self.show_person, on=self._day, shown=shown)

    def show_day(self, iso: str) -> None:
        """The list and the card as of a day; "" = today."""
        day = to_date(iso) if iso else None
        self._day = None if day == self.ctx.clock.today() else day
        self.refresh()

    @Slot()
    def _ask_day(self) -> None:
        self.deeds.ask_day(self.on, self.show_day)

    # --- small slots --------------------------------------------------------------------------------------------------

    @Slot()
    def _fill_card(self) -> None:
        self._beside.hide_way_back(hidden=not self.split.narrow)
        self._show_row(self.table.current())

    @Slot(object)
    def _show_row(self, row: PersonRow | None) -> None:
        if not self._beside.has_card and self._later.isActive():
            return  # the card follows the first paint
        if row is None or self.card.person is None or self.card.person.id != row.id:
            self.ctx.attempt(partial(self.card.show_person, row.id if row else None, self.on))

    @Slot(object)
    def _open(self, row: PersonRow) -> None:
        if self.split.narrow:
            self.split.open_detail()
        else:
            self.deeds.edit(row.id)

    @Slot()
    def _back(self) -> None:
        self.split.back_to_list()
        self.table.setFocus()

    @Slot()
    def _export(self) -> None:
        self.deeds.export(PRINTED, self.on, self.filter.on_screen(person_key))
