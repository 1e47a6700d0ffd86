"""Lengths of a widget that follow the size of type for as long as the widget lives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class KeptSize(QObject):
    """Calls ``setter`` of the widget with ``pixels`` of 100 %, now and whenever the size of type changes."""

    def __init__(self, theme: Theme, widget: QWidget, setter: str, *pixels: int) -> None:
        super().__init__(widget)
        self._theme, self._widget, self._setter, self._pixels = theme, widget, setter, pixels
        theme.changed.connect(self.apply)
        self.apply()

    @Slot()
    def apply(self) -> None:
        """At the present size of type."""
        getattr(self._widget, self._setter)(*(self._theme.px(one) for one in self._pixels))
