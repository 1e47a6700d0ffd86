"""People, trainings, categories and cases as the command line shows them (decisions 21). Unknown text is null."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.schema.learning import AttestationCase, Training
from db.schema.people import Award, Category, Education, Employment, Experience, FormerName, Organisation, Person
from db.store import Store
from imc_desktop.domain.kinds import CategoryName, EmploymentKind
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.queries import organisation_names, plain
from imc_desktop.usecases.staff_values import Categories, education_rank, experience_on, full_name, subjects_of

_JOB_ORDER = {EmploymentKind.MAIN: 0, EmploymentKind.INTERNAL: 1, EmploymentKind.EXTERNAL: 2}
_NO_CATEGORY = {
    "category": str(CategoryName.NONE),
    "post": None,
    "decision_date": None,
    "valid_until": None,
    "act_number": None,
    "act_date": None,
    "status": "none",
}


def people_as_json(store: Store, on: date) -> list[dict[str, Any]]:
    """The shape of ``list people --json``; experience and present work as of the day."""
    rules = Categories(office_rules_of(store), on)
    with store.read() as session:
        told = _Told(session, on, rules)
        persons = session.scalars(
            select(Person).where(Person.deleted_at.is_(None)).order_by(Person.sort_key, Person.id)
        ).all()
        return [told.person(person) for person in persons]


def training_as_json(store: Store) -> list[dict[str, Any]]:
    """The shape of ``list training --json``: by person, the earliest first."""
    with store.read() as session:
        rows = session.execute(
            select(Training, Person.surname, Person.name, Person.patronymic)
            .join(Person, Person.id == Training.person_id)
            .where(Training.deleted_at.is_(None), Person.deleted_at.is_(None))
            .order_by(Person.sort_key, Person.id, Training.finished, Training.id)
        ).all()
        return [
            {
                "id": row.id,
                "person_id": row.person_id,
                "person": full_name(surname, name, patronymic),
                "title": row.title,
                "provider": row.provider or None,
                "kind": row.kind,
                "hours": row.hours,
                "start": row.starts or None,
                "end": row.ends or None,
                "document_number": row.document_number or None,
                "document_date": row.document_date or None,
                "registration_number": row.registration_number or None,
                "distance": bool(row.distance),
                "finished": row.finished or None,
            }
            for row, surname, name, patronymic in rows
        ]


def categories_as_json(store: Store, on: date) -> list[dict[str, Any]]:
    """The shape of ``list categories --json``: every category and СЗД, by person, the latest first."""
    return [
        {"person_id": person["id"], "person": person["person"], **category}
        for person in people_as_json(store, on)
        for category in person["categories"]
        if category["category"] != CategoryName.NONE
    ]


def cases_as_json(store: Store) -> list[dict[str, Any]]:
    """The shape of ``list cases --json``: by month, then by the alphabet."""
    with store.read() as session:
        rows = session.execute(
            select(AttestationCase, Person.surname, Person.name, Person.patronymic, Organisation.short_name)
            .join(Person, Person.id == AttestationCase.person_id)
            .outerjoin(Organisation, Organisation.id == AttestationCase.organisation_id)
            .where(AttestationCase.deleted_at.is_(None), Person.deleted_at.is_(None))
            .order_by(AttestationCase.month, Person.sort_key, AttestationCase.id)
        ).all()
        return [
            {
                "id": row.id,
                "person_id": row.person_id,
                "person": full_name(surname, name, patronymic),
                "organisation_id": row.organisation_id,
                "organisation": organisation,
                "post": row.post or None,
                "subjects": list(subjects_of(row.subjects)),
                "requested": row.requested or None,
                "month": row.month or None,
                "current": row.current or None,
                "current_until": row.current_until or None,
                "application_date": row.application_date or None,
                "meeting_date": row.meeting_date or None,
                "result": row.result or None,
                "note": row.note or None,
            }
            for row, surname, name, patronymic, organisation in rows
        ]


def _by_person(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


class _Told:
    """All facts of all people, read once."""

    def __init__(self, session: Session, on: date, categories: Categories) -> None:
        def living(table: Any) -> dict[str, list[Any]]:
            return _by_person(session.scalars(select(table).where(table.deleted_at.is_(None)).order_by(table.id)))

        self._on = on
        self._categories = categories
        self._former = living(FormerName)
        self._jobs = living(Employment)
        self._educations = living(Education)
        self._experience = living(Experience)
        self._held = living(Category)
        self._awards = living(Award)
        trained: Iterable[Row[tuple[str]]] = session.execute(
            select(Training.person_id).where(Training.deleted_at.is_(None))
        )
        self._trainings = _by_person(trained)
        self._organisations = organisation_names(plain(session))

    def person(self, person: Person) -> dict[str, Any]:
        """One person."""
        educations = self._education(person.id)
        return {
            "id": person.id,
            "person": full_name(person.surname, person.name, person.patronymic),
            "surname": person.surname,
            "name": person.name or None,
            "patronymic": person.patronymic or None,
            "former_surnames": [row.surname for row in self._former.get(person.id, ())],
            "birth": person.birth or None,
            "sex": person.sex or None,
            "education": educations[0] if educations else None,
            "educations": educations,
            "experience": self._experiences(person.id),
            "employments": self._employments(person.id),
            "categories": self._category(person.id),
            "training_count": len(self._trainings.get(person.id, ())),
            "awards": [row.title for row in self._awards.get(person.id, ())],
            "phone": person.phone or None,
            "email": person.email or None,
            "snils": person.snils or None,
            "iin": person.iin or None,
            "deferred_until": person.deferred_until or None,
        }

    def _education(self, person_id: str) -> list[dict[str, Any]]:
        rows = sorted(
            self._educations.get(person_id, ()), key=lambda row: education_rank(row.level, row.year), reverse=True
        )
        return [
            {
                "level": row.level or None,
                "institution": row.institution or None,
                "year": row.year or None,
                "speciality": row.speciality or None,
                "qualification": row.qualification or None,
            }
            for row in rows
        ]

    def _experiences(self, person_id: str) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for row in self._experience.get(person_id, ()):
            span = experience_on(row.years, row.months, row.as_of, self._on)
            told[row.kind] = {"years": span.years, "months": span.months}
        return told

    def _employments(self, person_id: str) -> list[dict[str, Any]]:
        day = self._on.isoformat()
        rows = [row for row in self._jobs.get(person_id, ()) if not row.until or row.until >= day]
        rows.sort(key=lambda row: _JOB_ORDER.get(row.kind, 3))
        return [
            {
                "organisation_id": row.organisation_id,
                "organisation": self._organisations.get(row.organisation_id),
                "post": row.post or None,
                "subjects": list(subjects_of(row.subjects)),
                "main": row.kind == EmploymentKind.MAIN,
                "rate": float(row.rate) if row.rate else None,
                "kind": row.kind,
                "since": row.since or None,
                "until": row.until or None,
                "personnel_number": row.personnel_number or None,
            }
            for row in rows
        ]

    def _category(self, person_id: str) -> list[dict[str, Any]]:
        rows = sorted(self._held.get(person_id, ()), key=lambda row: row.decision_date or row.valid_until, reverse=True)
        told = []
        for row in rows:
            view = self._categories.view(row.category, row.decision_date, row.valid_until)
            told.append(
                {
                    "id": row.id,
                    "category": row.category,
                    "post": row.post or None,
                    "decision_date": row.decision_date or None,
                    "valid_until": view.until or None,
                    "act_number": row.act_number or None,
                    "act_date": row.act_date or None,
                    "issuer": row.issuer or None,
                    "status": str(view.standing),
                }
            )
        return told or [dict(_NO_CATEGORY)]
