"""List on the left, card on the right; on a narrow window the card opens as a page and Esc returns to the row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.context import Context

NARROW = 1180


class ListDetail(QWidget):
    """Remembers its splitter under ``name``; call ``open_detail`` when a row is opened."""

    def __init__(self, left: QWidget, detail: QWidget, ctx: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._detail = left, detail
        self._theme, self._prefs, self._place = ctx.theme, ctx.prefs, f"split.{name}"
        self._narrow = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(left)
        self._splitter.addWidget(detail)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setHandleWidth(1)
        self._splitter.splitterMoved.connect(self._remember)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    @property
    def narrow(self) -> bool:
        """True when list and card do not fit side by side."""
        return self._narrow

    def open_detail(self) -> None:
        """On a narrow window show the card instead of the list."""
        if self._narrow:
            self._left.hide()
            self._detail.show()
            self._detail.setFocus()

    @Slot()
    def back_to_list(self) -> None:
        """Return from the card to the same row."""
        self._left.show()
        self._detail.setVisible(not self._narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._narrow and self._left.isHidden():
            self.back_to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < self._theme.px(NARROW)
        if narrow != self._narrow or event.oldSize().width() <= 0:
            self._narrow = narrow
            self.back_to_list()
        if not narrow:
            share = self._prefs.get(self._place, 0.27)
            right = int(event.size().width() * min(0.6, max(0.15, share)))
            self._splitter.setSizes([event.size().width() - right, right])

    @Slot()
    def _remember(self) -> None:
        left, right = self._splitter.sizes()
        if left + right and not self._narrow:
            self._prefs.set(self._place, round(right / (left + right), 4))
