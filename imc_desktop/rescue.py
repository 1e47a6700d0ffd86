"""What can be done about a database that will not open."""

from __future__ import annotations

from pathlib import Path

from db.connect import SCHEMA_REVISION
from db.migrate import stored_revision
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import verify_file
from imc_desktop.usecases.copy_facts import CopyView, copies_in, local_folder


def copy_to_offer(path: Path) -> CopyView | None:
    """The newest copy that proves whole, for a database that is broken or gone; None for one of a newer program."""
    try:
        if stored_revision(path) > SCHEMA_REVISION:
            return None
    except UserError:
        pass  # not readable as a database: that is what copies are for
    for view in copies_in(local_folder(path)):
        try:
            verify_file(view.path)
        except UserError:
            continue
        return view
    return None
