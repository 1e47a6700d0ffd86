"""Rate, sex, telephone, numbers of documents, marks."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import EmploymentKind
from imc_desktop.exchange.cells.common import is_no_value, strip_ends, text_of
from imc_desktop.exchange.cells.simple import (
    parse_award,
    parse_bool_yes,
    parse_email,
    parse_employment,
    parse_iin,
    parse_phone,
    parse_rate,
    parse_sex,
    parse_snils,
)
from imc_desktop.exchange.grid import Cell


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("1,25", "1.25"),
        ("0.5 ст.", "0.5"),
        ("1 ставка", "1"),
        (1.0, "1"),
        (0.75, "0.75"),
        ("полставки", "0.5"),
        ("1/2", "0.5"),
        ("0,5+0,25", "0.75"),
        ("1 1/2", "1.5"),
        ("ставка", "1"),
        ("-", ""),
        (None, ""),
    ],
)
def test_rate(cell: Cell, rate: str) -> None:
    assert parse_rate(cell) == rate


@pytest.mark.parametrize("cell", ["18 ч", "0", "5", "много", "1/0"])
def test_rate_not_understood(cell: str) -> None:
    with pytest.raises(ValueError, match="ставк"):
        parse_rate(cell)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (89240000022.0, "+79240000022"),
        ("+7 (000) 581-31-69", "+70005813169"),
        ("70005678013", "+70005678013"),
        ("8(00043)23-4-28", "+70004323428"),
        ("(0002)173133", "+70002173133"),
        ("25-37-45", "25-37-45"),
        ("8-900-000-84-22, 23-45-67", "+79000008422"),
        ("сот. 8 900 000 84 22", "+79000008422"),
        ("8 900 000 84 22 доб. 12", "+79000008422"),
        ("+375 29 000 00 00", "+375290000000"),
        ("нет", ""),
        ("", ""),
    ],
)
def test_phone(cell: Cell, phone: str) -> None:
    assert parse_phone(cell) == phone


def test_phone_not_understood() -> None:
    with pytest.raises(ValueError, match="телефон"):
        parse_phone("позвонить вечером")


@pytest.mark.parametrize(
    ("cell", "snils"),
    [
        ("112-233-445 95", "112-233-445 95"),
        ("11223344595", "112-233-445 95"),
        (11223344595.0, "112-233-445 95"),
        ("000-123-456 00", "000-123-456 00"),
        ("087-654-303 00", "087-654-303 00"),
        ("-", ""),
    ],
)
def test_snils(cell: Cell, snils: str) -> None:
    assert parse_snils(cell) == snils


@pytest.mark.parametrize("cell", ["112-233-445 96", "123", "444-222-222 55"])
def test_snils_wrong(cell: str) -> None:
    with pytest.raises(ValueError, match="СНИЛС"):
        parse_snils(cell)


def test_iin() -> None:
    assert parse_iin("990101300003") == "990101300003"
    assert parse_iin("") == ""
    for wrong in ("990101300004", "99010130000", "abc"):
        with pytest.raises(ValueError, match="ИИН"):
            parse_iin(wrong)


@pytest.mark.parametrize(
    ("cell", "sex"), [("М", "м"), ("ж", "ж"), ("муж.", "м"), ("Женский", "ж"), ("жен", "ж"), ("-", ""), ("", "")]
)
def test_sex(cell: str, sex: str) -> None:
    assert parse_sex(cell) == sex


def test_sex_not_understood() -> None:
    with pytest.raises(ValueError, match="пол"):
        parse_sex("учитель")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("осн.", EmploymentKind.MAIN),
        ("Основная", EmploymentKind.MAIN),
        ("совм.", EmploymentKind.EXTERNAL),
        ("внеш. совм.", EmploymentKind.EXTERNAL),
        ("внутренний совместитель", EmploymentKind.INTERNAL),
        ("внутр. совмещение", EmploymentKind.INTERNAL),
        ("-", None),
    ],
)
def test_employment(cell: str, kind: EmploymentKind | None) -> None:
    assert parse_employment(cell) is kind


def test_employment_not_understood() -> None:
    with pytest.raises(ValueError, match="вид работы"):
        parse_employment("учитель")


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("+", True),
        ("да", True),
        ("х", True),
        ("x", True),
        (True, True),
        ("нет", False),
        ("0", False),
        ("-", False),
        ("", None),
        ("ноябрь", None),
    ],
)
def test_yes(cell: Cell, mark: bool | None) -> None:
    assert parse_bool_yes(cell) is mark


def test_awards() -> None:
    assert parse_award("Благодарность главы района;;;") == ("Благодарность главы района",)
    assert parse_award("1. Почётная грамота\n2. Отличник народного просвещения") == (
        "Почётная грамота",
        "Отличник народного просвещения",
    )
    assert parse_award(";;;") == parse_award("-") == ()


def test_email() -> None:
    assert parse_email("почта: school1@example.org, осн.") == "school1@example.org"
    assert parse_email("нет") == ""


@pytest.mark.parametrize(
    "cell",
    ["-", "–", "—", "нет", "Не имеет", "X", "не указано", "Должность не указана"[10:], ";;;", "", None, "н/д", "жоқ"],
)
def test_blank(cell: Cell) -> None:
    assert is_no_value(text_of(cell))


def test_text_of() -> None:
    assert text_of(24.0) == "24"
    assert text_of("а<br />б") == "а\nб"
    assert strip_ends("тема (,") == "тема"
