"""What every parser of cells needs: clean text of a cell, blanks, quotes, bits of text that are facts."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from imc_desktop.domain.words import repair
from imc_desktop.exchange.grid import Cell

_HTML_BREAK = re.compile(r"<\s*br\s*/?\s*>|_x000D_\n?", re.IGNORECASE)
_LOW = str.maketrans("ё‐‑‒–—―−", "е-------")
_NO_VALUE = re.compile(
    r"(?:[-_.,;:*/\\\s]*"
    r"|нет|не имеет|не имею|не имеется|н/?д|нет данных|данных нет|нет сведений|отсутству[ею]т"
    r"|[xх]|n/?a|none|null|жо[кқ]"
    r"|не (?:указан|определен|заполнен|предусмотрен|проходил|обучал)\S*(?: ?\(\S+\))?)[\s.;,]*",
)
DATE = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}"
MONTH_WORDS = r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]{0,2}"
WORD_DATE = rf"[«\"]?\d{{1,2}}[»\"]?\s+{MONTH_WORDS}\s+\d{{4}}"
YEAR_TAIL = r"(?:\s*(?:г\.|год[ау]?|г(?![а-яё])))?"


def text_of(cell: Cell) -> str:
    """The text of a cell, line by line clean; whole numbers lose «.0», days become «05.11.2026»."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}"
    return str(cell)


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    r"""Text repaired, with breaks as ``\n``."""
    if "<" in text or "_x" in text:
        text = _HTML_BREAK.sub("\n", text)
    return repair(text)


@lru_cache(maxsize=65536)
def low(text: str) -> str:
    """Text for comparing with patterns: small letters, ё = е, every dash «-»; as long as the text itself."""
    return text.lower().translate(_LOW)


@lru_cache(maxsize=65536)
def is_no_value(text: str) -> bool:
    """True for an empty text and for the words that mean «nothing here»: «-», «нет», «не имеет», «;;;», «X»."""
    return _NO_VALUE.fullmatch(low(text).strip()) is not None


def one_line(text: str) -> str:
    """Lines of a cell as one line."""
    return " ".join(text.split())


def strip_ends(text: str) -> str:
    """Text without separators and lonely brackets left by something cut out."""
    text = re.sub(r"\(\s*[,;.]*\s*\)", " ", text)
    if text.count("(") != text.count(")"):
        text = _paired(text)
    return " ".join(text.split()).strip(" ,;:-–—|/").removesuffix(" .").strip()


def _paired(text: str) -> str:
    """Text without brackets that have no pair."""
    lonely: list[int] = []
    opened: list[int] = []
    for place, char in enumerate(text):
        if char == "(":
            opened.append(place)
        elif char == ")":
            if opened:
                opened.pop()
            else:
                lonely.append(place)
    drop = {*lonely, *opened}
    return "".join(char for place, char in enumerate(text) if place not in drop)
