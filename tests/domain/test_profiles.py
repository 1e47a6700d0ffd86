"""Profiles: every value stands on words of the regulation; what is open is asked; mistakes are told in a sentence."""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from imc_desktop.domain.errors import UserError
from imc_desktop.domain.profile_rules import (
    SAID_LISTS,
    answer_keys,
    answered,
    load_profile,
    load_profiles,
    load_rules,
    office_rules,
)
from imc_desktop.domain.rule_data import Group

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "profiles"
REGULATIONS = ROOT / "tests" / "data" / "regulations"
NAMES = ["bohan", "kamysty", "sosnovy-bor", "spb", "vyatskie-polyany"]
# What each regulation must have, counted by hand from domain rules 8.
COUNTS = {
    "bohan": {"functions": 6, "tasks": 3, "directions": 8, "institutes": 2, "rights": 9, "councils": 3, "posts": 4},
    "spb": {"aims": 6, "directions": 9, "units": 9, "functions": 8, "rights": 4, "duties": 2, "indicators": 7},
    "kamysty": {
        "tasks": 8,
        "directions": 8,
        "functions": 6,
        "nomenclature": 3,
        "powers": 6,
        "activities": 12,
        "rights": 5,
    },
    "sosnovy-bor": {"tasks": 7, "directions": 9, "mechanisms": 6, "nomenclature": 10, "posts": 4, "duties": 5},
    "vyatskie-polyany": {"tasks": 5, "directions": 6, "activities": 43, "nomenclature": 4, "rights": 6, "duties": 6},
}


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def _quotes(value: Any, clause: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item, clause)
    elif isinstance(value, dict):
        clause = value.get("clause", clause)
        words = value.get("quote") or (value.get("text") if "act" in value else None)
        if words:
            yield clause, words
        for item in value.values():
            yield from _quotes(item, clause)


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_in_the_regulation(name: str) -> None:
    text = _plain((REGULATIONS / f"{name}.txt").read_text(encoding="utf-8"))
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    quotes = list(_quotes(table))
    assert len(quotes) > 50
    assert [pair for pair in quotes if _plain(pair[1]) not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_a_clause_and_a_quote(name: str) -> None:
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key in (*SAID_LISTS, "parents", "blocks", "quirks", "guriffs"):
        assert [row for row in table.get(key, []) if not (row.get("clause") and row.get("quote"))] == []


@pytest.mark.parametrize("name", NAMES)
def test_lists_are_complete(name: str) -> None:
    profile = load_profile(FOLDER / f"{name}.toml")
    assert {key: len(profile.list_of(key)) for key in COUNTS[name]} == COUNTS[name]
    assert profile.quirks


def test_all_profiles_load_quickly() -> None:
    assert [profile.id for profile in load_profiles(FOLDER)] == NAMES
    best = min(_seconds(FOLDER / "vyatskie-polyany.toml") for _ in range(5))
    assert best < 0.005


def _seconds(path: Path) -> float:
    start = time.perf_counter()
    load_profile(path)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    ("name", "document", "expected"),
    [
        (
            "bohan",
            "annual-plan",
            [("УТВЕРЖДАЮ", "Начальник управления образования Администрации МО «Боханский район»")],
        ),
        (
            "spb",
            "annual-plan",
            [("ПРИНЯТО", "Педагогического Совета"), ("УТВЕРЖДАЮ", "Председатель Педагогического Совета")],
        ),
        ("spb", "staff-list", [("УТВЕРЖДАЮ", "Директор ГБУ ДНПО ЦПКС «ИМЦ»")]),
        ("spb", "regulation", [("ПРИНЯТО", "Педагогического Совета"), ("УТВЕРЖДАЮ", "Директор ГБУ ДНПО ЦПКС «ИМЦ»")]),
        ("kamysty", "annual-plan", [("УТВЕРЖДАЮ", "Руководитель ГУ «Отдел образования акимата Камыстинского района»")]),
        ("sosnovy-bor", "regulation", [("ПРИНЯТО", "Экспертного совета"), ("УТВЕРЖДЕНО", "Директор МБОУДО «ЦРТ»")]),
        (
            "vyatskie-polyany",
            "annual-plan",
            [("УТВЕРЖДАЮ", "Начальник управления образования администрации Вятскополянского района")],
        ),
    ],
)
def test_approval_blocks(name: str, document: str, expected: list[tuple[str, str]]) -> None:
    blocks = load_profile(FOLDER / f"{name}.toml").blocks_for(document)
    assert [(block.form, block.title or block.body) for block in blocks] == expected


