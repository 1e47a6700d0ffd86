"""self-test: every layer once in a temporary folder; a protocol an office can send back."""

from __future__ import annotations

import ctypes
import json
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imc_desktop import __version__
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import now, tell
from imc_desktop.cli.self_test import district, drawing, former, rules
from imc_desktop.cli.self_test.bench import Bench, StepFailedError
from imc_desktop.usecases.self_check import (
    CheckOutcome,
    CheckStep,
    ending_of,
    machine_facts,
    step_lines,
    without_places,
    write_protocol,
)

STEPS: tuple[tuple[str, Callable[[Bench], str]], ...] = (
    ("база и импорт", district.take_papers),
    ("повторный импорт", district.take_again),
    ("обновление базы", former.migration),
    ("правила", rules.rules),
    ("сроки", district.deadlines),
    ("отмена", district.undo),
    ("печать", district.paper),
    ("таблица Excel", district.sheet),
    ("шрифты", drawing.letters),
    ("копия и возврат", district.copies),
    ("ключ копий", district.keys),
    ("сверка", district.merge),
    ("предпросмотр", drawing.preview),
    ("окно", drawing.counts_of_none),
)


Begins = tuple[int, int, str]  # steps that are done, of how many, the name of the one that begins


def self_test_command(call: Call) -> int:
    """Run every step; exit code 1 when one fails."""
    if call.options.output is not None:
        ending_of(call.options.output)
    watch = _tell_at_once if call.options.each else None
    outcome = check(watch)
    if call.options.output is not None:
        write_protocol(call.options.output, outcome)
    about = {
        "version": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "sqlite": sqlite3.sqlite_version,
    }
    lines = [f"IMC Desktop {__version__}, Python {about['python']}, SQLite {about['sqlite']}, {about['system']}"]
    lines += [*step_lines(outcome.steps), outcome.verdict]
    told = {
        "whole": outcome.whole,
        "about": about,
        "facts": [list(fact) for fact in outcome.facts],
        "steps": [_as_json(step) for step in outcome.steps],
    }
    if call.options.each:
        print(json.dumps(told, ensure_ascii=False), flush=True)
    else:
        tell(call, told, lines)
    return 0 if outcome.whole else 1


def check(watch: Callable[[Begins | CheckStep], None] | None = None) -> CheckOutcome:
    """Run the steps in a folder that goes away; ``watch`` is told what begins, then what came of it."""
    steps = []
    with tempfile.TemporaryDirectory(prefix="imc-self-test-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder))
        try:
            for number, (name, run) in enumerate(STEPS):
                if watch is not None:
                    watch((number, len(STEPS), name))
                steps.append(run_step(name, run, bench))
                if watch is not None:
                    watch(steps[-1])
        finally:
            bench.close()
    return CheckOutcome((*machine_facts(now()), ("Масштаб экрана", _scaling())), tuple(steps))


def run_step(name: str, run: Callable[[Bench], str], bench: Bench) -> CheckStep:
    """One step, whatever happens in it."""
    started = time.perf_counter()
    try:
        told, good = run(bench), True
    except Exception as error:  # noqa: BLE001 - the protocol names every kind of failure
        told, good = _words_of(error), False
    seconds = round(time.perf_counter() - started, 2)
    return CheckStep(name, good, " ".join(without_places(told, [bench.folder]).split()), seconds)


def _words_of(error: BaseException) -> str:
    """An error with what it came from: a sentence for people alone does not say why."""
    words = str(error) if isinstance(error, StepFailedError) else f"{type(error).__name__}: {error}"
    return words if error.__cause__ is None else f"{words} ← {_words_of(error.__cause__)}"


def _tell_at_once(news: Begins | CheckStep) -> None:
    if isinstance(news, CheckStep):
        told = _as_json(news)
    else:
        told = dict(zip(("done", "of", "begins"), news, strict=True))
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _as_json(step: CheckStep) -> dict[str, Any]:
    return {"step": step.name, "ok": step.ok, "told": step.told, "seconds": step.seconds}


def _scaling() -> str:
    """What Windows enlarges by; elsewhere only a window knows."""
    if sys.platform == "win32":
        return f"{ctypes.windll.shcore.GetScaleFactorForDevice(0)} %"
    return "без окна неизвестен"
