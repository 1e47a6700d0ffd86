"""The file of a copy (``*.imcb``): a plain zip with a manifest anyone may read, boxes of the key, and one payload.

format_rev 2 holds ``manifest.json`` (no personal data), ``keys.json`` (boxes with the office's identity, none in a
plain copy), ``ПРОЧТИ.txt``, and the payload: a tar of the database and of the manifest again, packed with zstd and, in
a copy that leaves the office, closed with age. Stock unzip, age, zstd and tar open it. format_rev 1 is read as well.

Reading takes only these entries, stored, once each, of bounded size; everything else is refused in a sentence.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from db.connect import SCHEMA_REVISION
from db.files import files
from db.keys import Slot, decrypt, encrypt
from db.manifest import (
    FORMAT_REV,
    LARGEST_MANIFEST,
    MANIFEST,
    Manifest,
    Payload,
    manifest_entry,
    manifest_text,
    read_manifest,
)
from db.tar_parts import END, entry, parts_of
from imc_desktop import __version__
from imc_desktop.domain.errors import UserError

DATABASE = "database.imc"
KEYS, README = "keys.json", "ПРОЧТИ.txt"
PLAIN, CLOSED = "payload.tar.zst", "payload.age"
_INSIDE = frozenset({DATABASE, MANIFEST})
_LARGEST = 1024**3  # of the database inside: what SQLite holds in memory
_SMALL = {MANIFEST: LARGEST_MANIFEST, KEYS: 1 << 18, README: 1 << 16}
_RATIO = 200
_AROUND = 1 << 20  # of a tar around its content
_AT_ONCE = 1 << 18
_LEVEL = 1  # 0.12 of the size, as level 3, in two thirds of the time
_DAY = (1980, 1, 1, 0, 0, 0)
_README = """Это копия базы программы «IMC Desktop» (методический кабинет).

Вернуть её: программа → меню ⋮ → «Вернуться к копии…».

Без программы: распакуйте этот файл как zip.
{how}Внутри database.imc — база SQLite, manifest.json — опись.
"""
_OPEN_PLAIN = """Затем:  zstd -d payload.tar.zst   и   tar xf payload.tar
Копия НЕ зашифрована: храните носитель под замком.
"""
_OPEN_CLOSED = """Копия закрыта. Её открывает пароль кабинета (в программе) или ключ с бумажного листа «Ключ копий».
Ключ с листа запишите в файл key.txt одной строкой, без пробелов (AGE-SECRET-KEY-1…), затем:
  age -d -i key.txt -o payload.tar.zst payload.age
  zstd -d payload.tar.zst   и   tar xf payload.tar
После этого удалите key.txt.
"""


class FileKeys(NamedTuple):
    """The key a copy is closed with, and the boxes that hold its identity."""

    key_id: str
    recipient: str
    paper_recipient: str
    slots: tuple[Slot, ...]


class Container(NamedTuple):
    """A copy as read: ``tar`` of the payload is still closed."""

    name: str
    manifest: Manifest
    keys: FileKeys | None
    payload: bytes


class Packed(NamedTuple):
    """A copy ready to be written, and the pieces of the tar inside, to compare with what is read back."""

    data: bytes
    pieces: tuple[bytes, ...]
    manifest: Manifest


class ClosedCopyError(UserError):
    """An encrypted copy and no key at hand that opens it: ask for a password, then for the paper key."""

    def __init__(self, container: Container) -> None:
        super().__init__(
            f"Копия {container.name} закрыта ключом {container.manifest.key_id}. "
            "Введите пароль кабинета или ключ с бумажного листа."
        )
        self.container = container


def pack(database: bytes, told: Callable[[], Manifest], keys: FileKeys | None) -> Packed:
    """Everything of a copy but the writing; ``keys`` None = plain.

    ``told`` is asked for the manifest when the database has been packed: it is made in another thread meanwhile.
    """
    first = entry(DATABASE, database)
    press = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj()
    pressed = [press.compress(piece) for piece in first]
    manifest = told()
    last = (*entry(MANIFEST, manifest_text(manifest).encode()), END)
    pressed += [press.compress(piece) for piece in last]
    payload = b"".join([*pressed, press.flush()])
    if keys is not None:
        payload = encrypt(payload, [keys.recipient, keys.paper_recipient])
    name = PLAIN if keys is None else CLOSED
    about = Payload(name, len(payload), hashlib.sha256(payload).hexdigest(), "none" if keys is None else "age")
    manifest = replace(manifest, payload=about)
    readme = _README.format(how=_OPEN_PLAIN if keys is None else _OPEN_CLOSED)
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for file, data in (
            (MANIFEST, manifest_text(manifest).encode()),
            (KEYS, _keys_text(keys).encode()),
            (name, payload),
            (README, readme.encode()),
        ):
            archive.writestr(zipfile.ZipInfo(file, _DAY), data)
    return Packed(raw.getvalue(), (*first, *last), manifest)


def read_container(path: Path, data: bytes | None = None) -> Container:
    """A copy's parts (from the bytes already read); UserError in a sentence when it is damaged, foreign or newer."""
    try:
        raw = files().read(path) if data is None else data
    except FileNotFoundError:
        raise UserError(f"Нет файла копии {path}. Проверьте имя и носитель.") from None
    except OSError as error:
        raise UserError(f"Копия {path.name} не читается: {error.strerror or error}. Проверьте носитель.") from error
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            about = manifest_entry(archive)
            _refuse_newer(path.name, about)
            entries = _entries(archive)
            manifest = read_manifest(about)
            keys = _read_keys(archive.read(entries[KEYS])) if KEYS in entries else None
            payload = archive.read(entries[manifest.payload.name])
    except (OSError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, RecursionError) as error:
        raise damaged(path.name) from error
    if len(payload) != manifest.payload.size or hashlib.sha256(payload).hexdigest() != manifest.payload.sha256:
        raise damaged(path.name)
    return Container(path.name, manifest, keys, payload)


