"""What waits today: terms, the next seven days, what is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.store import Store
from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.usecases.attestation_calendar import DayChip, Known, MonthView, known_on, month_of
from imc_desktop.usecases.attestation_cases import CaseState
from imc_desktop.usecases.copy_facts import LastCopy, last_copy
from imc_desktop.usecases.courses import course_rules
from imc_desktop.usecases.due_sql import due_counts
from imc_desktop.usecases.plan_views import PlanView, month, plan_rows

DAYS = 7
_COUNTS = (
    "SELECT (SELECT count(*) FROM person WHERE deleted_at IS NULL), "
    "(SELECT count(*) FROM question WHERE deleted_at IS NULL AND answer = ''), "
    "(SELECT count(*) FROM incident WHERE deleted_at IS NULL AND closed = '')"
)
_CHIP_WORDS = {
    "meeting": "Заседание аттестационной комиссии", "application": "Заявление на аттестацию",
    "step": "Последний день шага аттестации", "ends": "Кончается срок категории или соответствия",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of the next days: ``table`` and ``key`` name the record, ``tab`` the tab it stands on."""

    day: str
    what: str
    who: str
    tab: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How many people are overdue, due this school year, unknown."""

    overdue: int
    this_year: int
    no_data: int


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """The terms of one course rule: every rule is a clock of its own."""

    rule: str
    title: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first sight of the day; ``plan_overdue`` is None while there is no plan for the school year.

    ``incidents`` counts lost media whose case is not closed.
    """

    people: int
    courses: tuple[RuleTerms, ...]
    attestation: Terms
    late_cases: int
    plan_overdue: int | None
    coming: tuple[Coming, ...]
    questions: int
    incidents: int
    copy: LastCopy | None
    last_change: str


def today_view(store: Store, on: date) -> TodayView:
    """Everything the first page tells on a day."""
    with store.look() as connection:
        people, questions, incidents = connection.execute(_COUNTS).fetchone()
    annual = plan_rows(store, school_year_of(on), on)
    known = known_on(store, on)
    events = [*_attestation(known, on), *_plan(store, on, annual)]
    return TodayView(
        people=people,
        courses=tuple(_courses(store, on)),
        attestation=_terms(Counter(row.status for row in known.terms)),
        late_cases=sum(case.state is CaseState.LATE for case in known.cases),
        plan_overdue=annual.overdue if annual else None,
        coming=tuple(sorted(events, key=lambda event: event.day)),
        questions=questions,
        incidents=incidents,
        copy=last_copy(store),
        last_change=store.undo_label or "",
    )


def _terms(counts: Mapping[DueStatus, int]) -> Terms:
    return Terms(counts[DueStatus.OVERDUE], counts[DueStatus.THIS_YEAR], counts[DueStatus.NO_DATA])


def _courses(store: Store, on: date) -> Iterator[RuleTerms]:
    """Rules that bind somebody."""
    counts = due_counts(store, on)
    for rule in course_rules(store, on):
        if sum(counts[rule.id].values()):
            yield RuleTerms(rule.id, rule.title, _terms(counts[rule.id]))


def _attestation(known: Known, on: date) -> Iterator[Coming]:
    last = on + timedelta(days=DAYS - 1)
    for period in dict.fromkeys((f"{on:%Y-%m}", f"{last:%Y-%m}")):
        view = month_of(known, period)
        for cell in (cell for week in view.weeks for cell in week if cell.in_month):
            if on.isoformat() <= cell.day <= last.isoformat():
                for chip in cell.chips:
                    yield from _people(view, cell.day, chip)


def _people(view: MonthView, day: str, chip: DayChip) -> Iterator[Coming]:
    rows = {row.key: row for row in view.rows}
    for row in (rows[key] for key in chip.keys):
        table, key = ("attestation_case", row.case_id) if row.case_id else ("", "")
        yield Coming(day, _CHIP_WORDS[chip.kind], row.short, "attestation", table, key)


def _plan(store: Store, on: date, annual: PlanView | None) -> Iterator[Coming]:
    """Open times of the annual plan and of the month that begin or end within the days."""
    last = on + timedelta(days=DAYS - 1)
    months = [month(store, period, on) for period in dict.fromkeys((f"{on:%Y-%m}", f"{last:%Y-%m}"))]
    for view in (annual, *months):
        for item in view.items if view else ():
            for one in item.occurrences:
                edges = [day for day in (one.first, one.due) if on <= day <= last]
                if edges and not one.closed:
                    table, key = ("plan_item", item.id) if view is annual else ("", "")
                    yield Coming(edges[0].isoformat(), item.title, item.responsible, "plan", table, key)
