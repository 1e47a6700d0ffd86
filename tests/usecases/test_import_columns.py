"""What was recognised in sentences, columns to correct, rejected rows as a sheet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from db.store import Store
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.domain.kinds import TableKind
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.usecases.imports.columns import (
    FIELD_TITLES,
    KIND_TITLES,
    correctable_tables,
    fields_for,
    sentences_of,
)
from imc_desktop.usecases.imports.rejects import rejects_count, write_rejects
from imc_desktop.usecases.imports.run import ReadPaper, read_papers


def a_book(path: Path, **sheets: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


REGISTER = [
    ["ФИО", "Дата рождения", "Место работы", "Должность"],
    ["Белова Анна Ивановна", "05.06.1980", "МБОУ «СОШ № 1»", "учитель"],
    ["Носова Вера Петровна", "31.02.1975", "МБОУ СОШ №1", "учитель"],
    ["Котова Ольга Юрьевна", "01.02.1985", "МБОУ «СОШ № 2»", "директор"],
]


def test_every_field_and_kind_has_a_russian_name() -> None:
    assert {words.field for words in load_vocabulary().fields} <= set(FIELD_TITLES)
    assert set(KIND_TITLES) == set(TableKind)


@pytest.mark.parametrize("kind", list(TableKind))
def test_fields_of_a_kind_are_told_apart(kind: TableKind) -> None:
    titles = [title for _, title in fields_for(kind)]
    assert len(set(titles)) == len(titles)
    assert fields_for(kind)[0][0] == ""


def test_sentences(office: Store, tmp_path: Path) -> None:
    papers = read_papers(office, [a_book(tmp_path / "школы.xlsx", Реестр=REGISTER), tmp_path / "нет.xlsx"])
    told = [[(one.kind, one.text) for one in sentences_of(paper)] for paper in papers]
    assert told[0] == [("taken", "Реестр — список педагогов, 3 строки, 2 организации, не принято 1 значение")]
    assert [kind for kind, _ in told[1]] == ["refused"]


def test_an_empty_paper_is_told(office: Store, tmp_path: Path) -> None:
    [paper] = read_papers(office, [a_book(tmp_path / "пусто.xlsx", Лист1=[])])
    assert sentences_of(paper)


def test_sheets_of_one_layout_are_corrected_once(office: Store, tmp_path: Path) -> None:
    papers = read_papers(office, [a_book(tmp_path / "школы.xlsx", Первый=REGISTER, Второй=REGISTER)])
    [view] = correctable_tables(papers)
    assert (view.sheet, view.kind, view.file) == ("Первый", "список педагогов", "школы.xlsx")
    assert [(one.letter, one.field) for one in view.columns] == [
        ("A", "name"),
        ("B", "birth"),
        ("C", "organisation"),
        ("D", "post"),
    ]
    assert view.columns[3].samples[:1] == ("учитель",)
    assert {"name", "post", ""} <= {field for field, _ in view.fields}


def rejected(office: Store, tmp_path: Path) -> list[ReadPaper]:
    return read_papers(office, [a_book(tmp_path / "школы.xlsx", Реестр=REGISTER), tmp_path / "нет.xlsx"])


def test_rejected_rows_come_back_whole(office: Store, tmp_path: Path) -> None:
    papers = rejected(office, tmp_path)
    target = tmp_path / "не принято.xlsx"
    assert write_rejects(target, papers) == rejects_count(papers) == 2
    lines = [[cell for cell in row if cell] for row in load_workbook(target).active.iter_rows(values_only=True)]
    assert ["школы.xlsx, лист «Реестр»"] in lines
    assert ["Заголовки столбцов", *REGISTER[0]] in lines
    found = next(line for line in lines if line[:1] == ["B3"])
    assert found[2:] == REGISTER[2]
    assert any(line and line[0].startswith("нет.xlsx: ") for line in lines)


def test_nothing_rejected_is_a_sentence(office: Store, tmp_path: Path) -> None:
    papers = read_papers(office, [a_book(tmp_path / "школы.xlsx", Реестр=[REGISTER[0], REGISTER[1]])])
    with pytest.raises(UserError, match="нечего"):
        write_rejects(tmp_path / "пусто.xlsx", papers)
    assert not (tmp_path / "пусто.xlsx").exists()


def test_a_folder_that_is_gone_is_a_sentence(office: Store, tmp_path: Path, today: date) -> None:
    with pytest.raises(EnvironmentProblem):
        write_rejects(tmp_path / "нет папки" / "список.xlsx", rejected(office, tmp_path))
