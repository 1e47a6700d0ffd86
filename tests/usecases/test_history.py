"""History in words a person reads, and values brought back."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.history import history, history_as_json, history_of_record, restore_value
from imc_desktop.usecases.staff_card import person_card
from imc_desktop.usecases.staff_edit import add_fact, add_person, delete_people, edit_fact, edit_person
from imc_desktop.usecases.staff_input import CategoryInput, JobInput, PersonInput


@pytest.fixture
def ivanova(office: Store, today: date) -> str:
    job = JobInput(post="учитель", organisation="МБОУ «СОШ № 5»")
    return add_person(office, PersonInput("Иванова", "Мария", "Петровна", birth="1980-03-14"), today, job)


def changes(store: Store, person: str) -> list[str]:
    return [line.change for line in history(store, person)]


def test_a_new_card_is_one_line(office: Store, ivanova: str) -> None:
    assert changes(office, ivanova) == ["появилось: карточка «Иванова Мария Петровна»"]


def test_changes_of_fields_and_facts_in_words(office: Store, ivanova: str, today: date) -> None:
    edit_person(office, ivanova, PersonInput("Иванова", "Мария", "Петровна", birth="1981-03-14"), today)
    category = add_fact(office, ivanova, CategoryInput("первая", "учитель", "2024-02-01"), today)
    edit_fact(office, category, CategoryInput("высшая", "учитель", "2025-02-01"), today)
    job = JobInput(post="методист", organisation="МБОУ «Лицей № 2»")
    with_job = person_card(office, ivanova, today)
    assert with_job is not None
    edit_fact(office, with_job.jobs[0].id, job, today)
    assert set(changes(office, ivanova)[:2]) == {
        "место работы, организация: МБОУ «СОШ № 5» → МБОУ «Лицей № 2»",
        "место работы, должность: учитель → методист",
    }
    assert set(changes(office, ivanova)[2:4]) == {
        "категория, дата решения: 01.02.2024 → 01.02.2025",
        "категория: первая → высшая",
    }
    assert changes(office, ivanova)[4:] == [
        "появилось: категория «первая, 01.02.2024»",
        "дата рождения: 14.03.1980 → 14.03.1981",
        "появилось: карточка «Иванова Мария Петровна»",
    ]
    assert [line.change for line in history_of_record(office, category)][-1].startswith("появилось: категория")


def test_a_line_says_when_and_what(office: Store, ivanova: str) -> None:
    (line,) = history(office, ivanova)
    assert line.text == f"{line.when} · Новая карточка: Иванова М. П. · {line.change}"
    assert line.author == "проверка"


def test_a_deleted_card_and_its_return_are_one_line_each(office: Store, ivanova: str) -> None:
    delete_people(office, [ivanova])
    office.undo()
    assert changes(office, ivanova)[:2] == [
        "возвращено: карточка «Иванова Мария Петровна»",
        "удалено: карточка «Иванова Мария Петровна»",
    ]
    assert history(office, ivanova)[0].label == "Отменено: Удалено: Иванова М. П."


def test_a_former_value_comes_back(office: Store, ivanova: str, today: date) -> None:
    edit_person(office, ivanova, PersonInput("Иванова", "Мария", "Петровна", birth="1981-03-14"), today)
    line = next(line for line in history(office, ivanova) if line.field == "birth")
    assert line.can_restore
    restore_value(office, line)
    card = person_card(office, ivanova, today)
    assert card is not None
    assert card.birth == "1980-03-14"
    assert office.undo_label == "Возвращено прежнее: дата рождения — 14.03.1980"
    with pytest.raises(UserError):
        restore_value(office, history(office, ivanova)[-1])


def test_history_as_json(office: Store, ivanova: str) -> None:
    (line,) = history_as_json(office, ivanova)
    assert (line["action"], line["record"], line["field"]) == ("Новая карточка: Иванова М. П.", "карточка", None)
    assert history_as_json(office)[0]["action"] == "Новая карточка: Иванова М. П."
    with pytest.raises(UserError):
        history_as_json(office, "нет такого")