def tar_in(container: Container, identities: Iterable[str]) -> bytes:
    """The payload opened and unpacked; ClosedCopyError when no identity opens it, UserError when it is damaged."""
    told, packed = container.manifest, _opened(container, identities)
    try:
        size = zstandard.frame_content_size(packed)
        most = min(_LARGEST, _RATIO * max(len(packed), 1 << 16))
        if size < 0:  # not told: the manifest is believed as far as the bounds go
            size = told.content_size + _AROUND
        bounded = 0 < size <= most
        tar = zstandard.ZstdDecompressor().decompress(packed, size, allow_extra_data=False) if bounded else b""
    except (zstandard.ZstdError, ValueError, MemoryError) as error:
        raise damaged(container.name) from error
    return bytes(tar)


def holds(container: Container, identities: Iterable[str], pieces: Iterable[bytes]) -> bool:
    """Whether the payload, opened and unpacked, is these pieces one after another; nothing is held whole for it."""
    packed = _opened(container, identities)
    try:
        found = zstandard.ZstdDecompressor().read_to_iter(packed, write_size=_AT_ONCE)
        return _same(found, pieces)
    except (zstandard.ZstdError, MemoryError):
        return False


def database_in(container: Container, tar: bytes) -> memoryview:
    """The database of an unpacked copy; UserError when it is not what the manifest says, inside and outside."""
    told = container.manifest
    try:
        parts = parts_of(tar, _INSIDE)
        database = parts[DATABASE]
        whole = told.format_rev == 1 or (
            replace(read_manifest(bytes(parts[MANIFEST])), payload=told.payload) == told
            and len(database) == told.content_size
            and hashlib.sha256(database).hexdigest() == told.content_sha256
        )
    except (LookupError, ValueError, TypeError, RecursionError) as error:
        raise damaged(container.name) from error
    if not whole:
        raise damaged(container.name)
    return database


def _opened(container: Container, identities: Iterable[str]) -> bytes:
    if container.manifest.payload.enc != "age":
        return container.payload
    found = decrypt(container.payload, identities)
    if found is None:
        raise ClosedCopyError(container)
    return found


def _same(found: Iterable[bytes], pieces: Iterable[bytes]) -> bool:
    wanted = (memoryview(piece) for piece in pieces)
    rest = memoryview(b"")
    for chunk in found:
        place = 0
        while place < len(chunk):
            while not rest:
                following = next(wanted, None)
                if following is None:
                    return False
                rest = following
            length = min(len(rest), len(chunk) - place)
            if chunk[place : place + length] != bytes(rest[:length]):
                return False
            rest, place = rest[length:], place + length
    return not len(rest) and not any(len(piece) for piece in wanted)


def damaged(name: str) -> UserError:
    """The sentence about a file that is not whole."""
    return UserError(f"Файл {name} повреждён или это не копия базы. Возьмите другую копию.")


def _refuse_newer(name: str, text: bytes) -> None:
    told = json.loads(text)
    if told["min_reader_rev"] > FORMAT_REV or told["schema_rev"] > SCHEMA_REVISION:
        theirs = str(told.get("app_version", ""))[:40] or "неизвестной"
        raise UserError(
            f"Копия {name} сделана более новой версией программы ({theirs}; у вас {__version__}). "
            f"Установите на этом компьютере версию {theirs} и повторите. Ваши данные не изменены."
        )


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        plain = info.compress_type == zipfile.ZIP_STORED and info.file_size == info.compress_size
        ordinary = not info.flag_bits & 1 and (info.external_attr >> 16) & 0o170000 in (0, 0o100000)
        allowed = info.filename in {*_SMALL, PLAIN, CLOSED} and info.file_size <= _SMALL.get(info.filename, _LARGEST)
        if not (plain and ordinary and allowed) or info.filename in found:
            raise ValueError(info.filename)
        found[info.filename] = info
    if PLAIN in found and CLOSED in found:
        raise ValueError(CLOSED)
    return found


def _keys_text(keys: FileKeys | None) -> str:
    told: dict[str, Any] = {"slots": []}
    if keys is not None:
        told = {
            "key_id": keys.key_id,
            "recipient": keys.recipient,
            "paper_recipient": keys.paper_recipient,
            "slots": [{**slot._asdict(), "kdf": dict(slot.kdf)} for slot in _nameless(keys.slots)],
        }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)


def _nameless(slots: Sequence[Slot]) -> list[Slot]:
    return [slot._replace(user_id="") for slot in slots]


def _read_keys(text: bytes) -> FileKeys | None:
    told = json.loads(text)
    if not told["slots"] and "key_id" not in told:
        return None
    slots = tuple(
        Slot("", dict(one["kdf"]), str(one["salt"]), str(one["nonce"]), str(one["box"])) for one in told["slots"][:64]
    )
    return FileKeys(str(told["key_id"]), str(told["recipient"]), str(told["paper_recipient"]), slots)
