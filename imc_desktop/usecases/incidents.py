"""A lost stick: entered in two minutes; what was on it is told from the logs, and by what hour whom to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.changelog import Replica
from db.schema.office import CalendarDay, Office
from db.schema.security import Carrier, Incident
from db.store import Store
from imc_desktop import paths
from imc_desktop.documents.content import from_json, to_json
from imc_desktop.domain.errors import Problem, UserError
from imc_desktop.domain.incidents import (
    FIRST,
    NOT_CHECKED,
    RESULTS,
    Exposure,
    NoticeRule,
    advice,
    deadline,
    left_words,
    moment_words,
    notice_rules,
)
from imc_desktop.domain.workdays import Calendar
from imc_desktop.usecases.carriers import row_of, set_lost
from imc_desktop.usecases.copy_register import active_key
from imc_desktop.usecases.exposure import what_was_on

_FORM = "%Y-%m-%dT%H:%M"
UNLISTED = "носитель не из журнала"


@dataclass(frozen=True, slots=True)
class IncidentInput:
    """What a person enters; ``noticed`` is a local «2026-11-20T14:05», ``happened`` an ISO day or "".

    Without ``carrier_id`` the medium is told by hand: ``label`` and ``serial`` as far as they are known.
    """

    noticed: str
    carrier_id: str = ""
    label: str = ""
    serial: str = ""
    happened: str = ""
    circumstances: str = ""
    measures: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A notice and how much time is left; ``due`` is ISO or "", ``sent`` the local moment it was sent or ""."""

    rule: NoticeRule
    due: str
    sent: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident on a moment."""

    id: str
    given: IncidentInput
    exposure: Exposure
    findings: str
    closed: str
    deadlines: tuple[Deadline, ...]
    advice: tuple[str, ...]
    change_key: bool = False  # the key of a lost copy is still the one in force

    @property
    def title(self) -> str:
        """«Утерян носитель: № 3, флешка KINGSTON»."""
        return f"Утерян носитель: {self.exposure.carrier}"

    @property
    def next_deadline(self) -> Deadline | None:
        """The notice that is still to be sent, the more urgent first."""
        open_ones = [one for one in self.deadlines if not one.sent]
        return min(open_ones, key=lambda one: one.due or "9", default=None)


class _Seen(NamedTuple):
    """What advice depends on besides the incident itself."""

    key: str
    other_computers: bool


def incidents(store: Store, now: datetime) -> list[IncidentRow]:
    """All incidents, open ones first, then the latest; ``now`` is local."""
    rules, calendar = notices_of(store), _calendar(store)
    seen = _Seen(active_key(store), _other_computers(store))
    with store.read() as session:
        rows = session.scalars(select(Incident).where(Incident.deleted_at.is_(None))).all()
    views = [_view(row, rules, calendar, seen, now) for row in rows]
    latest = sorted(views, key=lambda view: (view.given.noticed, view.id), reverse=True)
    return sorted(latest, key=lambda view: bool(view.closed))


def open_incidents(store: Store, now: datetime) -> list[IncidentRow]:
    """Those that are not closed yet."""
    with store.look() as connection:
        if not connection.execute("SELECT 1 FROM incident WHERE deleted_at IS NULL AND closed = ''").fetchone():
            return []
    return [row for row in incidents(store, now) if not row.closed]


def incident(store: Store, incident_id: str, now: datetime) -> IncidentRow:
    """One incident; without an id the open one that is most urgent. UserError when there is none."""
    rows = incidents(store, now)
    found = next((row for row in rows if row.id == incident_id or not incident_id), None)
    if found is None:
        raise UserError("Происшествий в журнале нет. Запишите его: «Носители и копии», «Происшествия».")
    return found


def notices_of(store: Store) -> Mapping[str, NoticeRule]:
    """The notices the law of the office's country asks for."""
    return _rules(_country(store))


def expose(store: Store, given: IncidentInput) -> Exposure:
    """What was on the medium, before anything is written."""
    label, serial, name = given.label, given.serial, f"{UNLISTED} {given.label}"
    if given.carrier_id:
        with store.read() as session:
            row = row_of(_carrier(session, given.carrier_id))
        label, serial, name = row.label, row.serial, row.name
    named = f"{name} ({serial})" if serial else name
    return what_was_on(store, named.strip(), label, serial)


def advice_on(store: Store, exposure: Exposure) -> tuple[str, ...]:
    """What to do about an exposure now."""
    return advice(exposure, active_key(store), other_computers=_other_computers(store))


def check_incident(given: IncidentInput, now: datetime) -> list[Problem]:
    """What stands against an entry."""
    found = []
    if datetime.fromisoformat(given.noticed) > now:
        found.append(Problem("noticed", "Час, когда заметили, ещё не наступил."))
    if given.happened and given.happened > given.noticed[:10]:
        found.append(Problem("happened", "Случилось позже, чем заметили: проверьте даты."))
    return found


def add_incident(store: Store, given: IncidentInput, now: datetime) -> str:
    """Enter a loss: the medium of the register becomes lost, what was on it is kept. One undoable step; the id."""
    _refuse(check_incident(given, now))
    exposure = expose(store, given)
    with store.change(f"Происшествие: утерян носитель {exposure.carrier}") as session:
        row = Incident(id=new_id())
        _fill(row, given, exposure)
        session.add(row)
        if given.carrier_id:
            set_lost(session, given.carrier_id, given.happened or given.noticed[:10])
        return row.id


