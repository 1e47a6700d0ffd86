"""The properties of merging with many more examples than the tests take: the same tests, told so by the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.parts import Outcome, Task

ROOT = Path(__file__).parents[2]
_RUNS = "IMC_MERGE_RUNS"


def properties(task: Task) -> Outcome:
    """``points`` histories of two computers, a sixth as many of three, and every planted bug."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/merging"],
        cwd=ROOT, env=os.environ | {_RUNS: str(task.points)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    outcome = Outcome(tried=task.points)
    if done.returncode:
        tail = [line for line in done.stdout.splitlines() if line.strip()][-12:]
        outcome.failures.append("\n         ".join(["pytest says:", *tail]))
    return outcome
