"""P15: a whole proved, encrypted copy against SQLite's own backup of the same file, and how many bytes it takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from db import keys
from db.backup import Order, make_copy
from db.container import FileKeys
from tests.bench.districts import ON, make_district
from tests.bench.measure import Goal, compare, wall

PEOPLE, COURSES = 3_000, 20  # some 42 MiB with the journal
ROUNDS = 9


def goals(folder: Path) -> Iterator[Goal]:
    """Time first, bytes second."""
    database, stick = folder / "office.imc", folder / "stick"
    stick.mkdir()
    make_district(database, PEOPLE, COURSES).close()
    size = database.stat().st_size
    office, paper = keys.new_pair(), keys.new_pair()
    closed = FileKeys(keys.key_id(office.recipient), office.recipient, paper.recipient, ())
    now = datetime.combine(ON, datetime.min.time()).astimezone()
    copies: list[Path] = []

    def ours() -> None:
        copies.append(make_copy(Order(database, stick, now, closed, (office.identity,))).path)

    def raw() -> None:
        target = folder / "raw.db"
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)

    yield compare(
        ("P15", 3.0, f"snapshot, check, pack, encrypt, write, read back, decrypt, unpack and compare {size / 2**20:.0f} MiB against SQLite's raw backup"),
        lambda: wall(ours), lambda: wall(raw), ROUNDS,
    )  # fmt: skip
    written = copies[-1].stat().st_size
    yield Goal(
        "P15_bytes", written / size, 0.25, "bytes on the stick against the file (KiB)", written / 1024, size / 1024
    )
