"""What a heading of a column means: vocabulary of the field (data) and rules of matching (general).

A heading is unwrapped (line breaks, hyphenation, dots), cut into tokens and compared with the phrases of
``resources/import/headings.toml``. A sub-caption («год» under «Курсы 1») is read within the theme of its group.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.words import fold, repair

VOCABULARY_FILE = Path(__file__).resolve().parents[2] / "resources" / "import" / "headings.toml"
LONGEST_HEADING = 260
SURE = 0.58
SURE_CAPTION = 0.8
# Fields whose column may hold several facts, listed in its heading; fields whose heading stands over a group.
LISTED_FIELDS = frozenset(
    {"courses", "category", "education", "experience", "institution", "retraining", "category_order"}
)
MAIN_FIELDS = ("courses", "category", "education", "experience", "meeting", "post", "extra_post")

_BREAK = re.compile(r"(?<=\w)[-‐‑–]\s*\n\s*(?=\w)|\xad")
_INNER_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
# «спец-ть», «обр-е»: the middle of a word left out; the tilde keeps the place.
_LEFT_OUT = re.compile(r"\b(\w{2,6})[-‐‑](\w{1,4})\b")
_INITIALS = re.compile(r"\b(\w)\s?\.\s?(\w)\s?\.\s?(?:(\w)\b\.?)?")
_PARENTHESES = re.compile(r"\(([^)]*)\)?")
_SPACED = re.compile(r"\b(?:\w ){3,}\w\b")
_TOKEN = re.compile(r"№|[\w~]+")
_LETTERS_APART = re.compile(r"\b([фіi]) ([иі]) ([оo])\b")
_STOP = frozenset(
    [
        "и",
        "или",
        "в",
        "во",
        "на",
        "по",
        "с",
        "со",
        "о",
        "об",
        "от",
        "до",
        "за",
        "к",
        "ко",
        "у",
        "а",
        "из",
        "для",
        "при",
        "без",
        "если",
        "то",
    ]
)
_KEPT_STOP = frozenset({"от", "до", "с", "по"})
_WEAK = frozenset(
    [
        "работника",
        "работников",
        "педагога",
        "педагогов",
        "педагогического",
        "педагогических",
        "преподавателя",
        "учителя",
        "учителей",
        "сотрудника",
        "полностью",
        "последние",
        "последних",
        "сведения",
        "данные",
        "наименование",
        "информация",
        "наличии",
        "имеющаяся",
        "текущая",
        "год",
        "уч",
        "при",
        "слушателя",
        "обучающегося",
        "фактически",
        "лет",
        "годы",
        "имеется",
        "наличие",
        "название",
        "кв",
        "квалификационная",
        "квалификационной",
        "квалификационную",
        "квалификационных",
        "квал",
        "квалиф",
        "какой",
        "какая",
        "какую",
        "который",
        "которая",
        "которую",
        "каком",
        "проведения",
        "прохождения",
    ]
)


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of the vocabulary: whole headings, captions under a group of its theme, kinds that have it."""

    field: str
    phrases: tuple[tuple[str, ...], ...]
    captions: tuple[tuple[str, ...], ...]
    theme: str
    kinds: frozenset[TableKind]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading may mean; ``score`` is 0…1."""

    field: str
    score: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All fields known to the importer, in the order of the file (the first of equals wins)."""

    fields: tuple[FieldWords, ...]

    def of_kind(self, kind: TableKind) -> Vocabulary:
        """Only the fields a table of this kind may have."""
        return _of_kind(self, kind)

    def theme_of(self, field: str) -> str:
        """Theme (group of columns) a field belongs to, "" when it stands alone."""
        return next((words.theme for words in self.fields if words.field == field), "")

    def guess(self, heading: str, group: str = "") -> Guess:
        """The best field for a heading; ``group`` is the caption merged over it and its neighbours."""
        return _guess(self, heading, group)

    def captions(self, heading: str) -> tuple[Guess, ...]:
        """Fields for which the heading alone is a caption of their theme («год», «дата»), best first."""
        tokens = heading_tokens(heading)
        found = (Guess(words.field, _best(words.captions, tokens)) for words in self.fields)
        return tuple(sorted((one for one in found if one.score >= SURE_CAPTION), key=lambda one: -one.score))


