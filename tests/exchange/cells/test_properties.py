"""Whatever stands in a cell, a parser gives a value or says in Russian why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imc_desktop.domain.kinds import ExperienceKind
from imc_desktop.exchange.cells import category, courses, education, experience, posts, simple
from imc_desktop.exchange.grid import Cell

WORDS = (
    *(
        "12",
        "2023",
        "24.04.2024",
        "31.02.2023",
        "99.99.2020",
        "12.10",
        "2000-01-01",
        "2024-2025",
        "4/4",
        "0,5",
        "1",
        "72 ч.",
        "252",
    ),
    *(
        "лет",
        "мес.",
        "год",
        "г.",
        "ч.",
        "часов",
        "ст.",
        "ставки",
        "общий",
        "пед.",
        "стаж:",
        "в ОО",
        "с",
        "по",
        "до",
        "от",
        "и",
    ),
    *(
        "«",
        "»",
        '"',
        "„",
        "“",
        "(",
        ")",
        ";",
        ",",
        ".",
        "/",
        "\\",
        "-",
        "–",
        "—",
        "|",
        "•",
        "1)",
        "2.",
        "№",
        "N",
        "\u00a0",
    ),
    *(
        "высшая",
        "первая",
        "СЗД",
        "б/к",
        "I",
        "II",
        "приказ",
        "пр.",
        "учитель",
        "математики",
        "совм.",
        "нет",
        "КГПУ",
        "высшее",
        "ср.спец.",
    ),
    *("ПП:", "Переподготовка:", "дист.", "ГАОУ ДПО", "«ИРО»", "ООО", "СОШ", "МБОУ", "Қазақ", "Cредняя", "ё"),
)
MESSY = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "\n"])), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
CELLS = st.one_of(
    MESSY,
    st.text(max_size=30),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)


def one_kind(cell: Cell) -> object:
    return experience.parse_experience(cell, ExperienceKind.TOTAL, as_of="2026-10-01")


def category_out(cell: Cell) -> object:
    return category.strip_category(str(cell))


PARSERS: list[Callable[[Cell], object]] = [
    one_kind,
    experience.parse_experience_mixed,
    category.parse_categories,
    category_out,
    courses.parse_courses,
    courses.parse_title,
    courses.parse_hours,
    courses.parse_kind,
    courses.parse_document,
    education.parse_education,
    education.parse_level,
    education.parse_year,
    posts.parse_posts,
    posts.parse_subjects,
    posts.parse_post_or_subjects,
    simple.parse_rate,
    simple.parse_phone,
    simple.parse_email,
    simple.parse_snils,
    simple.parse_iin,
    simple.parse_sex,
    simple.parse_employment,
    simple.parse_bool_yes,
    simple.parse_award,
]


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(cell=CELLS)
def test_a_value_or_a_reason(parser: Callable[[Cell], object], cell: Cell) -> None:
    reason = "значение"
    try:
        parser(cell)
    except ValueError as problem:
        reason = str(problem)
    assert re.search("[а-я]", reason)
