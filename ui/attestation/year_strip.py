"""Twelve bars above the calendar: how full each month of the school year is; a click or the arrows open a month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from imc_desktop.usecases.attestation_calendar import MonthLoad
from ui.attestation.state import load_words
from ui.theme import Theme

HEIGHT, LOW = 84, 46
BAR_WIDTH = 14
LABEL_ROOM = 26


class YearStrip(QWidget):
    """``chosen`` gives the month («2026-11») a person has picked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._loads: list[MonthLoad] = []
        self.month = ""
        self._low = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Год аттестации по месяцам")
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(900), self._theme.px(LOW if self._low else HEIGHT))

    def set_low(self, *, low: bool) -> None:
        """On a low window the bars give their room to the calendar."""
        if low != self._low:
            self._low = low
            self._restyle()

    def show_year(self, loads: Sequence[MonthLoad], month: str) -> None:
        """Show twelve months; ``month`` is the opened one."""
        self._loads, self.month = list(loads), month
        opened = next((load for load in self._loads if load.month == month), None)
        self.setAccessibleDescription(load_words(opened) if opened else "")
        self.update()

    def slot_rect(self, number: int) -> QRectF:
        """Where a month stands."""
        width = self.width() / max(1, len(self._loads))
        return QRectF(number * width, 0, width, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max((max(load.categories, load.szd) for load in self._loads), default=0) or 1
        for number, load in enumerate(self._loads):
            self._paint_month(painter, self.slot_rect(number), load, highest)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().x())
        if 0 <= number < len(self._loads):
            self.chosen.emit(self._loads[number].month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        months = [load.month for load in self._loads]
        if event.key() in steps and self.month in months:
            place = months.index(self.month) + steps[Qt.Key(event.key())]
            if 0 <= place < len(months):
                self.chosen.emit(months[place])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and months:
            self.chosen.emit(months[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._at(event.pos().x())
            if 0 <= number < len(self._loads):
                QToolTip.showText(event.globalPos(), load_words(self._loads[number]), self)
            return True
        return super().event(event)

    def _at(self, x: float) -> int:
        return int(x * len(self._loads) / self.width()) if self._loads and self.width() else -1

    def _paint_month(self, painter: QPainter, slot: QRectF, load: MonthLoad, highest: int) -> None:
        theme, opened = self._theme, load.month == self.month
        if opened:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(slot.adjusted(2, 0, -2, 0), 8, 8)
            if self.hasFocus():
                painter.setPen(theme.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(slot.adjusted(2.5, 0.5, -2.5, -0.5), 8, 8)
        room = slot.height() - theme.px(LABEL_ROOM) - theme.px(10)
        middle, bottom, width = slot.center().x(), slot.height() - theme.px(LABEL_ROOM), theme.px(BAR_WIDTH)
        painter.setPen(Qt.PenStyle.NoPen)
        for value, left, brush in (
            (load.categories, middle - width - 1, QBrush(theme.colour("accent" if opened else "disabled"))),
            (load.szd, middle + 1, QBrush(theme.colour("soon"), Qt.BrushStyle.BDiagPattern)),
        ):
            if value:
                high = max(3.0, room * value / highest)
                painter.setBrush(brush)
                painter.drawRect(QRectF(left, bottom - high, width, high))
        painter.setPen(theme.colour("accent" if load.current else "text" if opened else "secondary"))
        painter.setFont(theme.font(bold=opened or load.current))
        label = QRectF(slot.left(), bottom, slot.width(), theme.px(LABEL_ROOM))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{load.title} · {load.total}")

    @Slot()
    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(LOW if self._low else HEIGHT))
        self.update()
