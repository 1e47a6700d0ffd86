"""Copies by themselves: every two hours and at the end, only when something changed; sticks are read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_facts import copies_in, local_folder
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program, press
from ui.copies.restore_dialog import RestoreDialog
from ui.copies.unlock_dialog import UnlockDialog

Start = Callable[..., Program]


def rename(program: Program, name: str) -> None:
    with program.ctx.store.change("правка") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = ?", (name,))


def test_a_copy_is_made_by_itself_when_something_changed(start: Start, office: Path) -> None:
    program = start(office)
    copies = program.desk.copies
    copies.copy_by_itself()
    program.wait()
    assert copies_in(local_folder(office)) == []
    rename(program, "ИМЦ 2")
    copies.copy_by_itself()
    program.wait()
    assert len(copies_in(local_folder(office))) == 1
    assert "рядом с базой" in program.window.status.copy.text()
    copies.copy_by_itself()
    program.wait()
    program.close()
    assert len(copies_in(local_folder(office))) == 1, "nothing changed since"


def test_a_copy_is_made_at_the_end(start: Start, office: Path) -> None:
    program = start(office)
    rename(program, "ИМЦ 2")
    program.close()
    assert len(copies_in(local_folder(office))) == 1


def test_trouble_of_the_last_copy_is_told_at_the_next_start(start: Start, office: Path) -> None:
    program = start(office)
    rename(program, "ИМЦ 2")
    local_folder(office).parent.write_text("не папка")
    program.close()
    assert "копия при выходе не получилась" in start(office).said


def test_a_spoiled_copy_on_a_stick_is_told(
    start: Start, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "флешка"
    stick.mkdir()
    program = start(office)
    held = program.desk.copies._held
    assert held is not None
    copy = copy_to(held.store, stick, today=TODAY).path
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    monkeypatch.setenv("IMC_STICKS", str(stick))
    program.desk.copies.read_sticks(held)
    program.wait()
    assert "больше не читается верно" in program.said


def test_a_broken_database_without_copies_beside_leads_to_those_on_the_stick(
    start: Start, office: Path, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "флешка"
    stick.mkdir()
    store = Store(office)
    draft = draft_keys()
    put_in_force(store, draft, "сорок тысяч братьев", today=TODAY)
    copy_to(store, stick, today=TODAY)
    store.close()
    with office.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (office.stat().st_size - 4096))
    monkeypatch.setenv("IMC_STICKS", str(stick))
    program = start(office)

    def paper(box: UnlockDialog) -> None:
        box.use_paper()
        box.paper.setText(" ".join(draft.groups))
        box.accept()

    def choose(box: RestoreDialog) -> None:
        person.will(UnlockDialog, paper)
        press(box, "Вернуться")
        program.qtbot.waitUntil(lambda: box.verb.text() == "Да, вернуться", timeout=10_000)
        press(box, "Да, вернуться")

    person.will(RestoreDialog, choose)
    press(program.window, "Выбрать копию")
    assert "База возвращена из копии" in program.said
