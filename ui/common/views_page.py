"""A tab with several views of one matter behind one row of buttons; only the view that is looked at is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import date_short
from ui.common.empty_state import EmptyState
from ui.common.filter_bar import FilterBar
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.common.kept_icon import KeptIcon
from ui.common.page import Page
from ui.common.segmented import Segmented
from ui.common.table import Table

ROOMY = 1000


class View(Protocol):
    """What a view of such a tab has; it is a widget as well."""

    filter: FilterBar
    table: Table

    def refresh(self) -> None:
        """Read what is shown anew."""


class Heading(NamedTuple):
    """The words of the row of buttons: views by key, what the row is called, the verb, hints of the two buttons."""

    views: tuple[tuple[str, str], ...]
    name: str
    verb: str
    verb_hint: str
    print_hint: str


class ViewsPage(Page):
    """Subclasses call ``build`` and say what the buttons do (``preview``, ``add_one``) and when nothing is there."""

    def build(self, views: Mapping[str, Any], heading: Heading, empty: EmptyState, *beside: QWidget) -> None:
        """Lay the tab out: ``beside`` stands next to the buttons of the views, ``empty`` in place of an empty view."""
        self.of_key: Mapping[str, Any] = views
        self.stale_views = set(views)
        self.empty = empty
        self.views = Segmented(heading.views, heading.name)
        self.views.chosen.connect(self.show_view)
        self._search = QStackedWidget()
        self._search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget()
        for view in views.values():
            self._search.addWidget(view.filter.search)
            self.stack.addWidget(view)
        self.stack.addWidget(empty)
        self._build_buttons(heading)
        self._day = QLabel()
        self._day.setObjectName("secondary")
        header = Flow((16, 10, 16, 8))
        header.add(self.views, *beside)
        header.add(self._day, self._search, self.add, self.print, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self.stack, 1)

    def _build_buttons(self, heading: Heading) -> None:
        self.add = QPushButton(heading.verb)
        KeptIcon(self.ctx.theme, self.add, "plus", "accent_text")
        self.add.setProperty("primary", True)
        self.add.setToolTip(heading.verb_hint)
        self.print = QPushButton("Печать")
        KeptIcon(self.ctx.theme, self.print, "printer")
        self.print.setToolTip(heading.print_hint)
        needs(Right.EDIT, self.add)
        needs(Right.PRINT_PEOPLE, self.print)
        for button, keys, run in ((self.print, "Ctrl+P", self.preview), (self.add, "Ctrl+N", self.add_one)):
            button.clicked.connect(run)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- what subclasses say ------------------------------------------------------------------------------------------

    def nothing_in(self, key: str) -> bool:
        """Whether the empty place stands instead of a view that has just been read."""
        raise NotImplementedError

    def preview(self) -> None:
        """What is shown, as it will be printed."""
        raise NotImplementedError

    def add_one(self) -> None:
        """The verb of the tab."""
        raise NotImplementedError

    # --- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._day.setText(f"на {date_short(self.ctx.clock.today())}")
        self.stale_views = set(self.of_key)
        self.show_view(self.views.key)

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Look at a view."""
        self._search.setCurrentWidget(self.of_key[key].filter.search)
        self.fit()
        self.read_view(key)
        self.stack.setCurrentWidget(self.empty if self.nothing_in(key) else self.of_key[key])

    def read_view(self, key: str) -> View:
        """A view that shows the data as they are now."""
        view: View = self.of_key[key]
        if key in self.stale_views:
            self.stale_views.discard(key)
            view.refresh()
        return view

    def choose_in(self, key: str, record: Any) -> bool:
        """Open a view and put its cursor on a record; False when the record is not there."""
        self.refresh_if_needed()
        self.views.choose(key)
        self.show_view(key)
        return bool(self.of_key[key].table.choose(str(record)))

    def focus_filter(self) -> None:
        self.of_key[self.views.key].filter.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """On a narrow window what is only told gives way to what is pressed."""
        self._day.setVisible(self.width() >= self.ctx.theme.px(ROOMY))
