"""Step 3: what was done, what is left to decide, the protocol, a fresh copy for the other computer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.usecases.merge_views import MergeDone
from ui.common.toned import set_tone
from ui.merging.state import waiting_words
from ui.theme import Theme

FRESH = "Сделайте свежую копию на флешку: тогда и другой компьютер примет то, что есть здесь, одним нажатием."
WAY_BACK = (
    "Вся сверка — одно действие: отменить её можно и позже, Ctrl+Z. "
    "Копия базы до сверки лежит в папке «копии» рядом с базой."
)


class ResultPage(QWidget):
    """Four wishes: settle the conflicts, print the protocol, make a fresh copy, take the merge back."""

    requestedConflicts = Signal()  # noqa: N815 - Qt signals
    requestedProtocol = Signal()  # noqa: N815
    requestedCopy = Signal()  # noqa: N815
    requestedUndo = Signal()  # noqa: N815

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title, self.text, self.left = QLabel(), QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.title.setObjectName("bigtitle")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.fresh, self.note = QLabel(FRESH, wordWrap=True), QLabel(wordWrap=True)
        for label in (self.fresh, self.note):
            label.setObjectName("secondary")
        self.conflicts = self._button("arrows-diff", "Разобрать расхождения…", self.requestedConflicts)
        self.protocol = self._button("printer", "Напечатать протокол…", self.requestedProtocol)
        self.copy = self._button("device-usb", "Сделать свежую копию на флешку…", self.requestedCopy)
        self.undo = self._button("arrow-back-up", "Отменить сверку", self.requestedUndo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        for label in (self.title, self.text, self.left):
            column.addWidget(label)
        for widget in (self.conflicts, self.protocol, self.copy, self.fresh, self.undo, self.note):
            row = QHBoxLayout()
            row.addWidget(widget, 1 if isinstance(widget, QLabel) else 0)
            if not isinstance(widget, QLabel):
                row.addStretch()
            column.addLayout(row)
        column.addStretch()

    def show_result(self, done: MergeDone, waiting: int) -> None:
        """The merge is done; ``waiting`` conflicts are open in the database now."""
        self.title.setText("Сверка выполнена" if done.txn_id else "Сверять было нечего")
        self.text.setText(done.words)
        self.text.setVisible(bool(done.words))
        self.show_waiting(waiting)
        self.note.setText(WAY_BACK if done.txn_id else "")
        for button in (self.protocol, self.undo):
            button.setVisible(bool(done.txn_id))

    def show_waiting(self, waiting: int) -> None:
        """How many conflicts are left, now and after some were settled."""
        self.left.setText(f"≠ {waiting_words(waiting)}." if waiting else "✓ Расхождений нет.")
        set_tone(self.left, "soon" if waiting else "ok")
        self.conflicts.setVisible(bool(waiting))

    def show_undone(self) -> None:
        """The merge was taken back."""
        self.title.setText("Сверка отменена")
        self.text.setText("База такая же, как до сверки. Передумаете — Ctrl+Y вернёт принятое.")
        self.text.show()
        self.note.setText("")
        for widget in (self.left, self.conflicts, self.protocol, self.copy, self.fresh, self.undo):
            widget.hide()

    def _button(self, icon: str, title: str, wish: object) -> QPushButton:
        button = QPushButton(self._theme.icon(icon), title)
        button.setAutoDefault(False)
        button.clicked.connect(wish)
        return button
