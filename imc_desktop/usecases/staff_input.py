"""What a person writes into the forms of a card, and what is wrong with it. Pure: no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.errors import Problem, Severity
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, EmploymentKind, ExperienceKind, TrainingKind

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_SNILS = re.compile(r"\d{3}-?\d{3}-?\d{3}[ -]?\d{2}")
_IIN = re.compile(r"\d{12}")
_YEAR = re.compile(r"(19|20)\d\d")
_RATE = re.compile(r"\d([.,]\d{1,3})?")
_YOUNGEST = 16


@dataclass(frozen=True, slots=True)
class PersonInput:
    """``keep_former``: when the surname is another one, the old stays as a former surname (not for a misprint)."""

    surname: str
    name: str = ""
    patronymic: str = ""
    birth: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    snils: str = ""
    iin: str = ""
    note: str = ""
    deferred_until: str = ""
    keep_former: bool = True


@dataclass(frozen=True, slots=True)
class JobInput:
    """``organisation`` is a title, read when there is no id; an unknown one makes a new organisation."""

    organisation_id: str = ""
    post: str = ""
    subjects: str = ""
    kind: str = EmploymentKind.MAIN
    rate: str = ""
    personnel_number: str = ""
    since: str = ""
    until: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class EducationInput:
    level: str = ""
    institution: str = ""
    year: str = ""
    speciality: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class ExperienceInput:
    kind: str = ExperienceKind.TOTAL
    years: int | None = None
    months: int | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class CategoryInput:
    category: str = CategoryName.FIRST
    post: str = ""
    decision_date: str = ""
    valid_until: str = ""
    act_number: str = ""
    act_date: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class TrainingInput:
    title: str
    provider: str = ""
    kind: str = TrainingKind.PK
    hours: int | None = None
    starts: str = ""
    ends: str = ""
    document_number: str = ""
    registration_number: str = ""
    document_date: str = ""
    distance: bool = False


@dataclass(frozen=True, slots=True)
class AwardInput:
    title: str


FactInput = JobInput | EducationInput | ExperienceInput | CategoryInput | TrainingInput | AwardInput


def check_person(given: PersonInput, on: date) -> list[Problem]:
    """What is wrong with a person's own fields; errors forbid saving, warnings do not."""
    found = []
    if not given.surname.strip():
        found.append(Problem("surname", "Впишите фамилию."))
    if not given.name.strip():
        found.append(Problem("name", "Имя не указано: человека трудно будет узнать в файлах.", Severity.WARNING))
    if given.birth and _first(given.birth) > on:
        found.append(Problem("birth", "Дата рождения ещё не наступила. Проверьте год."))
    elif given.birth and not 1900 < _first(given.birth).year <= on.year - _YOUNGEST:
        found.append(Problem("birth", "Такого возраста у педагога быть не может. Проверьте год рождения."))
    if given.email and not _EMAIL.fullmatch(given.email.strip()):
        found.append(Problem("email", "Адрес эл. почты пишется так: имя@сервер.ru."))
    if given.snils and not _SNILS.fullmatch(given.snils.strip()):
        found.append(Problem("snils", "В СНИЛС одиннадцать цифр: 123-456-789 00."))
    if given.iin and not _IIN.fullmatch(given.iin.strip()):
        found.append(Problem("iin", "В ИИН двенадцать цифр."))
    return found


def check_fact(given: FactInput, birth: str, on: date) -> list[Problem]:
    """What is wrong with a fact of a person born then."""
    match given:
        case JobInput():
            return _job(given, birth, on)
        case EducationInput():
            return _education(given, birth, on)
        case ExperienceInput():
            return _experience(given, birth, on)
        case CategoryInput():
            return _category(given, birth, on)
        case TrainingInput():
            return _training(given, birth, on)
        case AwardInput():
            return [] if given.title.strip() else [Problem("title", "Впишите название награды.")]


