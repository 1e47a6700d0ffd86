"""Search box, chips and counter of one list: three widgets a page places where its layout wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QWidget

from ui.common.filter_state import Condition
from ui.common.flow import Flow
from ui.common.table import Table
from ui.registry import resolve
from ui.theme import Theme

if TYPE_CHECKING:
    from imc_desktop.usecases.printing.wish import Shown

BESIDE_HINT = 56  # the picture, the frame, the cross
SHOWN = "imc_desktop.usecases.printing.wish:Shown"  # not before the first list is painted


class SearchBox(QLineEdit):
    """Typing narrows the list at once; Esc clears; arrow down goes to the list."""

    leave = Signal()

    def __init__(self, theme: Theme, hint: str = "Фильтр по всем столбцам", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(f"{hint} (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self._picture = QAction(self)
        self.addAction(self._picture, QLineEdit.ActionPosition.LeadingPosition)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Wide enough for its hint, where there is room."""
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + self._theme.px(BESIDE_HINT)
        return QSize(max(hint.width(), wide), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _restyle(self) -> None:
        self._picture.setIcon(self._theme.icon("filter", "secondary"))
        self.setMinimumWidth(self._theme.px(160))
        self.setMaximumWidth(self._theme.px(320))


class ChoiceChip(QPushButton):
    """«Организация: все ▾»: a menu of values; a chosen value makes the chip visible and gives it a cross."""

    chosen = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.value: Any = None
        self._options: list[tuple[Any, str]] = []
        self.setProperty("chip", True)
        self.setProperty("active", False)
        self.clicked.connect(self._open)
        self._show()

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Values with their titles; a chosen value that is gone is given up."""
        self._options = list(options)
        if self.value is not None and self.value not in [value for value, _ in options]:
            self.choose(None)

    def choose(self, value: Any) -> None:
        """Choose a value; None = all."""
        self.value = value
        self._show()
        self.chosen.emit(value)

    @property
    def words(self) -> str:
        """«Организация: СОШ № 5»."""
        return f"{self._title}: {self._chosen_title()}"

    def _chosen_title(self) -> str:
        return next((title for value, title in self._options if value == self.value), "все")

    def menu_of_values(self) -> QMenu:
        """The menu a click opens."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, title in [(None, "все"), *self._options]:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(partial(self.choose, value))
        return menu

    @Slot()
    def _open(self) -> None:
        self.menu_of_values().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _show(self) -> None:
        self.setText(f"{self.words}  ▾" if self.value is not None else f"{self._title}  ▾")
        self.setAccessibleName(f"Фильтр «{self._title}»: {self._chosen_title()}")
        active = self.value is not None
        if self.property("active") is not active:
            self.setProperty("active", active)
            self.style().polish(self)


class FilterBar(QObject):
    """Joins ``search``, ``chips`` and ``counter`` with a table; the page puts these widgets into its layout."""

    changed = Signal()

    def __init__(self, table: Table, theme: Theme, hint: str = "Фильтр по всем столбцам") -> None:
        super().__init__(table)
        self._table = table
        self._theme = theme
        self.state = table.rows.filter
        self.search = SearchBox(theme, hint)
        self.search.textChanged.connect(self._on_text)
        self.search.leave.connect(table.setFocus)
        self.chips = QWidget()
        self._row = Flow(elastic=False)
        self.chips.setLayout(self._row)
        self._extra: dict[str, QPushButton] = {}
        self._choices: dict[str, ChoiceChip] = {}
        self.counter = QLabel()
        self.counter.setObjectName("secondary")
        table.rows.modelReset.connect(self._count)
        table.selectionCount.connect(self._count)
        self._count()

    def add_choice(self, key: str, title: str, test: Callable[[Any, Any], bool]) -> ChoiceChip:
        """A chip with values (give them by ``set_options``); ``test(row, value)`` decides."""
        chip = ChoiceChip(title)
        chip.chosen.connect(partial(self._on_choice, key, title, test))
        self._choices[key] = chip
        self._row.add(chip)
        return chip

    def set_condition(self, key: str, title: str, test: Callable[[Any], bool]) -> None:
        """An extra condition, shown as a yellow chip that a click removes."""
        self.remove_condition(key)
        self.state.set(Condition(key, title, test))
        chip = QPushButton(f"{title}  ×")
        chip.setProperty("chip", True)
        chip.setProperty("active", True)
        chip.setAccessibleName(f"Снять условие «{title}»")
        chip.clicked.connect(partial(self.remove_condition, key))
        self._extra[key] = chip
        self._row.add(chip)
        self._apply()

    def remove_condition(self, key: str) -> None:
        """Drop an extra condition."""
        chip = self._extra.pop(key, None)
        if chip is not None:
            chip.hide()
            chip.deleteLater()
            self.state.remove(key)
            self._apply()

    def on_screen(self, key: Callable[[Any], str], *more: str) -> Shown:
        """The list as it is seen, for papers and sheets; ``more`` narrows it besides this bar."""
        rows = self._table.rows.layout_of_rows.passing_rows()
        words = "; ".join(word for word in (*more, self.words) if word)
        shown: Shown = resolve(SHOWN)(tuple(key(row) for row in rows), words)
        return shown

    @property
    def words(self) -> str:
        """What narrows the list, for the heading of a paper: «Организация: СОШ № 5; «химия»»; "" when nothing does."""
        told = [chip.words for chip in self._choices.values() if chip.value is not None]
        told += [chip.text().removesuffix("  ×") for chip in self._extra.values()]
        typed = " ".join(self.search.text().split())
        return "; ".join([*told, f"«{typed}»"] if typed else told)

    @Slot()
    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        for chip in self._choices.values():
            if chip.value is not None:
                chip.choose(None)
        for key in list(self._extra):
            self.remove_condition(key)

    @Slot()
    def focus(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.state.text = text
        self._apply()

    def _on_choice(self, key: str, title: str, test: Callable[[Any, Any], bool], value: Any) -> None:
        if value is None:
            self.state.remove(key)
        else:
            self.state.set(Condition(key, title, partial(_matches, test, value)))
        self._apply()

    def _apply(self) -> None:
        self._table.rows.apply_filter()
        self.changed.emit()

    @Slot()
    def _count(self) -> None:
        model = self._table.rows
        selected = len(self._table.selectionModel().selectedRows())
        text = f"показано {number(model.shown)} из {number(model.total)}"
        self.counter.setText(f"{text} · выделено {number(selected)}" if selected else text)


def number(value: int) -> str:
    """A whole number with thin gaps between thousands: 1 200."""
    return f"{value:,}".replace(",", "\u202f")


def _matches(test: Callable[[Any, Any], bool], value: Any, row: Any) -> bool:
    return test(row, value)
