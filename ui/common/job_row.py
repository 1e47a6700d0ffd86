"""The foot of a window that works: what is being done, how far, «Остановить»; or a sentence about what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from ui.common.kept_size import KeptSize
from ui.context import Context
from ui.errors import sentence_for
from ui.jobs import Job, Progress, Report

Work = Callable[[Report], Any]
BAR_WIDTH = 200
BAR_LEAST = 40
TEXT_LEAST = 90
SPACING = 8


class JobRow(QWidget):
    """Runs one job at a time for its window. ``busyChanged`` tells the window to lock and unlock its buttons."""

    busyChanged = Signal(bool)  # noqa: N815 - a Qt signal

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._job: Job | None = None
        self._kept: list[Any] = []
        self._done: Callable[[Any], None] | None = None
        self._stopped: Callable[[], None] | None = None
        self.busy = False
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        # The name of a file is one long word: it must not widen the window.
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        KeptSize(ctx.theme, self.text, "setMinimumWidth", TEXT_LEAST)
        self.bar = QProgressBar()
        self.bar.setMaximumWidth(ctx.theme.px(BAR_WIDTH))
        self.bar.setMinimumWidth(BAR_LEAST)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Ход работы")
        self.stop_button = QPushButton("Остановить")
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for widget in (self.bar, self.text, self.stop_button):
            row.addWidget(widget)
        ctx.jobs.finished.connect(self._job_ended)
        self._show_busy(busy=False)

    @property
    def busy_width(self) -> int:
        """The least room it takes while something runs."""
        return BAR_LEAST + self.text.minimumWidth() + self.stop_button.sizeHint().width() + 2 * SPACING

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],
        stopped: Callable[[], None] | None = None,
        *,
        binding: bool = False,
    ) -> None:
        """Start a job; ``stopped`` follows a cancel. ``binding``: work complete before the stop reached it is done."""
        self.say("")
        self._kept, self._done, self._stopped = [], done, stopped
        self.text.setText(title)
        self.bar.setRange(0, 0)
        self._show_busy(busy=True)
        watched = partial(self._keep, work) if binding else work
        self._job = self._ctx.jobs.run(watched, partial(self._finish, done), self._failed, self._show_progress)

    def say(self, text: str, *, good: bool = False) -> None:
        """A sentence; "" takes it away."""
        self.text.setText(text)
        self.text.setObjectName("" if good else "problem")
        self.text.style().polish(self.text)

    @Slot()
    def stop(self) -> None:
        """Ask the job to stop; the window stays until it has."""
        if self._job is not None and self.busy:
            self.text.setText("Останавливаю…")
            self.stop_button.setEnabled(False)
            self._job.cancel()

    def _keep(self, work: Work, report: Report) -> Any:
        result = work(report)
        self._kept.append(result)
        return result

    def _finish(self, done: Callable[[Any], None], result: Any) -> None:
        self._show_busy(busy=False)
        self.say("")
        done(result)

    def _failed(self, error: BaseException) -> None:
        self._show_busy(busy=False)
        self.report(error)

    def report(self, error: BaseException) -> None:
        """A sentence here when the person can mend it, else the crash window."""
        sentence = sentence_for(error)
        if sentence is None:
            self.say("")
            self._ctx.report_error(error)
        else:
            self.say(sentence)

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        if job is not self._job or not job.cancelled:
            return
        self._job = None
        if self._kept and self._done is not None:
            self._finish(self._done, self._kept[0])
            return
        self._show_busy(busy=False)
        self.say("")
        if self._stopped is not None:
            self._stopped()

    def _show_progress(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        if progress.text:
            self.text.setText(progress.text)

    def _show_busy(self, *, busy: bool) -> None:
        self.busy = busy
        if busy:  # the window makes room before bar and button ask for it
            self.busyChanged.emit(busy)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.stop_button.setEnabled(True)
        if busy:
            self.text.setObjectName("")
            self.text.style().polish(self.text)
        else:
            self.busyChanged.emit(busy)
