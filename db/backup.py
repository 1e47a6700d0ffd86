"""A copy that proves itself: written beside, read back past the cache, opened and compared before it counts as a copy.

What is proved, and where the time goes. The snapshot is the database file itself, page by page, under a read lock. Its
full integrity check, its references, its counts and its hash are looked at beside the packing, in another thread. What
was read back from the medium is decrypted and unpacked and must equal, byte for byte, what was packed: the same bytes
are the same database with the same check, so it is not checked twice, and the hash in the manifest is that of the
file. A hash over every row in Python would cost more than all the rest and prove no more. The hash chains of the log
are verified whole at every opening of the database and whenever a copy is checked or put back (``prove``); a copy's
manifest records their heads, which is what a later cut of the log is found out by.

The database is held in memory whole, twice, while a copy is made: a plain copy in a folder for temporary files would
be one more place to forget. SQLite's limit for that is 1 GiB.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from db.connect import SCHEMA_REVISION
from db.container import Container, FileKeys, Packed, database_in, holds, pack, read_container, tar_in
from db.copy_names import PART, copies_of, copy_path, to_drop
from db.examine import DamageError, check_pages, check_schema, check_texts, opened, revision_in
from db.files import files
from db.listing import matching
from db.manifest import NO_PAYLOAD, Manifest, describe
from db.snapshot import Snapshot, snapshot, vector_of
from db.verify import broken_log, counts_of
from imc_desktop import __version__
from imc_desktop.domain.clock import clock_trouble
from imc_desktop.domain.errors import EnvironmentProblem, UserError

_SPARE = 1 << 20
_CHUNK = 1 << 20

Progress = Callable[[float, str], None]


class Proof(NamedTuple):
    """A proved copy: where it is and what it says of itself, all of it compared with what it holds."""

    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Order:
    """What to copy where. ``keys`` None = a plain copy; ``identities`` open it for the proof.

    ``now`` is told in the name and the manifest, nothing is ordered by it; ``above`` is the greatest number a copy of
    this computer is known to have had.
    """

    database: Path
    folder: Path
    now: datetime
    keys: FileKeys | None = None
    identities: tuple[str, ...] = ()
    above: int = 0


def quiet(_share: float, _words: str) -> None:
    """Progress nobody looks at."""


def make_copy(order: Order, *, progress: Progress = quiet) -> Proof:
    """Write and prove a copy of a live database; older ones are thinned by number and count only after that.

    Raises UserError or EnvironmentProblem in a sentence, or whatever ``progress`` raises to stop; then no file with
    the final name exists and the older copies are as they were.
    """
    if not order.folder.is_dir():
        raise UserError(f"Нет папки {order.folder}. Вставьте флешку или выберите другую папку.")
    progress(0.02, "Снимаю копию базы")
    with snapshot(order.database) as taken:
        progress(0.2, "Упаковываю и проверяю базу")
        known = copies_of(order.folder, taken.db_id, taken.computer)
        number = max([order.above, *(one.number for one in known)]) + 1
        packed = pack(taken.data, lambda: _manifest(order, taken, number), order.keys)
        path = copy_path(order.folder, taken.db_id, taken.computer, number, order.now)
        with _written(path, packed, order, progress) as finish:
            progress(0.9, "Сверяю с базой")
            taken.must_be_whole()
            finish()
        _thin(order.folder, taken)
    return Proof(path, packed.manifest)


def prove(path: Path, identities: Iterable[str] = (), *, progress: Progress = quiet) -> Proof:
    """Open and check a copy completely, the chains of its log included.

    UserError in a sentence when it is not whole; ``ClosedCopyError`` when none of the identities opens it.
    """
    progress(0.05, "Читаю копию")
    container = read_container(path)
    contents(container, identities, progress=progress)
    return Proof(path, container.manifest)


def contents(container: Container, identities: Iterable[str] = (), *, progress: Progress = quiet) -> memoryview:
    """The database inside a copy, after every check that ``prove`` promises."""
    told = container.manifest
    progress(0.2, "Открываю копию")
    data = database_in(container, tar_in(container, identities))
    progress(0.4, "Проверяю копию")
    try:
        revision = revision_in(data)
        with opened(data) as connection:
            check_schema(connection, revision)
            check_pages(connection)
            counts = counts_of(connection)
            same = revision == told.schema_rev and all(counts.get(table) == told.counts[table] for table in told.counts)
            if told.format_rev > 1:
                same = same and vector_of(connection) == told.vector and _id_of(connection) == told.db_id
            progress(0.6, "Проверяю журнал копии")
            check_texts(connection)
            broken = broken_log(connection, container.name) if revision == SCHEMA_REVISION else []
    except DamageError as error:
        raise UserError(f"Копия {container.name}: {error}. Возьмите другую копию.") from error
    if broken:
        raise UserError(f"{broken[0]} Возьмите другую копию.")
    if not same:
        raise UserError(f"Копия {container.name} не сходится со своей описью. Возьмите другую копию.")
    return data


def _id_of(connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT db_id FROM db_meta").fetchone()
    return str(found[0]) if found else ""


@contextmanager
def _written(path: Path, packed: Packed, order: Order, progress: Progress) -> Iterator[Callable[[], None]]:
    """The copy under a passing name, read back and compared; what is yielded gives it its final one."""
    part = path.with_name(f"{path.stem}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        _check_room(order.folder, len(packed.data))
        files().write_new(part, _told_parts(packed.data, progress))
        progress(0.7, "Перечитываю с носителя")
        if files().read_back(part) != packed.data:
            raise EnvironmentProblem("Записанное не совпало с прочитанным. Носителю нельзя доверять, возьмите другой.")
        progress(0.8, "Открываю записанное")
        if not holds(read_container(path, packed.data), order.identities, packed.pieces):
            raise EnvironmentProblem("Копия отличается от базы. Носителю нельзя доверять, возьмите другой.")
        yield lambda: files().replace(part, path)
    except OSError as error:
        raise EnvironmentProblem(
            f"Копию не удалось записать в {order.folder}: {error.strerror or error}. Проверьте место и носитель."
        ) from error
    finally:
        with suppress(OSError):
            files().remove(part)


def _told_parts(data: bytes, progress: Progress) -> Iterator[memoryview]:
    whole = memoryview(data)
    for start in range(0, len(data), _CHUNK):
        progress(0.4 + 0.3 * start / len(data), "Записываю")
        yield whole[start : start + _CHUNK]


def _check_room(folder: Path, size: int) -> None:
    free, wanted = files().free(folder), size + _SPARE
    if free < wanted:
        raise EnvironmentProblem(
            f"На носителе мало места: нужно {wanted // 1024} КБ, свободно {free // 1024} КБ. Освободите место."
        )


def _manifest(order: Order, taken: Snapshot, number: int) -> Manifest:
    created = order.now.astimezone(UTC).isoformat(timespec="seconds")
    facts = taken.facts()
    return Manifest(
        schema_rev=SCHEMA_REVISION,
        db_id=taken.db_id,
        sequence=number,
        made_on=order.now.date().isoformat(),
        counts=facts.counts,
        content_sha256=facts.sha256,
        content_size=len(taken.data),
        payload=NO_PAYLOAD,
        app_version=__version__,
        backup_id=uuid.uuid4().hex,
        replica=taken.replica,
        label=taken.label,
        created_utc=created,
        clock_ok=not clock_trouble(created, taken.last_seen),
        vector=facts.vector,
        key_id=order.keys.key_id if order.keys else "",
    )


def _thin(folder: Path, taken: Snapshot) -> None:
    """Only what this program wrote of this database on this computer, and only now that a newer copy is proved."""
    for one in to_drop(copies_of(folder, taken.db_id, taken.computer)):
        about = describe(one.path)
        if about is not None and about.db_id == taken.db_id:
            with suppress(OSError):
                files().remove(one.path)
    for left in matching(folder, f"imc_{taken.db_id[:4]}_{taken.computer}_*{PART}"):  # of a run that was killed
        with suppress(OSError):
            files().remove(left)
