"""F1: which page of the help belongs to the place a person is in, and the window that shows it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from imc_desktop import paths
from ui.context import Context
from ui.help.library import FIRST, Library
from ui.registry import resolve

WINDOW = "ui.help.window:HelpWindow"


def help_page_of(widget: QWidget | None) -> str:
    """The page named by ``help_page`` of the widget or of the nearest one around it, "" when none names one."""
    while widget is not None:
        page: str = getattr(widget, "help_page", "")
        if page:
            return page
        widget = widget.parentWidget()
    return ""


class HelpPlaces(QObject):
    """Answers F1 everywhere: the key of the main window is an action, every box is given its own as it appears."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        QApplication.instance().focusChanged.connect(self._arm)  # type: ignore[union-attr]

    @cached_property
    def library(self) -> Library:
        """The pages, read at the first F1."""
        return Library(paths.resources() / "help")

    def page_here(self) -> str:
        """The page of the place the keyboard is in."""
        here = QApplication.focusWidget() or QApplication.activeWindow()
        shown = getattr(self._window, "host", None)
        return help_page_of(here) or help_page_of(shown.currentWidget() if shown is not None else None) or FIRST

    @Slot()
    def show_here(self) -> None:
        """Open the help at the place one is in. Over a box that waits the help belongs to that box."""
        page = self.page_here()
        owner = QApplication.activeModalWidget() or self._window
        resolve(WINDOW).open_at(self._ctx, self.library, page, owner)

    @Slot(QWidget, QWidget)
    def _arm(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A waiting box does not let keys through to the window: it answers F1 itself."""
        box = now.window() if now is not None else None
        if not isinstance(box, QDialog) or box.property("answersHelp"):
            return
        box.setProperty("answersHelp", True)
        key = QShortcut(QKeySequence("F1"), box)
        key.activated.connect(self.show_here)
