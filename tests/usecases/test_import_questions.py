"""Answers to open questions: each is one step, they answer themselves, all new people of a list at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.imports.questions import (
    answer_as_new,
    answer_contradiction,
    answer_unclear,
    open_questions,
    skip_question,
)
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import import_papers, read_papers

HEADINGS = ("ФИО", "Дата рождения", "Должность", "Место работы")
SCHOOL = "МБОУ «СОШ № 5»"


def take(store: Store, path: Path, today: date, *rows: Sequence[str]) -> ImportReport:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        sheet = book.add_worksheet("Список")
        sheet.write_row(0, 0, HEADINGS)
        for line, row in enumerate(rows, 1):
            sheet.write_row(line, 0, (*row, SCHOOL) if len(row) == 3 else row)
    return import_papers(store, read_papers(store, [path]), today=today)


def people(store: Store) -> list[str]:
    with store.read() as session:
        query = (
            "SELECT trim(surname || ' ' || name || ' ' || patronymic) FROM person WHERE deleted_at IS NULL ORDER BY 1"
        )
        return list(session.connection().exec_driver_sql(query).scalars())


def test_a_full_name_answers_the_initials(office: Store, tmp_path: Path, today: date) -> None:
    take(office, tmp_path / "раз.xlsx", today, ("Котова О. Ю.", "", "учитель"))
    assert [one.who for one in open_questions(office)] == ["Котова О. Ю."]
    assert people(office) == []
    report = take(office, tmp_path / "два.xlsx", today, ("Котова Ольга Юрьевна", "01.02.1980", "учитель"))
    assert report.answered == 1
    assert open_questions(office) == []
    assert people(office) == ["Котова Ольга Юрьевна"]
    office.undo()
    assert len(open_questions(office)) == 1


def test_candidates_are_told_apart_by_details(office: Store, tmp_path: Path, today: date) -> None:
    take(
        office, tmp_path / "раз.xlsx", today,
        ("Котова Ольга Юрьевна", "01.02.1980", "учитель"), ("Котова Олеся Юлиановна", "", "директор"), ("Котова О. Ю.", "", ""),
    )  # fmt: skip
    [question] = open_questions(office)
    assert {one.name: one.details for one in question.candidates} == {
        "Котова Ольга Юрьевна": f"род. 01.02.1980 · учитель, {SCHOOL}",
        "Котова Олеся Юлиановна": f"директор, {SCHOOL}",
    }
    answer_unclear(office, question.id, question.candidates[0].id)
    assert open_questions(office) == []
    assert len(people(office)) == 2


def test_all_new_at_once_one_card_for_one_name(office: Store, tmp_path: Path, today: date) -> None:
    rows = (("Котова О. Ю.", "", "учитель"), ("Мишина Е. А.", "", "учитель"))
    take(office, tmp_path / "раз.xlsx", today, *rows)
    take(office, tmp_path / "два.xlsx", today, rows[0])
    questions = open_questions(office)
    assert len(questions) == 3
    assert answer_as_new(office, [one.id for one in questions]) == 2
    assert people(office) == ["Котова О Ю", "Мишина Е А"]
    assert open_questions(office) == []
    office.undo()
    assert people(office) == []
    assert len(open_questions(office)) == 3


def test_twins_of_a_list_become_two(office: Store, tmp_path: Path, today: date) -> None:
    take(office, tmp_path / "раз.xlsx", today, ("Котова О. Ю.", "", "учитель"), ("Котова О. Ю.", "", "учитель"))
    assert answer_as_new(office, [one.id for one in open_questions(office)]) == 2


@pytest.mark.parametrize("take_paper", [True, False])
def test_a_contradiction_is_answered_once(office: Store, tmp_path: Path, today: date, take_paper: bool) -> None:
    take(office, tmp_path / "раз.xlsx", today, ("Белова Анна Ивановна", "05.06.1980", "учитель"))
    take(office, tmp_path / "два.xlsx", today, ("Белова Анна Ивановна", "05.06.1981", "учитель"))
    [question] = open_questions(office)
    answer_contradiction(office, question.id, take_paper=take_paper)
    with office.read() as session:
        birth = session.connection().exec_driver_sql("SELECT birth FROM person").scalar_one()
    assert birth == ("1981-06-05" if take_paper else "1980-06-05")
    with pytest.raises(UserError, match="уже ответили"):
        answer_contradiction(office, question.id, take_paper=True)
    counter = office.change_counter()
    take(office, tmp_path / "два.xlsx", today, ("Белова Анна Ивановна", "05.06.1981", "учитель"))
    assert open_questions(office) == []
    assert office.change_counter() in (counter, counter + 1)


def test_a_skipped_row_is_not_asked_again(office: Store, tmp_path: Path, today: date) -> None:
    take(office, tmp_path / "раз.xlsx", today, ("Котова О. Ю.", "", "учитель"))
    [question] = open_questions(office)
    skip_question(office, question.id)
    assert open_questions(office) == []
    take(office, tmp_path / "раз.xlsx", today, ("Котова О. Ю.", "", "учитель"))
    assert open_questions(office) == []
    assert people(office) == []


def test_a_card_that_is_gone_is_a_sentence(office: Store, tmp_path: Path, today: date) -> None:
    take(office, tmp_path / "раз.xlsx", today, ("Котова О. Ю.", "", "учитель"))
    [question] = open_questions(office)
    with pytest.raises(UserError, match="уже нет"):
        answer_unclear(office, question.id, "нет такой")
    assert len(open_questions(office)) == 1
