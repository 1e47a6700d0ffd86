"""What the guard lets through, trims and says of spreadsheets."""

from __future__ import annotations

import time
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import pytest

from imc_desktop.domain.errors import UserError
from imc_desktop.exchange.grid import Span, Workbook
from imc_desktop.exchange.open_paper import open_paper
from tests.exchange.bad_papers import FIRST, ods, small_book, xlsb, xlsx, xlsx_parts, zipped

HEADING = ("Ф.И.О.", "Должность")


def opened(folder: Path, data: bytes, name: str = "книга.xlsx") -> Workbook:
    path = folder / name
    path.write_bytes(data)
    begun = time.perf_counter()
    paper = open_paper(path)
    assert time.perf_counter() - begun < 20.0  # no hang; speed is measured by tests/bench
    return paper


FAR = {
    "corner": (FIRST + '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>', "XFD1048576"),
    "column": (FIRST.replace("</row>", '<c r="ZZZ1"><v>1</v></c></row>'), "ZZZ1"),
    "other quotes": (FIRST + "<row r='2'><c\tr = 'XFD1048576'><v>1</v></c></row>", "XFD1048576"),
    "prefix": (FIRST + '<row r="2"><x:c xmlns:x="y" r="XFD1048576"><x:v>1</x:v></x:c></row>', "XFD1048576"),
    "lower case": (FIRST + '<row r="2"><c r="xfd1048576"><v>1</v></c></row>', "XFD1048576"),
    "formatted only": (FIRST + '<row r="1048576"><c r="XFD1048576" s="0"/></row>', ""),
}


@pytest.mark.parametrize(("rows", "cell"), FAR.values(), ids=FAR)
def test_far_cells_do_not_kill(tmp_path: Path, rows: str, cell: str) -> None:
    paper = opened(tmp_path, xlsx(rows))
    assert paper.sheets[0].rows == (HEADING,)
    assert bool(cell) == any(cell in note for note in paper.notes)


def test_a_place_named_twice_is_damage(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="повреждена"):
        opened(tmp_path, xlsx(FIRST + '<row r="2"><c r="A2" r="XFD9"><v>1</v></c></row>'))


def test_cells_far_inside_the_limits_keep_their_places(tmp_path: Path) -> None:
    rows = FIRST + '<row r="90000"><c r="KN90000" t="str"><v>подпись &lt;1&gt;</v></c></row>'
    merged = '<mergeCells count="9"><mergeCell ref="A1:B1"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    (sheet,) = opened(tmp_path, xlsx(rows, merged)).sheets
    assert len(sheet.rows) == 90_000
    assert sheet.rows[0] == HEADING
    assert len(sheet.rows[-1]) == 300
    assert sheet.rows[-1][-1] == "подпись <1>"
    assert sheet.merged == (Span(0, 0, 0, 1), Span(0, 0, 89_999, 299))


def test_formatted_blank_rows_are_no_data(tmp_path: Path) -> None:
    blanks = "".join(
        f'<row r="{row}" s="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(2, 300_000)
    )
    path = tmp_path / "бланк.xlsx"
    path.write_bytes(xlsx(FIRST + blanks))
    assert open_paper(path).sheets[0].rows == (HEADING,)


def test_declared_number_of_strings_is_not_believed(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    strings = '<sst count="999999999999" uniqueCount="999999999999"><si><t>Ф.И.О.</t></si></sst>'
    assert opened(tmp_path, xlsx(rows, strings=strings)).sheets[0].rows == (("Ф.И.О.",),)


def test_values_come_as_python_means_them(tmp_path: Path) -> None:
    (sheet, hidden) = opened(tmp_path, small_book()).sheets
    assert sheet.rows[0] == ("Список педагогов",)
    assert sheet.rows[1] == ("Иванова Анна 1", 1, "учитель", "первая", date(2009, 7, 7), 2)
    assert type(sheet.rows[1][1]) is int
    assert sheet.merged == (Span(0, 0, 0, 4),)
    assert (sheet.visible, hidden.visible) == (True, False)


def test_leading_empty_rows_and_columns_stay(tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, xlsx('<row r="3"><c r="C3"><v>7.5</v></c></row>')).sheets
    assert sheet.rows == ((), (), (None, None, 7.5))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A1+1</f></c>',
        '<c r="B2"><f>A1+1</f><v></v></c>',
        '<c r="B2" s="1"><f t="shared" si="0"/></c>',
        '<c s="1" r="B2"><f>A1+1</f></c>',
    ],
)
def test_formula_without_result_is_told(tmp_path: Path, cell: str) -> None:
    paper = opened(tmp_path, xlsx(f'{FIRST}<row r="2">{cell}</row>'))
    assert any("Реестр" in note and "B2" in note and "формула" in note for note in paper.notes)
    calculated = opened(
        tmp_path, xlsx(f'{FIRST}<row r="2">{cell.replace("</c>", "<v>5</v></c>").replace("<v></v>", "")}</row>')
    )
    assert not calculated.notes
    assert calculated.sheets[0].rows[1] == (None, 5)


