"""Where the database lies: on a stick, on a share, where nothing can be written."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.store import Store
from db.volumes import STICKS
from imc_desktop import paths
from imc_desktop.cli.main import main
from imc_desktop.usecases.computer import computer_name
from imc_desktop.usecases.staff_edit import add_person
from imc_desktop.usecases.staff_input import PersonInput
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program, press
from tests.journeys.test_start import add, names, state, ways
from ui.copies.computer_dialog import ComputerDialog

Start = Callable[..., Program]
COPY = "Скопировать на этот компьютер и открыть"


@pytest.fixture
def on_stick(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's database with one person, carried on a stick."""
    store = Store(office)
    add(store, "Цветкова")
    store.close()
    stick = tmp_path / "ФЛЕШКА"
    stick.mkdir()
    monkeypatch.setenv(STICKS, str(stick))
    return Path(shutil.move(office, stick / office.name))


def test_a_database_of_a_stick_is_refused_and_copied_in(start: Start, on_stick: Path, own_folders: Path) -> None:
    before = on_stick.read_bytes()
    program = start(on_stick)
    assert "лежит на съёмном диске «ФЛЕШКА»" in state(program).text.text()
    assert ways(program) == [COPY, "Только посмотреть", "Открыть другую…"]
    press(state(program), COPY)
    program.wait()
    assert program.ctx.database == own_folders / on_stick.name
    assert "скопирована на этот компьютер" in program.said
    assert names(program) == ["Цветкова"]
    add(program.ctx.store, "Абрамова")
    assert on_stick.read_bytes() == before
    assert [one.name for one in on_stick.parent.iterdir()] == [on_stick.name]
    program.close()
    assert start().ctx.database == own_folders / on_stick.name, "the next start opens the copy"


def test_a_database_of_a_stick_can_be_looked_at(start: Start, on_stick: Path) -> None:
    before = on_stick.read_bytes()
    program = start(on_stick)
    press(state(program), "Только посмотреть")
    program.wait()
    assert names(program) == ["Цветкова"]
    assert program.said.startswith("База открыта только для просмотра: она лежит на съёмном диске")
    assert program.window.windowTitle().endswith("(только просмотр)")
    assert not program.window.actions_by_key["undo"].isEnabled()
    given = PersonInput("Абрамова", "Анна", "Ивановна")
    program.ctx.attempt(lambda: add_person(program.ctx.store, given, TODAY))
    assert "только для просмотра" in program.said
    program.close()
    assert on_stick.read_bytes() == before
    assert [one.name for one in on_stick.parent.iterdir()] == [on_stick.name]
    assert start().ctx.database is None, "what was only looked at is not the office's database"


def test_a_copy_that_fails_says_why_and_offers_again(
    start: Start, on_stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "занято").write_text("файл на месте папки", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "занято"))
    program = start(on_stick)
    press(state(program), COPY)
    program.wait()
    assert "не скопирована" in program.said
    assert ways(program)[0] == COPY


def test_a_portable_program_on_a_stick_keeps_data_on_the_computer(
    start: Start, on_stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (on_stick.parent / paths.PORTABLE_MARK).touch()
    monkeypatch.setattr(paths, "program_folder", lambda: on_stick.parent)
    assert paths.data_folder() == on_stick.parent / "data"
    program = start(on_stick)
    press(state(program), COPY)
    program.wait()
    assert program.ctx.database == paths.computer_folder() / on_stick.name


def test_commands_look_at_a_stick_but_do_not_write_there(on_stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "people", "--json", "--database", str(on_stick)]) == 0
    assert "Цветкова" in capsys.readouterr().out
    for words in (["undo"], ["print", "staff-list", "--output", str(on_stick.parent / "a.pdf")]):
        assert main([*words, "--database", str(on_stick)]) == 1
        assert "Скопируйте базу на этот компьютер" in capsys.readouterr().err
    assert main(["new", "--profile", "bohan", "--database", str(on_stick.parent / "новая.imc")]) == 1
    assert "Выберите папку на этом компьютере" in capsys.readouterr().err
    assert [one.name for one in on_stick.parent.iterdir()] == [on_stick.name]


def test_an_old_file_put_back_is_told(start: Start, office: Path, tmp_path: Path) -> None:
    program = start(office)
    add(program.ctx.store, "Первая")
    program.close()
    old = Path(shutil.copy(office, tmp_path / "вчера.imc"))
    program = start(office)
    assert program.said == ""
    add(program.ctx.store, "Вторая")
    add(program.ctx.store, "Третья")
    program.close()
    shutil.copy(old, office)
    program = start(office)
    assert "нет последних действий, сделанных на этом компьютере: 2" in program.said
    assert names(program) == ["Первая"]
    program.close()
    assert start(office).said == ""


def test_the_computer_is_named_in_the_menu(start: Start, office: Path, person: Person, qtbot: QtBot) -> None:
    program = start(office)
    assert computer_name(program.ctx.store) == platform.node()

    def name(box: ComputerDialog) -> None:
        field = box.form.editors["name"]
        field.setText("   ")
        press(box, box.verb.text())
        assert box.isVisible(), "a blank name is no name"
        field.setText("слишком длинное имя для одного компьютера в кабинете")
        press(box, box.verb.text())
        assert "до 40 букв" in box.message.text()
        field.setText(" ПК-1 ")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    person.will(ComputerDialog, name)
    program.trigger("computer")
    assert program.said == "Этот компьютер называется «ПК-1»."
    program.close()
    again = start(office)
    assert computer_name(again.ctx.store) == "ПК-1"
    assert again.ctx.store.undo_label is None, "a name is no change of the data"
