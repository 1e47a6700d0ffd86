"""An update from a stick: only a whole, newer installer of ours is ever started."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path, PureWindowsPath

import pytest

from imc_desktop import __version__
from imc_desktop.cli.main import main
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.update import MANIFEST, bring, command_line, find_update, refuse_unless_newer, update_on_stick

NEWER = "99.0.1"
BODY = b"MZ" + bytes(range(256)) * 300


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of former updates are removed there: never those of a test beside this one."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))


def stick(folder: Path, **other: object) -> Path:
    """A folder with an installer and its manifest, parts of which may be told otherwise."""
    name = "imc-desktop-99.0.1-setup.exe"
    (folder / name).write_bytes(BODY)
    told = {
        "product": "imc-desktop", "version": NEWER, "file": name,
        "sha256": hashlib.sha256(BODY).hexdigest(), "size": len(BODY),
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps({**told, **other}), encoding="utf-8")
    return folder


def test_a_whole_update_is_copied_here_and_checked_here(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    update = find_update(stick(tmp_path))
    refuse_unless_newer(update, __version__)
    brought = bring(update, tmp_path / "disk")
    assert brought.parent == tmp_path / "disk"
    assert brought.read_bytes() == BODY


@pytest.mark.parametrize("place", [0, 1000, len(BODY) - 1])
def test_one_changed_byte_is_found_and_nothing_is_left(tmp_path: Path, place: int) -> None:
    (tmp_path / "disk").mkdir()
    update = find_update(stick(tmp_path))
    damaged = bytearray(BODY)
    damaged[place] ^= 1
    update.installer.write_bytes(damaged)
    with pytest.raises(UserError, match="контрольная сумма"):
        bring(update, tmp_path / "disk")
    assert not list((tmp_path / "disk").iterdir())


@pytest.mark.parametrize(
    "other",
    [
        {"product": "other"},
        {"version": "1.0"},
        {"sha256": "no"},
        {"file": "..\\..\\evil.exe"},
        {"file": "../evil.exe"},
        {"file": "setup.bat"},
        {"size": "many"},
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    with pytest.raises(UserError, match="испорчено"):
        find_update(stick(tmp_path, **other))


@pytest.mark.parametrize("text", ["", "[]", "{", '"x"', "\0" * 20_000])
def test_a_broken_manifest_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        find_update(tmp_path)


def test_a_folder_without_an_update_and_an_installer_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="нет обновления"):
        find_update(tmp_path)
    (tmp_path / "disk").mkdir()
    update = find_update(stick(tmp_path))
    update.installer.unlink()
    with pytest.raises(UserError, match="нет файла"):
        bring(update, tmp_path / "disk")


def test_the_same_and_an_older_version_are_refused(tmp_path: Path) -> None:
    update = find_update(stick(tmp_path, version="0.9.10"))
    refuse_unless_newer(update, "0.9.9")
    with pytest.raises(UserError, match="уже установлена"):
        refuse_unless_newer(update, "0.9.10")
    with pytest.raises(UserError, match="более новая"):
        refuse_unless_newer(update, "0.10.0")


def test_the_command_checks_without_starting_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = stick(tmp_path)
    assert main(["update", str(folder), "--check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == NEWER
    (folder / "imc-desktop-99.0.1-setup.exe").write_bytes(BODY[:-1])
    assert main(["update", str(folder), "--check"]) == 1
    assert "испорчен" in capsys.readouterr().err


def test_a_stop_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()

    def stop(done: int, total: int) -> None:
        assert (done, total) == (len(BODY), len(BODY))
        raise KeyError

    with pytest.raises(KeyError):
        bring(find_update(stick(tmp_path)), tmp_path / "disk", stop)
    assert not list((tmp_path / "disk").iterdir())


def test_the_newest_update_of_all_sticks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, version in (("a", "0.9.10"), ("b/сюда", "0.10.1"), ("c/слишком/глубоко", "7.0.0")):
        (tmp_path / name).mkdir(parents=True)
        stick(tmp_path / name, version=version)
    (tmp_path / "b" / MANIFEST).write_text("{")
    monkeypatch.setenv("IMC_STICKS", os.pathsep.join(str(tmp_path / name) for name in "abc"))
    assert update_on_stick() == tmp_path / "b" / "сюда"
    monkeypatch.setenv("IMC_STICKS", str(tmp_path / "c"))
    assert update_on_stick() is None


def test_the_installer_is_told_which_program_to_update(tmp_path: Path) -> None:
    installed = PureWindowsPath(r"C:\Users\Анна Петровна\IMC Desktop")
    setup = PureWindowsPath(r"C:\Temp\imc update\setup.exe")
    assert command_line(setup, None, portable=False, silent=True) == r'"C:\Temp\imc update\setup.exe" /S'
    told = command_line(setup, installed, portable=True, silent=False)
    assert told == rf'"C:\Temp\imc update\setup.exe" /UPDATE /PORTABLE /D={installed}', "the folder last, without marks"


@pytest.mark.skipif(sys.platform == "win32", reason="there it would be started")
def test_elsewhere_than_in_windows_nothing_is_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(stick(tmp_path))]) == 1
    assert "только в Windows" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "win32", reason="the system itself refuses to start what is no program")
def test_what_windows_does_not_start_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", str(stick(tmp_path))]) == 1
    assert "Windows не запустила установщик" in capsys.readouterr().err
    assert not list((tmp_path / "temp").iterdir())
