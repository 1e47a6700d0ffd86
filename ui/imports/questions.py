"""Open questions of imports, answered where they stand; every answer is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.imports.questions import (
    CONTRADICTION,
    OpenQuestion,
    answer_as_new,
    answer_contradiction,
    answer_unclear,
    open_questions,
    skip_question,
)
from ui.common.empty_state import EmptyState
from ui.common.fitting import fitting
from ui.common.page import Page
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.imports.state import with_dots

NO_QUESTIONS = (
    "Здесь появляются строки, которые программа не решается понять сама: одни инициалы, однофамильцы, разные даты."
)
SIZE = (1000, 640)
SIDE_LEAST = 240
SIDE = 400


def kind_words(question: OpenQuestion) -> str:
    """«≠ категория», «? кто это»."""
    if question.kind == CONTRADICTION:
        return "≠ дата рождения" if question.field == "birth" else "≠ категория"
    return "? кто это"


def kind_tone(question: OpenQuestion) -> str:
    """The colour of a kind."""
    return "bad" if question.kind == CONTRADICTION else "soon"


def where_words(question: OpenQuestion) -> str:
    """File, sheet and place."""
    place = question.place.replace("record", "запись") or f"строка {question.row}"
    sheet = "" if question.sheet == question.file.rpartition(".")[0] else question.sheet.strip()
    return ", ".join(part for part in (sheet, place, question.file) if part)


COLUMNS: tuple[Column[OpenQuestion], ...] = (
    Column("kind", "Вопрос", kind_words, tone=kind_tone, weight=0.0),
    Column("who", "Кто", lambda one: with_dots(one.who), keep=True),
    Column("where", "Где", where_words, weight=2.0, max_chars=60, yields=1),
)


class QuestionsPage(Page):
    """A list of questions and, beside it, the one that is being answered."""

    title = "Вопросы импорта"
    watches = frozenset({"question", "person"})

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.questions: list[OpenQuestion] = []
        self.shown: OpenQuestion | None = None
        self.model: RowsModel[OpenQuestion] = RowsModel(COLUMNS, lambda one: one.id, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "questions", self.title)
        self.table.currentRow.connect(self._show_question)
        self._side = QScrollArea()
        self._side.setAccessibleName("Вопрос и ответы")
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter()
        splitter.addWidget(self.table)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([SIZE[0] - SIDE, SIDE])
        empty = EmptyState(ctx.theme, "circle-check", "Открытых вопросов нет", NO_QUESTIONS)
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(empty)
        self.counter = QLabel()
        self.counter.setObjectName("secondary")
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.counter)
        column.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Read the questions; the place in the list stays, an answered one gives way to the next."""
        line = max(0, self.table.currentIndex().row())
        key = self.shown.id if self.shown else ""
        self.questions = open_questions(self.ctx.store)
        self.model.set_rows(self.questions)
        count = len(self.questions)
        self.counter.setText(f"{count} {plural(count, 'открытый вопрос', 'открытых вопроса', 'открытых вопросов')}")
        self.counter.setVisible(bool(count))
        self.stack.setCurrentIndex(0 if count else 1)
        if count and not self.table.choose(key):
            following = self.model.row_at(min(line, count - 1))
            if following is not None:
                self.table.choose(following.id)
        self._show_question(self.table.current())

    def answers(self) -> list[str]:
        """What the buttons of the shown question say."""
        return [button.text() for button in self.buttons]

    @Slot(object)
    def _show_question(self, question: OpenQuestion | None) -> None:
        self.shown = question
        self.buttons = []
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 8, 8, 8)
        column.setSpacing(8)
        if question is not None:
            title = QLabel(with_dots(question.who))
            title.setObjectName("title")
            title.setWordWrap(True)
            column.addWidget(title)
            self._add_text(column, where_words(question), secondary=True)
            column.addSpacing(8)
            if question.kind == CONTRADICTION:
                self._contradiction(column, question)
            else:
                self._unclear(column, question)
        column.addStretch()
        self._side.setWidget(inner)
        self._widen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        """Names on the buttons are read whole; two thirds of the window are theirs at most."""
        bar = self._side.verticalScrollBar().sizeHint().width()
        inner = self._side.widget()
        wanted = inner.minimumSizeHint().width() + bar if inner is not None else 0
        least = self.ctx.theme.px(SIDE_LEAST)
        self._side.setMinimumWidth(max(least, min(wanted, self.width() * 2 // 3)))

    def _contradiction(self, column: QVBoxLayout, question: OpenQuestion) -> None:
        birth = question.field == "birth"
        here, known = (show_date(one) if birth else one for one in (question.here, question.known))
        words = "дата рождения" if birth else "категория"
        self._add_text(column, f"В файле и в карточке разная {words}. Что верно?")
        keep = partial(answer_contradiction, self.ctx.store, question.id, take_paper=False)
        take = partial(answer_contradiction, self.ctx.store, question.id, take_paper=True)
        self._add_button(column, f"В карточке: {known}", keep)
        self._add_button(column, f"В файле: {here}", take)

    def _unclear(self, column: QVBoxLayout, question: OpenQuestion) -> None:
        self._add_text(column, f"{question.here[:1].upper()}{question.here[1:]}. Кто это?")
        for candidate in question.candidates:
            self._add_button(column, candidate.name, partial(answer_unclear, self.ctx.store, question.id, candidate.id))
            if candidate.details:
                self._add_text(column, candidate.details, secondary=True)
                column.addSpacing(8)
        column.addSpacing(8)
        self._add_button(column, "Новый человек", partial(answer_unclear, self.ctx.store, question.id, None))
        self._add_button(column, "Пропустить", partial(skip_question, self.ctx.store, question.id))
        alike = self._nobody_known(question)
        if len(alike) > 1 and question.id in alike:
            column.addSpacing(16)
            self._add_text(
                column, f"На этом листе таких строк {len(alike)}: только инициалы, и никто не подходит.", secondary=True
            )
            self._add_button(column, f"Все — новые люди ({len(alike)})", partial(answer_as_new, self.ctx.store, alike))

    def _nobody_known(self, question: OpenQuestion) -> list[str]:
        """Questions of the same sheet whose rows nobody fits."""
        return [
            one.id
            for one in self.questions
            if (one.kind, one.file, one.sheet) == (question.kind, question.file, question.sheet) and not one.candidates
        ]

    @staticmethod
    def _add_text(column: QVBoxLayout, text: str, *, secondary: bool = False) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if secondary:
            label.setObjectName("secondary")
        column.addWidget(label)

    def _add_button(self, column: QVBoxLayout, title: str, answer: Callable[[], Any]) -> None:
        button = QPushButton(title)
        button.clicked.connect(partial(self._answer, answer))
        self.buttons.append(button)
        column.addWidget(button)

    def _answer(self, answer: Callable[[], Any]) -> None:
        for button in self.buttons:
            button.setEnabled(False)
        if self.ctx.attempt(answer) is FAILED:
            self.stale = True
            self.refresh_if_needed()
            return
        label = self.ctx.store.undo_label
        self.ctx.tell(f"{label}.", "success", MessageAction("Отменить", self.ctx.undo))


class QuestionsDialog(QDialog):
    """The questions in a window of their own, with «Отменить» of the last answer."""

    help_page = "questions"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle("Вопросы импорта")
        self.resize(fitting(ctx, SIZE))
        self.page = QuestionsPage(ctx)
        self._began = ctx.store.change_counter()
        self.undo = QPushButton("Отменить последний ответ")
        self.undo.setIcon(ctx.theme.icon("arrow-back-up"))
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(ctx.undo)
        self.close_button = QPushButton("Закрыть")
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch()
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        ctx.bus.changed.connect(self._name_undo)
        self._name_undo()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> None:
        """Show the questions until the person closes them."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _name_undo(self) -> None:
        label = self.ctx.store.undo_label or ""
        self.undo.setEnabled(label.startswith(("Ответ", "Вопрос импорта")))
