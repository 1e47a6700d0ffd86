"""Cases of attestation: what is asked for, when, the nearest step, the full card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

from db.store import Store
from imc_desktop.domain.attestation import Step, case_steps
from imc_desktop.domain.dates import to_date
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.posts import normal_post
from imc_desktop.domain.rule_data import Due
from imc_desktop.domain.words import date_short
from imc_desktop.domain.workdays import Calendar
from imc_desktop.usecases.attestation import why_attestation
from imc_desktop.usecases.queries import among, organisation_names, rows
from imc_desktop.usecases.rule_facts import Basis, Bound, basis_of, category_name, load_people

_TITLE_ENDS = re.compile(r", | — | \(")
_WARN_DAYS = 90  # where the country's rules name no number


class CaseState(StrEnum):
    """How a case stands on a day."""

    LATE = "late"  # its month or its last step has passed, and no result is entered
    ACTIVE = "active"  # an application is in, or a meeting is set
    NEAR = "near"  # nothing is in yet, and it is due within the days the rules warn ahead
    PLANNED = "planned"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case; ``step`` is the nearest thing to do in words, ``step_due`` its ISO day or ""."""

    id: str
    person_id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    requested: str
    szd: bool
    current: str
    current_until: str
    month: str
    application_date: str
    meeting_date: str
    result: str
    note: str
    state: CaseState
    step: str
    step_due: str

    @property
    def plan_month(self) -> str:
        """«2026-10»: the month the case is counted in, "" while nobody knows."""
        return (self.month or self.meeting_date or self.application_date)[:7]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a case; ``passed`` = its last day lies before the day asked for, ``nearest`` = the next one."""

    title: str
    due: str
    unit: str
    source: str
    passed: bool
    nearest: bool


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case with its steps and the terms of its post in full."""

    row: CaseRow
    steps: tuple[StepView, ...]
    dues: tuple[Due, ...]


def cases(store: Store, on: date) -> list[CaseRow]:
    """All cases with their nearest steps: by month, then by name."""
    basis = basis_of(store, on)
    with store.look() as connection:
        rows = load_cases(connection, basis, working_days(connection, basis))
    return sorted(rows, key=lambda row: (row.plan_month or "9", row.sort_key, row.id))


def case_card(store: Store, case_id: str, on: date) -> CaseCard:
    """One case in full; UserError when it is gone."""
    basis = basis_of(store, on)
    with store.look() as connection:
        calendar = working_days(connection, basis)
        found = load_cases(connection, basis, calendar, [case_id])
    if not found:
        raise UserError("Этого дела в учёте уже нет.")
    row = found[0]
    name = normal_post(row.post).name
    dues = [due for due in why_attestation(store, row.person_id, on) if not name or normal_post(due.post).name == name]
    return CaseCard(row, step_views(steps_of(row, calendar, basis), on, done=row.state is CaseState.DONE), tuple(dues))


def steps_for(store: Store, requested: str, day: str, on: date) -> tuple[StepView, ...]:
    """Steps of a case being written: ``day`` is the meeting (СЗД) or the application; () while one is missing."""
    kind = category_name(requested)
    if kind is None or len(day) != len("2026-11-20"):
        return ()
    basis = basis_of(store, on)
    with store.look() as connection:
        calendar = working_days(connection, basis)
    return step_views(case_steps(kind, to_date(day), calendar, basis.rules), on)


def load_cases(
    connection: Connection, basis: Basis, calendar: Calendar, ids: Sequence[str] | None = None
) -> list[CaseRow]:
    """Cases of people on record, those who have left included."""
    chosen, values = among("id", ids)
    known = list(rows(connection, f"SELECT * FROM attestation_case WHERE deleted_at IS NULL{chosen}", values))
    people = load_people(connection, basis, [row.person_id for row in known], everybody=True)
    organisations = organisation_names(connection)
    found = [(row, people.get(row.person_id)) for row in known]
    return [_case_row(row, bound, organisations, calendar, basis) for row, bound in found if bound is not None]


