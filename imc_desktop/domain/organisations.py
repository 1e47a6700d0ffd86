"""Names of educational organisations: one key for all spellings, a graded comparison, short and full names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from imc_desktop.domain.organisation_titles import full_name, short_name
from imc_desktop.domain.organisation_words import (
    AFFILIATION,
    CENTRE,
    FEMININE,
    GENERIC,
    KINDS,
    LEGAL,
    LEGAL_KIND,
    MUST_AGREE,
    NOISE,
    PATRON,
    PLACE,
    SENTENCE,
    SINGLE_KINDS,
    STOP_WORDS,
)
from imc_desktop.domain.words import repair

__all__ = [
    "Parts",
    "by_detail",
    "full_name",
    "is_organisation",
    "likeness",
    "match_organisation",
    "organisation_key",
    "short_name",
]

Id = TypeVar("Id")

_SEPARATOR = "|"
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_KEY = re.compile(r"[а-яa-z-]*\|\d*[а-я]?\|[^|]*\|[^|]*\|[^|]*")
_QUOTES = re.compile(r"[«»\"“”„‟‹›()\[\]]|''|``")
_LEADING_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]\s*)+(?=\D)")
_NUMBER = re.compile(
    r"(?:№+|(?<![a-zа-я])(?:n|no|#)\.?)\s*-?\s*(?P<n>\d{1,4}(?:\s?\|\s?[абвг]\s?\||[абвг](?![а-яa-z.]))?)"
)
_BARE_NUMBER = re.compile(r"(?<![\d.,/-])(?P<n>\d{1,3})(?![\d.,/]*\d)(?!-?(?:лет|го|й|я|ти))")
_WORD = re.compile(r"[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*")
_ENDING = re.compile(r"(?:ая|яя|ой|ей|ый|ий|ое|ее|ого|его|ому|ему|ую|юю|ым|им|ые|ие|ых|их)$")
_VOWELS = re.compile(r"[аеиоуыэюяйь]+$")
_SUFFIX = re.compile(r"(?:н|ен|ин|ов|ев|к|ч|ц|л|ь)*(?:ск|н|к|ин|ов)?")
_SURE = 3
"""A likeness from which one candidate that stands apart is taken for certain."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a spelling says about an organisation; words are stems in alphabet order."""

    kind: str = ""
    number: str = ""
    names: tuple[str, ...] = ()
    patron: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    def key(self) -> str:
        """Parts as one comparable string."""
        words = (" ".join(part) for part in (self.names, self.patron, self.place))
        return _SEPARATOR.join((self.kind, self.number, *words))

    @property
    def is_bare(self) -> bool:
        """True when nothing but the kind is said."""
        return not (self.number or self.names or self.patron or self.place)


def organisation_key(text: str) -> str:
    """The same key for spellings that say the same: legal form, quotes, case, order of words do not matter.

    The key keeps what tells organisations apart: kind, number, own name, «им. …» and place. A key is its own key.
    """
    return _parts(text).key()


def match_organisation(text: str, known: Mapping[str, Id]) -> tuple[Id | None, bool]:
    """The known organisation a spelling means and whether that is certain; several keys may lead to one organisation.

    A spelling may say less than the key («МБДОУ № 2» for «Детский сад № 2 «Солнышко»»): certain when one organisation
    fits clearly better than all others. (None, False) when nothing fits.
    """
    key = organisation_key(text)
    if key in known:
        return known[key], True
    wanted = _parts(key)
    scores: dict[Id, float] = {}
    for other, identity in known.items():
        score = likeness(wanted, _parts(other))
        if score > scores.get(identity, 0):
            scores[identity] = score + (0.5 if _fits_gender(text, wanted, other) else 0)
    if not scores:
        return None, False
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    best, score = ranked[0]
    clear = len(ranked) == 1 or score - ranked[1][1] >= 1
    return best, clear and score >= _SURE


