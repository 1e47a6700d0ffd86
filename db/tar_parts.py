"""The plain tar inside a copy: written so that stock ``tar`` reads it, read so that nothing of another shape is taken.

Python's own reader follows links, long names and extensions; here a name that is not expected is a refusal.
"""

from __future__ import annotations

import tarfile

_BLOCK = 512
END = bytes(2 * _BLOCK)


def entry(name: str, data: bytes) -> tuple[bytes, bytes, bytes]:
    """An ordinary file of a tar, in pieces that are not copied; the name is ASCII."""
    head = tarfile.TarInfo(name)
    head.size, head.mode = len(data), 0o600
    return head.tobuf(tarfile.USTAR_FORMAT), data, bytes(-len(data) % _BLOCK)


def parts_of(tar: bytes, expected: frozenset[str]) -> dict[str, memoryview]:
    """Name → content without copying; ValueError for anything but ordinary files of the expected names, once each."""
    found: dict[str, memoryview] = {}
    whole, place = memoryview(tar), 0
    while place + _BLOCK <= len(tar):
        head = tar[place : place + _BLOCK]
        if head == bytes(_BLOCK):
            return found
        name, size = _read_head(head)
        end = place + _BLOCK + size
        if name not in expected or name in found or end > len(tar):
            raise ValueError(name)
        found[name] = whole[place + _BLOCK : end]
        place = end + -size % _BLOCK
    raise ValueError("end")


def _read_head(head: bytes) -> tuple[str, int]:
    told = int(head[148:156].strip(b" \0") or b"0", 8)
    if told != sum(head[:148]) + 8 * 32 + sum(head[156:]) or head[156:157] not in (b"0", b"\0"):
        raise ValueError("head")
    if any(head[345:500]):  # a prefix would make another name of it
        raise ValueError("prefix")
    size = int(head[124:136].strip(b" \0") or b"0", 8)
    if size < 0:
        raise ValueError("size")
    return head[:100].rstrip(b"\0").decode("ascii"), size
