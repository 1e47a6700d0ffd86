"""A scrolling area that leaves Ctrl+wheel to the window (it changes the size of type)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def is_for_window(event: QWheelEvent) -> bool:
    """True for Ctrl+wheel."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class Scroll(QScrollArea):
    """No frame, no sideways scrolling, the inner widget as wide as the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if is_for_window(event):
            event.ignore()
        else:
            super().wheelEvent(event)
