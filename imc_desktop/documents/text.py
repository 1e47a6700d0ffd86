"""Text before it is drawn: cleaning, words that stay together, lines that fit a width.

Nothing here knows markup: ``<b>`` is four characters like any others, so no text of a person can break a page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from imc_desktop.documents.fonts import Face

NBSP = "\u00a0"
# Controls, lone surrogates, direction overrides, zero-width marks, the private "not a character" codes.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NAME_THEN_INITIALS = re.compile(r"(\b[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+)[ ]([А-ЯЁ]\.)(?:[ ]?([А-ЯЁ]\.?)(?!\w))?")
_INITIALS_THEN_NAME = re.compile(rf"(?<![\w.{NBSP}])([А-ЯЁ]\.)(?:[ ]?([А-ЯЁ]\.))?[ ](?=[А-ЯЁ][а-яё])")
_SMALL_WORD = re.compile(r"(?<![\w.-])(а|в|во|до|за|и|из|к|ко|на|не|о|об|от|по|с|со|у)[ ](?=\S)", re.IGNORECASE)
_SIGN_NUMBER = re.compile(r"([№§])[ ](?=\S)")
_NUMBER_WORD = re.compile(r"(\d)[ ](?=[а-яё])")
_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"(?<![\w.-])(зам|зав|рук|каб|им|ул|пос|п|с|д|г|ст)\.[ ](?=[\w«])")
_DASH = re.compile(r"(?<=\S)[ ](?=[–—-][ ])")
_VOWELS = "аеёиоуыэюяәөұүі"
_NOT_FIRST = "ьъй"


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to draw. ``runs`` is empty when one font has all its letters."""

    text: str
    width: float
    runs: tuple[tuple[str, str], ...] = ()
    last: bool = True  # the last line of its paragraph (never justified)


def clean(text: str) -> str:
    """Drop what no paper can show (controls, lone surrogates, zero-width and direction marks); keep line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _UNWANTED.sub("", text)).strip()


def shorten(text: str, limit: int = 80) -> str:
    """One line of at most ``limit`` letters, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:–-") + "…"


def bind(text: str) -> str:
    """Keep together what a typist would: initials, «№ 5», «27 августа», a short preposition and its word."""
    if " " not in text:
        return text
    text = _NAME_THEN_INITIALS.sub(_glue, text)
    text = _INITIALS_THEN_NAME.sub(_glue_front, text)
    text = _SIGN_NUMBER.sub(rf"\1{NBSP}", text)
    text = _NUMBER_WORD.sub(rf"\1{NBSP}", text)
    text = _ABBREVIATION.sub(rf"\1.{NBSP}", text)
    text = _SMALL_WORD.sub(rf"\1{NBSP}", text)
    return _DASH.sub(NBSP, text)


def _glue(match: re.Match[str]) -> str:
    surname, first, second = match.groups()
    tail = match.group(0)[len(surname) + 1 :].replace(" ", NBSP)
    return f"{surname}{NBSP}{tail}" if first or second else match.group(0)


def _glue_front(match: re.Match[str]) -> str:
    return match.group(0).replace(" ", NBSP)


def hyphenation_points(word: str) -> list[int]:
    """Places where a Russian or Kazakh word may be divided: two letters before, three after, a vowel in each."""
    lower = word.casefold()
    if len(lower) != len(word) or not word.isalpha():
        return []
    points = []
    for at in range(2, len(word) - 2):
        before, after = lower[at - 1], lower[at]
        if after in _NOT_FIRST or not _has_vowel(lower[:at]) or not _has_vowel(lower[at:]):
            continue
        if before in _VOWELS or before in _NOT_FIRST or (after not in _VOWELS and at > 2):
            points.append(at)
    return points


def _has_vowel(part: str) -> bool:
    return any(char in _VOWELS for char in part)


