"""A row that becomes two when room is short: what is pressed is never squeezed, whatever the size of type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class Flow(QLayout):
    """Widgets from left to right; those added with ``end`` stand at the right edge of the line they are on.

    When they do not fit on one line, those at the right go to the next one together; hidden ones take no room. Qt asks
    a layout also while its window is being destroyed, its items gone before it or its own memory already cleared by the
    collector: an answer that raises there ends the process, so all it reads has a default and is looked at first.
    """

    _items: Sequence[QLayoutItem] = ()
    _ends: frozenset[int] = frozenset()
    _elastic = True

    def __init__(
        self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8, *, elastic: bool = True
    ) -> None:
        """``elastic``: within another row it may be squeezed, and takes what room is left."""
        super().__init__()
        self._elastic = elastic
        self.setContentsMargins(QMargins(*margins))
        self.setSpacing(spacing)

    def add(self, *widgets: QWidget, end: bool = False) -> None:
        """Put widgets at the end of the row; ``end`` keeps them at the right."""
        for widget in widgets:
            if end:
                self._ends |= {len(self._items)}
            self.addWidget(widget)

    # --- what Qt asks -------------------------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items = [*self._items, item]

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        found = self._items[index] if 0 <= index < len(self._items) else None
        return found if found is not None and isValid(found) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        if not 0 <= index < len(self._items):
            return None
        self._ends = frozenset(place - (place > index) for place in self._ends if place != index)
        taken = self._items[index]
        self._items = [*self._items[:index], *self._items[index + 1 :]]
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal if self._elastic else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        tall = sum(self._height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)
        return tall + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        shown = list(self._shown())
        wide = sum(self._width(number) for number in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, self._height(shown)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        shown = list(self._shown())
        wide = max((self._least(number) for number in shown), default=0)
        return QSize(wide, self._height(shown)).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            high = self._height(line)
            self._place(line, QRect(inner.left(), top, inner.width(), high))
            top += high + self.spacing()

    # --- lines --------------------------------------------------------------------------------------------------------

    def _shown(self) -> Iterable[int]:
        return (number for number, item in enumerate(self._items) if isValid(item) and not item.isEmpty())

    def _width(self, number: int) -> int:
        item = self._items[number]
        return min(item.sizeHint().expandedTo(item.minimumSize()).width(), item.maximumSize().width())

    def _least(self, number: int) -> int:
        """What may be squeezed (a box to type into) may; what is pressed may not."""
        item = self._items[number]
        elastic = item.expandingDirections() & Qt.Orientation.Horizontal
        return item.minimumSize().width() if elastic else self._width(number)

    def _height(self, line: Iterable[int]) -> int:
        return max((self._items[number].sizeHint().height() for number in line), default=0)

    def _lines(self, width: int) -> list[list[int]]:
        shown = list(self._shown())
        whole = sum(map(self._least, shown)) + self.spacing() * (len(shown) - 1)
        lines: list[list[int]] = []
        used = 0
        for number in shown:
            least = self._least(number)
            parted = whole > width and number in self._ends and bool(lines) and lines[-1][-1] not in self._ends
            if lines and not parted and used + self.spacing() + least <= width:
                lines[-1].append(number)
                used += self.spacing() + least
            else:
                lines.append([number])
                used = least
        return lines

    def _place(self, line: list[int], room: QRect) -> None:
        """Elastic ones share what is left; then the rest of the room parts the two ends."""
        widths = {number: self._least(number) for number in line}
        spare = room.width() - sum(widths.values()) - self.spacing() * (len(line) - 1)
        for number in line:
            more = max(0, min(spare, self._width(number) - widths[number]))
            widths[number] += more
            spare -= more
        left = room.left()
        parted = False
        for number in line:
            if number in self._ends and not parted:
                parted = True
                left += max(0, spare)
            item = self._items[number]
            width = min(widths[number], room.width())
            high = min(item.sizeHint().height(), room.height())
            top = room.top() + (room.height() - high) // 2
            item.setGeometry(QRect(QPoint(left, top), QSize(width, high)))
            left += width + self.spacing()
