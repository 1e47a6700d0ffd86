"""The self-test in a process of its own: the window stays alive, and Qt is touched where it may be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QObject,
    QProcess,
    QProcessEnvironment,
    QTemporaryDir,
    Signal,
    Slot,
)

from imc_desktop import paths
from imc_desktop.usecases.self_check import CheckOutcome, CheckStep, step_of

WORDS = ("self-test", "--each")
_FOLDERS = ("TMPDIR", "TEMP", "TMP")
_PATIENCE_MS = 5_000
Facts = tuple[tuple[str, str], ...]


class CheckRun(QObject):
    """``begins`` carries done, all and the name of a step, ``stepped`` a CheckStep, ``ended`` the CheckOutcome.

    What the child leaves when it is stopped lies in a folder of ours, which goes away with it.
    """

    begins = Signal(int, int, str)
    stepped = Signal(object)
    ended = Signal(object)

    def __init__(self, program: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = list(program or [*paths.command_line(), *WORDS])
        self._steps: list[CheckStep] = []
        self._facts: Facts | None = None
        self._unread = b""
        self._folder: QTemporaryDir | None = None
        self._process: QProcess | None = None
        QCoreApplication.instance().aboutToQuit.connect(self.stop)  # type: ignore[union-attr]

    @property
    def running(self) -> bool:
        """Whether the child works."""
        return self._process is not None

    def start(self) -> None:
        """Begin; nothing happens while one is under way."""
        if self.running:
            return
        self._steps, self._facts, self._unread = [], None, b""
        self._folder = QTemporaryDir()
        environment = QProcessEnvironment.systemEnvironment()
        if self._folder.isValid():
            for name in _FOLDERS:
                environment.insert(name, self._folder.path())
        self._process = process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.setWorkingDirectory(str(paths.program_folder()))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        process.start(self._program[0], self._program[1:])

    @Slot()
    def stop(self) -> None:
        """End the child; ``ended`` follows no more."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
            self._clean(process)

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._unread += _bytes_of(self._process.readAllStandardOutput())
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # not a line of ours

    def _take(self, told: dict[str, Any]) -> None:
        if "begins" in told:
            self.begins.emit(int(told["done"]), int(told["of"]), str(told["begins"]))
        elif "facts" in told:
            self._facts = tuple((str(label), str(text)) for label, text in told["facts"])
        else:
            self._steps.append(step_of(told))
            self.stepped.emit(self._steps[-1])

    @Slot()
    def _finish(self) -> None:
        self._read()
        process, self._process = self._process, None
        if process is not None:
            self._clean(process)
            self.ended.emit(CheckOutcome(self._facts or (), tuple(self._steps), finished=self._facts is not None))

    @Slot(object)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # «finished» does not come then
            self._finish()

    def _clean(self, process: QProcess) -> None:
        process.deleteLater()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None


def _bytes_of(read: QByteArray) -> bytes:
    return bytes(read.data())
