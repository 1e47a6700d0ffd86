"""Open questions of imports: kept, listed, answered by a person or by a later paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.office import Paper, Question
from db.schema.people import Employment, Organisation, Person
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.matching import Verdict
from imc_desktop.domain.names import name_key
from imc_desktop.domain.words import fold, show_date
from imc_desktop.usecases.imports.codec import decode
from imc_desktop.usecases.imports.facts import Origin
from imc_desktop.usecases.imports.mentions import Telling, person_of
from imc_desktop.usecases.imports.people import People
from imc_desktop.usecases.imports.report import FileReport
from imc_desktop.usecases.imports.takes import Taker
from imc_desktop.usecases.imports.world import PersonState, Row, World

UNCLEAR, CONTRADICTION = "unclear", "contradiction"
BY_ITSELF, TAKEN, KEPT, SKIPPED, NEW_PERSON = "сам", "взято из файла", "оставлено прежнее", "пропущено", "новый"
_FIELD_WORDS = {"birth": "дата рождения", "category": "категория", "name": "кто это"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a row could mean; ``details`` tell namesakes apart: birth, post and organisation."""

    id: str
    name: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One open question; ``text`` is a Russian sentence, ``candidates`` the people it could mean."""

    id: str
    kind: str
    file: str
    sheet: str
    row: int
    place: str
    who: str
    person_id: str | None
    field: str
    here: str
    known: str
    text: str
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape of ``questions --json``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "person_id": self.person_id,
            "person": self.who,
            "field": self.field,
            "here": self.here,
            "known": self.known,
            "text": self.text,
            "candidates": [{"id": one.id, "person": one.name} for one in self.candidates],
        }


def open_questions(store: Store) -> list[OpenQuestion]:
    """Every question nobody has answered, in the order in which they arose."""
    with store.read() as session:
        rows = session.execute(
            select(Question, Paper.file)
            .outerjoin(Paper, Paper.id == Question.paper_id)
            .where(Question.deleted_at.is_(None), Question.answer == "")
            .order_by(Question.id)
        ).all()
        ids = {one for question, _ in rows for one in json.loads(question.candidates)}
        people = {
            person.id: Candidate(person.id, f"{person.surname} {person.name} {person.patronymic}".strip(), details)
            for person, details in _with_details(session, ids)
        }
        return [_view(question, file or "", people) for question, file in rows]


def _with_details(session: Session, ids: set[str]) -> Iterator[tuple[Person, str]]:
    jobs: dict[str, str] = {}
    for owner, post, title in session.execute(
        select(Employment.person_id, Employment.post, Organisation.short_name)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.person_id.in_(ids), Employment.deleted_at.is_(None))
    ):
        jobs.setdefault(owner, ", ".join(part for part in (post, title) if part))
    for person in session.scalars(select(Person).where(Person.id.in_(ids), Person.deleted_at.is_(None))):
        born = f"род. {show_date(person.birth)}" if person.birth else ""
        yield person, " · ".join(part for part in (born, jobs.get(person.id, "")) if part)


def _view(question: Question, file: str, people: Mapping[str, Candidate]) -> OpenQuestion:
    place = question.place.replace("record ", "запись ") or f"строка {question.row}"
    where = f"{file}, {question.sheet}, {place}"
    if question.kind == CONTRADICTION:
        here, known = question.here, question.known
        if question.field == "birth":
            here, known = show_date(here), show_date(known)
        text = f"{question.who}: {_FIELD_WORDS[question.field]} — в файле «{here}», в карточке «{known}» ({where})."
    else:
        text = f"{question.who}: {question.here} ({where}). Кто это?"
    return OpenQuestion(
        id=question.id,
        kind=question.kind,
        file=file,
        sheet=question.sheet,
        row=question.row,
        place=question.place,
        who=question.who,
        person_id=question.person_id,
        field=question.field,
        here=question.here,
        known=question.known,
        text=text,
        candidates=tuple(people[one] for one in json.loads(question.candidates) if one in people),
    )


def put_contradictions(world: World, questions: list[Row], report: FileReport, paper_id: str) -> None:
    """Keep a paper's contradictions as open questions, each once."""
    for found in report.contradictions:
        if any(
            question["kind"] == CONTRADICTION
            and (question["person_id"], question["field"], question["here"])
            == (found.person_id, found.field, found.here)
            for question in questions
        ):
            continue
        question = world.add(
            "question",
            kind=CONTRADICTION,
            paper_id=paper_id,
            sheet=found.sheet,
            place=found.cell,
            row=found.row,
            person_id=found.person_id,
            who=found.person,
            field=found.field,
            here=found.here,
            known=found.known,
        )
        questions.append(question)


