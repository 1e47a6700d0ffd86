"""Base of all tabs: reads when looked at, goes stale when not."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.common.empty_state import EmptyState
from ui.context import Context


class Page(QWidget):
    """A tab. Subclasses name what they watch and implement ``refresh``; lists keep their own selection by key."""

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    watches: ClassVar[frozenset[str]] = frozenset()
    help_page: str = ""  # set by the host: the help of a tab is called as the tab

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.stale = True
        self.setAccessibleName(self.title)
        ctx.bus.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read what is shown anew. Called when visible and something watched has changed."""
        raise NotImplementedError

    def open_record(self, table: str, key: Any) -> bool:  # noqa: ARG002 - the shape for subclasses
        """Show a record on this tab; False when it is none of this tab's. Overridden where links lead here."""
        return False

    def focus_filter(self) -> None:
        """Ctrl+F: put the cursor into the filter of the list. Overridden where there is one."""

    def take_cursor(self) -> None:
        """The tab was opened: the keyboard goes to its list, else to the button of its empty place."""
        offered: list[QWidget] = [*self.findChildren(QAbstractItemView)]
        states: list[Any] = [*self.findChildren(EmptyState)]
        for state in states:
            offered += state.buttons
        seen = next((widget for widget in offered if widget.isVisible()), None)
        if seen is not None:
            seen.setFocus()

    def refresh_if_needed(self) -> None:
        """Read anew when stale and visible; an error leaves the page stale and is told."""
        if self.stale and self.isVisible():
            self.stale = False
            self.ctx.attempt(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh_if_needed()

    @Slot(object)
    def _on_changed(self, change: Any) -> None:
        tables = getattr(change, "tables", None)
        if tables is None or not self.watches or self.watches & frozenset(tables):
            self.stale = True
            self.refresh_if_needed()
