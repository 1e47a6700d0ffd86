"""The log of accesses: bundles of cards, filters, export, the chain in words, heads on approved papers."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from db.connect import connect
from db.store import Store
from db.vector import version_vector
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor, Role
from imc_desktop.usecases import users as users_module
from imc_desktop.usecases.access_log import (
    AccessFilter,
    access_lines,
    authors,
    chain_words,
    export_log,
)
from imc_desktop.usecases.plan_approve import approve, paper_of
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.users import Cost, UserInput, add_user
from imc_desktop.usecases.views_seen import MOST_IDS, Views, note_copied
from tests.usecases.people_maker import put_person, put_school
from tests.usecases.plan_maker import put_plan

YEAR = 2026


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users_module, "COST", Cost(8, 1, 1))


def test_many_cards_are_one_line_and_each_is_found_by_its_person(office: Store) -> None:
    school = put_school(office)
    first = put_person(office, school)
    second = put_person(office, school, "Щукина Вера Павловна")
    views = Views(office)
    for _ in range(50):
        views.note(first)
    views.note(second)
    assert access_lines(office) == []
    views.write()
    views.write()
    (line,) = access_lines(office)
    assert (line.act, line.count) == ("просмотр карточек", 2)
    assert line.details == "Грачёва Анна Ильинична, Щукина Вера Павловна"
    views.note(first)
    views.write()
    assert len(access_lines(office, AccessFilter(person_id=first))) == 2
    assert len(access_lines(office, AccessFilter(person_id=second))) == 1


def test_a_long_morning_makes_lines_of_a_bearable_length(office: Store) -> None:
    views = Views(office)
    for number in range(MOST_IDS + 1):
        views.note(f"{number:036d}")
    views.write()
    assert [line.count for line in access_lines(office)] == [1, MOST_IDS]


def test_filters_by_act_author_and_day(office: Store, today: date) -> None:
    put_person(office, put_school(office))
    make(office, "staff-list", Wish(YEAR, today))
    note_copied(office, "Педагоги", 3)
    head = add_user(office, UserInput("Ложкина А.П.", Role.HEAD), "река самовар вьюга кедр", today)
    office.actor = Actor(head, "Ложкина А.П.", Role.HEAD)
    note_copied(office, "Курсы", 5)
    assert [line.details for line in access_lines(office, AccessFilter(act="copied"))] == [
        "Курсы: 5 строк",
        "Педагоги: 3 строки",
    ]
    assert [line.act for line in access_lines(office, AccessFilter(author="проверка"))] == [
        "копирование в буфер",
        "печать",
    ]
    assert authors(office) == ["Ложкина А.П.", "проверка"]
    with office.look() as connection:
        day = connection.execute("SELECT substr(wall_utc, 1, 10) FROM access_log").fetchone()[0]
    assert len(access_lines(office, AccessFilter(since=day, until=day))) == 3
    assert access_lines(office, AccessFilter(until="2026-01-01")) == []


def test_the_log_goes_to_excel_and_says_so(office: Store, tmp_path: Path) -> None:
    note_copied(office, "=Педагоги", 3)
    path = tmp_path / "журнал.xlsx"
    export_log(office, path, access_lines(office), "Журнал обращений")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    assert any("=Педагоги: 3 строки" in row for row in rows)
    assert access_lines(office)[0].act == "выгрузка"


def test_the_chain_is_said_in_words_and_a_change_behind_its_back_is_found(office: Store) -> None:
    put_school(office)
    note_copied(office, "Педагоги", 3)
    note_copied(office, "Курсы", 3)
    assert chain_words(office) == (True, "Цепочка журнала цела: 2 изменения, 2 обращения.")
    with closing(connect(office.path, writable=True)) as connection:
        connection.execute("UPDATE access_log SET author = 'никто' WHERE id = 1")
        connection.commit()
    holds, words = chain_words(office)
    assert not holds
    assert words.startswith("Цепочка журнала обращений нарушена у записи № 1 от ")


def test_an_approved_plan_carries_the_heads_of_the_log(office: Store, today: date) -> None:
    put_plan(office)
    with office.look() as connection:
        (head,) = version_vector(connection).values()
        label = connection.execute("SELECT label FROM replica").fetchone()[0]
    approve(office, YEAR, today=today)
    short = f"Журнал: {label} № {head.n}, {head.hash[:4]} {head.hash[4:8]}"
    with closing(pypdfium2.PdfDocument(paper_of(office, YEAR, today).pdf)) as pdf:
        for page in pdf:
            assert short in " ".join(page.get_textpage().get_text_bounded().split())
    put_school(office)
    assert chain_words(office)[0]


def test_a_draft_carries_none(office: Store, today: date) -> None:
    put_plan(office)
    with closing(pypdfium2.PdfDocument(paper_of(office, YEAR, today).pdf)) as pdf:
        assert all("Журнал" not in page.get_textpage().get_text_bounded() for page in pdf)


def test_a_log_that_does_not_go_on_from_an_approved_plan_is_noticed(office: Store, today: date) -> None:
    put_plan(office)
    approve(office, YEAR, today=today)
    with office.change("подмена", barrier=False) as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE issued_document SET content = replace(content, '№ ', '№ 9')")
    holds, words = chain_words(office)
    assert not holds
    assert "с которым утверждён план на 2026/2027 учебный год, в журнале больше нет" in words


def test_a_database_that_is_only_looked_at_takes_no_lines(office: Store) -> None:
    views = Views(Store(office.path, writable=False))
    views.note("1")
    views.write()
    assert access_lines(office) == []


def test_an_observer_copies_no_list(office: Store, today: date) -> None:
    office.actor = Actor("1", "Снежинская В.И.", Role.OBSERVER)
    with pytest.raises(UserError, match="Выгружать списки людей могут заведующий и методист"):
        note_copied(office, "Педагоги", 3)
