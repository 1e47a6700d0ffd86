"""What can be printed. A line here brings a kind to the command line, to the menus and to the preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.store import Store
from imc_desktop.documents.table_list import TableListContent
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.leaving import log_words
from imc_desktop.usecases.printing import (
    annual_plan,
    attestation_calendar,
    attestation_terms,
    carrier_register,
    copy_register,
    course_plan,
    due_list,
    handover_act,
    incident_notices,
    key_sheet,
    merge_protocol,
    month_plan,
    staff_list,
    training_list,
    work_journals,
)
from imc_desktop.usecases.printing.common import Paper, list_paper, list_sheet
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.rights import require


@dataclass(frozen=True, slots=True)
class PrintKind:
    """One kind: its name on the command line, what people call it, how its paper and its sheet are made.

    ``personal``: a list of people, which not everybody may take out. ``sheet`` gives the number of its records.
    """

    name: str
    title: str
    paper: Callable[[Store, Wish], Paper]
    sheet: Callable[[Store, Wish, Path], int]
    personal: bool = True


def _list(
    name: str, title: str, content: Callable[[Store, Wish], TableListContent], *, personal: bool = True
) -> PrintKind:
    """A kind that is one list: its paper and its sheet say the same."""
    return PrintKind(
        name,
        title,
        lambda store, wish: list_paper(name, content(store, wish)),
        lambda store, wish, path: list_sheet(path, content(store, wish), wish),
        personal,
    )


KINDS = (
    PrintKind("annual-plan", "Годовой план работы", annual_plan.paper, annual_plan.sheet, personal=False),
    _list("month-plan", "План работы на месяц", month_plan.content, personal=False),
    _list("staff-list", "Список педагогов", staff_list.content),
    _list("due-list", "Кому пора на курсы", due_list.content),
    _list("attestation-calendar", "Календарь аттестации", attestation_calendar.content),
    _list("course-plan", "Перспективный план повышения квалификации", course_plan.content),
    _list("training-list", "Журнал повышения квалификации", training_list.content),
    _list("attestation-cases", "Дела об аттестации", attestation_calendar.cases_list),
    _list("attestation-terms", "Сроки аттестации", attestation_terms.content),
    _list("associations", "Состав методических объединений", work_journals.members_content),
    _list("consultations", "Журнал консультаций", work_journals.consultations_content),
    _list("lesson-visits", "Журнал посещений уроков", work_journals.visits_content),
    _list("carrier-register", "Журнал учёта носителей", carrier_register.content, personal=False),
    _list("copy-register", "Журнал копий", copy_register.content, personal=False),
    PrintKind(
        "incident-first",
        "Уведомление о происшествии",
        incident_notices.first_paper,
        incident_notices.first_sheet,
        personal=False,
    ),
    PrintKind(
        "incident-results",
        "Итоги расследования происшествия",
        incident_notices.results_paper,
        incident_notices.results_sheet,
        personal=False,
    ),
    PrintKind("merge-protocol", "Протокол сверки копий", merge_protocol.paper, merge_protocol.sheet),
    PrintKind("key-sheet", "Бумажный ключ копий", key_sheet.paper, key_sheet.sheet, personal=False),
    PrintKind("handover", "Акт приёма-передачи дел", handover_act.paper, handover_act.sheet, personal=False),
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


def prepare(store: Store, kind: str, wish: Wish) -> Paper:
    """The finished paper for a preview; nothing is logged yet."""
    found = print_kind(kind)
    require(store, Right.PRINT_PEOPLE if found.personal else Right.PRINT)
    return found.paper(store, wish)


def make(store: Store, kind: str, wish: Wish, *, path: Path | None = None) -> bytes:
    """The PDF of a kind, to be written to ``path``; the printing is logged. The same content gives the same bytes."""
    paper = prepare(store, kind, wish)
    log_print(store, paper, path or Path("PDF"))
    return paper.pdf


def log_print(store: Store, paper: Paper, path: Path | None) -> None:
    """Remember that a paper left the program: as a file, else (None) by the printer; how many people stand on it."""
    words = f"{paper.title}; принтер" if path is None else log_words(paper.title, path)
    count = (paper.people or paper.records) if print_kind(paper.kind).personal else 0
    store.log_access("print", paper.kind, words, count=count)
