"""Database files spoilt by rot or by hand: opened, checked and listed without a crash, never taken for whole."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from db.backup import contents, vector_of
from db.connect import SCHEMA_REVISION, connect
from db.container import pack, read_container
from db.manifest import NO_PAYLOAD, Head, Manifest
from db.schema.tables import Base
from db.verify import problems_of
from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from imc_desktop.usecases import staff
from imc_desktop.usecases.history import history_as_json
from tests.faults.batches import in_batches
from tests.faults.papers import address_space
from tests.faults.parts import Outcome, Task
from tests.faults.workload import ON, make_office, work

MEMORY = 1 << 30
_BATCH = 250
_STEPS = 12
_PAGE = 4096


def mutated(task: Task) -> Outcome:
    """Files of a small office with bytes, cells, pages and headers changed."""
    outcome = Outcome()
    whole = worked_office(task.folder / "office.imc")
    right = content_of(task.folder / "office.imc")
    with closing(connect(task.folder / "office.imc", writable=False)) as connection:
        db_id = str(connection.execute("SELECT db_id FROM db_meta").fetchone()[0])

    def check(batch: Sequence[int]) -> Iterator[tuple[int, str]]:
        path = task.folder / f"spoilt-{batch[0]}.imc"
        for number in batch:
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            path.write_bytes(spoilt_database(whole, task.chance(number)))
            yield number, _complaint_inside(path, right, db_id) or _complaint(path, right)

    in_batches(list(task.numbers()), _BATCH, check, outcome, memory=address_space() + MEMORY)
    return outcome


def content_of(path: Path) -> dict[str, str]:
    """Table → hash of all its rows; what cannot be read as text counts as another content."""
    found = {}
    with closing(connect(path, writable=False)) as connection:
        connection.text_factory = bytes
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(f"SELECT rowid, * FROM {table.name} ORDER BY rowid").fetchall()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def worked_office(path: Path) -> bytes:
    """The file of an office that did some work."""
    make_office(path)
    work(path, 1, _STEPS, lambda _words: None)
    return path.read_bytes()


def spoilt_database(data: bytes, chance: random.Random) -> bytes:
    """A database file with one kind of damage: flipped bits, wild numbers, text, pages swapped, lost, doubled, cut."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 3, 20))):
        place, page = chance.randrange(len(changed)), chance.randrange(len(data) // _PAGE) * _PAGE
        match chance.randrange(9):
            case 0 | 1:
                changed[place] ^= 1 << chance.randrange(8)
            case 2:
                changed[place : place + 4] = struct.pack(
                    ">I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0xDEADBEEF))
                )
            case 3:
                changed[page + chance.randrange(16)] = chance.randrange(256)
            case 4:
                other = chance.randrange(len(data) // _PAGE) * _PAGE
                changed[page : page + _PAGE] = data[other : other + _PAGE]
            case 5:
                changed[page : page + _PAGE] = bytes([chance.choice((0, 0xFF))]) * _PAGE
            case 6:
                changed[chance.randrange(16, 100)] = chance.randrange(256)
            case 7:
                found = data.find(
                    chance.choice(("Ф".encode(), "Шаг".encode(), b"CREATE", "учитель".encode(), b"person")), place
                )
                if found >= 0:
                    changed[found] ^= 1
            case _:
                if chance.random() < 0.3:
                    del changed[place:]
                    break
    return bytes(changed)


def _complaint(path: Path, right: dict[str, str]) -> str:
    problems = problems_of(path)
    if not problems:
        content = content_of(path)
        if other := [table for table in right if content[table] != right[table]]:
            return f"taken for whole with other values in {other}"
    with suppress(UserError):
        held = HeldDatabase.take(path)
        try:
            with suppress(*[sqlite3.DatabaseError] if problems else []):
                staff.people(held.store, ON)
                history_as_json(held.store, None)
        finally:
            held.release()
    return ""


def _complaint_inside(path: Path, right: dict[str, str], db_id: str) -> str:
    """The same file as the database of a copy whose hashes are all in order."""
    data, copy = path.read_bytes(), path.with_suffix(".imcb")
    manifest = Manifest(
        schema_rev=SCHEMA_REVISION,
        db_id=db_id,
        sequence=1,
        made_on=ON.isoformat(),
        counts={},
        content_sha256=hashlib.sha256(data).hexdigest(),
        content_size=len(data),
        payload=NO_PAYLOAD,
        vector=_vector_of(path),
    )
    copy.write_bytes(pack(data, lambda: manifest, None).data)
    try:
        taken = contents(read_container(copy))
    except UserError:
        return ""
    copy.write_bytes(taken)
    other = [table for table, content in content_of(copy).items() if content != right[table]]
    return f"a copy of it taken for whole with other values in {other}" if other else ""


def _vector_of(path: Path) -> dict[str, Head]:
    """What the copy would tell of its log, so that it is not refused for that alone."""
    try:
        with closing(connect(path, writable=False)) as connection:
            return vector_of(connection)
    except (sqlite3.DatabaseError, UnicodeError):
        return {}
