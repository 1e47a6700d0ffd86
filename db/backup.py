"""A copy that proves itself: written beside, read back, unpacked, opened and compared before it counts as a copy.

The file (``*.imcb``, format_rev 1) is a plain zip: ``manifest.json`` (no personal data), ``payload.tar.zst`` with the
database, ``ПРОЧТИ.txt``. Stock ``unzip``, ``zstd`` and ``tar`` open it. Not encrypted yet, and the manifest says so.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import zstandard

from db.connect import SCHEMA_REVISION, connect, copy_database
from db.migrate import open_or_upgrade, stored_revision
from db.verify import State, problems_of, state_of
from imc_desktop import __version__
from imc_desktop.domain.errors import EnvironmentProblem, UserError

FORMAT_REV = 1
KEPT_COPIES = 20
_LARGEST = 4 * 1024**3
_NAME = re.compile(r"imc_[0-9a-f]{4}_(\d{6})_\d{8}\.imcb")
_DATABASE = "database.imc"
_README = """Это копия базы программы «IMC Desktop» (методический кабинет).

Вернуть её: программа → Файл → «Вернуться к копии…».
Без программы: распакуйте этот файл как zip, затем  zstd -d payload.tar.zst  и  tar xf payload.tar.
Внутри — база SQLite. Копия НЕ зашифрована: храните носитель под замком.
"""

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """A proved copy: where it is, what it holds, in words a person can check."""

    path: Path
    sequence: int
    made_on: str
    state: State

    @property
    def words(self) -> str:
        """«1 200 педагогов, 24 организации …»."""
        names = {
            "person": "педагогов",
            "organisation": "организаций",
            "training": "курсов",
            "plan_item": "строк планов",
        }
        parts = (f"{names[table]}: {count:,}".replace(",", " ") for table, count in self.state.counts.items())
        return ", ".join(parts)


def _quiet(_share: float, _words: str) -> None:
    return


def make_copy(database: Path, folder: Path, *, made_on: str, progress: Progress = _quiet) -> Proof:
    """Write and prove a copy of a live database in ``folder``; older copies are thinned by count only after that.

    ``made_on`` is the ISO day told in the name; the sequence orders copies, never the clock. Raises UserError or
    EnvironmentProblem in a sentence; then no file with the final name exists.
    """
    if not folder.is_dir():
        raise UserError(f"Нет папки {folder}. Вставьте флешку или выберите другую папку.")
    broken = problems_of(database)
    if broken:
        raise UserError(f"{broken[0]} Копия повреждённой базы не сделана: вернитесь к проверенной копии.")
    progress(0.1, "Снимаю копию базы")
    with tempfile.TemporaryDirectory(prefix="imc-") as scratch:
        snapshot = Path(scratch) / _DATABASE
        copy_database(database, snapshot)
        with closing(connect(snapshot, writable=False)) as copied:
            state = state_of(copied)
            db_id = copied.execute("SELECT db_id FROM db_meta").fetchone()[0]
        progress(0.4, "Упаковываю")
        payload = _pack(snapshot)
    manifest = _manifest(state, payload, db_id, made_on)
    data = _container(manifest, payload)
    target = folder / f"imc_{db_id[:4]}_{state.last_txn:06d}_{made_on.replace('-', '')}.imcb"
    part = target.with_suffix(".part")
    progress(0.6, "Записываю и перечитываю")
    try:
        _write_and_read_back(part, data)
        proof = prove(part, progress=lambda share, words: progress(0.7 + share * 0.25, words))
        if proof.state != state:
            raise EnvironmentProblem("Копия отличается от базы. Носителю нельзя доверять, возьмите другой.")
        part.replace(target)
    except OSError as error:
        raise EnvironmentProblem(
            f"Копию не удалось записать в {folder}: {error.strerror or error}. Проверьте место и носитель."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _thin(folder, db_id[:4], target)
    return Proof(target, state.last_txn, made_on, state)


def prove(path: Path, *, progress: Progress = _quiet) -> Proof:
    """Unpack, open and check a copy completely; UserError in a sentence when it is not whole."""
    with tempfile.TemporaryDirectory(prefix="imc-") as scratch:
        manifest, database = _unpack(path, Path(scratch))
        progress(0.4, "Проверяю копию")
        broken = problems_of(database)
        if broken:
            raise UserError(f"Копия {path.name}: {broken[0]} Возьмите другую копию.")
        with closing(connect(database, writable=False)) as connection:
            state = state_of(connection)
    if state.content_sha256 != manifest["content_sha256"] or state.counts != manifest["counts"]:
        raise UserError(f"Копия {path.name} не сходится со своей описью. Возьмите другую копию.")
    return Proof(path, state.last_txn, manifest["made_on"], state)


def restore(path: Path, database: Path, *, progress: Progress = _quiet) -> Path | None:
    """Put a proved copy in the place of ``database``; the present file is kept aside and its new name returned.

    The caller holds the database's lock. A copy of a newer program is refused, an older one is upgraded on the stage.
    """
    prove(path, progress=progress)
    database.parent.mkdir(parents=True, exist_ok=True)
    staged = database.with_name(f"{database.name}.restore.part")
    with tempfile.TemporaryDirectory(prefix="imc-") as scratch:
        _, unpacked = _unpack(path, Path(scratch))
        if stored_revision(unpacked) != SCHEMA_REVISION:
            open_or_upgrade(unpacked, writable=True)
        _new_incarnation(unpacked)
        shutil.copyfile(unpacked, staged)
    with staged.open("rb+") as file:
        os.fsync(file.fileno())
    kept = None
    if database.exists():
        kept = _free_name(database)
        database.replace(kept)
    staged.replace(database)
    return kept


def newest_copy(folder: Path) -> Path | None:
    """The copy with the greatest sequence in a folder; only the name is looked at."""
    found = sorted((match[1], path) for path in folder.glob("*.imcb") if (match := _NAME.fullmatch(path.name)))
    return found[-1][1] if found else None


def _manifest(state: State, payload: bytes, db_id: str, made_on: str) -> dict[str, Any]:
    return {
        "format": "imcb",
        "format_rev": FORMAT_REV,
        "min_reader_rev": FORMAT_REV,
        "app_version": __version__,
        "schema_rev": SCHEMA_REVISION,
        "db_id": db_id,
        "sequence": state.last_txn,
        "made_on": made_on,
        "encrypted": False,
        "payload": {
            "name": "payload.tar.zst",
            "size": len(payload),
            "sha256": hashlib.sha256(payload).hexdigest(),
            "compression": "zstd",
            "enc": "none",
        },
        **{key: value for key, value in asdict(state).items() if key != "last_txn"},
    }


def _pack(database: Path) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        info = tarfile.TarInfo(_DATABASE)
        info.size = database.stat().st_size
        with database.open("rb") as file:
            archive.addfile(info, file)
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(raw.getvalue())


def _container(manifest: dict[str, Any], payload: bytes) -> bytes:
    raw = io.BytesIO()
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (
            ("manifest.json", text.encode()),
            ("payload.tar.zst", payload),
            ("ПРОЧТИ.txt", _README.encode()),
        ):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return raw.getvalue()


def _unpack(path: Path, folder: Path) -> tuple[dict[str, Any], Path]:
    damaged = UserError(f"Файл {path.name} повреждён или это не копия базы. Возьмите другую копию.")
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            newer = manifest["min_reader_rev"] > FORMAT_REV or manifest["schema_rev"] > SCHEMA_REVISION
            payload = b"" if newer else archive.read(manifest["payload"]["name"])
            expected = manifest["payload"]["sha256"]
    except FileNotFoundError:
        raise UserError(f"Нет файла копии {path}. Проверьте имя и носитель.") from None
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, NotImplementedError) as error:
        raise damaged from error
    if newer:
        raise UserError(f"Копия {path.name} сделана более новой версией программы. Обновите программу.")
    if hashlib.sha256(payload).hexdigest() != expected:
        raise damaged
    try:
        raw = zstandard.ZstdDecompressor().decompress(payload, max_output_size=_LARGEST)
        with tarfile.open(fileobj=io.BytesIO(raw)) as archive_tar:
            member = archive_tar.extractfile(_DATABASE)
            data = member.read() if member else b""
    except (OSError, zstandard.ZstdError, tarfile.TarError, KeyError, ValueError) as error:
        raise damaged from error
    database = folder / _DATABASE
    database.write_bytes(data)
    return manifest, database


def _write_and_read_back(part: Path, data: bytes) -> None:
    free = shutil.disk_usage(part.parent).free
    if free < len(data) * 2:
        raise EnvironmentProblem(
            f"На носителе мало места: нужно {len(data) * 2 // 1024} КБ, свободно {free // 1024} КБ. Освободите место."
        )
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):  # read the medium back, not the memory
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if part.read_bytes() != data:
        raise EnvironmentProblem("Записанное не совпало с прочитанным. Носителю нельзя доверять, возьмите другой.")


def _thin(folder: Path, db_mark: str, newest: Path) -> None:
    """Keep the last copies of this database by sequence; never touch what the program did not write."""
    mine = sorted(
        path for path in folder.glob(f"imc_{db_mark}_*.imcb") if _NAME.fullmatch(path.name) and path != newest
    )
    for path in mine[: -(KEPT_COPIES - 1)]:
        with suppress(OSError):
            path.unlink()


def _new_incarnation(database: Path) -> None:
    """A restored file writes under a new replica name, so no number of a change is ever given twice."""
    with closing(sqlite3.connect(database)) as connection, connection:
        parent = connection.execute("SELECT replica FROM db_meta").fetchone()[0]
        fresh = os.urandom(8).hex()
        connection.execute(
            "INSERT INTO replica (rid, label, parent_rid, reason, born_utc) VALUES (?, '', ?, 'restore', '')",
            (fresh, parent),
        )
        connection.execute("UPDATE db_meta SET replica = ?", (fresh,))


def _free_name(database: Path) -> Path:
    number = 1
    while (kept := database.with_name(f"{database.stem} до восстановления {number}{database.suffix}")).exists():
        number += 1
    return kept
