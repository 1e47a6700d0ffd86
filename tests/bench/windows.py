"""Whole processes for the goals of starting: each ends at the moment its window has been painted.

Called as ``python -m tests.bench.windows empty``, ``main DATABASE`` or ``list DATABASE``.
"""

from __future__ import annotations

import os
import sys
from typing import Any

ENOUGH = 1_000


def empty() -> None:
    """The least a Qt program can do: a window with a widget in it, painted."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - what is imported is what is measured
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget  # noqa: PLC0415

    class Middle(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: os._exit(0))

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(Middle())
    window.resize(1280, 800)
    window.show()
    app.exec()


def main_window(database: str) -> None:
    """The program as it starts, up to the first paint of its main window."""
    from imc_desktop.cli import main as command_line  # noqa: PLC0415

    load = command_line.import_module

    def watched(name: str) -> Any:
        module = load(name)
        if name == "imc_desktop.app":
            module._FirstPaint = _leaving(module)
        return module

    command_line.import_module = watched  # type: ignore[assignment]
    sys.exit(command_line.main(["--database", database]))


def _leaving(app: Any) -> type:
    """The program's own watcher of the first paint, which then ends the process."""

    class Leaving(app._FirstPaint):  # type: ignore[misc]
        def __init__(self, window: object) -> None:
            super().__init__(window)
            self.painted.connect(lambda: os._exit(0), app.Qt.ConnectionType.QueuedConnection)

    return Leaving


def people_list(database: str) -> None:
    """The program as it starts, up to the painted list of people."""
    from imc_desktop.cli import main as command_line  # noqa: PLC0415

    load = command_line.import_module

    def watched(name: str) -> Any:
        module = load(name)
        if name == "imc_desktop.app":
            from ui.common import table  # noqa: PLC0415 - the list needs it in any case

            table.Table.paintEvent = _leaving_table(table.Table.paintEvent)  # type: ignore[method-assign]
        return module

    command_line.import_module = watched  # type: ignore[assignment]
    sys.exit(command_line.main(["--database", database]))


def _leaving_table(paint: Any) -> Any:
    """The list's own painting, which then ends the process when the people are there."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    def painted(table: Any, event: object) -> None:
        paint(table, event)
        if table.rows.rowCount() > ENOUGH:
            QTimer.singleShot(0, lambda: os._exit(0))

    return painted


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"empty": empty, "main": main_window, "list": people_list}[what](*rest)
    sys.exit("the window was never painted")
