"""Taking papers in: reading, the deed in one journalled step, and the preview: the same deed on a scratch copy."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.place import must_have_room
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.matching import Decision
from imc_desktop.domain.papers import ConsultationRecord, PaperRead, VisitRecord
from imc_desktop.domain.rights import Right
from imc_desktop.domain.words import fold, plural
from imc_desktop.exchange.open_paper import open_paper
from imc_desktop.exchange.read_paper import read_paper
from imc_desktop.usecases.imports.codec import encode
from imc_desktop.usecases.imports.collector import collector_at_rest
from imc_desktop.usecases.imports.facts import Origin
from imc_desktop.usecases.imports.layouts import remembered_layouts
from imc_desktop.usecases.imports.mentions import Telling, mark_twins, tellings_of
from imc_desktop.usecases.imports.organisations import Organisations
from imc_desktop.usecases.imports.people import People, settle_doubles
from imc_desktop.usecases.imports.plans import Plans
from imc_desktop.usecases.imports.questions import answer_themselves, put_contradictions
from imc_desktop.usecases.imports.repeat import note_reading, told_before
from imc_desktop.usecases.imports.report import FileReport, ImportReport, TableSummary, kind_of, shown_name
from imc_desktop.usecases.imports.spelling import settle_yo
from imc_desktop.usecases.imports.takes import Taker
from imc_desktop.usecases.imports.world import PersonState, Row, World

_log = logging.getLogger(__name__)
_UNREADABLE = (
    "Файл «{}» программа разобрать не смогла. Сохраните его в Excel заново (xlsx) и повторите; "
    "если не поможет — отправьте журнал программы разработчику."
)

Progress = Callable[[float, str], None]
Overrides = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper read but not yet taken in; ``refused`` holds the sentence of an unreadable one."""

    file: str
    paper: PaperRead | None
    refused: str = ""


def _quiet(_share: float, _words: str) -> None:
    return


@collector_at_rest()
def read_papers(
    store: Store, paths: Sequence[Path], *, overrides: Overrides | None = None, progress: Progress = _quiet
) -> list[ReadPaper]:
    """Read files into records; an unreadable file is reported in its place and stops nothing.

    ``progress(share, words)`` may raise to cancel; nothing has been written by then.
    """
    known = remembered_layouts(store)
    told = {**known, **(overrides or {})}
    papers: list[ReadPaper] = []
    for number, path in enumerate(paths):
        progress(number / len(paths), f"Читаю: {path.name}")
        try:
            workbook = open_paper(path, progress=_part_of(progress, number, len(paths), f"Читаю: {path.name}"))
            papers.append(ReadPaper(path.name, read_paper(workbook, overrides=told)))
        except UserError as error:
            papers.append(ReadPaper(path.name, None, str(error)))
        except (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError, RecursionError):
            # A fault of ours on a paper nobody has seen: this paper is refused, the others are taken.
            _log.exception("A paper could not be read")
            papers.append(ReadPaper(path.name, None, _UNREADABLE.format(path.name)))
    return papers


def _part_of(progress: Progress, number: int, count: int, words: str) -> Callable[[float], None]:
    """Progress of one paper out of several."""
    return lambda share: progress((number + share) / count, words)


@collector_at_rest()
def import_papers(
    store: Store, papers: Sequence[ReadPaper], *, today: date, progress: Progress = _quiet
) -> ImportReport:
    """Take papers in as one undoable step. Papers that cannot be taken are reported; the others are applied."""
    must_have_room(store.path, store.path.parent, "импорта")
    label = import_label([paper.file for paper in papers if paper.paper])
    with store.change(label, right=Right.IMPORT) as session:
        report = _deed(session, papers, today, progress)
    report.label = label
    return report


def preview_import(
    store: Store, papers: Sequence[ReadPaper], *, today: date, progress: Progress = _quiet
) -> ImportReport:
    """What ``import_papers`` would do now: the very same deed on a scratch copy of the database."""
    with store.scratch() as scratch:
        return import_papers(scratch, papers, today=today, progress=progress)


def import_label(files: Sequence[str]) -> str:
    """The words of the undo step."""
    if len(files) == 1:
        return f"Импорт: {files[0]}"
    return f"Импорт: {len(files)} {plural(len(files), 'файл', 'файла', 'файлов')}"


def _deed(session: Session, papers: Sequence[ReadPaper], today: date, progress: Progress) -> ImportReport:
    world = World(session.connection())
    importer = Importer(world, today)
    report = ImportReport()
    for number, paper in enumerate(papers):
        progress(number / max(1, len(papers)), f"Сопоставляю: {paper.file}")
        report.files.append(importer.take(paper))
    progress(0.95, "Записываю")
    report.answered = importer.finish()
    world.flush()
    return report


