"""The program frozen for this machine, anew at every change: it starts without Python and every layer works in it."""

from __future__ import annotations

import platform
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyInstaller.depend.bindepend import get_python_library_path

from imc_desktop.usecases.office_making import create_office
from release import linux
from release.tools import CACHE_VARIABLE, folder_size

PATIENCE = 60
LARGEST = 230_000_000
TOOLS = ("objcopy", "objdump", "ldd")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if platform.system() != "Linux" or missing or not get_python_library_path():
        pytest.skip(f"freezing needs Linux, a shared libpython and {', '.join(TOOLS)}")
    place = tmp_path_factory.mktemp("frozen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(place))
        yield linux.build()
    shutil.rmtree(place)


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The surroundings of somebody who has nothing of ours."""
    return {"HOME": str(tmp_path), "USER": uuid.uuid4().hex, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def test_the_self_test_passes_without_anything_around(folder: Path, bare: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [folder / "imc-desktop-cli", "self-test"],
        env=bare, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE * 3,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Программа исправна." in done.stdout
    assert "НЕТ" not in done.stdout


def test_the_window_opens_a_database_and_hears_a_second_start(
    folder: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    database = tmp_path / "Учёт №1.imc"
    create_office(database, "bohan", {}).close()
    program = folder / "imc-desktop"
    with subprocess.Popen([program, "--database", database], env=bare, cwd=tmp_path) as first:
        try:
            deadline = time.monotonic() + PATIENCE
            while not database.with_name(f"{database.name}.lock").exists() and time.monotonic() < deadline:
                assert first.poll() is None
                time.sleep(0.05)
            second = subprocess.run([program, str(database)], env=bare, cwd=tmp_path, timeout=PATIENCE, check=False)
            assert second.returncode == 0
            assert first.poll() is None
        finally:
            first.terminate()
    crashes = [path for path in tmp_path.rglob("*.log") if "Traceback" in path.read_text(encoding="utf-8")]
    assert crashes == []


def test_the_folder_is_lean_and_whole(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert folder_size(folder) < LARGEST
    assert not [name for name in names if any(part in name for part in ("Qt6Quick", "Qt6Qml", "numpy", "holidays"))]
    resources = Path("_internal/resources")
    for part in ("fonts", "profiles", "rules", "help", "icons/outline", "licences", "demo"):
        assert any(name.startswith(f"{(resources / part).as_posix()}/") for name in names), part
    assert "_internal/db/migrations/versions/r0001_initial.sql" in names
    assert any("qtbase_ru" in name for name in names)
