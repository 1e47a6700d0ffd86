"""Page 4: what was done, the way back, the sheet of rejected rows, the questions that stayed open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.words import plural
from ui.imports.state import number
from ui.theme import Theme

NUMBERS = (("new", "добавлено"), ("changed", "изменено"), ("same", "без изменений"))


class ResultPage(QWidget):
    """Three wishes: take the import back, save the rejected rows, answer the questions."""

    requestedUndo = Signal()  # noqa: N815 - Qt signals
    requestedRejects = Signal()  # noqa: N815
    requestedQuestions = Signal()  # noqa: N815

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = QLabel()
        self.title.setObjectName("bigtitle")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._numbers = QWidget()
        self._numbers.setLayout(self._grid)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.questions = self._button("message-circle", self.requestedQuestions)
        self.rejects = self._button("download", self.requestedRejects)
        self.undo = self._button("arrow-back-up", self.requestedUndo)
        self.undo.setText("Отменить импорт")
        self.note = QLabel()
        self.note.setObjectName("secondary")
        self.note.setWordWrap(True)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.questions, self.rejects, self.undo):
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch()
            buttons.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self._numbers, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.note)
        column.addStretch()

    def show_result(
        self, table: Sequence[tuple[str, dict[str, int]]], words: str, questions: int, rejects: int
    ) -> None:
        """The import is done: the numbers of each subject, and what else there is to say."""
        self.title.setText("Импорт выполнен")
        self._fill(table)
        self.text.setText(words)
        self.text.setVisible(bool(words))
        asked = plural(questions, "вопрос", "вопроса", "вопросов")
        self.questions.setText(f"Ответить на {number(questions)} {asked}…")
        self.questions.setVisible(questions > 0)
        self.rejects.setText(f"Сохранить отклонённые строки ({number(rejects)})…")
        self.rejects.setVisible(rejects > 0)
        self.undo.setEnabled(True)

    def tell_way_back(self, *, copied: bool) -> None:
        """How to take the import back later; a new base had nothing to copy."""
        where = " Копия базы до импорта лежит в папке «копии» рядом с ней." if copied else ""
        self.note.setText(f"Отменить можно и позже: Ctrl+Z.{where}")

    def show_undone(self) -> None:
        """The import was taken back."""
        self.title.setText("Импорт отменён")
        self._numbers.hide()
        self.text.setText("База такая же, как до импорта.")
        self.text.show()
        self.questions.hide()
        self.undo.setEnabled(False)
        self.note.setText("")

    def _fill(self, table: Sequence[tuple[str, dict[str, int]]]) -> None:
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        for place, (_, title) in enumerate(NUMBERS, 1):
            self._put(title, 0, place)
        for line, (subject, found) in enumerate(table, 1):
            self._put(subject, line, 0)
            for place, (key, _) in enumerate(NUMBERS, 1):
                self._put(number(found[key]) if found[key] else "–", line, place)
        self._numbers.setVisible(bool(table))

    def _put(self, text: str, line: int, place: int) -> None:
        label = QLabel(text)
        if line == 0:
            label.setObjectName("secondary")
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, line, place, side)

    def _button(self, icon: str, wish: object) -> QPushButton:
        button = QPushButton()
        button.setIcon(self._theme.icon(icon))
        button.clicked.connect(wish)
        return button
