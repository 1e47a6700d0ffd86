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
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.usecases.self_check import (
    CheckOutcome,
    CheckStep,
    machine_facts,
    protocol_lines,
    protocol_paper,
    step_lines,
    without_places,
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


def self_test_command(call: Call) -> int:
    """Run every step; exit code 1 when one fails."""
    if call.options.output is not None:
        _suffix_of(call.options.output)
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


def check(watch: Callable[[str, CheckStep | None], None] | None = None) -> CheckOutcome:
    """Run the steps in a folder that goes away; ``watch`` is told a step's name before it, then what came of it."""
    steps = []
    with tempfile.TemporaryDirectory(prefix="imc-self-test-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder))
        try:
            for name, run in STEPS:
                if watch is not None:
                    watch(name, None)
                steps.append(run_step(name, run, bench))
                if watch is not None:
                    watch(name, steps[-1])
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


def write_protocol(path: Path, outcome: CheckOutcome) -> None:
    """The protocol as PDF or as text, by the file's ending; UserError for another ending."""
    if _suffix_of(path) == ".pdf":
        data = protocol_paper(outcome).pdf
    else:
        data = ("\r\n".join(protocol_lines(outcome)) + "\r\n").encode("utf-8-sig")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"Файл {path} не записан: {error.strerror}. Закройте его в других программах, проверьте папку и место."
        ) from error


def _suffix_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".txt"):
        raise UserError(f"Протокол пишется в файл .pdf или .txt, а не «{path.name}». Назовите файл иначе.")
    return suffix


def _tell_at_once(name: str, step: CheckStep | None) -> None:
    print(json.dumps({"begins": name} if step is None else _as_json(step), ensure_ascii=False), flush=True)


def _as_json(step: CheckStep) -> dict[str, Any]:
    return {"step": step.name, "ok": step.ok, "told": step.told, "seconds": step.seconds}


def _scaling() -> str:
    """What Windows enlarges by; elsewhere only a window knows."""
    if sys.platform == "win32":
        return f"{ctypes.windll.shcore.GetScaleFactorForDevice(0)} %"
    return "без окна неизвестен"
