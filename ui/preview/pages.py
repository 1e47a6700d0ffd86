"""Pages of a PDF: fitted to the width, zoomed by Ctrl+wheel, telling which point of which page was clicked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

CLOSEST, FARTHEST = 0.25, 4.0


class PagesView(QPdfView):
    """``clicked`` carries the page (from 0) and the point in points from its upper left corner."""

    clicked = Signal(int, float, float)

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = document
        self.setDocument(document)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setAccessibleName("Страницы документа")

    def place_at(self, x: float, y: float) -> tuple[int, QPointF] | None:
        """The page and its point under a point of the view; None between pages."""
        x, y = x + self.horizontalScrollBar().value(), y + self.verticalScrollBar().value()
        sizes = self._sizes()
        margins, width = self.documentMargins(), self.viewport().width()
        total = max((size.width() for size in sizes), default=0.0) + margins.left() + margins.right()
        top = float(margins.top())
        for page, size in enumerate(sizes):
            left = (max(total, width) - size.width()) / 2
            if top <= y <= top + size.height() and left <= x <= left + size.width():
                scale = self._pages.pagePointSize(page).width() / size.width()
                return page, QPointF((x - left) * scale, (y - top) * scale)
            top += size.height() + self.pageSpacing()
        return None

    def zoom(self, factor: float) -> None:
        """Nearer or farther."""
        if self.zoomMode() != QPdfView.ZoomMode.Custom:
            first = self._sizes()
            now = first[0].width() / self._natural(0).width() if first else 1.0
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            self.setZoomFactor(now)
        self.setZoomFactor(min(FARTHEST, max(CLOSEST, self.zoomFactor() * factor)))

    def fit(self) -> None:
        """The width of the page again."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self.place_at(event.position().x(), event.position().y())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(found[0], found[1].x(), found[1].y())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            super().wheelEvent(event)

    def _natural(self, page: int) -> QSizeF:
        return self._pages.pagePointSize(page) * (self.logicalDpiX() / 72)

    def _sizes(self) -> list[QSizeF]:
        """Sizes of the pages on the screen, as QPdfView lays them out."""
        room = self.viewport().width() - self.documentMargins().left() - self.documentMargins().right()
        sizes = []
        for page in range(self._pages.pageCount()):
            natural = self._natural(page)
            fitted = self.zoomMode() == QPdfView.ZoomMode.FitToWidth and natural.width() > 0
            sizes.append(natural * (room / natural.width() if fitted else self.zoomFactor()))
        return sizes
