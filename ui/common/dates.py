"""The date field: typed in any usual way, or from the calendar (F4)."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.kinds import OPEN_ENDED
from ui.clock import Clock
from ui.common.kept_icon import KeptIcon
from ui.common.typed_dates import in_words, show_typed, understand_date
from ui.theme import Theme


class DateField(QLineEdit):
    """Holds an ISO date of any precision; ``problem`` says what is wrong with what was typed."""

    dateChanged = Signal(str)  # noqa: N815 - a Qt signal

    def __init__(self, theme: Theme, clock: Clock, *, open_ended: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self._open_ended = open_ended
        self._iso = ""
        self.problem = ""
        self.setPlaceholderText("дд.мм.гггг")
        self.setMaximumWidth(theme.px(180))
        self._button = QAction("Календарь (F4)", self)
        KeptIcon(theme, self._button, "calendar", "secondary")
        self._button.triggered.connect(self.open_calendar)
        self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self.settle)

    def iso(self) -> str:
        """The date as ISO text, "" when blank; what cannot be understood leaves ``problem`` and gives ""."""
        self.settle()
        return self._iso

    def set_iso(self, iso: str) -> None:
        """Show a date."""
        self._iso, self.problem = iso, ""
        self.setText(show_typed(iso))
        self.setToolTip(in_words(iso))

    @Slot()
    def settle(self) -> None:
        """Understand what was typed and show it in full."""
        before = self._iso
        try:
            iso = understand_date(self.text(), self._clock.today(), base=before, open_ended=self._open_ended)
        except ValueError as error:
            self._iso, self.problem = "", str(error)
            self.setToolTip(self.problem)
            return
        self.set_iso(iso)
        if iso != before:
            self.dateChanged.emit(iso)

    @Slot()
    def open_calendar(self) -> None:
        """The month around the date; a click or Enter takes the day."""
        self.settle()
        day = to_date(self._iso) if self._iso and self._iso != OPEN_ENDED else self._clock.today()
        popup = CalendarPopup(QDate(day.year, day.month, day.day), self._theme, self)
        popup.taken.connect(self._take)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4 and not event.modifiers():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    @Slot(QDate)
    def _take(self, day: QDate) -> None:
        before = self._iso
        self.set_iso(day.toString(Qt.DateFormat.ISODate))
        if self._iso != before:
            self.dateChanged.emit(self._iso)
        self.setFocus()


class CalendarPopup(QFrame):
    """A month that closes when a day is taken."""

    taken = Signal(QDate)

    def __init__(self, day: QDate, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Russian))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName("Календарь")
        weekend = QTextCharFormat()
        weekend.setForeground(theme.colour("secondary"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, weekend)
        self.calendar.setMinimumSize(theme.px(280), theme.px(220))
        self.calendar.setSelectedDate(day)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)
        self.calendar.setFocus()

    @Slot(QDate)
    def _take(self, day: QDate) -> None:
        self.taken.emit(day)
        self.close()
