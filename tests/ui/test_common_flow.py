"""A row of buttons that becomes two when room is short, and lengths that follow the size of type."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.common.flow import Flow
from ui.common.kept_size import KeptSize
from ui.theme import Theme


class Row(QWidget):
    """Two buttons at the left, one and a box to type into at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow((10, 5, 10, 5), spacing=8)
        self.left, self.more, self.right, self.box = (
            QPushButton("Таблица"),
            QPushButton("Месяц"),
            QPushButton("Печать"),
            QLineEdit(),
        )
        for button in (self.left, self.more, self.right):
            button.setFixedSize(100, 30)
        self.box.setMinimumWidth(60)
        self.box.setMaximumWidth(200)
        self.flow.add(self.left, self.more)
        self.flow.add(self.box, self.right, end=True)
        self.setLayout(self.flow)


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> Row:
    made = Row()
    qtbot.addWidget(made)
    made.show()
    return made


def at(row: Row, width: int) -> Row:
    row.resize(width, row.heightForWidth(width))
    QApplication.processEvents()
    return row


def test_with_room_it_is_one_line_and_the_ends_stand_apart(row: Row) -> None:
    at(row, 800)
    assert {row.left.y(), row.more.y(), row.right.y()} == {row.left.y()}
    assert row.left.x() == 10
    assert row.right.geometry().right() + 1 == 790
    assert row.box.geometry().right() + 1 + 8 == row.right.x()
    assert row.box.width() > 60, "what can grow takes its usual width"


def test_short_of_room_what_can_shrink_shrinks_first(row: Row) -> None:
    at(row, 10 + 100 + 8 + 100 + 8 + 70 + 8 + 100 + 10)
    assert row.right.y() == row.left.y()
    assert row.box.width() == 70
    assert row.right.width() == 100


def test_then_those_at_the_right_go_to_the_next_line_together(row: Row) -> None:
    at(row, 380)
    assert row.more.y() == row.left.y()
    assert row.box.geometry().center().y() == pytest.approx(row.right.geometry().center().y(), abs=1)
    assert row.right.y() == row.left.y() + 38
    assert row.right.geometry().right() + 1 == 370


def test_on_a_very_narrow_place_nothing_is_squeezed(row: Row) -> None:
    at(row, 150)
    assert [one.width() for one in (row.left, row.more, row.right)] == [100, 100, 100]
    assert row.heightForWidth(150) > row.heightForWidth(380) > row.heightForWidth(800)


def test_hidden_ones_take_no_room(row: Row) -> None:
    row.more.hide()
    row.right.hide()
    at(row, 200)
    assert row.box.x() == 10 + 100 + 8
    assert row.flow.minimumSize().width() == 120
    assert row.flow.takeAt(9) is None


def test_a_kept_length_follows_the_type(qtbot: QtBot, theme: Theme) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    KeptSize(theme, widget, "setFixedSize", 100, 20)
    theme.set_scale(150)
    assert (widget.width(), widget.height()) == (150, 30)


def test_a_row_answers_while_its_window_is_being_destroyed(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = Flow()
    row.add(QPushButton("Один"), QPushButton("Два"), end=True)
    box.setLayout(row)
    delete(row.itemAt(0))
    assert row.sizeHint().width() == row.minimumSize().width()
    row.setGeometry(QRect(0, 0, 300, 30))
    row.__dict__.clear()  # as the collector leaves it
    assert row.count() == 0
    assert row.itemAt(0) is None
    assert row.heightForWidth(300) == 0
    row.setGeometry(QRect(0, 0, 300, 30))
