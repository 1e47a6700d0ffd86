"""Qualification categories as papers write them: words, codes, act, day of the decision, term."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName
from imc_desktop.domain.papers import CategoryIn
from imc_desktop.exchange.cells.category_words import (
    ANY,
    IN_POST,
    LONG_WORDS,
    PATTERNS,
    POST_WORDS,
    UNCLEAR,
    WHOLE_CELL,
)
from imc_desktop.exchange.cells.common import (
    DATE,
    MONTH_WORDS,
    WORD_DATE,
    YEAR_TAIL,
    is_no_value,
    low,
    one_line,
    strip_ends,
    text_of,
)
from imc_desktop.exchange.grid import Cell

_ALMOST = 80

_ACT = re.compile(
    r"(?P<word>приказ\w*|пр(?:\.|(?=\s*№))|распоряжени\w*|расп\.|протокол\w*|прот\.|решени\w*|бұйрық\w*|буйрык\w*)(?P<rest>[^;\n]*)"
)
_NUMBER = re.compile(r"(?:№+|\bn\b|#|номер)\s*(?P<n>[\wа-я][\w/.\\-]*(?:\s?-\s?[\wа-я]+)?)")
_BARE_NUMBER = re.compile(r"^\s*(?P<n>\d[\w/-]*)(?=\s*(?:от|,|$))")
_YEAR = rf"(?<![\d./-])(?:19|20)\d\d(?![\d./-]){YEAR_TAIL}"
_MONTH = r"(?<![\d.])(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d)"
_ANY_DATE = rf"(?:{DATE}|{WORD_DATE}|{_MONTH}|{MONTH_WORDS}\s+(?:19|20)\d\d|{_YEAR})"
_DATE = re.compile(_ANY_DATE)
_UNTIL = re.compile(
    rf"(?:действ\w*\s*)?(?:срок\w*\s*(?:действия\s*)?)?(?<![а-я])(?:до|по(?=\s*[\d«\"]))\s*:?\s*(?P<d>{_ANY_DATE})"
)
_TERM_ENDS = re.compile(rf"срок\w*\s*действия\s*[:-]?\s*(?P<d>{_ANY_DATE})(?!\s*(?:-|по|до))")
_RANGE = re.compile(
    rf"(?P<a>{DATE}|(?<!\d)(?:19|20)\d\d){YEAR_TAIL}\s*-\s*(?P<d>{DATE}|(?:19|20)\d\d(?!\d)){YEAR_TAIL}"
)
_OPEN = re.compile(r"бессроч\w*|без\s+(?:огранич\w*\s+)?срок\w*")
_POST_IN_BRACKETS = re.compile(r"\((?P<p>[^()\d]{4,})\)")
_POST_AFTER = re.compile(r"по должности\s*[:-]?\s*[«\"]?(?P<p>[а-я][а-я -]{3,}[а-я])[»\"]?")
_POST_NEXT = re.compile(r"\s*(?:[-:]\s*)?(?:по должности\s+)?(?P<p>[а-я][а-я -]{4,40}?)\s*(?=[,;(]|$)")
_NOT_A_POST = re.compile(
    r"приказ|протокол|аттестац|распоряж|квалиф|категор|бессроч|действ|подтвержд|присвоен|установл|продлен|декрет|стаж|срок"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A category named at a place of a text."""

    category: CategoryName
    start: int
    end: int


def parse_category(cell: Cell, *, post: str = "") -> CategoryIn | None:
    """The (first) category of a cell; None when the cell is empty, ValueError when its words are not understood.

    «-», «нет», «б/к» are CategoryName.NONE. The act's date is ``act_date``; ``decision_date`` is only what the paper
    itself calls the day of the decision or leaves unnamed. ``post`` is used when the cell names none.
    """
    found = parse_categories(cell, post=post)
    return found[0] if found else None


def parse_categories(cell: Cell, *, post: str = "") -> tuple[CategoryIn, ...]:
    """All categories of a cell («высшая (учитель), первая (педагог-психолог)»), each with its own act and dates."""
    text = one_line(text_of(cell))
    if not text:
        return ()
    return _categories(text, post)


@lru_cache(maxsize=32768)
def _categories(text: str, post: str) -> tuple[CategoryIn, ...]:
    text = text.strip(" ;")
    small = low(text)
    if is_no_value(small):
        return (CategoryIn(CategoryName.NONE, post),)
    whole = WHOLE_CELL.get(re.sub(r"[\s.,;-]", "", small))
    if whole:
        return (CategoryIn(whole, post),)
    if UNCLEAR.match(small):
        raise ValueError("неясно, высшая или первая категория")
    places = _places(small) or _almost(small)
    if not places:
        raise ValueError("категория не распознана")
    if len(places) == 1:
        return (_with_facts(places[0], *_around(places[0], small, text), post),)
    starts = [0, *(place.end for place in places)]
    found = []
    for number, (place, end) in enumerate(
        zip(places, [*(place.start for place in places[1:]), len(text)], strict=True)
    ):
        before = _post_before(text[starts[number] : place.start])
        found.append(_with_facts(place, small[place.end : end], text[place.end : end], before or post))
    return tuple(dict.fromkeys(found))


def _post_before(text: str) -> str:
    """«учитель - » before a category: the post it is for."""
    found = re.search(r"([А-Яа-яЁё][А-Яа-яЁё\s-]{3,}?)\s*[-–—:]\s*$", text)
    return strip_ends(found[1]) if found and POST_WORDS.search(low(found[1])) else ""


