"""An update from a stick in the real window: checked on the worker, the installer started once, a normal end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from imc_desktop.usecases.copies import verify_file
from imc_desktop.usecases.copy_facts import copies_in, local_folder
from imc_desktop.usecases.update import MANIFEST
from tests.journeys.conftest import Person, Program, press
from ui.update.dialog import UpdateDialog

Start = Callable[..., Program]
LARGE = b"MZ" + bytes(range(256)) * 40_000


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of former updates are removed there: never those of a test beside this one."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with an update of ten megabytes."""
    folder = tmp_path / "флешка"
    folder.mkdir()
    (folder / "imc-desktop-99.0.1-setup.exe").write_bytes(LARGE)
    told = {
        "product": "imc-desktop", "version": "99.0.1", "file": "imc-desktop-99.0.1-setup.exe",
        "sha256": hashlib.sha256(LARGE).hexdigest(), "size": len(LARGE),
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setenv("IMC_STICKS", str(folder))
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the installers that were started held."""
    found: list[bytes] = []
    monkeypatch.setattr("ui.update.dialog.start", lambda installer: found.append(installer.read_bytes()))
    return found


def rename(program: Program) -> None:
    with program.ctx.store.change("правка") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = 'ИМЦ 2'")


def test_the_program_closes_as_always_and_the_installer_waits(
    start: Start, office: Path, person: Person, stick: Path, started: list[bytes]
) -> None:
    program = start(office)
    rename(program)

    def agree(box: UpdateDialog) -> None:
        program.qtbot.waitUntil(lambda: box.verb.text() == "Обновить", timeout=10_000)
        press(box, "Обновить")

    person.will(UpdateDialog, agree)
    program.trigger("update")
    assert started == [LARGE]
    assert not program.window.isVisible()
    copies = copies_in(local_folder(office))
    assert len(copies) == 1, "the usual copy at the end"
    assert verify_file(copies[0].path) is not None
    start(office)  # unlocked and whole


def test_who_changes_his_mind_works_on(
    start: Start, office: Path, person: Person, stick: Path, started: list[bytes]
) -> None:
    program = start(office)

    def think_better_of_it(box: UpdateDialog) -> None:
        program.qtbot.waitUntil(lambda: box.verb.text() == "Обновить", timeout=10_000)
        press(box, "Закрыть")

    person.will(UpdateDialog, think_better_of_it)
    program.trigger("update")
    assert started == []
    assert program.window.isVisible()


def test_a_database_of_a_newer_program_offers_the_update(
    start: Start, office: Path, person: Person, stick: Path, started: list[bytes]
) -> None:
    with office.open("r+b") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    program = start(office)

    def agree(box: UpdateDialog) -> None:
        program.qtbot.waitUntil(lambda: box.verb.text() == "Обновить", timeout=10_000)
        press(box, "Обновить")

    person.will(UpdateDialog, agree)
    press(program.window, "Обновить программу")
    assert started == [LARGE]
    assert not program.window.isVisible()
