"""One fact of a paper against what is known of the person: new, changed, the same, or a contradiction.

*Same*: the same fact, also told less exactly; a blank never wipes. *Changed*: a later act or a newer paper.
*Contradiction*: the same act or the birth date with another value (decisions 16).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from imc_desktop.domain.dates import same_fact, to_date
from imc_desktop.domain.kinds import CategoryName, EmploymentKind, ExperienceKind, TrainingKind
from imc_desktop.domain.papers import CategoryIn, EducationIn, ExperienceIn, PersonRecord, PostIn, TrainingIn
from imc_desktop.domain.words import fold, show_date
from imc_desktop.usecases.imports.report import Contradiction, Difference, FileReport
from imc_desktop.usecases.imports.world import PersonState, Row, World

NEW, CHANGED, SAME = "new", "changed", "same"
_NUMBER_NOISE = re.compile(r"[^0-9a-zа-я/-]+")
_WORDS_APART = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """Where facts come from. ``rank`` orders papers: by the day they are true for, then by the order of taking in."""

    paper_id: str
    rank: tuple[str, int]
    sheet: str
    register: bool
    known_ranks: dict[str, tuple[str, int]]

    def is_newer_than(self, row: Row) -> bool:
        """Whether this paper may correct a value that another paper (or a person by hand) gave."""
        other = self.known_ranks.get(row["paper_id"] or "")
        if other is None:
            return False
        if self.rank[0] and other[0] and self.rank[0] != other[0]:
            return self.rank[0] > other[0]
        return self.rank[1] > other[1]


class FactKeeper:
    """Applies the facts of one table to people and tells the report."""

    def __init__(self, world: World, origin: Origin, report: FileReport) -> None:
        self._world = world
        self._origin = origin
        self._report = report

    def apply(self, person: PersonState, record: PersonRecord, organisation_id: str | None) -> bool:
        """Everything a record says but trainings and categories; True when the person's card changed."""
        changed = self._birth(person, record)
        changed |= self._plain(person, record)
        if organisation_id:
            posts = record.posts or (PostIn(""),)
            for post in posts:
                changed |= self._employment(person, organisation_id, post, record)
        if record.education is not None:
            changed |= self._education(person, record.education, record)
        for one in record.experience:
            changed |= self._experience(person, one, record)
        for title in record.awards:
            changed |= self._award(person, title, record)
        for category in record.categories:
            self._category(person, category, record)
        for training in record.trainings:
            self._training(person, training, record)
        return changed

    # --- the person herself ---------------------------------------------------------------------------------------

    def _birth(self, person: PersonState, record: PersonRecord) -> bool:
        known = person.row["birth"]
        if not record.birth or record.birth == known:
            return False
        if not same_fact(record.birth, known):
            self._contradict(person, record, "birth", record.birth, known)
            return False
        return len(record.birth) > len(known) and self._write(person, person.row, "birth", record.birth, record)

    def _plain(self, person: PersonState, record: PersonRecord) -> bool:
        changed = False
        for column in ("sex", "snils", "iin", "phone", "email"):
            value = getattr(record, column)
            known = person.row[column]
            if value and value != known and (not known or self._origin.is_newer_than(person.row)):
                changed |= self._write(person, person.row, column, value, record)
        return changed

    def _employment(self, person: PersonState, organisation_id: str, post: PostIn, record: PersonRecord) -> bool:
        here = [row for row in person.of("employment") if row["organisation_id"] == organisation_id]
        row = next((row for row in here if fold(row["post"]) == fold(post.post)), None)
        if row is None and here and (not post.post or not self._origin.register):
            row = here[0]  # a journal or a schedule names the post in its own way
        if row is None:
            row = next((row for row in here if not row["post"]), None)
        by_hand = bool(here) and not here[0]["paper_id"]  # a post corrected by a person is the same post
        if row is None and here and (by_hand or self._origin.is_newer_than(here[0])) and len(here) == len(record.posts):
            row = here[0]
        subjects = "; ".join(post.subjects)
        kind = str(post.kind) if post.kind else ""
        if row is None:
            fresh = person.row.changed is None and not here
            row = self._world.add_fact(
                person,
                "employment",
                organisation_id=organisation_id,
                post=post.post,
                subjects=subjects,
                kind=kind or ("внутренний совместитель" if here else "основной"),
                rate=post.rate,
                personnel_number=post.personnel_number,
                since=post.since,
                paper_id=self._origin.paper_id,
                place=self._place(record),
            )
            return not fresh
        changed = False
        if not self._origin.register:
            return bool(row.fill("post", post.post)) | bool(row.fill("subjects", subjects))
        newer = self._origin.is_newer_than(row)
        for column, value in (
            ("post", post.post),
            ("subjects", subjects),
            ("kind", kind),
            ("rate", post.rate),
            ("personnel_number", post.personnel_number),
            ("since", post.since),
        ):
            known = row[column]
            if not value or fold(value) == fold(known) or (column == "since" and same_fact(value, known) and known):
                continue
            if column == "subjects" and known and row["paper_id"] == self._origin.paper_id:
                changed |= self._more_subjects(person, row, post, record)
                continue
            if not known or newer:
                changed |= self._write(person, row, column, value, record)
        return changed

    def _more_subjects(self, person: PersonState, row: Row, post: PostIn, record: PersonRecord) -> bool:
        """A teacher takes several rows of one paper, a subject in each."""
        known = row["subjects"].split("; ")
        folded = {fold(subject) for subject in known}
        more = [subject for subject in post.subjects if fold(subject) not in folded]
        return bool(more) and self._write(person, row, "subjects", "; ".join([*known, *more]), record)

    def _education(self, person: PersonState, told: EducationIn, record: PersonRecord) -> bool:
        level = str(told.level) if told.level else ""
        for row in person.of("education"):
            levels_agree = not level or not row["level"] or level == row["level"]
            years_agree = not told.year or not row["year"] or told.year == row["year"]
            if (
                levels_agree
                and years_agree
                and (told.year or self._same_institution(told.institution, row["institution"]))
            ):
                filled = [
                    row.fill(column, value)
                    for column, value in (
                        ("level", level),
                        ("institution", told.institution),
                        ("year", told.year),
                        ("speciality", told.speciality),
                        ("qualification", told.qualification),
                    )
                ]
                return any(filled)
        if not (level or told.institution or told.year):
            return False
        fresh = person.row.changed is None and not person.of("education")
        self._world.add_fact(
            person,
            "education",
            level=level,
            institution=told.institution,
            year=told.year,
            speciality=told.speciality,
            qualification=told.qualification,
            paper_id=self._origin.paper_id,
            place=self._place(record),
        )
        return not fresh

    @staticmethod
    def _same_institution(told: str, known: str) -> bool:
        return not told or not known or fold(told) in fold(known) or fold(known) in fold(told)

    def _experience(self, person: PersonState, told: ExperienceIn, record: PersonRecord) -> bool:
        second_job = bool(record.posts) and all(post.kind == EmploymentKind.EXTERNAL for post in record.posts)
        if told.kind == ExperienceKind.ORGANISATION and second_job:
            return False  # the years in the organisation are those of the main job
        row = next((row for row in person.of("experience") if row["kind"] == told.kind), None)
        if row is None:
            fresh = person.row.changed is None
            self._world.add_fact(
                person,
                "experience",
                kind=str(told.kind),
                years=told.years,
                months=told.months,
                as_of=self._origin.rank[0],
                paper_id=self._origin.paper_id,
                place=self._place(record),
            )
            return not fresh
        if row["years"] == told.years and (told.months is None or told.months == row["months"]):
            if told.months == row["months"] and self._origin.is_newer_than(row):  # the same on a later day
                row.set("as_of", self._origin.rank[0])
                row.set("paper_id", self._origin.paper_id)
            return False
        more_exact = row["years"] == told.years and row["months"] is None
        if not more_exact and not self._origin.is_newer_than(row):
            return False
        before = f"{row['years']}"
        row.set("years", told.years)
        row.set("months", told.months)
        row.set("as_of", self._origin.rank[0])
        row.set("paper_id", self._origin.paper_id)
        self._tell(CHANGED, person, "стаж", before, f"{told.years}", record)
        return True

    def _award(self, person: PersonState, title: str, record: PersonRecord) -> bool:
        if any(fold(row["title"]) == fold(title) for row in person.of("award")):
            return False
        self._world.add_fact(person, "award", title=title, paper_id=self._origin.paper_id, place=self._place(record))
        return person.row.changed is not None

    # --- categories -----------------------------------------------------------------------------------------------

    def _category(self, person: PersonState, told: CategoryIn, record: PersonRecord) -> None:
        if told.category == CategoryName.NONE:
            return
        if not told.decision_date and told.act_date:
            told = replace(told, decision_date=told.act_date)  # all that a paper with «приказ от …» knows of it
        known = person.of("category")
        same = [row for row in known if row["category"] == told.category and _same_act(told, row)]
        told_alike = [row for row in same if row["decision_date"] and told.decision_date]
        other = next((row for row in known if row["category"] != told.category and _is_one_act(told, row)), None)
        if told_alike or (same and other is None):
            same = told_alike or same
            changed = [
                same[0].fill(column, getattr(told, column))
                for column in ("decision_date", "valid_until", "act_number", "act_date", "issuer", "post")
            ]
            changed += [
                _more_exact(same[0], column, getattr(told, column))
                for column in ("decision_date", "valid_until", "act_date")
            ]
            self._report.count("categories", CHANGED if any(changed) else SAME)
            return
        if other is None and known and not _is_dated(told):
            latest = max(known, key=lambda row: row["decision_date"] or row["valid_until"] or "")
            if not self._origin.is_newer_than(latest):
                other = latest
        if other is not None:
            self._contradict(person, record, "category", str(told.category), other["category"])
            return
        self._world.add_fact(
            person,
            "category",
            category=str(told.category),
            post=told.post,
            decision_date=told.decision_date,
            valid_until=told.valid_until,
            act_number=told.act_number,
            act_date=told.act_date,
            issuer=told.issuer,
            paper_id=self._origin.paper_id,
            place=self._place(record),
        )
        self._report.count("categories", NEW)
        if person.row.changed is not None:
            self._tell(
                NEW, person, "категория", "", f"{told.category}, {show_date(told.decision_date)}".strip(", "), record
            )

    # --- trainings ------------------------------------------------------------------------------------------------

    def _training(self, person: PersonState, told: TrainingIn, record: PersonRecord) -> None:
        for row in person.of("training"):
            if same_training(told, row):
                self._report.count("training", CHANGED if _learn_more(row, told) else SAME)
                return
        self._world.add_fact(
            person,
            "training",
            title=told.title,
            provider=told.provider,
            kind=str(told.kind),
            hours=told.hours,
            starts=told.start,
            ends=told.end,
            document_number=told.document_number,
            registration_number=told.registration_number,
            document_date=told.document_date,
            distance=int(told.distance),
            finished=_finished(told.start, told.end, told.document_date),
            paper_id=self._origin.paper_id,
            place=self._place(record),
        )
        self._report.count("training", NEW)
        if person.row.changed is not None:
            self._tell(NEW, person, "курсы", "", told.title, record)

    # --- telling --------------------------------------------------------------------------------------------------

    def _write(self, person: PersonState, row: Row, column: str, value: str, record: PersonRecord) -> bool:
        before = row[column]
        row.set(column, value)
        if person.row.changed is None:
            return False
        self._tell(CHANGED, person, column, str(before or ""), value, record)
        return True

    def _contradict(self, person: PersonState, record: PersonRecord, field: str, here: str, known: str) -> None:
        entry = Contradiction(
            self._origin.sheet, record.row, field, here, known, person.id, str(person.name), record.cells.get(field, "")
        )
        if entry not in self._report.contradictions:
            self._report.contradictions.append(entry)

    def _tell(self, kind: str, person: PersonState, field: str, before: str, after: str, record: PersonRecord) -> None:
        who = f"{person.row['surname']} {person.row['name']} {person.row['patronymic']}".strip()
        self._report.differences.append(
            Difference(kind, "people", person.id, who, field, before, after, self._place(record))
        )

    def _place(self, record: PersonRecord) -> str:
        return f"{self._origin.sheet}: {record.row}"