def _places(small: str) -> list[_Place]:
    """Categories named in a text, neighbours of the same meaning joined («1 кв.кат. (первая)»)."""
    places: list[_Place] = []
    blocked = [(found.start(), found.end()) for found in _ACT.finditer(small)]
    for found in ANY.finditer(small):
        category = PATTERNS[int((found.lastgroup or "c0")[1:])][0]
        if any(start <= found.start() < end for start, end in blocked) and len(found[0]) < 5:
            continue
        place = _Place(category, found.start(), found.end())
        if (
            places
            and places[-1].category == category
            and not re.search(r"[;,]|\d{4}", small[places[-1].end : place.start])
        ):
            places[-1] = replace(places[-1], end=place.end)
        else:
            places.append(place)
    named = [place for place in places if place.category is not CategoryName.NONE]
    return (
        named
        if named and places[0].category is not CategoryName.NONE
        else places[:1]
        if places and not named
        else named or places
    )


def _almost(small: str) -> list[_Place]:
    """A category in a misspelt long word («высщая», «соответсвие»)."""
    for found in re.finditer(r"[а-я]{5,}", small):
        best = process.extractOne(found[0], LONG_WORDS.keys(), scorer=fuzz.ratio, score_cutoff=_ALMOST)
        if best:
            return [_Place(LONG_WORDS[best[0]], found.start(), found.end())]
    return []


def _around(place: _Place, small: str, text: str) -> tuple[str, str]:
    """What stands around the only category of a cell, after it first."""
    return f"{small[place.end :]} ; {small[: place.start]}", f"{text[place.end :]} ; {text[: place.start]}"


def _with_facts(place: _Place, small: str, original: str, post: str) -> CategoryIn:
    """The category with what stands after it: post, act, dates."""
    item = CategoryIn(place.category, _post_in(small, original) or post)
    if place.category is CategoryName.NONE:
        return replace(item, post=post)
    small, item = _take_term(small, item)
    act = _ACT.search(small)
    if act:
        item = _take_act(act, original, item)
        small = small[: act.start()]
    number = None if item.act_number else _NUMBER.search(small)
    if number:
        item = replace(item, act_number=original[number.start("n") : number.end("n")].rstrip(".,-"))
    bare = _without(small, number)
    day = _DATE.search(bare)
    if not day or item.decision_date:
        return item
    if number and re.search(r"(?:^|\s)от\s*$", bare[: day.start()]):
        return replace(item, act_date=_day(day[0]))
    return replace(item, decision_date=_day(day[0]))


def _without(text: str, number: re.Match[str] | None) -> str:
    """The text with the number of an act blanked: «969/01-07» is no date."""
    if number is None:
        return text
    return text[: number.start()] + " " * (number.end() - number.start()) + text[number.end() :]


def _take_term(small: str, item: CategoryIn) -> tuple[str, CategoryIn]:
    """The end of validity cut out of the text (replaced with spaces, so that places stay)."""
    found = _RANGE.search(small)
    if found:
        cut = small[: found.start()] + " " * (found.end() - found.start()) + small[found.end() :]
        return cut, replace(item, decision_date=_day(found["a"]), valid_until=_day(found["d"]))
    found = _OPEN.search(small)
    until = OPEN_ENDED if found else ""
    if not found:
        found = _UNTIL.search(small) or _TERM_ENDS.search(small)
        if found:
            until = _day(found["d"])
    if not found:
        return small, item
    cut = small[: found.start()] + " " * (found.end() - found.start()) + small[found.end() :]
    return cut, replace(item, valid_until=until)


def _take_act(act: re.Match[str], original: str, item: CategoryIn) -> CategoryIn:
    """Number, date and issuer of the act whose word was found; two dates = the act's first, then the decision's."""
    rest, shift = act["rest"], act.start("rest")
    number = _NUMBER.search(rest) or _BARE_NUMBER.search(rest)
    days = list(_DATE.finditer(_without(rest, number)))
    if number:
        item = replace(item, act_number=original[shift + number.start("n") : shift + number.end("n")].rstrip(".,-"))
    if days:
        item = replace(item, act_date=_day(days[0][0]))
    if len(days) > 1:
        item = replace(item, decision_date=_day(days[1][0]))
    first = min((found.start() for found in (number, *days[:1]) if found), default=len(rest))
    issuer = re.sub(r"(?:\s+от|\s+№)\s*$", "", original[shift : shift + first]).strip(" .,:-")
    return replace(item, issuer=issuer if len(issuer) > 2 else "")


def _day(text: str) -> str:
    return parse_day(re.sub(r"[«»\"]", "", text))


def _post_in(small: str, original: str) -> str:
    for pattern in (_POST_IN_BRACKETS, _POST_AFTER):
        for found in pattern.finditer(small):
            if not _NOT_A_POST.search(found["p"]) and not ANY.fullmatch(found["p"].strip()):
                return strip_ends(original[found.start("p") : found.end("p")])
    after = _POST_NEXT.match(small)
    if after and POST_WORDS.search(after["p"]):
        return strip_ends(original[after.start("p") : after.end("p")])
    return ""


def strip_category(text: str) -> tuple[str, CategoryIn | None]:
    """A post without the category written along with it: «Преподаватель, высшая квалификационная категория»."""
    return _strip_category(one_line(text))


@lru_cache(maxsize=32768)
def _strip_category(text: str) -> tuple[str, CategoryIn | None]:
    found = IN_POST.search(low(text))
    if not found or not found.start("c"):
        return text, None
    post = strip_ends(text[: found.start()])
    try:
        items = _categories(text[found.start("c") :].strip(" )"), "")
    except ValueError:
        return text, None
    return (post, items[0]) if post else (text, None)
