"""The fast part of the fault suite: every part with few points, and proof that planted faults are found.

The suite runs as a command of its own: it forks, kills and bounds processes, which pytest's process must not do.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the fault suite forks its children", allow_module_level=True)

from tests.faults.__main__ import PARTS

ROOT = Path(__file__).parents[2]
SEED = "1"


def suite(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", "--seed", SEED, *options],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=1800, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def told() -> str:
    """What the command says of all parts with few points."""
    done = suite("--quick")
    return done.stdout + done.stderr


@pytest.mark.parametrize("part", [part.name for part in PARTS if part.quick])
def test_nothing_is_lost(part: str, told: str) -> None:
    line = re.search(rf"^(ok|skip|FAIL) +{part} .*$", told, re.MULTILINE)
    assert line, told
    if line[1] == "skip":
        pytest.skip(line[0])
    assert line[1] == "ok", told


@pytest.mark.parametrize(
    ("plant", "part", "scale"),
    [("no-sync", "power", "0.003"), ("journal-deleted", "power", "0.004"), ("no-folder-sync", "swaps", "0.03")],
)
def test_a_planted_fault_is_found(plant: str, part: str, scale: str) -> None:
    done = suite(part, "--plant", plant, "--scale", scale)
    if "\nskip" in done.stdout:
        pytest.skip(done.stdout)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "\nFAIL" in done.stdout
