"""The card of one conflict: what was, what each side made of it, and the buttons that decide."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.usecases.merge_views import ConflictView
from ui.common.flow import Flow
from ui.merging.state import EMPTY, about, choice_title, deletion_words, side_heading, sides_of
from ui.theme import Theme

WRITE_IN, LATER = "Впи&сать…", "&Позже"


class ConflictCard(QWidget):
    """``choices`` are the buttons of the sides as they stand; ``alike`` is how many such conflicts there are."""

    chosen = Signal(int)
    requestedWriteIn = Signal()  # noqa: N815 - Qt signals
    requestedLater = Signal()  # noqa: N815
    requestedAlike = Signal(bool)  # noqa: N815 - True: ours

    def __init__(self, theme: Theme, view: ConflictView, alike: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choices: list[QPushButton] = []
        self.bulk: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(_label(about(view), "title"))
        column.addWidget(_label(self._what(view), "secondary"))
        column.addSpacing(4)
        if not view.deletion:
            column.addWidget(self._tile("Было", view.before or EMPTY))
        for number, side in sides_of(view):
            button = self._button(choice_title(view, number), len(self.choices) + 1)
            button.clicked.connect(partial(self._choose, number))
            self.choices.append(button)
            value = ("изменено, не удалено", "удалено")[number] if view.deletion else side.value or EMPTY
            column.addWidget(self._tile(side_heading(side), value, button))
        column.addLayout(self._foot(view))
        if alike > 1:
            column.addSpacing(12)
            column.addLayout(self._alike(view, alike))
        column.addStretch()

    def _choose(self, number: int) -> None:
        self.chosen.emit(number)

    def _wish_alike(self, ours: bool) -> None:
        self.requestedAlike.emit(ours)

    def _what(self, view: ConflictView) -> str:
        if view.deletion:
            return f"{view.kind}: {deletion_words(view)}. Пока не решено, запись остаётся."
        return f"{view.kind} · {view.field}"

    def _tile(self, heading: str, value: str, button: QPushButton | None = None) -> QFrame:
        tile = QFrame()
        tile.setObjectName("tile")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(_label(heading, "secondary"))
        texts.addWidget(_label(value, "section"))
        row = QHBoxLayout(tile)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        if button is not None:
            button.setAccessibleDescription(f"{heading}: {value}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return tile

    def _foot(self, view: ConflictView) -> Flow:
        foot = Flow()
        self.write_in = self._button(WRITE_IN, len(self.choices) + 1)
        self.write_in.clicked.connect(self.requestedWriteIn)
        self.write_in.setVisible(view.typed)
        self.later = self._button(LATER, len(self.choices) + 1 + view.typed)
        self.later.clicked.connect(self.requestedLater)
        foot.add(self.write_in, self.later)
        return foot

    def _alike(self, view: ConflictView, alike: int) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(_label(f"Таких же расхождений ({view.kind}, {view.field}): {alike}.", "secondary"))
        row = Flow()
        for ours, title in ((True, f"Везде оставить наше ({alike})"), (False, f"Везде взять их ({alike})")):
            button = self._button(title, 0)
            button.clicked.connect(partial(self._wish_alike, ours))
            self.bulk.append(button)
            row.add(button)
        column.addLayout(row)
        return column

    def _button(self, title: str, key: int) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.setAccessibleName(title.replace("&", ""))
        if key:
            button.setToolTip(f"Клавиша {key}")
        return button


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label
