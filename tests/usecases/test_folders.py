"""Every folder and file name a computer allows: the whole life of a database there, or a sentence why not."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from db.lock import DatabaseLock
from db.place import LookOnlyError
from db.store import Store
from imc_desktop.cli.main import COMMANDS, main
from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from imc_desktop.usecases.copies import local_copy, restore_copy, verify_file
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.staff import people
from imc_desktop.usecases.staff_edit import add_person
from imc_desktop.usecases.staff_input import PersonInput
from tests.conftest import TODAY

ANYWHERE = [
    "Мария Ивановна",
    "Документы методического кабинета (новые)",
    "план #1",
    "100 % готово",
    "100%20готово",
    "%",
    "a%2Fb",
    "O'Нил",
    "«ёлочки» и — тире",
    "Қостанай әкімдігі ңғүұқһ",
    "е\u0308ж и и\u0306од",  # letters of two signs, as macOS writes them
    "школа№5; район & co",
    "[2026] {план} = +1",
    "~$временная",
    "$HOME `ls` !",
    "😀 значки",
    "file",
    "=cmd",
    "-начинается с дефиса",
]
# Windows drops a dot and a space at the end, and a way is longer than 260 letters with a name of 200.
NOT_ON_WINDOWS = [
    '"кавычки"',
    "точка. ",
    "a" * 200,
    "вопрос?mode=ro",
    "звёздочка*",
    "back\\slash",
    "новая\nстрока",
    "a:b",
    "<i>",
]
FILES = [
    "кабинет #1 50%.imc",
    "без окончания",
    "база.imc-journal.imc",
    "'.imc",
    "ИМЦ Ключегорского района, 2026-2027.imc",
    "б" * 60 + ".imc",
]
windows = sys.platform == "win32"


def live_there(path: Path) -> None:
    """New, open, change, lock, copy, check, undo, close, open again, go back to the copy."""
    create_office(path, "bohan", {}).close()
    held = HeldDatabase.take(path)
    try:
        assert held.viewing == ""
        add_person(held.store, PersonInput("Цветкова", "Анна", "Ивановна"), TODAY)
        with pytest.raises(UserError, match="уже открыта"):
            DatabaseLock(path).acquire()
        copy = local_copy(held.store, today=TODAY).path
        verify_file(copy)
        held.store.undo()
        assert people(held.store, TODAY) == []
    finally:
        held.release()
    verify_file(path)
    with closing(Store(path)) as again:
        assert again.redo_label
        again.redo()
        assert [row.full_name for row in people(again, TODAY)] == ["Цветкова Анна Ивановна"]
        again.undo()
    restore_copy(copy, path)
    with closing(Store(path, writable=False)) as restored:
        assert [row.full_name for row in people(restored, TODAY)] == ["Цветкова Анна Ивановна"]
    assert not list(path.parent.glob("*.part*"))


@pytest.mark.parametrize("name", [*ANYWHERE, *([] if windows else NOT_ON_WINDOWS)])
def test_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    live_there(tmp_path / name / "кабинет.imc")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    live_there(tmp_path / name)


def test_a_deep_folder_as_far_as_it_goes(tmp_path: Path) -> None:
    """SQLite takes no way longer than 512 bytes; beyond the limit there is a sentence instead of a failure within."""
    folder = tmp_path
    while len(os.fsencode(folder)) + 60 < (200 if windows else 430):
        folder /= "Ключегорский район, ИМЦ"
    folder.mkdir(parents=True)
    live_there(folder / "кабинет.imc")
    deeper = folder / "папка с длинным названием" / "и ещё одна, поглубже"
    deeper.mkdir(parents=True)
    with pytest.raises(UserError, match="Слишком длинный путь"):
        create_office(deeper / "кабинет.imc", "bohan", {})
    shutil.copy(folder / "кабинет.imc", deeper / "кабинет.imc")
    with pytest.raises(UserError, match="Слишком длинный путь"):
        HeldDatabase.take(deeper / "кабинет.imc")


@pytest.mark.skipif(windows, reason="names are text there")
def test_a_name_that_is_no_text_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    with pytest.raises(UserError, match="испорченные знаки"):
        create_office(folder / "кабинет.imc", "bohan", {})


def test_a_folder_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "настоящая").mkdir()
    (tmp_path / "ссылка").symlink_to(tmp_path / "настоящая", target_is_directory=True)
    live_there(tmp_path / "ссылка" / "кабинет.imc")


@pytest.mark.parametrize("name", ["к" * 127 + ".imc", "x" * 300])
def test_a_name_too_long_is_a_sentence(tmp_path: Path, name: str) -> None:
    """The computer refuses the name, or that of a file the program needs beside."""
    with pytest.raises(UserError):
        create_office(tmp_path / name, "bohan", {})
    assert list(tmp_path.iterdir()) == []


# --- where nothing can be written -----------------------------------------------------------------------------------------

FROZEN = ["folder", "file", "both"]


@contextmanager
def somebody_else() -> Iterator[None]:
    """Rights do not bind root: as root the block runs as nobody."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    for target in COMMANDS.values():  # nobody may not read the libraries of root
        import_module(target.partition(":")[0])
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An office with one person in a folder everybody can see."""
    folder = Path(tempfile.mkdtemp(prefix="imc-frozen-"))
    folder.chmod(0o777)
    path = folder / "кабинет.imc"
    store = create_office(path, "bohan", {})
    add_person(store, PersonInput("Цветкова", "Анна", "Ивановна"), TODAY)
    store.close()
    path.chmod(0o666)
    yield path
    folder.chmod(0o777)
    path.chmod(0o666)  # Windows does not remove what is read only
    shutil.rmtree(folder)


def freeze(path: Path, what: str) -> None:
    if what in ("folder", "both"):
        path.parent.chmod(0o555)
    if what in ("file", "both"):
        path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)


@pytest.mark.skipif(windows, reason="rights of folders are another thing there")
@pytest.mark.parametrize("what", FROZEN)
def test_what_cannot_be_written_is_shown_and_says_so(office: Path, what: str) -> None:
    freeze(office, what)
    before = {file.name: file.read_bytes() for file in office.parent.iterdir()}
    with somebody_else():
        held = HeldDatabase.take(office)
        try:
            assert "только для просмотра" in held.viewing
            assert [row.full_name for row in people(held.store, TODAY)] == ["Цветкова Анна Ивановна"]
            assert held.store.undo_label is None
            with pytest.raises(UserError, match="только для просмотра"):
                add_person(held.store, PersonInput("Абрамова", "Анна", "Ивановна"), TODAY)
        finally:
            held.release()
    assert {file.name: file.read_bytes() for file in office.parent.iterdir()} == before


@pytest.mark.skipif(windows, reason="rights of folders are another thing there")
@pytest.mark.parametrize("what", FROZEN)
def test_commands_read_what_cannot_be_written_and_refuse_to_write(
    office: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze(office, what)
    with somebody_else():
        assert main(["list", "people", "--json", "--database", str(office)]) == 0
        assert "Цветкова" in capsys.readouterr().out
        assert main(["undo", "--database", str(office)]) == 1
        told = capsys.readouterr().err
    assert "только для просмотра" in told
    with somebody_else(), pytest.raises(LookOnlyError):
        Store(office)


@pytest.mark.skipif(windows, reason="rights of folders are another thing there")
def test_a_new_database_where_nothing_can_be_written_is_a_sentence(office: Path) -> None:
    freeze(office, "folder")
    with somebody_else(), pytest.raises(UserError, match="нельзя создать файл"):
        create_office(office.parent / "новая.imc", "bohan", {})
    assert not list(office.parent.glob("новая*"))


def test_a_database_that_nobody_may_read_is_a_sentence(office: Path) -> None:
    office.chmod(0)
    if windows:
        pytest.skip("rights of files are another thing there")
    with somebody_else(), pytest.raises(UserError, match="кабинет"):
        HeldDatabase.take(office)
