"""Data of other versions in the hands of the installed program: older ones are migrated, newer ones refused."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from db.connect import SCHEMA_REVISION
from db.migrate import stored_revision
from release.office import Office
from release.tools import ROOT, FailedError, cache, sha256

# An office as the program of the first revision made and filled it.
FIRST = ROOT / "tests" / "data" / "office_revision_1.sql.gz"
REVISION_FIELD = 60  # in the header of the file
NEWER = 99


def lay_out(folder: Path) -> Path:
    """Put the database of the first revision into a folder; returns its path."""
    path = folder / "Прежняя база.imc"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(FIRST.read_bytes()).decode())
    _must(stored_revision(path) == 1, "the older database is not of the first revision")
    return path


def migrate(office: Office, path: Path) -> str:
    """Open it in the window of the installed program: upgraded on a copy, the former file beside it, both proved."""
    before = _people(path)
    former = path.with_name(f"{path.name}.before-{SCHEMA_REVISION}")
    office.show(path, cache() / "work" / "windows-migrated.png")
    _must(stored_revision(path) == SCHEMA_REVISION, "the database was not brought up to date")
    _must(former.is_file() and stored_revision(former) == 1, "the former database was not kept")
    for one in (path, former):
        office.command("verify", one)
        _must(_people(one) == before, f"{one.name}: other people than before")
    listed = json.loads(office.command("list", "people", "--json", "--database", path))
    _must(len(listed) == len(before), f"{len(listed)} people are listed, {len(before)} were there")
    _must("Импорт" in office.command("undo", "--database", path), "what the former program did cannot be undone")
    return f"{len(before)} people of revision 1 are there in revision {SCHEMA_REVISION}, the former file beside"


def refuse_newer(office: Office, database: Path) -> str:
    """A database of a newer program is refused in a sentence and stays as it was."""
    path = Path(shutil.copy(database, database.with_name("Из будущего.imc")))
    with path.open("r+b") as file:
        file.seek(REVISION_FIELD)
        file.write(NEWER.to_bytes(4, "big"))
    before = sha256(path)
    told = office.command("undo", "--database", path, expect=1)
    _must("более новой версией программы" in told, f"newer data were not refused in a sentence: {told}")
    _must(sha256(path) == before, "newer data were touched")
    return told.strip()


def _people(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT id, surname, name, patronymic FROM person ORDER BY id").fetchall()


def _must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise FailedError(otherwise)
