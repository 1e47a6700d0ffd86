"""Copies that came back on a stick are read once more: only then it is known that they had reached the medium.

A copy was proved whole when it was made, and the log of copies remembers the hash of its payload. The same bytes are
the same copy, so no key is needed now: it is enough to read them from the medium and to find the same hash.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from db.container import read_container
from db.files import files
from db.manifest import describe
from db.store import Store
from db.volumes import removable_volumes
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.computer import computer_name
from imc_desktop.usecases.copies import note_proved, place_words
from imc_desktop.usecases.copy_places import found_copies


def read_sticks_again(store: Store, today: date) -> list[str]:
    """Read the newest known copy of every stick that is in, unless it was read again already; sentences of trouble."""
    known = _once_read(store)
    sticks = [volume.mount for volume in removable_volumes()]
    seen: set[Path] = set()
    troubles = []
    for found in found_copies(store.path):
        stick = next((mount for mount in sticks if found.path.is_relative_to(mount)), None)
        if stick is None or stick in seen:
            continue
        seen.add(stick)
        told = describe(found.path)
        if told is not None and told.backup_id in known:
            troubles += _read(store, found.path, told.backup_id, known[told.backup_id], today)
    return troubles


def _read(store: Store, path: Path, backup_id: str, sha256: str, today: date) -> list[str]:
    try:
        found = read_container(path, files().read_back(path)).manifest.payload.sha256
    except (UserError, OSError):
        found = ""
    if found != sha256:
        told = f"Копия {path.name} на «{place_words(path.parent)}» больше не читается верно."
        return [f"{told} Сделайте новую копию, лучше на другую флешку."]
    note_proved(store, backup_id, f"{place_words(path.parent)}, {computer_name(store)}, {show_date(today.isoformat())}")
    return []


def _once_read(store: Store) -> dict[str, str]:
    """Copies that were read only when they were made: backup id → hash of the payload."""
    with store.look() as connection:
        rows = connection.execute("SELECT backup_id, sha256, verified_on FROM copy_log ORDER BY rowid DESC LIMIT 200")
        return {backup_id: sha256 for backup_id, sha256, places in rows if len(json.loads(places)) < 2}
