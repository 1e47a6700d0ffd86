"""Every row of a paper that names a person, in one shape, and the rows that mean one person gathered together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from imc_desktop.domain.dates import same_fact
from imc_desktop.domain.kinds import EmploymentKind, TableKind
from imc_desktop.domain.matching import Mention
from imc_desktop.domain.names import name_key
from imc_desktop.domain.papers import (
    AttestationCaseRecord,
    ConsultationRecord,
    CoursePlanRecord,
    MemberRecord,
    PersonName,
    PersonRecord,
    PostIn,
    TableRead,
    VisitRecord,
)
from imc_desktop.domain.words import fold

PersonTelling = (
    PersonRecord | CoursePlanRecord | AttestationCaseRecord | MemberRecord | ConsultationRecord | VisitRecord
)
# Tables in which a person stands once under her present name: two names there are two people.
ROLL_CALLS = frozenset({TableKind.STAFF_REGISTER, TableKind.GROUP_ROSTER, TableKind.ATTESTATION_SCHEDULE})


@dataclass(frozen=True, slots=True)
class Telling:
    """One row: where it stands, what it is, and what it says of the person herself."""

    sheet: str
    kind: TableKind
    record: PersonTelling
    person: PersonRecord
    organisation_id: str | None = None
    twins: bool = False


@dataclass(slots=True)
class Cluster:
    """Rows of one paper that certainly mean one person."""

    name: PersonName
    tellings: list[Telling] = field(default_factory=list)
    birth: str = ""
    organisations: set[str] = field(default_factory=set)
    second_job: bool = False

    def add(self, telling: Telling) -> None:
        """Take one more row in."""
        self.tellings.append(telling)
        if len(telling.person.birth) > len(self.birth):
            self.birth = telling.person.birth
        if telling.organisation_id:
            self.organisations.add(telling.organisation_id)
        self.second_job |= any(post.kind == EmploymentKind.EXTERNAL for post in telling.person.posts)

    def fits(self, telling: Telling) -> bool:
        """Whether one more row with the same full name means the same person."""
        births = self.birth, telling.person.birth
        if not same_fact(*births):
            return False
        if all(len(birth) == 10 for birth in births):
            return True
        return not telling.organisation_id or not self.organisations or telling.organisation_id in self.organisations

    def mention(self) -> Mention:
        """The cluster as the matching rules want it."""
        posts = {fold(post.post) for telling in self.tellings for post in telling.person.posts if post.post}
        return Mention(self.name, frozenset(self.organisations), self.birth, frozenset(posts), self.second_job)

    def is_roll_call(self) -> bool:
        """True when a table that lists everybody once names the person."""
        return any(telling.kind in ROLL_CALLS for telling in self.tellings)


def person_of(record: PersonTelling) -> PersonRecord:
    """What a row of any kind says of the person herself."""
    match record:
        case PersonRecord():
            return record
        case MemberRecord():
            return record.person
        case AttestationCaseRecord():
            posts = (PostIn(record.post, record.subjects),) if record.post else ()
            current = (record.current,) if record.current else ()
            return PersonRecord(
                record.row, record.name, record.organisation, posts=posts, categories=current, cells=record.cells
            )
        case CoursePlanRecord() | ConsultationRecord():
            posts = (PostIn(record.post),) if record.post else ()
            return PersonRecord(record.row, record.name, record.organisation, posts=posts)
        case VisitRecord():
            return PersonRecord(record.row, record.name, record.organisation)


def tellings_of(table: TableRead) -> Iterator[tuple[PersonTelling, PersonRecord]]:
    """The rows of a table that name a person."""
    for record in table.records:
        if isinstance(record, PersonTelling):
            yield record, person_of(record)


def mark_twins(tellings: list[Telling]) -> list[Telling]:
    """Initials that stand twice in one list of an organisation belong to two people: neither can be guessed."""
    seen = Counter(_roll_key(telling) for telling in tellings if telling.kind in ROLL_CALLS)
    return [
        replace(telling, twins=True) if not telling.person.name.is_full and seen[_roll_key(telling)] > 1 else telling
        for telling in tellings
    ]


def _roll_key(telling: Telling) -> tuple[str, str, str | None]:
    return telling.sheet, name_key(telling.person.name), telling.organisation_id


def clusters_of(tellings: list[Telling]) -> list[Cluster]:
    """Rows with one full name and one birth or organisation together; order as first met."""
    by_name: dict[str, list[Cluster]] = defaultdict(list)
    clusters: list[Cluster] = []
    # Rows that tell the whole birth date come first: they decide which namesake a vaguer row may join.
    for telling in sorted(tellings, key=lambda one: -len(one.person.birth)):
        known = by_name[name_key(telling.person.name)]
        cluster = next((one for one in known if one.fits(telling)), None)
        if cluster is None:
            cluster = Cluster(telling.person.name)
            known.append(cluster)
            clusters.append(cluster)
        cluster.add(telling)
    return clusters
