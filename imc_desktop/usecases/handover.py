"""Everything a leaving methodist answers for, gathered from the data: by a user's account or by the name as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.schema.changelog import CopyLog, Txn
from db.schema.office import Question
from db.schema.security import AppUser, KeySlot
from db.schema.work import Consultation, LessonVisit, Plan, PlanItem
from db.store import Store
from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.names import compatible, parse_name, parse_names_in
from imc_desktop.domain.rights import ROLE_TITLES, Role
from imc_desktop.domain.words import MONTHS, fold
from imc_desktop.usecases import plan
from imc_desktop.usecases.attestation_cases import CaseState, cases
from imc_desktop.usecases.carriers import CarrierRow, carriers
from imc_desktop.usecases.plan_views import NOBODY, ItemView, responsible_people
from imc_desktop.usecases.work import groups

_PLAN_KINDS = {"annual": "годовой план", "cyclogram": "циклограмма", "month": "план месяца"}


@dataclass(frozen=True, slots=True)
class Task:
    """An item of a plan without its mark, or past and future times of it."""

    key: str
    number: str
    title: str
    term: str
    where: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account; ``ended`` is an ISO day or "", ``slots`` how many keys their password opens."""

    name: str
    role: str
    ended: str
    slots: int


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over; ``cases`` counts open cases of attestation by month, of the whole office (no owner)."""

    who: str
    on: date
    tasks: tuple[Task, ...]
    done: int
    groups: tuple[str, ...]
    drafts: tuple[str, ...]
    questions: int
    cases: tuple[tuple[str, int], ...]
    carriers: tuple[CarrierRow, ...]
    copies: int
    last_copy: str
    consultations: int
    visits: int
    changes: int
    account: Account | None


def known_names(store: Store) -> list[str]:
    """Who could hand over or take over: users, those who answer for plan items, holders of media."""
    with store.read() as session:
        users = session.scalars(select(AppUser.name).where(AppUser.deleted_at.is_(None))).all()
        written = session.scalars(
            select(PlanItem.responsible).where(PlanItem.deleted_at.is_(None), PlanItem.responsible != "").distinct()
        ).all()
    named = [one for text in written for one in responsible_people(text) if one != NOBODY and parse_name(one)]
    holders = [row.holder for row in carriers(store) if row.holder]
    return sorted(dict.fromkeys([*users, *named, *holders]), key=fold)


def gather(store: Store, who: str, on: date) -> Handover:
    """All that is found for a name on a day; nothing is changed."""
    names = _Names(who)
    year = school_year_of(on)
    items = list(_items(store, year, on, names))
    open_items = [(where, item) for where, item in items if item.next_open(on) is not None or not item.occurrences]
    with store.read() as session:
        user = next((one for one in _users(session) if names.fits(one.name)), None)
        copies = [row for row in session.scalars(select(CopyLog)) if names.fits(row.author)]
        return Handover(
            who=who,
            on=on,
            tasks=tuple([_task(where, item) for where, item in open_items]),
            done=len(items) - len(open_items),
            groups=tuple([group.title for group in groups(store, on) if names.fits(group.head)]),
            drafts=tuple(_drafts(session)),
            questions=_count(session, select(func.count()).select_from(Question).where(
                Question.deleted_at.is_(None), Question.answer == "")),
            cases=_case_months(store, on),
            carriers=tuple([row for row in carriers(store) if row.given and names.fits(row.holder)]),
            copies=len(copies),
            last_copy=max((row.made_utc for row in copies), default="")[:10],
            consultations=_how_many(session, Consultation.methodist, names, Consultation.deleted_at.is_(None)),
            visits=_how_many(session, LessonVisit.visitor, names, LessonVisit.deleted_at.is_(None)),
            changes=_how_many(session, Txn.author, names),
            account=_account(session, user),
        )  # fmt: skip


class _Names:
    """Whether a text names the person: «Снежинская В. И.» in a cell that names several."""

    def __init__(self, who: str) -> None:
        self._plain = fold(who)
        self._person = parse_name(who)

    def fits(self, text: str) -> bool:
        """True when the text is the name itself or names this person among others."""
        if not text:
            return False
        if fold(text) == self._plain:
            return True
        person = self._person
        return person is not None and any(compatible(person, one) for one in parse_names_in(text))


def _items(store: Store, year: int, on: date, names: _Names) -> Iterable[tuple[str, ItemView]]:
    """Items of the plans of the school year and of the months still to come; the month's own plan goes first."""
    months = [view for view in plan.plan_years(store) if view.year == year]
    views = [plan.plan_rows(store, year, on), plan.cyclogram(store, year, on)]
    views += [plan.month(store, period, on) for one in months for period in one.months if period >= f"{on:%Y-%m}"]
    for view in views:
        if view is not None:
            month = f" ({MONTHS[int(view.period[5:]) - 1]})" if view.period else ""
            for item in view.items:
                if names.fits(item.responsible):
                    yield _PLAN_KINDS[view.kind] + month, item


def _task(where: str, item: ItemView) -> Task:
    return Task(item.id, item.number, item.title, item.term_short or item.term, where)


def _drafts(session: Session) -> Iterable[str]:
    rows = session.scalars(
        select(Plan).where(Plan.deleted_at.is_(None), Plan.state == "draft").order_by(Plan.year, Plan.kind, Plan.period)
    )
    for row in rows:
        when = f"{MONTHS[int(row.period[5:]) - 1]} {row.period[:4]} г." if row.period else f"{row.year}/{row.year + 1}"
        yield f"{_PLAN_KINDS.get(row.kind, row.kind)} на {when}"


def _case_months(store: Store, on: date) -> tuple[tuple[str, int], ...]:
    months = Counter(row.plan_month for row in cases(store, on) if row.state in (CaseState.ACTIVE, CaseState.LATE))
    return tuple(sorted(months.items(), key=lambda one: one[0] or "9"))


def _users(session: Session) -> Iterable[AppUser]:
    return session.scalars(select(AppUser).where(AppUser.deleted_at.is_(None)).order_by(AppUser.id)).all()


def _account(session: Session, user: AppUser | None) -> Account | None:
    if user is None:
        return None
    slots = _count(session, select(func.count()).select_from(KeySlot).where(
        KeySlot.deleted_at.is_(None), KeySlot.user_id == user.id))  # fmt: skip
    return Account(user.name, ROLE_TITLES.get(Role(user.role), user.role), user.until, slots)


def _how_many(
    session: Session, column: InstrumentedAttribute[str], names: _Names, *conditions: ColumnElement[bool]
) -> int:
    """In how many rows the person is named."""
    rows = session.execute(select(column, func.count()).where(*conditions).group_by(column))
    return sum(count for text, count in rows if names.fits(text))


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0
