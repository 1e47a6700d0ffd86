"""Taking one row into a person's card: her facts, and what the row itself is (a case, a membership, a journal line)."""

from __future__ import annotations

from collections.abc import Mapping

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.matching import Decision
from imc_desktop.domain.papers import (
    AttestationCaseRecord,
    ConsultationRecord,
    CoursePlanRecord,
    MemberRecord,
    VisitRecord,
)
from imc_desktop.domain.words import fold
from imc_desktop.usecases.imports.facts import CHANGED, NEW, SAME, FactKeeper, Origin
from imc_desktop.usecases.imports.mentions import Telling
from imc_desktop.usecases.imports.report import FileReport, Unclear, shown_name
from imc_desktop.usecases.imports.world import PersonState, World

_UNCLEAR_COUNTER = {
    TableKind.ATTESTATION_SCHEDULE: "attestation_cases",
    TableKind.COURSE_PLAN: "course_plans",
    TableKind.GROUP_ROSTER: "memberships",
    TableKind.COURSE_JOURNAL: "training",
    TableKind.CATEGORY_ORDER: "categories",
}


class Taker:
    """Takes the rows of one paper; ``groups`` maps the titles of methodical associations to their ids."""

    def __init__(self, world: World, report: FileReport, groups: Mapping[str, str]) -> None:
        self._world = world
        self._report = report
        self._groups = groups

    def take(self, person: PersonState, telling: Telling, origin: Origin, waiting: str = "") -> bool:
        """Apply a row; ``waiting`` is the journal line that had no person yet. True when the card changed."""
        changed = FactKeeper(self._world, origin, self._report).apply(person, telling.person, telling.organisation_id)
        match telling.record:
            case AttestationCaseRecord() as case:
                self._case(person, case, telling, origin)
            case CoursePlanRecord() as plan:
                self._course_plan(person, plan, origin)
            case MemberRecord() as member:
                self._member(person, member, origin)
            case ConsultationRecord() | VisitRecord():
                self.journal_line(telling, origin, person, waiting)
        return changed

    def unclear(self, telling: Telling) -> None:
        """Count a row that waits for an answer under the kind of record it is."""
        counter = _UNCLEAR_COUNTER.get(telling.kind)
        if counter:
            self._report.count(counter, "unclear")

    def report_unclear(self, telling: Telling, decision: Decision) -> None:
        """Show the row among those that wait for an answer."""
        self._report.unclear.append(
            Unclear(
                telling.sheet, telling.person.row, shown_name(telling.person.name), decision.reason, decision.candidates
            )
        )

    def _case(self, person: PersonState, case: AttestationCaseRecord, telling: Telling, origin: Origin) -> None:
        requested = str(case.requested) if case.requested else ""
        values = {
            "post": case.post,
            "subjects": "; ".join(case.subjects),
            "current": str(case.current.category) if case.current else "",
            "current_until": case.current.valid_until if case.current else "",
            "application_date": case.application_date,
            "note": case.note,
        }
        for row in person.of("attestation_case"):
            if row["requested"] == requested and row["month"][:7] == case.month[:7]:
                filled = [row.fill(column, value) for column, value in values.items()]
                self._report.count("attestation_cases", CHANGED if any(filled) else SAME)
                return
        self._world.add_fact(
            person,
            "attestation_case",
            organisation_id=telling.organisation_id,
            requested=requested,
            month=case.month,
            paper_id=origin.paper_id,
            place=f"{origin.sheet}: {case.row}",
            **values,
        )
        self._report.count("attestation_cases", NEW)

    def _course_plan(self, person: PersonState, plan: CoursePlanRecord, origin: Origin) -> None:
        for row in person.of("course_plan"):
            if row["planned_year"] == plan.planned_year:
                filled = [row.fill("theme", plan.theme), row.fill("last_year", plan.last_year)]
                self._report.count("course_plans", CHANGED if any(filled) else SAME)
                return
        self._world.add_fact(
            person,
            "course_plan",
            last_year=plan.last_year,
            planned_year=plan.planned_year,
            theme=plan.theme,
            paper_id=origin.paper_id,
            place=f"{origin.sheet}: {plan.row}",
        )
        self._report.count("course_plans", NEW)

    def _member(self, person: PersonState, member: MemberRecord, origin: Origin) -> None:
        group_id = self._groups[fold(member.group)]
        role = "руководитель" if member.head else "член"
        row = next((row for row in person.of("membership") if row["group_id"] == group_id), None)
        if row is not None:
            promoted = member.head and row.set("role", role)
            self._report.count("memberships", CHANGED if promoted else SAME)
            return
        self._world.add_fact(
            person,
            "membership",
            group_id=group_id,
            role=role,
            paper_id=origin.paper_id,
            place=f"{origin.sheet}: {member.row}",
        )
        self._report.count("memberships", NEW)

    def journal_line(self, telling: Telling, origin: Origin, person: PersonState | None, waiting: str = "") -> str:
        """A consultation or a visit; without a person it keeps the name as written. Returns the line's id."""
        record = telling.record
        if not isinstance(record, ConsultationRecord | VisitRecord):
            return ""
        table = "consultation" if isinstance(record, ConsultationRecord) else "lesson_visit"
        lines = self._world.lines(table)
        if waiting:
            row = lines.by_id(waiting)
            if row is not None and person is not None:
                row.set("person_id", person.id)
            return waiting
        place = f"{origin.sheet}: {record.row}"
        known = lines.find(record, person.id if person else None)
        if known is not None:
            changed = person is not None and known.fill("person_id", person.id)
            self._report.count("journal_records", CHANGED if changed else SAME)
            return str(known["id"])
        values = {
            "day": record.date,
            "person_id": person.id if person else None,
            "who": str(record.name),
            "organisation_id": telling.organisation_id,
            "topic": record.topic,
            "paper_id": origin.paper_id,
            "place": place,
        }
        if isinstance(record, ConsultationRecord):
            values |= {"form": record.form, "methodist": record.methodist}
        else:
            values |= {
                "subject": record.subject,
                "klass": record.klass,
                "purpose": record.purpose,
                "analysis": record.analysis,
                "visitor": record.visitor,
            }
        row = lines.add(**values)
        self._report.count("journal_records", NEW)
        return str(row["id"])
