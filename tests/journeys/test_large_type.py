"""Large type on a small screen: nothing is pushed out of the window. Another scheme: nothing keeps its old colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.journeys.conftest import Program
from tests.journeys.looks import faults, name_of
from ui.common.segmented import Segmented
from ui.registry import PAGES

Start = Callable[..., Program]


def views_of(page: Any) -> list[Callable[[], None]]:
    """Buttons that show each view of a page."""
    row: Segmented | None = page.header.views if hasattr(page, "header") else getattr(page, "views", None)
    return [row.button(key).click for key in row._keys] if isinstance(row, Segmented) else [lambda: None]


def cut_off(program: Program) -> list[str]:
    """Faults of every view of every tab."""
    found = []
    for spec in PAGES:
        page = program.page(spec.key)
        for show in views_of(page):
            show()
            program.wait()
            QApplication.processEvents()
            found += [f"{spec.key}: {one}" for one in faults(program.window)]
    return found


# The last two are 1366×768 and 1920×1080 enlarged by the system to 150 and 200 %.
SCREENS = [
    (100, 1024, 700),
    (100, 1920, 1010),
    (125, 1280, 650),
    (150, 1366, 700),
    (200, 1366, 700),
    (200, 1024, 700),
    (150, 1024, 700),
    (100, 911, 450),
    (100, 960, 490),
]


@pytest.mark.parametrize(("scale", "width", "height"), SCREENS)
def test_nothing_is_cut_off(example: Path, start: Start, scale: int, width: int, height: int) -> None:
    program = start(example, scale)
    program.window.setMinimumSize(1, 1)  # the screen of the tests is none of those
    program.window.resize(width, height)
    QApplication.processEvents()
    assert (program.window.width(), program.window.height()) == (width, height)
    assert cut_off(program) == []


def test_the_size_of_type_may_change_while_one_works(example: Path, start: Start) -> None:
    program = start(example, 200)
    program.window.resize(1366, 700)
    cut_off(program)
    program.ctx.theme.set_scale(100)
    program.ctx.theme.set_scheme("dark")
    assert cut_off(program) == []
    program.ctx.theme.set_scale(150)
    assert cut_off(program) == []


def test_the_least_window_fits_a_small_screen(start: Start, example: Path) -> None:
    least = start(example).window.minimumSize()
    assert least.width() <= 1024
    assert least.height() <= 700


def test_all_weeks_of_the_month_are_seen(example: Path, start: Start) -> None:
    program = start(example, 150)
    program.window.resize(1366, 768)
    calendar = program.page("attestation").calendar
    QApplication.processEvents()
    bottom = calendar.grid.mapTo(program.window, QPoint(0, calendar.grid.height())).y()
    assert bottom <= program.window.status.mapTo(program.window, QPoint(0, 0)).y()


def stale_colours(program: Program) -> list[str]:
    """Visible buttons whose icon, and texts of a state whose letters, are not in the colours of the scheme."""
    colours = {QColor(one).name() for one in program.ctx.theme.colours}
    found = []
    seen: list[QWidget] = [one for one in program.window.findChildren(QWidget) if one.isVisible()]
    for one in seen:
        if isinstance(one, QAbstractButton) and not one.icon().isNull() and one.isEnabled():
            picture = one.icon().pixmap(one.iconSize()).toImage()
            points = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
            solid = {point.name() for point in points if point.alpha() == 255}
            if solid and not solid & colours:
                found.append(f"icon: {name_of(one)}")
        tone = one.property("tone")
        if tone and one.palette().color(QPalette.ColorRole.WindowText) != program.ctx.theme.colour(tone):
            found.append(f"text: {name_of(one)}")
    return found


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_everything_follows_a_scheme_chosen_while_one_works(example: Path, start: Start, scheme: str) -> None:
    program = start(example)
    found = []
    for spec in PAGES:
        program.ctx.theme.set_scheme("light")  # a page is made when it is first shown
        page = program.page(spec.key)
        for show in views_of(page):
            program.ctx.theme.set_scheme("light")
            show()
            program.wait()
            program.ctx.theme.set_scheme(scheme)
            QApplication.processEvents()
            found += [f"{spec.key}: {one}" for one in stale_colours(program)]
    assert found == []
