"""Editing people: checks at the fields, words of the steps, undo, and what imports may not revert."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.store import Store
from imc_desktop.domain.errors import Problem, Severity, UserError
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.organisations_list import organisations
from imc_desktop.usecases.staff import people
from imc_desktop.usecases.staff_card import person_card
from imc_desktop.usecases.staff_card_views import PersonCard
from imc_desktop.usecases.staff_edit import (
    RefusedError,
    add_fact,
    add_person,
    delete_fact,
    delete_people,
    edit_fact,
    edit_person,
    person_problems,
)
from imc_desktop.usecases.staff_input import (
    AwardInput,
    CategoryInput,
    EducationInput,
    ExperienceInput,
    FactInput,
    JobInput,
    PersonInput,
    TrainingInput,
    check_fact,
)

BIRTH = "1980-03-14"
TEACHER = PersonInput("Иванова", "Мария", "Петровна", birth=BIRTH)


@pytest.fixture
def ivanova(office: Store, today: date) -> str:
    return add_person(office, TEACHER, today, JobInput(post="учитель", organisation="МБОУ «СОШ № 5»"))


def card_of(store: Store, person: str, today: date) -> PersonCard:
    card = person_card(store, person, today)
    assert card is not None
    return card


def test_a_new_card_is_one_step(office: Store, today: date) -> None:
    add_person(office, TEACHER, today, JobInput(post="учитель", organisation="МБОУ «СОШ № 5»"))
    assert office.undo_label == "Новая карточка: Иванова М. П."
    office.undo()
    assert people(office, today) == []
    assert organisations(office, today) == []


def test_an_edit_says_whose_and_what(office: Store, ivanova: str, today: date) -> None:
    given = PersonInput("Иванова", "Мария", "Петровна", birth=BIRTH, phone="8 (924) 111-22-33", sex="ж")
    edit_person(office, ivanova, given, today)
    assert office.undo_label == "Изменение: Иванова М. П., телефон"
    assert card_of(office, ivanova, today).phone == "+79241112233"
    office.undo()
    assert card_of(office, ivanova, today).phone == ""


def test_nothing_changed_is_no_step(office: Store, ivanova: str, today: date) -> None:
    before = office.change_counter()
    edit_person(office, ivanova, PersonInput("Иванова", "Мария", "Петровна", birth=BIRTH), today)
    assert office.change_counter() == before


def test_a_changed_surname_is_remembered_and_undone_as_one(office: Store, ivanova: str, today: date) -> None:
    edit_person(office, ivanova, PersonInput("Петрова", "Мария", "Петровна", birth=BIRTH), today)
    assert card_of(office, ivanova, today).former_surnames == ("Иванова",)
    assert people(office, today)[0].surname == "Петрова"
    edit_person(office, ivanova, PersonInput("Иванова", "Мария", "Петровна", birth=BIRTH), today)
    assert card_of(office, ivanova, today).former_surnames == ("Петрова",)
    office.undo()
    office.undo()
    assert card_of(office, ivanova, today).former_surnames == ()
    assert card_of(office, ivanova, today).surname == "Иванова"


def test_a_misprint_leaves_no_former_surname(office: Store, ivanova: str, today: date) -> None:
    given = PersonInput("Ивановская", "Мария", "Петровна", birth=BIRTH, keep_former=False)
    edit_person(office, ivanova, given, today)
    assert card_of(office, ivanova, today).former_surnames == ()


def test_facts_come_change_and_go(office: Store, ivanova: str, today: date) -> None:
    category = add_fact(office, ivanova, CategoryInput("первая", "учитель", "2024-02-01"), today)
    assert office.undo_label == "Добавлено: Иванова М. П., категория"
    edit_fact(office, category, CategoryInput("высшая", "учитель", "2024-02-01"), today)
    assert office.undo_label == "Изменение: Иванова М. П., категория"
    assert card_of(office, ivanova, today).category.name == "высшая"
    delete_fact(office, "category", category)
    assert card_of(office, ivanova, today).categories == ()
    for wanted in ("высшая", "первая"):
        office.undo()
        assert card_of(office, ivanova, today).category.name == wanted
    with pytest.raises(UserError):
        edit_fact(office, "нет такого", AwardInput("Грамота"), today)


def test_training_knows_when_it_was_finished(office: Store, ivanova: str, today: date) -> None:
    add_fact(office, ivanova, TrainingInput("Химия", ends="2025", document_date="2025-03-20"), today)
    add_fact(office, ivanova, TrainingInput("Физика", starts="2024-01-10", ends="2024-01-20"), today)
    assert [one.finished for one in card_of(office, ivanova, today).trainings] == ["2025-03-20", "2024-01-20"]


def test_a_title_finds_the_organisation_or_makes_it(office: Store, ivanova: str, today: date) -> None:
    job = card_of(office, ivanova, today).jobs[0]
    edit_fact(
        office, job.id, JobInput(post="учитель", organisation="СОШ №5", rate="0,5", subjects="химия, физика"), today
    )
    assert len(organisations(office, today)) == 1
    edit_fact(office, job.id, JobInput(post="учитель", organisation="МБОУ «Лицей № 2»"), today)
    assert [row.short_name for row in organisations(office, today)] == ["МБОУ «Лицей № 2»", "МБОУ «СОШ № 5»"]
    assert card_of(office, ivanova, today).jobs[0].organisation == "МБОУ «Лицей № 2»"
    office.undo()
    job = card_of(office, ivanova, today).jobs[0]
    assert (job.organisation, job.rate, job.subjects) == ("МБОУ «СОШ № 5»", "0.5", "химия; физика")
    assert len(organisations(office, today)) == 1


def test_deleted_cards_take_their_facts_along_and_come_back(office: Store, ivanova: str, today: date) -> None:
    add_fact(office, ivanova, AwardInput("Грамота"), today)
    other = add_person(office, PersonInput("Яшина", "Ирина"), today)
    before = card_of(office, ivanova, today)
    delete_people(office, [ivanova, other])
    assert office.undo_label == "Удалено: 2 карточки"
    assert people(office, today) == []
    assert person_card(office, ivanova, today) is None
    office.undo()
    assert card_of(office, ivanova, today) == before
    delete_people(office, [other])
    assert office.undo_label == "Удалено: Яшина И."


WRONG: list[tuple[FactInput, str, str]] = [
    (CategoryInput(decision_date="1950-01-01"), "decision_date", "Дата решения раньше даты рождения. Проверьте год."),
    (CategoryInput(decision_date="2024-01-01", valid_until="2023-01-01"), "valid_until", "Срок действия"),
    (EducationInput(), "level", "Укажите уровень"),
    (EducationInput("высшее", year="98"), "year", "четырьмя цифрами"),
    (EducationInput("высшее", year="1975"), "year", "раньше даты рождения"),
    (ExperienceInput("total", None, None, "2026-01-01"), "years", "сколько полных лет"),
    (ExperienceInput("total", 60, None, "2026-01-01"), "years", "больше, чем позволяет возраст"),
    (ExperienceInput("total", 5, 12, "2026-01-01"), "months", "от 0 до 11"),
    (ExperienceInput("total", 5, 1, ""), "as_of", "на какой день"),
    (ExperienceInput("total", 5, 1, "2027-01-01"), "as_of", "ещё не наступил"),
    (JobInput(post="учитель"), "organisation", "Впишите организацию"),
    (JobInput("x", ""), "post", "должность"),
    (JobInput("x", "учитель", rate="полная"), "rate", "числом"),
    (JobInput("x", "учитель", since="2020-09-01", until="2019-09-01"), "until", "раньше её начала"),
    (TrainingInput("", ends="2024"), "title", "название курсов"),
    (TrainingInput("Химия", hours=0, ends="2024"), "hours", "число часов"),
    (TrainingInput("Химия", starts="2024-05-02", ends="2024-05-01"), "ends", "раньше начала"),
    (AwardInput(" "), "title", "награды"),
]


@pytest.mark.parametrize(("given", "where", "text"), WRONG)
def test_facts_are_checked_at_their_fields(given: FactInput, where: str, text: str, today: date) -> None:
    errors = [problem for problem in check_fact(given, BIRTH, today) if problem.severity is Severity.ERROR]
    assert [problem.where for problem in errors] == [where]
    assert text in errors[0].text


RIGHT: list[FactInput] = [
    CategoryInput("высшая", decision_date="2024-01", valid_until="бессрочно"),
    EducationInput("высшее", year="2002"),
    JobInput("x", "учитель", rate="1,25", since="2020-09-01"),
    TrainingInput("Химия", hours=72, ends="2024"),
    ExperienceInput("total", 20, 11, "2026-09-01"),
]


@pytest.mark.parametrize("given", RIGHT)
def test_right_facts_pass(given: FactInput, today: date) -> None:
    assert check_fact(given, BIRTH, today) == []


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (PersonInput(""), "surname"),
        (PersonInput("Иванова", "Мария", birth="2027-01-01"), "birth"),
        (PersonInput("Иванова", "Мария", birth="2020"), "birth"),
        (PersonInput("Иванова", "Мария", email="почта"), "email"),
        (PersonInput("Иванова", "Мария", phone="12"), "phone"),
        (PersonInput("Иванова", "Мария", snils="123"), "snils"),
        (PersonInput("Иванова", "Мария", iin="123"), "iin"),
    ],
)
def test_people_are_checked_at_their_fields(given: PersonInput, where: str, today: date) -> None:
    errors: list[Problem] = [one for one in person_problems(given, today) if one.severity is Severity.ERROR]
    assert [problem.where for problem in errors] == [where]


def test_what_is_refused_changes_nothing(office: Store, ivanova: str, today: date) -> None:
    before = office.change_counter()
    with pytest.raises(RefusedError) as refused:
        add_fact(office, ivanova, CategoryInput(decision_date="1950-01-01"), today)
    assert [problem.where for problem in refused.value.problems] == ["decision_date"]
    assert office.change_counter() == before


def register(path: Path, phone: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Реестр"
    sheet.append(["№", "ФИО", "Дата рождения", "Организация", "Должность", "Телефон"])
    sheet.append([1, "Сомова Вера Ильинична", "12.04.1979", "МБОУ «СОШ № 5»", "учитель", phone])
    sheet.append([2, "Рогова Анна Львовна", "01.02.1985", "МБОУ «СОШ № 5»", "учитель", ""])
    book.save(path)
    return path


def test_papers_do_not_revert_what_a_person_wrote(office: Store, tmp_path: Path, today: date) -> None:
    paper = register(tmp_path / "реестр.xlsx", "89240000001")
    import_papers(office, read_papers(office, [paper]), today=today)
    row = next(row for row in people(office, today) if row.surname == "Сомова")
    card = card_of(office, row.id, today)
    assert card.phone == "+79240000001"
    given = PersonInput("Сомова", "Вера", "Ильинична", birth=card.birth, sex="ж", phone="+79249999999")
    edit_person(office, row.id, given, today)
    job = card.jobs[0]
    edit_fact(office, job.id, JobInput(job.organisation_id, "методист"), today)
    import_papers(office, read_papers(office, [paper]), today=today)
    another = register(tmp_path / "ещё реестр.xlsx", "89240000002")
    import_papers(office, read_papers(office, [another]), today=today)
    after = card_of(office, row.id, today)
    assert after.phone == "+79249999999"
    assert after.jobs[0].post == "методист"
