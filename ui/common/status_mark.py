"""States as shape + word + colour, so that they survive a black-and-white printer and a colour-blind eye."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Theme


class Status(StrEnum):
    """The five states of anything with a term."""

    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    POSTPONED = "postponed"


MARKS: dict[Status, tuple[str, str, str]] = {
    Status.OK: ("✓", "ok", "действует"),
    Status.SOON: ("▲", "soon", "истекает"),
    Status.OVERDUE: ("■", "bad", "просрочено"),
    Status.UNKNOWN: ("○", "secondary", "нет данных"),
    Status.POSTPONED: ("◇", "secondary", "отложено"),
}


def mark(status: Status) -> str:
    """The shape alone."""
    return MARKS[status][0]


def tone(status: Status) -> str:
    """Name of the colour."""
    return MARKS[status][1]


def marked(status: Status, word: str = "") -> str:
    """Shape and word: «▲ до 05.2027»; without a word the state's own one."""
    shape, _, own = MARKS[status]
    return f"{shape} {word or own}"


class StatusLabel(QLabel):
    """A label in the state's colour."""

    def __init__(self, theme: Theme, status: Status, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._restyle)
        self.set_status(status, word)

    def set_status(self, status: Status, word: str = "") -> None:
        """Show another state."""
        self._status = status
        self.setText(marked(status, word))
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self.setStyleSheet(f"color: {getattr(self._theme.colours, tone(self._status))}")
