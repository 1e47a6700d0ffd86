"""Lists and plans as xlsx, read back with openpyxl."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from imc_desktop.domain.errors import EnvironmentProblem
from imc_desktop.exchange.sheet_out import SheetColumn, SheetLine, write_plan, write_table

COLUMNS = (SheetColumn("Фамилия", 30), SheetColumn("Телефон"), SheetColumn("Стаж", 8, "right"))


@dataclass(frozen=True)
class Item:
    number: str
    title: str
    place: str = ""


@dataclass(frozen=True)
class Column:
    field: str
    heading: str
    weight: float
    align: str = "left"
    always: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    items: tuple[Item, ...] = ()
    subsections: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Plan:
    sections: tuple[Part, ...]
    title: tuple[str, ...] = ("ПЛАН РАБОТЫ", "на 2026/2027 учебный год")
    columns: tuple[Column, ...] = field(
        default=(Column("number", "№", 1, always=True), Column("title", "Мероприятие", 9), Column("place", "Место", 3))
    )


def sheet(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_list_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "список.xlsx"
    rows = (
        ["Ёлкина М. П.", "+70001234567", 3],
        SheetLine("СОШ № 5"),
        ["Ким А.", None, 1.25],
        ["", date(2026, 9, 1), 0],
    )
    write_table(path, ["Список", "на 20.11.2026"], COLUMNS, rows, sheet="Кадры: 1/2")
    page = sheet(path)
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values[:3] == [["Список", None, None], ["на 20.11.2026", None, None], ["Фамилия", "Телефон", "Стаж"]]
    assert values[3:6] == [["Ёлкина М. П.", "+70001234567", 3], ["СОШ № 5", None, None], ["Ким А.", None, 1.25]]
    assert page["B7"].value.date() == date(2026, 9, 1)
    assert page["B7"].number_format == "DD.MM.YYYY"
    assert page.title == "Кадры  1 2"
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:C1", "A2:C2", "A5:C5"}
    assert page.column_dimensions["A"].width == 30
    assert (page["C4"].alignment.horizontal, page["A4"].alignment.wrap_text) == ("right", True)
    assert page["A3"].font.bold
    assert page["B6"].border.left.style == "thin"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/c calc'!A1", "+7 000", "-5", "@имя", "=\n", "'=x", "0012"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.xlsx"
    write_table(path, [text], [SheetColumn(text)], [[text], SheetLine(text)])
    page = sheet(path)
    for row in range(1, 5):
        assert page.cell(row, 1).value == text
        assert page.cell(row, 1).data_type == "s"
    assert page.cell(3, 1).quotePrefix == text.startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_masked_sheet_hides_identifiers_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "список.xlsx"
    rows = [["123-456-789 00", 5], SheetLine("Исполнитель: 2-14-56"), ["СОШ № 3", 79241234567]]
    columns = [SheetColumn("СНИЛС"), SheetColumn("Число")]
    write_table(path, ("Список, тел. 2-14-56",), columns, rows, masked=True)
    book = openpyxl.load_workbook(path)
    texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert texts == [
        "Список, тел. ***56", "СНИЛС", "Число", "***00", 5, "Исполнитель: ***56", "СОШ № 3", 79241234567,
    ]  # fmt: skip


def test_what_xml_cannot_hold_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_table(path, [], [SheetColumn("А")], [["\x00a\x0b\ud800б\u202e\n<в> &"], ["щ" * 40_000]])
    page = sheet(path)
    assert page["A2"].value == "aб\n<в> &"
    assert len(page["A3"].value) == 32_767


def test_same_rows_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for zone, path in (("Asia/Almaty", one), ("UTC", other)):
        monkeypatch.setenv("TZ", zone)
        write_table(path, ["Список"], COLUMNS, [["а", "б", 1]])
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(io.BytesIO(one.read_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_one_style_per_column_not_per_cell(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_table(path, ["Список"], COLUMNS, [["=а", "б", number] for number in range(200)])
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert int(styles.split('<cellXfs count="')[1].split('"')[0]) <= 3 * len(COLUMNS) + 4


def test_a_plan_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "план.xlsx"
    inner = Part("1.1. Подраздел", (Item("2", "Второе"),))
    write_plan(path, Plan((Part("1. Раздел", (Item("1", "Первое"),), (inner,)),)))
    values = [[cell.value for cell in row] for row in sheet(path).iter_rows()]
    assert values == [
        ["ПЛАН РАБОТЫ", None],
        ["на 2026/2027 учебный год", None],
        ["№", "Мероприятие"],
        ["1. Раздел", None],
        ["1", "Первое"],
        ["1.1. Подраздел", None],
        ["2", "Второе"],
    ]


def test_a_broken_source_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows: list[list[object]] = [["а", "б", 1], ["а", "б", object()]]
    with pytest.raises(ValueError, match="Cannot convert"):
        write_table(tmp_path / "x.xlsx", [], COLUMNS, rows)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "занято.xlsx").mkdir()
    with pytest.raises(EnvironmentProblem, match=r"«занято\.xlsx» не записан"):
        write_table(tmp_path / "занято.xlsx", [], COLUMNS, [])
    with pytest.raises(EnvironmentProblem):
        write_table(tmp_path / "нет" / "x.xlsx", [], COLUMNS, [])
    assert [path.name for path in tmp_path.iterdir()] == ["занято.xlsx"]
