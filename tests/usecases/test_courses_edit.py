"""Entering courses and the perspective plan: checks, words of the step, undo."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import Store
from imc_desktop.domain.errors import Severity, UserError
from imc_desktop.usecases.course_edit import (
    CoursePlanInput,
    add_course_plan,
    add_training,
    delete_course_plans,
    delete_trainings,
    edit_course_plan,
    edit_training,
    known_titles,
    training_input,
    training_problems,
)
from imc_desktop.usecases.courses import course_plans, due_courses_list, trainings
from imc_desktop.usecases.staff_input import TrainingInput
from tests.usecases.people_maker import put_course, put_person, put_school

LAW = "ru.courses"
GOOD = TrainingInput("Современный урок", hours=36, ends="2026-03-14")


@pytest.fixture
def person(office: Store) -> str:
    return put_person(office, put_school(office))


def due_of(store: Store, on: date) -> str:
    (row,) = due_courses_list(store, on, LAW)
    return row.due


def test_a_course_is_added_changed_and_taken_back(office: Store, person: str, today: date) -> None:
    made = add_training(office, person, GOOD, today)
    assert due_of(office, today) == "2029-03-14"
    edit_training(office, made, TrainingInput("Современный урок", hours=72, ends="2025-03-14"), today)
    assert due_of(office, today) == "2028-03-14"
    assert "Грачёва А. И." in str(office.undo_label)
    office.undo()
    assert due_of(office, today) == "2029-03-14"
    assert training_input(office, made) == (person, GOOD)
    delete_trainings(office, [made])
    assert office.undo_label == "Удалено: 1 курс, Грачёва А. И."
    assert due_of(office, today) == ""
    office.undo()
    assert due_of(office, today) == "2029-03-14"


def test_several_courses_go_as_one_step(office: Store, person: str, today: date) -> None:
    ids = [put_course(office, person, f"202{n}-03-14", title=f"Курс {n}") for n in (4, 5, 6)]
    delete_trainings(office, ids)
    assert trainings(office, today) == []
    assert office.undo() == "Удалено: 3 курса, Грачёва А. И."
    assert len(trainings(office, today)) == 3
    with pytest.raises(UserError, match="уже нет"):
        delete_trainings(office, ["нет"])


@pytest.mark.parametrize(
    ("given", "field", "severity", "words"),
    [
        (TrainingInput("", ends="2026-03-14"), "title", Severity.ERROR, "название"),
        (TrainingInput("Урок", starts="2026-04-01", ends="2026-03-14"), "ends", Severity.ERROR, "раньше начала"),
        (TrainingInput("Урок", ends="2027-03-14"), "ends", Severity.WARNING, "не наступил"),
        (TrainingInput("Урок", hours=8, ends="2026-03-14"), "hours", Severity.WARNING, "не менее 16 ч"),
        (TrainingInput("Урок", kind="ПП", hours=72, ends="2026-03-14"), "hours", Severity.WARNING, "не менее 250 ч"),
        (
            TrainingInput("Урок", hours=36, ends="2026-03-14", provider="ООО «Знание»"),
            "provider", Severity.WARNING, "частную",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_a_course(
    office: Store, person: str, today: date, given: TrainingInput, field: str, severity: Severity, words: str
) -> None:
    found = {problem.where: problem for problem in training_problems(office, person, given, today)}
    assert found[field].severity is severity
    assert words in found[field].text


@pytest.mark.parametrize(
    "given",
    [
        GOOD,
        TrainingInput("Урок", hours=36, ends="2025-08-31", provider="ООО «Знание»"),  # before the restriction
        TrainingInput("Урок", hours=36, ends="2026-03-14", provider="ГАОУ ДПО «ИРО»"),
        TrainingInput("Вебинар", kind="семинар", hours=2, ends="2026-03-14"),
    ],
)
def test_nothing_stands_against_a_good_course(office: Store, person: str, today: date, given: TrainingInput) -> None:
    assert training_problems(office, person, given, today) == []


def test_the_same_course_twice_is_warned_about(office: Store, person: str, today: date) -> None:
    made = put_course(office, person, "2026", title="Современный урок")
    (found,) = training_problems(office, person, GOOD, today)
    assert (found.where, found.severity) == ("title", Severity.WARNING)
    assert training_problems(office, person, GOOD, today, made) == []
    assert training_problems(office, "", GOOD, today)[0].where == "person_id"
    assert known_titles(office) == (["Современный урок"], [])


def test_the_perspective_plan(office: Store, person: str, today: date) -> None:
    made = add_course_plan(office, CoursePlanInput(person, "2026", "Смешанное обучение"))
    assert office.undo_label == "Перспективный план: Грачёва А. И., 2026"
    (row,) = course_plans(office, today)
    assert (row.planned_year, row.theme, row.done) == ("2026", "Смешанное обучение", "")
    put_course(office, person, "2026-03-14", title="Урок")
    assert course_plans(office, today)[0].done == "Урок"
    edit_course_plan(office, made, CoursePlanInput(person, "2027", "Смешанное обучение"))
    assert course_plans(office, today, 2026) == []
    delete_course_plans(office, [made])
    assert course_plans(office, today) == []
    office.undo()
    assert course_plans(office, today, 2027)[0].id == made


@pytest.mark.parametrize(
    ("year", "words"), [("", "четырьмя цифрами"), ("27", "четырьмя цифрами"), ("2026", "уже в плане")]
)
def test_a_wrong_line_of_the_plan_is_refused(office: Store, person: str, year: str, words: str) -> None:
    add_course_plan(office, CoursePlanInput(person, "2026"))
    with pytest.raises(UserError, match=words):
        add_course_plan(office, CoursePlanInput(person, year))
    with pytest.raises(UserError, match="Выберите работника"):
        add_course_plan(office, CoursePlanInput("", "2027"))
