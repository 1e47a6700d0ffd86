"""What an import would write, line by line, read from the change log of the scratch copy: nothing can be left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten
from typing import Any

from sqlalchemy import Connection

from db.images import row_image
from db.store import Store
from imc_desktop.usecases.field_words import FIELDS, HIDDEN, TABLES, name_of_row, show_value
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import Progress, ReadPaper, import_papers

NEW, CHANGED = "new", "changed"
LONGEST_TITLE = 22
# Tables whose rows have a counter of their own; what else hangs on a person is a change of her card.
_SUBJECTS = {
    "training": "training",
    "category": "categories",
    "attestation_case": "attestation_cases",
    "course_plan": "course_plans",
    "membership": "memberships",
    "consultation": "journal_records",
    "lesson_visit": "journal_records",
    "organisation": "organisations",
    "contact": "contacts",
    "work_group": "groups",
}
_PLANS = {"annual": "plan_items", "cyclogram": "cyclogram_events", "month": "month_items"}
_UNTOLD = frozenset({"paper", "question", "organisation_name", "plan", "plan_section", "approval", "plan_occurrence"})


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of «что будет»: ``kind`` new or changed; ``before`` is "" where something appears."""

    kind: str
    subject: str
    row_id: str
    field: str
    who: str
    what: str
    before: str
    after: str
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The report of the deed on a scratch copy, its effects, and the store's change counter it was made at."""

    report: ImportReport
    effects: tuple[Effect, ...]
    counter: int


@dataclass(slots=True)
class _Names:
    """Names of ids, people made by the import, where told values stand."""

    words: dict[str, str]
    owners: dict[str, str]
    plan_kinds: dict[str, str]
    papers: dict[str, str]
    titles: dict[str, str]
    fresh: set[str] = field(default_factory=set)
    jobs: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def preview_with_effects(store: Store, papers: Sequence[ReadPaper], *, today: date, progress: Progress) -> Preview:
    """What ``import_papers`` would do now, with every value it would write. Nothing is written."""
    counter = store.change_counter()
    with store.scratch() as scratch:
        report = import_papers(scratch, papers, today=today, progress=progress)
        progress(0.97, "Собираю список изменений")
        effects = _effects(scratch, counter, report)
    return Preview(report, effects, counter)


def _effects(scratch: Store, counter: int, report: ImportReport) -> tuple[Effect, ...]:
    with scratch.read() as session:
        connection = session.connection()
        changes = connection.exec_driver_sql(
            "SELECT tbl, row_id, field, before, after FROM change WHERE txn_id > ? ORDER BY seq", (counter,)
        ).all()
        names = _names(connection)
    for file in report.files:
        for told in file.differences:
            names.places[told.person_id, told.field] = file.file, told.place
    images = {row_id: row_image(after) for table, row_id, one, _, after in changes if not one and table not in _UNTOLD}
    _note_new_people(changes, images, names)
    lines = (
        _update(table, row_id, one, before, after, names) if one else _insert(table, row_id, images[row_id], names)
        for table, row_id, one, before, after in changes
        if table not in _UNTOLD
    )
    return tuple(line for line in lines if line is not None)


def _names(connection: Connection) -> _Names:
    def pairs(query: str) -> dict[str, str]:
        return {row[0]: row[1] for row in connection.exec_driver_sql(query)}

    words = pairs("SELECT id, trim(surname || ' ' || name || ' ' || patronymic) FROM person")
    words |= pairs("SELECT id, short_name FROM organisation") | pairs("SELECT id, title FROM work_group")
    owners: dict[str, str] = {}
    for table in TABLES:
        if table in _PERSON_TABLES:
            owners |= pairs(f"SELECT id, person_id FROM {table} WHERE person_id IS NOT NULL")
    return _Names(
        words,
        owners,
        plan_kinds=pairs("SELECT id, kind FROM plan"),
        papers=pairs("SELECT id, file FROM paper"),
        titles=pairs("SELECT id, title FROM training") | pairs("SELECT id, title FROM plan_item"),
    )


_PERSON_TABLES = frozenset(
    {"former_name", "employment", "education", "experience", "category", "training", "award", "course_plan",
     "attestation_case", "membership", "consultation", "lesson_visit"}
)  # fmt: skip


def _note_new_people(changes: Iterable[Any], images: Mapping[str, dict[str, str]], names: _Names) -> None:
    names.fresh = {row_id for table, row_id, one, _, _ in changes if table == "person" and not one}
    for table, row_id, one, _, _ in changes:
        owner = names.owners.get(row_id, "")
        if table == "employment" and not one and owner in names.fresh:
            names.jobs.setdefault(owner, name_of_row(table, images[row_id], names.words))


def _insert(table: str, row_id: str, image: Mapping[str, str], names: _Names) -> Effect | None:
    file, place = names.papers.get(image.get("paper_id", ""), ""), image.get("place", "")
    if table == "person":
        who, job = names.words[row_id], names.jobs.get(row_id, "")
        return Effect(NEW, "people", row_id, "", who, "новая карточка", "", job, file, place)
    if table == "plan_item":
        subject = _PLANS[names.plan_kinds[image["plan_id"]]]
        after = ", ".join(part for part in (image["title"], show_value(table, "term", image.get("term"), {})) if part)
        return Effect(NEW, subject, row_id, "", "", TABLES[table], "", after.removesuffix(", пусто"), file, place)
    owner = names.owners.get(row_id, "")
    subject = _SUBJECTS.get(table, "people")
    if subject == "people" and owner in names.fresh:
        return None
    after = name_of_row(table, image, names.words) or names.words.get(row_id, "") or image.get("full_name", "")
    who = names.words.get(owner, image.get("who", ""))
    kind = CHANGED if subject == "people" else NEW
    return Effect(kind, subject, row_id, "", who, TABLES[table], "", after, file, place)


def _update(table: str, row_id: str, one: str, before: str | None, after: str | None, names: _Names) -> Effect | None:
    if one in HIDDEN:
        return None
    owner = row_id if table == "person" else names.owners.get(row_id, "")
    subject = "plan_items" if table == "plan_item" else _SUBJECTS.get(table, "people")
    who = names.words.get(owner, names.words.get(row_id, ""))
    file, place = names.places.get((owner, one), ("", ""))
    if one == "deleted_at":
        return Effect(CHANGED, subject, row_id, one, who, TABLES[table], "есть", "объединяется с такой же", file, place)
    words = FIELDS.get(one, one)
    what = words if table == "person" or words == TABLES[table] else f"{TABLES[table]}: {words}"
    if row_id in names.titles:
        what = f"{what} · «{shorten(names.titles[row_id], LONGEST_TITLE, placeholder='…')}»"
    shown = [show_value(table, one, value, names.words) for value in (before, after)]
    return Effect(CHANGED, subject, row_id, one, who, what, shown[0], shown[1], file, place)
