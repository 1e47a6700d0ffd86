"""A row of buttons of which one is pressed: the views of a tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segmented(QWidget):
    """``chosen`` gives the key of the view; choosing in code is silent."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[tuple[str, str]], name: str = "Вид", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _ in items]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, (_, title) in enumerate(items):
            button = QPushButton(title)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._tell)

    @property
    def key(self) -> str:
        """The chosen key."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Press a button; an unknown key changes nothing."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def button(self, key: str) -> QPushButton:
        """One of the buttons."""
        button = self._group.button(self._keys.index(key))
        assert isinstance(button, QPushButton)  # noqa: S101 - only such are put in
        return button

    @Slot(int)
    def _tell(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