def field_titles(kind: TableKind) -> dict[str, str]:
    """Fields a table of this kind may have and what the import window calls them, in the order of the vocabulary."""
    return {words.field: words.title for words in load_vocabulary().of_kind(kind).fields}


@lru_cache(maxsize=64)
def _of_kind(vocabulary: Vocabulary, kind: TableKind) -> Vocabulary:
    return Vocabulary(tuple(words for words in vocabulary.fields if not words.kinds or kind in words.kinds))


@lru_cache(maxsize=4)
def load_vocabulary(path: Path = VOCABULARY_FILE) -> Vocabulary:
    """Read the vocabulary of headings; a ``[field]`` table has ``words``, ``captions``, ``theme`` and ``kinds``."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    return Vocabulary(
        tuple(
            FieldWords(
                field=name,
                phrases=_phrases(entry.get("words", ())),
                captions=_phrases(entry.get("captions", ())),
                theme=entry.get("theme", ""),
                kinds=frozenset(TableKind(kind) for kind in entry.get("kinds", ())),
                title=entry.get("title", name),
            )
            for name, entry in data.items()
        )
    )


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(dict.fromkeys(token for token, _ in heading_tokens(text))) for text in texts)


def unwrap(text: str) -> str:
    """One line: hyphenation of line ends joined, look-alike letters mended, letters set apart joined."""
    text = repair(_BREAK.sub("", text).replace("\n", " "))
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text)


@lru_cache(maxsize=8192)
def heading_tokens(text: str) -> tuple[tuple[str, float], ...]:
    """Tokens of a heading with weights: words in parentheses and filler words weigh little."""
    if len(text) > LONGEST_HEADING:
        return ()
    line = _INNER_HYPHEN.sub("", _LEFT_OUT.sub(r"\1~\2", unwrap(text).casefold()))
    line = _INITIALS.sub(lambda found: "".join(part or "" for part in found.groups()) + " ", line)
    line = _LETTERS_APART.sub("фио", line).replace("д/р", "др")
    line = line.replace("п/п", "№").replace("№№", "№").replace("#", "№")
    inside = " ".join(_PARENTHESES.findall(line))
    outside = _PARENTHESES.sub(" ", line)
    tokens = [*_weighted(outside, 1.0), *_weighted(inside, 0.25 if outside.strip(" №") else 1.0)]
    return tuple(dict(reversed(tokens)).items())[::-1]


def _weighted(text: str, weight: float) -> list[tuple[str, float]]:
    words = [
        word if word == "№" else fold(word.replace("~", "-")) for word in _TOKEN.findall(text) if not word.isdigit()
    ]
    kept = [word for word in words if word not in _STOP or word in _KEPT_STOP]
    return [(word, weight * (0.3 if word in _WEAK or word in _KEPT_STOP else 1.0)) for word in kept]


@lru_cache(maxsize=65536)
def _alike(token: str, word: str) -> float:
    """How well a token of a heading stands for a word of the vocabulary."""
    if token == word:
        return 1.0
    if "-" in token:
        head, _, tail = token.partition("-")
        short = word.startswith(head) and word.endswith(tail) and len(word) > len(head) + len(tail)
        return 0.95 if short else _alike(head + tail, word)
    word = word.replace("-", "")
    shorter, longer = sorted((len(token), len(word)))
    if shorter < 2:
        return 0.0
    common = 0
    while common < shorter and token[common] == word[common]:
        common += 1
    if common == len(token) and common >= 2:
        return 0.93 if common >= 3 else 0.85
    if common >= 4 and common >= shorter - 3 and longer - common <= 4:
        return 0.92
    if common == len(word) >= 3 and len(token) == common + 1:
        return 0.9
    if shorter >= 6 and Levenshtein.distance(token, word, score_cutoff=1) <= 1:
        return 0.85
    return 0.0


class _Met(dict[str, tuple[tuple[str, float], float]]):
    """The token of a heading that stands best for a word, and how well; the same words stand in many phrases."""

    def __init__(self, tokens: tuple[tuple[str, float], ...]) -> None:
        super().__init__()
        self.tokens = tokens
        self.total = sum(weight for _, weight in tokens)

    def __missing__(self, word: str) -> tuple[tuple[str, float], float]:
        found = max(((pair, _alike(pair[0], word)) for pair in self.tokens), key=lambda one: one[1])
        self[word] = found
        return found


def _phrase_score(phrase: tuple[str, ...], met: _Met) -> float:
    if not phrase:
        return 0.0
    quality = covered = 0.0
    used: set[str] = set()
    for word in phrase:
        best, score = met[word]
        if score < 0.8:
            return 0.0
        quality += score
        if best[0] not in used:
            used.add(best[0])
            covered += best[1]
    return quality / len(phrase) * (0.3 + 0.7 * min(1.0, covered / met.total))


def _best(phrases: tuple[tuple[str, ...], ...], tokens: tuple[tuple[str, float], ...]) -> float:
    met = _met(tokens)
    return max((_phrase_score(phrase, met) for phrase in phrases), default=0.0) if met.total else 0.0


@lru_cache(maxsize=4096)
def _met(tokens: tuple[tuple[str, float], ...]) -> _Met:
    return _Met(tokens)


@lru_cache(maxsize=16384)
def _guess(vocabulary: Vocabulary, heading: str, group: str) -> Guess:
    if group:
        return _guess_in_group(vocabulary, heading, group)
    tokens = heading_tokens(heading)
    best = Guess("", 0.0)
    for words in vocabulary.fields:
        score = _best(words.phrases, tokens)
        if score > best.score + 1e-6:
            best = Guess(words.field, score)
    listed = _guess_listed(vocabulary, heading)
    apart = listed if listed.field else _guess_joined(vocabulary, heading)
    if apart.score > best.score + 1e-6:
        best = apart
    return best if best.score >= SURE else Guess("", best.score)


def _guess_listed(vocabulary: Vocabulary, heading: str) -> Guess:
    """«Категория, дата присвоения, номер приказа»: a list that begins with a whole fact is a column of mixed cells."""
    first, comma, rest = _PARENTHESES.sub(" ", heading).partition(",")
    if not comma or rest.lstrip().lower().startswith("котор"):
        return Guess("", 0.0)
    guess = _guess(vocabulary, first, "")
    return Guess(guess.field, 0.975) if guess.field in LISTED_FIELDS and guess.score >= 0.8 else Guess("", 0.0)


def _guess_joined(vocabulary: Vocabulary, heading: str) -> Guess:
    """«Курсы 1 часы», «Категория: дата присвоения»: a group and a caption written as one heading."""
    tokens = tuple(pair for pair in heading_tokens(heading) if pair[1] >= 0.3)
    best = Guess("", 0.0)
    for cut in range(1, len(tokens)):
        theme = max(((_group_score(vocabulary, name, tokens[:cut]), name) for name in MAIN_FIELDS), default=(0.0, ""))
        if theme[0] < 0.9:
            continue
        for words in vocabulary.fields:
            if words.theme == vocabulary.theme_of(theme[1]) and words.field != theme[1]:
                score = 0.97 * min(theme[0], _best(words.captions, tokens[cut:]))
                if score > best.score + 1e-6:
                    best = Guess(words.field, score)
    return best


def _group_score(vocabulary: Vocabulary, name: str, tokens: tuple[tuple[str, float], ...]) -> float:
    return max((_best(words.phrases, tokens) for words in vocabulary.fields if words.field == name), default=0.0)


def _guess_in_group(vocabulary: Vocabulary, heading: str, group: str) -> Guess:
    """A caption under a group: the theme of the group first, the joined words and the caption alone after it."""
    theme = vocabulary.theme_of(_guess(vocabulary, group, "").field)
    tokens = heading_tokens(heading)
    best = Guess("", 0.0)
    for words in vocabulary.fields:
        if theme and words.theme == theme:
            score = 1.05 * max(_best(words.captions, tokens), 0.95 * _best(words.phrases, tokens))
            if score > best.score + 1e-6:
                best = Guess(words.field, min(1.0, score))
    for one in (_guess(vocabulary, f"{group} {heading}", ""), _guess(vocabulary, heading, "")):
        if one.field and one.score > best.score + 0.05:
            best = one
    return best if best.score >= SURE else Guess("", best.score)
