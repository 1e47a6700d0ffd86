"""What happens when something goes wrong: a sentence in the strip, or the crash window; the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imc_desktop import __version__
from imc_desktop.domain.errors import UserError

log = logging.getLogger("ui.errors")
FAILED = object()


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


def report_text(error: BaseException) -> str:
    """Text for the person who mends the program: where and what kind, without the data (no messages, no values)."""
    machine = f"{sys.platform}, Python {sys.version.split()[0]}"
    lines = [f"IMC Desktop {__version__}", machine]
    while True:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        cause = error.__cause__ or error.__context__
        if cause is None:
            break
        error = cause
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that the data are safe and shows the report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Сбой программы")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = report
        title = QLabel("Данные сохранены, действие отменено")
        title.setObjectName("title")
        advice = QLabel(
            "Программа натолкнулась на собственную ошибку. Можно продолжать работу.\n"
            "Отчёт поможет её исправить: в нём нет фамилий и других данных."
        )
        advice.setWordWrap(True)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("Отчёт о сбое")
        copy = QPushButton("Скопировать отчёт")
        copy.clicked.connect(self._copy)
        close = QPushButton("Продолжить")
        close.setProperty("primary", True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (title, advice, text):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.resize(640, 420)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


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
        """Open the crash window over the active one, without blocking anything."""
        log.error("%s", report_text(error))
        CrashDialog(report_text(error), QApplication.activeWindow()).open()

    def _hook(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.crashed.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.crashed.emit(args.exc_value)
