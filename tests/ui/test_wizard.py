"""The first start: five pages, open questions asked with their reason, nothing written before «Создать»."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.usecases.office import office_of, profiles
from ui.context import Context
from ui.wizard.state import VALUES, answers_of, file_name_of
from ui.wizard.wizard import ASKS, NAMES, PLACES, SUMMARY, TITLES, Wizard

PROFILES = [profile.id for profile in profiles()]


@pytest.fixture
def wizard(qtbot: QtBot, ctx: Context, tmp_path: Path) -> Wizard:
    made = Wizard(ctx, tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(wizard: Wizard, profile: str) -> None:
    wizard.first.group.button(PROFILES.index(profile)).setChecked(True)
    wizard.go_on()


def walk_to(wizard: Wizard, step: int) -> None:
    while wizard.step < step:
        before = wizard.step
        wizard.go_on()
        assert wizard.step == before + 1, wizard.message.text()


def test_there_are_five_profiles_and_five_pages() -> None:
    assert (len(PROFILES), len(TITLES)) == (5, 5)


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_makes_a_base_by_its_defaults(wizard: Wizard, profile: str) -> None:
    choose(wizard, profile)
    walk_to(wizard, SUMMARY)
    wizard.go_on()
    assert wizard.choice is not None
    assert wizard.choice.path is not None
    store = Store(wizard.choice.path)
    try:
        office = office_of(store)
        assert office.profile.id == profile
        asked = next(one.asks for one in profiles() if one.id == profile)
        assert {ask.key: office.answers[ask.key] for ask in asked} == {ask.key: ask.default for ask in asked}
        assert set(office.answers) == {ask.key for ask in asked}
    finally:
        store.close()


def test_answers_reach_the_base(wizard: Wizard) -> None:
    choose(wizard, "bohan")
    wizard.names.editors["names.short"].setText("ИМЦ Ключегорского района")
    wizard.names.editors["plan.approver.name"].setText("В. В. Белов")
    walk_to(wizard, ASKS)
    period = wizard.asks.editors["plan.period"]
    assert isinstance(period, QComboBox)
    period.setCurrentIndex(period.findData("calendar"))
    body = wizard.asks.editors["plan.body"]
    assert isinstance(body, QLineEdit)
    body.setText("методического совета")
    walk_to(wizard, PLACES)
    assert Path(wizard.places.path.text()).name == "ИМЦ Ключегорского района.imc"
    wizard.go_back()
    assert wizard.asks.editors["plan.body"].text() == "методического совета"  # type: ignore[union-attr]
    walk_to(wizard, SUMMARY)
    shown = {label.text() for label in wizard.summary.findChildren(QLabel)}
    assert {"методического совета", "на календарный год", "В. В. Белов"} <= shown
    wizard.go_on()
    assert wizard.choice is not None
    assert wizard.choice.path is not None
    store = Store(wizard.choice.path)
    try:
        office = office_of(store)
        assert office.short_name == "ИМЦ Ключегорского района"
        assert office.profile.plan.period == "calendar"
        assert {block.signer for block in office.profile.blocks if block.key == "plan.approver"} == {"В. В. Белов"}
    finally:
        store.close()


def test_every_open_question_says_why_it_is_asked(wizard: Wizard) -> None:
    choose(wizard, "kamysty")
    walk_to(wizard, ASKS)
    asked = [ask for ask in wizard.profile.asks if ask.key != "place"]
    shown = [label.text() for label in wizard.asks.findChildren(QLabel)]
    assert [ask.question for ask in asked] == [text for text in shown if not text.startswith("Почему")]
    assert sum(text.startswith("Почему спрашиваем: ") for text in shown) == len(asked)


def test_every_closed_answer_has_words() -> None:
    told = {value for profile in profiles() for ask in profile.asks for value in ask.values}
    assert told <= set(VALUES)


def test_nothing_is_written_when_given_up(wizard: Wizard, tmp_path: Path) -> None:
    walk_to(wizard, SUMMARY)
    wizard.reject()
    assert wizard.choice is None
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_needed_and_an_existing_file_is_refused(wizard: Wizard, tmp_path: Path) -> None:
    walk_to(wizard, NAMES)
    wizard.names.editors["names.full"].clear()
    wizard.go_on()
    assert wizard.step == NAMES
    assert "названия" in wizard.message.text()
    wizard.names.editors["names.full"].setText("Информационно-методический центр")
    walk_to(wizard, PLACES)
    taken = tmp_path / "занято.imc"
    taken.write_text("чужое")
    wizard.places.path.setText(str(taken))
    wizard.go_on()
    assert wizard.step == PLACES
    assert "уже есть" in wizard.message.text()
    assert taken.read_text() == "чужое"


def test_the_example_is_one_click_away(wizard: Wizard) -> None:
    wizard.first.demo.click()
    assert wizard.choice is not None
    assert wizard.choice.demo
    assert wizard.choice.path is None


def test_another_profile_forgets_the_answers_of_the_first(wizard: Wizard) -> None:
    choose(wizard, "bohan")
    wizard.names.editors["names.short"].setText("Своё")
    walk_to(wizard, ASKS)
    wizard.go_back()
    wizard.go_back()
    choose(wizard, "spb")
    assert wizard.names.editors["names.short"].text() == "МС ИМЦ"


def test_type_size_and_folder_of_copies_are_kept(wizard: Wizard, tmp_path: Path) -> None:
    walk_to(wizard, PLACES)
    wizard.places.type_size.button("125").click()
    assert wizard.ctx.theme.scale == 125
    wizard.places.copies.setText(str(tmp_path / "флешка"))
    walk_to(wizard, SUMMARY)
    wizard.go_on()
    assert wizard.ctx.prefs.get("copies.folder", "") == str(tmp_path / "флешка")


@pytest.mark.parametrize(("short", "name"), [("ИМЦ", "ИМЦ"), ("ИМЦ/«Район»", "ИМЦРайон"), ("///", "office")])
def test_file_names(short: str, name: str) -> None:
    assert file_name_of(short) == name


def test_only_what_differs_is_stored_besides_the_questions() -> None:
    profile = next(one for one in profiles() if one.id == "bohan")
    told = {**profile.names, "names.short": "Иной", "plan.body": " совета ", "нет такого": "x"}
    assert answers_of(profile, told) == {"names.short": "Иной", "plan.body": "совета"}