def likeness(one: Parts, other: Parts) -> float:
    """0 when two spellings cannot mean one organisation; the more they share, the more."""
    kind = _kinds(one.kind, other.kind)
    if kind is None or (one.number and other.number and one.number != other.number):
        return 0
    if MUST_AGREE & {*one.names} != MUST_AGREE & {*other.names}:
        return 0
    shared = 4.0 if one.number and one.number == other.number else 0.0
    for mine, yours, worth in ((one.names, other.names, 4), (one.place, other.place, 2), (one.patron, other.patron, 2)):
        if mine and yours:
            found = _same_words(mine, yours) * worth
            if not found and not _cross_named(one, other):
                return 0
            shared += found
    if _cross_named(one, other):
        shared += 3
    if shared:
        return kind + shared
    return _bare_likeness(one, other, kind)


def _bare_likeness(one: Parts, other: Parts, kind: float) -> float:
    """Nothing but the kind is shared: enough where a district has one of the kind."""
    if one.kind != other.kind or not one.kind or not (one.is_bare or other.is_bare):
        return 0
    return kind + 2 if one.kind in SINGLE_KINDS else 1


def _cross_named(one: Parts, other: Parts) -> bool:
    """One spelling names the place, the other is an adjective of it."""
    return _named_after(one.names, other.place) or _named_after(other.names, one.place)


def by_detail(texts: list[str]) -> list[str]:
    """Spellings with the fullest first, so that vague ones meet organisations already known."""
    return sorted(texts, key=lambda text: -_detail(_parts(text)))


def _detail(parts: Parts) -> int:
    return (
        2 * bool(parts.number)
        + 2 * bool(parts.names)
        + bool(parts.place)
        + bool(parts.patron)
        + (parts.kind not in GENERIC)
    )


def is_organisation(text: str) -> bool:
    """True when a whole text is an organisation's name (a separator row, a title line), not a sentence about one."""
    text = repair(text).strip()
    if not 2 <= len(text) <= 250:
        return False
    plain = _plain(_LEADING_NUMBER.sub("", text)).strip(" |")
    if SENTENCE.match(plain):
        return False
    legal = LEGAL.search(plain)
    if legal:
        return legal.start() <= 3
    parts = _parts(text)
    kind = next((found for pattern, _ in KINDS if (found := pattern.search(plain))), None)
    if kind is None or (parts.kind == "школа" and parts.is_bare):
        return False
    before = _WORD.findall(plain[: kind.start()])
    if "|" in plain[: kind.start()] or "атындагы" in before:  # ««Балапан» балабақшасы», «Абай атындағы орта мектеп»
        return len(before) <= 6
    words = len(parts.names) + len(parts.patron) + len(parts.place)
    return len(before) <= 2 and words <= 6 and (not before or _looks_adjective(before[-1]) or bool(parts.number))


def _looks_adjective(word: str) -> bool:
    return _ENDING.search(word) is not None


@lru_cache(maxsize=16384)
def _parts(text: str) -> Parts:
    text = repair(text).strip()
    folded = text.casefold()
    if _KEY.fullmatch(folded):
        kind, number, names, patron, place = folded.split(_SEPARATOR)
        return Parts(kind, number, tuple(names.split()), tuple(patron.split()), tuple(place.split()))
    rest = _plain(_LEADING_NUMBER.sub("", text))
    rest, patron = _take(rest, PATRON)
    rest = CENTRE.sub(" цдод ", AFFILIATION.sub(" , ", rest))
    rest, legal = _take_legal(rest)
    kind = ""
    kinds = [(pattern, name) for pattern, name in KINDS if pattern.search(rest)]
    if kinds:
        pattern, kind = kinds[0]
        rest = pattern.sub(" ", rest)
    if kind in {"сш", "школа"}:
        kind = _school_or_sport(kind, legal, rest)
    rest, number = _take_number(NOISE.sub(" ", rest), bool(kind or legal))
    rest, place = _take(rest, PLACE)
    for pattern, _ in KINDS:
        rest = pattern.sub(" ", rest) if kind in GENERIC or not kind else rest
    return Parts(kind or legal, number, _stems(rest), _stems(patron), _stems(place))


