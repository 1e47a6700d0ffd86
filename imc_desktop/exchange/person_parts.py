"""Facts of a person told by several columns: education, experience, category, posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, EducationLevel, EmploymentKind, ExperienceKind
from imc_desktop.domain.papers import (
    CategoryIn,
    EducationIn,
    ExperienceIn,
    PostIn,
    TrainingIn,
)
from imc_desktop.exchange.cells.category import parse_categories, strip_category
from imc_desktop.exchange.cells.common import low, text_of
from imc_desktop.exchange.cells.education import level_in, parse_education, parse_level, parse_year
from imc_desktop.exchange.cells.experience import (
    TOTAL_THEN_PEDAGOGICAL,
    months_after_point,
    parse_experience,
    parse_experience_mixed,
)
from imc_desktop.exchange.cells.posts import parse_posts, parse_subjects
from imc_desktop.exchange.cells.simple import parse_employment, parse_rate
from imc_desktop.exchange.column_values import ColumnValues, Raw, RememberedColumns, Trouble, day_of, plain_text
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.tables import FoundTable

T = TypeVar("T")
EDUCATION_FIELDS = ("education", "education_level", "institution", "graduated", "speciality", "qualification")
_NO_EDUCATION = EducationIn()
NOT_TOLD: tuple[EducationIn | None, tuple[TrainingIn, ...]] = (None, ())
_NO_POSTS: tuple[tuple[PostIn, ...], CategoryIn | None] = ((), None)
_NO_CATEGORIES: tuple[CategoryIn, ...] = ()
_NO_SUBJECTS: tuple[str, ...] = ()
_NO_KIND: EmploymentKind | None = None
_NO_LEVEL: EducationLevel | None = None
Experiences = ColumnValues[tuple[ExperienceIn, ...]]
EXPERIENCE_KINDS = {
    "experience_total": ExperienceKind.TOTAL,
    "experience_ped": ExperienceKind.PEDAGOGICAL,
    "experience_org": ExperienceKind.ORGANISATION,
    "experience_post": ExperienceKind.POST,
}
_PAIR = re.compile(r"(\d{1,2})\s*[/\\]\s*(\d{1,2})")
_TOTAL_WORD = re.compile(r"общ|жалпы|трудов")
_PED_WORD = re.compile(r"пед|специальн")
_ACT_DAY = re.compile(
    r"(?:от\s*)?(?<![\d/.-])\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![\d/])(?:\s*(?:года|год|г\.?))?"
    r"|от\s+«?\d{1,2}»?\s+[а-я]+\s+\d{4}(?:\s*(?:года|г\.?))?"
)
_ACT_WORDS = re.compile(
    r"(?:приказ\w*|распоряжени\w*|пр\.|бұйрық\w*|протокол\w*)\s*|№+\s*|\bот\b|^[\s,;]+|[\s,;.]+$", re.IGNORECASE
)
_WORDED = re.compile(r"\d\s*(?:лет|год|л\b|л\.|г\b|г\.|жыл)")
_MONTHED = re.compile(r"\d\s*м")
_OPEN = re.compile(r"бессроч|без срока|не ограничен|мерзімсіз|мерзимсиз")


def term_of(cell: Cell) -> str:
    """Until when: a day or «бессрочно»."""
    if isinstance(cell, str) and _OPEN.search(low(text_of(cell))):
        return OPEN_ENDED
    return day_of(cell)


class EducationColumns:
    """Education and the retrainings written along with it."""

    def __init__(self, found: FoundTable) -> None:
        self._whole = _column(found, "education", _whole_education, NOT_TOLD)
        self._level = _column(found, "education_level", parse_level, _NO_LEVEL)
        self._place = _column(found, "institution", _place_of_study, NOT_TOLD)
        self._year = _column(found, "graduated", parse_year, "")
        self._speciality = _column(found, "speciality", plain_text, "")
        self._qualification = _column(found, "qualification", plain_text, "")

    def read(self, raw: Raw, troubles: list[Trouble]) -> tuple[EducationIn | None, tuple[TrainingIn, ...]]:
        """What the columns say together; a column of its own wins over the mixed one."""
        told, trainings = self._whole.at(raw, troubles) if self._whole else NOT_TOLD
        place, more = self._place.at(raw, troubles) if self._place else NOT_TOLD
        if more:
            trainings += more
        level = self._level.at(raw, troubles) if self._level else _NO_LEVEL
        year = self._year.at(raw, troubles) if self._year else ""
        speciality = self._speciality.at(raw, troubles) if self._speciality else ""
        qualification = self._qualification.at(raw, troubles) if self._qualification else ""
        if place is None and not (level or year or speciality or qualification):
            return told, trainings
        base, place = told or _NO_EDUCATION, place or _NO_EDUCATION
        education = EducationIn(
            level or base.level,
            place.institution or base.institution,
            year or place.year or base.year,
            speciality or base.speciality,
            qualification or base.qualification,
        )
        return education, trainings


def _whole_education(cell: Cell) -> tuple[EducationIn | None, tuple[TrainingIn, ...]]:
    text = plain_text(cell)
    if text and len(text) < 40:
        try:
            level = parse_level(cell)
        except ValueError:
            level = None
        if level is not None and level_in(text) is level and not re.search(r"[,;«\"]|\d{4}", text):
            return EducationIn(level=level), ()
    return parse_education(cell)


def _place_of_study(cell: Cell) -> tuple[EducationIn | None, tuple[TrainingIn, ...]]:
    """«Северский пединститут, 1985»: all but the year is the institution when nothing in it says otherwise."""
    education, trainings = parse_education(cell)
    if education is not None and not education.institution:
        text = re.sub(r"[\s,(]*\b(?:19|20)\d\d\b\s*(?:г\.?|год)?[\s,)]*", " ", plain_text(cell)).strip(" ,;.")
        education = replace(education, institution=text)
    return education, trainings


class ExperienceColumns:
    """Experience of all kinds: a column for each, or one column for several."""

    def __init__(self, found: FoundTable, context: Context) -> None:
        self.columns: list[int] = []
        self._plain: list[Experiences] = []
        self._exact: list[Experiences] = []
        values = {one.index: one.values for one in found.captions}
        ranks = {field: rank for rank, field in enumerate(("experience", *EXPERIENCE_KINDS))}
        told = (column for column in found.columns if column.field in ranks)
        for column in sorted(told, key=lambda one: ranks[one.field]):
            point = months_after_point(values.get(column.index, ()))
            kind = EXPERIENCE_KINDS.get(column.field)
            order = (kind,) if kind else experience_order(column.heading, values.get(column.index, ()))
            parse = _experience_parser(order, context.as_of, point, several=kind is None)
            self.columns.append(column.index)
            self._plain.append(ColumnValues(column.index, parse, ()))
            self._exact.append(ColumnValues(column.index, _exact_parser(parse), ()))

        self._together = {
            exact: RememberedColumns(self.columns, partial(_all_of, columns))
            for exact, columns in ((False, self._plain), (True, self._exact))
            if columns
        }

    def read(self, raw: Raw, troubles: list[Trouble], *, exact: bool = False) -> tuple[ExperienceIn, ...]:
        """Experience of a row; ``exact``: its neighbours are told to the month, so «12 лет» is 12 years 0 months."""
        return self._together[exact].at(raw, troubles) if self._together else ()

    def manner(self, raw: Raw) -> tuple[int, int]:
        """How many cells of a row tell experience in words, and how many of them with months."""
        worded = monthed = 0
        for index in self.columns:
            cell = raw[index] if index < len(raw) else None
            if isinstance(cell, str) and not cell.isdigit() and len(cell) < 40:
                months = _MONTHED.search(cell) is not None
                worded += months or _WORDED.search(cell) is not None
                monthed += months
        return worded, monthed


def _all_of(columns: list[Experiences], raw: Raw, troubles: list[Trouble]) -> tuple[ExperienceIn, ...]:
    found: tuple[ExperienceIn, ...] = ()
    for column in columns:
        found += column.at(raw, troubles)
    return found


def _experience_parser(
    order: tuple[ExperienceKind, ...], as_of: str, point: bool | None, *, several: bool
) -> Callable[[Cell], tuple[ExperienceIn, ...]]:
    def parse(cell: Cell) -> tuple[ExperienceIn, ...]:
        if several:
            pair = len(order) == 1 and isinstance(cell, str) and _PAIR.fullmatch(cell.strip())
            kinds = TOTAL_THEN_PEDAGOGICAL if pair else order
            return parse_experience_mixed(cell, kinds, as_of=as_of, months_after_point=point)
        if isinstance(cell, str) and len(cell) > 14 and (labelled := _labelled(cell, order, as_of, point)):
            return labelled
        one = parse_experience(cell, order[0], as_of=as_of, months_after_point=point)
        return (one,) if one else ()

    return parse


def _labelled(cell: str, order: tuple[ExperienceKind, ...], as_of: str, point: bool | None) -> tuple[ExperienceIn, ...]:
    """A column of one kind whose cell yet names its kinds by words."""
    if not (_TOTAL_WORD.search(low(cell)) or _PED_WORD.search(low(cell))):
        return ()
    return parse_experience_mixed(cell, order, as_of=as_of, months_after_point=point)


def _exact_parser(parse: Callable[[Cell], tuple[ExperienceIn, ...]]) -> Callable[[Cell], tuple[ExperienceIn, ...]]:
    def exact(cell: Cell) -> tuple[ExperienceIn, ...]:
        found = parse(cell)
        if isinstance(cell, str) and _WORDED.search(cell):
            return tuple(one if one.months is not None else ExperienceIn(one.kind, one.years, 0) for one in found)
        return found

    return exact


def experience_order(heading: str, values: Sequence[Cell] = ()) -> tuple[ExperienceKind, ...]:
    """Which kind comes first in «27/19»: as the heading names them; a bare «Стаж» over bare numbers is pedagogical."""
    text = low(heading)
    total, pedagogical = _TOTAL_WORD.search(text), _PED_WORD.search(text)
    if total and (not pedagogical or total.start() < pedagogical.start()):
        return TOTAL_THEN_PEDAGOGICAL
    if pedagogical and total:
        return (ExperienceKind.PEDAGOGICAL, ExperienceKind.TOTAL)
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _PAIR.fullmatch(str(value).strip()))]
    if 2 * len(pairs) > len(values):
        smaller_first = all(one <= other for one, other in pairs) and any(one < other for one, other in pairs)
        return (ExperienceKind.PEDAGOGICAL, ExperienceKind.TOTAL) if smaller_first else TOTAL_THEN_PEDAGOGICAL
    return TOTAL_THEN_PEDAGOGICAL if "/" in text else (ExperienceKind.PEDAGOGICAL,)


class CategoryColumns:
    """Category with its day, act, term and issuer."""

    def __init__(self, found: FoundTable) -> None:
        self._main = _column(found, "category", parse_categories, _NO_CATEGORIES)
        self._date = _column(found, "category_date", day_of, "")
        self._order = _column(found, "category_order", _act, ("", ""))
        self._until = _column(found, "category_until", term_of, "")
        self._issuer = _column(found, "category_issuer", plain_text, "")

    def read(self, raw: Raw, post: str, troubles: list[Trouble]) -> tuple[CategoryIn, ...]:
        """Categories of a row; the other columns complete the first one, the row's post stands where none is named."""
        found = self._main.at(raw, troubles) if self._main else _NO_CATEGORIES
        if not found:
            return ()
        first = found[0]
        if first.category is CategoryName.NONE:
            return (CategoryIn(first.category, first.post or post),)
        day = self._date.at(raw, troubles) if self._date else ""
        number, act_date = self._order.at(raw, troubles) if self._order else ("", "")
        until = self._until.at(raw, troubles) if self._until else ""
        issuer = self._issuer.at(raw, troubles) if self._issuer else ""
        first = CategoryIn(
            first.category,
            first.post or post,
            day or first.decision_date,
            number or first.act_number,
            act_date or first.act_date,
            issuer or first.issuer,
            until or first.valid_until,
        )
        return (first, *found[1:]) if len(found) > 1 else (first,)


