"""Without a mouse: tabs, filter, card, printing, Esc; and everything that takes the keyboard has a Russian name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import Person, Program
from tests.ui.conftest import type_text
from ui.common.segmented import Segmented
from ui.copies.copy_dialog import CopyDialog
from ui.copies.restore_dialog import RestoreDialog
from ui.courses.dialogs import CoursePlanDialog, TrainingDialog
from ui.imports.dialog import ImportDialog
from ui.imports.questions import QuestionsDialog
from ui.plan.dialogs import ApproveDialog, ItemDialog, SectionDialog, TextsDialog
from ui.preview.window import PreviewWindow
from ui.registry import PAGES
from ui.wizard.wizard import Wizard

Start = Callable[..., Program]
PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
RUSSIAN = re.compile("[А-Яа-яЁё№]")


def widgets(inside: QWidget) -> Iterator[QWidget]:
    """Everything visible that takes the keyboard."""
    parts: list[QWidget] = [*inside.findChildren(QWidget)]
    for part in parts:
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield part


def nameless(inside: QWidget) -> set[str]:
    """What a person who hears the program would not understand."""
    found = set()
    for part in widgets(inside):
        told = QAccessible.queryAccessibleInterface(part)
        name = part.accessibleName() or ("" if isinstance(part, QComboBox) else told.text(QAccessible.Text.Name))
        if not RUSSIAN.search(name) and not (isinstance(part, QAbstractScrollArea) and type(part).__name__ == "Scroll"):
            parent = type(part.parent()).__name__ if part.parent() else ""
            found.add(f"{type(part).__name__} «{name}» in {parent}")
    return found


@pytest.mark.parametrize("database", ["example", "office"])
def test_everything_in_every_tab_has_a_russian_name(
    database: str, start: Start, request: pytest.FixtureRequest
) -> None:
    program = start(request.getfixturevalue(database))
    assert not nameless(program.window)
    for spec in PAGES:
        page = program.page(spec.key)
        assert not nameless(program.window), spec.key
        rows: list[Segmented] = [*page.findChildren(Segmented)]
        buttons: list[QPushButton] = []
        for row in rows:
            buttons += row.findChildren(QPushButton)
        for button in buttons:
            if button.isVisible() and button.isEnabled():
                button.click()
                QApplication.processEvents()
                assert not nameless(program.window), f"{spec.key}: {button.text()}"


def test_everything_in_the_boxes_has_a_russian_name(example: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(example)
    staff, courses, plan = (program.page(key) for key in ("staff", "courses", "plan"))
    seen: list[str] = []

    def look(box: QDialog) -> None:
        seen.append(type(box).__name__)
        assert not nameless(box), box.windowTitle()
        assert RUSSIAN.search(box.windowTitle())
        box.reject()

    def reach(kind: type[QDialog], open_it: Callable[[], object]) -> None:
        person.will(kind, look)
        open_it()

    line = next(one for one in plan.table.rows.shown_rows() if one.item is not None)
    program.page("courses")
    reach(TrainingDialog, courses.due.table.requestedNew.emit)
    courses.views.button("plan").click()
    reach(CoursePlanDialog, courses.plan.table.requestedNew.emit)
    program.page("plan")
    reach(ItemDialog, lambda: plan.deeds.edit(line))
    reach(SectionDialog, plan.deeds.add_section)
    reach(TextsDialog, plan.deeds.edit_texts)
    reach(ApproveDialog, lambda: plan.deeds.approve(2))
    reach(QuestionsDialog, lambda: program.trigger("questions"))
    reach(CopyDialog, lambda: program.trigger("copy"))
    reach(RestoreDialog, lambda: program.trigger("restore"))
    reach(Wizard, lambda: program.trigger("new"))
    assert len(seen) == 10
    program.page("staff")
    staff.deeds.add()
    for table in ("employment", "category", "training", "education", "experience", "award"):
        staff.deeds.fact(staff.card.person.id, table, "")
    for key in ("keys", "about"):
        program.trigger(key)
    known: list[QDialog] = [*program.window.findChildren(QDialog)]
    boxes = [box for box in known if box.isVisible()]
    assert len(boxes) == 9
    for box in boxes:
        assert not nameless(box), box.windowTitle()
        box.close()


def test_every_page_of_the_import_has_russian_names(office: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(office)
    paper = Path(__file__).parents[2] / "resources" / "demo" / "02_kadry_po_shkolam.xlsx"

    def look(box: ImportDialog) -> None:
        for _ in range(4):
            qtbot.waitUntil(lambda: not box.jobs.busy, timeout=15_000)
            assert not nameless(box), box.step
            if box.verb.text() != "Готово":
                box.go_on()
        box.accept()

    person.will(ImportDialog, look)
    program.desk.take_files([paper])


def test_tabs_by_number_put_the_cursor_into_the_list(example: Path, start: Start) -> None:
    program = start(example)
    for number, spec in enumerate(PAGES):
        program.key(Qt.Key(Qt.Key.Key_1 + number), ALT)
        assert program.window.current_key == spec.key
        page = program.page(spec.key)
        focused = program.window.focusWidget()
        assert focused is not None
        assert page.isAncestorOf(focused), spec.key


def test_find_look_print_and_come_back(example: Path, start: Start, qtbot: QtBot) -> None:
    program = start(example)
    staff = program.page("staff")
    total = staff.table.rows.total
    # Ctrl+F, type, down into the hits.
    program.key(Qt.Key.Key_F)
    field = QApplication.focusWidget()
    assert field is not None
    type_text(field, "Абрам")
    qtbot.waitUntil(lambda: 0 < staff.table.rows.shown < total)
    program.key(Qt.Key.Key_Down, PLAIN)
    assert staff.table.hasFocus()
    shown = staff.table.current()
    assert shown is not None
    assert staff.card.person.id == shown.id
    # F2 edits, Esc leaves everything as it was.
    number = program.ctx.store.change_counter()
    program.key(Qt.Key.Key_F2, PLAIN)
    box = visible_dialog(program)
    assert shown.full_name in box.windowTitle()
    box.activateWindow()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert program.ctx.store.change_counter() == number
    # Ctrl+P shows the pages, Esc closes them.
    program.key(Qt.Key.Key_P)
    preview = visible_dialog(program)
    assert isinstance(preview, PreviewWindow)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    program.wait()
    # Del to the bin, Ctrl+Z back.
    staff.table.setFocus()
    program.key(Qt.Key.Key_Delete, PLAIN)
    assert program.ctx.store.change_counter() == number + 1
    program.key(Qt.Key.Key_Z)
    assert staff.table.rows.total == total


def visible_dialog(program: Program) -> Any:
    """The one box that stands open."""
    boxes: list[QDialog] = [*program.window.findChildren(QDialog)]
    shown = [one for one in boxes if one.isVisible()]
    assert len(shown) == 1
    return shown[0]


def test_tab_walks_through_the_page_without_a_trap(example: Path, start: Start) -> None:
    program = start(example)
    for spec in PAGES:
        page = program.page(spec.key)
        seen: list[QWidget] = []
        for _ in range(120):  # a text with two links keeps the cursor for three presses
            focused = program.window.focusWidget()
            assert focused is not None, spec.key
            if focused not in seen:
                seen.append(focused)
            program.key(Qt.Key.Key_Tab, PLAIN)
        inside = [one for one in seen if page.isAncestorOf(one)]
        assert len(inside) > 1, spec.key
        assert len(inside) < len(seen), f"Tab never leaves the page {spec.key}"
