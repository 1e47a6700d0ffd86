"""How long nobody has touched keyboard or mouse: told by the windows themselves, which costs nothing while idle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_MS = 5000
LEAST, USUAL, MOST = 5, 10, 30  # minutes
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """``idle`` when nothing was touched for ``minutes()``. ``now`` is a monotonic clock in seconds."""

    idle = Signal()

    def __init__(self, now: Callable[[], float], minutes: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now, self._minutes = now, minutes
        self._last = now()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        if self._timer.isActive():
            return
        self._last = self._now()
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
        self._application().focusWindowChanged.connect(self._watch)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._application().focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Has it been long enough?"""
        minutes = min(MOST, max(LEAST, self._minutes()))
        if self._now() - self._last >= minutes * 60:
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = self._now()
        return super().eventFilter(watched, event)

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @staticmethod
    def _application() -> QGuiApplication:
        found = QGuiApplication.instance()
        if not isinstance(found, QGuiApplication):
            raise TypeError("no application")
        return found