def _school_or_sport(kind: str, legal: str, rest: str) -> str:
    """«СШ»: a sports school of additional education, but «СШ № 3» of general education is a secondary school."""
    if kind == "сш" and legal != "до" and (legal == "оу" or _NUMBER.search(rest)):
        return "сош"
    return "сш" if kind == "сш" else "школа"


def _plain(text: str) -> str:
    """Small letters, ё = е, quotes as «|», dashes as «-» without spaces."""
    text = text.casefold().replace("ё", "е")
    text = re.sub(r"\s*[‐‑‒–—―−-]\s*", "-", text.translate(_KAZAKH))
    text = re.sub(r"(?<=[а-я])-(?=\d)|(?<=\d)-(?=[а-я]{3})", " ", text)
    return _QUOTES.sub(" | ", text)


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    taken: list[str] = []

    def keep(found: re.Match[str]) -> str:
        taken.append(found["p"])
        return " "

    return pattern.sub(keep, text), " ".join(taken)


def _take_legal(text: str) -> tuple[str, str]:
    """The text without its legal form, and the kind that form alone implies («МБДОУ» → дс)."""
    implied = ""
    for found in LEGAL.finditer(text):
        for pattern, kind in LEGAL_KIND:
            if pattern.search(found[0]):
                implied = implied or kind
                break
    return LEGAL.sub(" ", text), implied


def _take_number(text: str, anywhere: bool) -> tuple[str, str]:
    found = _NUMBER.search(text) or (_BARE_NUMBER.search(text) if anywhere else None)
    if not found:
        return text, ""
    number = re.sub(r"[^0-9а-я]", "", found["n"]).lstrip("0") or "0"
    return f"{text[: found.start()]} {text[found.end() :]}", number


def _stems(text: str) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()))
    return tuple(sorted({_stem(word) for word in words}))


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= 4 else word


def _kinds(one: str, other: str) -> float | None:
    """How well two kinds go together; None when they cannot be one organisation."""
    if one == other:
        return 2 if one else 0
    if not one or not other:
        return 0.5
    if other in GENERIC.get(one, ()) or one in GENERIC.get(other, ()):
        return 1
    return None


def _same_words(mine: tuple[str, ...], yours: tuple[str, ...]) -> float:
    """1 when the words of the shorter name all stand in the longer one, little when a typing error apart, else 0."""
    short, long = sorted((mine, yours), key=len)
    if set(short) <= set(long):
        return 1
    return 0.125 if all(any(word == other or _almost(word, other) for other in long) for word in short) else 0


def _almost(word: str, other: str) -> bool:
    return min(len(word), len(other)) >= 5 and OSA.distance(word, other, score_cutoff=1) <= 1


@lru_cache(maxsize=16384)
def _named_after(names: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """True for «Верхнеключевская» and «Верхние Ключи», «Каменская» and «Каменка»."""
    return bool(place) and (set(place) <= set(names) or any(_adjective_of(name, place) for name in names))


def _adjective_of(name: str, place: tuple[str, ...]) -> bool:
    if len(place) == 1:
        return _one_word_adjective(name, place[0])
    roots = [_VOWELS.sub("", word) for word in place]
    if any(len(root) < 3 for root in roots):
        return False
    for first in roots:
        rest = name[len(first) :].lstrip("оеи")
        others = [root for root in roots if root != first]
        if name.startswith(first) and all(root in rest for root in others):
            return bool(_SUFFIX.fullmatch(rest.split(others[-1])[-1].removesuffix("ск"))) if others else False
    return False


def _one_word_adjective(name: str, place: str) -> bool:
    root = _VOWELS.sub("", place)
    common = 0
    for a, b in zip(name, root, strict=False):
        if a != b:
            break
        common += 1
    if common < 4 or len(root) - common > 2:
        return False
    return bool(_SUFFIX.fullmatch(name[common:]))


def _fits_gender(text: str, wanted: Parts, other: str) -> bool:
    """«Каменская» alone is said of a school, not of a kindergarten or a lyceum."""
    feminine = not wanted.kind and re.search(r"[ая]я\b", repair(text).casefold())
    return bool(feminine) and _parts(other).kind in FEMININE
