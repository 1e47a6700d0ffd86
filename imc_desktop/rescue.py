"""What can be done about a database that will not open."""

from __future__ import annotations

from pathlib import Path

from db.connect import SCHEMA_REVISION
from db.migrate import stored_revision
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import verify_file
from imc_desktop.usecases.copy_facts import CopyView, copies_in, local_folder
from imc_desktop.usecases.copy_places import found_copies


def copy_to_offer(path: Path) -> CopyView | None:
    """The newest copy that proves whole, for a database that is broken or gone; None for one of a newer program."""
    if _is_newer(path):
        return None
    for view in copies_in(local_folder(path)):
        try:
            verify_file(view.path)
        except UserError:
            continue
        return view
    return None


def copies_to_choose(path: Path) -> bool:
    """Whether there are copies a person may choose from, also closed ones; never for a database of a newer program."""
    return not _is_newer(path) and bool(found_copies(path))


def _is_newer(path: Path) -> bool:
    try:
        return stored_revision(path) > SCHEMA_REVISION
    except UserError:
        return False  # not readable as a database: that is what copies are for