def _learn_more(row: Row, told: TrainingIn) -> bool:
    """Write what a paper adds to a known training; True when it adds anything."""
    filled = [
        row.fill(column, value)
        for column, value in (
            ("provider", told.provider),
            ("hours", told.hours),
            ("document_number", told.document_number),
            ("registration_number", told.registration_number),
        )
    ]
    filled += [
        _more_exact(row, column, value)
        for column, value in (("starts", told.start), ("ends", told.end), ("document_date", told.document_date))
    ]
    if told.distance:
        filled.append(row.set("distance", 1))
    if told.kind is not TrainingKind.PK and row["kind"] == TrainingKind.PK:
        filled.append(row.set("kind", str(told.kind)))  # ПК is what a paper says that does not tell
    if any(filled):
        row.set("finished", _finished(row["starts"], row["ends"], row["document_date"]))
    return any(filled)


def _more_exact(row: Row, column: str, told: str) -> bool:
    """Write a date that says the same as the known one, but more exactly; True when it was written."""
    known = row[column] or ""
    return len(told) > len(known) and same_fact(told, known) and row.set(column, told)


def _number_key(text: str) -> str:
    return _NUMBER_NOISE.sub("", text.casefold())


def _is_dated(told: CategoryIn) -> bool:
    return bool(told.decision_date or told.act_date or told.act_number or told.valid_until)


