"""Education as papers write it: «Высшее, КГПУ, 2012, учитель (английский язык)»."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from imc_desktop.domain.kinds import EducationLevel, TrainingKind
from imc_desktop.domain.papers import EducationIn, TrainingIn
from imc_desktop.exchange.cells.common import is_no_value, low, strip_ends, text_of
from imc_desktop.exchange.cells.courses import parse_courses
from imc_desktop.exchange.cells.education_words import (
    ABBREVIATION,
    AFTER_LEVEL,
    INSTITUTION,
    LABEL,
    LETTERS,
    LEVELS,
    NOISE,
    RETRAINING,
    YEAR,
)
from imc_desktop.exchange.grid import Cell

_SENTENCE_END = re.compile(r"(?<=[А-Яа-яЁё]{3})\.\s+(?=[А-ЯЁ\d«\"])|(?<=\d{4})\.\s+")


def parse_level(cell: Cell) -> EducationLevel | None:
    """Level of education; None when not said, ValueError when the text is no level."""
    text = text_of(cell)
    if is_no_value(text):
        return None
    level = level_in(text)
    if level is None:
        raise ValueError("уровень образования не распознан")
    return level


@lru_cache(maxsize=8192)
def level_in(text: str) -> EducationLevel | None:
    """The first level of education a text names."""
    small = low(text)
    letters = re.sub(r"[^а-я]", "", small)
    if letters in LETTERS:
        return LETTERS[letters]
    for pattern, level in LEVELS:
        if pattern.search(small):
            return level
    return None


def parse_year(cell: Cell) -> str:
    """The last year named in a cell («2012 г.», a day) as "2012", "" when there is none."""
    years = re.findall(r"(?<!\d)(?:19[3-9]|20[0-6])\d(?!\d)", text_of(cell))
    return years[-1] if years else ""


def parse_education(cell: Cell) -> tuple[EducationIn | None, tuple[TrainingIn, ...]]:
    """Education of a cell and the retrainings written along with it; the first education when there are several."""
    text = text_of(cell)
    if is_no_value(text):
        return None, ()
    return _education(text)


@lru_cache(maxsize=16384)
def _education(text: str) -> tuple[EducationIn | None, tuple[TrainingIn, ...]]:
    found = RETRAINING.search(text)
    trainings: tuple[TrainingIn, ...] = ()
    if found:
        trainings = parse_courses(text[found.start() :], default_kind=TrainingKind.PP)
        text = text[: found.start()]
    result = EducationIn()
    for part in _parts(text):
        if result.level and result.institution and _level_place(part, is_institution=False):
            break  # the second education of the cell
        result = _add(result, part)
    return (result if result != EducationIn() else None), trainings


def _parts(text: str) -> list[str]:
    """Pieces between commas, semicolons and line breaks that stand outside quotes and brackets."""
    text = _SENTENCE_END.sub(", ", text)
    parts, depth, current = [], 0, ""
    for char in text:
        depth = max(0, depth + (char in "«(") - (char in "»)"))
        if char == "\n" or (char in ",;" and not depth):
            parts.append(current)
            current = ""
        else:
            current += char
    result: list[str] = []
    for piece in [*parts, current]:
        part = re.sub(r"^\s*\d{1,2}[.)]\s+", "", piece)
        year = YEAR.search(part)
        pieces = (part[: year.start()], year[0], part[year.end() :]) if year else (part,)
        result.extend(text for text in map(strip_ends, pieces) if text)
    return result


def _add(known: EducationIn, part: str) -> EducationIn:
    """What one piece says, put into the first empty place it fits."""
    year = YEAR.search(part)
    if year:
        part = strip_ends(part[: year.start()] + " " + part[year.end() :])
        if not known.year:
            known = replace(known, year=year[1])
    if not part or NOISE.fullmatch(part.strip("()")):
        return known
    label = LABEL.match(part)
    value = strip_ends(part[label.end() :]).strip('"«»') if label else part
    if label and label[1]:
        return replace(known, speciality=known.speciality or value)
    if label and label[2]:
        return replace(known, qualification=known.qualification or value)
    if label and label[3]:
        return replace(known, institution=known.institution or strip_ends(part[label.end() :]))
    return _add_unlabelled(known, part[label.end() :] if label else part)


def _add_unlabelled(known: EducationIn, part: str) -> EducationIn:
    is_institution = bool(INSTITUTION.search(part) or ABBREVIATION.search(part))
    if known.level is None:
        found = _level_place(part, is_institution)
        if found:
            level, start, end = found
            known = replace(known, level=level)
            part = strip_ends(part[:start] + " " + part[end:])
    if not part or NOISE.fullmatch(part.strip("()")) or is_no_value(part):
        return known
    if is_institution and not known.institution:
        return replace(known, institution=part)
    part = part.strip('"')
    if not known.speciality:
        return replace(known, speciality=part)
    if not known.qualification and not is_institution:
        return replace(known, qualification=part)
    return known


def _level_place(part: str, is_institution: bool) -> tuple[EducationLevel, int, int] | None:
    """Where a piece names the level; an institution's own «высшего образования» is not one."""
    small = low(part)
    if re.search(r"(?:высшего|среднего|профессионального) образования", small):
        return None
    letters = re.sub(r"[^а-я]", "", small)
    if letters in LETTERS:
        return LETTERS[letters], 0, len(part)
    for pattern, level in LEVELS:
        found = pattern.search(small)
        if found and not (is_institution and found.start() > 0):
            tail = AFTER_LEVEL.match(part, found.end())
            return level, found.start(), tail.end() if tail else found.end()
    return None
