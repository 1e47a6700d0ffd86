"""The list, the card and the shapes of the command line, on a small office of invented people."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import Store
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.organisations_list import organisations, organisations_as_json
from imc_desktop.usecases.staff import PersonRow, people
from imc_desktop.usecases.staff_card import person_card
from imc_desktop.usecases.staff_dues import person_dues
from imc_desktop.usecases.staff_edit import add_fact, add_person
from imc_desktop.usecases.staff_input import (
    AwardInput,
    CategoryInput,
    EducationInput,
    ExperienceInput,
    JobInput,
    PersonInput,
    TrainingInput,
)
from imc_desktop.usecases.staff_json import cases_as_json, categories_as_json, people_as_json, training_as_json
from imc_desktop.usecases.staff_values import (
    NO_CATEGORY,
    Categories,
    Span,
    Standing,
    brief_organisation,
    brief_post,
    experience_on,
)

SCHOOL = "МБОУ «СОШ № 5»"


def add(store: Store, name: str, today: date, *, post: str = "учитель", birth: str = "1980-03-14") -> str:
    surname, first, patronymic = name.split()
    job = JobInput(post=post, subjects="химия, биология", organisation=SCHOOL)
    return add_person(store, PersonInput(surname, first, patronymic, birth=birth), today, job)


@pytest.fixture
def ivanova(office: Store, today: date) -> str:
    person = add(office, "Иванова Мария Петровна", today)
    for fact in (
        CategoryInput("первая", "учитель", "2024-02-01", "", "15-к"),
        EducationInput("среднее профессиональное", "Педколледж", "2000"),
        EducationInput("высшее", "КГПУ", "2006", "учитель (химия)"),
        ExperienceInput("total", 20, 3, "2026-09-01"),
        ExperienceInput("pedagogical", 18, None, "2025-09-01"),
        TrainingInput("Химия в школе", "ИРО", hours=72, starts="2025-03-01", ends="2025-03-20"),
        AwardInput("Грамота отдела"),
    ):
        add_fact(office, person, fact, today)
    return person


def by_name(rows: list[PersonRow]) -> dict[str, PersonRow]:
    return {row.full_name: row for row in rows}


def test_people_stand_in_the_order_of_the_alphabet(office: Store, today: date) -> None:
    for name in ("Ёлкина Анна Ивановна", "Яшина Ирина Олеговна", "Енина Ольга Павловна", "Жукова Нина Ильинична"):
        add(office, name, today)
    assert [row.surname for row in people(office, today)] == ["Ёлкина", "Енина", "Жукова", "Яшина"]


def test_row_says_work_and_category(office: Store, ivanova: str, today: date) -> None:
    add_fact(
        office,
        ivanova,
        JobInput(post="педагог-психолог", kind="внешний совместитель", organisation="МБУ ДО «ДДТ»"),
        today,
    )
    (row,) = people(office, today)
    assert (row.organisation, row.post, row.subjects) == (SCHOOL, "учитель", "химия; биология")
    assert row.also == "педагог-психолог, МБУ ДО «ДДТ»"
    assert row.category.words == "первая, бессрочно"
    assert all(word in row.search for word in ("иванова", "сош 5", "бессрочно", "ддт"))


def test_past_work_is_no_present_work(office: Store, ivanova: str, today: date) -> None:
    add_fact(
        office,
        ivanova,
        JobInput(post="директор", organisation="МБОУ «СОШ № 6»", since="2010-09-01", until="2015-08-31"),
        today,
    )
    assert people(office, today)[0].also == ""
    card = person_card(office, ivanova, today)
    assert card is not None
    assert [job.post for job in card.past_jobs] == ["директор"]


CATEGORIES = [
    ("первая", "2024-02-01", "", "бессрочно", Standing.VALID),
    ("первая", "2022-02-01", "", "2027-02-01", Standing.EXPIRING),
    ("высшая", "2021-10-01", "", "2026-10-01", Standing.EXPIRED),
    ("СЗД", "2025-10-01", "", "2030-10-01", Standing.VALID),
    ("первая", "", "", "", Standing.UNKNOWN),
    ("первая", "", "2026-11-20", "2026-11-20", Standing.EXPIRING),
]


@pytest.mark.parametrize(("name", "decided", "said", "until", "standing"), CATEGORIES)
def test_category_stands_by_the_rules(
    office: Store, today: date, name: str, decided: str, said: str, until: str, standing: Standing
) -> None:
    view = Categories(office_rules_of(office), today).view(name, decided, said)
    assert (view.until, view.standing) == (until, standing)


def test_the_highest_in_force_speaks_for_a_person(office: Store, today: date) -> None:
    rules = Categories(office_rules_of(office), today)
    expired, szd = rules.view("высшая", "2015-10-01", ""), rules.view("СЗД", "2025-10-01", "")
    first = rules.view("первая", "2024-10-01", "")
    assert rules.present([expired, szd]) is szd
    assert rules.present([szd, first, expired]) is first
    assert rules.present([expired]) is expired
    assert rules.present([]) is NO_CATEGORY


EXPERIENCE = [
    ((20, 3), "2026-09-01", date(2026, 11, 20), (20, 5)),
    ((20, 11), "2026-09-01", date(2026, 10, 1), (21, 0)),
    ((20, 3), "2026-09-30", date(2026, 10, 29), (20, 3)),
    ((20, None), "2024-10-01", date(2026, 9, 30), (21, None)),
    ((20, None), "2024-10-01", date(2026, 10, 1), (22, None)),
    ((20, None), "2026-10-01", date(2026, 9, 1), (20, None)),
    ((20, 3), "2026-10-01", date(2025, 9, 1), (19, 2)),
    ((20, 3), "2026-10-15", date(2026, 10, 1), (20, 3)),
    ((0, 1), "2026-10-01", date(2020, 9, 1), (0, 0)),
    ((7, 4), "", date(2026, 11, 20), (7, 4)),
    ((7, None), "2020", date(2026, 11, 20), (13, None)),
]


@pytest.mark.parametrize(("told", "as_of", "on", "now"), EXPERIENCE)
def test_experience_grows_by_itself(
    told: tuple[int, int | None], as_of: str, on: date, now: tuple[int, int | None]
) -> None:
    assert experience_on(*told, as_of, on) == Span(*now)


def test_spans_in_words() -> None:
    assert Span(21, 1).words == "21 год 1 месяц"
    assert Span(12, None).words == "12 лет"
    assert Span(2, 0).words == "2 года"


@pytest.mark.parametrize(
    ("title", "brief"),
    [
        ("МБОУ «СОШ № 1»", "СОШ № 1"),
        ("МБУ ДО «ДДТ»", "ДДТ"),
        ("МБДОУ «Детский сад № 4 «Ромашка»»", "д/с № 4 «Ромашка»"),
        ("Гимназия № 7", "Гимназия № 7"),
    ],
)
def test_brief_organisations(title: str, brief: str) -> None:
    assert brief_organisation(title) == brief


def test_brief_posts() -> None:
    assert brief_post("заместитель директора по УВР") == "зам. директора по УВР"
    assert brief_post("учитель") == "учитель"


def test_card_holds_everything(office: Store, ivanova: str, today: date) -> None:
    card = person_card(office, ivanova, today)
    assert card is not None
    assert card.sex == "ж"
    assert [one.level for one in card.educations] == ["высшее", "среднее профессиональное"]
    assert [(one.title, one.now.words) for one in card.experience] == [
        ("общий", "20 лет 5 месяцев"),
        ("педагогический", "19 лет"),
    ]
    assert card.categories[0].view.until == "бессрочно"
    assert [one.title for one in card.trainings] == ["Химия в школе"]
    assert [one.title for one in card.awards] == ["Грамота отдела"]
    assert person_card(office, "нет такого", today) is None


def test_dues_explain_themselves(office: Store, ivanova: str, today: date) -> None:
    dues = person_dues(office, ivanova, today)
    assert dues.courses
    assert all("Основание" in due.why for due in (*dues.courses, *dues.attestation))


def test_people_as_json(office: Store, ivanova: str, today: date) -> None:
    (told,) = people_as_json(office, today)
    employment = told.pop("employments")[0]
    assert employment.pop("organisation_id")
    assert employment == {
        "organisation": SCHOOL,
        "post": "учитель",
        "subjects": ["химия", "биология"],
        "main": True,
        "rate": None,
        "kind": "основной",
        "since": None,
        "until": None,
        "personnel_number": None,
    }
    assert told["id"] == ivanova
    assert (told["surname"], told["name"], told["patronymic"]) == ("Иванова", "Мария", "Петровна")
    assert told["education"] == {
        "level": "высшее",
        "institution": "КГПУ",
        "year": "2006",
        "speciality": "учитель (химия)",
        "qualification": None,
    }
    assert told["experience"] == {
        "total": {"years": 20, "months": 5},
        "pedagogical": {"years": 19, "months": None},
    }
    category = told["categories"][0]
    assert (category["category"], category["valid_until"], category["act_number"]) == ("первая", "бессрочно", "15-к")
    assert (told["training_count"], told["phone"], told["awards"]) == (1, None, ["Грамота отдела"])


def test_without_a_category_there_is_one_line(office: Store, today: date) -> None:
    add(office, "Яшина Ирина Олеговна", today)
    (told,) = people_as_json(office, today)
    (category,) = told["categories"]
    assert category["category"] == "нет"
    assert category["valid_until"] is None
    assert categories_as_json(office, today) == []


def test_other_lists_as_json(office: Store, ivanova: str, today: date) -> None:
    (course,) = training_as_json(office)
    assert course["person_id"] == ivanova
    assert course["person"] == "Иванова Мария Петровна"
    assert (course["kind"], course["hours"], course["start"], course["end"]) == ("ПК", 72, "2025-03-01", "2025-03-20")
    assert course["document_number"] is None
    (category,) = categories_as_json(office, today)
    assert (category["person_id"], category["decision_date"]) == (ivanova, "2024-02-01")
    assert cases_as_json(office) == []
    (organisation,) = organisations_as_json(office, today)
    assert (organisation["organisation"], organisation["people"]) == (SCHOOL, 1)


def test_organisations_count_people_once(office: Store, ivanova: str, today: date) -> None:
    add_fact(office, ivanova, JobInput(post="методист", organisation="СОШ №5"), today)
    (row,) = organisations(office, today)
    assert row.people == 1
