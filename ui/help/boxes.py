"""«Клавиши», «О программе» and «Лицензии»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QAction, QFontDatabase, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.usecases.about import AboutFact, licences, places, versions
from ui.common.fitting import fitting, on_screen
from ui.common.scroll import Scroll
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
ABOUT_SIZE = (640, 480)
LICENCES_SIZE = (860, 600)


class PlainDialog(QDialog):
    """A small box to read: a body that scrolls when it must, and buttons at the foot."""

    help_page = "shortcuts"

    def __init__(self, ctx: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(24, 20, 24, 8)
        self.body.setSpacing(12)
        scroll = Scroll()
        scroll.setWidget(self._inner)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(24, 8, 24, 16)
        self._foot.setSpacing(8)
        self._foot.addStretch()
        self.close_button = QPushButton("Закрыть")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(self._foot)

    def add_button(self, title: str, run: Callable[[], object]) -> QPushButton:
        """One more button at the foot, before «Закрыть»."""
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        self._foot.insertWidget(self._foot.count() - 1, button)
        return button

    def fit(self) -> None:
        """As large as the body, never larger than the screen; called last."""
        room = fitting(self.ctx, (10_000, 10_000))
        foot = self._foot.sizeHint()
        width = min(max(self._inner.sizeHint().width(), foot.width(), self.minimumWidth()), room.width())
        self._inner.ensurePolished()
        tall = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
        self.body.addStretch()
        self.resize(width, min(tall + foot.height(), room.height()))
        self.close_button.setFocus()


class KeysDialog(PlainDialog):
    """All keys of the window in two columns."""

    def __init__(self, ctx: Context, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(ctx, "Клавиши", parent)
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
        words: dict[int, list[QLabel]] = {}
        for number, (keys, title) in enumerate(rows):
            row, column = number % half, number // half * 3
            name = QLabel(keys)
            name.setObjectName("section")
            grid.addWidget(name, row, column)
            words.setdefault(column + 1, []).append(QLabel(title))
            grid.addWidget(words[column + 1][-1], row, column + 1)
        grid.setColumnMinimumWidth(2, 24)
        self.body.addLayout(grid)
        whole = self._inner.sizeHint().width() + self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        for column, titles in words.items():
            grid.setColumnStretch(column, max(label.sizeHint().width() for label in titles))
            for label in titles:
                label.setWordWrap(True)  # where the screen is too narrow for the longest
        self.setMinimumWidth(on_screen(QSize(whole, 0)).width())
        self.fit()


class AboutDialog(PlainDialog):
    """What this program is, its versions, and where everything lies."""

    help_page = "trouble"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, "О программе", parent)
        title = QLabel("ИМЦ — рабочее место методического кабинета")
        title.setObjectName("title")
        title.setWordWrap(True)
        words = QLabel("Работает без Интернета; данные не покидают этот компьютер.")
        words.setObjectName("secondary")
        words.setWordWrap(True)
        self.body.addWidget(title)
        self.body.addWidget(words)
        self.facts: list[AboutFact] = [*versions(), AboutFact("Qt", qVersion()), *places(ctx.database)]
        self.body.addLayout(self._table())
        self.copy = self.add_button("Скопировать сведения", self.copy_facts)
        self.texts = self.add_button("Лицензии…", self.show_licences)
        self.setMinimumWidth(fitting(ctx, ABOUT_SIZE).width())
        self.fit()

    @Slot()
    def copy_facts(self) -> None:
        """All lines to the clipboard, for the person who helps."""
        QGuiApplication.clipboard().setText("\n".join(f"{fact.label}: {fact.text}" for fact in self.facts))
        self.copy.setText("Скопировано")

    @Slot()
    def show_licences(self) -> None:
        """The texts of the licences."""
        LicencesDialog(self.ctx, self).open()

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(self.facts):
            label = QLabel(fact.label)
            label.setObjectName("secondary")
            text = QLabel(_breakable(fact.text))
            text.setWordWrap(True)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        return grid


class LicencesDialog(QDialog):
    """Whose work the program is built on: the list at the left, the text at the right."""

    help_page = "trouble"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Лицензии")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = licences()
        self.names = QListWidget()
        self.names.setAccessibleName("Чьи лицензии")
        self.names.setObjectName("contents")
        self.names.ensurePolished()  # else the lines are laid out without their room
        self.names.addItems([title for title, _ in self._texts])
        self.names.setFixedWidth(ctx.theme.px(220))
        self.names.currentRowChanged.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Текст лицензии")
        letters = QFontDatabase.systemFont(
            QFontDatabase.SystemFont.FixedFont
        )  # columns of the list stand under each other
        letters.setPointSizeF(ctx.theme.points(9))
        self.text.setFont(letters)
        close = QPushButton("Закрыть")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        lists, foot = QHBoxLayout(), QHBoxLayout()
        lists.setSpacing(12)
        lists.addWidget(self.names)
        lists.addWidget(self.text, 1)
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(lists, 1)
        column.addLayout(foot)
        self.resize(fitting(ctx, LICENCES_SIZE))
        self.names.setCurrentRow(0)

    @Slot(int)
    def _show(self, number: int) -> None:
        self.text.setPlainText(self._texts[number][1].read_text(encoding="utf-8", errors="replace"))


def _breakable(text: str) -> str:
    """A path that may be broken at its separators: a long one never widens the box. For the eye, not to be copied."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")
