"""Base of all boxes for a decision: a verb on the button, problems at the fields, a failed deed keeps the box open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.errors import Problem, Severity
from ui.common.fitting import fitting
from ui.common.form import Field, Form
from ui.common.scroll import Scroll
from ui.context import Context
from ui.errors import FAILED, attempt, sentence_for

LARGEST = (960, 660)


class Dialog(QDialog):
    """Title, a body that scrolls when it must, and two buttons: the verb and «Отмена».

    A subclass fills ``body`` (a QVBoxLayout), overrides ``problems`` and offers
    ``ask(parent, ctx, initial) -> input | None``; ``exec`` stands only in that classmethod.
    """

    def __init__(self, ctx: Context, title: str, verb: str = "Сохранить", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._verb_text = verb
        self._warned: tuple[str, ...] = ()
        self.setWindowTitle(title)
        self._largest = fitting(ctx, LARGEST)
        self.setMaximumSize(self._largest)
        self.message = QLabel()
        self.message.setObjectName("problem")
        self.message.setWordWrap(True)
        self.message.hide()
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(24, 16, 24, 8)
        self.body.setSpacing(12)
        self._scroll = Scroll()
        self._scroll.setWidget(inner)
        self.verb = QPushButton(verb)
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.accept)
        self.cancel = QPushButton("Отмена")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(24, 8, 24, 16)
        self._foot.setSpacing(8)
        self._foot.addWidget(self.message, 1)
        self._foot.addStretch()
        self._foot.addWidget(self.verb)
        self._foot.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)

    def problems(self) -> Sequence[Problem]:
        """What stands against the deed; warnings may be overridden by pressing the verb again."""
        return ()

    def paint_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems; forms paint theirs at the fields and leave the rest here."""
        self.say(" ".join(problem.text for problem in problems))

    def deed(self) -> Any:
        """What the verb does once nothing stands against it; an error keeps the box open."""
        return None

    def say(self, text: str) -> None:
        """A sentence beside the buttons; "" takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    @Slot()
    def accept(self) -> None:
        found = tuple(self.problems())
        self.paint_problems(found)
        warnings = tuple(problem.text for problem in found if problem.severity is Severity.WARNING)
        if any(problem.severity is Severity.ERROR for problem in found):
            self.verb.setText(self._verb_text)
            return
        if warnings and warnings != self._warned:
            self._warned = warnings
            self.verb.setText(f"Всё равно {self._verb_text[:1].lower()}{self._verb_text[1:]}")
            return
        if attempt(self.deed, self._report) is not FAILED:
            super().accept()

    def _report(self, error: BaseException) -> None:
        sentence = sentence_for(error)
        if sentence is None:
            self.ctx.report_error(error)
        else:
            self.say(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Larger when the body wants more than there is; never smaller, never beyond a small screen."""
        inner = self._scroll.widget()
        inner.ensurePolished()
        self.body.activate()
        before = self.size()
        self.fit()
        self.resize(self.size().expandedTo(before))

    def fit(self) -> None:
        """As large as the body wants, never larger than a small screen; called at the end of the constructor."""
        wanted = self._scroll.widget().sizeHint()
        foot = self._foot.sizeHint().height()
        width = max(wanted.width(), self._foot.sizeHint().width(), self.ctx.theme.px(500))
        self.resize(QSize(width, wanted.height() + foot + 8).boundedTo(self._largest))


class FormDialog(Dialog):
    """A box around one form. ``check(values)`` gives the domain's problems, ``deed(values)`` does the thing."""

    def __init__(
        self,
        ctx: Context,
        title: str,
        fields: Sequence[Field],
        *,
        verb: str = "Сохранить",
        initial: Mapping[str, Any] | None = None,
        check: Callable[[dict[str, Any]], Sequence[Problem]] | None = None,
        deed: Callable[[dict[str, Any]], Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, title, verb, parent)
        self._check, self._deed = check, deed
        self.form = Form(fields, ctx.theme, ctx.clock)
        self.form.set_values(initial or {})
        self.body.addWidget(self.form)
        self.body.addStretch()
        next(iter(self.form.editors.values())).setFocus()  # never the verb: Enter would do the deed unseen
        self.result_value: Any = None
        self.fit()

    def values(self) -> dict[str, Any]:
        """What was entered."""
        return self.form.values()

    def problems(self) -> Sequence[Problem]:
        own = self.form.own_problems()
        told = {problem.where for problem in own}
        more = self._check(self.form.values()) if self._check else ()
        return [*own, *(problem for problem in more if problem.where not in told)]

    def paint_problems(self, problems: Sequence[Problem]) -> None:
        super().paint_problems(self.form.paint_problems(problems))
        self.grow()

    def deed(self) -> Any:
        self.result_value = self._deed(self.form.values()) if self._deed else self.form.values()
        return self.result_value
