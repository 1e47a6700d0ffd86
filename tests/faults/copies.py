"""Damaged, forged and foreign copies: every one is refused in a sentence, and nothing has changed then."""

from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import keys
from db.backup import Order, contents, make_copy
from db.container import CLOSED, PLAIN, FileKeys, read_container
from db.manifest import MANIFEST
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import restore_copy
from tests.faults.batches import in_batches
from tests.faults.databases import spoilt_database
from tests.faults.paper_damage import bytes_changed
from tests.faults.parts import Outcome, Task
from tests.faults.workload import make_office, work

_NOW = datetime(2026, 11, 20, 10, 42).astimezone()
_BATCH = 250
_WRONG = (0, 1, -1, 2**63, "", "x", None, [], {}, "0" * 64, True, 1.5, "../../x", "9" * 5000)


@dataclass(frozen=True, slots=True)
class Good:
    """A good copy: its bytes, what opens it, the database inside."""

    data: bytes
    identities: tuple[str, ...]
    database: bytes

    @property
    def parts(self) -> dict[str, bytes]:
        """Entry → content."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def damaged(task: Task) -> Outcome:
    """Plain and encrypted copies with every kind of damage."""
    outcome = Outcome()
    database = task.folder / "office.imc"
    make_office(database)
    work(database, 1, 6, lambda _words: None)
    good = [_good(task.folder, database, closed=closed) for closed in (False, True, True)]
    work(database, 7, 2, lambda _words: None)
    other = _good(task.folder, database, closed=True)

    def check(batch: Sequence[int]) -> Iterator[tuple[int, str]]:
        warnings.simplefilter("ignore")  # zipfile warns of the doubled names that are made here
        before = _seen(task.folder)
        path = task.folder / f"damaged-{batch[0]}.imcb"
        for number in batch:
            chance = task.chance(number)
            one = chance.choice(good)
            way = chance.choice(_WAYS)
            path.write_bytes(way(one, other, chance))
            identities = one.identities if way is not _same else other.identities
            problem = _complaint(path, database, one, identities)
            path.unlink()
            if not problem and _seen(task.folder) != before:
                problem = "something changed"
            yield number, f"{way.__name__}: {problem}" if problem else ""

    in_batches(list(task.numbers()), _BATCH, check, outcome)
    return outcome


def _good(folder: Path, database: Path, *, closed: bool) -> Good:
    office, paper = keys.new_pair(), keys.new_pair()
    slot = keys.close_box(office.identity, "сорок тысяч братьев")
    file_keys = FileKeys(keys.key_id(office.recipient), office.recipient, paper.recipient, (slot,))
    identities = (office.identity,) if closed else ()
    proof = make_copy(Order(database, folder, _NOW, file_keys if closed else None, identities))
    good = Good(proof.path.read_bytes(), identities, bytes(contents(read_container(proof.path), identities)))
    proof.path.unlink()
    return good


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """What lies in a folder; the damaged copies and the lock are none of the person's files."""
    return {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if not path.name.startswith("damaged-") and path.suffix != ".lock"
    }


def _complaint(path: Path, database: Path, good: Good, identities: tuple[str, ...]) -> str:
    try:
        data = contents(read_container(path), identities)
    except UserError as error:
        if path.name not in str(error) or not str(error).endswith("."):
            return f"no sentence about the file: {error}"
    else:  # damage of what carries no data: the notes for people, the padding of the zip
        return "" if bytes(data) == good.database else "taken for whole with another content"
    try:
        restore_copy(path, database, identities=identities)
    except UserError:
        return ""
    return "proved bad, but put back"


def _flipped(good: Good, _other: Good, chance: random.Random) -> bytes:
    data = bytearray(good.data)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _torn(good: Good, _other: Good, chance: random.Random) -> bytes:
    return bytes_changed(good.data, chance)


def _cut(good: Good, _other: Good, chance: random.Random) -> bytes:
    return good.data[: chance.randrange(len(good.data))]


def _zeroed(good: Good, _other: Good, chance: random.Random) -> bytes:
    start = chance.randrange(len(good.data)) & ~511
    return good.data[:start] + bytes(512) + good.data[start + 512 :]


def _swapped(good: Good, other: Good, chance: random.Random) -> bytes:
    """One part of another copy."""
    mine, theirs = good.parts, other.parts
    name = chance.choice(sorted(mine.keys() & theirs.keys()))
    return _zipped(list((mine | {name: theirs[name]}).items()), chance)


def _forged(good: Good, _other: Good, chance: random.Random) -> bytes:
    """A manifest that tells something else."""
    parts = good.parts
    told = json.loads(parts[MANIFEST])
    place = told
    if chance.random() < 0.5:
        place = told[chance.choice([name for name in told if isinstance(told[name], dict) and told[name]])]
    name = chance.choice(sorted(place))
    place[name] = chance.choice([wrong for wrong in _WRONG if wrong != place[name]])
    if chance.random() < 0.2:
        del place[name]
    parts[MANIFEST] = json.dumps(told).encode()
    return _zipped(list(parts.items()), chance)


def _rearranged(good: Good, other: Good, chance: random.Random) -> bytes:
    """Entries doubled, added, lost, packed, renamed."""
    parts = list(good.parts.items())
    at = chance.randrange(len(parts))
    match chance.randrange(4):
        case 0:
            parts.append((parts[at][0], chance.choice((b"", parts[at][1], other.data[:2000]))))
        case 1:
            parts.append((chance.choice(("../x", "database.imc", "/x", PLAIN, CLOSED, "evil.exe")), b"x"))
        case 2:
            del parts[at]
        case _:
            parts[at] = (chance.choice((PLAIN, CLOSED, MANIFEST.upper(), "x")), parts[at][1])
    return _zipped(parts, chance)


def _same(good: Good, _other: Good, _chance: random.Random) -> bytes:
    """A good copy, and the key of another office."""
    return good.data


def _foreign(good: Good, _other: Good, chance: random.Random) -> bytes:
    """Another file under the name of a copy."""
    return chance.choice(
        (b"", b"PK", good.database, spoilt_database(good.database, chance), bytes(chance.randbytes(3000)))
    )


def _zipped(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    raw = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if chance.random() < 0.05 else zipfile.ZIP_STORED
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return raw.getvalue()


Way = Callable[[Good, Good, random.Random], bytes]
_WAYS: tuple[Way, ...] = (
    _flipped, _flipped, _flipped, _torn, _cut, _zeroed, _swapped, _forged, _forged, _rearranged, _same, _foreign,
)  # fmt: skip
