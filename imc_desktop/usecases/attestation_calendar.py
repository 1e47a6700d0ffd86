"""The month and the year of attestation: what happens on which day, and how full each month is."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.store import Store
from imc_desktop.domain.dates import school_year_of, school_year_span
from imc_desktop.domain.posts import normal_post
from imc_desktop.domain.words import MONTHS, MONTHS_SHORT, show_date
from imc_desktop.domain.workdays import Calendar
from imc_desktop.usecases.attestation import AttestationDueRow, due_rows
from imc_desktop.usecases.attestation_cases import (
    CaseRow,
    CaseState,
    anchor_of,
    load_cases,
    steps_of,
    waiting,
    working_days,
)
from imc_desktop.usecases.rule_facts import Basis, basis_of, load_categories, load_people

THIS_MONTH, OTHER_STEPS = "Аттестуются в этом месяце", "Шаги по другим делам"
_KINDS = {"meeting": "Заседание", "application": "Заявления", "step": "Шаги", "ends": "Сроки"}
_MONDAY_FIRST = Weeks(firstweekday=0)


@dataclass(frozen=True, slots=True)
class DayChip:
    """What happens on a day: one person by name, or how many; ``keys`` are keys of the month's rows.

    ``kind``: meeting, application, step (the last day of one), ends (of a category or СЗД; ``passed``: has ended).
    """

    kind: str
    title: str
    passed: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the month's grid."""

    day: str
    number: int
    in_month: bool
    today: bool
    working: bool
    chips: tuple[DayChip, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Somebody the month is about: a case, or a term for which there is no case yet (``case_id`` is "")."""

    key: str
    case_id: str
    person_id: str
    person: str
    short: str
    sort_key: str
    organisation: str
    post: str
    what: str
    step: str
    state: CaseState
    szd: bool
    group: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: 4–6 weeks of seven days, and everybody it is about."""

    month: str
    title: str
    weeks: tuple[tuple[DayCell, ...], ...]
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """How many are attested in a month: categories, and СЗД."""

    month: str
    title: str
    categories: int
    szd: int
    current: bool

    @property
    def total(self) -> int:
        return self.categories + self.szd


@dataclass(frozen=True, slots=True)
class _Event:
    day: str
    kind: str
    key: str
    short: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything about attestation as it stands on a day, read once: all cases, and the terms of everybody."""

    basis: Basis
    calendar: Calendar
    cases: Sequence[CaseRow]
    terms: Sequence[AttestationDueRow]

    def dues(self) -> list[AttestationDueRow]:
        """Terms that end on a day and that nobody has opened a case for."""
        opened = {
            (case.person_id, normal_post(case.post).name) for case in self.cases if case.state is not CaseState.DONE
        }
        return [row for row in self.terms if row.due and (row.person_id, normal_post(row.post).name) not in opened]


def calendar(store: Store, month: str, on: date) -> MonthView:
    """One month («2026-11») with its days, cases and terms as they stand on the day ``on``."""
    return month_of(known_on(store, on), month)


def year_strip(store: Store, school_year: int, on: date) -> list[MonthLoad]:
    """Twelve months from September: cases planned for the month and terms that end in it without a case."""
    return _year(known_on(store, on), school_year)


def month_and_year(store: Store, month: str, on: date) -> tuple[MonthView, list[MonthLoad]]:
    """A month with the strip of its school year, read once."""
    known = known_on(store, on)
    return month_of(known, month), _year(known, school_year_of(date(int(month[:4]), int(month[5:7]), 1)))


def month_of(known: Known, month: str) -> MonthView:
    """One month («2026-11») out of what is known."""
    rows: list[MonthRow] = []
    events: list[_Event] = []
    for case in known.cases:
        mine = [event for event in _case_events(case, known) if event.day[:7] == month]
        if mine or case.plan_month == month:
            rows.append(_case_row(case, month))
            events += mine
    for due in known.dues():
        if due.due[:7] == month:
            rows.append(_due_row(due, known.basis))
            events.append(_Event(due.due, "ends", due.key, due.short))
    rows.sort(key=lambda row: (row.group != THIS_MONTH, row.sort_key, row.key))
    year, number = int(month[:4]), int(month[5:7])
    return MonthView(
        month, f"{MONTHS[number - 1].capitalize()} {year}", _weeks(year, number, events, known), tuple(rows)
    )


def _year(known: Known, school_year: int) -> list[MonthLoad]:
    categories: Counter[str] = Counter()
    szd: Counter[str] = Counter()
    for case in known.cases:
        (szd if case.szd else categories)[case.plan_month] += 1
    for due in known.dues():
        (szd if due.szd else categories)[due.due[:7]] += 1
    first = school_year_span(school_year)[0]
    months = [f"{first.year + (8 + n) // 12}-{(8 + n) % 12 + 1:02d}" for n in range(12)]
    return [
        MonthLoad(
            month,
            MONTHS_SHORT[int(month[5:]) - 1].capitalize(),
            categories[month],
            szd[month],
            month == known.basis.day[:7],
        )
        for month in months
    ]


def known_on(store: Store, on: date) -> Known:
    """All there is about attestation on a day."""
    basis = basis_of(store, on)
    with store.look() as connection:
        people, facts = load_people(connection, basis), load_categories(connection)
        days = working_days(connection, basis)
        cases = load_cases(connection, basis, days)
    terms = [row for bound in people.values() for row in due_rows(bound, facts.get(bound.id, ()), basis)]
    return Known(basis, days, cases, terms)


def _case_events(case: CaseRow, known: Known) -> Iterable[_Event]:
    """Days of a case: application, meeting, steps still ahead or passed, and the end of what is held."""
    if len(case.application_date) == 10:
        yield _Event(case.application_date, "application", case.id, case.short)
    if len(case.meeting_date) == 10:
        yield _Event(case.meeting_date, "meeting", case.id, case.short)
    if case.state is CaseState.DONE:
        return
    if len(case.current_until) == 10:
        yield _Event(case.current_until, "ends", case.id, case.short)
    anchor = anchor_of(case)
    told = {case.application_date, case.meeting_date}
    for step in steps_of(case, known.calendar, known.basis):
        if step.due != anchor and step.due.isoformat() not in told:
            yield _Event(step.due.isoformat(), "step", case.id, case.short)


def _case_row(case: CaseRow, month: str) -> MonthRow:
    planned = case.plan_month == month
    when = ""
    if case.szd and case.meeting_date:
        when = f", заседание {_near_day(case.meeting_date)}"
    elif case.application_date and not case.szd:
        when = f", заявление {_near_day(case.application_date)}"
    return MonthRow(
        key=case.id,
        case_id=case.id,
        person_id=case.person_id,
        person=case.person,
        short=case.short,
        sort_key=case.sort_key,
        organisation=case.organisation,
        post=case.post,
        what=f"{case.requested or 'не указано'}{when}",
        step=case.step.replace(show_date(case.step_due), _near_day(case.step_due)) if case.step_due else case.step,
        state=case.state,
        szd=case.szd,
        group=THIS_MONTH if planned else OTHER_STEPS,
    )


def _due_row(due: AttestationDueRow, basis: Basis) -> MonthRow:
    state = waiting(due.due, basis)
    return MonthRow(
        key=due.key,
        case_id="",
        person_id=due.person_id,
        person=due.person,
        short=due.short,
        sort_key=due.sort_key,
        organisation=due.organisation,
        post=due.post,
        what=f"{'СЗД' if due.szd else due.category.partition(',')[0] or 'категория'}, срок {_near_day(due.due)}",
        step="срок прошёл, дела нет" if state is CaseState.LATE else "дела нет",
        state=state,
        szd=due.szd,
        group=THIS_MONTH,
    )


def _near_day(iso: str) -> str:
    """A day without its year: the month it belongs to is on the screen."""
    return show_date(iso)[:5] if len(iso) == 10 else show_date(iso)


def _weeks(year: int, month: int, events: Iterable[_Event], known: Known) -> tuple[tuple[DayCell, ...], ...]:
    by_day: dict[str, dict[str, list[_Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        by_day[event.day][event.kind].append(event)
    return tuple(
        tuple(_cell(day, month, by_day.get(day.isoformat(), {}), known) for day in week)
        for week in _MONDAY_FIRST.monthdatescalendar(year, month)
    )


def _cell(day: date, month: int, events: dict[str, list[_Event]], known: Known) -> DayCell:
    chips = [_chip(kind, events[kind], day < known.basis.on) for kind in _KINDS if events.get(kind)]
    return DayCell(
        day=day.isoformat(),
        number=day.day,
        in_month=day.month == month,
        today=day == known.basis.on,
        working=known.calendar.is_working(day),
        chips=tuple(chips),
    )


def _chip(kind: str, events: Sequence[_Event], passed: bool) -> DayChip:
    keys = tuple(dict.fromkeys(event.key for event in events))
    title = events[0].short if len(keys) == 1 else f"{_KINDS[kind]}: {len(keys)}"
    return DayChip(kind, title, passed, keys)
