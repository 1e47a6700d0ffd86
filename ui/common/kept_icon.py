"""An icon that follows the scheme and the size of type for as long as what it stands on lives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from ui.theme import Theme


class KeptIcon(QObject):
    """Sets an icon on a button or an action, now and whenever the look changes."""

    def __init__(self, theme: Theme, place: QAbstractButton | QAction, name: str, tone: str = "text") -> None:
        super().__init__(place)
        self._theme, self._place, self._name, self._tone = theme, place, name, tone
        theme.changed.connect(self.apply)
        self.apply()

    @Slot()
    def apply(self) -> None:
        """In the present colours."""
        self._place.setIcon(self._theme.icon(self._name, self._tone))
