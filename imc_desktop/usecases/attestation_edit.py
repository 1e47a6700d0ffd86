"""Opening, writing and closing cases of attestation: every deed is one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.learning import AttestationCase
from db.schema.people import Category, Employment, Organisation
from db.store import Store
from imc_desktop.domain.category_end import valid_until_for
from imc_desktop.domain.dates import to_date
from imc_desktop.domain.errors import Problem, Severity, UserError
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.course_edit import name_of
from imc_desktop.usecases.rule_facts import Basis, basis_of, category_name

REFUSED, NOT_FIT, FIT = "отказано", "не соответствует", "соответствует"


@dataclass(frozen=True, slots=True)
class CaseInput:
    """What a person writes about a case; ``month`` is «2026-10», "" while nobody knows."""

    person_id: str
    requested: str
    post: str = ""
    subjects: str = ""
    organisation_id: str = ""
    current: str = ""
    current_until: str = ""
    month: str = ""
    application_date: str = ""
    meeting_date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResultInput:
    """How a case ended. ``granted`` is what was asked for or REFUSED (категория), FIT or NOT_FIT (СЗД)."""

    granted: str
    decision_date: str
    act_number: str = ""
    act_date: str = ""
    issuer: str = ""


def categories_of(store: Store, on: date) -> list[str]:
    """What can be asked for in the office's country: everything its rules have steps or a validity for."""
    rules = basis_of(store, on).rules
    known = {name for step in rules.steps for name in step.kinds}
    known |= {name for rule in rules.validity if rule.source.in_force(on.isoformat()) for name in rule.categories}
    return [name.value for name in CategoryName if name in known]


def case_problems(store: Store, given: CaseInput, on: date, case_id: str = "") -> list[Problem]:
    """What stands against a case (errors) and what is worth a second look (warnings), tied to its fields."""
    found = []
    if not given.person_id:
        found.append(Problem("person_id", "Выберите работника из списка."))
    if category_name(given.requested) is None:
        found.append(Problem("requested", "Выберите, на что аттестуется работник."))
    for field, day in (("application_date", given.application_date), ("meeting_date", given.meeting_date)):
        if day and len(day) != len("2026-11-20"):
            found.append(Problem(field, "Нужен день: от него считаются шаги."))
    if found:
        return found
    if given.requested == CategoryName.SZD.value and given.meeting_date:
        found += _notice(basis_of(store, on), given.meeting_date)
    if _open_case(store, given, case_id):
        text = "У работника уже есть открытое дело на эту категорию."
        found.append(Problem("requested", text, Severity.WARNING))
    return found


def add_case(store: Store, given: CaseInput, on: date) -> str:
    """Open a case; its id. Post and organisation not told are those of the main place of work."""
    _refuse(case_problems(store, given, on))
    with store.change(f"Новое дело: {name_of(store, given.person_id)}, {given.requested}") as session:
        row = AttestationCase(id=new_id(), person_id=given.person_id)
        _write(session, row, given)
        session.add(row)
        return row.id


def edit_case(store: Store, case_id: str, given: CaseInput, on: date) -> None:
    """Write a case anew; its result stays."""
    _refuse(case_problems(store, given, on, case_id))
    with store.change(f"Изменение дела: {name_of(store, given.person_id)}") as session:
        row = _case(session, case_id)
        row.person_id = given.person_id
        _write(session, row, given)


def delete_cases(store: Store, ids: Sequence[str]) -> None:
    """Take cases away as one step; categories already recorded stay."""
    with store.read() as session:
        owners = {_case(session, one).person_id for one in ids}
    whose = f", {name_of(store, next(iter(owners)))}" if len(owners) == 1 else ""
    count = f"{len(ids)} {plural(len(ids), 'дело', 'дела', 'дел')}"
    with store.change(f"Удалено: {count}{whose}") as session:
        for one in ids:
            _case(session, one).deleted_at = utc_now()


def case_input(store: Store, case_id: str) -> CaseInput:
    """A case as the form shows it."""
    with store.read() as session:
        row = _case(session, case_id)
        return CaseInput(
            person_id=row.person_id,
            requested=row.requested,
            post=row.post,
            subjects=row.subjects,
            organisation_id=row.organisation_id or "",
            current=row.current,
            current_until=row.current_until,
            month=row.month,
            application_date=row.application_date,
            meeting_date=row.meeting_date,
            note=row.note,
        )


