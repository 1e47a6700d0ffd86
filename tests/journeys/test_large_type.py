"""Large type on a small screen: nothing is pushed out of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from tests.journeys.conftest import Program
from ui.registry import PAGES

Start = Callable[..., Program]


def outside(page: QWidget, widget: QWidget) -> bool:
    """True when a widget reaches beyond its page (what scrolls is allowed to)."""
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QScrollArea):
            return False
        parent = parent.parentWidget()
    return not page.rect().contains(QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()))


@pytest.mark.parametrize(("scale", "width", "height"), [(100, 1024, 700), (150, 1366, 768), (200, 1366, 768)])
def test_every_button_stays_in_the_window(example: Path, start: Start, scale: int, width: int, height: int) -> None:
    program = start(example, scale)
    program.window.resize(width, height)
    QApplication.processEvents()
    assert program.window.size().width() <= width
    assert program.window.size().height() <= height
    for spec in PAGES:
        page = program.page(spec.key)
        QApplication.processEvents()
        buttons: list[QPushButton] = [*page.findChildren(QPushButton)]
        lost = [one.text() or one.accessibleName() for one in buttons if one.isVisible() and outside(page, one)]
        assert not lost, spec.key


def test_all_weeks_of_the_month_are_seen(example: Path, start: Start) -> None:
    program = start(example, 150)
    program.window.resize(1366, 768)
    calendar = program.page("attestation").calendar
    QApplication.processEvents()
    bottom = calendar.grid.mapTo(program.window, QPoint(0, calendar.grid.height())).y()
    assert bottom <= program.window.status.mapTo(program.window, QPoint(0, 0)).y()
