"""P3–P6: the list of people at 3,000 and 100,000 rows: first paint, repaint, sorting, filter at every keystroke."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from imc_desktop import paths
from imc_desktop.domain.words import fold
from imc_desktop.usecases.staff import PersonRow, people
from tests.bench.districts import ON, make_district
from tests.bench.measure import Goal, compare, wall
from ui.clock import FixedClock
from ui.common.table import Table
from ui.context import Context
from ui.jobs import ImmediateRunner
from ui.prefs import Prefs
from ui.staff.people_list import people_table
from ui.theme import Theme

FEW, MANY = 3_000, 100_000
SIZE = (1300, 700)
ROW_HEIGHT = 28
QUERIES = ("с", "се", "сем", "семё", "семёно", "мария", "сош № 3", "физика", "иванова а", "кузнецов")
SPARSE = ("сидорарева ольга", "ёлкинушкина гүл", "нет такого", "ельцпетренко")
HITS = 500
ROUNDS = 9


class Constant(QAbstractTableModel):
    """As many cells, each the same string: what Qt itself costs."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self._rows

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self._columns

    def data(self, _index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return "Постоянная строка" if role == 0 else None

    def reset(self) -> None:
        """What every filter must do at the least."""
        self.beginResetModel()
        self.endResetModel()


def people_rows(folder: Path, count: int) -> list[PersonRow]:
    """The rows the page is given, from a database of so many people."""
    with closing(make_district(folder / f"{count}.imc", count, 0)) as store:
        return people(store, ON)


class Lists:
    """Real lists and the constant one, all of one size on the screen."""

    def __init__(self, folder: Path) -> None:
        app = QApplication.instance() or QApplication(["bench"])
        self.app: Any = app
        prefs = Prefs()
        prefs.set("view.scheme", "light")
        self.ctx = Context(Prefs(), Theme(self.app, paths.resources(), prefs), FixedClock(ON), ImmediateRunner())
        self.few = people_rows(folder, FEW)
        self.many = people_rows(folder, MANY)

    def table(self, rows: list[PersonRow]) -> Table:
        """A shown list."""
        table = people_table(self.ctx)
        table.resize(*SIZE)
        table.rows.set_rows(rows)
        self.show(table)
        return table

    def show(self, view: QTableView) -> None:
        """Show and let Qt come to rest."""
        view.show()
        self.app.processEvents()

    def constant(self, columns: int) -> QTableView:
        """Plain Qt with as many columns and rows on the screen."""
        view = QTableView()
        view.resize(*SIZE)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.setModel(Constant(FEW, columns))
        for column in range(columns):
            view.setColumnWidth(column, SIZE[0] // columns)
        self.show(view)
        return view

    def first_paint(self, rows: list[PersonRow]) -> float:
        """From rows in hand to a painted list."""
        found: list[Table] = []
        seconds = wall(lambda: found.append(self.table(rows)))
        found[0].close()
        found[0].deleteLater()
        self.app.processEvents()
        return seconds


def repaint(view: QTableView) -> None:
    """Paint what is on the screen, now."""
    view.viewport().repaint()


def keystrokes(table: Table, queries: tuple[str, ...]) -> Callable[[], None]:
    """Every query typed into the list, painted each time."""

    def work() -> None:
        for query in queries:
            table.rows.filter.text = query
            table.rows.apply_filter()
            repaint(table)

    return work


def constant_keystrokes(view: QTableView, count: int) -> Callable[[], None]:
    """As many resets and repaints of a constant page."""
    model = view.model()

    def work() -> None:
        for _ in range(count):
            model.reset()  # type: ignore[attr-defined]
            repaint(view)

    return work


def goals(folder: Path) -> Iterator[Goal]:
    """Lists of 3,000 and of 100,000."""
    lists = Lists(folder)
    yield compare(
        ("P3", 1.1, f"first paint of the list of people with {MANY} rows against {FEW} rows"),
        lambda: lists.first_paint(lists.many), lambda: lists.first_paint(lists.few), ROUNDS,
    )  # fmt: skip
    few, many = lists.table(lists.few), lists.table(lists.many)
    columns = len(few.widths.visible())
    constant = lists.constant(columns)
    yield compare(
        ("P3_repaint", 2.2, "repaint of a page of the list against a plain QTableView on a model of one constant string"),
        lambda: wall(lambda: repaint(few)), lambda: wall(lambda: repaint(constant)), ROUNDS * 3,
    )  # fmt: skip
    yield from _sorting(folder, many)
    yield compare(
        ("P5", 3.0, f"keystroke in the filter of {FEW} people (search, reset, repaint) against reset and repaint of a constant page"),
        lambda: wall(keystrokes(few, QUERIES)), lambda: wall(constant_keystrokes(constant, len(QUERIES))), ROUNDS,
    )  # fmt: skip
    for name, limit, what, queries in (
        ("P6", 5.0, "any query", QUERIES + SPARSE),
        ("P6_many", 2.5, f"queries with {HITS} hits and more", _frequent(lists.many)),
    ):
        yield compare(
            (
                name,
                limit,
                f"keystroke in the filter of {MANY} people, {what}, against reset and repaint of a constant page",
            ),
            lambda queries=queries: wall(keystrokes(many, queries)),  # type: ignore[misc]
            lambda queries=queries: wall(constant_keystrokes(constant, len(queries))),  # type: ignore[misc]
            3,
        )


def _sorting(folder: Path, many: Table) -> Iterator[Goal]:
    with closing(sqlite3.connect(folder / "keys.db")) as connection:
        connection.execute("CREATE TABLE person (id TEXT PRIMARY KEY, sort_key TEXT)")
        rows = [(row.id, row.sort_key) for row in many.rows.layout_of_rows.rows]
        connection.executemany("INSERT INTO person VALUES (?, ?)", rows)
        connection.execute("CREATE INDEX ix ON person (sort_key, id)")
        connection.commit()
        orders = [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder]

        def click() -> None:
            orders.reverse()
            many.rows.sort(0, orders[0])

        def fetch() -> None:
            connection.execute("SELECT id FROM person ORDER BY sort_key").fetchall()

        yield compare(
            ("P4", 1.5, f"click on the heading of {MANY} people (sort and reset) against SELECT id ORDER BY an indexed stored key"),
            lambda: wall(click), lambda: wall(fetch), ROUNDS,
        )  # fmt: skip
        many.rows.sort(-1)


def _frequent(rows: list[PersonRow]) -> tuple[str, ...]:
    texts = [row.search for row in rows]
    return tuple(query for query in QUERIES if sum(fold(query) in text for text in texts) >= HITS)
