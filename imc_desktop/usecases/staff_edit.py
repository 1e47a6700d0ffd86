"""Changing people and what is known of them: every deed is one undo step with words of its own.

A row written by hand loses its paper, so that no import of an older paper reverts it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.learning import AttestationCase, CoursePlan, Training
from db.schema.people import Award, Category, Education, Employment, Experience, FormerName, Person
from db.schema.work import Membership
from db.store import Store
from imc_desktop.domain.errors import Problem, Severity, UserError
from imc_desktop.domain.names import initials, name_key, sex_of
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.words import fold, plural, repair, sort_key
from imc_desktop.exchange.cells.simple import parse_phone
from imc_desktop.usecases.field_words import FIELDS, TABLES
from imc_desktop.usecases.organisations_list import known_organisation, organisation_for
from imc_desktop.usecases.staff_input import (
    AwardInput,
    CategoryInput,
    EducationInput,
    ExperienceInput,
    FactInput,
    JobInput,
    PersonInput,
    TrainingInput,
    check_fact,
    check_person,
)
from imc_desktop.usecases.staff_values import full_name

_TABLE_OF: dict[type[FactInput], Any] = {
    JobInput: Employment,
    EducationInput: Education,
    ExperienceInput: Experience,
    CategoryInput: Category,
    TrainingInput: Training,
    AwardInput: Award,
}
_HANGING = (
    FormerName, Employment, Education, Experience, Category, Award, Training, CoursePlan, AttestationCase, Membership,
)  # fmt: skip
_FACTS: dict[str, Any] = {cls.__tablename__: cls for cls in (*_TABLE_OF.values(), FormerName, CoursePlan)}
_NAMED_FIELDS = 3


class RefusedError(UserError):
    """Input that cannot be saved; ``problems`` say which fields and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.text for problem in problems))
        self.problems = tuple(problems)


def person_problems(given: PersonInput, on: date) -> list[Problem]:
    """Everything the form should show at its fields."""
    found = check_person(given, on)
    try:
        parse_phone(given.phone)
    except ValueError:
        found.append(Problem("phone", "Это не похоже на номер телефона. Пример: +7 924 123-45-67."))
    return found


def fact_problems(store: Store, person_id: str, given: FactInput, on: date) -> list[Problem]:
    """Everything the form should show at its fields."""
    with store.read() as session:
        return check_fact(given, _living(session, Person, person_id).birth, on)


def add_person(store: Store, given: PersonInput, on: date, job: JobInput | None = None) -> str:
    """A new card, with her work when it is told; its id."""
    _refuse(person_problems(given, on) + (check_fact(job, given.birth, on) if job else []))
    short = initials(full_name(given.surname.strip(), given.name.strip(), given.patronymic.strip()))
    with store.change(f"Новая карточка: {short}") as session:
        person = Person(id=new_id(), **_person_values(given))
        session.add(person)
        session.flush()
        if job is not None:
            session.add(Employment(id=new_id(), person_id=person.id, **_values(_placed(session, job))))
        return person.id


def edit_person(store: Store, person_id: str, given: PersonInput, on: date) -> None:
    """Write a person's own fields anew. A changed surname stays as a former one unless it was a misprint."""
    _refuse(person_problems(given, on))
    values = _person_values(given)
    with store.read() as session:
        person = _living(session, Person, person_id)
        changed = _changed(person, values)
        old, who = person.surname, _short(person)
    if not changed:
        return
    with store.change(_label(who, changed)) as session:
        person = _living(session, Person, person_id)
        _write(person, values)
        if given.keep_former and fold(old) != fold(person.surname):
            _keep_former(session, person, old, on)


def add_fact(store: Store, person_id: str, given: FactInput, on: date) -> str:
    """A new fact of a person; its id."""
    _refuse(fact_problems(store, person_id, given, on))
    table = _TABLE_OF[type(given)]
    with store.read() as session:
        who = _short(_living(session, Person, person_id))
    with store.change(f"Добавлено: {who}, {TABLES[table.__tablename__]}") as session:
        row = table(id=new_id(), person_id=person_id, **_values(_placed(session, given)))
        session.add(row)
        session.flush()
        return str(row.id)


def edit_fact(store: Store, fact_id: str, given: FactInput, on: date) -> None:
    """Write a fact anew."""
    table = _TABLE_OF[type(given)]
    with store.read() as session:
        row = _living(session, table, fact_id)
        values = _values(_placed(session, given, new=False))
        person = _living(session, Person, row.person_id)
        problems = check_fact(given, person.birth, on)
        changed = _changed(row, values)
        label = _label(_short(person), changed, TABLES[table.__tablename__])
    _refuse(problems)
    if changed:
        with store.change(label) as session:
            _write(_living(session, table, fact_id), _values(_placed(session, given)))