def test_what_the_regulations_say_of_plan_and_report() -> None:
    found = {profile.id: profile for profile in load_profiles(FOLDER)}
    assert found["kamysty"].plan.part_of == "общий годовой план отдела образования"
    assert found["sosnovy-bor"].plan.corrections == ("half-year", "quarter", "month")
    assert found["sosnovy-bor"].plan.cyclogram
    assert found["sosnovy-bor"].report.operative
    assert found["kamysty"].report.on_demand
    assert len(found["sosnovy-bor"].parents) == 2
    assert {name: profile.own_staff.teach for name, profile in found.items()} == {
        "bohan": False, "kamysty": True, "sosnovy-bor": True, "spb": True, "vyatskie-polyany": False,
    }  # fmt: skip
    sources = [(item.text, item.source) for item in found["spb"].list_of("indicators")]
    assert sources[1][1] == "Электронная система ИНТЕГРАЛ (журнал)"
    assert all(source for _, source in sources)


def test_office_rules_join_the_law() -> None:
    law = load_rules(ROOT / "resources" / "rules" / "ru.toml")
    rules = office_rules(law, load_profile(FOLDER / "bohan.toml"))
    shown = {rule.id: (sorted(rule.who), rule.years, rule.hours, rule.mode) for rule in rules.courses}
    assert shown == {
        "ru.courses": ([Group.TEACHERS], 3, 0, "single"),
        "bohan.courses": ([Group.HEADS, Group.TEACHERS], 5, 144, "single"),
        "bohan.own_staff": ([Group.OWN_STAFF], 5, 0, "single"),
    }


def test_answers_replace_defaults() -> None:
    profile = load_profile(FOLDER / "bohan.toml")
    done = answered(
        profile,
        {
            "names.short": "ИМЦ Ключегорского района",
            "parent": "управление образования Ключегорского района",
            "plan.approver": "Директор МКУ «ИМЦ»",
            "plan.approver.name": "М. П. Озерская",
            "plan.agreed": "Начальник управления образования",
            "plan.body": "методического совета",
            "plan.period": "calendar",
            "rules.mode": "sum",
            "week_type": "6",
            "place": "с. Ключи",
        },
    )
    assert [(b.form, b.title or b.body, b.signer) for b in done.blocks_for("annual-plan")] == [
        ("ПРИНЯТО", "методического совета", ""),
        ("СОГЛАСОВАНО", "Начальник управления образования", ""),
        ("УТВЕРЖДАЮ", "Директор МКУ «ИМЦ»", "М. П. Озерская"),
    ]
    assert (done.names.short, done.names.full) == ("ИМЦ Ключегорского района", profile.names.full)
    assert (done.plan.period, done.week_type, done.place) == ("calendar", 6, "с. Ключи")
    assert done.parents[0].name == "управление образования Ключегорского района"
    assert [rule.mode for rule in done.rules] == ["sum", "single"]


@pytest.mark.parametrize("name", NAMES)
def test_defaults_alone_are_enough(name: str) -> None:
    profile = load_profile(FOLDER / f"{name}.toml")
    assert answered(profile, {}).blocks_for("annual-plan") == profile.blocks_for("annual-plan")
    assert all(ask.question.endswith(("?", "праздников")) and ask.why for ask in profile.asks)
    assert set(answer_keys(profile)) >= {"names.full", "week_type", "plan.approver.name"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"plan.aprover": "Директор"}, ["bohan", "plan.aprover", "plan.approver"]),
        ({"plan.period": "weekly"}, ["plan.period", "weekly", "school"]),
    ],
)
def test_wrong_answers_are_refused_in_a_sentence(answers: dict[str, str], words: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        answered(load_profile(FOLDER / "bohan.toml"), answers)
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("country = 'RU'", "country = 'RU'\ncolour = 'red'"), ["неизвестный ключ «colour»"]),
        (("[plan]\nperiod = 'school'", "[plan]\nperiod = 'school'\nyears = 1"), ["раздел «plan»", "«years»"]),
        (("who = ['own_staff']", "who = ['pupils']"), ["раздел «rules»", "запись 2", "«who»"]),
        (
            ("years = 5\nhours = 144", "years = 'пять'\nhours = 144"),
            ["раздел «rules»", "запись 1", "«years»", "целое число"],
        ),
        (("clause = '3.2.7'\n", ""), ["раздел «directions»", "запись 7", "«clause»"]),
        (("mode = 'single'", "mode = 'twice'"), ["«mode»"]),
        (("id = 'bohan'", "id = 'bohan"), ["не читается"]),
    ],
)
def test_mistakes_in_a_file_are_told_with_file_and_key(
    tmp_path: Path, change: tuple[str, str], words: list[str]
) -> None:
    text = (FOLDER / "bohan.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "мой.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_profile(path)
    assert all(word in str(caught.value) for word in ["мой.toml", *words])


def test_missing_file_is_told() -> None:
    with pytest.raises(UserError, match=r"нет\.toml"):
        load_profile(FOLDER / "нет.toml")


def test_no_person_is_named() -> None:
    everything = [*REGULATIONS.glob("*.txt"), *FOLDER.glob("*.toml")]
    masked = "".join(path.read_text(encoding="utf-8") for path in everything)
    assert len(everything) == 10
    assert "Фамилия" in masked
