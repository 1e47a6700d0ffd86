"""The tab «Кадры»: everybody in a list, one of them in the card."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of, to_date
from imc_desktop.usecases.staff import PersonRow, people
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import FilterBar
from ui.common.list_detail import ListDetail
from ui.common.page import Page
from ui.context import Context, MessageAction
from ui.registry import resolve
from ui.staff.people_list import StaffFilter, people_table
from ui.staff.tools import Side, StaffTools

if TYPE_CHECKING:
    from ui.staff.deeds import StaffDeeds
    from ui.staff.person_card import PersonCardView

# Imported after the list has been painted.
CARD = "ui.staff.person_card:PersonCardView"
DEEDS = "ui.staff.deeds:StaffDeeds"
PREVIEW = "ui.preview.window:open_preview"

PRINTED = "staff-list"
AFTER_PAINT_MS = 30
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
        self._deeds: StaffDeeds | None = None
        self._card: PersonCardView | None = None
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
        take_in = MessageAction("Импорт…", partial(self._trigger, "import"))
        add = MessageAction("Новая карточка", partial(self._do, "add"))
        self.nobody = EmptyState(theme, "users", "Пока никого нет", NOBODY, (take_in, add))
        clear = MessageAction("Показать всех", self.filter.clear)
        self.no_hits = EmptyState(theme, "filter", "Таких нет", "Под этот фильтр никто не подходит.", (clear,))
        self.views = QStackedWidget()
        for widget in (self.table, self.nobody, self.no_hits):
            self.views.addWidget(widget)
        self.tools = StaffTools(theme, self.filter.search)
        left = Side()
        left.shown.connect(self._offer_way_back)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 10, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.tools)
        column.addWidget(self.filter.chips)
        column.addWidget(self.views, 1)
        column.addWidget(self.filter.counter)
        if not self.ctx.prefs.get("split.staff", 0):
            self.ctx.prefs.set("split.staff", CARD_SHARE)
        self._beside = QWidget()
        holder = QVBoxLayout(self._beside)
        holder.setContentsMargins(0, 0, 0, 0)
        self.split = ListDetail(left, self._beside, self.ctx, "staff")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _connect(self) -> None:
        tools, table = self.tools, self.table
        for signal, slot in (
            (tools.requestedNew, partial(self._do, "add")),
            (tools.requestedImport, partial(self._trigger, "import")),
            (tools.requestedPrint, self.preview),
            (tools.requestedExport, self._export),
            (tools.requestedCopy, table.copy_selection),
            (tools.requestedDelete, partial(self._do, "delete_chosen", table.selected)),
            (tools.requestedAll, self.filter.clear),
            (tools.requestedDay, self._ask_day),
            (table.currentRow, self._show_row),
            (table.opened, self._open),
            (table.requestedEdit, partial(self._do, "edit_row")),
            (table.requestedNew, partial(self._do, "add")),
            (table.requestedDelete, partial(self._do, "delete")),
            (table.rows.modelReset, self._show_view),
        ):
            signal.connect(slot)
        for keys, run in (("Ctrl+N", partial(self._do, "add")), ("Ctrl+P", self.preview), ("Ctrl+E", self._export)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(run)
            self.addAction(action)

    @property
    def deeds(self) -> StaffDeeds:
        """What a person can do here; imported when first needed (goal P2)."""
        if self._deeds is None:
            self._deeds = resolve(DEEDS)(self, self.ctx)
            self._deeds.made.connect(self.show_person)
        return self._deeds

    @property
    def card(self) -> PersonCardView:
        """The card beside the list; made after the list has been painted."""
        if self._card is None:
            self._card = card = resolve(CARD)(self.ctx, self._beside)
            for signal, slot in (
                (card.requestedBack, self._back),
                (card.requestedEdit, self._edit_shown),
                (card.requestedAnswer, partial(self._trigger, "questions")),
                (card.requestedFact, self._edit_fact),
                (card.requestedRestore, partial(self._do, "restore")),
            ):
                signal.connect(slot)
            card.back.setHidden(not self.split.narrow)
            layout = self._beside.layout()
            if layout is not None:
                layout.addWidget(card)
            self._show_row(self.table.current())
        return self._card

    def _do(self, verb: str, *told: object) -> None:
        getattr(self.deeds, verb)(*told)

    @Slot(bool)
    def _offer_way_back(self, list_is_seen: bool) -> None:
        if self._card is not None:
            self._card.back.setHidden(list_is_seen)

    # --- reading ------------------------------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        """The day the list is true for: today unless another one was chosen."""
        return self._day or self.ctx.clock.today()

    def refresh(self) -> None:
        self.tools.show_day(self.on, chosen=self._day is not None)
        rows = people(self.ctx.store, self.on)
        shown = self._card.person.id if self._card is not None and self._card.person else None
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
            resolve(PREVIEW)(self, self.ctx, PRINTED, year, go_to=self.show_person, on=self._day)

    def show_day(self, iso: str) -> None:
        """The list and the card as of a day; "" = today."""
        day = to_date(iso) if iso else None
        self._day = None if day == self.ctx.clock.today() else day
        self.refresh()

    @Slot()
    def _ask_day(self) -> None:
        self.deeds.ask_day(self.on, self.show_day)

    # --- small slots --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_row(self, row: PersonRow | None) -> None:
        if self._card is None and self._later.isActive():
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
    def _edit_shown(self) -> None:
        if self.card.person is not None:
            self.deeds.edit(self.card.person.id)

    @Slot(str, str)
    def _edit_fact(self, table: str, fact_id: str) -> None:
        if self.card.person is not None:
            self.deeds.fact(self.card.person.id, table, fact_id)

    @Slot()
    def _export(self) -> None:
        self.deeds.export(PRINTED, self.on)

    def _trigger(self, key: str) -> None:
        """One of the window's own actions, if this window has it."""
        action = getattr(self.window(), "actions_by_key", {}).get(key)
        if action is not None:
            action.trigger()