def edit_incident(store: Store, incident_id: str, given: IncidentInput, now: datetime) -> None:
    """Correct an entry; what was on the medium is counted anew. One undoable step."""
    _refuse(check_incident(given, now))
    exposure = expose(store, given)
    with store.change("Происшествие: запись изменена") as session:
        row = _open(session, incident_id)
        if given.carrier_id and given.carrier_id != row.carrier_id:
            set_lost(session, given.carrier_id, given.happened or given.noticed[:10])
        _fill(row, given, exposure)


def mark_sent(store: Store, incident_id: str, key: str, moment: str) -> None:
    """A notice was sent at a local «2026-11-20T15:00». One undoable step."""
    with store.change("Происшествие: уведомление отправлено") as session:
        row = _open(session, incident_id)
        if moment < row.noticed:
            raise UserError("Уведомление не могло уйти раньше, чем заметили пропажу.")
        if key == FIRST:
            row.notified_24 = moment
        else:
            row.notified_72 = moment


def set_findings(store: Store, incident_id: str, findings: str, measures: str) -> None:
    """What the internal investigation found and what was done. One undoable step."""
    with store.change("Происшествие: записаны выводы") as session:
        row = _open(session, incident_id)
        row.findings, row.measures = findings.strip(), measures.strip()


def close_incident(store: Store, incident_id: str, today: date) -> None:
    """Nothing is left to do: findings written, notices sent. One undoable step."""
    with store.change("Происшествие закрыто") as session:
        row = _open(session, incident_id)
        if not row.findings:
            raise UserError("Сначала запишите выводы расследования: без них дело не закрывают.")
        if not row.notified_24:
            raise UserError("Сначала отметьте, когда отправлено первое уведомление.")
        row.closed = today.isoformat()


def delete_incident(store: Store, incident_id: str) -> None:
    """An entry made by mistake. One undoable step; the medium stays as it is in the register."""
    with store.change("Происшествие: запись удалена") as session:
        _open(session, incident_id).deleted_at = utc_now()


def _view(
    row: Incident, rules: Mapping[str, NoticeRule], calendar: Calendar, seen: _Seen, now: datetime
) -> IncidentRow:
    exposure = from_json(Exposure, row.holds)
    given = IncidentInput(
        row.noticed,
        row.carrier_id or "",
        exposure.label,
        exposure.serial,
        row.happened,
        row.circumstances,
        row.measures,
    )
    sent = {FIRST: row.notified_24, RESULTS: row.notified_72}
    deadlines = tuple(_deadline(rule, row, sent[name], calendar, now) for name, rule in rules.items())
    told = () if row.closed else advice(exposure, seen.key, other_computers=seen.other_computers)
    change_key = not row.closed and bool(seen.key) and seen.key in exposure.keys
    return IncidentRow(row.id, given, exposure, row.findings, row.closed, deadlines, told, change_key)


def _deadline(rule: NoticeRule, row: Incident, sent: str, calendar: Calendar, now: datetime) -> Deadline:
    due = deadline(rule, datetime.fromisoformat(row.noticed), calendar)
    iso = due.strftime(_FORM) if due else ""
    if sent:
        late = bool(iso) and sent > iso
        words = f"отправлено {moment_words(sent)}{', позже срока' if late else ''}"
        return Deadline(rule, iso, sent, words, "soon" if late else "ok")
    if due is None:
        return Deadline(rule, "", "", f"срок в источниках не назван ({NOT_CHECKED})", "secondary")
    return Deadline(rule, iso, "", left_words(due, now), "bad" if now > due else "soon")


def _fill(row: Incident, given: IncidentInput, exposure: Exposure) -> None:
    row.carrier_id = given.carrier_id or None
    row.noticed, row.happened = given.noticed, given.happened
    row.circumstances, row.measures = given.circumstances.strip(), given.measures.strip() or row.measures or ""
    row.holds, row.encrypted = to_json(exposure), int(exposure.encrypted)


def _open(session: Session, incident_id: str) -> Incident:
    row = session.get(Incident, incident_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этой записи о происшествии уже нет.")
    if row.closed:
        raise UserError("Происшествие закрыто. Отмените закрытие, если нужно исправить запись.")
    return row


def _carrier(session: Session, carrier_id: str) -> Carrier:
    row = session.get(Carrier, carrier_id)
    if row is None:
        raise UserError("Этого носителя в журнале уже нет.")
    return row


def _country(store: Store) -> str:
    with store.read() as session:
        return session.scalars(select(Office.country).where(Office.deleted_at.is_(None))).first() or "ru"


def _other_computers(store: Store) -> bool:
    """Whether copies of the same data write under names of their own."""
    with store.read() as session:
        return len(session.scalars(select(Replica.install_id).where(Replica.install_id != "").distinct()).all()) > 1


def _calendar(store: Store) -> Calendar:
    with store.read() as session:
        rows = session.scalars(select(CalendarDay).where(CalendarDay.deleted_at.is_(None))).all()
    return Calendar(_country(store).upper(), {row.day: row.kind for row in rows})


@lru_cache(maxsize=2)
def _rules(country: str) -> Mapping[str, NoticeRule]:
    return notice_rules((paths.resources() / "notices" / f"{country.lower()}.toml").read_text(encoding="utf-8"))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise UserError(" ".join(problem.text for problem in problems))
