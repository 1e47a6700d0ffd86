"""The tab «Кадры»: everybody in a list, one of them in the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.usecases import exporting
from imc_desktop.usecases.staff import PersonRow, people
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import FilterBar
from ui.common.list_detail import ListDetail
from ui.common.page import Page
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.preview.window import open_preview
from ui.staff.deeds import StaffDeeds
from ui.staff.people_list import StaffFilter, people_table
from ui.staff.person_card import PersonCardView

PRINTED = "staff-list"
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
        self.deeds = StaffDeeds(self, ctx)
        self.table = people_table(ctx)
        self.filter = FilterBar(self.table, ctx.theme)
        self.chips = StaffFilter(self.filter)
        self.card = PersonCardView(ctx)
        self._take_in = partial(self._trigger, "import")
        self._build()
        self._connect()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.ctx.theme
        take_in = MessageAction("Импорт…", self._take_in)
        add = MessageAction("Новая карточка", self.deeds.add)
        self.nobody = EmptyState(theme, "users", "Пока никого нет", NOBODY, (take_in, add))
        clear = MessageAction("Показать всех", self.filter.clear)
        self.no_hits = EmptyState(theme, "filter", "Таких нет", "Под этот фильтр никто не подходит.", (clear,))
        self.views = QStackedWidget()
        for widget in (self.table, self.nobody, self.no_hits):
            self.views.addWidget(widget)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 10, 0, 6)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addWidget(self.filter.chips)
        column.addWidget(self.views, 1)
        column.addWidget(self.filter.counter)
        if not self.ctx.prefs.get("split.staff", 0):
            self.ctx.prefs.set("split.staff", CARD_SHARE)
        self.split = ListDetail(left, self.card, self.ctx, "staff")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _tools(self) -> QHBoxLayout:
        self.add_button = self._button("user-plus", "Педагог", self.deeds.add, "Новая карточка (Ins)")
        self.add_button.setProperty("primary", True)
        self.import_button = self._button("file-import", "Импорт…", self._take_in, "Загрузить таблицы (Ctrl+I)")
        self.print_button = self._button(
            "printer", "Печать", self.preview, "Список педагогов: просмотр и печать (Ctrl+P)"
        )
        self.more = QPushButton("Ещё  ▾")
        self.more.setMenu(self._menu())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self.add_button, self.import_button, self.print_button, self.more):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.filter.search, 1)
        self._paint_tools()
        return row

    def _button(self, icon: str, title: str, run: Callable[[], object], tip: str) -> QPushButton:
        button = QPushButton(title)
        button.setToolTip(tip)
        button.setProperty("picture", icon)
        button.clicked.connect(run)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Список в Excel…\tCtrl+E").triggered.connect(self.export)
        menu.addAction("Копировать выделенное\tCtrl+C").triggered.connect(self._copy)
        menu.addSeparator()
        menu.addAction("Удалить выделенных\tDel").triggered.connect(self._delete)
        menu.addAction("Снять фильтры").triggered.connect(self.filter.clear)
        return menu

    def _connect(self) -> None:
        self.table.currentRow.connect(self._show_row)
        self.table.opened.connect(self._open)
        self.table.requestedEdit.connect(self._edit)
        self.table.requestedNew.connect(self.deeds.add)
        self.table.requestedDelete.connect(self.deeds.delete)
        self.table.rows.modelReset.connect(self._show_view)
        self.deeds.made.connect(self.show_person)
        self.card.requestedBack.connect(self._back)
        self.card.requestedEdit.connect(self._edit_shown)
        self.card.requestedAnswer.connect(partial(self._trigger, "questions"))
        self.card.requestedFact.connect(self._edit_fact)
        self.card.requestedRestore.connect(self.deeds.restore)
        self.ctx.theme.changed.connect(self._paint_tools)
        for keys, run in (("Ctrl+N", self.deeds.add), ("Ctrl+P", self.preview), ("Ctrl+E", self.export)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(run)
            self.addAction(action)

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        rows = people(self.ctx.store, self.ctx.clock.today())
        shown = self.card.person.id if self.card.person else None
        self.table.rows.set_rows(rows)
        self.chips.offer(rows)
        if self.table.current() is None and rows and not self.split.narrow:
            self.table.choose(rows[0].id)
        elif shown is not None:
            self.card.show_person(shown if any(row.id == shown for row in rows) else None)

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
            year = school_year_of(self.ctx.clock.today())
            open_preview(self, self.ctx, PRINTED, year, go_to=self.show_person)

    @Slot()
    def export(self) -> None:
        """The list as xlsx."""
        name, _ = QFileDialog.getSaveFileName(self, "Список в Excel", "Список педагогов.xlsx", "Excel (*.xlsx)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the list and say where it is."""
        today = self.ctx.clock.today()
        act = partial(exporting.export, self.ctx.store, PRINTED, path, year=school_year_of(today), on=today)
        if self.ctx.attempt(act) is not FAILED:
            self.ctx.tell(
                f"Сохранено: {path.name}", "success", MessageAction("Открыть", partial(self.ctx.open_path, path))
            )

    # --- small slots --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_row(self, row: PersonRow | None) -> None:
        if row is None or self.card.person is None or self.card.person.id != row.id:
            self.ctx.attempt(partial(self.card.show_person, row.id if row else None))

    @Slot(object)
    def _open(self, row: PersonRow) -> None:
        if self.split.narrow:
            self.card.back.show()
            self.split.open_detail()
        else:
            self.deeds.edit(row.id)

    @Slot()
    def _back(self) -> None:
        self.split.back_to_list()
        self.table.setFocus()

    @Slot(object)
    def _edit(self, row: PersonRow) -> None:
        self.deeds.edit(row.id)

    @Slot()
    def _edit_shown(self) -> None:
        if self.card.person is not None:
            self.deeds.edit(self.card.person.id)

    @Slot(str, str)
    def _edit_fact(self, table: str, fact_id: str) -> None:
        if self.card.person is not None:
            self.deeds.fact(self.card.person.id, table, fact_id)

    @Slot()
    def _copy(self) -> None:
        self.table.copy_selection()

    @Slot()
    def _delete(self) -> None:
        if self.table.selected():
            self.deeds.delete(self.table.selected())

    def _trigger(self, key: str) -> None:
        """One of the window's own actions, if this window has it."""
        action = getattr(self.window(), "actions_by_key", {}).get(key)
        if action is not None:
            action.trigger()

    @Slot()
    def _paint_tools(self) -> None:
        for button in (self.add_button, self.import_button, self.print_button):
            primary = button.property("primary")
            icon = str(button.property("picture"))
            button.setIcon(self.ctx.theme.icon(icon, "accent_text" if primary else "text"))
