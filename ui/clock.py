"""What the window takes for today: the interface, and the clock that stands for tests, pictures and ``--on``."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Protocol


class Clock(Protocol):
    """The only source of today."""

    def today(self) -> date: ...

    def now(self) -> datetime: ...


class FixedClock:
    """A clock that stands: tests, screenshots, ``--on``."""

    def __init__(self, moment: datetime | date) -> None:
        self._moment = moment if isinstance(moment, datetime) else datetime.combine(moment, time(10, 42))

    def today(self) -> date:
        return self._moment.date()

    def now(self) -> datetime:
        return self._moment