def _same_act(told: CategoryIn, row: Row) -> bool:
    if not same_fact(told.decision_date, row["decision_date"]):
        return False
    if not told.decision_date or not row["decision_date"]:
        ends_agree = not told.valid_until or not row["valid_until"] or same_fact(told.valid_until, row["valid_until"])
        return ends_agree
    numbers = _number_key(told.act_number), _number_key(row["act_number"])
    return not all(numbers) or numbers[0] == numbers[1]


def _is_one_act(told: CategoryIn, row: Row) -> bool:
    numbers = _number_key(told.act_number), _number_key(row["act_number"])
    dates = told.decision_date, row["decision_date"]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    if all(dates):
        return len(dates[0]) == 10 and dates[0] == dates[1]
    return all(numbers) and numbers[0] == numbers[1] and len(numbers[0]) > 2


def _finished(start: str, end: str, document: str) -> str:
    best = end or document or start
    return document if document.startswith(best) else best


def training_of(row: Row) -> TrainingIn:
    """A stored training as a paper would tell it."""
    return TrainingIn(
        title=row["title"],
        provider=row["provider"],
        hours=row["hours"],
        start=row["starts"],
        end=row["ends"],
        document_number=row["document_number"],
        registration_number=row["registration_number"],
        document_date=row["document_date"],
    )