def _act(cell: Cell) -> tuple[str, str]:
    """Number and date of an act: «№ 215/01-07, 01.04.2024», «1571-к», «приказ от 22.11.2022 г. № 1131-к»."""
    text = plain_text(cell)
    found = _ACT_DAY.search(text)
    day = parse_day(found.group()) if found else ""
    rest = f"{text[: found.start()]} {text[found.end() :]}" if found else text
    numbered = re.search(r"№\s*(?P<n>[^\s,;]+)", rest)
    number = numbered["n"] if numbered else " ".join(_ACT_WORDS.sub(" ", rest).split())
    return number.strip(" .,;"), day if len(day) == 10 else ""


class PostColumns:
    """Posts with subjects, rate, kind of employment; the second job apart. A category in the post is kept."""

    def __init__(self, found: FoundTable) -> None:
        self._post = _column(found, "post", _posts, _NO_POSTS)
        self._subjects = _column(found, "subjects", parse_subjects, _NO_SUBJECTS)
        self._rate = _column(found, "rate", parse_rate, "")
        self._kind = _column(found, "employment", parse_employment, _NO_KIND)
        self._since = _column(found, "since", day_of, "")
        self._number = _column(found, "personnel_number", _personnel_number, "")
        self._extra = _column(found, "extra_post", _posts, _NO_POSTS)
        self._extra_rate = _column(found, "extra_rate", parse_rate, "")

    def read(self, raw: Raw, troubles: list[Trouble]) -> tuple[tuple[PostIn, ...], CategoryIn | None]:
        """Posts of a row and the category written in the post."""
        posts, category = self._post.at(raw, troubles) if self._post else _NO_POSTS
        subjects = self._subjects.at(raw, troubles) if self._subjects else _NO_SUBJECTS
        kind = self._kind.at(raw, troubles) if self._kind else _NO_KIND
        rate = self._rate.at(raw, troubles) if self._rate else ""
        since = self._since.at(raw, troubles) if self._since else ""
        number = self._number.at(raw, troubles) if self._number else ""
        if subjects or kind or rate or since or number:
            first = posts[0] if posts else PostIn("")
            first = PostIn(
                first.post,
                subjects or first.subjects,
                kind or first.kind,
                rate or first.rate,
                since or first.since,
                number or first.personnel_number,
            )
            posts = (first, *posts[1:])
        if self._extra:
            posts += self._second(raw, troubles)
        return posts, category

    def _second(self, raw: Raw, troubles: list[Trouble]) -> tuple[PostIn, ...]:
        extra, _ = self._extra.at(raw, troubles) if self._extra else _NO_POSTS
        rate = self._extra_rate.at(raw, troubles) if self._extra_rate else ""
        return tuple(replace(one, kind=one.kind or EmploymentKind.INTERNAL, rate=one.rate or rate) for one in extra)


def _posts(cell: Cell) -> tuple[tuple[PostIn, ...], CategoryIn | None]:
    text = plain_text(cell)
    if not text:
        return (), None
    bare, category = strip_category(text)
    return parse_posts(bare), category


def _personnel_number(cell: Cell) -> str:
    """A personnel number keeps its leading zeros when the paper has it as text."""
    return plain_text(cell)


def _column(found: FoundTable, field: str, parse: Callable[[Cell], T], missing: T) -> ColumnValues[T] | None:
    index = found.index_of(field)
    return ColumnValues(index, parse, missing) if index is not None else None
