"""Bytes of a text file → text, the encoding told by what the letters look like."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from imc_desktop.exchange.limits import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order in which a tie is settled.
_ONE_BYTE = ("cp1251", "cp866", "koi8-r", "kz1048")
_SAMPLE = 64 * 1024
_FREQUENT = frozenset("оеаинтсрвлкмдпу")
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
_PUNCTUATION = frozenset("№«»–—…•“”„°\xa0")
_INNER_CAPITAL = re.compile("[а-яё][А-ЯЁ]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of the bytes; ``declared`` is what the file itself says of its encoding (may lie)."""
    text = _decode(data, declared)
    if len(_CONTROL.findall(text[:_SAMPLE])) > min(8, len(text) // 20):
        raise UnreadableError("содержимое не похоже ни на таблицу, ни на текст")
    return text


def _decode(data: bytes, declared: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A file cut in the middle of its last letter, or with a stray byte late in it, is still utf-8.
        if problem.start > len(data) - 4 or _mostly_utf8(data):
            return data.decode("utf-8", "replace")
    if declared and _score(data, declared) > 0:
        return data.decode(declared, "replace")
    return data.decode(max(_ONE_BYTE, key=lambda encoding: _score(data, encoding)), "replace")


def _wide_encoding(data: bytes) -> str:
    """utf-16 without a byte order mark: every other byte of the beginning is nought or the Cyrillic page."""
    head = data[:400]
    if len(head) < 8:
        return ""
    even, odd = (sum(byte in (0, 4) for byte in head[start::2]) * 2 / len(head) for start in (0, 1))
    if odd > 0.8 and even < 0.3:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 and odd < 0.3 else ""


def _mostly_utf8(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("utf-8", "replace")
    letters = sum(symbol.lower() in _LETTERS for symbol in text)
    return letters > 20 and text.count("\ufffd") * 50 < letters


def _score(data: bytes, encoding: str) -> float:
    """How much the bytes read in this encoding look like Russian or Kazakh text."""
    try:
        text = data[:_SAMPLE].decode(encoding, "replace")
    except (LookupError, UnicodeError, ValueError):
        return -1e9
    score = 0.0
    for symbol, count in Counter(text).items():
        if symbol < "\x80":
            continue
        low = symbol.lower()
        if low in _FREQUENT:
            score += count * (2.0 if symbol == low else 1.0)
        elif low in _LETTERS:
            score += count
        elif symbol not in _PUNCTUATION:
            score -= 3 * count
    return score - 2 * len(_INNER_CAPITAL.findall(text))
