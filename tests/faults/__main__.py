"""``python -m tests.faults [parts] [--seed N] [--scale X]``: every fault tried on purpose; exit 1 on any failure.

A failure is told with the number of its point: ``python -m tests.faults PART --seed N --point NUMBER`` repeats it alone.
``--quick`` takes as many points as the tests do; ``--keep FOLDER`` leaves the files of failed points there.
"""

from __future__ import annotations

import argparse
import gc
import os
import secrets
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.faults.copies import damaged
from tests.faults.databases import mutated
from tests.faults.killing import kills
from tests.faults.merging import properties
from tests.faults.own_files import every_step
from tests.faults.papers import crafted, fuzzed
from tests.faults.parts import Part, Result, Task, carried_out
from tests.faults.planted import PLANTED
from tests.faults.powercut import database_images, swap_images
from tests.faults.sticks import every_stick
from tests.faults.syscalls import every_call

PARTS = (
    Part("kills", "kill -9 at random times under load", 300, 20, kills),
    Part("papers", "spoilt sample papers given to the import", 6_000, 60, fuzzed),
    Part("crafted", "hostile papers made by hand", 1_000, 46, crafted),
    Part("steps", "own file operations refused or cut, also in recovery", 3_000, 30, every_step),
    Part("sticks", "small sticks and sticks pulled out", 500, 24, every_stick),
    Part("merging", "state machines of merging and planted merge bugs", 300, 0, properties),
    Part("copies", "damaged, forged and foreign copies", 3_000, 80, damaged),
    Part("databases", "spoilt files given as the database and inside a copy", 6_000, 80, mutated),
    Part("calls", "killed or refused at every system call of a scenario", 2_000, 24, every_call),
    Part("power", "power cuts while the database is written", 10_000, 500, database_images),
    Part("swaps", "power cuts while files take each other's place", 2_000, 45, swap_images),
)  # fmt: skip
_SHOWN = 20


def main() -> int:
    """Run the parts asked for, print a line for each as it ends."""
    options = _options()
    seed = secrets.randbelow(2**32) if options.seed is None else options.seed
    _say(f"seed {seed}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if options.plant:
        PLANTED[options.plant]()
    gc.freeze()  # what is loaded by now is shared with every child
    home = tempfile.TemporaryDirectory(prefix="imc-faults-home-")
    os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = home.name  # not that of the person who runs this
    results = []
    for part in PARTS:
        if options.parts and part.name not in options.parts:
            continue
        if options.quick and not part.quick:
            continue
        points = part.quick if options.quick else max(1, round(part.full * options.scale))
        with ExitStack() as stack:
            folder = options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="imc-faults-"))
            (place := Path(folder) / part.name).mkdir(parents=True, exist_ok=True)
            results.append(carried_out(part, Task(place, points, seed, options.point)))
        _say(_line(results[-1]))
    if not results:
        _say(f"no such part; there are: {', '.join(part.name for part in PARTS)}")
        return 2
    tried, failed = sum(one.outcome.tried for one in results), sum(len(one.outcome.failures) for one in results)
    _say(f"{'':4} {'total':10} {tried:7} points {failed:4} failures {sum(one.seconds for one in results):7.1f} s")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("parts", nargs="*", help=", ".join(part.name for part in PARTS))
    parser.add_argument("--seed", type=int)
    parser.add_argument("--scale", type=float, default=1.0, help="share of a release's points, 1 by default")
    parser.add_argument("--quick", action="store_true", help="as many points as the tests try")
    parser.add_argument("--point", type=int, help="only this point of the part")
    parser.add_argument("--plant", choices=PLANTED, help="spoil the program first, to see that the suite notices")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave everything there")
    return parser.parse_args()


def _line(result: Result) -> str:
    outcome = result.outcome
    if outcome.skipped:
        return f"skip {result.part.name:10} {outcome.skipped}"
    mark = "FAIL" if outcome.failures else "ok"
    figures = f"{outcome.tried:7} points {len(outcome.failures):4} failures {result.seconds:7.1f} s"
    lines = [f"{mark:4} {result.part.name:10} {figures}  {'; '.join([result.part.what, *outcome.notes])}"]
    lines += [f"       {failure}" for failure in outcome.failures[:_SHOWN]]
    return "\n".join(lines)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
