"""What the values of a column look like: evidence where a heading says little or misleads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from imc_desktop.domain.words import fold, repair
from imc_desktop.exchange.grid import Cell

_UP = "А-ЯЁӘІҢҒҮҰҚӨҺA-Z"
_LOW = "а-яёәіңғүұқөһa-z"
_PART = rf"[{_UP}](?:[{_LOW}]+|[{_UP}]+)(?:-[{_UP}]?[{_LOW}{_UP}]+)?"
_NAME = re.compile(
    rf"{_PART}(?:\s*\({_PART}\))?(?:\s+{_PART}){{1,2}}(?:\s+(?:оглы|кызы|улы|оғлы|қызы|ұлы))?"
    rf"|{_PART}\s+[{_UP}]\s?\.\s*(?:[{_UP}]\s?\.?)?"
    rf"|[{_UP}]\s?\.\s*(?:[{_UP}]\s?\.\s*)?{_PART}"
)
_WORD = re.compile(_PART)
_CATEGORY = re.compile(
    r"\b(высш|перв|втор|соответств|соотв|сзд|б к\b|без категор|модератор|эксперт|исследовател|педагог-мастер|"
    r"педагог-методист|педагог-наставник|стажер|[12] кв|не имеет|кв кат)|^(в|1|2|i|ii|вкк|пкк|пм|пн|нет|вк|пк|ск)$"
)
_ORGANISATION = re.compile(
    r"\b(?:м[бкао]?о?у|м[бка]?доу|мбу|мку|мау|г[бк]?оу|гбдоу|гку|гбу|кгу|кгкп|гккп|гкп|гу|нчоу|чоу|чдоу|сош|оош|нош|доу|доо|сад|ддт|"
    r"цдт|дюсш|сш|имц|рмк|цппмсп|д с|школ\w*|лице[йяюем]\w*|гимнази\w*|прогимнази\w*|детск\w* сад\w*|центр\w*|"
    r"учреждени\w*|колледж\w*|интернат\w*|(?:дом|дворец) \w*творчества|мектеб\w*|мектеп\w*|балабакша\w*|бобекжай\w*)\b"
)


def share(values: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    """Part of the values that pass a test; 0 when there are none."""
    return sum(1 for value in values if test(value)) / len(values) if values else 0.0


def is_name(value: Cell) -> bool:
    """Surname with a name or initials, in any order and case."""
    return isinstance(value, str) and _NAME.fullmatch(" ".join(repair(value).split()).strip(" ,;")) is not None


_FULL_NAME = re.compile(
    r"[^\W\d_][\w-]+ [^\W\d_][\w-]+ \w+(?:вич|вна|ична|инична|кызы|қызы|улы|ұлы|оглы)"
    r"|[А-ЯЁӘІҢҒҮҰҚӨҺ][\w-]+ [А-ЯЁ]\. ?[А-ЯЁ]\.",
    re.IGNORECASE,
)


def is_full_name(value: Cell) -> bool:
    """A name with a patronymic or two initials: nothing else looks so."""
    return isinstance(value, str) and _FULL_NAME.fullmatch(" ".join(repair(value).split())) is not None


def is_word(value: Cell) -> bool:
    """One capitalised word, as a surname of its own column."""
    return isinstance(value, str) and _WORD.fullmatch(repair(value).strip()) is not None


def is_year(value: Cell) -> bool:
    """A calendar year of a working life, as a number or a text."""
    text = str(value).strip().rstrip("г. ") if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    return text.isdecimal() and len(text) == 4 and 1930 <= int(text) <= 2060


def is_day(value: Cell) -> bool:
    """A date cell or a text with a day, a month and a year."""
    if isinstance(value, date):
        return True
    return isinstance(value, str) and re.search(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}", value) is not None


def is_bare_day(value: Cell) -> bool:
    """A date and nothing else."""
    if isinstance(value, date):
        return True
    return (
        isinstance(value, str)
        and re.fullmatch(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s*(?:г\.?|года)?\s*", value) is not None
    )


def has_year(value: Cell) -> bool:
    """A date cell, or a text with a year somewhere."""
    return isinstance(value, date) or (
        isinstance(value, str) and re.search(r"(?:19|20)\d\d|\d\.\d\d\.\d\d", value) is not None
    )


def is_act_number(value: Cell) -> bool:
    """A number of an order: «№ 215/01-07», «1571-к», with or without its date."""
    return (
        isinstance(value, str)
        and re.match(r"\s*(?:пр\w*\.?\s*)?(?:№\s*\d|\d+\s*-\s*[а-яa-z]\b|\d+/\d)", value.lower()) is not None
    )


def is_hours(value: Cell) -> bool:
    """Academic hours: «72 ч.», 36."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 4 <= value <= 1500 and not is_year(value)
    return (
        isinstance(value, str)
        and re.fullmatch(r"\s*\d{1,4}\s*(?:\(дист\.?\)|ч\w*\.?)?\s*", value.lower()) is not None
        and not is_year(value)
    )


def is_number(value: Cell) -> bool:
    """A number, or a text of one."""
    if isinstance(value, (int, float)):
        return not isinstance(value, bool)
    return isinstance(value, str) and re.fullmatch(r"\s*-?\d+(?:[.,]\d+)?\.?\s*", value) is not None


def is_category(value: Cell) -> bool:
    """A word for a category."""
    return (
        isinstance(value, str)
        and _CATEGORY.search(fold(repair(value)).replace("/", " ").replace("\\", " ")) is not None
    )


def may_be_category(value: Cell) -> bool:
    """A word for a category, a rank, a date, an act, or a mark of absence."""
    return not isinstance(value, str) or not re.search(r"[^\W\d_]{3}", value) or is_category(value)


def is_organisation(value: Cell) -> bool:
    """A name that sounds like a school, a kindergarten or another organisation."""
    return isinstance(value, str) and looks_like_organisation(value)


def looks_like_organisation(text: str) -> bool:
    """True for a text with a word that organisations of education are called by."""
    return has_organisation_word(text) or re.search(r"№\s*\d", text) is not None


def has_organisation_word(text: str) -> bool:
    """True for a text with «школа», «МБОУ», «д/с» and the like; a number alone says nothing."""
    return _ORGANISATION.search(fold(repair(text)).replace("-", " ")) is not None
