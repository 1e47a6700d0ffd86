"""The ways in: first start, the example, the last database, a second start, and every reason not to open."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.connect import SCHEMA_REVISION
from db.lock import DatabaseLock
from db.store import Store
from imc_desktop import paths
from imc_desktop.usecases.copies import local_copy
from imc_desktop.usecases.copy_facts import local_folder
from imc_desktop.usecases.staff import people
from imc_desktop.usecases.staff_edit import add_person
from imc_desktop.usecases.staff_input import PersonInput
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program, press
from tests.second_start import call_from_another_process
from ui.common.empty_state import EmptyState
from ui.copies.restore_dialog import RestoreDialog
from ui.merging.copy_choice import CopyChoice
from ui.single_instance import SingleInstance
from ui.wizard.wizard import Wizard

Start = Callable[..., Program]


def state(program: Program) -> EmptyState:
    """What stands in the place of the tabs."""
    shown = program.window.host.currentWidget()
    assert isinstance(shown, EmptyState)
    return shown


def ways(program: Program) -> list[str]:
    return [button.text() for button in state(program).buttons]


def add(store: Store, surname: str) -> str:
    return add_person(store, PersonInput(surname, "Анна", "Ивановна"), TODAY)


def names(program: Program) -> list[str]:
    return [row.full_name.split()[0] for row in people(program.ctx.store, TODAY)]


# --- the first start ------------------------------------------------------------------------------------------------------


def test_first_start_leads_through_the_wizard_to_a_database(start: Start, person: Person, own_folders: Path) -> None:
    program = start()
    assert ways(program) == ["Новая база…", "Открыть…", "Посмотреть на примере"]
    assert program.window.focusWidget() is state(program).buttons[0], "Enter begins"
    assert not program.window.actions_by_key["import"].isEnabled()

    def fill(box: Wizard) -> None:
        titles = []
        while box.result() == 0 and box.isVisible():
            titles.append(box.title.text())
            assert len(titles) <= 5, box.message.text()
            press(box, box.verb.text())
        assert len(titles) == 5

    person.will(Wizard, fill)
    press(state(program), "Новая база")
    made = program.ctx.database
    assert made is not None
    assert made.parent == own_folders
    assert not program.ctx.is_demo
    assert program.window.current_key
    assert program.window.windowTitle().endswith("2026/2027 — IMC Desktop")
    # The next start needs no question.
    program.close()
    again = start()
    assert again.ctx.database == made


def test_giving_the_wizard_up_changes_nothing(start: Start, person: Person, own_folders: Path) -> None:
    program = start()
    person.will(Wizard, lambda box: box.reject())
    press(state(program), "Новая база")
    assert ways(program)[0] == "Новая база…"
    assert not list(own_folders.glob("*.imc"))


def test_example_from_the_wizard_opens_framed_and_is_not_the_office(
    start: Start, person: Person, example: Path
) -> None:
    paths.demo_folder().mkdir(parents=True)
    shutil.copy(example, paths.demo_folder() / "example.imc")
    program = start()
    person.will(Wizard, lambda box: press(box, "Посмотреть на примере"))
    press(state(program), "Новая база")
    assert program.ctx.is_demo
    assert program.window._demo.isVisible()
    assert program.window._frame.property("demo") is True
    assert "Ключегорского" in program.window.windowTitle()
    assert program.window.status.copy.text() == ""
    program.close()
    # An example is never taken for the office's own database.
    again = start()
    assert ways(again)[0] == "Новая база…"


def test_the_example_is_made_on_the_worker_and_can_be_given_up(start: Start, office: Path, qtbot: QtBot) -> None:
    program = start(office)
    program.trigger("demo")
    program.trigger("demo")  # a second press is no second example
    assert len(program.ctx.jobs.running) == 1
    qtbot.waitUntil(program.window.status.progress.isVisible, timeout=5_000)
    program.ctx.jobs.running[0].cancel()
    program.wait()
    # Back in the office's database, nothing lies about.
    assert program.window.current_key
    assert program.ctx.database == office
    assert not list(paths.demo_folder().glob("*.imc"))


def test_a_spoiled_example_can_be_made_anew(start: Start) -> None:
    path = paths.demo_folder() / "example.imc"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"spoiled" * 100)
    program = start()
    program.trigger("demo")
    assert "Сделать пример заново" in ways(program)


# --- the second start -----------------------------------------------------------------------------------------------------


def test_a_second_start_brings_the_first_window_and_its_file(
    start: Start, office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(office)
    other = tmp_path / "другая.imc"
    shutil.copy(office, other)
    first = SingleInstance("imc-journey")
    assert first.claim([])
    first.raised.connect(program.desk.called_again)
    program.window.showMinimized()
    store = program.ctx.store
    call_from_another_process("imc-journey", office, qtbot)
    assert not program.window.isMinimized()
    assert program.ctx.store is store, "the database that is open already is not opened anew"
    call_from_another_process("imc-journey", other, qtbot)
    assert program.ctx.database == other
    first.release()


# --- reasons not to open --------------------------------------------------------------------------------------------------


def broken_with_copy(office: Path) -> None:
    """A database with one person and a proved copy, then spoiled in the middle."""
    store = Store(office)
    add(store, "Цветкова")
    local_copy(store, today=TODAY)
    store.close()
    size = office.stat().st_size
    with office.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def test_a_broken_database_says_so_and_comes_back_from_the_newest_copy(start: Start, office: Path) -> None:
    broken_with_copy(office)
    program = start(office)
    assert "поврежд" in state(program).text.text() or "не читается" in state(program).text.text()
    assert ways(program) == ["Вернуться к копии от 20 ноября 2026 г.", "Открыть другую…"]
    press(state(program), "Вернуться к копии")
    assert names(program) == ["Цветкова"]
    assert "до восстановления" in program.said
    assert (office.parent / "прежние базы" / "кабинет" / "000001 до восстановления.imc").exists()
    assert program.window.current_key


def test_a_spoiled_copy_is_passed_over_for_the_one_before(start: Start, office: Path) -> None:
    store = Store(office)
    add(store, "Первая")
    local_copy(store, today=TODAY)
    add(store, "Вторая")
    newest = local_copy(store, today=TODAY).path
    store.close()
    data = bytearray(newest.read_bytes())
    data[len(data) // 2] ^= 0xFF
    newest.write_bytes(data)
    office.write_bytes(b"\0" * 5000)
    program = start(office)
    press(state(program), "Вернуться к копии")
    assert names(program) == ["Первая"]


def test_damage_found_by_the_check_after_opening_is_told(start: Start, office: Path) -> None:
    store = Store(office)
    add(store, "Цветкова")
    local_copy(store, today=TODAY)
    store.close()
    with closing(sqlite3.connect(office)) as raw, raw:
        raw.execute("DROP TRIGGER IF EXISTS " + raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchone()[0])  # fmt: skip
    program = start(office)
    program.qtbot.waitUntil(lambda: program.ctx.store is None)  # the check follows the first paint
    assert "журнал изменений" in state(program).text.text()
    assert program.ctx.store is None
    press(state(program), "Вернуться к копии")
    assert names(program) == ["Цветкова"]


def test_no_copy_no_offer(start: Start, office: Path) -> None:
    office.write_bytes(b"no database at all" * 300)
    program = start(office)
    assert ways(program) == ["Открыть другую…"]


def test_a_newer_database_is_refused_and_not_replaced(start: Start, office: Path) -> None:
    store = Store(office)
    add(store, "Цветкова")
    local_copy(store, today=TODAY)
    store.close()
    with closing(sqlite3.connect(office)) as raw:
        raw.execute(f"PRAGMA user_version={SCHEMA_REVISION + 1}")
    before = office.read_bytes()
    program = start(office)
    assert "более новой версией" in state(program).text.text()
    ways_out = ["Обновить программу с флешки…", "Открыть другую…"]
    assert ways(program) == ways_out, "an older copy must not take the place of newer data"
    assert office.read_bytes() == before


HOLDER = """
import sys, pathlib
from db.lock import DatabaseLock
lock = DatabaseLock(pathlib.Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_database_open_in_another_program_is_named_and_tried_again(start: Start, office: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(office)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=paths.resources().parent,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    program = start(office)
    assert f"процесс {holder.pid}" in state(program).text.text()
    assert ways(program) == ["Повторить", "Открыть другую…"]
    holder.communicate("")
    press(state(program), "Повторить")
    assert program.window.current_key


def test_a_vanished_database_is_a_sentence(start: Start, tmp_path: Path) -> None:
    program = start(tmp_path / "флешка" / "кабинет.imc")
    assert "Нет файла базы" in state(program).text.text()


# --- leaving and copies ---------------------------------------------------------------------------------------------------


def test_leaving_makes_a_proved_copy_only_when_something_changed(start: Start, office: Path) -> None:
    start(office).close()
    assert not local_folder(office).exists()
    program = start(office)
    assert program.window.status.copy.text() == "Копии ещё нет"
    add(program.ctx.store, "Цветкова")
    program.close()
    assert len(list(local_folder(office).glob("*.imcb"))) == 1
    with DatabaseLock(office):
        pass  # the lock was let go
    assert "рядом с базой: сегодня" in start(office).window.status.copy.text()


def test_trouble_with_the_copy_at_exit_is_told_at_the_next_start(start: Start, office: Path) -> None:
    program = start(office)
    add(program.ctx.store, "Цветкова")
    local_folder(office).parent.mkdir()
    local_folder(office).write_text("в этом месте файл, а не папка", encoding="utf-8")
    program.close()
    again = start(office)
    assert again.said.startswith("В прошлый раз копия при выходе не получилась.")
    assert names(again) == ["Цветкова"]


def test_going_back_by_the_menu_keeps_the_present_file(
    start: Start, office: Path, person: Person, qtbot: QtBot
) -> None:
    program = start(office)
    add(program.ctx.store, "Первая")
    local_copy(program.ctx.store, today=TODAY)
    add(program.ctx.store, "Вторая")

    def go_back(box: RestoreDialog) -> None:
        press(box, "Вернуться")
        qtbot.waitUntil(lambda: box.verb.text() == "Заменить целиком", timeout=10_000)
        press(box, "Заменить целиком")
        press(box, "Да, вернуться")

    person.will(RestoreDialog, go_back)
    program.trigger("restore")
    assert names(program) == ["Первая"]
    assert program.ctx.store.undo_label is None, "a restore ends the undo stack"
    assert "до восстановления" in program.said


def test_a_copy_dropped_on_the_window_is_offered_for_going_back(
    start: Start, office: Path, person: Person, tmp_path: Path
) -> None:
    program = start(office)
    add(program.ctx.store, "Цветкова")
    copy = local_copy(program.ctx.store, today=TODAY).path
    stick = Path(shutil.move(copy, tmp_path / copy.name))
    seen: list[str] = []

    def look(box: RestoreDialog) -> None:
        chosen = box.table.current()
        assert chosen is not None
        seen.append(chosen.path.name)
        box.reject()

    person.will(CopyChoice, lambda box: box.restore.click())
    person.will(RestoreDialog, look)
    program.desk.take_files([stick])
    assert seen == [stick.name]


def test_a_double_click_on_a_copy_shows_it_over_the_offices_own_database(
    start: Start, office: Path, person: Person, tmp_path: Path
) -> None:
    program = start(office)
    add(program.ctx.store, "Цветкова")
    copy = local_copy(program.ctx.store, today=TODAY).path
    program.close()
    stick = Path(shutil.move(copy, tmp_path / copy.name.replace(".imcb", ".IMCB")))
    seen: list[str] = []

    def look(box: RestoreDialog) -> None:
        chosen = box.table.current()
        seen.append(chosen.path.name if chosen is not None else "")
        box.reject()

    person.will(CopyChoice, lambda box: box.restore.click())
    person.will(RestoreDialog, look)
    again = start(stick)
    assert seen == [stick.name]
    assert names(again) == ["Цветкова"]


def test_news_of_one_database_do_not_stay_for_the_next(start: Start, office: Path, example: Path) -> None:
    program = start(office)
    add(program.ctx.store, "Цветкова")
    program.ctx.tell("Добавлено: Цветкова")
    assert program.window.status.saved.text()
    program.desk.open(example)
    assert program.said == ""
    assert program.window.status.saved.text() == ""


@pytest.mark.parametrize("key", ["new", "open", "restore", "demo"])
def test_without_a_database_the_ways_in_stay_open(start: Start, key: str) -> None:
    program = start()
    assert program.window.actions_by_key[key].isEnabled()
    enabled = {one for one, action in program.window.actions_by_key.items() if action.isEnabled()}
    assert not enabled & {"import", "questions", "copy", "undo", "redo"}
