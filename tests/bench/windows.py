"""Whole processes for the goals of starting: each ends at the moment its window has been painted.

Called as ``python -m tests.bench.windows empty``, ``main DATABASE`` or ``list DATABASE``.
"""

from __future__ import annotations

import os
import sys


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
    from imc_desktop import app  # noqa: PLC0415
    from imc_desktop.cli.main import main  # noqa: PLC0415

    class Painted(app._FirstPaint):
        def __init__(self, window: object) -> None:
            super().__init__(window)  # type: ignore[arg-type]
            self.painted.connect(lambda: os._exit(0), app.Qt.ConnectionType.QueuedConnection)

    app._FirstPaint = Painted  # type: ignore[misc]
    sys.exit(main(["--database", database]))


def people_list(database: str) -> None:
    """The program as it starts, up to the painted list of people."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415

    from imc_desktop.cli.main import main  # noqa: PLC0415
    from ui.common.table import Table  # noqa: PLC0415

    paint = Table.paintEvent

    def painted(self: Table, event: QPaintEvent) -> None:
        paint(self, event)
        if self.rows.rowCount() > 1000:
            QTimer.singleShot(0, lambda: os._exit(0))

    Table.paintEvent = painted  # type: ignore[method-assign]
    sys.exit(main(["--database", database]))


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    {"empty": empty, "main": main_window, "list": people_list}[what](*rest)
    sys.exit("the window was never painted")
