"""The invented district of «Посмотреть на примере»: its own database, made beside the window's work."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from imc_desktop import paths
from ui.context import Context
from ui.jobs import Job, Report
from ui.registry import resolve

# Import and printing are loaded when an example is made: the list of people must not wait for them.
MAKE_DEMO = "imc_desktop.usecases.demo:make_demo_database"


class Example(QObject):
    """``ready`` when its database stands; ``stopped`` when it was cancelled or failed (which has been told)."""

    ready = Signal()
    stopped = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._job: Job | None = None
        ctx.jobs.finished.connect(self._ended)

    @property
    def path(self) -> Path:
        """Where the example lies: apart from the office's database."""
        return paths.demo_folder() / f"example{paths.DATABASE_SUFFIX}"

    @property
    def under_way(self) -> bool:
        """Whether it is being made now."""
        return self._job is not None

    def make(self) -> None:
        """Make it on the worker; a former one is replaced."""
        work = partial(_make, self.path, self._ctx.clock.today())
        self._job = self._ctx.jobs.run(work, self._made, self._failed, title="Пример")

    def _made(self, _result: object) -> None:
        self.ready.emit()

    def _failed(self, error: BaseException) -> None:
        self.stopped.emit()
        self._ctx.report_error(error)

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.cancelled:
                self.stopped.emit()


def _make(path: Path, today: date, report: Report) -> None:
    """Made beside and put in its place when it is whole."""
    beside = path.with_name(f"{path.stem}.part{path.suffix}")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.unlink(missing_ok=True)
    try:
        store, _ = resolve(MAKE_DEMO)(
            beside, today=today, progress=lambda share, words: report(round(share * 100), 100, words)
        )
        store.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
