"""What the review of the whole window found: icons, focus, boxes that close early, fields that leave no gap."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from imc_desktop.app import _Host
from ui.common.dialog import FormDialog
from ui.common.empty_state import EmptyState
from ui.common.form import Field
from ui.common.page import Page
from ui.context import Context, MessageAction
from ui.main_window import MainWindow
from ui.registry import PAGES, PageSpec

ROOT = Path(__file__).parents[2]
ICONS = {path.stem for path in (ROOT / "resources" / "icons" / "outline").glob("*.svg")}


def test_every_icon_of_tabs_and_menu_is_there() -> None:
    wanted = {spec.icon for spec in PAGES} | {spec.icon for spec in _Host().actions()}
    assert wanted <= ICONS


def test_every_icon_asked_for_by_name_is_there() -> None:
    """``theme.icon("…")``, ``icons.icon("…")``, ``theme.picture("…")``: a missing file would break a menu or a tab."""
    missing = set()
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("icon", "picture")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value not in ICONS
            ):
                missing.add(f"{path.name}: {node.args[0].value!r}")
    assert not missing


def test_the_menu_can_be_opened(qtbot: QtBot, ctx: Context) -> None:
    window = MainWindow(ctx, _Host().actions(), ())
    qtbot.addWidget(window)
    window.actions_of_window.menu.aboutToShow.emit()
    for key in ("new", "open", "demo", "import", "questions", "copy", "restore"):
        assert not window.actions_by_key[key].icon().isNull(), key


def test_a_box_begins_in_its_first_field(qtbot: QtBot, ctx: Context) -> None:
    box = FormDialog(ctx, "Проба", (Field("one", "Первое"), Field("two", "Второе")))
    qtbot.addWidget(box)
    box.show()
    assert box.focusWidget() is box.form.editors["one"]


def test_a_hidden_field_leaves_no_gap(qtbot: QtBot, ctx: Context) -> None:
    box = FormDialog(ctx, "Проба", tuple(Field(key, key) for key in ("one", "two", "three")))
    qtbot.addWidget(box)
    box.form.set_shown("two", shown=False)
    hidden = box.form.sizeHint().height()
    assert not box.form.editors["two"].isVisibleTo(box)
    box.form.set_shown("two", shown=True)
    assert box.form.sizeHint().height() >= hidden + box.form.editors["two"].sizeHint().height()


class ListPage(Page):
    title = "Список"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.field = QLineEdit(self)
        self.list = QTableView(self)

    def refresh(self) -> None:
        pass


class BarePage(Page):
    title = "Пусто"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.state = EmptyState(ctx.theme, "users", "Пусто", "", (MessageAction("Начать", lambda: None),))
        self.state.setParent(self)

    def refresh(self) -> None:
        pass


@pytest.mark.parametrize(("name", "target"), [("ListPage", "list"), ("BarePage", "button")])
def test_opening_a_tab_brings_the_keyboard_into_it(qtbot: QtBot, ctx: Context, name: str, target: str) -> None:
    ctx.store = _NoSteps()
    window = MainWindow(ctx, (), (PageSpec("one", "Одна", "users", f"{__name__}:{name}"),))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_pages()
    page = window.page("one")
    expected: QWidget = page.list if target == "list" else page.state.buttons[0]  # type: ignore[union-attr]
    assert window.focusWidget() is expected
    assert expected.focusPolicy() != Qt.FocusPolicy.NoFocus


class _NoSteps:
    undo_label = redo_label = None
