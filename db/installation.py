"""What this computer remembers of the databases it wrote, outside them: ``installation.json`` in its data folder.

A file put back from an old copy does not know that it is old. This record does: per database and replica the number and
hash of the last transaction, the number of the last entry of the access log, and where the file lay.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from db.files import files

NAME = "installation.json"
_REMEMBERED = 200  # databases; a district has one, its example another
_Known = dict[str, dict[str, "Seen"]]


class Seen(NamedTuple):
    """The last known state of a replica that writes here: last transaction, its hash, last access, the file."""

    n: int
    hash: str
    access: int
    path: str


class Installation:
    """The record of one user of one computer. A copied or moved profile is another installation."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self.install_id, self._known = self._load()

    def known(self, db_id: str) -> dict[str, Seen]:
        """Replica → what was last seen of it, for one database."""
        return self._known.get(db_id, {})

    def note(self, db_id: str, rid: str, seen: Seen, *, sure: bool) -> None:
        """Remember a replica's state; ``sure``: it lies on the medium on return. A failure only weakens the memory."""
        install_id, known = self._load()  # another program may have written meanwhile
        if install_id == self.install_id:
            self._known = known
        mine = self._known.pop(db_id, {})
        if mine.get(rid) == seen:
            self._known[db_id] = mine
            return
        self._known[db_id] = {**mine, rid: seen}  # the newest last
        for old in list(self._known)[:-_REMEMBERED]:
            del self._known[old]
        with suppress(OSError):
            self._save(sure=sure)

    def _load(self) -> tuple[str, _Known]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
            if told["computer"] == platform.node():
                return str(told["install_id"]), _known_of(told["databases"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return getattr(self, "install_id", "") or os.urandom(8).hex(), {}

    def _save(self, *, sure: bool) -> None:
        told = {"install_id": self.install_id, "computer": platform.node(), "databases": self._known}
        text = json.dumps(told, indent=1).encode()  # ASCII: a file name may hold what no encoding has
        part = self._file.with_name(f"{NAME}.{os.getpid()}.part")
        files().make_folder(self._file.parent)
        try:
            part.unlink(missing_ok=True)
            if sure:
                files().write_new(part, [text])
                files().replace(part, self._file)
            else:  # after every action: it need not survive a power cut, only a killed program
                part.write_bytes(text)
                part.replace(self._file)
        finally:
            part.unlink(missing_ok=True)


def _known_of(told: dict[str, dict[str, list[Any]]]) -> _Known:
    return {db_id: {rid: Seen(*seen) for rid, seen in replicas.items()} for db_id, replicas in told.items()}
