"""Values that tell what a column of a register, a journal of documents or a roster holds when its heading does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain.words import fold
from imc_desktop.exchange import shapes
from imc_desktop.exchange.cells.common import low, one_line, text_of
from imc_desktop.exchange.cells.posts import is_known_post, is_known_subject
from imc_desktop.exchange.column_values import day_of
from imc_desktop.exchange.grid import Cell

LONGEST_FACT = 120
_SEX = re.compile(r"(?:м|ж|муж|жен|мужской|женский)\.?")
_EMPLOYED = re.compile(r"(?:осн|(?:внутр|внеш)\w*\.? ?совм|совм|штат)")
_PHONE = re.compile(r"(?:\+?[78][\s(-]*)?\(?\d{3}\)?[\s-]*\d{3}[\s-]*\d\d[\s-]*\d\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SNILS = re.compile(r"\d{3}-\d{3}-\d{3}[\s-]\d\d")
_LEVEL = re.compile(r"(?:высш|средн|спо|незак|н/в|бакалавр|магистр|специалитет|студент|жогар|арнаулы)")
_EXPERIENCES = re.compile(r"общ\w*[\s\S]*пед|пед\w*[\s\S]*общ|^\d{1,2}(?:[.,]\d+)?\s*/\s*\d{1,2}(?:[.,]\d+)?$")
_AWARD = re.compile(r"грамот|благодарн|почетн|отличник|заслуженн|медал|нагрудн|знак")
_COURSE = re.compile(
    r"[«\"“][^»\"”]{8,}[»\"”].*(?:\d\s*ч|20\d\d)|\d\s*ч(?:ас\w*|\.)?.*20\d\d|20\d\d.*\d\s*ч", re.DOTALL
)
_DOCUMENT = re.compile(r"(?:удост|диплом|сертиф|свид|бланк|серия|[уп]{1,2}к\b)\D*\d|^\d{4,6}\s+\d{5,8}$|^\d{10,13}$")
_DOCUMENT_KIND = re.compile(r"удостоверени\w*|диплом\w*|сертификат\w*|свидетельств\w*|пк|пп|кпк|справка")
_REGISTERED = re.compile(r"(?:№\s*)?\d{1,5}\s*[/-]\s*(?:20)?\d\d|(?:рег\D*)\d+")
_TRAINER = re.compile(r"институт|университет|академи|\bдпо\b|\bиро\b|\bимц\b|центр|колледж|училищ")
_PERIOD = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?\D{1,8}\d{1,2}\.\d{1,2}\.\d{2,4}")
_CLASSES = re.compile(r"\d{1,2}\s*[-–,]\s*\d{1,2}(?:\s*(?:кл\w*\.?))?|\d{1,2}\s*кл\w*\.?")


@dataclass(frozen=True, slots=True)
class Guess:
    """A field that a column may be when enough of its values look like it."""

    field: str
    fits: Callable[[Cell], bool]
    share: float = 0.8


def _whole(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: pattern.fullmatch(low(one_line(text_of(cell)))) is not None


def _starts(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: pattern.match(fold(one_line(text_of(cell)))) is not None


def _holds(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: pattern.search(low(text_of(cell))) is not None


def _is_birth(cell: Cell) -> bool:
    """A day before 2001: nobody was hired, examined or taught so long ago in most rows of a column."""
    if not isinstance(cell, date) and not shapes.is_bare_day(cell):
        return False
    try:
        return 1930 <= int(day_of(cell)[:4]) <= 2000
    except ValueError:
        return False


def _is_post(cell: Cell) -> bool:
    text = text_of(cell)
    return len(text) < LONGEST_FACT and is_known_post(text)


def _is_subject(cell: Cell) -> bool:
    return isinstance(cell, str) and is_known_subject(one_line(text_of(cell)))


def _is_place_of_work(cell: Cell) -> bool:
    text = text_of(cell)
    return len(text) < LONGEST_FACT and shapes.has_organisation_word(text) and not _TRAINER.search(low(text))


def _is_category(cell: Cell) -> bool:
    text = low(text_of(cell))
    return shapes.is_category(cell) and "образован" not in text and not is_known_post(text)


def _is_theme(cell: Cell) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text_of(cell))) >= 2


def _is_hours(cell: Cell) -> bool:
    return isinstance(cell, str) and shapes.is_hours(cell) and "ч" in cell.lower()


def _is_late_day(cell: Cell) -> bool:
    return shapes.is_bare_day(cell) and not _is_birth(cell)


WORK = (Guess("organisation", _is_place_of_work), Guess("post", _is_post))
PERSON = (
    Guess("birth", _is_birth, 0.85),
    Guess("sex", _whole(_SEX)),
    Guess("email", _whole(_EMAIL)),
    Guess("snils", _whole(_SNILS)),
    Guess("phone", _whole(_PHONE)),
    Guess("employment", _starts(_EMPLOYED)),
    Guess("organisation", _is_place_of_work),
    Guess("category", _is_category, 0.7),
    Guess("post", _is_post),
    Guess("subjects", _is_subject, 0.7),
    Guess("courses", _holds(_COURSE), 0.7),
    Guess("awards", _holds(_AWARD)),
    Guess("experience", _holds(_EXPERIENCES)),
    Guess("education", _starts(_LEVEL), 0.7),
)
DOCUMENTS = (
    Guess("course_kind", _whole(_DOCUMENT_KIND)),
    Guess("course_document", _starts(_DOCUMENT)),
    Guess("course_registration", _whole(_REGISTERED)),
    Guess("course_period", _holds(_PERIOD), 0.7),
    Guess("course_hours", _is_hours, 0.7),
    Guess("course_date", _is_late_day),
    *WORK,
)
MEMBERS = (
    Guess("organisation", _is_place_of_work),
    Guess("category", _is_category, 0.7),
    Guess("classes", _whole(_CLASSES)),
    Guess("phone", _whole(_PHONE)),
)
PLANNED = (*WORK, Guess("theme", _is_theme))
