"""The row of buttons over the list: wishes go out as signals, the page tells the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import date_short
from ui.common.flow import Flow
from ui.common.guard import needs
from ui.theme import Theme


class StaffTools(QWidget):
    """One filled action, the rest quiet; the filter box and the day of the list on the right."""

    requestedNew = Signal()  # noqa: N815 - a Qt signal
    requestedImport = Signal()  # noqa: N815
    requestedPrint = Signal()  # noqa: N815
    requestedExport = Signal()  # noqa: N815
    requestedCopy = Signal()  # noqa: N815
    requestedDelete = Signal()  # noqa: N815
    requestedAll = Signal()  # noqa: N815
    requestedDay = Signal()  # noqa: N815

    def __init__(self, theme: Theme, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: dict[QPushButton, tuple[str, str]] = {}
        self.add = self._button("user-plus", "Педагог", self.requestedNew, "Новая карточка (Ins)")
        self.add.setProperty("primary", True)
        self._pictures[self.add] = ("user-plus", "accent_text")
        self.take_in = self._button("file-import", "Импорт…", self.requestedImport, "Загрузить таблицы (Ctrl+I)")
        self.print = self._button("printer", "Печать", self.requestedPrint, "Просмотр и печать списка (Ctrl+P)")
        needs(Right.EDIT, self.add)
        needs(Right.IMPORT, self.take_in)
        needs(Right.PRINT_PEOPLE, self.print)
        self.more = QPushButton("Ещё  ▾")
        self.more.setMenu(self._menu())
        self.day = QPushButton()
        self.day.setProperty("flat", True)
        self.day.setToolTip("На какой день показать список")
        self.day.clicked.connect(self.requestedDay)
        row = Flow((0, 0, 12, 0))
        self.setLayout(row)
        row.add(self.add, self.take_in, self.print, self.more)
        row.add(search, self.day, end=True)
        theme.changed.connect(self._repaint)
        self._repaint()

    def show_day(self, on: date, *, chosen: bool) -> None:
        """The day of the list; one that is not today stands out."""
        self.day.setText(f"на {date_short(on)}  ▾")
        if bool(self.day.property("active")) is not chosen:
            self.day.setProperty("chip", chosen)
            self.day.setProperty("active", chosen)
            self.day.style().polish(self.day)

    def _button(self, icon: str, title: str, wish: SignalInstance, tip: str) -> QPushButton:
        button = QPushButton(title)
        button.setToolTip(tip)
        button.clicked.connect(wish)
        self._pictures[button] = (icon, "text")
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for title, wish, right in (
            ("Список в Excel…\tCtrl+E", self.requestedExport, Right.EXPORT_PEOPLE),
            ("Копировать выделенное\tCtrl+C", self.requestedCopy, Right.EXPORT_PEOPLE),
            ("Удалить выделенных\tDel", self.requestedDelete, Right.EDIT),
        ):
            action = menu.addAction(title)
            action.triggered.connect(wish)
            needs(right, action)
        menu.addSeparator()
        menu.addAction("Снять фильтры").triggered.connect(self.requestedAll)
        return menu

    @Slot()
    def _repaint(self) -> None:
        for button, (icon, tone) in self._pictures.items():
            button.setIcon(self._theme.icon(icon, tone))


class Side(QWidget):
    """The list's side of the tab; says when it comes and goes, so that the card knows whether it stands alone."""

    shown = Signal(bool)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)
