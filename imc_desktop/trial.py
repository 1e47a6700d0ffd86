"""A trial database («Учебное восстановление») is known by a mark in its folder: shown only, in a program of its own."""

from __future__ import annotations

import sys
from pathlib import Path

MARK = ".учебная"
WORDS = "Учебная база: здесь ничего нельзя испортить, база кабинета не меняется. Закройте окно, и она удалится."


def is_trial(path: Path | None) -> bool:
    """Whether a database is a trial one."""
    return path is not None and (path.parent / MARK).exists()


def program_for(path: Path) -> list[str]:
    """The command that shows a database in a program of its own."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "imc_desktop"]
    return [*own, "--database", str(path)]
