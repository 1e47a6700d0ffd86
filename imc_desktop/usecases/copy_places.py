"""Where copies lie now: beside the database and on the sticks that are in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from db.volumes import removable_volumes
from imc_desktop.usecases.copy_facts import CopyView, copies_in, local_folder

BESIDE = "рядом с базой"


class FoundCopy(NamedTuple):
    """A copy and where it was found, in words."""

    view: CopyView
    place: str

    @property
    def path(self) -> Path:
        """Its file."""
        return self.view.path


def first_folder(last: str) -> str:
    """Where the next copy is offered to go: the last place while it is there, else the first stick, else ""."""
    if last and Path(last).is_dir():
        return last
    sticks = removable_volumes()
    return str(sticks[0].mount) if sticks else last


def found_copies(database: Path) -> list[FoundCopy]:
    """Copies beside a database, then those on sticks, newest first in each place; described, not proved."""
    found = [FoundCopy(view, BESIDE) for view in copies_in(local_folder(database))]
    for volume in removable_volumes():
        name = volume.label or str(volume.mount)
        for folder in folders_of(volume.mount):
            found += [FoundCopy(view, name) for view in copies_in(folder)]
    return found


def folders_of(mount: Path) -> Iterator[Path]:
    """Where copies are looked for on a medium: its top and one folder down."""
    yield mount
    try:
        yield from (one for one in sorted(mount.iterdir()) if one.is_dir() and not one.name.startswith((".", "$")))
    except OSError:  # pulled meanwhile
        return
