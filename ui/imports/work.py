"""What the import window does beside the window's thread: plain functions of the store, the papers and a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from imc_desktop.usecases.copies import local_copy
from imc_desktop.usecases.imports.effects import Preview, preview_with_effects
from imc_desktop.usecases.imports.layouts import remember_layout
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import ReadPaper, import_papers, read_papers
from ui.jobs import Report

Correction = tuple[str, str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Deed:
    """What came of «Импортировать»: a report, or a newer preview because the base had changed meanwhile.

    ``copied``: a copy of the base was made before.
    """

    report: ImportReport | None
    preview: Preview | None = None
    copied: bool = False


def progress_of(report: Report) -> Callable[[float, str], None]:
    """A job's report as the progress of a use case; raises when the person stopped the job."""

    def progress(share: float, words: str) -> None:
        report(round(share * 100), 100, words)

    return progress


def read(
    store: Any, paths: Sequence[Path], overrides: Mapping[str, Mapping[int, str]], report: Report
) -> list[ReadPaper]:
    """Read the files with the person's corrections of columns."""
    return read_papers(store, paths, overrides=overrides, progress=progress_of(report))


def preview(store: Any, papers: Sequence[ReadPaper], today: date, report: Report) -> Preview:
    """What would happen now."""
    return preview_with_effects(store, papers, today=today, progress=progress_of(report))


def do_import(
    store: Any,
    papers: Sequence[ReadPaper],
    seen: Preview,
    corrections: Sequence[Correction],
    today: date,
    report: Report,
) -> Deed:
    """A local copy, the columns to remember, the import; a new preview instead when the base moved since ``seen``."""
    if store.change_counter() != seen.counter:
        return Deed(None, preview(store, papers, today, report))
    progress = progress_of(report)
    copied = seen.counter > 1  # a new base has nothing to lose
    if copied:
        progress(0.0, "Делаю копию базы")
        local_copy(store, today=today)
    for sender, signature, columns in corrections:  # before the import: Ctrl+Z after it must mean the import
        remember_layout(store, sender, signature, columns)
    done = import_papers(store, papers, today=today, progress=lambda share, words: progress(0.2 + 0.8 * share, words))
    return Deed(done, copied=copied)


def undo_import(store: Any, label: str, _report: Report) -> str:
    """Take the import back, with what was done in this window after it (answers to its questions)."""
    while store.undo_label not in (None, label):
        store.undo()
    return str(store.undo())
