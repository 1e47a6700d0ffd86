"""Everything known of one person, read at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.schema.learning import AttestationCase, CoursePlan, Training
from db.schema.people import (
    Award,
    Category,
    Education,
    Employment,
    Experience,
    FormerName,
    Person,
)
from db.schema.work import Consultation, LessonVisit, Membership, WorkGroup
from db.store import Store
from imc_desktop.domain.kinds import EmploymentKind, ExperienceKind
from imc_desktop.usecases.imports.questions import open_questions
from imc_desktop.usecases.office import office_rules_of
from imc_desktop.usecases.queries import organisation_names, plain
from imc_desktop.usecases.staff_card_views import (
    AwardView,
    CaseView,
    EducationView,
    ExperienceView,
    HeldCategory,
    JobView,
    MeetingView,
    MemberView,
    PersonCard,
    PlannedCourse,
    TrainingView,
)
from imc_desktop.usecases.staff_values import (
    EXPERIENCE_TITLES,
    Categories,
    education_rank,
    experience_on,
)


def person_card(store: Store, person_id: str, on: date) -> PersonCard | None:
    """The card of a person as of a day; None when there is none of this id."""
    categories = Categories(office_rules_of(store), on)
    with store.read() as session:
        person = session.get(Person, person_id)
        if person is None or person.deleted_at is not None:
            return None
        reader = _Reader(session, person_id)
        jobs = reader.jobs()
        now = tuple(job for job in jobs if not job.until or job.until >= on.isoformat()[: len(job.until)])
        held = reader.categories(categories)
        return PersonCard(
            id=person.id,
            surname=person.surname,
            name=person.name,
            patronymic=person.patronymic,
            former_surnames=tuple(row.surname for row in reader.rows(FormerName)),
            birth=person.birth,
            sex=person.sex,
            phone=person.phone,
            email=person.email,
            snils=person.snils,
            iin=person.iin,
            note=person.note,
            deferred_until=person.deferred_until,
            source=reader.source(person),
            jobs=now,
            past_jobs=tuple(job for job in jobs if job not in now),
            educations=reader.educations(),
            experience=reader.experience(on),
            category=categories.present([one.view for one in held]),
            categories=held,
            trainings=reader.trainings(),
            planned_courses=tuple(
                PlannedCourse(row.id, row.planned_year, row.theme, row.last_year) for row in reader.rows(CoursePlan)
            ),
            awards=tuple(AwardView(row.id, row.title, reader.source(row)) for row in reader.rows(Award)),
            cases=reader.cases(),
            groups=reader.groups(),
            meetings=reader.meetings(),
            questions=tuple(
                one
                for one in open_questions(store)
                if one.person_id == person_id or person_id in [candidate.id for candidate in one.candidates]
            ),
        )


_JOB_ORDER = {EmploymentKind.MAIN: 0, EmploymentKind.INTERNAL: 1, EmploymentKind.EXTERNAL: 2}


class _Reader:
    """Reads what hangs on one person within one session."""

    def __init__(self, session: Session, person_id: str) -> None:
        self._session = session
        self._person_id = person_id
        self._files = dict(plain(session).execute("SELECT id, file FROM paper"))
        self._organisations = organisation_names(plain(session))

    def rows(self, table: Any) -> list[Any]:
        """The person's living rows of a table, in the order in which they came."""
        query: Select[Any] = select(table).where(table.person_id == self._person_id, table.deleted_at.is_(None))
        return list(self._session.scalars(query.order_by(table.id)))

    def source(self, row: Any) -> str:
        """«01_reestr.xlsx, Реестр: 14», or "" for what was written by hand."""
        file = self._files.get(row.paper_id or "", "")
        return ", ".join(part for part in (file, row.place) if part) if file else ""

    def jobs(self) -> tuple[JobView, ...]:
        """All work, present and past, the main one first."""
        rows = sorted(self.rows(Employment), key=lambda row: _JOB_ORDER.get(row.kind, 3))
        return tuple(
            JobView(
                row.id, row.organisation_id, self._organisations.get(row.organisation_id, ""), row.post, row.subjects,
                row.kind, row.rate, row.personnel_number, row.since, row.until, self.source(row),
            )
            for row in rows
        )  # fmt: skip

    def educations(self) -> tuple[EducationView, ...]:
        """The highest first."""
        rows = sorted(self.rows(Education), key=lambda row: education_rank(row.level, row.year), reverse=True)
        return tuple(
            EducationView(
                row.id, row.level, row.institution, row.year, row.speciality, row.qualification, self.source(row)
            )
            for row in rows
        )

    def experience(self, on: date) -> tuple[ExperienceView, ...]:
        """Total, pedagogical, in the organisation, in the post."""
        order = list(ExperienceKind)
        return tuple(
            ExperienceView(
                row.id, row.kind, EXPERIENCE_TITLES[ExperienceKind(row.kind)], row.years, row.months, row.as_of,
                experience_on(row.years, row.months, row.as_of, on), self.source(row),
            )
            for row in sorted(self.rows(Experience), key=lambda row: order.index(ExperienceKind(row.kind)))
        )  # fmt: skip

    def categories(self, categories: Categories) -> tuple[HeldCategory, ...]:
        """The latest decision first."""
        rows = sorted(self.rows(Category), key=lambda row: row.decision_date or row.valid_until, reverse=True)
        return tuple(
            HeldCategory(
                row.id, row.category, row.post, row.decision_date, row.valid_until, row.act_number, row.act_date,
                row.issuer, categories.view(row.category, row.decision_date, row.valid_until), self.source(row),
            )
            for row in rows
        )  # fmt: skip

    def trainings(self) -> tuple[TrainingView, ...]:
        """The latest first."""
        return tuple(
            TrainingView(
                row.id, row.title, row.provider, row.kind, row.hours, row.starts, row.ends, row.document_number,
                row.registration_number, row.document_date, bool(row.distance), row.finished, self.source(row),
            )
            for row in sorted(self.rows(Training), key=lambda row: row.finished, reverse=True)
        )  # fmt: skip

    def cases(self) -> tuple[CaseView, ...]:
        """The latest month first."""
        return tuple(
            CaseView(
                row.id, row.month, row.requested, row.current, row.current_until, row.post, row.subjects,
                self._organisations.get(row.organisation_id or "", ""), row.application_date, row.result, row.note,
                self.source(row),
            )
            for row in sorted(self.rows(AttestationCase), key=lambda row: row.month, reverse=True)
        )  # fmt: skip

    def groups(self) -> tuple[MemberView, ...]:
        """Methodical associations."""
        titles = {row.id: row.title for row in self._session.scalars(select(WorkGroup))}
        return tuple(
            MemberView(row.id, row.group_id, titles.get(row.group_id, ""), row.role) for row in self.rows(Membership)
        )

    def meetings(self) -> tuple[MeetingView, ...]:
        """Consultations and visited lessons, the latest first."""
        found = [
            MeetingView(row.id, "consultation", row.day, row.topic, row.form, row.methodist)
            for row in self.rows(Consultation)
        ] + [
            MeetingView(row.id, "lesson_visit", row.day, row.topic, _lesson(row), row.visitor)
            for row in self.rows(LessonVisit)
        ]
        return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def _lesson(row: LessonVisit) -> str:
    return ", ".join(part for part in (row.subject, row.klass, row.purpose, row.analysis) if part)
