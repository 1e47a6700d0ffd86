"""``python -m tests.bench [--json] [--only P7,P12]``: the goals of speed, each against a yardstick in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

# Module of this package → the goals it measures.
CASES = {
    "starting": ("P1", "P2"),
    "lists": ("P3", "P4", "P5", "P6"),
    "importing": ("P7",),
    "printing": ("P9", "P10"),
    "storing": ("P11", "P12", "P13", "P14"),
    "copying": ("P15",),
    "merging": ("M1", "M2", "M3"),
}


def main() -> int:
    """Measure, print; exit code 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", default="", help="P1,P7: only the cases that measure these")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("LANG", "C.UTF-8")
    wanted = {name.strip().upper() for name in options.only.split(",") if name.strip()}
    found = []
    for module, names in CASES.items():
        if wanted and not wanted & set(names):
            continue
        started = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="imc-bench-") as folder:
            for goal in import_module(f"tests.bench.{module}").goals(Path(folder)):
                if not wanted or goal.name.partition("_")[0] in wanted:
                    found.append(goal)
                    mark = "    " if goal.limit is None else ("ok  " if goal.met else "OVER")
                    limit = "" if goal.limit is None else f" (limit {goal.limit})"
                    sys.stderr.write(
                        f"{mark} {goal.name:12} {goal.ratio:6.2f}{limit}  "
                        f"{goal.candidate_ms:.1f} / {goal.yardstick_ms:.1f} ms  {goal.what}\n"
                    )
        sys.stderr.write(f"     [{module}: {time.perf_counter() - started:.0f} s]\n")
    if options.json:
        sys.stdout.write(json.dumps({goal.name: goal.as_json() for goal in found}, ensure_ascii=False, indent=1) + "\n")
    return 0 if all(goal.met for goal in found) else 1


if __name__ == "__main__":
    sys.exit(main())