class Setter:
    """Sets texts into lines. One per document: equal cells are set once."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, float, float], tuple[Line, ...]] = {}
        self._words: dict[tuple[str, str], float] = {}

    def wrap(self, text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
        """Lines of the text no wider than ``width``; an empty text gives no line."""
        key = (text, face.name, size, width)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._set(text, face, size, width)
        return found

    def balanced(self, text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
        """As many lines as ``wrap`` gives, of nearly equal length: a title leaves no lone word on its last line."""
        lines = self.wrap(text, face, size, width)
        low, high = 0.0, width
        while len(lines) > 1 and high - low > size:
            middle = (low + high) / 2
            narrower = self._set(text, face, size, middle)
            if len(narrower) > len(lines) or any(line.text.endswith("-") for line in narrower):
                low = middle
            else:
                lines, high = narrower, middle
        return lines

    def widest_word(self, text: str, face: Face, size: float) -> float:
        """Width of the widest word of a heading (a column must not be narrower)."""
        words = clean(text).replace("-", "- ").replace("/", "/ ").split()
        return max((self._measure(word, face) * size for word in words), default=0.0)

    def _set(self, text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
        tidy = clean(text)
        if not tidy:
            return ()
        plain = face.covers(tidy.replace("\n", ""))
        limit = width / size
        lines: list[Line] = []
        for paragraph in tidy.split("\n"):
            pieces = self._fill(bind(paragraph.strip()), face, limit) or [""]
            for number, piece in enumerate(pieces, 1):
                runs = () if plain else face.runs(piece)
                lines.append(Line(piece, face.width(piece) * size, runs, number == len(pieces)))
        return tuple(lines)

    def _fill(self, paragraph: str, face: Face, limit: float) -> list[str]:
        """Greedy filling; ``limit`` is the width at size 1."""
        lines: list[str] = []
        current, room = "", limit
        space = face.width(" ")
        for word in paragraph.split(" "):
            wide = self._measure(word, face)
            if current and wide + space <= room:
                current, room = f"{current} {word}", room - wide - space
            elif wide <= limit:
                if current:
                    lines.append(current)
                current, room = word, limit - wide
            else:
                full, current = self._divide(word, face, limit, current)
                lines += full
                room = limit - face.width(current)
        return [*lines, current] if current else lines

    def _divide(self, word: str, face: Face, limit: float, head: str) -> tuple[list[str], str]:
        """Put a word wider than the column on several lines, the first of which may continue ``head``."""
        lines: list[str] = []
        rest = word
        while rest:
            lead = f"{head} " if head else ""
            if face.width(lead + rest) <= limit:
                return lines, lead + rest
            cut, mark = self._cut(rest, face, limit - face.width(lead), gentle=bool(head))
            if cut:
                lines.append(lead + rest[:cut].rstrip(NBSP) + mark)
                rest = rest[cut:].lstrip(NBSP)
            else:
                lines.append(head)
            head = ""
        return lines, ""

    @staticmethod
    def _cut(word: str, face: Face, room: float, *, gentle: bool) -> tuple[int, str]:
        """Where to divide: at a bound space, after «-» or «/», at a syllable, else anywhere (not when ``gentle``)."""
        fits = 0
        while fits < len(word) and face.width(word[: fits + 1]) <= room:
            fits += 1
        for signs in (NBSP, "-/–—\\_@&?=,;:."):
            at = max(word.rfind(sign, 1, fits) for sign in signs)
            if at > 0:
                return at + 1, ""
        stems = [found for found in _LETTERS.finditer(word) if found.start() < fits]
        stem = stems[-1] if stems else None
        if stem is not None:
            start = stem.start()
            usable = [
                point for point in hyphenation_points(stem.group(0)) if face.width(word[: start + point] + "-") <= room
            ]
            if usable:
                return start + usable[-1], "-"
        return (0, "") if gentle else (max(fits, 1), "")

    def _measure(self, word: str, face: Face) -> float:
        key = (word, face.name)
        wide = self._words.get(key)
        if wide is None:
            wide = self._words[key] = face.width(word)
        return wide
