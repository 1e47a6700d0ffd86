"""Names and posts written in an oblique case («Мельниковой Ксении Егоровне, учителю») brought back to the nominative.

The way back is found by trying: candidate nominatives are declined by pytrovich, and the one that gives the
written form is taken. The patronymic settles sex and case; without it the case of the post does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

NOMINATIVE = "nominative"
OBLIQUE = (Case.DATIVE, Case.GENITIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)

# Ending of a patronymic → sex, possible cases, letters to cut, letters to add.
_PATRONYMICS = (
    ("ичу", Gender.MALE, (Case.DATIVE,), 1, ""),
    ("ича", Gender.MALE, (Case.ACCUSATIVE, Case.GENITIVE), 1, ""),
    ("ичем", Gender.MALE, (Case.INSTRUMENTAL,), 2, ""),
    ("иче", Gender.MALE, (Case.PREPOSITIONAL,), 1, ""),
    ("вне", Gender.FEMALE, (Case.DATIVE, Case.PREPOSITIONAL), 1, "а"),
    ("вну", Gender.FEMALE, (Case.ACCUSATIVE,), 1, "а"),
    ("вны", Gender.FEMALE, (Case.GENITIVE,), 1, "а"),
    ("вной", Gender.FEMALE, (Case.INSTRUMENTAL,), 2, "а"),
    ("ичне", Gender.FEMALE, (Case.DATIVE, Case.PREPOSITIONAL), 1, "а"),
    ("ичну", Gender.FEMALE, (Case.ACCUSATIVE,), 1, "а"),
    ("ичны", Gender.FEMALE, (Case.GENITIVE,), 1, "а"),
    ("ичной", Gender.FEMALE, (Case.INSTRUMENTAL,), 2, "а"),
    ("иничне", Gender.FEMALE, (Case.DATIVE, Case.PREPOSITIONAL), 1, "а"),
)
_IMPOSSIBLE = re.compile(
    r"[ьйоеиуыэюя]а$|[ьй]ь$|[бвгджзклмнпрстфхцчшщьъ]й$|[аоуыэ]ь$|[гкхжчшщц]я$|[гкхжшчщ]ы$", re.IGNORECASE
)
_NOMINATIVE_PATRONYMIC = re.compile(r"(?:вич|[иь]ич|вна|ична|оглы|улы|ұлы|кызы|қызы|гызы)$", re.IGNORECASE)
_ENDINGS = ("", "а", "я", "ь", "й", "ий", "ый", "ой", "ая", "яя", "ия", "ья", "ея")
# Adjectives among women's surnames in «-ой»: the rest in «-овой», «-евой», «-иной» come from «-ова», «-ева», «-ина».
_ADJECTIVE_STEMS = frozenset(
    [
        "полев",
        "лугов",
        "берегов",
        "яров",
        "садов",
        "степов",
        "верхов",
        "дубов",
        "грушев",
        "боров",
        "торгов",
        "кошев",
        "соснов",
        "кленов",
        "вербов",
        "терлов",
        "рядов",
        "лесов",
    ]
)
_POST_WORDS = [
    "учитель",
    "воспитатель",
    "преподаватель",
    "руководитель",
    "педагог",
    "методист",
    "инструктор",
    "тренер",
    "директор",
    "заместитель",
    "заведующий",
    "заведующая",
    "концертмейстер",
    "логопед",
    "дефектолог",
    "психолог",
    "организатор",
    "библиотекарь",
    "советник",
    "тьютор",
    "мастер",
    "вожатый",
    "начальник",
    "помощник",
    "старший",
    "старшая",
    "младший",
    "социальный",
    "музыкальный",
    "главный",
    "ведущий",
    "школьный",
    "хореограф",
    "аккомпаниатор",
    "балетмейстер",
    "хормейстер",
    "наставник",
    "сурдопедагог",
    "тифлопедагог",
    "олигофренопедагог",
    "исполняющий",
]


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@lru_cache(maxsize=20_000)
def _declined(part: NamePart, gender: Gender, case: Case, word: str) -> str:
    return str(_maker().make(part, gender, case, word))


def _same(one: str, other: str) -> bool:
    return one.casefold().replace("ё", "е") == other.casefold().replace("ё", "е")


def _fluent(stem: str) -> Iterator[str]:
    """Stems with the vowel that a declension drops: Павл → Павел, Льв → Лев."""
    if len(stem) >= 3:
        for vowel in "ео":
            yield f"{stem[:-1]}{vowel}{stem[-1]}"
    if stem.endswith("ь") or "ь" in stem[-2:]:
        yield stem.replace("ь", "е")


def _candidates(word: str) -> Iterator[str]:
    for cut in range(4):
        stem = word[: len(word) - cut]
        if len(stem) < 2:
            return
        yield from (found for ending in _ENDINGS if not _IMPOSSIBLE.search(found := stem + ending))
        yield from _fluent(stem)


def _rank(candidate: str, word: str, part: NamePart, gender: Gender) -> tuple[int, int, int]:
    """Smaller is likelier: a changed form before an unchanged one, an ending usual for the sex before another."""
    low = candidate.casefold()
    if part is NamePart.LASTNAME:
        usual = _usual_surname(low, gender)
    elif gender is Gender.FEMALE:
        usual = 0 if low.endswith(("овь", "ель")) else 1 if low.endswith(("а", "я")) else 2 if low.endswith("ь") else 3
    else:
        usual = 0 if low[-1] not in "аяоеиуыюэ" else 1 if low[-1] in "ая" else 3
    return (usual, 1 if candidate == word else 0, abs(len(word) - len(candidate)))


def _usual_surname(low: str, gender: Gender) -> int:
    if low.endswith(("дзе", "швили")):
        return 0
    if gender is Gender.MALE:
        return 0 if re.search(r"(?:[оеё]в|[иы]н|[сц]кий)$", low) else 1 if low[-1] not in "аеиоуы" else 2
    if low.endswith(("ая", "яя")):
        adjective = re.search(r"(?:[сц]кая|хая|стая|няя)$", low) or low[:-2].replace("ё", "е") in _ADJECTIVE_STEMS
        return 0 if adjective else 3
    if low.endswith("а") and low[:-1].replace("ё", "е") in _ADJECTIVE_STEMS:
        return 4
    if re.search(r"(?:[оеё]ва|[иы]на)$", low):
        return 1
    return 2


def _back(word: str, part: NamePart, gender: Gender, cases: Iterable[Case]) -> str:
    """The likeliest nominative that declines into ``word``; the word itself when nothing does."""
    if "-" in word and part is not NamePart.MIDDLENAME:
        return "-".join(_back(piece, part, gender, cases) for piece in word.split("-"))
    fitting = {
        candidate
        for case in cases
        for candidate in _candidates(word)
        if _same(_declined(part, gender, case, candidate), word)
    }
    return min(fitting, key=lambda item: (_rank(item, word, part, gender), item)) if fitting else word


def _patronymic(word: str) -> tuple[str, Gender, tuple[Case, ...]] | None:
    low = word.casefold()
    if _NOMINATIVE_PATRONYMIC.search(low):
        return None
    for ending, gender, cases, cut, added in _PATRONYMICS:
        if low.endswith(ending):
            return word[:-cut] + added, gender, cases
    return None


@lru_cache(maxsize=5000)
def nominative(surname: str, name: str = "", patronymic: str = "", case_of_post: str = "") -> tuple[str, str, str]:
    """The three parts of a name in the nominative; a name that is in the nominative comes back unchanged.

    ``case_of_post`` is what ``post_nominative`` found; it decides when the patronymic is an initial or absent.
    """
    if len(patronymic) > 2:
        known = _patronymic(patronymic)
        if known is None:
            return surname, name, patronymic
        plain, gender, cases = known
        first = _back(name, NamePart.FIRSTNAME, gender, cases) if len(name) > 1 else name
        return _back(surname, NamePart.LASTNAME, gender, cases), first, plain
    if case_of_post in {"", NOMINATIVE}:
        return surname, name, patronymic
    cases = tuple(case for case in OBLIQUE if case.name.casefold() in case_of_post.split("|"))
    gender = _sex_by_surname(surname)
    first = _back(name, NamePart.FIRSTNAME, gender, cases) if len(name) > 1 else name
    return _back(surname, NamePart.LASTNAME, gender, cases), first, patronymic


def _sex_by_surname(surname: str) -> Gender:
    """Women's surnames in an oblique case end in «-ой», «-ей», «-ую»; men's do not."""
    low = surname.casefold()
    return Gender.FEMALE if low.endswith(("ой", "ую", "юю", "ей")) else Gender.MALE


def _post_forms(word: str) -> Iterator[tuple[str, str]]:
    """Forms of a masculine noun or adjective of a post with the cases they may be."""
    if word.endswith(("ий", "ый", "ой")):
        soft = "е" if word.endswith(("щий", "ший")) else "о"
        stem = word[:-2]
        vowel = "и" if word.endswith("ий") else "ы"
        yield from (
            (f"{stem}{soft}го", "genitive|accusative"),
            (f"{stem}{soft}му", "dative"),
            (f"{stem}{vowel}м", "instrumental"),
        )
    elif word.endswith("ая"):
        yield from ((f"{word[:-2]}ей", "dative|genitive|instrumental"), (f"{word[:-2]}ую", "accusative"))
    elif word.endswith("ь"):
        stem = word[:-1]
        yield from ((f"{stem}я", "genitive|accusative"), (f"{stem}ю", "dative"), (f"{stem}ем", "instrumental"))
    else:
        yield from ((f"{word}а", "genitive|accusative"), (f"{word}у", "dative"), (f"{word}ом", "instrumental"))


@lru_cache(maxsize=1)
def _post_table() -> dict[str, tuple[str, str]]:
    table = {form: (word, case) for word in _POST_WORDS for form, case in _post_forms(word)}
    table.update({word: (word, NOMINATIVE) for word in _POST_WORDS})
    return table


@lru_cache(maxsize=5000)
def post_nominative(post: str) -> tuple[str, str]:
    """A post in the nominative and the case it was in («nominative», «dative», «genitive|accusative», "" = unknown).

    Only the leading words are changed («старшему воспитателю» → «старший воспитатель»): what depends on them
    («начальных классов») stays as written.
    """
    words, found = post.split(" "), ""
    for index, word in enumerate(words):
        pieces = word.split("-")
        known = [_post_table().get(piece.casefold().rstrip(",;")) for piece in pieces]
        if known[0] is None:
            break
        found = found or known[0][1]
        tail = word[len(word.rstrip(",;")) :]
        words[index] = "-".join(pair[0] if pair else piece for pair, piece in zip(known, pieces, strict=True)) + tail
        if not known[0][0].endswith(("ий", "ый", "шая")) or known[0][0] == "заведующий":
            break
    return " ".join(words), found


def is_post_word(word: str) -> bool:
    """True for a word that may begin a post, in any case."""
    return word.casefold().rstrip(",;").split("-")[0] in _post_table()
