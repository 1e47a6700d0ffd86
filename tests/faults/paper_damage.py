"""Ways to spoil a paper: its bytes, the parts of its container, the markup inside them, the records of an old book."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

_WILD = (
    b"999999999", b"-1", b"1e300", b"NaN", b"", b"0", b"XFD1048576", b"AAAA99999999", b"2024-13-45", b"\xff" * 4,
    b"&#0;", b"&#x10FFFF;", b"&nope;", b"<", b">", b'"', b"\0", b"18446744073709551616", "=1+1".encode("utf-16-le"),
    b"<![CDATA[", b"<!--", b"<?x", b"]]>", "Ё".encode(), b"\xed\xa0\x80", b"true", b"#REF!",
)  # fmt: skip
_ATTRIBUTE = re.compile(rb'="([^"]{0,60})"')
_TEXT = re.compile(rb">([^<>]{1,80})<")
_ELEMENT = re.compile(rb"<(\w[\w:]*)[^<>]*>[^<>]*</\1>")
_MUCH = 400_000


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled or replaced; sometimes the end is missing."""
    changed = bytearray(data or b" ")
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        changed += b" " * (not changed)
        place, other = chance.randrange(len(changed)), chance.randrange(len(changed))
        match chance.randrange(6):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.choice((1, 4, 100, 5000))]
            case 2:
                changed[place:place] = changed[other : other + chance.choice((1, 30, 3000))]
            case 3:
                changed[place : place + 1] = chance.choice(_WILD)
            case 4:
                changed[place : place + 4] = struct.pack("<I", chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)))
            case _:
                if chance.random() < 0.2:
                    del changed[place:]
    return bytes(changed)


def markup_changed(data: bytes, chance: random.Random) -> bytes:
    """Values of attributes, texts and whole elements of one markup replaced, doubled or taken out."""
    for _ in range(chance.choice((1, 3, 10))):
        found = list(chance.choice((_ATTRIBUTE, _TEXT, _ELEMENT)).finditer(data, *_window(data, chance)))
        if not found:
            continue
        one, other = chance.choice(found), chance.choice(found)
        group = 1 if one.re is not _ELEMENT else 0
        new = chance.choice((chance.choice(_WILD), other[group], one[group] * chance.choice((0, 2, 300))))
        data = data[: one.start(group)] + new + data[one.end(group) :]
        if len(data) > _MUCH * 10:
            break
    return data


def _window(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(max(1, len(data)))
    return start, start + 20_000


def container_changed(data: bytes, chance: random.Random) -> bytes:
    """A container whose parts were spoilt, lost, swapped, doubled or renamed."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, content = parts[at]
    match chance.randrange(10):
        case 0:
            del parts[at]
        case 1:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 2:
            parts.append((name, bytes_changed(content, chance)))
        case 3:
            parts[at] = (
                chance.choice(("../../" + name, "/" + name, name.upper(), name.replace("/", "\\"), "")),
                content,
            )
        case 4 | 5:
            parts[at] = (name, bytes_changed(content, chance))
        case _:
            parts[at] = (name, markup_changed(content, chance))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as container:
        for name, content in parts:
            container.writestr(zipfile.ZipInfo(name or "x"), content)
    return target.getvalue()


def records_changed(data: bytes, chance: random.Random) -> bytes:
    """An old binary book: lengths, kinds and contents of its records spoilt, the chain of its sectors as well."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 20))):
        place = chance.choice((chance.randrange(76, 600), chance.randrange(len(changed) - 4)))
        kind = chance.choice((0x0809, 0x000A, 0x00FD, 0x00FC, 0x0201, 0x0085, 0x00E5, 0x0006, 0x003C, 0xFFFF, 0))
        changed[place : place + 4] = struct.pack("<HH", kind, chance.choice((0, 1, 8, 0x2020, 0xFFFF)))
    return bytes(changed)


def recoded(data: bytes, chance: random.Random) -> bytes:
    """A text in another encoding, or in two at once."""
    text = data.decode("cp1251" if chance.random() < 0.5 else "utf-8", "replace")
    return text[: chance.randrange(len(text))].encode(
        chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp866", "koi8-r", "utf-32")), "replace"
    ) + (data[:500] if chance.random() < 0.5 else b"")


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """A spoilt paper made of a good one, by one of the ways its format allows."""
    ways: list[Callable[[bytes, random.Random], bytes]]
    if data.startswith(b"PK"):
        ways = [container_changed, container_changed, container_changed, bytes_changed]
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        ways = [records_changed, bytes_changed]
    else:
        ways = [markup_changed, bytes_changed, recoded]
    return chance.choice(ways)(data, chance)
