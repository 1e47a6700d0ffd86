"""What lists, cards and the command line compute of a person's facts: a category in force, experience on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from imc_desktop.domain.category_end import CategoryFact, until_of
from imc_desktop.domain.dates import school_year_ends, to_date
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, EducationLevel, ExperienceKind
from imc_desktop.domain.patterns import later
from imc_desktop.domain.rule_data import RuleSet
from imc_desktop.domain.words import plural, show_date

_RANK = {
    CategoryName.NONE: 0,
    CategoryName.SZD: 1,
    CategoryName.SECOND: 2,
    CategoryName.FIRST: 3,
    CategoryName.HIGHEST: 4,
    CategoryName.MENTOR: 5,
    CategoryName.METHODIST: 6,
} | {
    name: place
    for place, name in enumerate((name for name in CategoryName if name.name.startswith("KZ_")), 1)
}  # fmt: skip
_LEVELS = (
    EducationLevel.SECONDARY,
    EducationLevel.VOCATIONAL,
    EducationLevel.UNFINISHED_HIGHER,
    EducationLevel.HIGHER,
)
EXPERIENCE_TITLES = {
    ExperienceKind.TOTAL: "общий",
    ExperienceKind.PEDAGOGICAL: "педагогический",
    ExperienceKind.ORGANISATION: "в организации",
    ExperienceKind.POST: "в должности",
}


class Standing(StrEnum):
    """How a category stands on a day; ``expiring`` = ends within the school year that holds the day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    NONE = "none"


class CategoryView(NamedTuple):
    """A category with its end by the rules; "" = cannot be told."""

    name: str
    until: str = ""
    standing: Standing = Standing.NONE

    @property
    def words(self) -> str:
        """«первая, до 31.08.2028», «высшая, бессрочно», «нет»."""
        if self.standing is Standing.NONE:
            return "нет"
        if self.until == OPEN_ENDED:
            return f"{self.name}, бессрочно"
        if not self.until:
            return self.name
        return f"{self.name}, до {show_date(self.until)}"


NO_CATEGORY = CategoryView("")
Held = tuple[str, str, str]  # a category as stored: its name, the day of decision, the end the paper says


class Categories:
    """Categories of many people on one day, by one set of rules."""

    def __init__(self, rules: RuleSet, on: date) -> None:
        self._rules = rules
        self._day = on.isoformat()
        self._this_year_to = school_year_ends(on)[0]
        self._known: dict[Held, CategoryView] = {}

    def view(self, name: str, decided: str, said: str) -> CategoryView:
        """The category decided on a day, with the end the paper says."""
        found = self._known.get((name, decided, said))
        if found is None:
            fact = CategoryFact(CategoryName(name), decision_date=decided, valid_until=said)
            until = until_of(fact, self._rules)
            found = self._known[name, decided, said] = CategoryView(name, until, self.standing(until))
        return found

    def of_person(self, held: tuple[Held, ...]) -> CategoryView:
        """The category that speaks for somebody who holds these."""
        if not held:
            return NO_CATEGORY
        if len(held) == 1:
            return self.view(*held[0])
        return self.present([self.view(*one) for one in held])

    def standing(self, until: str) -> Standing:
        """How something that ends so stands."""
        if not until:
            return Standing.UNKNOWN
        if until == OPEN_ENDED or until > self._this_year_to:
            return Standing.VALID
        return Standing.EXPIRING if until >= self._day else Standing.EXPIRED

    def present(self, views: Sequence[CategoryView]) -> CategoryView:
        """The one that speaks for a person: the highest in force, else the latest that has ended."""
        if not views:
            return NO_CATEGORY
        return max(views, key=lambda one: (one.standing is not Standing.EXPIRED, _in_force_rank(one), one.until))


def _in_force_rank(view: CategoryView) -> int:
    return 0 if view.standing is Standing.EXPIRED else _RANK[CategoryName(view.name)]


class Span(NamedTuple):
    """Years and months; ``months`` is None where the source knows whole years only."""

    years: int
    months: int | None

    @property
    def words(self) -> str:
        """«12 лет 3 месяца»."""
        years = f"{self.years} {plural(self.years, 'год', 'года', 'лет')}"
        if not self.months:
            return years
        return f"{years} {self.months} {plural(self.months, 'месяц', 'месяца', 'месяцев')}"


def experience_on(years: int, months: int | None, as_of: str, on: date) -> Span:
    """Experience as of another day: it grows (or shrinks) by the full months between the two days.

    Where only whole years are known it moves by the full years between; an unknown day leaves it as written.
    """
    if not as_of:
        return Span(years, months)
    passed = _full_months(to_date(as_of), on)
    if months is None:
        return Span(max(0, years + int(passed / 12)), None)
    total = max(0, years * 12 + months + passed)
    return Span(total // 12, total % 12)


def _full_months(start: date, end: date) -> int:
    if end < start:
        return -_full_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def education_rank(level: str, year: str) -> tuple[int, str]:
    """Orders educations: the highest level, then the latest."""
    return (_LEVELS.index(EducationLevel(level)) + 1 if level in set(EducationLevel) else 0, year)


def full_name(surname: str, name: str, patronymic: str) -> str:
    """«Фамилия Имя Отчество» of the parts that are known."""
    return " ".join(part for part in (surname, name, patronymic) if part)


def subjects_of(text: str) -> tuple[str, ...]:
    """The subjects of an employment, which are stored joined by «; »."""
    return tuple(part for part in text.split("; ") if part)


_LEGAL_FORM = later(r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,8}\s+)+«(.+)»")
_SHORTER = (
    ("Детский сад", "д/с"),
    ("детский сад", "д/с"),
    ("заместитель", "зам."),
    ("дополнительного образования", "доп. обр."),
    ("инструктор по физической культуре", "инструктор по ФК"),
    ("музыкальный", "муз."),
    ("советник директора по воспитанию", "советник по воспит."),
    ("физического воспитания", "физвоспитания"),
)


@lru_cache(maxsize=4096)
def brief_organisation(title: str) -> str:
    """A short name for narrow columns: «МБОУ «СОШ № 1»» is «СОШ № 1», a kindergarten «д/с № 4 «Ромашка»»."""
    found = _LEGAL_FORM.fullmatch(title)
    return _shorter(found[1] if found else title)


@lru_cache(maxsize=1024)
def brief_post(post: str) -> str:
    """A post with the usual abbreviations: «зам. директора по УВР»."""
    return _shorter(post)


def _shorter(text: str) -> str:
    for word, brief in _SHORTER:
        text = text.replace(word, brief)
    return text
