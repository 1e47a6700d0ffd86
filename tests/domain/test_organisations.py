"""Organisations: one key for many spellings, never one key for two organisations, cautious likeness."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imc_desktop.domain.organisations import (
    by_detail,
    full_name,
    is_organisation,
    match_organisation,
    organisation_key,
    short_name,
)

TRUTH = Path(__file__).parents[1] / "data" / "truth.json"


def organisations() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(TRUTH.read_text("utf-8"))["population"]["organisations_list"]
    return found


LIST = organisations()
SHORT = {organisation_key(item["short"]): place for place, item in enumerate(LIST)}
FULL = {organisation_key(item["full"]): place for place, item in enumerate(LIST)}
SPELLINGS = [
    (place, text) for place, item in enumerate(LIST) for text in (item["short"], item["full"], *item["other_spellings"])
]


@pytest.mark.parametrize("known", [SHORT, FULL, SHORT | FULL], ids=["short", "full", "both"])
def test_every_spelling_finds_its_organisation_and_only_it(known: dict[str, int]) -> None:
    wrong = [
        (text, match_organisation(text, known))
        for place, text in SPELLINGS
        if match_organisation(text, known) != (place, True)
    ]
    assert wrong == []


def test_no_two_organisations_share_a_key() -> None:
    owners: dict[str, set[int]] = {}
    for place, text in SPELLINGS:
        owners.setdefault(organisation_key(text), set()).add(place)
    assert [key for key, places in owners.items() if len(places) > 1] == []


def test_every_spelling_is_an_organisation() -> None:
    assert [text for _, text in SPELLINGS if not is_organisation(text)] == []


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "МБОУ «СОШ № 1»",
            "мбоу сош №1",
            "СОШ 1",
            "СОШ N1",
            "СОШ-1",
            "МКОУ СОШ №1",
            "Муниципальное казённое общеобразовательное учреждение средняя общеобразовательная школа № 1",
            "Cредняя общеобразовательная школа № 1",
            "Средняя школа №1",
            "МОУ «Средняя общеобразовательная школа № 1» Ключегорского района",
            "3. МБОУ «СОШ № 1 с углублённым изучением отдельных предметов»",
        ),
        (
            "Озёрная СОШ",
            "ОЗЕРНАЯ СОШ",
            "МБОУ «Озёрная средняя общеобразовательная школа»",
            "Озёрной СОШ",
            "СОШ Озёрная",
        ),
        (
            "Детский сад № 2 «Солнышко»",
            "д/с №2 «Солнышко»",
            'МБДОУ «Д/с №2 "Солнышко"»',
            "ДОУ № 2 Солнышко",
            "МАДОУ детский сад общеразвивающего вида № 2 «Солнышко»",
        ),
        (
            "Улюнская СОШ им. С. Хамнаева",
            'МБОУ "Улюнская СОШ им. С. Хамнаева"',
            "МБОУ Улюнская средняя общеобразовательная школа имени С.Хамнаева",
        ),
        ("ООШ №15 г. Улан-Удэ", "ООШ № 15 г. Улан – Удэ", "МАОУ «Основная общеобразовательная школа № 15 г. Улан-Удэ»"),
        (
            "КГУ «Средняя школа № 5»",
            "КГУ «Средняя школа № 5 отдела образования по Камыстинскому району»",
            "№ 5 орта мектеп",
        ),
        ("Детский сад № 1", "МДОБУ № 1", "МДОАУ «Детский сад №1»"),
        ("ЦДОД", "МБУ ДО «Центр дополнительного образования детей»"),
        ("ДДТ", "МБУДО «Дом детского творчества»", "МАУ ДО ДДТ", "Дом творчества"),
        ("ДЮСШ", "Спортивная школа", "МБУ ДО «Детско-юношеская спортивная школа»", "спортшкола"),
    ],
)
def test_spellings_of_one_organisation_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({organisation_key(text) for text in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СОШ № 1", "СОШ № 11"),
        ("СОШ № 1", "ООШ № 1"),
        ("СОШ № 1", "Лицей № 1"),
        ("СОШ № 1", "Детский сад № 1"),
        ("Озёрная СОШ", "Озёрная ООШ"),
        ("Детский сад «Солнышко» с. Липовка", "Детский сад «Солнышко» с. Каменка"),
        ("СОШ № 1 г. Улан-Удэ", "СОШ № 1 с. Кабанск"),
        ("МБОУ «Озёрная СОШ»", "Филиал МБОУ «Озёрная СОШ»"),
        ("МБДОУ № 5", "МБОУ № 5"),
        ("Детский сад № 15", "Детский сад № 15а"),
        ("Детский сад № 9 «Солнышко»", "Детский сад № 2 «Солнышко»"),
        ("Школа искусств", "Музыкальная школа"),
        ("СШ", "СШ № 3"),
        ("Гимназия им. Пушкина", "Гимназия им. Гоголя"),
    ],
)
def test_different_organisations_never_meet(one: str, other: str) -> None:
    assert organisation_key(one) != organisation_key(other)
    assert match_organisation(one, {organisation_key(other): 1}) in {(None, False), (1, False)}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Каменская", "МБОУ «Каменская СОШ»"),
        ("Верхнеключевская", "МБОУ «Верхнеключевская СОШ»"),
        ("школа № 3", "МБОУ «СОШ № 3»"),
        ("МБОУ №3", "МБОУ «СОШ № 3»"),
        ("Садик Ромашка", "МБДОУ «Детский сад № 4 «Ромашка»»"),
        ("МБДОУ с. Каменка", "МБДОУ «Детский сад № 8 «Улыбка»»"),
        ("Центр психолого-педагогической помощи", "МБУ «ЦППМСП»"),
        ("методический центр", "МКУ «ИМЦ»"),
    ],
)
def test_less_said_is_enough_when_only_one_fits(text: str, short: str) -> None:
    place, certain = match_organisation(text, SHORT | FULL)
    assert place is not None
    assert (LIST[place]["short"], certain) == (short, True)


@pytest.mark.parametrize(
    "text", ["Лицей", "Гимназия", "Детский сад", "Лист5", "Детский сад № 9", "Детский сад «Сольнышко»", "Сентябрь", ""]
)
def test_too_little_said_is_never_certain(text: str) -> None:
    assert not match_organisation(text, SHORT)[1]


def test_two_candidates_are_not_chosen_between() -> None:
    known = {organisation_key("СОШ № 1 г. Улан-Удэ"): 1, organisation_key("СОШ № 1 с. Кабанск"): 2}
    assert not match_organisation("СОШ № 1", known)[1]
    assert match_organisation("СОШ № 1 с.Кабанск", known) == (2, True)


def test_a_fuller_spelling_ties_vague_ones_whatever_the_order() -> None:
    texts = ["МБДОУ № 1", "МБДОУ детский сад «Теремок»", "Д/с № 1 «Теремок»"]
    for order in permutations(texts):
        assert by_detail(list(order))[0] == "Д/с № 1 «Теремок»"
        known: dict[str, int] = {}
        for text in by_detail(list(order)):
            known[organisation_key(text)] = match_organisation(text, known)[0] or len(known) + 1
        assert set(known.values()) == {1}


@pytest.mark.parametrize(
    "text",
    [
        "Директор школы",
        "Иванова Мария Петровна",
        "Итого по учреждению: 93 чел.",
        "Учитель, МБОУ СОШ № 1",
        "Начальное общее образование",
        "Педагоги дополнительного образования",
        "Заведующий детским садом № 3",
        "Список учителей МБОУ «Липовская ООШ»",
        "РМО учителей математики",
        "Администрация",
        "Школа",
        "Сентябрь",
        "",
    ],
)
def test_not_a_name_of_an_organisation(text: str) -> None:
    assert not is_organisation(text)


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        *((item["full"], item["short"], item["full"]) for item in LIST[:6]),
        (
            '3. МБОУ "Лицей №5"',
            "МБОУ «Лицей № 5»",
            "Муниципальное бюджетное общеобразовательное учреждение «Лицей № 5»",
        ),
        (
            "мбоу сош №1",
            "МБОУ «СОШ № 1»",
            "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 1»",
        ),
        (
            "МБУДО ДДТ",
            "МБУ ДО «ДДТ»",
            "Муниципальное бюджетное учреждение дополнительного образования «Дом детского творчества»",
        ),
        ("д/с №1 «Теремок»", "Детский сад № 1 «Теремок»", ""),
        ("МБДОУ № 1", "МБДОУ № 1", "Муниципальное бюджетное дошкольное образовательное учреждение № 1"),
        (
            "КГУ «Общеобразовательная школа № 3»",
            "КГУ «Общеобразовательная школа № 3»",
            "Коммунальное государственное учреждение «Общеобразовательная школа № 3»",
        ),
        ("Озёрной СОШ", "Озёрная СОШ", ""),
        (
            "КГУ «Камыстинская ОСШ» отдела образования Камыстинского района",
            "КГУ «Камыстинская ОСШ»",
            "Коммунальное государственное учреждение «Камыстинская ОСШ»",
        ),
        (
            "Муниципальное казённое учреждение «Информационно-методический центр»",
            "МКУ «ИМЦ»",
            "Муниципальное казённое учреждение «Информационно-методический центр»",
        ),
    ],
)
def test_names(text: str, short: str, full: str) -> None:
    assert (short_name(text), full_name(text)) == (short, full)


NAMES = st.one_of(
    st.sampled_from([text for _, text in SPELLINGS]),
    st.lists(
        st.sampled_from(
            ["МБОУ", "СОШ", "№ 1", "«Солнышко»", "Озёрная", "с. Липовка", "д/с", "им. Абая", "|", "г.", "№", "школа"]
        )
    ).map(" ".join),
    st.text(alphabet="абвг№1 «»|.-", max_size=20),
)


@settings(max_examples=300, deadline=None, database=None)
@given(NAMES)
def test_key_is_its_own_key_and_blind_to_case_quotes_and_spaces(text: str) -> None:
    key = organisation_key(text)
    assert organisation_key(key) == key
    if "|" not in text:
        assert organisation_key(text.upper()) == key
        assert organisation_key("  " + text.replace(" ", "  ") + " ") == key
        assert organisation_key(text.replace("«", "“").replace("»", "”")) == key
