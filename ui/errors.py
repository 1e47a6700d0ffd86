"""What happens when something goes wrong: a sentence in the strip, or the crash window; the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from imc_desktop.domain.errors import UserError
from ui.registry import resolve

FAILED = object()
CRASH = "ui.crash:show"


def attempt(action: Callable[[], Any], report: Callable[[BaseException], None]) -> Any:
    """The result of ``action``, or ``FAILED`` after ``report`` has shown why."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - the last stop of everything a person starts
        report(error)
        return FAILED


def sentence_for(error: BaseException) -> str | None:
    """The Russian sentence for an error a person can mend; None for a fault of the program."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, PermissionError):
        return f"Нет доступа к файлу{_file_of(error)}. Закройте его в других программах и повторите."
    if isinstance(error, FileNotFoundError):
        return f"Файл{_file_of(error)} не найден. Если он на флешке — вставьте её и повторите."
    if isinstance(error, OSError) and error.errno == 28:
        return "На диске нет места. Освободите место и повторите: ничего не потеряно."
    if isinstance(error, OSError) and error.filename:
        return f"Файл{_file_of(error)} не читается или не пишется. Проверьте диск или флешку и повторите."
    return None


def _file_of(error: OSError) -> str:
    return f" «{Path(str(error.filename)).name}»" if error.filename else ""


class CrashWatch(QObject):
    """Catches what nobody caught, on any thread: logs, and asks the window's thread to show the crash window."""

    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.crashed.connect(self.show_crash, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of the main thread and of all others."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    @Slot(object)
    def show_crash(self, error: BaseException) -> None:
        """Log the crash and open its window."""
        resolve(CRASH)(error)

    def _hook(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.crashed.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.crashed.emit(args.exc_value)
