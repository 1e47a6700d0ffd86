"""The windows about media, incidents and handing over work: opened on the database the window shows."""

from __future__ import annotations

from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import resolve

MEDIA = "ui.media.window:MediaWindow"
COMPUTER = "ui.copies.computer_dialog:ComputerDialog"
HANDOVER = "ui.media.handover_dialog:HandoverDialog"


class MediaDesk:
    """What the menu does about media."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        self._ctx = ctx
        self._window = window

    def show(self) -> None:
        """The register of media, the log of copies, incidents."""
        resolve(MEDIA).run(self._window, self._ctx)

    def show_incidents(self) -> None:
        """What was lost, and by what hour whom to tell."""
        resolve(MEDIA).run(self._window, self._ctx, "incidents")

    def hand_over(self) -> None:
        """The act by which somebody's work is handed over."""
        resolve(HANDOVER).run(self._window, self._ctx)

    def name_computer(self) -> None:
        """What copies and merges call this computer."""
        resolve(COMPUTER).run(self._window, self._ctx)
