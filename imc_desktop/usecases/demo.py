"""The invented district: made by importing its papers, with an approved and printed plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop import paths
from imc_desktop.usecases.clock import confirm_clock
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.plan import approve
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish

PROFILE = "bohan"
PLAN_YEAR = 2026
# The district is invented, so are its approvers; the profile is that of regulation 000 (decisions 29).
ANSWERS = {
    "names.short": "ИМЦ Ключегорского района",
    "names.full": "Информационно-методический центр управления образования Ключегорского муниципального района",
    "names.genitive": "Информационно-методического центра управления образования Ключегорского муниципального района",
    "parent": "Управление образования администрации Ключегорского муниципального района",
    "parent.genitive": "Управления образования администрации Ключегорского муниципального района",
    "place": "г. Ключегорск",
    "plan.approver": "Начальник управления образования",
    "documents.approver": "Начальник управления образования",
    "report.addressee": "Начальник управления образования",
}

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the database, the printed plan, the report of the import and who is due."""

    database: Path
    plan: Path
    report: ImportReport
    due: dict[str, dict[str, int]]


def _quiet(_share: float, _words: str) -> None:
    return


def demo_papers() -> list[Path]:
    """The papers of the invented district, in the order of their numbers."""
    return sorted(path for path in (paths.resources() / "demo").iterdir() if path.name[:2].isdigit())


def make_demo_database(path: Path, *, today: date, progress: Progress = _quiet) -> tuple[Store, ImportReport]:
    """A new database of the invented district: its office and all its papers, taken in as one step."""
    store = create_office(path, PROFILE, ANSWERS, demo=True)
    papers = read_papers(store, demo_papers(), progress=lambda share, words: progress(share * 0.6, words))
    report = import_papers(store, papers, today=today, progress=lambda share, words: progress(0.6 + share * 0.4, words))
    return store, report


def make_demo(folder: Path, *, today: date, progress: Progress = _quiet) -> Demo:
    """The whole journey in ``folder``: import, who is due, the printed plan. A former demo there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"demo{paths.DATABASE_SUFFIX}"
    database.unlink(missing_ok=True)
    store, report = make_demo_database(database, today=today, progress=progress)
    try:
        due = {kind: _counts(due_as_json(store, kind, today)) for kind in ("courses", "attestation")}
        confirm_clock(store)  # an invented plan on a computer with an empty battery
        approve(store, PLAN_YEAR, today=today, order="54", order_date="2026-08-31", approved_date="2026-08-31")
        plan = folder / f"plan-{PLAN_YEAR}-{PLAN_YEAR + 1}.pdf"
        plan.write_bytes(make(store, "annual-plan", Wish(PLAN_YEAR, today)))
    finally:
        store.close()
    return Demo(database, plan, report, due)


def _counts(rows: list[dict[str, object]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        status = str(row["status"])
        counts[status] = counts.get(status, 0) + 1
    return counts
