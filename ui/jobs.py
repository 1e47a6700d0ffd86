"""Long work beside the window: one worker, callbacks on the window's thread, cancel by exception."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.registry import resolve

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

REPORT_EVERY = 0.05
WORKER = "ui.worker:one_worker"


class CancelledError(Exception):
    """Raised inside the work when the person pressed «Отмена»; the work must leave nothing half done."""


class Progress(NamedTuple):
    """How far a job is: ``total`` 0 = not known."""

    done: int
    total: int
    text: str = ""


class Report(Protocol):
    """Given to the work; to be called now and then. Raises ``CancelledError`` after a cancel."""

    def __call__(self, done: int, total: int = 0, text: str = "") -> None: ...


Work = Callable[[Report], Any]
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Seen = Callable[[Progress], None]


@dataclass(eq=False)
class Job:
    """A piece of work under way."""

    title: str
    work: Work
    done: Done | None = None
    failed: Failed | None = None
    progress: Seen | None = None
    _stop: Event = field(default_factory=Event)
    last_report: float = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; ``done`` will not be called any more."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()


class JobRunner(QObject):
    """Runs jobs one after another on one worker thread."""

    started = Signal(object)
    progressed = Signal(object, object)
    finished = Signal(object)
    uncaught = Signal(object)
    _reported = Signal(object, object)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._running: list[Job] = []
        self._reported.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that wait or work now."""
        return tuple(self._running)

    def run(
        self,
        work: Work,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Seen | None = None,
        title: str = "",
    ) -> Job:
        """Start ``work(report)``; ``done(result)`` or ``failed(error)`` follow on the window's thread."""
        job = Job(title, work, done, failed, progress)
        self._running.append(job)
        self.started.emit(job)
        self._start(job)
        return job

    def shutdown(self) -> None:
        """Cancel what runs and wait for the worker: called once, before the store is closed."""
        for job in self._running:
            job.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _start(self, job: Job) -> None:
        if self._pool is None:
            self._pool = resolve(WORKER)()
        self._pool.submit(self._execute, job)

    def _execute(self, job: Job) -> None:
        result, error = perform(job, self._report_for(job))
        self._ended.emit(job, result, error)

    def _report_for(self, job: Job) -> Report:
        def report(done: int, total: int = 0, text: str = "") -> None:
            if job.cancelled:
                raise CancelledError
            now = time.monotonic()
            if now - job.last_report >= REPORT_EVERY or (total and done >= total):
                job.last_report = now
                self._reported.emit(job, Progress(done, total, text))

        return report

    @Slot(object, object)
    def _show_progress(self, job: Job, progress: Progress) -> None:
        if job.cancelled or job not in self._running:
            return
        if job.progress is not None:
            job.progress(progress)
        self.progressed.emit(job, progress)

    @Slot(object, object, object)
    def _finish(self, job: Job, result: object, error: BaseException | None) -> None:
        self._running.remove(job)
        self.finished.emit(job)
        if isinstance(error, CancelledError):
            return
        if error is not None:
            if job.failed is not None:
                job.failed(error)
            else:
                self.uncaught.emit(error)
        elif job.done is not None and not job.cancelled:
            job.done(result)


class ImmediateRunner(JobRunner):
    """The same, at once and on the calling thread: for tests and for the command-line self-test."""

    def _start(self, job: Job) -> None:
        result, error = perform(job, self._report_now(job))
        self._finish(job, result, error)

    def _report_now(self, job: Job) -> Report:
        def report(done: int, total: int = 0, text: str = "") -> None:
            if job.cancelled:
                raise CancelledError
            self._show_progress(job, Progress(done, total, text))

        return report


def perform(job: Job, report: Report) -> tuple[object, BaseException | None]:
    """Run the work and hand over its result or its error: an error must reach the person, not die in a thread."""
    if job.cancelled:
        return None, CancelledError()
    try:
        return job.work(report), None
    except Exception as error:  # noqa: BLE001 - a worker thread has nobody above it
        return None, error
