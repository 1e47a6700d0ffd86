"""What can be printed. A line here brings a kind to the command line, to the menus and to the preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.printing import annual_plan, attestation_calendar, due_list, month_plan, staff_list
from imc_desktop.usecases.printing.common import Paper, Wish
from imc_desktop.usecases.rights import require


@dataclass(frozen=True, slots=True)
class PrintKind:
    """One kind: its name on the command line, what people call it, how its paper and its sheet are made.

    ``personal``: a list of people, which not everybody may take out.
    """

    name: str
    title: str
    paper: Callable[[Store, Wish], Paper]
    sheet: Callable[[Store, Wish, Path], None]
    personal: bool = True


KINDS = (
    PrintKind("annual-plan", "Годовой план работы", annual_plan.paper, annual_plan.sheet, personal=False),
    PrintKind("month-plan", "План работы на месяц", month_plan.paper, month_plan.sheet, personal=False),
    PrintKind("staff-list", "Список педагогов", staff_list.paper, staff_list.sheet),
    PrintKind("due-list", "Кому пора на курсы", due_list.paper, due_list.sheet),
    PrintKind("attestation-calendar", "Календарь аттестации", attestation_calendar.paper, attestation_calendar.sheet),
)


def print_list() -> list[dict[str, str]]:
    """Kinds with their titles, for ``print --list``."""
    return [{"kind": kind.name, "title": kind.title} for kind in KINDS]


def print_kind(name: str) -> PrintKind:
    """The kind of this name; UserError naming those there are."""
    known = {kind.name: kind for kind in KINDS}
    if name not in known:
        raise UserError(f"Такого документа нет: «{name}». Можно напечатать: {', '.join(known)}.")
    return known[name]


def prepare(store: Store, kind: str, *, year: int, on: date, draft: bool | None = None) -> Paper:
    """The finished paper for a preview; nothing is logged yet."""
    found = print_kind(kind)
    require(store, Right.PRINT_PEOPLE if found.personal else Right.PRINT)
    return found.paper(store, Wish(year, on, draft))


def make(store: Store, kind: str, *, year: int, on: date, draft: bool | None = None) -> bytes:
    """The PDF of a kind; the printing is logged. The same content gives the same bytes."""
    paper = prepare(store, kind, year=year, on=on, draft=draft)
    log_print(store, paper, "PDF")
    return paper.pdf


def log_print(store: Store, paper: Paper, how: str) -> None:
    """Remember that a paper left the program: printed or saved."""
    store.log_access("print", paper.kind, f"{paper.title}; {how}")
