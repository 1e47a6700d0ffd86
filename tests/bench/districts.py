"""Invented districts of any size: rows, databases, a register of 20 columns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from sqlalchemy import insert

from db.schema.base import new_ids
from db.schema.learning import Training
from db.schema.people import Category, Employment, Organisation, Person
from db.store import Store
from imc_desktop.domain.names import name_key
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.words import sort_key
from imc_desktop.usecases.office_making import create_office

ON = date(2026, 11, 20)
ROOTS = (
    "Иван", "Петр", "Сидор", "Кузнец", "Смирн", "Попов", "Семён", "Ёлкин", "Яковл", "Абрам", "Белоус", "Волк", "Гусар",
    "Дмитри", "Ельц", "Жар", "Зимин", "Калин", "Лаптев", "Морозов", "Новик", "Орлов", "Павл", "Рогов", "Савель",
)  # fmt: skip
ENDS = ("ова", "ева", "ина", "кина", "енко", "ских", "ёва", "арева", "ушкина", "ольская")
NAMES = (
    "Мария",
    "Анна",
    "Ирина",
    "Ольга",
    "Елена",
    "Алёна",
    "Татьяна",
    "Наталья",
    "Юлия",
    "Гүлнәр",
    "Светлана",
    "Вера",
)
PATRONYMICS = ("Ивановна", "Петровна", "Семёновна", "Алексеевна", "Юрьевна", "Андреевна", "Ильинична", "Олеговна")
POSTS = (
    "учитель",
    "воспитатель",
    "педагог-психолог",
    "учитель-логопед",
    "заместитель директора",
    "старший воспитатель",
)
SUBJECTS = ("математика", "русский язык и литература", "физика", "история, обществознание", "начальные классы", "химия")
KINDS = ("высшая", "первая", "СЗД")
TITLES = ("Обновлённые ФГОС", "Функциональная грамотность", "Цифровая среда урока", "Инклюзивное образование")
_START = date(2017, 1, 9)


@dataclass(frozen=True, slots=True)
class Teacher:
    """One invented person."""

    number: int
    surname: str
    name: str
    patronymic: str
    birth: date
    school: int
    post: str
    subjects: str

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic."""
        return f"{self.surname} {self.name} {self.patronymic}"


def teachers(count: int) -> Iterator[Teacher]:
    """Always the same people for a count; nobody has the name and birth date of another."""
    chance = random.Random(count)
    for number in range(count):
        # Two roots make as many surnames as a district of this size has; a name comes again, with another birth date.
        surname = (
            chance.choice(ROOTS) + (chance.choice(ROOTS).lower() if chance.random() < 0.6 else "") + chance.choice(ENDS)
        )
        yield Teacher(
            number, surname, chance.choice(NAMES), chance.choice(PATRONYMICS),
            date(1945, 1, 1) + timedelta(days=number % 20300), number // 45 + 1, chance.choice(POSTS),
            chance.choice(SUBJECTS),
        )  # fmt: skip


def course_days(chance: random.Random) -> tuple[str, int]:
    """A day of finishing and hours."""
    return (_START + timedelta(days=chance.randrange(3600))).isoformat(), chance.choice((16, 36, 72, 108, 144))


def make_district(path: Path, people: int, courses: int) -> Store:
    """A database of an office with people, work, categories and courses, journalled like any other."""
    store = create_office(path, "bohan", {})
    ids = new_ids()
    chance = random.Random(people)
    schools = [next(ids) for _ in range(people // 45 + 1)]
    rows: dict[type, list[dict[str, object]]] = {
        Organisation: [],
        Person: [],
        Employment: [],
        Category: [],
        Training: [],
    }
    for number, school in enumerate(schools, 1):
        rows[Organisation].append({"id": school, "short_name": f"СОШ № {number}", "sort_key": f"сош {number:05}"})
    for one in teachers(people):
        person = next(ids)
        rows[Person].append(
            {
                "id": person, "surname": one.surname, "name": one.name, "patronymic": one.patronymic,
                "birth": one.birth.isoformat(), "phone": f"+7 9{one.number:09}", "sort_key": sort_key(one.full_name),
                "name_key": name_key(PersonName(one.surname, one.name, one.patronymic)),
            }
        )  # fmt: skip
        rows[Employment].append(
            {
                "id": next(ids), "person_id": person, "organisation_id": schools[one.school - 1], "post": one.post,
                "subjects": one.subjects,
            }
        )  # fmt: skip
        rows[Category].append(
            {
                "id": next(ids), "person_id": person, "category": chance.choice(KINDS), "post": one.post,
                "decision_date": course_days(chance)[0],
            }
        )  # fmt: skip
        rows[Training] += training_rows(ids, person, courses, chance)
    with store.change("Вымышленный район") as session:
        for table, found in rows.items():
            if found:
                session.execute(insert(table), found)
    return store


def training_rows(ids: Iterator[str], person: str, count: int, chance: random.Random) -> list[dict[str, object]]:
    """Courses of one person."""
    found = []
    for _ in range(count):
        day, hours = course_days(chance)
        found.append(
            {
                "id": next(ids), "person_id": person, "title": chance.choice(TITLES), "provider": "ИРО", "kind": "ПК",
                "hours": hours, "ends": day, "finished": day, "document_number": f"{chance.randrange(10**9)}",
            }
        )  # fmt: skip
    return found


HEADINGS = (
    "№ п/п", "Фамилия, имя, отчество", "Дата рождения", "Организация", "Должность", "Предмет", "Образование",
    "Учебное заведение, год окончания", "Специальность по диплому", "Общий стаж", "Педагогический стаж", "Категория",
    "Дата присвоения категории", "№ приказа", "Курсы повышения квалификации", "Кол-во часов", "Дата окончания курсов",
    "Телефон", "Нагрузка (ставка)", "Награды",
)  # fmt: skip


def register_rows(count: int) -> Iterator[list[object]]:
    """Twenty columns of a staff register as schools send it: dates as text and as dates, stray spaces."""
    chance = random.Random(count + 1)
    for one in teachers(count):
        day, hours = course_days(chance)
        taken, _ = course_days(chance)
        birth: object = one.birth if one.number % 3 else one.birth.strftime("%d.%m.%Y г.")
        years = chance.randrange(2, 40)
        yield [
            one.number + 1, f" {one.full_name} " if one.number % 7 == 0 else one.full_name, birth,
            f"МБОУ СОШ № {one.school}", one.post, one.subjects, "высшее",
            f"ВСГАО, {2026 - years}", "учитель", f"{years + 2} л.", f"{years} лет {chance.randrange(1, 12)} мес.",
            chance.choice(KINDS), date.fromisoformat(taken), f"{chance.randrange(1, 900)}-мр",
            chance.choice(TITLES), hours, date.fromisoformat(day), f"8 9{one.number:02.0f}"[:4] + f"{one.number:08}",
            1, "Почётная грамота" if one.number % 11 == 0 else "",
        ]  # fmt: skip


def write_register(path: Path, count: int) -> None:
    """The register as xlsx."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Сведения")
    sheet.write(0, 0, "Сведения о педагогических работниках района на 01.10.2026")
    for column, heading in enumerate(HEADINGS):
        sheet.write(2, column, heading)
    for number, row in enumerate(register_rows(count), 3):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
