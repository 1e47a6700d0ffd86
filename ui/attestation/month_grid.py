"""The month as a grid of days with what happens on them; arrows walk, Enter opens the day, PgUp/PgDn turn the month."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from imc_desktop.usecases.attestation_calendar import DayCell, DayChip, MonthView
from ui.attestation.state import cell_words, chip_hint, chip_mark, chip_tone
from ui.common.kept_size import KeptSize
from ui.theme import Theme

WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
HEADER, NUMBER, CHIP, GAP = 24, 24, 20, 2
WEEKS = 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def fitted(chip: DayChip, font: QFont, room: float) -> str:
    """The words of a chip: short of room a name loses its initials, a count its words."""
    metrics, mark = QFontMetricsF(font), chip_mark(chip)
    whole = f"{mark} {chip.title}"
    if metrics.horizontalAdvance(whole) > room:
        whole = f"{mark} {chip.title.split()[0]}" if len(chip.keys) == 1 else f"{mark} {len(chip.keys)}"
    return metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)


def is_low(rect: QRectF, theme: Theme) -> bool:
    """Large type on a small screen: below the number of a day there is no room for even one chip."""
    return rect.height() < theme.px(NUMBER + CHIP) + 2


def marks_beside(rect: QRectF, cell: DayCell, theme: Theme) -> list[tuple[QRectF, DayCell, DayChip]]:
    """Only the marks, to the right of the number; the words are in the list and under the mouse."""
    side, first = theme.px(CHIP), rect.left() + 4 + theme.px(NUMBER)
    room = max(1, int((rect.right() - first) // side))
    return [
        (QRectF(first + place * side, rect.top() + 3, side - 2, side), cell, chip)
        for place, chip in enumerate(cell.chips[:room])
    ]


class MonthGrid(QWidget):
    """``opened`` gives a day and the keys of its rows; ``turned`` asks for the month before (−1) or after (1)."""

    opened = Signal(str, tuple)
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: list[DayCell] = []
        self._names: Mapping[str, str] = {}
        self._cursor = 0
        self._zones: list[tuple[QRectF, DayCell, DayChip]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        KeptSize(theme, self, "setMinimumSize", 260, HEADER + WEEKS * NUMBER)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(860), self._theme.px(520))

    @property
    def day(self) -> str:
        """The day under the cursor."""
        return self._cells[self._cursor].day if self._cells else ""

    def show_month(self, view: MonthView) -> None:
        """Show a month; the cursor stays on its day, else goes to today or the first."""
        before = self.day
        self._cells = [cell for week in view.weeks for cell in week]
        self._names = {row.key: row.short for row in view.rows}
        days = [cell.day for cell in self._cells]
        inside = [number for number, cell in enumerate(self._cells) if cell.in_month]
        today = [number for number in inside if self._cells[number].today]
        kept = [days.index(before)] if before in days and days.index(before) in inside else []
        self._move_to((kept or today or inside)[0])
        self.setAccessibleName(f"Календарь аттестации, {view.title}")

    def zones(self) -> list[tuple[QRectF, DayCell, DayChip]]:
        """Where each chip stands."""
        self._lay_out()
        return self._zones

    # --- painting -----------------------------------------------------------------------------------------------------

    def cell_rect(self, number: int) -> QRectF:
        """Where a day stands."""
        weeks = max(1, len(self._cells) // 7)
        head = self._theme.px(HEADER)
        width, height = (self.width() - 1) / 7, (self.height() - head - 1) / weeks
        return QRectF(number % 7 * width, head + number // 7 * height, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("secondary"))
        for number, name in enumerate(WEEKDAYS):
            where = QRectF(number * (self.width() - 1) / 7 + 8, 0, 60, self._theme.px(HEADER))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, name)
        for number, cell in enumerate(self._cells):
            self._paint_cell(painter, number, cell)
        self._lay_out()
        for zone, _, chip in self._zones:
            self._paint_chip(painter, zone, chip)
        for number, cell in enumerate(self._cells):
            self._paint_rest(painter, number, cell)
        painter.end()

    def _paint_cell(self, painter: QPainter, number: int, cell: DayCell) -> None:
        theme, rect = self._theme, self.cell_rect(number)
        painter.fillRect(rect, theme.colour("surface" if cell.working and cell.in_month else "ground"))
        painter.setPen(theme.colour("line"))
        painter.drawRect(rect)
        if number == self._cursor and self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        side = theme.px(22)
        place = QRectF(rect.left() + 4, rect.top() + 3, side, side)
        painter.setFont(theme.font(bold=cell.today))
        if cell.today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(place)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        tone = "accent_text" if cell.today else "text" if cell.in_month else "disabled"
        painter.setPen(theme.colour(tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(cell.number))

    def _paint_chip(self, painter: QPainter, zone: QRectF, chip: DayChip) -> None:
        theme, tone = self._theme, chip_tone(chip)
        grounds = {"ok": "ok_tint", "soon": "soon_tint", "bad": "bad_tint", "accent": "tint", "secondary": "hover"}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(grounds[tone]))
        painter.drawRoundedRect(zone, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        font = theme.font(9)
        painter.setFont(font)
        painter.setPen(theme.colour(tone if tone != "secondary" else "text"))
        if zone.width() < theme.px(CHIP):
            painter.drawText(zone, Qt.AlignmentFlag.AlignCenter, chip_mark(chip))
            return
        painter.drawText(
            zone.adjusted(6, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, fitted(chip, font, zone.width() - 8)
        )

    def _paint_rest(self, painter: QPainter, number: int, cell: DayCell) -> None:
        """How many chips of a day found no room."""
        hidden = len(cell.chips) - self._room(number, cell)
        if hidden > 0 and not is_low(self.cell_rect(number), self._theme):
            rect = self.cell_rect(number)
            painter.setFont(self._theme.font(9))
            painter.setPen(self._theme.colour("secondary"))
            where = QRectF(rect.right() - 60, rect.top() + 3, 54, self._theme.px(22))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"ещё {hidden}")

    def _room(self, number: int, cell: DayCell) -> int:
        free = self.cell_rect(number).height() - self._theme.px(NUMBER) - 4
        return min(len(cell.chips), max(1, int(free // self._theme.px(CHIP + GAP))))

    def _lay_out(self) -> None:
        self._zones = []
        high, step = self._theme.px(CHIP), self._theme.px(CHIP + GAP)
        for number, cell in enumerate(self._cells):
            rect = self.cell_rect(number)
            if is_low(rect, self._theme):
                self._zones += marks_beside(rect, cell, self._theme)
                continue
            top = rect.top() + self._theme.px(NUMBER) + 2
            for place, chip in enumerate(cell.chips[: self._room(number, cell)]):
                zone = QRectF(rect.left() + 4, top + place * step, rect.width() - 8, high)
                self._zones.append((zone, cell, chip))

    # --- acting -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number < 0:
            return
        self._move_to(number)
        self._lay_out()
        for zone, cell, chip in self._zones:
            if zone.contains(event.position()):
                self.opened.emit(cell.day, chip.keys)
                return
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and self._cells:
            wanted = self._cursor + _STEPS[Qt.Key(key)]
            if 0 <= wanted < len(self._cells) and self._cells[wanted].in_month:
                self._move_to(wanted)
            else:
                self.turned.emit(1 if _STEPS[Qt.Key(key)] > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cells:
            self._open()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            self._show_hint(event)
            return True
        return super().event(event)

    def _show_hint(self, event: QHelpEvent) -> None:
        place = QPointF(event.pos())
        text = next((chip_hint(chip, self._names) for zone, _, chip in self._zones if zone.contains(place)), "")
        QToolTip.showText(event.globalPos(), text, self)

    def _open(self) -> None:
        cell = self._cells[self._cursor]
        keys = tuple(dict.fromkeys(key for chip in cell.chips for key in chip.keys))
        self.opened.emit(cell.day, keys)

    def _move_to(self, number: int) -> None:
        self._cursor = number
        self.setAccessibleDescription(cell_words(self._cells[number], self._names))
        self.update()

    def _at(self, place: QPointF) -> int:
        return next((number for number in range(len(self._cells)) if self.cell_rect(number).contains(place)), -1)

    @Slot()
    def focus_today(self) -> None:
        """Put the cursor on today where the month holds it."""
        found = next((number for number, cell in enumerate(self._cells) if cell.today), None)
        if found is not None:
            self._move_to(found)
