"""Education: levels, and cells with several facts."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import EducationLevel as L
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.papers import EducationIn
from imc_desktop.exchange.cells.education import parse_education, parse_level, parse_year


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("высшее", L.HIGHER),
        ("в", L.HIGHER),
        ("ВО", L.HIGHER),
        ("в/о", L.HIGHER),
        ("Высшее образование", L.HIGHER),
        ("высш. пед.", L.HIGHER),
        ("Высшее, специалист", L.HIGHER),
        ("Н/Высшее образование", L.UNFINISHED_HIGHER),
        ("незак. высш.", L.UNFINISHED_HIGHER),
        ("неоконченное высшее", L.UNFINISHED_HIGHER),
        ("студент", L.UNFINISHED_HIGHER),
        ("СПО", L.VOCATIONAL),
        ("ср.спец.", L.VOCATIONAL),
        ("сред.проф.", L.VOCATIONAL),
        ("среднее-специальное", L.VOCATIONAL),
        ("Среднее профессиональное образование, специалист", L.VOCATIONAL),
        ('Среднее профессиональное образование "Воспитатель детского сада"', L.VOCATIONAL),
        ("среднее", L.SECONDARY),
        ("среднее (полное) общее", L.SECONDARY),
        ("-", None),
        ("", None),
    ],
)
def test_level(cell: str, level: L | None) -> None:
    assert parse_level(cell) is level


def test_level_not_understood() -> None:
    with pytest.raises(ValueError, match="образовани"):
        parse_level("КГПУ")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "Высшее, КГПУ, 2012, учитель (английский язык)",
            EducationIn(L.HIGHER, "КГПУ", "2012", "учитель (английский язык)"),
        ),
        (
            "среднее профессиональное, Педучилище № 1, 2003 г., учитель (химия)",
            EducationIn(L.VOCATIONAL, "Педучилище № 1", "2003", "учитель (химия)"),
        ),
        ("КГПУ, 2012", EducationIn(institution="КГПУ", year="2012")),
        ("ФГБОУ ВО «КГПУ», 1991 г.", EducationIn(institution="ФГБОУ ВО «КГПУ»", year="1991")),
        ("н/высшее, Северский пединститут, 2014 г.", EducationIn(L.UNFINISHED_HIGHER, "Северский пединститут", "2014")),
        ("Высшее\nКГУ\n1998\nУчитель истории", EducationIn(L.HIGHER, "КГУ", "1998", "Учитель истории")),
        ("Высшее. КГПУ. 2010. Учитель истории", EducationIn(L.HIGHER, "КГПУ", "2010", "Учитель истории")),
        ("КГУ 1999г. биология", EducationIn(institution="КГУ", year="1999", speciality="биология")),
        (
            "высшее профессиональное, Северский государственный университет, год окончания 2005, квалификация: учитель математики",
            EducationIn(L.HIGHER, "Северский государственный университет", "2005", qualification="учитель математики"),
        ),
        (
            "Высшее, БГУ, 2001, математика, учитель математики",
            EducationIn(L.HIGHER, "БГУ", "2001", "математика", "учитель математики"),
        ),
        (
            'Среднее профессиональное образование "Воспитатель детского сада"',
            EducationIn(L.VOCATIONAL, speciality="Воспитатель детского сада"),
        ),
        (
            "окончила КГУ в 2001 г. по специальности «География»",
            EducationIn(institution="КГУ", year="2001", speciality="География"),
        ),
        (
            "1) Высшее, КГУ, 1999, история\n2) Высшее, РГПУ, 2010, психология",
            EducationIn(L.HIGHER, "КГУ", "1999", "история"),
        ),
        ("незаконченное высшее, КГУ, 4 курс", EducationIn(L.UNFINISHED_HIGHER, "КГУ")),
        ("Среднее специальное - Педучилище №1 - 1990г.", EducationIn(L.VOCATIONAL, "Педучилище №1", "1990")),
    ],
)
def test_cell_of_several_facts(cell: str, expected: EducationIn) -> None:
    assert parse_education(cell) == (expected, ())


def test_retraining_written_along() -> None:
    cell = (
        'НГПИ, 2000 год, специальность - "Математика"; проф. переподготовка: ООО "Инфоурок", 2020 г., "Учитель физики"'
    )
    education, trainings = parse_education(cell)
    assert education == EducationIn(institution="НГПИ", year="2000", speciality="Математика")
    (training,) = trainings
    assert (training.kind, training.title, training.end) == (TrainingKind.PP, "Учитель физики", "2020")
    assert training.provider == "ООО «Инфоурок»"


def test_nothing() -> None:
    assert parse_education("-") == (None, ())
    assert parse_year("2012 г.") == "2012"
    assert parse_year(2012.0) == "2012"
    assert parse_year("нет") == ""
