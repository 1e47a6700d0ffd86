"""The fast part of the fault suite: every part with few points, and proof that planted faults are found.

The suite runs as a command of its own: it forks, kills and bounds processes, which pytest's process must not do.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import PARTS

ROOT = Path(__file__).parents[2]
SEED = "1"


def suite(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", "--seed", SEED, *options],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("part", [part.name for part in PARTS if part.quick])
def test_nothing_is_lost(part: str) -> None:
    done = suite(part, "--quick")
    if (line := done.stdout.splitlines()[-2] if done.stdout.count("\n") > 1 else "").startswith("skip"):
        pytest.skip(line)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("plant", "part"), [("no-sync", "power"), ("journal-deleted", "power")])
def test_a_planted_fault_is_found(plant: str, part: str) -> None:
    done = suite(part, "--plant", plant, "--scale", "0.01")
    if "\nskip" in done.stdout:
        pytest.skip(done.stdout)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "\nFAIL" in done.stdout
