"""A database that lies where it cannot be worked on is copied to this computer and opened there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from imc_desktop.held import home_of_data
from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import resolve

COPY_IN_WORDS = "Скопировать на этот компьютер и открыть"
WORK = "db.place:copy_in"


def copy_in(ctx: Context, window: MainWindow, path: Path, show: Callable[[Path], object]) -> None:
    """Copy on the worker, then ``show`` the copy; when that fails, the first one with the reason in the strip."""
    work, folder = resolve(WORK), home_of_data()

    def copied(target: Path) -> None:
        show(target)
        ctx.tell(f"База скопирована на этот компьютер: {target}. Работайте в этой копии.", "success")

    def failed(error: BaseException) -> None:
        show(path)
        ctx.report_error(error)

    window.show_opening("Копирую базу на этот компьютер…")
    ctx.jobs.run(lambda _report: work(path, folder), copied, failed, title="Копирование базы")
