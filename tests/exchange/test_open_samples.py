"""Every demo paper opens as the grid a person sees in the spreadsheet program."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from imc_desktop.exchange.grid import Sheet, Span, Workbook
from imc_desktop.exchange.open_paper import open_paper

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
FILES = json.loads((ROOT / "tests" / "data" / "truth.json").read_text(encoding="utf-8"))["files"]
REGISTER = "01_reestr_rayon_1200.xlsx"
EXPORT = "05_vygruzka_kadry_cp1251.csv"
PAGE = "06_sveden_employees_SOSH1.html"


@pytest.fixture(scope="module")
def papers() -> dict[str, Workbook]:
    return {path.name: open_paper(path) for path in sorted(DEMO.iterdir())}


def sheet(paper: Workbook, name: str) -> Sheet:
    return next(sheet for sheet in paper.sheets if sheet.name == name)


def row_of(found: Sheet, number: int) -> tuple[Any, ...]:
    return found.rows[number - 1]


def test_all_ten_open(papers: dict[str, Workbook]) -> None:
    assert set(papers) == set(FILES)
    assert all(len(paper.sha256) == 64 and paper.file == name for name, paper in papers.items())


def test_register_keeps_excel_row_numbers(papers: dict[str, Workbook]) -> None:
    truth = FILES[REGISTER]
    register = sheet(papers[REGISTER], truth["data_sheet"])
    assert row_of(register, truth["numbering_row"])[:5] == (1, 2, 3, 4, 5)
    assert any("ВСЕГО" in str(cell) for cell in row_of(register, truth["total_row"]))
    for organisation, number in truth["separator_rows"].items():
        filled = [cell for cell in row_of(register, number) if cell is not None]
        assert len(filled) == 1, organisation
    assert any(span.top == 12 and span.right > 10 for span in register.merged)
    assert any(type(cell) is date for row in register.rows for cell in row)
    assert not any(isinstance(cell, float) and cell.is_integer() for row in register.rows for cell in row)


def test_hidden_sheets_are_marked_and_noted(papers: dict[str, Workbook]) -> None:
    hidden = {(name, found.name) for name, paper in papers.items() for found in paper.sheets if not found.visible}
    assert hidden == {(REGISTER, "Списки"), ("02_kadry_po_shkolam.xlsx", "Проверки"),
                      ("07_zhurnal_kursov_2023-2026.xlsx", "Проверки")}  # fmt: skip
    assert any("Списки" in note for note in papers[REGISTER].notes)


@pytest.mark.parametrize("name", ["02_kadry_po_shkolam.xlsx", "07_zhurnal_kursov_2023-2026.xlsx"])
def test_every_sheet_has_its_rows(papers: dict[str, Workbook], name: str) -> None:
    for title, count in FILES[name]["rows_by_sheet"].items():
        assert len(sheet(papers[name], title).rows) >= count


def test_rows_hidden_by_a_filter_and_hidden_columns_are_data(papers: dict[str, Workbook]) -> None:
    truth = FILES["03_pedagogi_DOU.xlsx"]
    found = sheet(papers["03_pedagogi_DOU.xlsx"], truth["data_sheet"])
    people = found.rows[truth["first_data_row"] - 1 : truth["total_row"] - 1]
    assert sum(any(row) for row in people) == truth["counts"]["people"]
    old = sheet(papers["04_spisok_SOSH3.xls"], "педагоги")
    assert sum(len(row) > 9 and row[9] is not None for row in old.rows[6:]) > 50
    assert old.merged


def test_export_in_cp1251(papers: dict[str, Workbook]) -> None:
    truth = FILES[EXPORT]
    (records,) = papers[EXPORT].sheets
    assert records.records
    assert list(row_of(records, truth["header_line"])) == truth["columns"]
    people = [row for row in records.rows[truth["header_line"] :] if row and row[0]]
    assert len(people) == truth["counts"]["rows"]
    assert any(str(row[15]).startswith("0") for row in people)
    assert any("\n" in str(cell) for row in people for cell in row)


def test_page_gives_its_staff_table(papers: dict[str, Workbook]) -> None:
    truth = FILES[PAGE]
    staff = papers[PAGE].sheets[0]
    header = next(number for number, row in enumerate(staff.rows) if row and str(row[0]).startswith("Ф.И.О."))
    people = [row for row in staff.rows[header + 1 :] if len(row) > 1]
    assert len(people) == truth["counts"]["rows"]
    assert len([span for span in staff.merged if span.right == 10]) == truth["counts"]["separator_rows"]
    assert staff.tags[0] == "fio"
    assert staff.tags[10] == "teachingOp"
    assert {contact["kind"] for contact in staff.contacts} == {"rucovodstvo", "rucovodstvoZam"}
    text = str(papers[PAGE])
    assert "Скрипт" not in text
    assert "Удалённая" not in text
    assert papers[PAGE].title.startswith("Руководство")


def test_repeated_rows_of_ods_and_its_merged_titles(papers: dict[str, Workbook]) -> None:
    paper = papers["10_RMO_zhurnaly.ods"]
    assert [(found.name, len(found.rows)) for found in paper.sheets] == [
        ("Состав РМО", 265), ("Консультации", 122), ("Посещение уроков", 41)]  # fmt: skip
    assert Span(0, 0, 0, 6) in paper.sheets[0].merged
