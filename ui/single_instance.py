"""The second start of the program raises the window of the first one and hands over its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QDir, QLockFile, QObject, Signal

from ui.registry import resolve

CALL_FIRST = "ui.instance_calls:call_first"
LISTENER = "ui.instance_calls:Listener"
PATIENCE_MS = 10_000  # a slow computer reads for seconds before its window can answer


class SingleInstance(QObject):
    """``claim`` is True for the first start; later starts deliver their paths to its ``raised`` signal.

    Who is first is told by a lock that dies with its process; the network is needed only to call or to answer.
    """

    raised = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = QLockFile(str(Path(QDir.tempPath()) / f"{name}.lock"))
        self._lock.setStaleLockTime(0)
        self._listener: Any = None

    def claim(self, paths: list[Path], *, listen: bool = True) -> bool:
        """True when this process is the first; else the first one has been called and this one should end.

        ``listen=False``: the caller calls ``listen`` when its window stands.
        """
        if not self._first_or_told(paths):
            return False
        if listen:
            self.listen()
        return True

    def _first_or_told(self, paths: list[Path]) -> bool:
        """True when this process is the first, or when the first one stays silent for too long; False when it was told.

        The first one may not listen yet (its window comes first) or be closing already: then its lock becomes ours.
        """
        patience = QDeadlineTimer(PATIENCE_MS)
        while not self._lock.tryLock(0):
            if resolve(CALL_FIRST)(self._name, paths):
                return False
            if patience.hasExpired():
                break
        return True

    def listen(self) -> None:
        """Answer later starts from now on."""
        if self._lock.isLocked() and self._listener is None:
            self._listener = resolve(LISTENER)(self._name, self.raised.emit, self)

    def release(self) -> None:
        """Let another process be the first."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._lock.unlock()
