"""Cleaning, keys, order, plurals, months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imc_desktop.domain import words

REPAIRED = [
    ("Cредняя школа", "Средняя школа"),
    ("МБОУ «COШ № 1»", "МБОУ «СОШ № 1»"),
    ("Xимия", "Химия"),
    ("c 15.04.2017 г. по 17.04.2017 г.", "с 15.04.2017 г. по 17.04.2017 г."),
    ("Иванова M.П.", "Иванова М.П."),
    ("Иванов X.М.", "Иванов Х.М."),
    ("Иванова M. П.", "Иванова М. П."),
    ("OO района", "ОО района"),
    ("бiлiм бөлiмi", "білім бөлімі"),
    ("Верa\u00adсень", "Верасень"),
    ("A\u00a0 Б", "А Б"),
    ("  два   слова\t", "два слова"),
    ("первая \r\n вторая", "первая\nвторая"),
    ("ivanovа@mail.ru и почта", "ivanova@mail.ru и почта"),
    ("текст_x000D_\nещё", "текст\nещё"),
    ("и\u0306од", "йод"),
    ("\ufeffШкола", "Школа"),
]
UNTOUCHED = [
    "Курс Word и Excel",
    "II полугодие",
    "IV кв. плана",
    "Iкв. плана",
    "X класс",
    "PDFка",
    "Ёлкина Алёна",
    "OpenOffice",
    "Учебник «English 5»",
    "IX–XI классы",
    "",
]


@pytest.mark.parametrize(("text", "clean"), REPAIRED)
def test_repair(text: str, clean: str) -> None:
    assert words.repair(text) == clean


@pytest.mark.parametrize("text", UNTOUCHED)
def test_repair_leaves(text: str) -> None:
    assert words.repair(text) == text


@given(st.text(alphabet="абвАБёСсCcOoXxIVі \u00a0\u00ad\n-.@1№", max_size=30))
def test_repair_settles(text: str) -> None:
    once = words.repair(text)
    assert words.repair(once) == once


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ёлкина", "ЕЛКИНА"),
        ("Қарлығаш", "карлыгаш"),
        ("Улан – Удэ", "улан-удэ"),
        ("МБОУ «СОШ  №1»", "мбоу сош 1"),
        ("Әбіш Өмір Үміт Ұлан Һ", "абиш омир умит улан х"),
        ("Сем\u00adья", "семья"),
    ],
)
def test_fold_same(first: str, second: str) -> None:
    assert words.fold(first) == words.fold(second)


def test_fold_keeps_letters_digits_hyphen() -> None:
    assert words.fold("  План-график (2026) / ч. 2 ") == "план-график 2026 ч 2"


@given(st.text(max_size=40))
def test_fold_settles(text: str) -> None:
    once = words.fold(text)
    assert words.fold(once) == once
    assert "  " not in once


def test_sort_key_alphabet() -> None:
    names = [
        "Яна",
        "Ыдырыс",
        "Ілияс",
        "Әбіш",
        "Аня",
        "Ғани",
        "Галя",
        "Ёлка",
        "Ель",
        "Жук",
        "Еж",
        "Үміт",
        "Ұлан",
        "Ульяна",
    ]
    assert sorted(names, key=words.sort_key) == [
        "Аня", "Әбіш", "Галя", "Ғани", "Еж", "Ёлка", "Ель", "Жук", "Ульяна", "Ұлан", "Үміт", "Ыдырыс", "Ілияс", "Яна",
    ]  # fmt: skip


def test_sort_key_numbers_and_quotes() -> None:
    schools = ["СОШ № 10", "«Лицей № 5»", "СОШ № 2", "гимназия"]
    assert sorted(schools, key=words.sort_key) == ["гимназия", "«Лицей № 5»", "СОШ № 2", "СОШ № 10"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Организа-\nция", "Организация"),
        ("окон-чания", "окончания"),
        ("Вере-сень", "Вересень"),
        ("Фами-лия, имя", "Фамилия, имя"),
        ("план-график", "план-график"),
        ("план-\nграфик", "план-график"),
        ("учебно-\nметодическое", "учебно-методическое"),
        ("педагог-психолог", "педагог-психолог"),
        ("Дата окон-\n чания", "Дата окончания"),
        ("без переноса", "без переноса"),
    ],
)
def test_unwrap(text: str, whole: str) -> None:
    assert words.unwrap(text) == whole


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "лет"),
        (1, "год"),
        (2, "года"),
        (4, "года"),
        (5, "лет"),
        (11, "лет"),
        (14, "лет"),
        (21, "год"),
        (111, "лет"),
        (122, "года"),
    ],
)
def test_plural(number: int, form: str) -> None:
    assert words.plural(number, "год", "года", "лет") == form


@pytest.mark.parametrize("month", range(1, 13))
def test_month_number_of_own_names(month: int) -> None:
    for names in (words.MONTHS, words.MONTHS_GENITIVE, words.MONTHS_SHORT):
        assert words.month_number(names[month - 1]) == month
        assert words.month_number(names[month - 1].upper()) == month


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("сен.", 9), ("сент.", 9), ("сентябре", 9), ("сен-тябрь", 9), ("нояб.", 11), ("маю", 5), ("мартом", 3),
        ("сентабрь", 9), ("декабрь ", 12), ("август", 8), ("қаңтар", 1), ("желтоқсанда", 12), ("Қазан", 10),
        ("мамыр", 5), ("Вересень", 9), ("березня", 3), ("апр", 4),
        ("Янтарь", None), ("мартен", None), ("", None), ("итог", None), ("маяк", None), ("5", None),
    ],
)  # fmt: skip
def test_month_number(word: str, month: int | None) -> None:
    assert words.month_number(word) == month


def test_dates_in_words() -> None:
    assert words.date_long(date(2026, 11, 5)) == "5 ноября 2026 г."
    assert words.date_short(date(2026, 11, 5)) == "05.11.2026"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("8-902", "8-902"),
        ("8-900-000-00-01", "8-900-000-00-01"),
        ("2026-13", "2026-13"),
        ("2026-11-05", "05.11.2026"),
        ("2026-10", "октябрь 2026"),
        ("1965", "1965 г."),
        ("", ""),
        ("бессрочно", "бессрочно"),
    ],
)
def test_show_date(iso: str, shown: str) -> None:
    assert words.show_date(iso) == shown
