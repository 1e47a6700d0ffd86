"""The crash window and its report; imported when there is a crash."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QSize, Qt, Slot
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
from imc_desktop.faceless import trace_of
from ui.common.fitting import on_screen

log = logging.getLogger("ui.crash")


_open: set[CrashDialog] = set()


def show(error: BaseException) -> None:
    """Log the crash and open its window over the active one, without blocking anything.

    A fault that comes again while its window is open (a timer, a paint) is logged and not shown twice.
    """
    report = report_text(error)
    log.error("%s", report)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
    if any(one.report == report for one in shown):
        return
    over = QApplication.activeWindow()
    while isinstance(over, CrashDialog):  # one that closes would take this one with it
        over = over.parentWidget()
    box = CrashDialog(report, over)
    _open.add(box)  # without an active window (another program is in front) nothing else would keep it
    box.finished.connect(lambda _result: _open.discard(box))
    box.open()


def report_text(error: BaseException) -> str:
    """Text for the person who mends the program: where and what kind, without the data (no messages, no values)."""
    machine = f"{sys.platform}, Python {sys.version.split()[0]}"
    return "\n".join([f"IMC Desktop {__version__}", machine, *trace_of(error)])


class CrashDialog(QDialog):
    """Says that the data are safe and shows the report to copy."""

    help_page = "trouble"

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Сбой программы")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.report = report
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
        self.resize(on_screen(QSize(640, 420)))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
