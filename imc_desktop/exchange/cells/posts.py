"""Posts and subjects as papers write them: «зам. директора по УВР, учитель истории», «уч. нач. кл.»."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.papers import PostIn
from imc_desktop.exchange.cells.category import strip_category
from imc_desktop.exchange.cells.common import DATE, is_no_value, low, strip_ends, text_of
from imc_desktop.exchange.cells.simple import employment_in, parse_rate
from imc_desktop.exchange.grid import Cell

VOCABULARY_FILE = Path(__file__).resolve().parents[3] / "resources" / "import" / "posts.toml"

_RATE = re.compile(
    r"(?:на\s+)?(?<!\d)(?P<r>\d{1,2}(?:[.,]\d{1,4})?|пол(?:торы)?|\d/\d)\s*-?\s*(?:став\w*|ст\.|ст(?![а-я])|шт\.?\s*ед\w*\.?)|(?:став\w*)\s*[:=-]?\s*(?P<r2>\d{1,2}(?:[.,]\d{1,4})?)"
)
_RATE_IN_BRACKETS = re.compile(r"\(\s*(?P<r>[01][.,]\d{1,2})(?P<r2>)\s*\)")
_CLASSES = re.compile(
    r"\(?\s*(?P<c>\d{1,2})(?:\s*[-,–]\s*\d{1,2})*\s*[«\"]?[а-я]?[»\"]?\s*(?:кл\.|кл(?![а-я])|класс\w*)\s*\)?"
)
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_EMPLOYMENT = re.compile(
    r"\(?(?:(?:внутр\w*|внеш\w*)\.?\s*)?(?:(?:по\s+)?(?:совмест\w*|совмещ\w*)|совм\.|с/м|внутр\w*\.?\s*совм\.?|внеш\w*\.?\s*совм\.?)\.?\)?"
    r"|\(?\s*(?:основн\w+(?:\s+(?:работа|место(?:\s+работы)?|сотрудник\w*))?|осн\.)\s*\)?(?=$|[,;)\s])"
)
_SINCE = re.compile(rf"(?<![а-я])с\s+(?P<d>{DATE}|(?:19|20)\d\d)(?:\s*г(?:\.|ода)?)?")
_SEPARATOR = re.compile(
    r"\s*[;\n]\s*|\s*(?<!\d),\s*(?![^()]*\))|\s*,(?!\d)\s*(?![^()]*\))|\s*\+\s*|\s+/\s+|(?<=[а-я])/(?=[а-я]{4,})"
)
_AND = re.compile(r"\s+(?:и|а также)\s+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[•*-])\s*(?=[а-яa-z])", re.IGNORECASE)
_ANY_LANGUAGE = "иностранный язык"
_JOINED = {
    ("русский язык", "литература"): "русский язык и литература",
    ("история", "обществознание"): "история и обществознание",
    ("родной язык", "литература"): "родной язык и литература",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns of posts and subjects with their normal forms."""

    posts: tuple[tuple[re.Pattern[str], str], ...]
    subjects: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def vocabulary(path: Path = VOCABULARY_FILE) -> Vocabulary:
    """The table of ``resources/import/posts.toml``."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    return Vocabulary(_compiled(table["posts"]), _compiled(table["subjects"]))


def _compiled(table: dict[str, list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![а-яa-z])(?:{pattern})(?:(?<=\.)|(?![а-яa-z]))"), name)
        for name, patterns in table.items()
        for pattern in patterns
    )


def parse_posts(cell: Cell) -> tuple[PostIn, ...]:
    """Posts of a cell with their subjects, rate and kind of employment; () when the cell is empty.

    A post nobody knows keeps its own words. Subjects written before any post give a PostIn without a post.
    """
    text = text_of(cell)
    return () if is_no_value(text) else _posts(text)


def parse_subjects(cell: Cell) -> tuple[str, ...]:
    """Subjects of a cell in normal form, each once; unknown ones keep their own words."""
    text = text_of(cell)
    return () if is_no_value(text) else _subjects(text)


def parse_post_or_subjects(cell: Cell) -> tuple[tuple[PostIn, ...], tuple[str, ...]]:
    """A cell of a column «предмет» where posts are met too («социальный педагог»): posts named, subjects left."""
    text = text_of(cell)
    if is_no_value(text):
        return (), ()
    posts = tuple(post for post in _posts(text) if post.post and is_known_post(post.post))
    return (posts, ()) if posts else ((), _subjects(text))


def is_known_post(text: str) -> bool:
    """True when a text begins with a post of the vocabulary."""
    return _match_post(low(text).strip(" .,")) is not None


def is_known_subject(text: str) -> bool:
    """True when a text holds nothing but subjects of the vocabulary."""
    return bool(_known_subjects(text))


def normal_post(text: str) -> str:
    """The normal form of one post; unknown words come back with a small first letter."""
    posts = _posts(text) if text else ()
    return posts[0].post if posts else ""


@lru_cache(maxsize=16384)
def _posts(text: str) -> tuple[PostIn, ...]:
    result: list[PostIn] = []
    for part in _parts(text):
        _add_part(result, part)
    return tuple(dict.fromkeys(result))


def _parts(text: str) -> list[str]:
    """Pieces of a cell; «и» divides only before another post."""
    pieces: list[str] = []
    for piece in _SEPARATOR.split(_category_out(text)):
        line = _NUMBERING.sub("", piece).strip()
        start = 0
        for found in _AND.finditer(line):
            if _match_post(low(line[found.end() :])):
                pieces.append(line[start : found.start()])
                start = found.end()
        pieces.append(line[start:])
    return [part for part in (piece.strip(" ,;") for piece in pieces) if part.strip(" .")]


def _category_out(text: str) -> str:
    return "\n".join(strip_category(line)[0] for line in text.split("\n"))


def _add_part(result: list[PostIn], part: str) -> None:
    """A post begins a PostIn; a subject, a rate or «внешний совместитель» belongs to the post before it."""
    bare, marks = _take_marks(part)
    if bare:
        found = _match_post(low(bare))
        subjects = () if found else _known_subjects(bare)
        if found or not (subjects or (result and _is_remark(bare))):
            result.append(_post(bare, found))
        elif subjects and result:
            result[-1] = replace(result[-1], subjects=_joined((*result[-1].subjects, *subjects)))
        elif subjects:
            result.append(PostIn("", subjects))
    if marks and result:
        last = result[-1]
        result[-1] = replace(
            last, kind=marks.kind or last.kind, rate=marks.rate or last.rate, since=marks.since or last.since
        )


def _is_remark(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"[\W\d]*|\([^)]*\)|классн\w+ рук\w*\.?|(?:на\s+)?(?:полную|неполную)\s+ставку|декрет\w*|д/о|отпуск.*",
            low(text),
        )
    )


def _take_marks(part: str) -> tuple[str, PostIn | None]:
    """A piece without rate, employment and date of hiring, and these as a PostIn; None when there are none."""
    small = low(part)
    marks = PostIn("")
    for pattern in (_RATE, _RATE_IN_BRACKETS, _EMPLOYMENT, _SINCE):
        found = pattern.search(small)
        if not found:
            continue
        if pattern in (_RATE, _RATE_IN_BRACKETS):
            marks = replace(marks, rate=_rate(found["r"] or found["r2"]))
        elif pattern is _EMPLOYMENT:
            marks = replace(marks, kind=employment_in(found[0]))
        else:
            marks = replace(marks, since=parse_day(found["d"]))
        part = part[: found.start()] + " " + part[found.end() :]
        small = low(part)
    return strip_ends(part), marks if marks != PostIn("") else None


def _rate(text: str) -> str:
    try:
        return parse_rate(text)
    except ValueError:
        return ""


def _match_post(small: str) -> tuple[str, int] | None:
    """The longest post a text of small letters begins with, and where it ends."""
    small = small.translate(_KAZAKH)
    best: tuple[str, int] | None = None
    for pattern, name in vocabulary().posts:
        found = pattern.match(small)
        if found and (best is None or found.end() > best[1]):
            best = name, found.end()
    return best


def _post(text: str, found: tuple[str, int] | None) -> PostIn:
    if not found:
        return PostIn(_small_first(text))
    name, end = found
    tail = text[end:].strip(" ,-–—").lstrip(". ")
    inside = _BRACKETS.search(tail)
    if inside:
        subjects = _subjects(inside[1]) if _known_subjects(inside[1]) else ()
        return PostIn(name, _joined((*_known_subjects(_BRACKETS.sub(" ", tail)), *subjects)))
    subjects = _known_subjects(tail)
    if (
        tail
        and not subjects
        and name
        in {"учитель", "преподаватель", "педагог", "заместитель директора", "руководитель", "заместитель руководителя"}
    ):
        return PostIn(_small_first(text))
    return PostIn(name, subjects)


def _small_first(text: str) -> str:
    """«Секретарь» → «секретарь», an abbreviation stays."""
    first = text.split(maxsplit=1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


@lru_cache(maxsize=16384)
def _subjects(text: str) -> tuple[str, ...]:
    result: list[str] = []
    for piece in re.split(r"[;\n]|,(?![^()]*\))|\s\+\s", text):
        part = strip_ends(_NUMBERING.sub("", piece))
        if part and not is_no_value(part):
            known = _known_subjects(part)
            result.extend(known or (part.rstrip(" ."),))
    return _joined(tuple(result))


@lru_cache(maxsize=16384)
def _known_subjects(text: str) -> tuple[str, ...]:
    """Subjects when a text holds nothing but known ones and what stands between them, else ()."""
    small = low(text).translate(_KAZAKH)
    classes = _CLASSES.search(small)
    if classes:
        small = small[: classes.start()] + small[classes.end() :]
        if not small.strip(" ,.-"):
            return ("начальные классы",) if int(classes["c"]) <= 4 else ()
    small = small.strip(" ,-")
    found: list[str] = []
    place = 0
    while place < len(small):
        gap = re.match(r"(?:[\s,.;/+()-]|(?:и|по|предмет\w*|учебн\w+|дисциплин\w*)(?![а-я]))+", small[place:])
        if gap:
            place += gap.end()
            continue
        best: tuple[str, int] | None = None
        for pattern, name in vocabulary().subjects:
            match = pattern.match(small, place)
            if match and (best is None or match.end() > best[1]):
                best = name, match.end()
        if best is None or best[1] == place:
            return ()
        found.append(best[0])
        place = best[1]
    return _joined(tuple(found))


def _joined(subjects: tuple[str, ...]) -> tuple[str, ...]:
    """Subjects each once, «русский язык» and «литература» as the one subject they are."""
    left = list(dict.fromkeys(subjects))
    for (one, other), both in _JOINED.items():
        if one in left and other in left:
            left[left.index(one)] = both
            left.remove(other)
    if _ANY_LANGUAGE in left and any(subject.endswith(" язык") and subject != _ANY_LANGUAGE for subject in left):
        left.remove(_ANY_LANGUAGE)
    return tuple(dict.fromkeys(left))
