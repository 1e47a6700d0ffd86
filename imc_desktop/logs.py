"""A rotating log of the program's own failures. No personal data: messages name places in the code, never values."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

ROOTS = ("imc_desktop", "ui", "db")
_LIMIT = 512 * 1024


def start_log(folder: Path) -> None:
    """Write warnings and failures of our packages to ``folder``; one that cannot be written is no reason to stop."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "imc-desktop.log"
        handler = RotatingFileHandler(file, maxBytes=_LIMIT, backupCount=3, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        for root in ROOTS:
            logger = logging.getLogger(root)
            logger.setLevel(logging.WARNING)
            logger.addHandler(handler)
            logger.propagate = False
