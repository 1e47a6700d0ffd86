"""The window's tests: a context with a standing clock, jobs done at once, and no store unless a test gives one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.clock import FixedClock
from ui.context import Context
from ui.jobs import ImmediateRunner
from ui.prefs import Prefs
from ui.theme import Theme

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The look at 100 %, light. Windows of former tests go first: a style sheet is applied to every living widget."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    prefs = Prefs()
    prefs.set("view.scheme", "light")
    made = Theme(qapp, RESOURCES, prefs)
    yield made
    made.deleteLater()


@pytest.fixture
def ctx(theme: Theme, today: date) -> Context:
    """Everything a page is given."""
    return Context(Prefs(), theme, FixedClock(today), ImmediateRunner())


def type_text(widget: QWidget, text: str) -> None:
    """Type any letters (``qtbot.keyClicks`` aborts on Cyrillic)."""
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))