def working_days(connection: Connection, basis: Basis) -> Calendar:
    """The country's calendar with the office's own days."""
    own = connection.execute("SELECT day, kind FROM calendar_day WHERE deleted_at IS NULL")
    return Calendar(basis.country, dict(own))


def steps_of(row: CaseRow, calendar: Calendar, basis: Basis) -> list[Step]:
    """Dated steps of a case; none while the day they are counted from is not known."""
    kind, anchor = category_name(row.requested), anchor_of(row)
    return case_steps(kind, anchor, calendar, basis.rules) if kind is not None and anchor is not None else []


def anchor_of(row: CaseRow) -> date | None:
    """The day the steps are counted from: the meeting (СЗД) or the application."""
    day = row.meeting_date if row.szd else row.application_date
    if row.szd and not day:
        day = row.month
    return to_date(day) if len(day) == 10 else None


def step_views(steps: Iterable[Step], on: date, *, done: bool = False) -> tuple[StepView, ...]:
    """Steps as a card shows them; of a case that is ``done`` none is the nearest."""
    listed = list(steps)
    nearest = None if done else next((step.id for step in listed if step.due >= on), None)
    return tuple(
        StepView(step.title, step.due.isoformat(), step.unit, step.source, step.due < on, step.id == nearest)
        for step in listed
    )


def _case_row(row: Any, bound: Bound, organisations: Mapping[str, str], calendar: Calendar, basis: Basis) -> CaseRow:
    organisation_id = row.organisation_id or bound.organisation_id
    bare = CaseRow(
        id=row.id,
        person_id=bound.id,
        person=bound.person,
        short=bound.short,
        sort_key=bound.sort_key,
        organisation_id=organisation_id,
        organisation=organisations.get(organisation_id, bound.organisation),
        post=row.post or bound.post,
        subjects=row.subjects or bound.subjects,
        requested=row.requested,
        szd=row.requested == CategoryName.SZD.value,
        current=row.current,
        current_until=row.current_until,
        month=row.month,
        application_date=row.application_date,
        meeting_date=row.meeting_date,
        result=row.result,
        note=row.note,
        state=CaseState.PLANNED,
        step="",
        step_due="",
    )
    return _with_step(bare, calendar, basis)


def _with_step(row: CaseRow, calendar: Calendar, basis: Basis) -> CaseRow:
    """The same case with its state and the nearest thing to do."""
    if row.result:
        return replace(row, state=CaseState.DONE, step=f"итог: {row.result}")
    steps = steps_of(row, calendar, basis)
    nearest = next((step for step in steps if step.due >= basis.on), None)
    if nearest is not None:
        words = f"до {date_short(nearest.due)}: {_brief(nearest.title)}"
        return replace(row, state=CaseState.ACTIVE, step=words, step_due=nearest.due.isoformat())
    if steps:
        return replace(row, state=CaseState.LATE, step="все сроки прошли, итог не внесён")
    missing = "день заседания не назначен" if row.szd else "заявления нет"
    return replace(row, state=waiting(f"{row.plan_month or '9999-12'}-31", basis), step=missing)


def _brief(title: str) -> str:
    """The beginning of a step's title: what comes after a comma, a dash or a bracket stands on the card."""
    return _TITLE_ENDS.split(title[:1].lower() + title[1:])[0]


def waiting(due: str, basis: Basis) -> CaseState:
    """How something nobody has begun stands; ``due`` is the last ISO day for it."""
    if due < basis.day:
        return CaseState.LATE
    near = basis.rules.at(basis.on).numbers.get("program.warn_days")
    ahead = basis.on + timedelta(days=near.value if near else _WARN_DAYS)
    return CaseState.NEAR if due <= f"{ahead:%Y-%m}-31" else CaseState.PLANNED
