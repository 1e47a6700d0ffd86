"""Dated law: what is in force on a day, changes by the office, sentences about mistakes."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.profile_rules import load_rules
from imc_desktop.domain.rule_data import Group, RuleEdition, Source

FOLDER = Path(__file__).parents[2] / "resources" / "rules"
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("country", ["ru", "kz"])
def test_every_rule_says_where_it_stands(country: str) -> None:
    table = tomllib.loads((FOLDER / f"{country}.toml").read_text(encoding="utf-8"))
    rows = [row for key in ("courses", "numbers", "lists", "validity", "steps") for row in table[key]]
    assert len(rows) > 20
    for row in rows:
        assert row["act"], row
        assert row["edition"], row
        assert row["text"], row
        assert isinstance(row["verified"], bool)
        assert row["valid_from"] <= row.get("valid_to", "9999")


@pytest.mark.parametrize(
    ("country", "key", "value", "unit"),
    [
        ("ru", "szd.period", 5, "years"),
        ("ru", "szd.newcomer", 2, "years"),
        ("ru", "refusal", 1, "years"),
        ("ru", "courses.pk_min_hours", 16, "hours"),
        ("ru", "courses.pp_min_hours", 250, "hours"),
        ("ru", "szd.commission", 5, "people"),
        ("ru", "region.commission", 7, "people"),
        ("kz", "kz.period", 5, "years"),
        ("kz", "kz.period.head", 3, "years"),
        ("kz", "kz.late_years", 1, "years"),
        ("kz", "kz.ozp.expert", 70, "percent"),
    ],
)
def test_numbers_in_force(country: str, key: str, value: int, unit: str) -> None:
    number = load_rules(FOLDER / f"{country}.toml").at(TODAY).number(key)
    assert (number.value, number.unit) == (value, unit)


def test_unverified_numbers_say_so() -> None:
    rules = load_rules(FOLDER / "ru.toml").at(TODAY)
    assert "не сверено" in rules.number("refusal").source.cite()
    assert "не сверено" not in rules.number("szd.period").source.cite()
    assert "не сверено" in load_rules(FOLDER / "kz.toml").at(TODAY).courses[0].source.cite()


def test_the_edition_of_the_day_is_chosen() -> None:
    rules = load_rules(FOLDER / "ru.toml")
    assert "276" in rules.at(date(2022, 5, 1)).number("szd.newcomer").source.act
    assert "196" in rules.at(TODAY).number("szd.newcomer").source.act
    old = rules.validity_of(CategoryName.FIRST, "2023-08-31")
    new = rules.validity_of(CategoryName.FIRST, "2023-09-01")
    assert old is not None
    assert new is not None
    assert (old.years, new.years) == (5, 0)


def test_an_act_past_its_term_still_answers_but_says_so() -> None:
    rules = load_rules(FOLDER / "ru.toml").at(date(2029, 9, 1))
    number = rules.number("szd.newcomer")
    assert number.value == 2
    assert "закончился 31.08.2029" in rules.source_note(number)


def test_an_edition_of_the_office_wins_while_it_lasts() -> None:
    rules = load_rules(FOLDER / "ru.toml").with_editions(
        [
            RuleEdition("szd.newcomer", "2026-01-01", "2026-12-31", value=3, act="Приказ управления", verified=True),
            RuleEdition("ru.courses", "2026-06-01", years=4, hours=72, mode="sum"),
        ]
    )
    assert rules.at(TODAY).number("szd.newcomer").value == 3
    assert rules.at(TODAY).number("szd.newcomer").source.act == "Приказ управления"
    assert rules.at(date(2027, 1, 1)).number("szd.newcomer").value == 2
    course = rules.at(TODAY).courses[0]
    assert (course.years, course.hours, course.mode) == (4, 72, "sum")
    assert "не сверено" in course.source.cite()
    assert rules.at(date(2026, 5, 31)).courses[0].years == 3


def test_the_office_may_add_a_rule() -> None:
    rules = load_rules(FOLDER / "ru.toml").with_editions(
        [
            RuleEdition(
                "own.1", "2026-01-01", who=frozenset({Group.HEADS}), years=2, hours=40, mode="sum", act="Приказ УО"
            )
        ]
    )
    assert [rule.title for rule in rules.at(TODAY).courses] == [
        "Закон: раз в 3 года",
        "Приказ УО: 2 года, 40 ч в сумме",
    ]
    assert len(rules.at(date(2025, 12, 31)).courses) == 1


def test_an_edition_of_nothing_is_refused() -> None:
    with pytest.raises(UserError, match=r"szd\.perod"):
        load_rules(FOLDER / "ru.toml").with_editions([RuleEdition("szd.perod", "2026-01-01", value=4)])


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2026-01-01", True), ("2025-12-31", False), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_both_ends_of_a_term_belong_to_it(day: str, holds: bool) -> None:
    assert Source("акт", valid_from="2026-01-01", valid_to="2026-06-30").in_force(day) is holds
    assert Source("акт", valid_from="2026-01-01").in_force("2099-01-01")


def test_a_missing_number_is_told() -> None:
    with pytest.raises(UserError, match=r"нет числа «kz\.period»"):
        load_rules(FOLDER / "ru.toml").at(TODAY).number("kz.period")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("country = 'RU'", "country = 'BY'"), ["country"]),
        (("unit = 'hours'", "unit = 'hours'\nunits = 1"), ["numbers", "запись 1", "«units»"]),
        (("categories = ['высшая', 'первая', 'вторая']", "categories = ['третья']"), ["validity", "третья"]),
        (("text = 'категория устанавливается без срока действия'", ""), ["validity", "запись 2", "«text»"]),
        (("[[steps]]\nid = 'szd.order'", "[[stages]]\nid = 'szd.order'"), ["stages"]),
    ],
)
def test_mistakes_are_told_with_file_and_key(tmp_path: Path, change: tuple[str, str], words: list[str]) -> None:
    text = (FOLDER / "ru.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "правила.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_rules(path)
    assert all(word in str(caught.value) for word in ["правила.toml", *words])