def delete_fact(store: Store, table: str, fact_id: str) -> str:
    """Take a fact off the card (undo brings it back); the words of the step."""
    cls = _FACTS[table]
    with store.read() as session:
        row = _living(session, cls, fact_id)
        label = f"Удалено: {_short(_living(session, Person, row.person_id))}, {TABLES[table]}"
    with store.change(label) as session:
        _living(session, cls, fact_id).deleted_at = utc_now()
    return label


def delete_people(store: Store, person_ids: Sequence[str]) -> str:
    """Take cards away with everything that hangs on them (undo brings all back); the words of the step."""
    count = len(person_ids)
    with store.read() as session:
        first = _short(_living(session, Person, person_ids[0]))
    words = first if count == 1 else f"{count} {plural(count, 'карточка', 'карточки', 'карточек')}"
    label = f"Удалено: {words}"
    now = utc_now()
    with store.change(label) as session:
        for person_id in person_ids:
            _living(session, Person, person_id).deleted_at = now
        for table in _HANGING:
            rows: Any = session.scalars(
                select(table).where(table.person_id.in_(person_ids), table.deleted_at.is_(None))
            )
            for row in rows:
                row.deleted_at = now
    return label


# --- inside -----------------------------------------------------------------------------------------------------------


def _label(who: str, changed: Sequence[str], *what: str) -> str:
    """«Изменение: Иванова М. П., телефон»."""
    fields = [word for word in _fields_words(changed) if word not in what]
    return "Изменение: " + ", ".join([who, *what, *fields])


def _fields_words(fields: Sequence[str]) -> list[str]:
    words = [FIELDS[field] for field in fields if field in FIELDS]
    rest = len(words) - _NAMED_FIELDS
    return words if rest <= 0 else [*words[:_NAMED_FIELDS], f"ещё {rest}"]


def _living(session: Session, table: Any, row_id: str) -> Any:
    row = session.get(table, row_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этой карточки уже нет. Обновите список (F5).")
    return row


def _short(person: Person) -> str:
    return initials(full_name(person.surname, person.name, person.patronymic))


def _refuse(problems: Sequence[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise RefusedError(errors)


def _changed(row: Any, values: Mapping[str, Any]) -> list[str]:
    return [field for field, value in values.items() if getattr(row, field) != value]


def _write(row: Any, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        setattr(row, field, value)
    row.paper_id, row.place = None, ""


def _person_values(given: PersonInput) -> dict[str, str]:
    """Columns of a person's row, cleaned; the sex is told by the name where nobody says it."""
    told = dataclasses.asdict(given)
    del told["keep_former"]
    values = {field: repair(text) for field, text in told.items()}
    values["email"] = given.email.strip()
    values["phone"] = parse_phone(given.phone)
    name = PersonName(values["surname"], values["name"], values["patronymic"])
    values["sex"] = given.sex or sex_of(name)
    return values | {"name_key": name_key(name), "sort_key": sort_key(str(name))}


def _keep_former(session: Session, person: Person, old: str, on: date) -> None:
    known = list(
        session.scalars(select(FormerName).where(FormerName.person_id == person.id, FormerName.deleted_at.is_(None)))
    )
    for row in known:
        if fold(row.surname) == fold(person.surname):
            row.deleted_at = utc_now()
    if not any(fold(row.surname) == fold(old) for row in known):
        session.add(FormerName(id=new_id(), person_id=person.id, surname=old, until=on.isoformat()))


def _placed(session: Session, given: FactInput, *, new: bool = True) -> FactInput:
    """A job with the organisation its title means; an unknown one is made when ``new``."""
    if not isinstance(given, JobInput) or given.organisation_id:
        return given
    find = organisation_for if new else known_organisation
    return dataclasses.replace(given, organisation_id=find(session, repair(given.organisation)))


def _values(given: FactInput) -> dict[str, Any]:
    """Columns of a fact's row, cleaned."""
    values = {
        field.name: repair(value) if isinstance(value := getattr(given, field.name), str) else value
        for field in dataclasses.fields(given)
        if field.name != "organisation"
    }
    match given:
        case JobInput():
            values["rate"] = values["rate"].replace(",", ".")
            values["subjects"] = "; ".join(
                part.strip() for part in values["subjects"].replace(",", ";").split(";") if part.strip()
            )
        case TrainingInput():
            values["distance"] = int(given.distance)
            values["finished"] = _finished(given.starts, given.ends, given.document_date)
    return values


def _finished(starts: str, ends: str, document_date: str) -> str:
    best = ends or document_date or starts
    return document_date if document_date.startswith(best) else best
