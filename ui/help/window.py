"""The help: contents at the left, a page at the right; nothing leads out of the computer."""

from __future__ import annotations

from typing import NamedTuple, Self

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.common.fitting import fitting
from ui.common.flow import Flow
from ui.common.scroll import is_for_window
from ui.context import Context
from ui.help.library import CONTENTS, FIRST, Library, folded, page_of_link, stem_of
from ui.help.reading import dress, paper

SIZE = (980, 660)
LEFT = 260
_NAME = Qt.ItemDataRole.UserRole


class Stop(NamedTuple):
    """A page that was read and how far it was scrolled."""

    page: str
    place: int


class PageView(QTextBrowser):
    """The text of a page; links are handed to the window, Ctrl+wheel sizes the type of the whole program."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Текст справки")
        self.setObjectName("reading")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if is_for_window(event):
            self._theme.step_scale(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class HelpWindow(QDialog):
    """Stays open beside the work. One for each window that asked for it."""

    help_page = "shortcuts"

    def __init__(self, ctx: Context, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.library = ctx, library
        self.setWindowTitle("Справка")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._read: list[Stop] = []
        self._ahead: list[Stop] = []
        self.page = ""
        self._build()
        self._fill_contents()
        self.resize(fitting(ctx, SIZE))
        ctx.theme.changed.connect(self._restyle)

    @classmethod
    def open_at(cls, ctx: Context, library: Library, page: str, owner: QWidget) -> Self:
        """Show a page in the help of ``owner``, opened now or before."""
        opened: list[Self] = [*owner.findChildren(cls)]
        window = next((one for one in opened if one.isVisible()), None) or cls(ctx, library, owner)
        window.go_to(page)
        window.show()
        window.raise_()
        window.activateWindow()
        window.text.setFocus()
        return window

    # --- reading ------------------------------------------------------------------------------------------------------

    def go_to(self, page: str) -> None:
        """Show a page; the way back is remembered."""
        page = page if page in self.library.pages else FIRST
        if page == self.page:
            return
        if self.page:
            self._read.append(self._stop())
        self._ahead.clear()
        self._show(Stop(page, 0))

    @Slot()
    def go_back(self) -> None:
        """The page read before."""
        if self._read:
            self._ahead.append(self._stop())
            self._show(self._read.pop())

    @Slot()
    def go_forward(self) -> None:
        """The page one came back from."""
        if self._ahead:
            self._read.append(self._stop())
            self._show(self._ahead.pop())

    def _stop(self) -> Stop:
        return Stop(self.page, self.text.verticalScrollBar().value())

    def _show(self, stop: Stop) -> None:
        self.page = stop.page
        shown = self.library.pages[stop.page]
        self.text.setMarkdown(shown.text)
        dress(self.text.document(), self.ctx.theme.scale / 100)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.verticalScrollBar().setValue(stop.place)
        self.setWindowTitle(f"Справка — {shown.title}")
        self.back.setEnabled(bool(self._read))
        self.forward.setEnabled(bool(self._ahead))
        self._mark_found()
        self._choose_in_contents()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        if page := page_of_link(link.toString()):
            self.go_to(page)

    # --- contents and search ------------------------------------------------------------------------------------------

    @Slot()
    def _fill_contents(self) -> None:
        """The contents, or the pages that speak of what is looked for."""
        found = set(self.library.speaking_of(self.search.text()))
        self.contents.blockSignals(True)
        self.contents.clear()
        for title, names in CONTENTS:
            here = [name for name in names if name in found]
            if here:
                heading = QListWidgetItem(title)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(self.ctx.theme.font(9, bold=True))
                heading.setForeground(self.ctx.theme.colour("secondary"))
                self.contents.addItem(heading)
            for name in here:
                line = QListWidgetItem(self.library.pages[name].title)
                line.setData(_NAME, name)
                self.contents.addItem(line)
        if not found:
            nothing = QListWidgetItem("Такого слова в справке нет")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.contents.addItem(nothing)
        self.contents.blockSignals(False)
        self._choose_in_contents()
        self._mark_found()

    def _choose_in_contents(self) -> None:
        self.contents.blockSignals(True)
        self.contents.setCurrentRow(-1)
        for number in range(self.contents.count()):
            if self.contents.item(number).data(_NAME) == self.page:
                self.contents.setCurrentRow(number)
        self.contents.blockSignals(False)

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self.contents.currentItem()
        if chosen is not None and chosen.data(_NAME):
            self.go_to(chosen.data(_NAME))

    @Slot()
    def _open_first_found(self) -> None:
        found = self.library.speaking_of(self.search.text())
        if found and self.page not in found:
            self.go_to(found[0])

    def _mark_found(self) -> None:
        """What is looked for is tinted in the text."""
        marks = []
        text = folded(self.text.toPlainText())
        look = QTextCharFormat()
        look.setBackground(QColor(self.ctx.theme.colours.soon_tint))
        for stem in [stem_of(word) for word in self.search.text().split()]:
            place = text.find(stem)
            while place >= 0:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self.text.document())  # type: ignore[attr-defined]
                mark.cursor.setPosition(place)  # type: ignore[attr-defined]
                mark.cursor.setPosition(place + len(stem), QTextCursor.MoveMode.KeepAnchor)  # type: ignore[attr-defined]
                mark.format = look  # type: ignore[attr-defined]
                marks.append(mark)
                place = text.find(stem, place + 1)
        self.text.setExtraSelections(marks)

    # --- printing -----------------------------------------------------------------------------------------------------

    @Slot()
    def ask_printer(self) -> None:
        """Choose a printer and print the page shown."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print the page shown on a printer that was chosen."""
        paper(self.library.pages[self.page].text, self.ctx.theme).print_(printer)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.search = QLineEdit(placeholderText="Найти в справке")
        self.search.setAccessibleName("Найти в справке")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill_contents)
        self.search.returnPressed.connect(self._open_first_found)
        self.contents = QListWidget()
        self.contents.setAccessibleName("Содержание")
        self.contents.setObjectName("contents")
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.contents.setWordWrap(True)
        self.contents.currentRowChanged.connect(self._open_chosen)
        self.text = PageView(self.ctx)
        self.text.anchorClicked.connect(self._follow)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(16, 12, 8, 12)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        right = QVBoxLayout()
        right.setContentsMargins(8, 12, 16, 12)
        right.setSpacing(8)
        right.addLayout(self._tools())
        right.addWidget(self.text, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addLayout(right, 1)
        for keys, run in (("Alt+Left", self.go_back), ("Alt+Right", self.go_forward), ("Ctrl+P", self.ask_printer)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._restyle()

    def _tools(self) -> Flow:
        self.back, self.forward = QPushButton(), QPushButton()
        self.print = QPushButton("Напечатать страницу")
        close = QPushButton("Закрыть")
        for button, name in ((self.back, "Назад (Alt+←)"), (self.forward, "Вперёд (Alt+→)")):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setEnabled(False)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.print.clicked.connect(self.ask_printer)
        close.clicked.connect(self.reject)
        row = Flow()
        row.add(self.back, self.forward)
        for widget in (self.print, close):
            row.add(widget, end=True)
        for button in (self.back, self.forward, self.print, close):
            button.setAutoDefault(False)
        return row

    @Slot()
    def _restyle(self) -> None:
        theme = self.ctx.theme
        self._left.setFixedWidth(theme.px(LEFT))
        for button, icon in ((self.back, "chevron-left"), (self.forward, "chevron-right"), (self.print, "printer")):
            button.setIcon(theme.icon(icon))
        if self.page:
            self._fill_contents()
            self._show(self._stop())
