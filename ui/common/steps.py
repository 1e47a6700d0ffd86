"""The frame of a window of steps: where one is, the pages, the work under way, back and on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.common.flow import Flow
from ui.common.job_row import JobRow
from ui.context import Context

MARGIN = 24


class StepsDialog(QDialog):
    """A subclass says what «on» and «back» do and when «on» is allowed; Esc stops what runs before it closes."""

    def __init__(
        self,
        ctx: Context,
        titles: Sequence[str],
        verbs: Sequence[str],
        pages: Sequence[QWidget],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._verbs = tuple(verbs)
        self.stack = QStackedWidget()
        for page in pages:
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        column.addLayout(self._steps_row(titles))
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())

    @property
    def step(self) -> int:
        """The page shown."""
        return self.stack.currentIndex()

    def show_step(self, step: int) -> None:
        """Show a page; the last one has neither back nor cancel."""
        self.stack.setCurrentIndex(step)
        for number, label in enumerate(self.steps):
            label.setObjectName("section" if number == step else "secondary")
            label.style().polish(label)
        self.verb.setText(self._verbs[step])
        self._show_ways_out(busy=self.jobs.busy)
        self.verb.setEnabled(self.may_go_on())
        self.jobs.say("")

    def may_go_on(self) -> bool:
        """Whether the verb may be pressed now. Overridden."""
        return True

    @Slot()
    def go_on(self) -> None:
        """The verb. Overridden."""
        raise NotImplementedError

    @Slot()
    def go_back(self) -> None:
        """One page back. Overridden where pages may be passed over."""
        self.show_step(self.step - 1)

    @Slot()
    def reject(self) -> None:
        """Esc and the cross: stop what runs, else close."""
        if self.jobs.busy:
            self.jobs.stop()
        else:
            super().reject()

    @Slot(bool)
    def _lock(self, busy: bool) -> None:
        self.stack.setEnabled(not busy)
        self._show_ways_out(busy=busy)
        for button in (self.back, self.verb, self.cancel):
            button.setEnabled(not busy)
        if not busy:
            self.verb.setEnabled(self.may_go_on())

    def _show_ways_out(self, *, busy: bool) -> None:
        """Back and cancel, which mean nothing while work goes on: they leave their room to it when it is needed."""
        last = len(self._verbs) - 1
        ways = [(self.back, 0 < self.step < last), (self.cancel, self.step != last)]
        buttons = [self.verb, *(button for button, wanted in ways if wanted)]
        needed = self.jobs.busy_width + sum(button.sizeHint().width() + 8 for button in buttons)
        margins = self.contentsMargins().left() + self.contentsMargins().right() + 2 * MARGIN
        tight = busy and needed + margins > self.width()
        for button, wanted in sorted(ways, key=lambda way: way[1]):  # who goes makes room for who comes
            button.setVisible(wanted and not tight)

    def _steps_row(self, titles: Sequence[str]) -> Flow:
        row = Flow()
        self.steps = [QLabel(f"{number}  {title}") for number, title in enumerate(titles, 1)]
        for number, label in enumerate(self.steps):
            if number:
                arrow = QLabel("›")
                arrow.setObjectName("secondary")
                row.add(arrow)
            row.add(label)
        return row

    def _foot(self) -> QHBoxLayout:
        self.jobs = JobRow(self.ctx)
        self.back, self.verb, self.cancel = QPushButton("Назад"), QPushButton(self._verbs[0]), QPushButton("Отмена")
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.back.clicked.connect(self.go_back)
        self.verb.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        self.jobs.busyChanged.connect(self._lock)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jobs, 1)
        for button in (self.back, self.verb, self.cancel):
            button.setAutoDefault(button is self.verb)
            foot.addWidget(button)
        self.back.hide()
        return foot
