"""The file of the log; apart, because a start in which nothing fails never opens it."""

from __future__ import annotations

from logging.handlers import RotatingFileHandler
from pathlib import Path

from imc_desktop.faceless import FacelessFormatter

_LIMIT = 512 * 1024


def rotating(file: Path) -> RotatingFileHandler:
    """Four files of half a megabyte, the newest without a number; nothing personal gets into them."""
    handler = RotatingFileHandler(file, maxBytes=_LIMIT, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(FacelessFormatter())
    return handler
