"""What a paper says, after reading and cleaning, before anybody asks who these people are.

Dates are ISO text of the precision the paper has: ``"1965"``, ``"2026-10"``, ``"1965-10-17"``; ``""`` = not said.
Text is clean: Cyrillic look-alikes repaired, one ordinary space, no spaces at the ends.
Nothing here knows the database; ``usecases.imports`` matches these records with known people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from imc_desktop.domain.kinds import (
    CategoryName,
    EducationLevel,
    EmploymentKind,
    ExperienceKind,
    TableKind,
    TrainingKind,
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as far as a paper gives it; ``name`` and ``patronymic`` may be one letter (an initial) or empty.

    ``former`` holds surnames the paper itself calls former: «Новикова (Савина) Ирина Алексеевна».
    """

    surname: str
    name: str = ""
    patronymic: str = ""
    former: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """True when the first name is written out."""
        return len(self.name) > 1

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class EducationIn:
    level: EducationLevel | None = None
    institution: str = ""
    year: str = ""
    speciality: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class ExperienceIn:
    """Experience as of the paper's day; ``months`` is None where the paper has whole years only."""

    kind: ExperienceKind
    years: int
    months: int | None = None


@dataclass(frozen=True, slots=True)
class PostIn:
    post: str
    subjects: tuple[str, ...] = ()
    kind: EmploymentKind | None = None
    rate: str = ""  # decimal as text with a point: "1.25"
    since: str = ""
    personnel_number: str = ""


@dataclass(frozen=True, slots=True)
class CategoryIn:
    """``valid_until`` is an ISO day, ``kinds.OPEN_ENDED`` or "" (not said)."""

    category: CategoryName
    post: str = ""
    decision_date: str = ""
    act_number: str = ""
    act_date: str = ""
    issuer: str = ""
    valid_until: str = ""


@dataclass(frozen=True, slots=True)
class TrainingIn:
    """``end`` may be a bare year; ``hours`` is None where not said."""

    title: str
    kind: TrainingKind = TrainingKind.PK
    provider: str = ""
    hours: int | None = None
    start: str = ""
    end: str = ""
    document_number: str = ""
    registration_number: str = ""
    document_date: str = ""
    distance: bool = False


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that one row of a register, a journal of certificates, an order or a roster says about one person.

    ``organisation`` is the spelling of the paper (of the row, a separator row, a title or the sheet's name).
    ``cells`` names where a field stands: keys are field names of this class, ``category`` or ``training``.
    ``row`` is the number Excel shows, or the record's ordinal in csv and html.
    """

    row: int
    name: PersonName
    organisation: str = ""
    birth: str = ""
    sex: str = ""  # "м", "ж" or ""
    education: EducationIn | None = None
    experience: tuple[ExperienceIn, ...] = ()
    posts: tuple[PostIn, ...] = ()
    categories: tuple[CategoryIn, ...] = ()
    trainings: tuple[TrainingIn, ...] = ()
    awards: tuple[str, ...] = ()
    phone: str = ""  # "+70001234567"
    email: str = ""
    snils: str = ""
    iin: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoursePlanRecord:
    """A line of a perspective plan of courses."""

    row: int
    name: PersonName
    organisation: str = ""
    post: str = ""
    last_year: str = ""
    planned_year: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class AttestationCaseRecord:
    """A line of an attestation schedule: who asks for what, and in which month (``"2026-10"`` or a day)."""

    row: int
    name: PersonName
    organisation: str = ""
    post: str = ""
    subjects: tuple[str, ...] = ()
    requested: CategoryName | None = None
    month: str = ""
    application_date: str = ""
    note: str = ""
    current: CategoryIn | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanItemRecord:
    row: int
    section: str
    subsection: str = ""
    number: str = ""
    title: str = ""
    term: str = ""
    place: str = ""
    participants: str = ""
    responsible: str = ""
    expected: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """An approval block as written, line by line; ``side`` is ``left`` or ``right``."""

    side: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """An annual plan. ``year`` is the year in which the school year begins."""

    title: str
    year: int | None
    approvals: tuple[ApprovalRecord, ...] = ()
    items: tuple[PlanItemRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class CyclogramEvent:
    """One event of a cyclogram: a direction of work and a month ``"2026-09"``."""

    row: int
    direction: str
    month: str
    title: str


@dataclass(frozen=True, slots=True)
class MonthItem:
    """One line of a month's plan; ``time`` as written ("10.00-12.30"), ``end`` the last day of several."""

    row: int
    date: str
    time: str = ""
    title: str = ""
    place: str = ""
    responsible: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member of a methodical association. The person's own facts ride along in ``person``."""

    row: int
    group: str
    person: PersonRecord
    head: bool = False


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A methodical association (РМО/ГМО); ``head`` as named above the table."""

    title: str
    head: PersonName | None = None


@dataclass(frozen=True, slots=True)
class ConsultationRecord:
    row: int
    date: str
    name: PersonName
    organisation: str = ""
    post: str = ""
    topic: str = ""
    form: str = ""
    methodist: str = ""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    row: int
    date: str
    name: PersonName
    organisation: str = ""
    subject: str = ""
    klass: str = ""
    topic: str = ""
    purpose: str = ""
    analysis: str = ""
    visitor: str = ""


Record = (
    PersonRecord
    | CoursePlanRecord
    | AttestationCaseRecord
    | PlanRecord
    | CyclogramEvent
    | MonthItem
    | GroupRecord
    | MemberRecord
    | ConsultationRecord
    | VisitRecord
)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell or row that could not be understood; ``cell`` is «F17» or «record 98, Дата рождения»."""

    sheet: str
    cell: str
    reason: str
    row: int = 0
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Somebody a paper names as head of an organisation (a page's director): a contact, not a register member."""

    name: PersonName
    post: str = ""
    organisation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a recognised table: ``field`` is the guess (``""`` = not taken), ``heading`` as written."""

    index: int
    heading: str
    field: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table of a sheet: what it is, how its columns were understood, what its rows say.

    ``rows`` counts data rows; ``ignored`` counts totals, vacancies, signatures and separators among the read rows.
    ``signature`` identifies the layout (headings) so that a correction is remembered per sender.
    """

    sheet: str
    kind: TableKind
    rows: int
    header_row: int = 0
    columns: tuple[Column, ...] = ()
    records: tuple[Record, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    ignored: int = 0
    organisation: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A whole file. ``as_of`` is the ISO day the paper says it is true for ("" when it does not say)."""

    file: str
    sha256: str
    tables: tuple[TableRead, ...]
    as_of: str = ""
    notes: tuple[str, ...] = ()
