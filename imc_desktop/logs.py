"""A rotating log of the program's own failures. No personal data: messages name places in the code, never values."""

from __future__ import annotations

import logging
from contextlib import suppress
from importlib import import_module
from pathlib import Path

ROOTS = ("imc_desktop", "ui", "db")
_FILE = "imc_desktop.log_file:rotating"


def start_log(folder: Path) -> None:
    """Write warnings and failures of our packages to ``folder``; one that cannot be written is no reason to stop."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = _AtFirstRecord(folder / "imc-desktop.log")
        for root in ROOTS:
            logger = logging.getLogger(root)
            logger.setLevel(logging.WARNING)
            logger.addHandler(handler)
            logger.propagate = False


class _AtFirstRecord(logging.Handler):
    """Opens the file when there is something to write: a start in which nothing fails does not pay for it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._path = file
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            module, _, name = _FILE.partition(":")
            self._file = getattr(import_module(module), name)(self._path)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
