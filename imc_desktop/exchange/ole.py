"""Streams of an OLE container (old .xls, .doc, encrypted books), read with every chain bounded."""

from __future__ import annotations

import struct

from imc_desktop.exchange.limits import UnreadableError

_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_SMALL = 4096
_MINI = 64
_DAMAGED = "файл старого формата Excel повреждён; откройте его в Excel или LibreOffice и сохраните как .xlsx"


class Ole:
    """The directory of a container; ``stream`` gives the bytes of one entry."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 1536:
            raise UnreadableError(_DAMAGED)
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise UnreadableError(_DAMAGED)
        self._data = data
        self._size = 1 << shift
        self._fat = self._table(self._fat_sectors())
        directory, mini_fat = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 60)[0]
        self._entries = _entries(self._chain(directory))
        self._mini_fat = self._table(self._numbers(mini_fat, self._fat)) if mini_fat < _END else []
        root = self._entries.get("Root Entry") or self._entries.get("R")
        self._mini = self._chain(root[0]) if root and root[0] < _END else b""

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and storages."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of the stream, empty when there is none."""
        if name not in self._entries:
            return b""
        start, length = self._entries[name]
        if length >= _SMALL:
            return self._chain(start)[:length]
        sectors = self._numbers(start, self._mini_fat)
        return b"".join(self._mini[number * _MINI : (number + 1) * _MINI] for number in sectors)[:length]

    def _fat_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            if following >= _END:
                break
            numbers = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            sectors += numbers[:-1]
            following = numbers[-1]
        return [number for number in sectors if number < _END]

    def _table(self, sectors: list[int]) -> list[int]:
        joined = b"".join(self._sector(number) for number in sectors[: len(self._data) // self._size + 1])
        return list(struct.unpack(f"<{len(joined) // 4}I", joined))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        piece = self._data[start : start + self._size]
        if not piece:
            raise UnreadableError(_DAMAGED)
        return piece.ljust(self._size, b"\0")

    def _numbers(self, start: int, table: list[int]) -> list[int]:
        """Sectors of one chain; a loop or a jump out of the table is damage."""
        found: list[int] = []
        while start < _END:
            if start >= len(table) or len(found) > len(table):
                raise UnreadableError(_DAMAGED)
            found.append(start)
            start = table[start]
        return found

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._numbers(start, self._fat))


def _entries(directory: bytes) -> dict[str, tuple[int, int]]:
    entries: dict[str, tuple[int, int]] = {}
    for place in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, place + 64)[0]
        name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name and directory[place + 66]:
            start, size = struct.unpack_from("<II", directory, place + 116)
            entries.setdefault(name, (start, size))
    return entries


def built(name: str, stream: bytes) -> bytes:
    """A plain container with one stream in it."""
    size = 512
    body = stream.ljust(max(_SMALL, -(-len(stream) // size) * size), b"\0")
    data_sectors = len(body) // size
    fat_sectors = 1
    while fat_sectors * 128 < data_sectors + fat_sectors + 1:
        fat_sectors += 1
    difat_sectors = max(0, -(-(fat_sectors - 109) // 127))
    while fat_sectors * 128 < data_sectors + fat_sectors + difat_sectors + 1:
        fat_sectors += 1
        difat_sectors = max(0, -(-(fat_sectors - 109) // 127))
    first_fat = data_sectors + 1
    first_difat = first_fat + fat_sectors
    chain = [*range(1, data_sectors), _END, _END]  # the stream, then the directory
    chain += [0xFFFFFFFD] * fat_sectors + [0xFFFFFFFC] * difat_sectors
    chain += [_FREE] * (fat_sectors * 128 - len(chain))
    places = [first_fat + number for number in range(fat_sectors)]
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0"))
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, data_sectors, 0, _SMALL,
                          _END, 0, first_difat if difat_sectors else _END, difat_sectors)  # fmt: skip
    header += struct.pack("<109I", *(places[:109] + [_FREE] * (109 - min(109, len(places)))))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 0, len(body)) + bytes(256)
    tail = b""
    for number in range(difat_sectors):
        part = places[109 + number * 127 : 109 + (number + 1) * 127]
        following = first_difat + number + 1 if number + 1 < difat_sectors else _END
        tail += struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), following)
    return bytes(header) + body + directory + struct.pack(f"<{len(chain)}I", *chain) + tail


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
