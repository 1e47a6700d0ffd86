"""«Клавиши» and «О программе»."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop import __version__
from ui.context import Context

LIST_KEYS = (
    ("Ins", "Новая строка"),
    ("F2, Enter", "Изменить"),
    ("F9", "Копия строки"),
    ("Del", "В корзину"),
    ("Пробел", "Отметить выполнение в плане"),
    ("Ctrl+P", "Просмотр и печать"),
    ("Ctrl+E", "Список в Excel"),
    ("Ctrl+C", "Скопировать строки для Excel"),
    ("F4", "Календарь в поле даты"),
    ("Ctrl+колесо", "Размер букв"),
    ("Esc", "Закрыть карточку, снять фильтр"),
)


class PlainDialog(QDialog):
    """A small box to read, with one button."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(12)

    def add_close(self) -> None:
        """The button at the foot; called last."""
        close = QPushButton("Закрыть")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        self.column.addStretch()
        self.column.addLayout(row)


class KeysDialog(PlainDialog):
    """All keys of the window in two columns."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__("Клавиши", parent)
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (", ".join(key.toString(native) for key in action.shortcuts()), action.text().partition(":")[0])
            for action in actions
            if action.shortcuts()
        ]
        rows += LIST_KEYS
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        half = (len(rows) + 1) // 2
        for number, (keys, title) in enumerate(rows):
            row, column = number % half, number // half * 3
            name = QLabel(keys)
            name.setObjectName("section")
            grid.addWidget(name, row, column)
            grid.addWidget(QLabel(title), row, column + 1)
        grid.setColumnMinimumWidth(2, 24)
        self.column.addLayout(grid)
        self.add_close()


class AboutDialog(PlainDialog):
    """What this program is and where the data lie."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__("О программе", parent)
        title = QLabel("ИМЦ — рабочее место методического кабинета")
        title.setObjectName("title")
        place = str(ctx.database) if ctx.database else "не открыта"
        text = QLabel(
            f"Версия {__version__}\nБаза: {place}\n\n"
            "Работает без Интернета; данные не покидают этот компьютер.\n"
            "Значки: Tabler Icons (MIT). Оконная библиотека: Qt (LGPL). "
            f"Python {sys.version.split()[0]}."
        )
        text.setObjectName("secondary")
        text.setWordWrap(True)
        text.setMinimumWidth(420)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(title)
        self.column.addWidget(text)
        self.add_close()
