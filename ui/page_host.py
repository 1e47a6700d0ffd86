"""Holds the pages of the tabs: each is imported and built when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.errors import FAILED
from ui.registry import PageSpec, load_page, resolve

if TYPE_CHECKING:
    from ui.common.page import Page

GUARD = "ui.common.guard:guard"  # it knows tables: not before the first paint


class PageHost(QStackedWidget):
    """Either one of the tabs or a single state («Открываю базу…») is shown."""

    def __init__(self, ctx: Context, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.specs = {spec.key: spec for spec in specs}
        self.pages: dict[str, Page] = {}

    @property
    def current_key(self) -> str:
        """The key of the tab shown, "" when none is."""
        shown = self.currentWidget()
        return next((key for key, page in self.pages.items() if page is shown), "")

    @property
    def current_page(self) -> Page | None:
        """The page shown."""
        return self.pages.get(self.current_key)

    def show_page(self, key: str) -> Page | None:
        """Show a tab; None when its page cannot be built (which has been told)."""
        if key not in self.pages:
            page = self._ctx.attempt(partial(load_page, self.specs[key], self._ctx))
            if page is FAILED:
                return None
            page.help_page = key
            resolve(GUARD)(self._ctx, page)
            self.pages[key] = page
            self.addWidget(page)
        self.setCurrentWidget(self.pages[key])
        self.pages[key].take_cursor()
        return self.pages[key]

    def focus_filter(self) -> None:
        """Ctrl+F goes to the page shown."""
        if page := self.current_page:
            page.focus_filter()

    def refresh_page(self) -> None:
        """F5: read the page shown anew."""
        if page := self.current_page:
            page.stale = True
            page.refresh_if_needed()

    def show_state(self, state: QWidget) -> None:
        """Drop all pages and show one thing instead."""
        self.drop()
        self.addWidget(state)

    def drop(self) -> None:
        """Forget all pages: another database is coming."""
        self.pages.clear()
        while self.count():
            widget = self.widget(0)
            self.removeWidget(widget)
            widget.deleteLater()
