"""The list of contents of a copy: what it is, from whom, how much is in it; never a name of a person."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

FORMAT_REV = 2
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1 << 20
_HEX = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST = 2**62


class Payload(NamedTuple):
    """The one entry with data: ``enc`` is «age» or «none»."""

    name: str
    size: int
    sha256: str
    enc: str
    compression: str = "zstd"


class Head(NamedTuple):
    """Where the log of one replica stands: number and hash of its last transaction."""

    n: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``sequence`` orders the copies of one computer; nothing is ordered by ``made_on`` and ``created_utc``.

    ``content_sha256`` is the hash of the database file inside: the same bytes are the same content. ``vector``: rid →
    head of its log. ``replica`` and ``label`` name the computer.
    """

    schema_rev: int
    db_id: str
    sequence: int
    made_on: str
    counts: Mapping[str, int]
    content_sha256: str
    payload: Payload
    app_version: str = ""
    format_rev: int = FORMAT_REV
    min_reader_rev: int = FORMAT_REV
    backup_id: str = ""
    replica: str = ""
    label: str = ""
    created_utc: str = ""
    clock_ok: bool = True
    vector: Mapping[str, Head] = field(default_factory=dict)
    content_size: int = 0
    key_id: str = ""


def manifest_text(manifest: Manifest) -> str:
    """JSON; the payload is left out while it is not yet known (in the payload itself)."""
    told: dict[str, Any] = {"format": "imcb", **asdict(manifest)}
    told["vector"] = {rid: {"n": head.n, "hash": head.hash} for rid, head in manifest.vector.items()}
    told["counts"] = dict(manifest.counts)
    told["payload"] = manifest.payload._asdict()
    told["encrypted"] = manifest.payload.enc != "none"
    if not manifest.payload.name:
        del told["payload"], told["encrypted"]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)


def read_manifest(text: bytes) -> Manifest:
    """Read strictly; ValueError, LookupError or TypeError for what is no manifest."""
    told = json.loads(text)
    if told["format"] != "imcb":
        raise ValueError("format")
    day = str(told["made_on"])
    if not _DAY.fullmatch(day):
        raise ValueError("made_on")
    return Manifest(
        schema_rev=_number(told["schema_rev"]),
        db_id=str(told["db_id"]),
        sequence=_number(told["sequence"]),
        made_on=day,
        counts={str(table): _number(count) for table, count in _mapping(told["counts"]).items()},
        content_sha256=_hash(told["content_sha256"]),
        payload=_payload(told.get("payload")),
        app_version=str(told.get("app_version", "")),
        format_rev=_number(told["format_rev"]),
        min_reader_rev=_number(told["min_reader_rev"]),
        backup_id=str(told.get("backup_id", "")),
        replica=str(told.get("replica", "")),
        label=str(told.get("label", "")),
        created_utc=str(told.get("created_utc", "")),
        clock_ok=bool(told.get("clock_ok", True)),
        vector={
            str(rid): Head(_number(one["n"]), str(one["hash"])) for rid, one in _mapping(told.get("vector", {})).items()
        },
        content_size=_number(told.get("content_size", 0)),
        key_id=str(told.get("key_id", "")),
    )


def describe(path: Path) -> Manifest | None:
    """What a copy says of itself, without opening it; None when it is no copy this program can tell about."""
    try:
        with zipfile.ZipFile(path) as archive:
            return read_manifest(manifest_entry(archive))
    except (OSError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, RecursionError):
        return None


def manifest_entry(archive: zipfile.ZipFile) -> bytes:
    """The text of the manifest; LookupError or ValueError when there is none or it is not plainly stored."""
    info = archive.getinfo(MANIFEST)
    if info.file_size > LARGEST_MANIFEST or info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(MANIFEST)
    return archive.read(info)


NO_PAYLOAD = Payload("", 0, "0" * 64, "none")


def _payload(told: Any) -> Payload:
    if told is None:
        return NO_PAYLOAD
    return Payload(
        str(told["name"]), _number(told["size"]), _hash(told["sha256"]), str(told["enc"]), str(told["compression"])
    )


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < _MOST:
        raise ValueError("number")
    return value


def _mapping(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise TypeError("mapping")
    return value


def _hash(value: Any) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ValueError("hash")
    return value
