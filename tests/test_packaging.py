"""Packaging: our folders win over everybody else's, nothing heavy before the first paint, a build that forgets nothing."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import db
import imc_desktop
import ui
from imc_desktop import __version__, paths
from imc_desktop.cli.main import COMMANDS
from release import notices
from release.lock import DEV_LOCK, LOCK, WINDOWS, pins
from release.notices import check as check_notices
from release.tools import FailedError
from ui.registry import hidden_imports

ROOT = Path(__file__).resolve().parents[1]
TARGET = re.compile(r"[\"']((?:imc_desktop|ui|db)(?:\.\w+)+):\w+[\"']")
HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "openpyxl",
    "python_calamine",
    "rapidfuzz",
    "holidays",
    "zstandard",
    "numpy",
)
FIRST_PAINT = """
import os, sys
from imc_desktop import app
from imc_desktop.cli.main import main

class Painted(app._FirstPaint):
    def __init__(self, window):
        super().__init__(window)
        self.painted.connect(self.tell, app.Qt.ConnectionType.QueuedConnection)

    def tell(self):
        print(" ".join(name for name in sys.argv[1:] if name in sys.modules), flush=True)
        os._exit(0)

app._FirstPaint = Painted
main([])
"""


class _Build:
    """Runs build.spec without PyInstaller's work and keeps what it asks for."""

    def __init__(self, folder: Path) -> None:
        self.asked: dict[str, Any] = {}
        self.programs: list[dict[str, Any]] = []
        self.binaries: list[tuple[str, str, str]] = []
        self.datas: list[tuple[str, str, str]] = []
        self.pure = self.scripts = ()
        self.name = str(folder)

    def analysis(self, scripts: list[str], **asked: Any) -> _Build:
        self.asked = {"scripts": scripts, **asked}
        return self

    def program(self, *_parts: object, **asked: Any) -> _Build:
        self.programs.append(asked)
        return self

    def other(self, *_parts: object, **_asked: Any) -> _Build:
        return self


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> _Build:
    made = _Build(tmp_path_factory.mktemp("dist"))
    names = {
        "SPECPATH": str(ROOT),
        "Analysis": made.analysis,
        "EXE": made.program,
        "PYZ": made.other,
        "COLLECT": made.other,
    }
    before = list(sys.path)
    exec(compile((ROOT / "build.spec").read_text(encoding="utf-8"), "build.spec", "exec"), names)  # noqa: S102
    sys.path[:] = before
    return made


def test_our_folders_are_ours() -> None:
    for package in (imc_desktop, ui, db):
        assert Path(str(package.__file__)).is_relative_to(ROOT)
    owners = importlib.metadata.packages_distributions()
    assert not [
        owners[name] for name in ("imc_desktop", "ui", "db", "resources") if set(owners.get(name, ())) - {"imc-desktop"}
    ]


def test_version_is_said_once_everywhere() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"] == __version__
    assert __version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_every_dependency_with_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    assert all("--hash=sha256:" in pin for pin in pins if "==" in pin)
    assert not re.search(r"https?://|--index|--find-links", text)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = settings["project"]["dependencies"]
    if "dev" in name:
        wanted = wanted + settings["dependency-groups"]["dev"]
    locked = {match.lower().replace("_", "-") for match in re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)}
    assert not {re.split(r"[<>=!~ ]", one)[0].lower().replace("_", "-") for one in wanted} - locked


def test_the_build_takes_every_module_named_only_by_text(build: _Build) -> None:
    hidden = set(build.asked["hiddenimports"])
    named = {
        module
        for folder in ("imc_desktop", "ui", "db")
        for path in (ROOT / folder).rglob("*.py")
        for module in TARGET.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert not named - hidden
    assert set(hidden_imports()) <= hidden
    assert {target.partition(":")[0] for target in COMMANDS.values()} <= hidden
    assert {
        "db.migrations.runner",
        "logging.config",
        "reportlab.graphics.barcode.code128",
    } <= hidden


def test_the_build_takes_data_from_where_the_program_looks(build: _Build) -> None:
    taken = {f"{folder}/{Path(source).name}" for source, folder in build.asked["datas"]}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("resources", "db/migrations")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", "pictures"} & set(path.parts)
    }
    assert wanted <= taken
    assert any("petrovich" in name for name in taken)


def test_the_build_makes_a_window_and_a_command_line(build: _Build) -> None:
    assert build.asked["scripts"] == [str(ROOT / "imc_desktop" / "__main__.py")]
    assert {(one["name"], one["console"], one["upx"]) for one in build.programs} == {
        ("imc-desktop", False, False),
        ("imc-desktop-cli", True, False),
    }


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    environment = {
        **os.environ, "HOME": str(tmp_path), "USER": f"paint-{os.getpid()}", "XDG_DATA_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, *HEAVY],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_resources_lie_beside_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (paths.resources() / "demo").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_notices_are_those_of_the_lock() -> None:
    assert check_notices()


def test_stale_notices_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "NOTICE.txt"
    stale.write_text(notices.list_text().replace("sqlalchemy 2", "sqlalchemy 1"), encoding="utf-8")
    monkeypatch.setattr(notices, "LIST", stale)
    with pytest.raises(FailedError, match="stale"):
        check_notices()


def test_the_build_names_one_icon_that_exists(build: _Build) -> None:
    icons = {one["icon"] for one in build.programs}
    assert icons == {str(ROOT / "resources" / "icons" / "program.ico")}
    assert Path(icons.pop()).read_bytes()[:4] == b"\0\0\1\0"


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_the_lock_names_every_wheel_by_hash_for_both_systems(system: str) -> None:
    taken = [pin for pin in pins(LOCK) if pin.on({**WINDOWS, "sys_platform": system})]
    assert len(taken) > 20
    assert all(pin.hashes for pin in taken)
    build = {pin.name for pin in pins(DEV_LOCK) if pin.on({**WINDOWS, "sys_platform": system})}
    assert {pin.name for pin in taken} <= build
    assert ("pefile" in build) == (system == "win32")
