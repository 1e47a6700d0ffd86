"""The full check of a database after every opening, while the window is already used (decisions 11)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from ui.context import Context
from ui.registry import resolve

CHECK = "db.verify:must_be_whole"
_AGAIN_MS = 500
_CHECK_MS = 300  # the first list is painted before the check takes a share of the processor

Broken = Callable[[HeldDatabase, UserError], None]


def check_later(ctx: Context, held: HeldDatabase, broken: Broken) -> None:
    """Check soon; ``broken`` is told the sentence, never while a box stands open over the data."""
    QTimer.singleShot(_CHECK_MS, partial(_check, ctx, held, broken))


def _check(ctx: Context, held: HeldDatabase, broken: Broken) -> None:
    if ctx.store is not held.store:  # closed meanwhile
        return
    failed = partial(_failed, ctx, held, broken)
    ctx.jobs.run(lambda _report: resolve(CHECK)(held.path), None, failed, title="Проверка базы")


def _failed(ctx: Context, held: HeldDatabase, broken: Broken, error: BaseException) -> None:
    if ctx.store is not held.store:
        return
    if QApplication.activeModalWidget() is not None:
        QTimer.singleShot(_AGAIN_MS, partial(_failed, ctx, held, broken, error))
    elif isinstance(error, UserError):
        broken(held, error)
    else:
        ctx.report_error(error)
