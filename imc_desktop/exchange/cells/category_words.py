"""Words and codes by which papers name a qualification category; patterns over small letters with ё written е."""

from __future__ import annotations

import re
from typing import Final

from imc_desktop.domain.kinds import CategoryName as C

END = r"(?![а-яa-z])"
_START = r"(?<![а-яa-z])"


def _one_of(*patterns: str) -> str:
    return f"{_START}(?:{'|'.join(patterns)})"


_KK = r"(?:\s*[-.]?\s*(?:я|ая|й|ой|ую|ю)(?![а-я]))?[\s.]*"
_KK += (
    r"(?:(?:кв(?:алиф\w*)?[\s.]*)?(?:к(?:ат\w*)?(?![а-я])\.?|санат\w*)|кв\.?(?![а-я])\.?|квалиф\w*)?(?:\s*кат\w*\.?)?"
)
"""«кв. категория», «кв.кат.», «к.к.» after a word."""

_NUMERAL = r"(?![\d.]*\d)(?:[\s.-]*(?:я|ая|й|ой|ую)(?![а-я]))?"
_NUMERAL += r"(?:[\s.]*(?:кв(?:алиф\w*)?|кк|кат\w*|к)(?![а-я])\.?){0,3}(?=[\s.,;:)(/-]|$)"
"""The same after a number, which must not go on as a number or a word."""

_TEACHER = r"(?:пед(?:агог\w*)?|учител\w*|воспитател\w*|преподавател\w*|мугалим)?[\s.-]*"
_DEPUTY = r"зам(?:еститель|\.)?\s*(?:руков\w*|рук\.?|дир\w*\.?)"
_HEAD = r"рук(?:оводител\w*|\.)"
_GRADES = (
    ("перв", "(?:1|i)", "б[іи]р[іи]нш[іи]"),
    ("втор", "(?:2|ii)", "ек[іи]нш[іи]"),
    ("треть", "(?:3|iii)", "[үу]ш[іи]нш[іи]"),
)


def _heads(who: str, who_kk: str, categories: tuple[C, C, C]) -> tuple[tuple[C, str], ...]:
    """Categories of heads in Kazakhstan, told by «третьей категории» or in Kazakh."""
    return tuple(
        (category, rf"{who}\s+(?:{word}\w*|{number}(?:-\w+)?)\s+категори\w*|{kazakh}\s+санат\w*\s+{who_kk}\w*")
        for category, (word, number, kazakh) in zip(categories, _GRADES, strict=True)
    )


PATTERNS: Final[tuple[tuple[C, str], ...]] = (
    *_heads(_DEPUTY, r"басшы\w*\s+орынбасар", (C.KZ_DEPUTY_1, C.KZ_DEPUTY_2, C.KZ_DEPUTY_3)),
    *_heads(_HEAD, r"басшы", (C.KZ_HEAD_1, C.KZ_HEAD_2, C.KZ_HEAD_3)),
    (C.METHODIST, _one_of(r"п(?:ед(?:агог\w*)?)?[\s.-]*методист\w*", rf"пм{END}")),
    (C.MENTOR, _one_of(r"п(?:ед(?:агог\w*)?)?[\s.-]*наставник\w*", rf"пн{END}")),
    (C.KZ_TRAINEE, _one_of(rf"{_TEACHER}(?:стажер|та[ғг]ылымдамашы)\w*")),
    (C.KZ_MODERATOR, _one_of(rf"{_TEACHER}модератор\w*")),
    (C.KZ_EXPERT, _one_of(rf"{_TEACHER}(?:эксперт|сарапшы)\w*")),
    (C.KZ_RESEARCHER, _one_of(rf"{_TEACHER}(?:исследовател|зерттеуш[іи])\w*")),
    (C.KZ_MASTER, _one_of(rf"{_TEACHER}(?:мастер(?!\s*(?:произв|п/о))|шебер)\w*")),
    (
        C.NONE,
        _one_of(
            rf"б[\s./\\-]*к{END}\.?",
            rf"без\s*(?:кв\w*[\s.]*)?(?:кат\w*|к{END})\.?",
            r"кат\w*\s+(?:нет|отсутств\w*|не\s+име\w*)",
            r"не\s*име[ею]т\s*(?:кв\w*[\s.]*)?(?:кат\w*)?",
            r"нет\s+(?:кв\w*[\s.]*)?кат\w*",
            r"не\s*аттестов\w*",
            r"не\s+присвоен\w*",
            r"молод\w+\s+специалист\w*",
            r"санаты?\s*жо[қк]",
            r"санатсыз",
        ),
    ),
    (
        C.SZD,
        _one_of(
            rf"с\.?\s?з\.?\s?д{END}\.?",
            r"соотв\w*\.?(?:[\s-]*(?:с\s+)?зан(?:\w*|\.))?(?:\s*долж\w*\.?)?",
            rf"ск{END}",
            rf"сд{END}",
        ),
    ),
    (
        C.HIGHEST,
        _one_of(
            rf"высш\w*\.?{_KK}",
            rf"вкк{END}",
            rf"вк{END}",
            rf"в[./]\s?к\.?(?:\s?к\.?)?{END}",
            r"в[\s.]+(?:кв|кат)[\s.]*кат\w*(?=[\s.,;]|$)",
            r"жо[ғг]ары\s+санат\w*",
        ),
    ),
    (
        C.FIRST,
        _one_of(
            rf"перв\w*\.?{_KK}",
            rf"пкк{END}",
            rf"пк{END}",
            rf"п[./]\s?к\.?(?:\s?к\.?)?{END}",
            rf"(?<![\d№./-])(?:1|i|і|l){_NUMERAL}",
            r"б[іи]р[іи]нш[іи]\s+санат\w*",
        ),
    ),
    (
        C.SECOND,
        _one_of(rf"втор\w*\.?{_KK}", rf"(?<![\d№./-])(?:2|ii|іі){_NUMERAL}", r"ек[іи]нш[іи]\s+санат\w*"),
    ),
)
ANY: Final = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(PATTERNS)))

