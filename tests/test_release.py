"""The release commands without their heavy tools: what is skipped, what fails, what is told."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from imc_desktop import __version__
from imc_desktop.usecases.update import MANIFEST, PRODUCT
from release import exchange, notices
from release.icon import ICON, PICTURE, SIZES, draw
from release.lock import WINDOWS, pins
from release.pages import foreign_words
from release.tools import (
    CACHE_VARIABLE,
    FailedError,
    SkippedError,
    cache,
    digest_of,
    fresh,
    need,
    put_stamp,
    run,
    stamped,
)

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = (ROOT / "release" / "installer.nsi").read_text(encoding="utf-8")


def release(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One release command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "release", *words],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_without_a_name_the_commands_are_listed() -> None:
    done = release()
    assert done.returncode == 2
    wanted = (
        "lock",
        "linux-folder",
        "windows-build",
        "windows-smoke",
        "windows-install",
        "window",
        "accessibility",
        "all",
    )
    assert not [name for name in wanted if f"\n  {name} " not in done.stdout]


def test_a_missing_tool_is_named_and_is_no_failure(tmp_path: Path) -> None:
    done = release("window", PATH=str(tmp_path), **{CACHE_VARIABLE: str(tmp_path)})
    assert done.returncode == 3
    assert "SKIPPED: not installed: Xvfb" in done.stdout


def test_a_windows_step_without_the_folder_says_what_makes_it(tmp_path: Path) -> None:
    done = release("windows-smoke", **{CACHE_VARIABLE: str(tmp_path)})
    assert done.returncode == 3
    assert "python -m release windows-build" in done.stdout


def test_the_cache_is_never_in_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "кэш"))
    assert cache() == tmp_path / "кэш" / "imc-desktop-release"
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "другой"))
    assert cache() == tmp_path / "другой"


def test_a_step_ends_with_the_code_it_should(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "print('да'); raise SystemExit(3)"], expect=3).strip() == "да"
    with pytest.raises(FailedError, match="exit code 3 instead of 0"):
        run([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(SkippedError, match="no-such-tool"):
        need("no-such-tool")


def test_what_was_prepared_is_made_anew_when_its_recipe_changes(tmp_path: Path) -> None:
    folder = fresh(tmp_path / "root")
    put_stamp(folder, digest_of("trixie", "wine"))
    assert stamped(folder, digest_of("trixie", "wine"))
    assert not stamped(folder, digest_of("trixie", "wine nsis"))
    assert not stamped(fresh(folder), digest_of("trixie", "wine"))


def test_the_icon_is_the_drawn_one_in_every_size() -> None:
    head = ICON.read_bytes()
    count = struct.unpack_from("<HHH", head)[2]
    sizes = sorted(head[6 + 16 * number] or 256 for number in range(count))
    assert sizes == sorted(SIZES)
    assert PICTURE.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    for size in SIZES:
        assert len(draw(size).convert("RGB").getcolors(size * size) or ()) > 3


def test_the_installer_asks_for_no_rights_and_keeps_the_data() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT
    removed = [line for line in SCRIPT.splitlines() if line.strip().startswith(("RMDir /r", "Delete "))]
    assert removed
    kept = ("${DATA}", "$LOCALAPPDATA", "*", '"$INSTDIR"')
    assert not [line for line in removed if any(part in line for part in kept)]


def test_the_installer_and_the_program_agree_on_names() -> None:
    for name in ("imc-desktop.exe", "imc-desktop-cli.exe", "IMC Desktop", ".imc", ".imcb", "portable.ini"):
        assert name in SCRIPT
    assert MANIFEST.startswith(PRODUCT)
    assert all(part.isdigit() for part in __version__.split("."))
    assert len(__version__.split(".")) == 3


@pytest.mark.parametrize("name", [".github/workflows/windows.yml", "release/build.bat"])
def test_what_builds_on_a_real_windows_names_what_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="ascii")
    named = set(re.findall(r"tests/[\w/.]+|\brequirements[\w-]*\.lock|\bbuild\.spec|\brelease\.\w+", text))
    missing = [
        one
        for one in named
        if not (ROOT / (one.replace(".", "/") + ".py" if one.startswith("release.") else one)).exists()
    ]
    assert {"requirements-dev.lock", "build.spec", "release.here"} <= named
    assert missing == []
    assert "--require-hashes" in text
    assert "http" not in text, "no server is named: whose registry it is, is the office's business"


def test_a_missing_makensis_is_no_failure(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "release.here"],
        cwd=ROOT, env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (3, "SKIPPED: not installed: makensis")


def test_every_cut_of_an_exchange_leaves_both_programs_somewhere() -> None:
    tried = exchange.states()
    assert len({one.name for one in tried}) == len(tried) > 20
    assert [one.name for one in tried if one.finished] == ["6-imc-desktop.exe"]
    for one in tried:
        for part in exchange.PARTS:
            assert (one.former[part], one.newer[part]) in {
                ("", exchange.NEW),
                (exchange.OLD, exchange.NEW),
                (exchange.OLD, ""),
            }
    for name in (*exchange.PARTS, exchange.OLD, exchange.NEW):
        assert name in SCRIPT


def test_foreign_words_of_a_page_are_seen() -> None:
    assert foreign_words("Установка IMC Desktop\nC:\\users\\root\\IMC Desktop\nКлавиша F1, Windows 10") == []
    assert foreign_words("&Next >\nОтмена\nУдаление файла: C:\\temp\\Click me") == ["Next"]


def test_markers_are_read_as_pip_reads_them(tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text(
        "# made\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "a" * 64 + "\n    # via pytest\n"
        "Six==1.17.0 \\\n    --hash=sha256:" + "b" * 64 + " \\\n    --hash=sha256:" + "c" * 64 + "\n",
        encoding="utf-8",
    )
    colorama, six = pins(lock)
    assert (colorama.name, colorama.version, colorama.on(WINDOWS)) == ("colorama", "0.4.6", True)
    assert not colorama.on({**WINDOWS, "sys_platform": "linux"})
    assert six.line() == f"six==1.17.0 --hash=sha256:{'b' * 64} --hash=sha256:{'c' * 64}"
    assert six.on(WINDOWS)


def test_a_library_of_another_version_than_locked_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text(f"six==0.1 \\\n    --hash=sha256:{'b' * 64}\n", encoding="utf-8")
    monkeypatch.setattr(notices, "LOCK", lock)
    with pytest.raises(FailedError, match=r"the lock says 0\.1"):
        notices.libraries()