def same_training(told: TrainingIn, row: Row) -> bool:
    """Whether a told training is the stored one: by document number, else by title, hours, time and provider."""
    numbers = _number_key(told.document_number), _number_key(row["document_number"])
    registrations = _number_key(told.registration_number), _number_key(row["registration_number"])
    if all(registrations) and registrations[0] != registrations[1]:
        return False
    if all(numbers):
        return numbers[0] == numbers[1]
    if told.hours is not None and row["hours"] is not None and told.hours != row["hours"]:
        return False
    return (
        _same_time(told, row)
        and _same_provider(told.provider, row["provider"])
        and _same_title(told.title, row["title"])
    )


def _same_title(told: str, known: str) -> bool:
    one, other = fold(told), fold(known)
    if one == other:
        return True
    if min(len(one), len(other)) < 20:
        return False
    return one.startswith(other) or other.startswith(one) or fuzz.ratio(one, other) >= 92


def _same_provider(told: str, known: str) -> bool:
    one, other = fold(told), fold(known)
    return not one or not other or one in other or other in one or fuzz.token_set_ratio(one, other) >= 85


def _same_time(told: TrainingIn, row: Row) -> bool:
    mine, known = told.end or told.document_date or told.start, row["finished"]
    if not mine or not known or same_fact(mine, known):
        return True
    if len(mine) == len(known) == 10:
        for one, other in (
            (told.end, row["ends"]),
            (told.document_date, row["document_date"]),
            (told.start, row["starts"]),
        ):
            if one and other and not same_fact(one, other):
                return False
        if told.end and row["ends"]:
            return True
        return _days_apart(mine, known) <= _WORDS_APART
    return False


def _days_apart(one: str, other: str) -> int:
    first: date = to_date(one)
    return abs((first - to_date(other)).days)