WHOLE_CELL: Final[dict[str, C]] = {
    "в": C.HIGHEST,
    "вк": C.HIGHEST,
    "п": C.FIRST,
    "10": C.FIRST,  # «1.0»
    "20": C.SECOND,
    "с": C.SZD,
    "б": C.NONE,
    "бк": C.NONE,
    "0": C.NONE,
    "методист": C.METHODIST,
    "наставник": C.MENTOR,
    "педагог": C.KZ_TEACHER,
}
"""A cell that holds nothing else, points and dashes left out."""

UNCLEAR: Final = re.compile(r"вкв[\s.]*(?:кат\w*|$)")
"""A lost sign: «в кв. категория» or «1 кв. категория»."""

LONG_WORDS: Final[dict[str, C]] = {
    "высшая": C.HIGHEST,
    "первая": C.FIRST,
    "вторая": C.SECOND,
    "соответствие": C.SZD,
    "соответствует": C.SZD,
    "исследователь": C.KZ_RESEARCHER,
    "модератор": C.KZ_MODERATOR,
}
"""Words long enough for a typing error to be forgiven."""

POST_WORDS: Final = re.compile(
    r"учител|воспитат|педагог|методист|преподават|логопед|психолог|тренер|инструктор|концертмейст|директор|руководит"
    r"|дефектолог|вожат|мастер|библиотекар|организатор|заведующ|завуч|советник|тьютор"
)

_WORD_IN_POST = r"(?:специалист\s+)?(?:высш\w*|перв\w*|втор\w*|1|2|i{1,2})(?:-?(?:я|ая|й|ой))?\.?"
_CATEGORY_IN_POST = (
    rf"{_WORD_IN_POST}\s*(?:квал\w*\.?|кв\.)?\s*(?:кат\w*\.?|к\.?к\.?(?![а-я]))",
    r"(?:на\s+)?соответств\w*\s*занимаем\w*\s*должност\w*",
    r"соотв\.\s*зан\w*\.?\s*долж\w*\.?",
    r"(?<=[,;(])\s*соответствие(?=\s*[),;]|$)",
    rf"(?<![а-я])(?:сзд|б/к|вкк|пкк){END}",
    r"без\s+(?:квал\w*\s+)?категори\w*",
    r"(?<=[,;(\s])\s*(?:высшая|первая)(?=\s*[),;]|$)",
    r"(?<=[а-я])[\s,;(]+педагог\s?-\s?(?:методист|наставник|модератор|эксперт|исследователь|мастер|стажер)",
)
IN_POST: Final = re.compile(rf"(?P<c>{'|'.join(_CATEGORY_IN_POST)}).*$")
"""A category written along with a post, to the end of the text."""
