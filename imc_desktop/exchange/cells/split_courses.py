"""One cell with many courses → one text per course."""

from __future__ import annotations

import re
from collections.abc import Callable

from imc_desktop.exchange.cells.common import MONTH_WORDS

_OPENING = "«“„‹"
_CLOSING = "»”›‟"
_NUMBERING = re.compile(r"(?:^|(?<=[\s;.»]))(?:\(?\d{1,2}\)|\d{1,2}\.(?!\d))\s*(?=[«\"“„A-ZА-ЯЁ])")
_BULLET = re.compile(r"(?m)^\s*[•·●▪*–—-]\s*(?=\S)")
_KIND_WORD = re.compile(
    r"(?:проф\w*\.?\s*)?переподготовк|стажировк|повышение квалификации|семинар|вебинар"
    r"|(?:курсы?|кпк|пк|пп|диплом|удостоверение)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"(?:(?:19|20)\d\d|\d\s*(?:ч(?:ас\w*)?\b|час)|№\s*\S+|\d{6,}|г\.)[\s).;,г]*$|»\s*[.;]?\s*$", re.IGNORECASE
)
_YEAR_OR_HOURS = re.compile(r"(?:19|20)\d\d|\d\s*ч(?:ас|\b|\.)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[)\d.;ч»])\s*(?=«)", re.IGNORECASE)
_GLUED_KIND = re.compile(rf"(?<=[)\d.ч»])\s*(?=(?:{_KIND_WORD.pattern})\S*(?:\s\S+)?\s*[:«])", re.IGNORECASE)
_BEGINS_WITH_DAY = re.compile(r"(?:с\s+)?(?:\d{1,2}\.\d{1,2}\.\d{2,4}|(?:19|20)\d\d)")
_AFTER_YEAR = re.compile(r"(?:(?<![\d.])(?:19|20)\d\d)(?:\s*(?:г\.|года?|г\b))?\)?[\s.,]+(?=[А-ЯЁ][а-яё]+)")
_LEGAL = re.compile(r"(?:[ФГМЧНКАОР]{1,4}[БА]?О?У|АНО|ООО|НОУ|ЧОУ|ТОО|ДПО|ИРО|ИПК)\b")
_MARK = "\x01"


def straighten(text: str) -> str:
    """All quotes as « and »: a straight quote opens before a word and closes after one."""
    if "„" in text:
        text = text.replace("“", "»")
    result: list[str] = []
    for place, char in enumerate(text):
        if char in _OPENING:
            result.append("«")
        elif char in _CLOSING:
            result.append("»")
        elif char == '"':
            result.append("«" if _opens(text, place) else "»")
        else:
            result.append(char)
    joined = "".join(result)
    joined = re.sub(r"(^|[\s;:)\d])«{2,}", r"\1«", joined)
    return re.sub(r"»{2,}(?=[\s,;.(]|$)", lambda found: "»" * _needed(joined[: found.start()], len(found[0])), joined)


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if before.isspace() or before in "([:;,-–—":
        return not after.isspace() or not before.isspace()
    if before in '"«»“”':
        return after.isalnum() or after == '"'
    if before in ").0123456789":
        return after.isalpha() and after.isupper()
    return False


def _needed(before: str, there: int) -> int:
    """How many closing quotes are still wanted."""
    depth = 0
    for char in before:
        depth = max(0, depth + (char == "«") - (char == "»"))
    return max(1, min(there, depth))


def split_courses(text: str) -> list[str]:
    """Texts of the courses of a cell, divided by «;», line breaks, numbers, bullets or just the next opening quote."""
    text = straighten(text)
    text = _BULLET.sub(_MARK, _NUMBERING.sub(_MARK, text))
    pieces: list[str] = []
    for marked in text.split(_MARK):
        for part in _at_semicolons(marked):
            _add_lines(pieces, part)
    return [piece.strip() for whole in pieces for piece in _unglue(whole) if piece.strip(" ,;.")]


def _at_semicolons(text: str) -> list[str]:
    """Parts between semicolons that stand outside quotes and brackets (a quote never closed does not count)."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "«(":
            depth += 1
        elif char in "»)":
            depth = max(0, depth - 1)
        elif char == ";" and (depth == 0 or re.match(r";\s*(?:«|\n)", text[place:])):
            parts.append(text[start:place])
            start, depth = place + 1, 0
    return [*parts, text[start:]]


def _add_lines(pieces: list[str], part: str) -> None:
    """Lines that begin a course become pieces; lines that only go on are joined to the one before."""
    fresh = True
    for raw in part.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if fresh or _begins(pieces[-1], line):
            pieces.append(line)
        else:
            pieces[-1] = f"{pieces[-1]} {line}"
        fresh = False


def _begins(before: str, line: str) -> bool:
    """True when a line is the beginning of the next course."""
    if before.count("«") > before.count("»"):
        return line.startswith("«") and bool(_YEAR_OR_HOURS.search(before))
    if line.startswith("«") or _KIND_WORD.match(line):
        return bool(_YEAR_OR_HOURS.search(before)) or before.endswith("»") or line.startswith("«")
    if _LEGAL.match(line) and not _LEGAL.search(before):
        return False
    return (
        (line[0].isupper() or _BEGINS_WITH_DAY.match(line) is not None)
        and bool(_COMPLETE.search(before))
        and bool(_YEAR_OR_HOURS.search(before))
    )


_FACTS = re.compile(rf"(?:\d[\d./-]*|часов|часа|час|ч|года|год|г|с|по|{MONTH_WORDS})\b\.?", re.IGNORECASE)


def _has_title(text: str) -> bool:
    """True when a piece holds words besides dates and hours."""
    return len(re.sub(r"[^а-яёa-z]", "", _FACTS.sub(" ", text.lower()))) >= 3


def _unglue(piece: str) -> list[str]:
    """Courses written without any divider: a title begins right after the year or the hours of the one before."""
    parts = _cut(piece, _GLUED, lambda head, _: head.endswith("»") or (_has_title(head) and _is_dated(head)))
    parts = [cut for part in parts for cut in _cut(part, _GLUED_KIND, lambda head, _: _is_dated(head))]
    if "«" not in piece:
        parts = [cut for part in parts for cut in _cut(part, _AFTER_YEAR, _both_are_courses)]
    return parts


def _cut(text: str, border: re.Pattern[str], fits: Callable[[str, str], bool]) -> list[str]:
    """The text cut after each border where what stands before (quotes closed) and after it fits."""
    parts, start = [], 0
    for found in border.finditer(text):
        head = text[start : found.end()]
        if head.strip() and head.count("«") == head.count("»") and fits(head.rstrip(), text[found.end() :]):
            parts.append(head)
            start = found.end()
    return [*parts, text[start:]]


def _is_dated(text: str) -> bool:
    return _YEAR_OR_HOURS.search(text) is not None


def _both_are_courses(head: str, tail: str) -> bool:
    return _has_title(head) and _is_dated(tail) and not _LEGAL.match(tail)
