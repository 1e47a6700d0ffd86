"""The card of a person and its parts, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from imc_desktop.usecases.imports.questions import OpenQuestion
from imc_desktop.usecases.staff_values import CategoryView, Span, full_name


@dataclass(frozen=True, slots=True)
class JobView:
    id: str
    organisation_id: str
    organisation: str
    post: str
    subjects: str
    kind: str
    rate: str
    personnel_number: str
    since: str
    until: str
    source: str


@dataclass(frozen=True, slots=True)
class EducationView:
    id: str
    level: str
    institution: str
    year: str
    speciality: str
    qualification: str
    source: str


@dataclass(frozen=True, slots=True)
class ExperienceView:
    """``years``, ``months``, ``as_of`` as written; ``now`` is computed for the card's day."""

    id: str
    kind: str
    title: str
    years: int
    months: int | None
    as_of: str
    now: Span
    source: str


@dataclass(frozen=True, slots=True)
class HeldCategory:
    """A category as written; ``view`` says its end by the rules and how it stands."""

    id: str
    category: str
    post: str
    decision_date: str
    valid_until: str
    act_number: str
    act_date: str
    issuer: str
    view: CategoryView
    source: str


@dataclass(frozen=True, slots=True)
class TrainingView:
    id: str
    title: str
    provider: str
    kind: str
    hours: int | None
    starts: str
    ends: str
    document_number: str
    registration_number: str
    document_date: str
    distance: bool
    finished: str
    source: str


@dataclass(frozen=True, slots=True)
class AwardView:
    id: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    id: str
    planned_year: str
    theme: str
    last_year: str


@dataclass(frozen=True, slots=True)
class CaseView:
    id: str
    month: str
    requested: str
    current: str
    current_until: str
    post: str
    subjects: str
    organisation: str
    application_date: str
    result: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class MemberView:
    id: str
    group_id: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A consultation (``kind`` consultation) or a visited lesson (lesson_visit)."""

    id: str
    kind: str
    day: str
    topic: str
    details: str
    methodist: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person on a day. Lists are ordered as they are read: newest first, the main thing first."""

    id: str
    surname: str
    name: str
    patronymic: str
    former_surnames: tuple[str, ...]
    birth: str
    sex: str
    phone: str
    email: str
    snils: str
    iin: str
    note: str
    deferred_until: str
    source: str
    jobs: tuple[JobView, ...]
    past_jobs: tuple[JobView, ...]
    educations: tuple[EducationView, ...]
    experience: tuple[ExperienceView, ...]
    category: CategoryView
    categories: tuple[HeldCategory, ...]
    trainings: tuple[TrainingView, ...]
    planned_courses: tuple[PlannedCourse, ...]
    awards: tuple[AwardView, ...]
    cases: tuple[CaseView, ...]
    groups: tuple[MemberView, ...]
    meetings: tuple[MeetingView, ...]
    questions: tuple[OpenQuestion, ...]

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic."""
        return full_name(self.surname, self.name, self.patronymic)
