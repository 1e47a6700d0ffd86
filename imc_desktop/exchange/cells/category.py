"""Qualification categories as papers write them: words, codes, act, day of the decision, term."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.papers import OPEN_ENDED, CategoryIn
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

_C = CategoryName
_WORD_END = r"(?![а-яa-z])"
_WORD_START = r"(?<![а-яa-z])"
_KK = r"(?:\s*[-.]?\s*(?:я|ая|й|ой|ую|ю)(?![а-я]))?[\s.]*(?:(?:кв(?:алиф\w*)?[\s.]*)?(?:к(?:ат\w*)?(?![а-я])\.?|санат\w*)|кв\.?(?![а-я])\.?|квалиф\w*)?(?:\s*кат\w*\.?)?"

_NUMERAL = r"(?:[\s.-]*(?:я|ая|й|ой|ую)(?![а-я]))?(?:[\s.]*(?:кв(?:алиф\w*)?|кк|кат\w*|к)(?![а-я])\.?){0,3}(?=[\s.,;:)(/-]|$)"
_PATTERNS: tuple[tuple[CategoryName, str], ...] = (
    # Heads of Kazakhstan before plain «первая».
    *(
        (category, rf"{who}\s+(?:{word}\w*|{number}(?:-\w+)?)\s+категори\w*|{word_kk}\s+санат\w*\s+{who_kk}\w*")
        for who, who_kk, grades in (
            (r"зам(?:еститель|\.)?\s*(?:руков\w*|рук\.?|дир\w*\.?)", r"басшы\w*\s+орынбасар", (_C.KZ_DEPUTY_1, _C.KZ_DEPUTY_2, _C.KZ_DEPUTY_3)),
            (r"рук(?:оводител\w*|\.)", r"басшы", (_C.KZ_HEAD_1, _C.KZ_HEAD_2, _C.KZ_HEAD_3)),
        )
        for category, word, number, word_kk in zip(
            grades, ("перв", "втор", "треть"), ("(?:1|i)", "(?:2|ii)", "(?:3|iii)"), ("бірінші", "екінші", "үшінші"), strict=True
        )
    ),
    (_C.METHODIST, rf"{_WORD_START}(?:п(?:ед(?:агог\w*)?)?[\s.-]*методист\w*|пм{_WORD_END})"),
    (_C.MENTOR, rf"{_WORD_START}(?:п(?:ед(?:агог\w*)?)?[\s.-]*наставник\w*|пн{_WORD_END})"),
    *(
        (category, rf"{_WORD_START}(?:(?:пед(?:агог\w*)?|учител\w*|воспитател\w*|преподавател\w*|мұғалім)?[\s.-]*(?:{words})\w*)")
        for category, words in (
            (_C.KZ_TRAINEE, "стажер|тағылымдамашы|тагылымдамашы"),
            (_C.KZ_MODERATOR, "модератор"),
            (_C.KZ_EXPERT, "эксперт|сарапшы"),
            (_C.KZ_RESEARCHER, "исследовател|зерттеуші|зерттеуши"),
            (_C.KZ_MASTER, "мастер(?!\\w* (?:произв|п/о))|шебер"),
        )
    ),
    (
        _C.NONE,
        rf"{_WORD_START}(?:б[\s./\\-]*к{_WORD_END}\.?|без\s*(?:кв\w*[\s.]*)?(?:кат\w*|к{_WORD_END})\.?|кат\w*\s+(?:нет|отсутств\w*|не\s+име\w*)"
        rf"|не\s*(?:имеет|имеют)\s*(?:кв\w*[\s.]*)?(?:кат\w*)?|нет\s+(?:кв\w*[\s.]*)?кат\w*|не\s+аттестов\w*|неаттестов\w*|не\s+присвоен\w*|санаты?\s*жоқ|санатсыз)",
    ),
    (
        _C.SZD,
        rf"{_WORD_START}(?:сзд{_WORD_END}|с\.\s?з\.\s?д\.?|соотв\w*\.?(?:[\s-]*(?:с\s+)?зан(?:\w*|\.))?(?:\s*долж\w*\.?)?|ск{_WORD_END}|сд{_WORD_END}"
        r"|на\s+соответств\w+[\s-]*занимаем\w*\s*должност\w*)",
    ),
    (
        _C.HIGHEST,
        rf"{_WORD_START}(?:высш\w*\.?{_KK}|вкк{_WORD_END}|вк{_WORD_END}|в[./]\s?к\.?(?:\s?к\.?)?{_WORD_END}|в[\s.]*(?:кв|кат)[\s.]*кат\w*(?=[\s.,;]|$)|жоғары\s+санат\w*|жогары\s+санат\w*)",
    ),
    (
        _C.FIRST,
        rf"{_WORD_START}(?:перв\w*\.?{_KK}|пкк{_WORD_END}|пк{_WORD_END}|п[./]\s?к\.?(?:\s?к\.?)?{_WORD_END}"
        rf"|(?<![\d№./-])(?:1|i|і|l)(?![\d.]*\d){_NUMERAL}|б[іи]р[іи]нш[іи]\s+санат\w*)",
    ),
    (
        _C.SECOND,
        rf"{_WORD_START}(?:втор\w*\.?{_KK}|(?<![\d№./-])(?:2|ii|іі)(?![\d.]*\d){_NUMERAL}|екінші\s+санат\w*)",
    ),
)
_ANY = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(_PATTERNS)))
_WHOLE_CELL: dict[str, CategoryName] = {
    "в": _C.HIGHEST,
    "вк": _C.HIGHEST,
    "п": _C.FIRST,
    "с": _C.SZD,
    "б": _C.NONE,
    "бк": _C.NONE,
    "0": _C.NONE,
    "методист": _C.METHODIST,
    "наставник": _C.MENTOR,
    "педагог": _C.KZ_TEACHER,
}
_UNCLEAR = re.compile(r"вкв[\s.]*(?:кат\w*|$)")
_LONG_WORDS = {
    "высшая": _C.HIGHEST,
    "первая": _C.FIRST,
    "вторая": _C.SECOND,
    "соответствие": _C.SZD,
    "соответствует": _C.SZD,
    "исследователь": _C.KZ_RESEARCHER,
    "модератор": _C.KZ_MODERATOR,
}
_ALMOST = 80

_ACT = re.compile(
    r"(?P<word>приказ\w*|пр(?:\.|(?=\s*№))|распоряжени\w*|расп\.|протокол\w*|прот\.|решени\w*|бұйрық\w*|буйрык\w*)(?P<rest>[^;\n]*)"
)
_NUMBER = re.compile(r"(?:№+|\bn\b|#|номер)\s*(?P<n>[\wа-я][\w/.\\-]*(?:\s?-\s?[\wа-я]+)?)")
_BARE_NUMBER = re.compile(r"^\s*(?P<n>\d[\w/-]*)(?=\s*(?:от|,|$))")
_YEAR = rf"(?<![\d./-])(?:19|20)\d\d(?![\d./-]){YEAR_TAIL}"
_ANY_DATE = rf"(?:{DATE}|{WORD_DATE}|{MONTH_WORDS}\s+(?:19|20)\d\d|{_YEAR})"
_DATE = re.compile(_ANY_DATE)
_UNTIL = re.compile(rf"(?:действ\w*\s*)?(?:срок\w*\s*(?:действия\s*)?)?(?<![а-я])(?:до|по(?=\s*[\d«\"]))\s*:?\s*(?P<d>{_ANY_DATE})")
_TERM_ENDS = re.compile(rf"срок\w*\s*действия\s*[:-]?\s*(?P<d>{_ANY_DATE})(?!\s*(?:-|по|до))")
_OPEN = re.compile(r"бессроч\w*|без\s+(?:огранич\w*\s+)?срок\w*")
_POST_IN_BRACKETS = re.compile(r"\((?P<p>[^()\d]{4,})\)")
_POST_AFTER = re.compile(r"по должности\s*[:-]?\s*[«\"]?(?P<p>[а-я][а-я -]{3,}[а-я])[»\"]?")
_NOT_A_POST = re.compile(r"приказ|протокол|аттестац|распоряж|квалиф|категор|бессроч|действ|подтвержд|присвоен|установл|продлен|декрет|стаж|срок")


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
    small = low(text).strip(" ;")
    if is_no_value(small):
        return (CategoryIn(_C.NONE, post),)
    whole = _WHOLE_CELL.get(re.sub(r"[\s.,;-]", "", small))
    if whole:
        return (CategoryIn(whole, post),)
    if _UNCLEAR.match(small):
        raise ValueError("неясно, высшая или первая категория")
    text = text.strip(" ;")
    places = _places(small) or _almost(small)
    if not places:
        raise ValueError("категория не распознана")
    if len(places) == 1:
        return (_with_facts(places[0], *_around(places[0], small, text), post),)
    ends = [place.start for place in places[1:]] + [len(text)]
    found = (_with_facts(place, small[place.end : end], text[place.end : end], post) for place, end in zip(places, ends, strict=True))
    return tuple(dict.fromkeys(found))


def _places(small: str) -> list[_Place]:
    """Categories named in a text, neighbours of the same meaning joined («1 кв.кат. (первая)»)."""
    places: list[_Place] = []
    blocked = [(found.start(), found.end()) for found in _ACT.finditer(small)]
    for found in _ANY.finditer(small):
        category = _PATTERNS[int((found.lastgroup or "c0")[1:])][0]
        if any(start <= found.start() < end for start, end in blocked) and len(found[0]) < 5:
            continue
        place = _Place(category, found.start(), found.end())
        if places and places[-1].category == category and not re.search(r"[;,]|\d{4}", small[places[-1].end : place.start]):
            places[-1] = replace(places[-1], end=place.end)
        else:
            places.append(place)
    named = [place for place in places if place.category is not _C.NONE]
    return named if named and places[0].category is not _C.NONE else places[:1] if places and not named else named or places


def _almost(small: str) -> list[_Place]:
    """A category in a misspelt long word («высщая», «соответсвие»)."""
    for found in re.finditer(r"[а-я]{5,}", small):
        best = process.extractOne(found[0], _LONG_WORDS.keys(), scorer=fuzz.ratio, score_cutoff=_ALMOST)
        if best:
            return [_Place(_LONG_WORDS[best[0]], found.start(), found.end())]
    return []


def _around(place: _Place, small: str, text: str) -> tuple[str, str]:
    """What stands around the only category of a cell, after it first."""
    return f"{small[place.end :]} ; {small[: place.start]}", f"{text[place.end :]} ; {text[: place.start]}"


def _with_facts(place: _Place, small: str, original: str, post: str) -> CategoryIn:
    """The category with what stands after it: post, act, dates."""
    item = CategoryIn(place.category, _post_in(small, original) or post)
    if place.category is _C.NONE:
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
    if not day:
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
            if not _NOT_A_POST.search(found["p"]) and not _ANY.fullmatch(found["p"].strip()):
                return strip_ends(original[found.start("p") : found.end("p")])
    return ""


_TAIL = r"[\s,;(–—-]*"
_IN_POST = re.compile(
    rf"{_TAIL}(?P<c>(?:специалист\s+)?(?:высш\w*|перв\w*|втор\w*|1|2|i{{1,2}})(?:-?(?:я|ая|й|ой))?\.?\s*(?:квал\w*\.?|кв\.)?\s*(?:кат\w*\.?|к\.?к\.?(?![а-я]))"
    r"|(?:на\s+)?соответств\w*\s*занимаем\w*\s*должност\w*|соотв\.\s*зан\w*\.?\s*долж\w*\.?|(?<![а-я])сзд(?![а-я])|без\s+(?:квал\w*\s+)?категори\w*"
    r"|(?<![а-я])(?:б/к|вкк|пкк)(?![а-я])|(?<=[,;(])\s*(?:высшая|первая)(?=\s*[),;]|$)"
    r"|(?<=[а-я])[\s,;(]+педагог-(?:методист|наставник|модератор|эксперт|исследователь|мастер|стажер)).*$"
)


def strip_category(text: str) -> tuple[str, CategoryIn | None]:
    """A post without the category written along with it: «Преподаватель, высшая квалификационная категория»."""
    return _strip_category(one_line(text))


@lru_cache(maxsize=32768)
def _strip_category(text: str) -> tuple[str, CategoryIn | None]:
    found = _IN_POST.search(low(text))
    if not found or not found.start("c"):
        return text, None
    post = strip_ends(text[: found.start()])
    try:
        items = _categories(text[found.start("c") :].strip(" )"), "")
    except ValueError:
        return text, None
    return (post, items[0]) if post else (text, None)
