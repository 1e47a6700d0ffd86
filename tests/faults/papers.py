"""Spoilt and hostile papers given to the import: a sentence or a result, within bounds, and no row of a refused one."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import read_paper
from imc_desktop.usecases.demo import demo_papers
from imc_desktop.usecases.imports.run import ReadPaper, import_papers, read_papers
from tests.faults.batches import in_batches
from tests.faults.crafted import CRAFTED
from tests.faults.paper_damage import spoilt
from tests.faults.parts import Outcome, Task
from tests.faults.workload import ON, make_office

MEMORY = 1 << 30  # what one paper may take beyond what the program has already
_BATCH = 100
_IMPORT_EVERY = 12
_KINDS = (".xlsx", ".xls", ".ods", ".csv", ".html", ".txt", "")


def fuzzed(task: Task) -> Outcome:
    """The ten sample papers, spoilt in every way their formats allow."""
    samples = [path.read_bytes() for path in demo_papers()]

    def make(number: int, chance: random.Random) -> tuple[str, bytes]:
        return f"paper-{number}{chance.choice(_KINDS)}", spoilt(chance.choice(samples), chance)

    return _tried(task, list(task.numbers()), make)


def crafted(task: Task) -> Outcome:
    """Every hostile paper that somebody thought of, the same ones whatever the number of points."""
    names = list(CRAFTED)
    numbers = range(min(task.points, len(names))) if task.only is None else [task.only]

    def make(number: int, _chance: random.Random) -> tuple[str, bytes]:
        return names[number], CRAFTED[names[number]].content()

    outcome = _tried(task, numbers, make, lambda name, read: CRAFTED[name].complaint(read))
    return outcome


Make = Callable[[int, random.Random], tuple[str, bytes]]
Judge = Callable[[str, ReadPaper], str]


def _tried(task: Task, numbers: Sequence[int], make: Make, judge: Judge = lambda _name, _read: "") -> Outcome:
    outcome = Outcome()
    make_office(task.folder / "office.imc")

    def check(batch: Sequence[int]) -> Iterator[tuple[int, str]]:
        warnings.simplefilter("ignore")  # openpyxl and zipfile warn of what is odd in a file
        folder = task.folder / f"batch-{batch[0]}"
        folder.mkdir(exist_ok=True)
        database = folder / "office.imc"
        shutil.copyfile(task.folder / "office.imc", database)
        reached = _watch(folder)
        store = Store(database)
        for number in batch:
            name, data = make(number, task.chance(number))
            path = folder / name
            path.write_bytes(data)
            begun = time.perf_counter()
            problem, read = _taken(store, path, whole=number % _IMPORT_EVERY == 0)
            problem = problem or judge(name, read) or "".join(f"reached out for {place}" for place in reached)
            reached.clear()
            path.unlink()
            took = time.perf_counter() - begun
            yield number, f"{name}: {problem} ({took:.1f} s)" if problem else ""
        store.close()

    in_batches(numbers, _BATCH, check, outcome, memory=address_space() + MEMORY)
    return outcome


def _taken(store: Store, path: Path, *, whole: bool) -> tuple[str, ReadPaper]:
    """Read a paper and, when it is refused or by turns, take it in; what was wrong, and what was read."""
    before = store.change_counter()
    try:
        read = ReadPaper(path.name, read_paper(open_paper(path)))
    except UserError as error:
        read = ReadPaper(path.name, None, str(error))
        if not read.refused.endswith(".") or "Error" in read.refused:
            return f"no sentence: {error}", read
    if read.paper is None or whole:
        report = import_papers(store, read_papers(store, [path]), today=ON)
        if read.paper is None and (store.change_counter() != before or not report.refused):
            return "rows of a refused paper", read
    return "", read


def _watch(folder: Path) -> list[str]:
    """What is opened outside of the program and the folder, or connected to, from now on."""
    reached: list[str] = []
    allowed = (
        str(folder),
        sys.prefix,
        sys.base_prefix,
        str(Path(__file__).parents[2]),
        "/usr/share/zoneinfo",
        "/proc/",
    )

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket.") or event in {"subprocess.Popen", "os.system", "os.exec"}:
            reached.append(event)
        elif event == "open" and isinstance(arguments[0], str | bytes):
            place = str(Path(os.fsdecode(arguments[0])).absolute())
            if not place.startswith(allowed):
                reached.append(place)

    sys.addaudithook(hook)
    return reached


def address_space() -> int:
    """What this process has mapped by now, in bytes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
