"""Counters above the list: pressing one narrows the list to it, pressing it again shows everybody called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.common.filter_bar import number
from ui.common.status_mark import mark, tone
from ui.courses.state import Tile
from ui.theme import Theme

HEIGHT = 62


class TileButton(QPushButton):
    """A large number, what it counts, and a quieter line with the shape of the status."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setObjectName("tile")
        self.setCheckable(True)
        self.count, self.title, self.note = QLabel(), QLabel(), QLabel()
        self.note.setObjectName("secondary")
        self._first = QHBoxLayout()
        self._first.setSpacing(8)
        self._first.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBaseline)
        self._first.addWidget(self.title, 1, Qt.AlignmentFlag.AlignBaseline)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 8)
        column.setSpacing(0)
        column.addLayout(self._first)
        column.addWidget(self.note)
        for label in (self.count, self.title, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def needs(self) -> int:
        """How wide it must be to say everything in two lines."""
        first = self.count.sizeHint().width() + self.title.sizeHint().width() + self._first.spacing()
        return max(first, self.note.sizeHint().width()) + 24

    def set_narrow(self, *, narrow: bool) -> None:
        """Short of room the title goes under the number and the note under the mouse."""
        ways = QBoxLayout.Direction
        self._first.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._first.setSpacing(0 if narrow else 8)
        self.note.setVisible(not narrow)


class Tiles(QWidget):
    """``chosen`` gives the key of the pressed tile, "" when none is."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: list[Tile] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.buttons = [TileButton(key) for key in keys]
        for button in self.buttons:
            button.clicked.connect(self._tell)
            row.addWidget(button, 1)
        theme.changed.connect(self._restyle)

    @property
    def key(self) -> str:
        """The pressed tile, "" when none is."""
        return next((button.key for button in self.buttons if button.isChecked()), "")

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """New counts; what is pressed stays pressed."""
        self._shown = list(tiles)
        for button, tile in zip(self.buttons, tiles, strict=True):
            button.count.setText(number(tile.count))
            button.title.setText(tile.title)
            button.note.setText(f"{mark(tile.status)} {tile.note}")
            button.setAccessibleName(f"{tile.title}: {tile.count}")
            button.setToolTip(f"Показать только это: {tile.title}, {tile.note}")
        self._restyle()

    def choose(self, key: str) -> None:
        """Press a tile in code, silently; "" releases all."""
        for button in self.buttons:
            button.setChecked(button.key == key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() // max(1, len(self.buttons)) - 8
        narrow = any(button.needs() > room for button in self.buttons)
        for button in self.buttons:
            button.set_narrow(narrow=narrow)

    @Slot()
    def _tell(self) -> None:
        pressed = self.sender()
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self.chosen.emit(self.key)

    @Slot()
    def _restyle(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#tile:checked {{ background: {colours.tint}; border-color: {colours.accent}; }}"
            f"#tile:focus {{ border-color: {colours.accent}; }}"
        )
        for button, tile in zip(self.buttons, self._shown, strict=False):
            button.setFixedHeight(self._theme.px(HEIGHT))
            button.count.setFont(self._theme.font(16, bold=True))
            button.note.setFont(self._theme.font(9))
            button.count.setStyleSheet(f"color: {getattr(colours, tone(tile.status))}")
        self._fit()
