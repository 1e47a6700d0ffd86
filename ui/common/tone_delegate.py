"""How the cells of a list are drawn: plain texts by Qt itself, statuses in their colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip

from ui.common.rows_model import FOREGROUND, NO_PARENT


class TextDelegate(QStyledItemDelegate):
    """Cells as Qt draws them; under the mouse a text that is cut in full, and the columns that found no room.

    ``more`` gives lines about the row of an index.
    """

    def __init__(self, parent: QTableView, more: Callable[[QModelIndex | QPersistentModelIndex], list[str]]) -> None:
        super().__init__(parent)
        self.more = more

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        text = str(index.data() or "")
        rect: QRect = option.rect  # type: ignore[attr-defined]
        cut = view.fontMetrics().horizontalAdvance(text) > rect.width() - 2 * view.fontMetrics().averageCharWidth()
        told = [text] if text and cut else []
        told += self.more(index)
        if told:
            QToolTip.showText(event.globalPos(), "\n".join(told), view.viewport(), rect)
        else:
            QToolTip.hideText()
        return True


class ToneDelegate(TextDelegate):
    """Draws a status in its colour, also on the selected row, and on the same base line as its neighbours."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        brush = index.data(FOREGROUND)
        if brush is not None:
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, brush)  # type: ignore[attr-defined]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text, brush = index.data(), index.data(FOREGROUND)
        view = self.parent()
        if brush is None or not isinstance(view, QTableView) or view.wordWrap():
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if view.selectionModel().isRowSelected(index.row(), NO_PARENT):
            painter.fillRect(rect, view.palette().brush(QPalette.ColorRole.Highlight))
        metrics, pad = view.fontMetrics(), view.fontMetrics().averageCharWidth() + 1
        base = rect.top() + (rect.height() + metrics.ascent() - metrics.descent() + 1) // 2
        painter.setPen(brush.color())
        painter.setFont(view.font())
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 2 * pad)
        painter.drawText(QPointF(rect.left() + pad, base), fitted)
