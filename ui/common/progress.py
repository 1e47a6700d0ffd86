"""A running job in the status bar: what, how far, cancel."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from ui.jobs import Job, JobRunner, Progress
from ui.theme import Theme

SHOW_AFTER_MS = 300


class ProgressLine(QWidget):
    """Appears when a job takes longer than a moment."""

    def __init__(self, jobs: JobRunner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._theme = theme
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Ход работы")
        self._cancel = QToolButton()
        self._cancel.setText("Отмена")
        self._cancel.setAccessibleName("Отменить работу")
        self._cancel.clicked.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._text, self._bar, self._cancel):
            row.addWidget(widget)
        jobs.started.connect(self._begin)
        jobs.progressed.connect(self._advance)
        jobs.finished.connect(self._end)
        self.hide()

    @Slot(object)
    def _begin(self, job: Job) -> None:
        if self._job is None and job.title:
            self._job = job
            self._text.setText(job.title)
            self._bar.setRange(0, 0)
            self._timer.start(SHOW_AFTER_MS)

    @Slot(object, object)
    def _advance(self, job: Job, progress: Progress) -> None:
        if job is not self._job:
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._text.setText(f"{job.title}: {progress.text}" if progress.text else job.title)

    @Slot(object)
    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._timer.stop()
            self.hide()

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._text.setText("Останавливаю…")
            self._job.cancel()
