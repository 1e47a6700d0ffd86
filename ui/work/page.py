"""The tab «Методработа»: associations with their members, consultations, visited lessons."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import sort_key
from imc_desktop.usecases.staff_values import brief_organisation
from imc_desktop.usecases.work import consultations, lesson_visits, members
from ui.common.current_stack import CurrentStack
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import ChoiceChip, FilterBar
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.common.kept_icon import KeptIcon
from ui.common.page import Page
from ui.common.segmented import Segmented
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.registry import resolve
from ui.work.lists import consultations_table, members_table, visits_table

PREVIEW = "ui.preview.window:open_preview"  # printing is imported when something is printed
PRINTED = {"members": "associations", "consultations": "consultations", "visits": "lesson-visits"}
VIEWS = (("members", "РМО"), ("consultations", "Консультации"), ("visits", "Посещения уроков"))
EMPTY = {
    "members": ("Методических объединений ещё нет", "Загрузите списки РМО: программа узнаёт их по заголовкам."),
    "consultations": ("Консультаций ещё нет", "Загрузите журнал консультаций: дата, кто обратился, тема, форма."),
    "visits": ("Посещений уроков ещё нет", "Загрузите журнал посещений: дата, учитель, предмет, класс, тема, итог."),
}
OPEN_TIP = "Двойной щелчок или Enter открывает карточку человека"


class _Journal(QWidget):
    """One list with its chips and counter, or the place that stands for it."""

    def __init__(self, ctx: Context, key: str, table: Table, title: str, take_in: MessageAction) -> None:
        super().__init__()
        self.table = table
        self.filter = FilterBar(table, ctx.theme)
        self.organisation: ChoiceChip = self.filter.add_choice(
            "organisation", "Организация", lambda row, value: value == row.organisation_id
        )
        self.second: ChoiceChip = self.filter.add_choice(
            "second", title, lambda row, value: second_value(key, row) == value
        )
        self._key = key
        self.unsure = 0
        empty = EmptyState(ctx.theme, "notebook", *EMPTY[key], (take_in,))
        clear = MessageAction("Показать все", self.filter.clear)
        no_hits = EmptyState(ctx.theme, "filter", "Таких нет", "Под этот фильтр ничего не подходит.", (clear,))
        self.views = CurrentStack()
        for widget in (table, empty, no_hits):
            self.views.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter.chips)
        column.addWidget(self.views, 1)
        column.addWidget(self.filter.counter)
        table.rows.modelReset.connect(self._show_view)
        table.setToolTip(OPEN_TIP)

    def show_rows(self, rows: list[Any]) -> None:
        """Fill the list and offer the values that are in it."""
        groups = sorted({row.group for row in rows}, key=sort_key) if self._key == "members" else ()
        self.table.rows.set_rows(rows, groups)
        self.unsure = sum(not row.person_id for row in rows)
        places = {row.organisation_id: row.organisation for row in rows if row.organisation_id}
        self.organisation.set_options(
            [(key, brief_organisation(name)) for key, name in sorted(places.items(), key=lambda one: sort_key(one[1]))]
        )
        values = sorted({value for row in rows if (value := second_value(self._key, row))}, key=sort_key)
        self.second.set_options([(value, value) for value in values])

    @Slot()
    def _show_view(self) -> None:
        model = self.table.rows
        self.views.setCurrentIndex(0 if model.shown else 2 if model.total else 1)
        self.filter.chips.setVisible(bool(model.total))
        self.filter.counter.setVisible(bool(model.total))


class WorkPage(Page):
    """Three journals; Enter on a line opens the person on the tab «Кадры»."""

    title: ClassVar[str] = "Методработа"
    icon: ClassVar[str] = "notebook"
    watches: ClassVar[frozenset[str]] = frozenset(
        {"work_group", "membership", "consultation", "lesson_visit", "person", "employment", "organisation"}
    )

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        take_in = MessageAction("Импорт…", partial(self._trigger, "import"))
        self.journals = {
            "members": _Journal(ctx, "members", members_table(ctx), "Объединение", take_in),
            "consultations": _Journal(ctx, "consultations", consultations_table(ctx), "Методист", take_in),
            "visits": _Journal(ctx, "visits", visits_table(ctx), "Предмет", take_in),
        }
        self.views = Segmented(VIEWS, "Журнал")
        self.views.chosen.connect(self.show_journal)
        self.unsure = QPushButton()
        self.unsure.setProperty("link", True)
        self.unsure.setCursor(Qt.CursorShape.PointingHandCursor)
        self.unsure.clicked.connect(partial(self._trigger, "questions"))
        self._stack = CurrentStack()
        self._search = QStackedWidget()
        for journal in self.journals.values():
            self._stack.addWidget(journal)
            self._search.addWidget(journal.filter.search)
            journal.table.opened.connect(self._open_person)
        self._search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.import_button = QPushButton("Импорт…")
        KeptIcon(ctx.theme, self.import_button, "file-import")
        self.import_button.setToolTip("Загрузить списки и журналы (Ctrl+I)")
        needs(Right.IMPORT, self.import_button)
        self.import_button.clicked.connect(partial(self._trigger, "import"))
        self.print = QPushButton("Печать")
        KeptIcon(ctx.theme, self.print, "printer")
        self.print.setToolTip("Просмотр и печать журнала, PDF, Excel (Ctrl+P)")
        needs(Right.PRINT_PEOPLE, self.print)
        self.print.clicked.connect(self.preview)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.preview)
        self._build()

    def _build(self) -> None:
        row = Flow()
        row.add(self.views, self.unsure)
        row.add(self._search, self.import_button, self.print, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    @property
    def journal(self) -> _Journal:
        """The journal shown."""
        return self.journals[self.views.key]

    def refresh(self) -> None:
        store = self.ctx.store
        rows: dict[str, list[Any]] = {
            "members": list(members(store, self.ctx.clock.today())),
            "consultations": list(consultations(store)),
            "visits": list(lesson_visits(store)),
        }
        for key, journal in self.journals.items():
            journal.show_rows(rows[key])
            title = dict(VIEWS)[key]
            self.views.button(key).setText(f"{title} · {_count(key, rows[key])}" if rows[key] else title)
        self.show_journal(self.views.key)

    def focus_filter(self) -> None:
        self.journal.filter.focus()

    def open_record(self, table: str, key: Any) -> bool:
        places = {"membership": "members", "consultation": "consultations", "lesson_visit": "visits"}
        if table not in places:
            return False
        self.refresh_if_needed()
        self.show_journal(places[table])
        self.journal.filter.clear()
        return self.journal.table.choose(str(key))

    @Slot(str)
    def show_journal(self, key: str) -> None:
        """One of the three."""
        self.views.choose(key)
        self._stack.setCurrentWidget(self.journals[key])
        self._search.setCurrentWidget(self.journals[key].filter.search)
        unsure = self.journals[key].unsure
        self.unsure.setText(f"○ не ясно, кто это: {unsure}. Ответить…")
        self.unsure.setVisible(bool(unsure))

    @Slot()
    def preview(self) -> None:
        """The journal that is shown, as it will be printed."""
        journal = self.journal
        if journal.table.rows.total:
            year = school_year_of(self.ctx.clock.today())
            shown = partial(journal.filter.on_screen, attrgetter("id"))
            resolve(PREVIEW)(self, self.ctx, PRINTED[self.views.key], year, shown=shown)

    @Slot(object)
    def _open_person(self, row: Any) -> None:
        open_page = getattr(self.window(), "open_page", None)
        if not row.person_id:
            answer = MessageAction("Ответить…", partial(self._trigger, "questions"))
            self.ctx.tell(f"{row.person}: пока не ясно, кто это.", "warning", answer)
        elif open_page is not None and (page := open_page("staff")) is not None:
            page.open_record("person", row.person_id)

    def _trigger(self, key: str) -> None:
        """One of the window's own actions, if this window has it."""
        action = getattr(self.window(), "actions_by_key", {}).get(key)
        if action is not None:
            action.trigger()


def second_value(key: str, row: Any) -> str:
    """What the second chip of a journal chooses by."""
    match key:
        case "members":
            return str(row.group)
        case "consultations":
            return str(row.methodist)
        case _:
            return str(row.subject)


def _count(key: str, rows: list[Any]) -> int:
    return len({row.group_id for row in rows}) if key == "members" else len(rows)
