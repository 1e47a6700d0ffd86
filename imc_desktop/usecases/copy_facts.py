"""What is known of copies without opening them: where the program's own ones lie, when the last one was proved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from db.listing import matching
from db.manifest import describe
from db.store import Store
from imc_desktop.domain.words import plural

COPIED = "копия"  # the act of the access log
EMPTY = "пока пусто"
COUNT_WORDS = {
    "person": ("педагог", "педагога", "педагогов"),
    "organisation": ("организация", "организации", "организаций"),
    "training": ("запись о курсах", "записи о курсах", "записей о курсах"),
    "attestation_case": ("аттестация", "аттестации", "аттестаций"),
    "plan": ("план", "плана", "планов"),
    "plan_item": ("строка планов", "строки планов", "строк планов"),
    "issued_document": ("утверждённый документ", "утверждённых документа", "утверждённых документов"),
}
_LOCAL_FOLDER = "копии"


class LastCopy(NamedTuple):
    """The last proved copy of this database: its day and where it went."""

    day: date
    place: str


class CopyView(NamedTuple):
    """A copy to choose from, as it describes itself: its day, its place in the order of copies, what it holds.

    ``computer`` names the PC it was made on; ``key_id`` "" = not encrypted.
    """

    path: Path
    made_on: str
    sequence: int
    counts: Mapping[str, int]
    computer: str = ""
    key_id: str = ""
    db_id: str = ""
    replica: str = ""


def local_folder(database: Path) -> Path:
    """Where the program keeps its own copies of a database: two databases of one folder never share them."""
    return database.parent / _LOCAL_FOLDER / database.stem


def last_copy(store: Store) -> LastCopy | None:
    """The newest proved copy this database remembers: on a medium when there is one, else beside the database."""
    query = "SELECT made_utc, place FROM copy_log WHERE place {} ? ORDER BY rowid DESC LIMIT 1"
    beside = (str(local_folder(store.path)),)
    with store.look() as connection:
        row = connection.execute(query.format("<>"), beside).fetchone()
        row = row or connection.execute(query.format("="), beside).fetchone()
    return LastCopy(datetime.fromisoformat(row[0]).astimezone().date(), row[1]) if row else None


def copies_in(folder: Path) -> list[CopyView]:
    """Copies of a folder as their own lists of contents describe them, newest first; they are not proved by this."""
    found = [view for path in matching(folder, "*.imcb") if (view := describe_copy(path)) is not None]
    return sorted(found, key=lambda view: (view.db_id, bool(view.replica), view.sequence, view.path.name), reverse=True)


def describe_copy(path: Path) -> CopyView | None:
    """What a copy says of itself; None when it is no copy."""
    told = describe(path)
    if told is None:
        return None
    return CopyView(path, told.made_on, told.sequence, told.counts, told.label, told.key_id, told.db_id, told.replica)


def counts_words(counts: Mapping[str, int]) -> str:
    """«1 200 педагогов, 24 организации …»."""
    told = [(counts[table], words) for table, words in COUNT_WORDS.items() if counts.get(table)]
    return ", ".join(f"{count:,} ".replace(",", "\u00a0") + plural(count, *words) for count, words in told) or EMPTY