def result_problems(given: ResultInput, on: date) -> list[Problem]:
    """What stands against a result, tied to its fields."""
    if not given.decision_date:
        return [Problem("decision_date", "Укажите день решения: от него считается срок.")]
    if given.decision_date > on.isoformat():
        return [Problem("decision_date", "Этот день ещё не наступил. Проверьте год.", Severity.WARNING)]
    return []


def record_result(store: Store, case_id: str, given: ResultInput, on: date) -> None:
    """Close a case; what was granted becomes a category with the end the rules give (one undo step)."""
    _refuse(result_problems(given, on))
    basis = basis_of(store, on)
    with store.read() as session:
        person_id = _case(session, case_id).person_id
    with store.change(f"Итог аттестации: {name_of(store, person_id)}, {given.granted}") as session:
        row = _case(session, case_id)
        if row.result:
            raise UserError("Итог этого дела уже записан. Чтобы изменить его, отмените прежнюю запись.")
        row.result = f"{given.granted}, {show_date(given.decision_date)}"
        name = category_name(CategoryName.SZD.value if given.granted == FIT else given.granted)
        if name is not None:
            session.add(_granted(row, name, given, basis))


def _granted(row: AttestationCase, name: CategoryName, given: ResultInput, basis: Basis) -> Category:
    return Category(
        id=new_id(),
        person_id=row.person_id,
        category=name.value,
        post=row.post,
        decision_date=given.decision_date,
        valid_until=valid_until_for(name, given.decision_date, basis.rules),
        act_number=given.act_number.strip(),
        act_date=given.act_date,
        issuer=given.issuer.strip(),
    )


def _notice(basis: Basis, meeting: str) -> list[Problem]:
    """A meeting nobody can be told of in time (the steps before it lie in the past) is warned about."""
    notice = [rule for rule in basis.rules.at(basis.on).steps if rule.id == "szd.presentation"]
    if not notice or (to_date(meeting) - basis.on).days >= -notice[0].offset or meeting < basis.day:
        return []
    days = -notice[0].offset
    words = f"До заседания меньше {days} {plural(days, 'дня', 'дней', 'дней')}: ознакомить под подпись уже поздно"
    return [Problem("meeting_date", f"{words} ({notice[0].source.cite()}).", Severity.WARNING)]


def _open_case(store: Store, given: CaseInput, case_id: str) -> bool:
    query = select(AttestationCase.id).where(
        AttestationCase.person_id == given.person_id,
        AttestationCase.requested == given.requested,
        AttestationCase.result == "",
        AttestationCase.id != case_id,
        AttestationCase.deleted_at.is_(None),
    )
    if given.post:
        query = query.where(AttestationCase.post == given.post)
    with store.read() as session:
        return session.scalars(query).first() is not None


def _write(session: Session, row: AttestationCase, given: CaseInput) -> None:
    work = _main_work(session, given.person_id)
    row.requested = given.requested
    row.post = given.post.strip() or (work.post if work else "")
    row.subjects = given.subjects.strip() or (work.subjects if work else "")
    row.organisation_id = given.organisation_id or (work.organisation_id if work else None)
    row.current, row.current_until = given.current, given.current_until
    row.month = given.month or given.meeting_date[:7] or given.application_date[:7]
    row.application_date, row.meeting_date = given.application_date, given.meeting_date
    row.note = given.note.strip()
    row.paper_id, row.place = None, ""


def _main_work(session: Session, person_id: str) -> Employment | None:
    """The first place of work that has not ended, the main one before others."""
    rows = session.scalars(
        select(Employment)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.person_id == person_id, Employment.deleted_at.is_(None), Employment.until == "")
        .order_by(Employment.kind != "основной", Employment.id)
    )
    return rows.first()


def _case(session: Session, case_id: str) -> AttestationCase:
    row = session.get(AttestationCase, case_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этого дела в учёте уже нет.")
    return row


def _refuse(problems: Sequence[Problem]) -> None:
    errors = [problem.text for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise UserError(" ".join(errors))