class Importer:
    """Takes paper after paper into one world."""

    def __init__(self, world: World, today: date) -> None:
        self._world = world
        self._today = today
        self._organisations = Organisations(world)
        self._papers = world.load("paper")
        self._groups = {fold(row["title"]): str(row["id"]) for row in world.load("work_group")}
        self._questions = world.load("question")
        self._registers: set[tuple[str, str]] = set()  # (paper, organisation) whose staff the paper lists in full
        for row in self._papers:
            listed = json.loads(row["summary"]).get("registers", ())
            world.listed_organisations.update(listed)
            self._registers.update((row["id"], one) for one in listed)
        self._ranks: dict[str, tuple[str, int]] = {row["id"]: (row["as_of"], row["sequence"]) for row in self._papers}

    def take(self, read: ReadPaper) -> FileReport:
        """One paper: its organisations, people, plans and journals."""
        report = FileReport(read.file, refused=read.refused)
        paper = read.paper
        if paper is None:
            return report
        report.tables = tuple(TableSummary(t.sheet, str(t.kind), t.rows, t.organisation) for t in paper.tables)
        report.kind = kind_of(str(table.kind) for table in paper.tables)
        report.ignored = sum(table.ignored for table in paper.tables)
        report.rejected = tuple(cell for table in paper.tables for cell in table.rejected)
        report.notes = paper.notes
        if not any(table.records or table.contacts for table in paper.tables):
            report.notes = (*report.notes, "В этом файле не нашлось таблиц, которые программа умеет принимать.")
            return report
        row = self._paper_row(paper)
        if told_before(row, paper, report, self._questions):
            return report
        tellings = self._tellings(paper, str(row["id"]))
        self._note_registers(row, tellings)
        plans = Plans(self._world, report, str(row["id"]), self._today)
        for table in paper.tables:
            plans.groups(table, self._groups)
        named = self._take_people(tellings, report, row)
        for table in paper.tables:
            plans.take(table)
            plans.contacts(table.contacts, self._organisations)
        now = self._today.isoformat()
        for keep, drop in settle_doubles(self._world, now, lambda one, two: self._are_apart(one, two, named)):
            report.renamed.append(f"{drop.name} — та же карточка, что {keep.name}")
        put_contradictions(self._world, self._questions, report, str(row["id"]))
        note_reading(row, paper, report)
        return report

    def finish(self) -> int:
        """Open questions that the new papers answer are answered (how many is returned); ё is put where it belongs."""
        settle_yo(self._world)
        return answer_themselves(self._world, self._questions, self._groups, self._ranks)

    def _paper_row(self, paper: PaperRead) -> Row:
        known = next((row for row in self._papers if row["sha256"] == paper.sha256), None)
        if known is not None:
            return known
        sequence = 1 + max((row["sequence"] for row in self._papers), default=0)
        row = self._world.add(
            "paper",
            file=paper.file,
            sha256=paper.sha256,
            as_of=paper.as_of,
            taken_on=self._today.isoformat(),
            sequence=sequence,
        )
        self._papers.append(row)
        self._ranks[str(row["id"])] = (paper.as_of, sequence)
        return row

    def _tellings(self, paper: PaperRead, paper_id: str) -> list[Telling]:
        told = [(table, record, person) for table in paper.tables for record, person in tellings_of(table)]
        spellings = [person.organisation or table.organisation for table, _, person in told]
        spellings += [contact.organisation for table in paper.tables for contact in table.contacts]
        in_columns = {
            person.organisation
            for table, _, person in told
            if table.kind is TableKind.STAFF_REGISTER and any(one.field == "organisation" for one in table.columns)
        }
        self._organisations.learn(spellings, paper_id, in_columns)
        return mark_twins(
            [
                Telling(
                    table.sheet,
                    table.kind,
                    record,
                    person,
                    self._organisations.find(person.organisation or table.organisation),
                )
                for table, record, person in told
            ]
        )

    def _note_registers(self, paper: Row, tellings: list[Telling]) -> None:
        """Organisations whose staff a paper lists by full names: from now on initials find people there."""
        listed = {
            telling.organisation_id
            for telling in tellings
            if telling.kind is TableKind.STAFF_REGISTER and telling.organisation_id and telling.person.name.is_full
        }
        self._world.listed_organisations.update(listed)
        self._registers.update((paper["id"], one) for one in listed)
        if listed:
            paper.set("summary", json.dumps(json.loads(paper["summary"]) | {"registers": sorted(listed)}))

    def _are_apart(self, one: PersonState, other: PersonState, named: set[str]) -> bool:
        """True when a list names both: this paper's, or one taken in before."""
        if one.id in named and other.id in named:
            return True
        mine = {(job["paper_id"], job["organisation_id"]) for job in one.of("employment")}
        others = {(job["paper_id"], job["organisation_id"]) for job in other.of("employment")}
        return not self._registers.isdisjoint(mine & others)

    def _take_people(self, tellings: list[Telling], report: FileReport, paper: Row) -> set[str]:
        paper_id = str(paper["id"])

        def origin_of(telling: Telling) -> Origin:
            register = telling.kind is TableKind.STAFF_REGISTER
            return Origin(paper_id, self._ranks[paper_id], telling.sheet, register, self._ranks)

        taker = Taker(self._world, report, self._groups)

        def put_aside(telling: Telling, decision: Decision) -> None:
            self._put_aside(telling, decision, origin_of(telling), taker)

        people = People(self._world, report, origin_of)
        people.take_all(tellings, lambda person, telling: taker.take(person, telling, origin_of(telling)), put_aside)
        return people.named

    def _put_aside(self, telling: Telling, decision: Decision, origin: Origin, taker: Taker) -> None:
        waiting = ""
        if isinstance(telling.record, ConsultationRecord | VisitRecord):
            waiting = taker.journal_line(telling, origin, None)
        taker.unclear(telling)
        taker.report_unclear(telling, decision)
        place = telling.person.row
        same = (question for question in self._questions if question["paper_id"] == origin.paper_id)
        if any(
            question["kind"] == "unclear"
            and question["sheet"] == telling.sheet
            and question["row"] == place
            and question["who"] == shown_name(telling.person.name)
            for question in same
        ):
            return
        question = self._world.add(
            "question",
            kind="unclear",
            paper_id=origin.paper_id,
            sheet=telling.sheet,
            place=telling.person.cells.get("name", ""),
            row=place,
            who=shown_name(telling.person.name),
            field="name",
            here=decision.reason,
            candidates=json.dumps(list(decision.candidates)),
            record=encode(
                telling.record,
                kind=str(telling.kind),
                organisation=telling.organisation_id or "",
                waiting=waiting,
                twins=telling.twins,
            ),
        )
        self._questions.append(question)