def _job(given: JobInput, birth: str, on: date) -> list[Problem]:
    found = _after_birth("since", given.since, birth, "Начало работы")
    if not (given.organisation_id or given.organisation.strip()):
        found.append(Problem("organisation", "Впишите организацию."))
    if not given.post.strip():
        found.append(Problem("post", "Впишите должность."))
    if given.rate and not _RATE.fullmatch(given.rate.strip()):
        found.append(Problem("rate", "Ставка пишется числом: 1 или 0,5."))
    if _before(given.until, given.since):
        found.append(Problem("until", "Окончание работы раньше её начала."))
    return found + _not_future("since", given.since, on)


def _education(given: EducationInput, birth: str, on: date) -> list[Problem]:
    found = []
    if not (given.level or given.institution.strip()):
        found.append(Problem("level", "Укажите уровень образования или учебное заведение."))
    if given.year and not _YEAR.fullmatch(given.year):
        return [*found, Problem("year", "Год пишется четырьмя цифрами: 1998.")]
    found += _after_birth("year", given.year, birth, "Год окончания")
    return found + _not_future("year", given.year, on, Severity.WARNING)


def _experience(given: ExperienceInput, birth: str, on: date) -> list[Problem]:
    found = _not_future("as_of", given.as_of, on)
    if given.years is None:
        found.append(Problem("years", "Впишите, сколько полных лет."))
    elif birth and given.years > on.year - int(birth[:4]) - 14:
        found.append(Problem("years", "Стаж больше, чем позволяет возраст. Проверьте число лет."))
    if given.months is not None and not 0 <= given.months <= 11:
        found.append(Problem("months", "Месяцев — от 0 до 11."))
    if not given.as_of:
        found.append(Problem("as_of", "Укажите, на какой день посчитан стаж: дальше он растёт сам."))
    return found


def _category(given: CategoryInput, birth: str, on: date) -> list[Problem]:
    found = _after_birth("decision_date", given.decision_date, birth, "Дата решения")
    found += _not_future("decision_date", given.decision_date, on, Severity.WARNING)
    if not given.decision_date and not given.valid_until:
        found.append(Problem("decision_date", "Без даты решения срок не посчитать.", Severity.WARNING))
    if given.valid_until != OPEN_ENDED and _before(given.valid_until, given.decision_date):
        found.append(Problem("valid_until", "Срок действия кончается раньше даты решения."))
    return found


def _training(given: TrainingInput, birth: str, on: date) -> list[Problem]:
    found = _after_birth("ends", given.ends, birth, "Окончание курсов")
    if not given.title.strip():
        found.append(Problem("title", "Впишите название курсов."))
    if given.hours is not None and not 0 < given.hours < 5000:
        found.append(Problem("hours", "Проверьте число часов."))
    if _before(given.ends, given.starts):
        found.append(Problem("ends", "Окончание курсов раньше начала."))
    if not (given.ends or given.document_date):
        found.append(Problem("ends", "Без даты окончания курсы не учитываются в сроках.", Severity.WARNING))
    return found + _not_future("ends", given.ends, on, Severity.WARNING)


def _first(iso: str) -> date:
    return to_date(iso)


def _before(one: str, other: str) -> bool:
    """The whole of a partial date lies before the other one."""
    return bool(one and other) and to_date(one, last=True) < to_date(other)


def _after_birth(where: str, iso: str, birth: str, what: str) -> list[Problem]:
    if not _is_day(iso) or not _before(iso, birth):
        return []
    return [Problem(where, f"{what} раньше даты рождения. Проверьте год.")]


def _not_future(where: str, iso: str, on: date, severity: Severity = Severity.ERROR) -> list[Problem]:
    if not _is_day(iso) or to_date(iso) <= on:
        return []
    return [Problem(where, "Этот день ещё не наступил. Проверьте год.", severity)]


def _is_day(iso: str) -> bool:
    return bool(iso) and iso[:4].isdigit()