def test_parts_named_in_another_manner(tmp_path: Path) -> None:
    parts = {name.replace("/", "\\"): data for name, data in xlsx_parts(FIRST).items()}
    assert opened(tmp_path, zipped(parts)).sheets[0].rows == (HEADING,)
    moved = xlsx_parts(FIRST)
    moved["xl/лист.xml"] = moved.pop("xl/worksheets/sheet1.xml")
    moved["xl/_rels/workbook.xml.rels"] = str(moved["xl/_rels/workbook.xml.rels"]).replace("worksheets/sheet1", "лист")
    assert opened(tmp_path, zipped(moved)).sheets[0].rows == (HEADING,)


@pytest.mark.parametrize("declared", [2, 0x7FFFFFFF])
def test_binary_book(tmp_path: Path, declared: int) -> None:
    assert opened(tmp_path, xlsb(declared_strings=declared), "книга.xlsb").sheets[0].rows == (HEADING,)


def test_open_document_values(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="24"><text:p>24</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-10-01"><text:p>01.10.26</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-10-01T09:30:00"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>а<text:s text:c="2"/>б'
        "</text:p><text:p>в</text:p><office:annotation><text:p>заметка</text:p></office:annotation></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16377"/><table:table-cell office:value-type="string">'
        "<text:p>далеко</text:p></table:table-cell>"
    )
    tail = ('<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>')  # fmt: skip
    body = (
        '<table:table table:name="А" table:style-name="t1"><table:table-row table:number-rows-repeated="2">'
        f"<table:table-cell/></table:table-row><table:table-row>{cells}</table:table-row>{tail}</table:table>"
        '<table:table table:name="Б" table:style-name="t2"><table:table-row><table:table-cell '
        'table:formula="of:=[.A1]"/><table:table-cell office:value-type="string" table:number-columns-spanned="3">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = '<style:style style:name="t2"><style:table-properties table:display="false"/></style:style>'
    paper = opened(tmp_path, ods(body, styles), "книга.ods")
    first, second = paper.sheets
    assert first.rows == (
        (), (), (24, date(2026, 10, 1), datetime.fromisoformat("2026-10-01T09:30"), clock(8, 30), True, "а  б\nв", "а  б\nв"))  # fmt: skip
    assert (first.visible, second.visible) == (True, False)
    assert second.merged == (Span(0, 1, 0, 3),)
    assert any("«Б», ячейка A1" in note for note in paper.notes)
    assert any("далеко" in note for note in paper.notes)


def test_xml_book_of_2003(tmp_path: Path) -> None:
    data = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Реестр"><Table>
      <Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">Список</Data></Cell><Cell ss:Index="4">
      <Data ss:Type="Number">24</Data></Cell><Cell><Data ss:Type="DateTime">1980-05-01T00:00:00.000</Data></Cell></Row>
      </Table></Worksheet></Workbook>"""
    (sheet,) = opened(tmp_path, data.encode(), "реестр.xls").sheets
    assert sheet.rows == ((), ("Список", None, None, 24, date(1980, 5, 1)))
    assert sheet.merged == (Span(1, 0, 1, 1),)


@pytest.mark.parametrize("cell", ["AZ99999", "KN29999", "KN30000", "KN99999"])
def test_last_cell_of_big_tables(tmp_path: Path, cell: str) -> None:
    number = int(cell[2:])
    (sheet,) = opened(tmp_path, xlsx(FIRST + f'<row r="{number}"><c r="{cell}"><v>5</v></c></row>')).sheets
    assert len(sheet.rows) == number
    assert sheet.rows[-1][-1] == 5
