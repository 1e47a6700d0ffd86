"""Papers as xlsx for further work in Excel."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.leaving import log_words
from imc_desktop.usecases.printing.registry import print_kind
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.rights import require


def export(store: Store, kind: str, path: Path, wish: Wish) -> None:
    """Write a kind of paper as xlsx; the export is logged with the medium it went to and the number of people.

    A ``masked`` wish hides identifiers and telephones. EnvironmentProblem when the file cannot be written.
    """
    found = print_kind(kind)
    require(store, Right.EXPORT_PEOPLE if found.personal else Right.EXPORT)
    count = found.sheet(store, wish, path)
    words = log_words(found.title, path, masked=wish.masked)
    store.log_access("export", kind, words, count=count if found.personal else 0)
