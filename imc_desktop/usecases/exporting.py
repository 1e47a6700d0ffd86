"""Papers as xlsx for further work in Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.printing.common import Wish
from imc_desktop.usecases.printing.registry import print_kind
from imc_desktop.usecases.rights import require


def export(store: Store, kind: str, path: Path, *, year: int, on: date) -> None:
    """Write a kind of paper as xlsx; the export is logged. EnvironmentProblem when the file cannot be written."""
    found = print_kind(kind)
    require(store, Right.EXPORT_PEOPLE if found.personal else Right.EXPORT)
    found.sheet(store, Wish(year, on), path)
    store.log_access("export", kind, f"{found.title}; {path.name}")
