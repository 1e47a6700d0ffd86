"""Text tables: encodings, delimiters, quotes, and pages of schools."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from imc_desktop.exchange.grid import Sheet, Span
from imc_desktop.exchange.open_paper import open_paper

LINES = [
    "Выгрузка сотрудников от 01.10.2026",
    "Фамилия;Имя;Должность;Ставка",
    "Ёлкина;Дарья;учитель русского языка и литературы;0,75",
    'Объедков;Пётр;"учитель; совместитель";1',
    'Иванова;Анна;"МБОУ ""СОШ № 2""\r\nвторая строка";1,25',
]
EXPECTED = (
    ("Выгрузка сотрудников от 01.10.2026",),
    ("Фамилия", "Имя", "Должность", "Ставка"),
    ("Ёлкина", "Дарья", "учитель русского языка и литературы", "0,75"),
    ("Объедков", "Пётр", "учитель; совместитель", "1"),
    ("Иванова", "Анна", 'МБОУ "СОШ № 2"\nвторая строка', "1,25"),
)


def sheets(folder: Path, data: bytes, name: str = "выгрузка.csv") -> tuple[Sheet, ...]:
    path = folder / name
    path.write_bytes(data)
    return open_paper(path).sheets


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "cp866", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (records,) = sheets(tmp_path, "\r\n".join(LINES).encode(encoding))
    assert records.rows == EXPECTED
    assert records.records


def test_koi8(tmp_path: Path) -> None:
    (records,) = sheets(tmp_path, "\n".join(LINES).replace("№", "N").encode("koi8-r"))
    assert records.rows[2] == EXPECTED[2]


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["Фамилия", "Имя", "Стаж"], *([f"Иванова{n}", "Анна", str(n)] for n in range(9))]
    text = "Список\r\n" + "\r\n".join(delimiter.join(row) for row in rows)
    (records,) = sheets(tmp_path, text.encode("cp1251"), "из программы.xls")
    assert [list(row) for row in records.rows[1:]] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\r\nФамилия;Имя\r\nИванова;Анна", ((), ("Фамилия", "Имя"), ("Иванова", "Анна"))),
        ("ФИО;Курсы\nИванова;;;\nПетрова;да", (("ФИО", "Курсы"), ("Иванова",), ("Петрова", "да"))),
        ('ФИО;Школа\nИванова;"Теремок" № 2\nПетрова;МБОУ "СОШ"', (
            ("ФИО", "Школа"), ("Иванова", "Теремок № 2"), ("Петрова", 'МБОУ "СОШ"'))),
        ("ФИО;Ставка\n" + "Иванова;0,5\n" * 3, (("ФИО", "Ставка"), *[("Иванова", "0,5")] * 3)),
    ],
)  # fmt: skip
def test_manners_of_csv(tmp_path: Path, text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    (records,) = sheets(tmp_path, text.encode())
    assert records.rows == rows


def test_quotation_mark_nobody_closed(tmp_path: Path) -> None:
    text = 'ФИО;Школа\nИванова;"Теремок\n' + "Петрова;СОШ\n" * 200
    (records,) = sheets(tmp_path, text.encode())
    assert len(records.rows) == 202
    assert records.rows[-1] == ("Петрова", "СОШ")


def page(body: str, encoding: str = "utf-8", declared: str = "utf-8") -> bytes:
    head = f'<html><head><meta charset="{declared}"><title>Сведения — МБОУ СОШ № 9</title></head>'
    return f"{head}<body>{body}</body></html>".encode(encoding)


TABLE = "<table><tr><th>ФИО<th>Стаж<tr><td>Иванова <b>Анна</b>&nbsp;П.<td>общий 5<br>пед. 3<tr><td>Петров<td></table>"
TABLE_ROWS = (("Сведения — МБОУ СОШ № 9",), ("ФИО", "Стаж"), ("Иванова Анна\xa0П.", "общий 5\nпед. 3"), ("Петров",))


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "utf-8"), ("cp1251", "windows-1251"), ("cp1251", "utf-8"),
                                                     ("utf-8", "windows-1251")])  # fmt: skip
def test_page_with_unclosed_cells(tmp_path: Path, encoding: str, declared: str) -> None:
    (sheet,) = sheets(tmp_path, page(TABLE, encoding, declared), "отчёт.xls")
    assert sheet.rows == TABLE_ROWS


def test_spans_become_merged_ranges(tmp_path: Path) -> None:
    body = ("<table><tr><th rowspan=2>ФИО</th><th colspan=2>Стаж</th></tr><tr><th>общий</th><th>пед.</th></tr>"
            "<tr><td colspan=99><b>Основная школа</b></td></tr><tr><td>Иванова</td><td>5</td><td>3</td></tr></table>")  # fmt: skip
    (sheet,) = sheets(tmp_path, page(body))
    assert sheet.rows[1:] == (("ФИО", "Стаж"), (None, "общий", "пед."), ("Основная школа",), ("Иванова", "5", "3"))
    assert sheet.merged == (Span(1, 0, 2, 0), Span(1, 1, 1, 2), Span(3, 0, 3, 2))


def test_scripts_styles_and_comments_are_silent(tmp_path: Path) -> None:
    body = (
        f"<script>var a='<table><tr><td>Скрипт</table>'</script><style>td{{}}</style><!-- <table><tr><td>Нет -->{TABLE}"
    )
    found = sheets(tmp_path, page(body))
    assert len(found) == 1
    assert found[0].rows == TABLE_ROWS


def test_tables_and_the_headings_above_them(tmp_path: Path) -> None:
    body = f"<h1>МБОУ «Озёрная СОШ»</h1><h2>Учителя</h2>{TABLE}<h2>Воспитатели</h2>{TABLE}<table><tr><td></table>"
    first, second = sheets(tmp_path, page(body))
    assert (first.name, second.name) == ("Учителя", "Воспитатели")
    assert [row[0] for row in second.rows[:3]] == ["Сведения — МБОУ СОШ № 9", "МБОУ «Озёрная СОШ»", "Воспитатели"]


def test_marked_records_outside_of_tables(tmp_path: Path) -> None:
    body = (
        '<div itemprop="rucovodstvo"><p itemprop="fio">Троицкая Римма</p><div itemprop="telephone">2-00-01</div></div>'
        '<div itemProp="teachingStaff"><h4 itemprop="fio">Иванова Анна Петровна</h4><p>Должность: '
        '<span itemprop="post">учитель <i>химии</i></span></p></div>'
        '<div itemprop="teachingStaff"><h4 itemprop="fio">Петров Олег Ильич</h4><span itemprop="genExperience">7</span></div>'
    )
    (sheet,) = sheets(tmp_path, page(body))
    assert sheet.rows[-3:] == (
        ("Ф.И.О.", "Занимаемая должность", "Общий стаж работы"),
        ("Иванова Анна Петровна", "учитель химии"),
        ("Петров Олег Ильич", None, "7"),
    )
    assert sheet.tags == {0: "fio", 1: "post", 2: "genExperience"}
    assert sheet.contacts == ({"kind": "rucovodstvo", "fio": "Троицкая Римма", "telephone": "2-00-01"},)


def test_cards_become_a_table(tmp_path: Path) -> None:
    card = "<h3>{}</h3><p>учитель</p><p><b>Образование:</b> высшее</p><ul><li>Стаж работы - {} лет</li></ul>"
    body = "<p>Телефон: 2-14-56</p>" + card.format("Иванова Анна Петровна", 5) + card.format("Петров Олег Ильич", 7)
    (sheet,) = sheets(tmp_path, page(body))
    assert sheet.rows[-3:] == (
        ("Ф.И.О.", "Должность", "Образование", "Стаж работы"),
        ("Иванова Анна Петровна", "учитель", "высшее", "5 лет"),
        ("Петров Олег Ильич", "учитель", "высшее", "7 лет"),
    )


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", '<a b="', "</", "<b> </b>", "&#99999999999;", "<table><td>", "<p '\""]
)
def test_endless_unfinished_markup_is_read_in_time(tmp_path: Path, piece: str) -> None:
    begun = time.perf_counter()
    first = sheets(tmp_path, page(TABLE + piece * (200_000 // len(piece))))[0]
    assert first.rows == TABLE_ROWS
    assert time.perf_counter() - begun < 20.0  # no hang; speed is measured by tests/bench


def test_attributes_in_any_manner(tmp_path: Path) -> None:
    body = "<TABLE><TR><TD ItemProp=fio Title='a > b'>Ива&shy;нова &amp; Ко<td COLSPAN = \"2\">1<td>&#1086;</TABLE>"
    (sheet,) = sheets(tmp_path, page(body))
    assert sheet.rows[1] == ("Ива\xadнова & Ко", "1", None, "о")
    assert sheet.tags == {0: "fio"}