def answer_themselves(
    world: World, questions: list[Row], groups: Mapping[str, str], ranks: dict[str, tuple[str, int]]
) -> int:
    """Unclear rows whose person has become certain are taken now; returns how many."""
    answered = 0
    for question in list(questions):
        if question["kind"] != UNCLEAR or question["answer"]:
            continue
        desk = _Desk(world, question, groups, ranks)
        decision = desk.people.decide_one(desk.telling)
        if decision.verdict is Verdict.KNOWN:
            desk.take(world.people[decision.person], BY_ITSELF)
            answered += 1
    return answered


def answer_unclear(store: Store, question_id: str, person_id: str | None) -> None:
    """A person says who is meant: ``person_id``, or None for somebody new. One undoable step."""
    with store.change("Ответ на вопрос импорта") as session:
        world = World(session.connection())
        question = _find(world, question_id, UNCLEAR)
        groups = {fold(row["title"]): str(row["id"]) for row in world.load("work_group")}
        ranks = {row["id"]: (row["as_of"], row["sequence"]) for row in world.load("paper")}
        desk = _Desk(world, question, groups, ranks)
        if person_id is None:
            desk.take(desk.people.make(desk.telling, desk.origin), NEW_PERSON)
        elif person_id in world.people:
            desk.take(world.people[person_id], person_id)
        else:
            raise UserError("Этой карточки уже нет. Обновите список вопросов.")
        world.flush()


def answer_as_new(store: Store, question_ids: Sequence[str]) -> int:
    """All these unclear rows mean people nobody knows yet: cards are made in one undoable step; returns how many.

    Rows with one name of one organisation mean one person, unless a list names two by the same initials.
    """
    with store.change(f"Ответы на вопросы импорта: {len(question_ids)}") as session:
        world = World(session.connection())
        groups = {fold(row["title"]): str(row["id"]) for row in world.load("work_group")}
        ranks = {row["id"]: (row["as_of"], row["sequence"]) for row in world.load("paper")}
        made: dict[tuple[str, str | None], PersonState] = {}
        count = 0
        questions = {row["id"]: row for row in world.load("question") if row["kind"] == UNCLEAR and not row["answer"]}
        for question_id in question_ids:
            if question_id not in questions:
                raise UserError("На один из вопросов уже ответили. Обновите список вопросов.")
            desk = _Desk(world, questions[question_id], groups, ranks)
            key = name_key(desk.telling.person.name), desk.telling.organisation_id
            person = None if desk.telling.twins else made.get(key)
            if person is None:
                person = made[key] = desk.people.make(desk.telling, desk.origin)
                count += 1
            desk.take(person, NEW_PERSON)
        world.flush()
    return count


def answer_contradiction(store: Store, question_id: str, *, take_paper: bool) -> None:
    """A person chooses between the card's value and the paper's. One undoable step."""
    with store.change("Ответ на вопрос импорта") as session:
        world = World(session.connection())
        question = _find(world, question_id, CONTRADICTION)
        person = world.people.get(question["person_id"])
        if take_paper and person is not None:
            if question["field"] == "birth":
                person.row.set("birth", question["here"])
            else:
                known = [row for row in person.of("category") if row["category"] == question["known"]]
                for row in known[:1]:
                    row.set("category", question["here"])
        question.set("answer", TAKEN if take_paper else KEPT)
        world.flush()


def skip_question(store: Store, question_id: str) -> None:
    """A person decides that a row is not to be taken. One undoable step."""
    with store.change("Вопрос импорта пропущен") as session:
        question = session.get(Question, question_id)
        if question is None:
            raise UserError("Этого вопроса уже нет. Обновите список вопросов.")
        question.answer = SKIPPED


def _find(world: World, question_id: str, kind: str) -> Row:
    for question in world.load("question"):
        if question["id"] == question_id and question["kind"] == kind and not question["answer"]:
            return question
    raise UserError("На этот вопрос уже ответили. Обновите список вопросов.")


class _Desk:
    """One unclear row ready to be taken."""

    def __init__(
        self, world: World, question: Row, groups: Mapping[str, str], ranks: dict[str, tuple[str, int]]
    ) -> None:
        record, context = decode(question["record"])
        kind = TableKind(context["kind"])
        person = person_of(record)
        self.telling = Telling(
            question["sheet"], kind, record, person, context["organisation"] or None, context["twins"]
        )
        paper_id = question["paper_id"]
        self.origin = Origin(
            paper_id, ranks.get(paper_id, ("", 0)), question["sheet"], kind is TableKind.STAFF_REGISTER, ranks
        )
        self._report = FileReport("")
        self._question = question
        self._waiting = context["waiting"]
        self._taker = Taker(world, self._report, groups)
        self.people = People(world, self._report, lambda _telling: self.origin)

    def take(self, person: PersonState, answer: str) -> None:
        """Take the row into the card and close the question."""
        self._taker.take(person, self.telling, self.origin, self._waiting)
        self._question.set("answer", answer)
        self._question.set("person_id", person.id)
