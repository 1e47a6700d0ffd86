"""Experience in all the shapes papers give it."""

from __future__ import annotations

from datetime import date, time

import pytest

from imc_desktop.domain.kinds import ExperienceKind
from imc_desktop.exchange.cells.experience import months_after_point, parse_experience, parse_experience_mixed

T, P, ORG, J = ExperienceKind.TOTAL, ExperienceKind.PEDAGOGICAL, ExperienceKind.ORGANISATION, ExperienceKind.POST
AS_OF = "2026-10-01"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("24", (24, None)),
        (24.0, (24, None)),
        (0, (0, None)),
        ("33 года;", (33, None)),
        ("21год", (21, None)),
        ("38лет", (38, None)),
        ("12 лет 3 мес.", (12, 3)),
        ("1 год 9 мес.", (1, 9)),
        ("12л.3м.", (12, 3)),
        ("31 л. 1 м", (31, 1)),
        ("1 г. 6 мес.", (1, 6)),
        ("4 мес.", (0, 4)),
        ("15 лет 12 мес", (16, 0)),
        ("21.3", (21, None)),
        ("12.10", (12, 10)),
        ("21,75", (21, 9)),
        ("12/10", (12, 10)),
        ("менее 1 года", (0, None)),
        ("б/с", (0, None)),
        ("без стажа", (0, None)),
        ("с 01.09.2010", (16, 1)),
        ("с 2010 г.", (16, None)),
        ("2010", (16, None)),
        ("Педстаж: 40 лет в начальной школе", (40, None)),
        ("Пед.стаж 32 года", (32, None)),
        ("б\\к12 лет", (12, None)),
        (date(1900, 1, 24), (24, None)),
        (date(2026, 10, 12), (12, 10)),
        (date(2010, 9, 1), (16, 1)),
        ("26 жыл", (26, None)),
        ("2,5 года", (2, 6)),
        ("полгода", (0, 6)),
        ("12-03-15", (12, 3)),
        ("с сентября 2015 г.", (11, 1)),
        ("01.09.2010", (16, 1)),
    ],
)
def test_one_kind(cell: object, expected: tuple[int, int | None]) -> None:
    found = parse_experience(cell, T, as_of=AS_OF)  # type: ignore[arg-type]
    assert found is not None
    assert (found.kind, found.years, found.months) == (T, *expected)


@pytest.mark.parametrize("cell", ["", None, "-", "–", "нет", "не указано", "X"])
def test_nothing_said(cell: str | None) -> None:
    assert parse_experience(cell, P) is None


@pytest.mark.parametrize(
    "cell", ["99", "-5", "27/19", "более 20 лет", "от 3 до 10 лет", "учитель", "с 01.09.2030", time(12, 10)]
)
def test_impossible(cell: object) -> None:
    with pytest.raises(ValueError, match="стаж"):
        parse_experience(cell, T, as_of=AS_OF)  # type: ignore[arg-type]


def test_a_day_needs_the_day_of_the_paper() -> None:
    with pytest.raises(ValueError, match="дат"):
        parse_experience("с 01.09.2010", T)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("27/19", {T: 27, P: 19}),
        ("27 / 19", {T: 27, P: 19}),
        ("27\\19", {T: 27, P: 19}),
        ("23-15", {T: 23, P: 15}),
        ("27(19)", {T: 27, P: 19}),
        ("27 (19 пед.)", {T: 27, P: 19}),
        ("27/-", {T: 27}),
        ("12", {T: 12}),
        ("15 лет\n12 лет", {T: 15, P: 12}),
        ("Общий стаж: 28 лет<br>Педагогический: 18 лет", {T: 28, P: 18}),
        ("Общий стаж: 22 года\nПедагогический: 21 год", {T: 22, P: 21}),
        ("Общий стаж - 2 года, пед. стаж - 2 года, стаж работы в должности - 1 год", {T: 2, P: 2, J: 1}),
        ("педагогический стаж 14 лет, общий 38 лет", {P: 14, T: 38}),
        ("28 (общ.), 18 (пед.)", {T: 28, P: 18}),
        ("28 лет (пед. - 18)", {T: 28, P: 18}),
        ("общ. 28, пед. 18, в данной ОО - 5", {T: 28, P: 18, ORG: 5}),
        ("общ.-28,пед.-12", {T: 28, P: 12}),
        ("О-28 П-18", {T: 28, P: 18}),
        ("20 лет/ пед.15 лет", {T: 20, P: 15}),
        ("общий/пед. 12/10", {T: 12, P: 10}),
        ("-", {}),
    ],
)
def test_several_kinds(cell: str, expected: dict[ExperienceKind, int]) -> None:
    assert {item.kind: item.years for item in parse_experience_mixed(cell)} == expected


def test_months_in_both_parts() -> None:
    assert [(item.years, item.months) for item in parse_experience_mixed("12л.3м./10л.2м.")] == [(12, 3), (10, 2)]


def test_order_is_told_by_the_heading() -> None:
    assert {item.kind: item.years for item in parse_experience_mixed("19/27/5", (P, T, ORG))} == {P: 19, T: 27, ORG: 5}


def test_a_pair_taken_for_a_day_by_excel() -> None:
    assert [item.years for item in parse_experience_mixed(date(2026, 10, 12))] == [12, 10]


def test_too_many_numbers() -> None:
    with pytest.raises(ValueError, match="больше чисел"):
        parse_experience_mixed("27/19/5")


def test_what_stands_after_the_point() -> None:
    assert months_after_point(["12.10", "7.11", "3.4"]) is True
    assert months_after_point(["12.75", "7.5"]) is False
    assert months_after_point(["12.4", 7, None]) is None
    assert parse_experience("21.3", T, months_after_point=True).months == 3  # type: ignore[union-attr]
    assert parse_experience("21.5", T, months_after_point=False).months == 6  # type: ignore[union-attr]
