"""Cycles are collected on the window's thread only.

Python's own collector runs in whatever thread allocates: a worker that takes papers in would destroy the widgets of a
closed box, and Qt crashes when a widget dies outside its thread (seen as a segmentation fault in the tests).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000


class WindowCollector(QObject):
    """Switches the automatic collector off and does its work now and then, by its own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is over its threshold, as the automatic collector would."""
        due = [
            generation
            for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit
        ]
        if due:
            gc.collect(due[-1])
