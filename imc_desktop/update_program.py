"""«Обновить программу с флешки…»: the box; once the installer runs, the window closes as it always does."""

from __future__ import annotations

from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import resolve

DIALOG = "ui.update.dialog:UpdateDialog"
UPDATE_WORDS = "Обновить программу с флешки…"


def update_program(ctx: Context, window: MainWindow) -> None:
    """Ask; closing makes the usual proved copy when anything changed, and ends the program the installer waits for."""
    if resolve(DIALOG).run(window, ctx):
        window.close()
