"""Lists: the model, the narrowing filter, groups, selection that survives, columns, copying."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from imc_desktop.domain.words import fold
from tests.ui.conftest import type_text
from ui.common.filter_bar import FilterBar, number
from ui.common.filter_state import Condition, FilterState, SearchIndex
from ui.common.rows_model import Column, RowsModel
from ui.common.table import Table
from ui.common.tone_delegate import TextDelegate
from ui.context import Context
from ui.prefs import Prefs
from ui.theme import Theme

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    school: str
    years: int | None = None


PEOPLE = (
    Person(1, "Яшина Анна", "СОШ № 10", 3),
    Person(2, "Ёлкина Ольга", "СОШ № 2", None),
    Person(3, "Елагина Инна", "СОШ № 2", 12),
    Person(4, "Қасымова Әсел", "Лицей № 5", 7),
    Person(5, "Жукова Вера", "Лицей № 5", 1),
)
COLUMNS: tuple[Column[Person], ...] = (
    Column("name", "ФИО", lambda p: p.name),
    Column("school", "Организация", lambda p: p.school),
    Column("years", "Стаж", lambda p: str(p.years or ""), sort=lambda p: p.years, align="right", tone=lambda _: "ok"),
)


@pytest.fixture
def model(theme: Theme) -> RowsModel[Person]:
    made = RowsModel(COLUMNS, lambda p: p.id, theme)
    made.set_rows(PEOPLE)
    return made


@pytest.fixture
def table(qtbot: QtBot, model: RowsModel[Person], theme: Theme) -> Table:
    made = Table(model, theme, Prefs(), "people", "Педагоги")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def ids(model: RowsModel[Person]) -> list[int]:
    return [person.id for person in model.shown_rows()]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, model: RowsModel[Person]) -> None:
    qtmodeltester.check(model)
    model.set_group(lambda p: p.school, ["СОШ № 2"])
    model.toggle_group(0)
    model.sort(0)
    model.filter.text = "сош"
    model.apply_filter()
    model.set_rows(PEOPLE[:2])
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("column", "backwards", "expected"),
    [
        (0, False, [3, 2, 5, 4, 1]),
        (1, False, [4, 5, 2, 3, 1]),
        (2, False, [5, 1, 4, 3, 2]),
        (2, True, [3, 4, 1, 5, 2]),
        (-1, False, [1, 2, 3, 4, 5]),
    ],
)
def test_sort_by_stored_keys_blanks_last(
    model: RowsModel[Person], column: int, backwards: bool, expected: list[int]
) -> None:
    model.sort(column, Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder)
    assert ids(model) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("елк", [2]),
        ("ЁЛК", [2]),
        ("касымова", [4]),
        ("лицей 5 жук", [5]),
        ("сош № 2", [2, 3]),
        ("нет такого", []),
    ],
)
def test_typed_words_in_any_order_and_spelling(model: RowsModel[Person], typed: str, found: list[int]) -> None:
    model.filter.text = typed
    model.apply_filter()
    assert ids(model) == found
    assert (model.shown, model.total) == (len(found), 5)


def test_narrowing_gives_what_a_fresh_search_gives() -> None:
    blobs = [fold(f"{a} {b} школа {n}") for n in range(4) for a in ("Иванова", "Ивлева") for b in ("Анна", "Инна")]
    index = SearchIndex(blobs)
    for typed in ("и", "ив", "ива", "ива а", "ива ан", "ива", "ив", "", "ивл 3", "ивл", "школа 2 инна"):
        assert index.find(typed) == SearchIndex(blobs).find(typed)


def test_conditions_and_text_narrow_together() -> None:
    state: FilterState[Person] = FilterState()
    index = SearchIndex([fold(p.name) for p in PEOPLE])
    assert state.positions(PEOPLE, index) is None
    state.set(Condition("school", "СОШ № 2", lambda p: p.school == "СОШ № 2"))
    state.text = "ольга"
    assert state.positions(PEOPLE, index) == [1]
    state.remove("school")
    state.remove("school")
    assert [c.key for c in state.conditions] == []
    state.clear()
    assert not state.active


def test_groups_count_and_fold(model: RowsModel[Person]) -> None:
    model.set_group(lambda p: p.school, ["Лицей № 5", "Пусто"])
    assert [model.text_at(line, 0) for line in model.layout_of_rows.heading_lines] == [
        "▾  Лицей № 5 · 2",
        "▾  СОШ № 10 · 1",
        "▾  СОШ № 2 · 2",
    ]
    assert model.rowCount() == 8
    model.toggle_group(0)
    assert model.rowCount() == 6
    assert model.text_at(0, 0) == "▸  Лицей № 5 · 2"
    assert model.shown == 5
    assert model.row_at(0) is None
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    model.set_rows(PEOPLE)
    assert model.rowCount() == 6


def test_the_chosen_row_survives_reload_sort_filter_and_change(table: Table) -> None:
    told: list[Person | None] = []
    table.choose(3)
    table.currentRow.connect(told.append)
    table.rows.set_rows([replace(p, name=p.name + " (новое)") for p in reversed(PEOPLE)])
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.current().id == 3
    assert [p.id for p in table.selected()] == [3]
    assert told[0] is not None
    assert told[0].name.endswith("(новое)")
    table.rows.filter.text = "яшина"
    table.rows.apply_filter()
    assert table.current() is None
    assert told[-1] is None


def test_keys_of_the_list(table: Table, qtbot: QtBot) -> None:
    asked: list[tuple[str, object]] = []
    table.opened.connect(lambda row: asked.append(("open", row.id)))
    table.requestedEdit.connect(lambda row: asked.append(("edit", row.id)))
    table.requestedNew.connect(lambda: asked.append(("new", None)))
    table.requestedDelete.connect(lambda rows: asked.append(("delete", [r.id for r in rows])))
    table.choose(2)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Insert, Qt.Key.Key_Delete):
        qtbot.keyClick(table, key)
    assert asked == [("open", 2), ("edit", 2), ("new", None), ("delete", [2])]


def test_a_group_folds_by_click_and_by_space(table: Table, qtbot: QtBot) -> None:
    table.rows.set_group(lambda p: p.school)
    place = table.visualRect(table.rows.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.rows.text_at(0, 0).startswith("▸")
    table.setCurrentIndex(table.rows.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.rows.text_at(0, 0).startswith("▾")


def test_copy_gives_text_and_table(table: Table) -> None:
    table.rows.set_rows([Person(1, "Яшина\tАнна <b>", "СОШ № 10", 3)])
    table.selectAll()
    table.copy_selection()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "ФИО\tОрганизация\tСтаж\nЯшина Анна <b>\tСОШ № 10\t3"
    assert "<td>Яшина\tАнна &lt;b&gt;</td>" in data.html()
    table.copy_selection(headings=False)
    assert QGuiApplication.clipboard().text().startswith("Яшина")


def test_the_program_ends_well_with_something_copied() -> None:
    """Data made in Python and left to the clipboard crashed the end of the process."""
    program = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.common.copying import copy_lines
from ui.common.rows_model import Column, RowsModel
from ui.prefs import Prefs
from ui.theme import Theme
app = QApplication(["test"])
model = RowsModel([Column("name", "ФИО", str)], hash, Theme(app, Path("resources"), Prefs()))
model.set_rows(["Яшина"])
copy_lines(model, [0], [0], headings=True)
assert app.clipboard().mimeData().hasHtml()
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_columns_fill_the_list_and_nothing_is_cut_while_there_is_room(table: Table) -> None:
    widths = [table.columnWidth(n) for n in range(3)]
    assert sum(widths) == table.viewport().width()
    need = max(table.fontMetrics().horizontalAdvance(p.name) for p in PEOPLE)
    assert widths[0] > need


def test_columns_are_remembered(qtbot: QtBot, model: RowsModel[Person], theme: Theme) -> None:
    prefs = Prefs()
    first = Table(model, theme, prefs, "people", "Педагоги")
    qtbot.addWidget(first)
    first.resize(700, 300)
    first.show()
    first.horizontalHeader().resizeSection(0, 333)
    first.horizontalHeader().moveSection(2, 1)
    first.widths.show_column(1, False)
    qtbot.mouseClick(
        first.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=first.horizontalHeader().rect().center() / 4
    )
    again = Table(RowsModel(COLUMNS, lambda p: p.id, theme), theme, prefs, "people", "Педагоги")
    qtbot.addWidget(again)
    again.resize(700, 300)
    again.show()
    assert again.columnWidth(0) == 333
    assert again.isColumnHidden(1)
    assert again.horizontalHeader().visualIndex(2) == 1
    again.widths.reset()
    assert not again.isColumnHidden(1)
    assert again.horizontalHeader().visualIndex(2) == 2


def test_the_column_menu_shows_and_hides(table: Table) -> None:
    menu = table.widths.menu()
    actions = menu.actions()
    assert [a.text() for a in actions if a.text()] == ["ФИО", "Организация", "Стаж", "Вернуть исходные столбцы"]
    assert not actions[0].isEnabled()
    actions[1].setChecked(False)
    assert table.isColumnHidden(1)
    menu.close()


def test_columns_that_find_no_room_give_way_and_come_back(qtbot: QtBot, model: RowsModel[Person], theme: Theme) -> None:
    columns = (COLUMNS[0], COLUMNS[1]._replace(yields=2), COLUMNS[2]._replace(yields=1))
    narrow: RowsModel[Person] = RowsModel(columns, lambda p: p.id, theme)
    prefs = Prefs()
    table = Table(narrow, theme, prefs, "narrow", "Люди")
    qtbot.addWidget(table)
    narrow.set_rows(PEOPLE)
    table.resize(900, 300)
    table.show()
    assert table.widths.visible() == [0, 1, 2]
    theme.set_scale(200)
    table.resize(380, 300)
    assert table.widths.visible() == [0, 2], "the one that gives way first"
    assert table.horizontalScrollBar().maximum() == 0
    line = narrow.layout_of_rows.line_of(4)
    delegate = table.itemDelegate()
    assert isinstance(delegate, TextDelegate)
    assert delegate.more(narrow.index(line, 0)) == ["Организация: Лицей № 5"]
    assert [action.isChecked() for action in table.widths.menu().actions()[:3]] == [True, True, True]
    table.choose(4)
    table.copy_selection()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "Қасымова Әсел\tЛицей № 5\t7", "copied as ever"
    assert prefs.get("list.narrow.hidden") is None
    table.resize(1400, 300)
    assert table.widths.visible() == [0, 1, 2]


def test_headings_stay_low_and_rows_follow_the_size_of_type(
    qtbot: QtBot, model: RowsModel[Person], theme: Theme
) -> None:
    table = Table(model, theme, Prefs(), "sizes", "Люди")
    qtbot.addWidget(table)
    model.set_group(lambda p: p.school)
    table.set_lines(2)
    theme.set_scale(200)
    headings = set(model.layout_of_rows.heading_lines)
    assert headings
    for lines, heading, row in ((2, 56, 90), (1, 56, 56)):
        table.set_lines(lines)
        assert {table.rowHeight(line) for line in headings} == {heading}
        assert {table.rowHeight(line) for line in set(range(model.rowCount())) - headings} == {row}
    theme.set_scale(100)
    assert {table.rowHeight(line) for line in range(model.rowCount())} == {28}


def test_a_long_list_asks_for_no_more_cells_than_a_short_one(qtbot: QtBot, theme: Theme) -> None:
    def cells(count: int) -> int:
        asked = [0]

        def text(p: Person) -> str:
            asked[0] += 1
            return p.name

        rows = [Person(n, f"Яшина Анна {n}", "СОШ") for n in range(count)]
        made = Table(RowsModel((Column("name", "ФИО", text),), lambda p: p.id, theme), theme, Prefs(), "x", "Список")
        qtbot.addWidget(made)
        made.resize(600, 400)
        made.rows.set_rows(rows)
        made.show()
        made.grab()
        return asked[0]

    assert cells(20_000) <= cells(1_200)


def test_filter_bar(table: Table, qtbot: QtBot, ctx: Context) -> None:
    bar = FilterBar(table, ctx.theme)
    for widget in (bar.search, bar.chips, bar.counter):
        qtbot.addWidget(widget)
    school = bar.add_choice("school", "Организация", lambda p, value: p.school == value)
    school.set_options([("СОШ № 2", "СОШ № 2"), ("Лицей № 5", "Лицей № 5")])
    assert bar.counter.text() == "показано 5 из 5"
    type_text(bar.search, "Ёлк")
    assert bar.counter.text() == "показано 1 из 5"
    school.choose("Лицей № 5")
    assert bar.counter.text() == "показано 0 из 5"
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.counter.text() == "показано 2 из 5"
    assert school.text().startswith("Организация: Лицей № 5")
    bar.set_condition("due", "Стаж больше 5", lambda p: (p.years or 0) > 5)
    assert bar.counter.text() == "показано 1 из 5"
    chip = next(b for b in bar.chips.findChildren(QPushButton) if b.text().startswith("Стаж"))
    chip.click()
    table.selectAll()
    assert bar.counter.text() == "показано 2 из 5 · выделено 2"
    bar.clear()
    assert bar.counter.text().startswith("показано 5 из 5")
    school.set_options([])
    assert school.value is None


def test_numbers_are_easy_to_read() -> None:
    assert number(1200) == "1\u202f200"
