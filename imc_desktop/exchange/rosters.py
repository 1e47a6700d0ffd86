"""Rosters of methodical associations: a title with the head above every list of members."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial

from imc_desktop.domain.kinds import ExperienceKind, TableKind
from imc_desktop.domain.names import compatible, parse_name, parse_names_in
from imc_desktop.domain.papers import ExperienceIn, GroupRecord, MemberRecord, PersonName, PersonRecord, TableRead
from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.cells.experience import parse_experience, parse_experience_mixed
from imc_desktop.exchange.cells.posts import parse_posts
from imc_desktop.exchange.cells.simple import parse_email, parse_phone
from imc_desktop.exchange.column_values import Trouble, padded
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.person_row import PersonColumns
from imc_desktop.exchange.plan_titles import is_closing
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator
from imc_desktop.exchange.vertical import Merged
from imc_desktop.exchange.work_rows import (
    Gathered,
    as_separator,
    category_of_row,
    is_foot,
    is_place,
    is_vacancy,
    name_text,
    split_post_and_place,
    value_text,
)

GROUP = re.compile(
    r"(?<![а-я])(?:[ргмошк]мо|мо(?=\s+(?:учител|педаг|воспит|класс|препод|руков|библ|соц|логоп|предм|"
    r"естест|гуман|матем))|"
    r"методическ\w+ объединени[ея]|методобъединени[ея]|творческ\w+ групп\w|проблемн\w+ групп\w|школ\w молод\w+|"
    r"аб\b|адистемелик бирлести\w+|секци[яи] учител\w+)(?![а-я])"
)
_MANY = re.compile(
    r"методическ\w+ объединений|методобъединений|(?<![а-я])[ргм]мо на \d{4}|"
    r"состав\w*\s+(?:всех\s+)?[ргм]мо\s*(?:$|\d|на |район)"
)
_ALL = re.compile(r"объединений|учебный год|(?<![а-я])\d{4}(?!\d)|^(?:состав|список|перечень)$")
_HEAD = re.compile(
    r"(?:руководител\w*(?:\s+(?:[РГМШО]МО|МО|объединения|группы|секции))?|рук\.|жетекш\w+(?:сі)?|"
    r"председател\w*)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_HEAD_WORD = re.compile(r"руководител|председател|жетекши")
_SCHOOL_YEAR = re.compile(
    r"\s*(?:на|за|в)?\s*20\d\d\s*[-–—/]\s*(?:20)?\d\d\s*(?:уч\w*\.?\s*г\w*\.?)?\s*$", re.IGNORECASE
)
_PREFIX = re.compile(r"^\s*(?:(?:\d{1,2}|[IVX]{1,4})[.)]\s*)?(?:(?:состав|список|члены|участники)\s+)?", re.IGNORECASE)
_REGISTER = (
    "birth",
    "education",
    "institution",
    "graduated",
    "speciality",
    "qualification",
    "course",
    "award",
    "snils",
    "iin",
)
_BOTH = re.compile(r"\d\s*[/\\]\s*\d|общ|пед", re.IGNORECASE)
_YEARS = re.compile(r"(?<=\D)(\d{1,2}(?:[.,]\d)?)\s*(?:лет|года?)\s*$", re.IGNORECASE)


@dataclass
class _Group:
    """A group being read."""

    title: str
    head: PersonName | None = None
    members: list[MemberRecord] = field(default_factory=list)


def detect(sheet: Sheet, table: FoundTable, context: Context) -> float:
    """How surely the table is a roster of methodical associations (0…1)."""
    if not table.fields & {"name", "surname"}:
        return 0.0
    lines = [*context.lines[-4:], sheet.name, *(one.text for one in table.separators)]
    grouped = sum(1 for line in lines if GROUP.search(fold(line)) or _MANY.search(fold(line)))
    headed = sum(1 for line in lines if _HEAD.search(line))
    if not grouped and not headed and "group" not in table.fields:
        return 0.0
    if table.fields & {"requested", "planned_year", "course_title", "snils"}:
        return 0.2
    extra = 0.1 if table.fields & {"classes", "textbooks", "head"} else 0.0
    if grouped and (headed or "group" in table.fields):
        return 0.9 + extra / 2
    return (0.8 if grouped else 0.55 if "group" not in table.fields else 0.75) + extra


def parse(sheet: Sheet, table: FoundTable, context: Context) -> TableRead:
    """Read rosters: a group record before the records of its members."""
    reader = _Reader(Gathered(sheet, table), context)
    for row in map(as_separator, table.walk()):
        if isinstance(row, Separator):
            reader.separator(row.text)
        else:
            reader.row(row)
    return reader.result()


class _Reader:
    """Rows from top to bottom with the group they belong to."""

    def __init__(self, found: Gathered, context: Context) -> None:
        self.found = found
        self._as_of = context.as_of
        self._organisation = context.organisation
        self._merged = Merged(found.sheet)
        rich = any(field.startswith(_REGISTER) for field in found.table.fields)
        self._columns = PersonColumns(found.table, context) if rich else None
        self._groups: list[_Group] = []
        lines = (*context.lines[-4:], *_titles_in_header(found))
        tab = one_line(found.sheet.name)
        if not any(_names_group(line) for line in lines) and _names_group(tab):
            self._open(tab)
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            self._title(line, sure=bool(_HEAD.match(following)) and not _ALL.search(fold(line)))

    def separator(self, text: str) -> None:
        """A group's title, its head, an organisation or a line of the foot."""
        self.found.ignored += 1
        if is_closing(text) and not _HEAD.search(text):
            return
        if is_place(text) and not GROUP.search(fold(text)) and not _HEAD.search(text):
            self._organisation = one_line(text)
        else:
            self._title(text, sure=True)

    def _title(self, text: str, *, sure: bool) -> None:
        """Take a line that names a group, its head or both."""
        line = one_line(text)
        head = _HEAD.search(line)
        before = line[: head.start()] if head else line
        title = _SCHOOL_YEAR.sub("", _PREFIX.sub("", before)).strip(" ,;:.–—-(")
        plain = fold(title)
        if title and (_names_group(title) or (sure and not head and len(title) > 3 and not _MANY.search(plain))):
            self._open(title)
        if head and self._groups:
            person = _first_name(line[head.end() :])
            if person is not None and self._groups[-1].head is None:
                self._groups[-1].head = person

    def _open(self, title: str) -> None:
        if not self._groups or self._groups[-1].title != title:
            self._groups.append(_Group(title))

    def row(self, row: DataRow) -> None:
        """A member, or a title spread over two cells."""
        written = name_text(row)
        whole = " ".join(text for cell in row.raw if (text := text_of(cell)))
        if not written or is_vacancy(written) or is_foot(row):
            if GROUP.search(fold(whole)) or _HEAD.search(whole):
                self._title(whole, sure=True)
            self.found.ignored += 1
            return
        if parse_name(written) is None and (_HEAD.search(whole) or GROUP.search(fold(whole))):
            self._title(whole, sure=True)
            self.found.ignored += 1
            return
        self.found.rows += 1
        name = self.found.person(row)
        if name is None:
            return
        group = one_line(self._merged.text(row, self.found.table.index_of("group")))
        if group and not is_no_value(group):
            self._switch(group)
        if not self._groups:
            self._open(self.found.sheet.name)
        said = value_text(row, "head") or value_text(row, "note")
        head = bool(_HEAD_WORD.search(fold(said))) and "музык" not in fold(said)
        member = MemberRecord(self.found.number(row), self._groups[-1].title, self._person(row, name), head)
        self._groups[-1].members.append(member)

    def _switch(self, title: str) -> None:
        """Go on with the group a column names, known or new."""
        known = next((one for one in self._groups if fold(one.title) == fold(title)), None)
        if known is None:
            self._groups.append(_Group(title))
        elif known is not self._groups[-1]:
            self._groups.remove(known)
            self._groups.append(known)

    def _person(self, row: DataRow, name: PersonName) -> PersonRecord:
        post_text, place = split_post_and_place(text_of(row.cells.get("post")))
        posts = parse_posts(_with_subject(post_text, value_text(row, "subjects"))) if post_text else ()
        experience, row = self._experience(row)
        category = category_of_row(self.found, row, posts[0].post if posts else "")
        keys = ("name", "organisation", "post", "category", "experience", "experience_ped")
        organisation = value_text(row, "organisation") or place or self._organisation
        return replace(
            self._other_facts(row, name),
            organisation=organisation,
            experience=experience,
            posts=posts,
            categories=(category,) if category else (),
            phone=self.found.tried(row, "phone", parse_phone, ""),
            email=self.found.tried(row, "email", parse_email, ""),
            cells={key: self.found.place(row, key) for key in keys if self.found.table.index_of(key) is not None},
        )

    def _other_facts(self, row: DataRow, name: PersonName) -> PersonRecord:
        """What a register would say of a person and a roster rarely does: birth, education, courses, awards."""
        number = self.found.number(row)
        if self._columns is None:
            return PersonRecord(number, name)
        troubles: list[Trouble] = []
        raw = padded(row.raw, self._columns.width)
        person = self._columns.record(number, raw, name, "", troubles)
        fields = {column.index: column.field for column in self.found.table.columns}
        for index, reason in troubles:
            if fields.get(index, "").startswith(_REGISTER):
                self.found.reject(row, fields[index], reason)
        return person

    def _experience(self, row: DataRow) -> tuple[tuple[ExperienceIn, ...], DataRow]:
        """Experience of a row; «б/к11 лет» in the category's cell is a category and an experience."""
        found: list[ExperienceIn] = []
        for key, kind in (
            ("experience_total", ExperienceKind.TOTAL),
            ("experience_ped", ExperienceKind.PEDAGOGICAL),
            ("experience", ExperienceKind.PEDAGOGICAL),
            ("experience_org", ExperienceKind.ORGANISATION),
        ):
            if key == "experience" and _BOTH.search(text_of(row.cells.get(key))):
                found += self.found.tried(row, key, partial(parse_experience_mixed, as_of=self._as_of), ())
                continue
            one = self.found.tried(row, key, partial(parse_experience, kind=kind, as_of=self._as_of), None)
            if one is not None and all(known.kind is not kind for known in found):
                found.append(one)
        category = row.cells.get("category")
        glued = _YEARS.search(category) if isinstance(category, str) and not found else None
        if glued and isinstance(category, str):
            one = parse_experience(glued[1], ExperienceKind.PEDAGOGICAL, as_of=self._as_of)
            cells: dict[str, Cell] = {**row.cells, "category": category[: glued.start()].strip(" ,;")}
            return ((one,) if one else ()), replace(row, cells=cells)
        return tuple(found), row

    def result(self) -> TableRead:
        """All groups with their members; the head named above a list is marked among them."""
        for group in self._groups:
            if not group.members and group.head is None:
                continue
            marked = [self._marked(one, group) for one in group.members]
            head = group.head or next((one.person.name for one in marked if one.head), None)
            self.found.records.append(GroupRecord(group.title, head))
            self.found.records.extend(marked)
        return self.found.result(TableKind.GROUP_ROSTER)

    @staticmethod
    def _marked(member: MemberRecord, group: _Group) -> MemberRecord:
        is_head = group.head is not None and compatible(group.head, member.person.name)
        return replace(member, head=member.head or is_head)


def _titles_in_header(found: Gathered) -> list[str]:
    """A title and a head side by side above the captions look like captions of groups of columns."""
    rows = (found.sheet.rows[index] for index in found.table.header_rows)
    lines = (" ".join(text for cell in row if (text := one_line(text_of(cell)))) for row in rows)
    return [line for line in lines if _HEAD.search(line)]


def _names_group(text: str) -> bool:
    """True for a line that names one association, not all of them."""
    plain = fold(text)
    return bool(GROUP.search(plain)) and not _MANY.search(plain)


def _with_subject(post: str, subject: str) -> str:
    return f"{post} ({subject})" if subject and "(" not in post else post


def _first_name(text: str) -> PersonName | None:
    found = parse_names_in(text)
    return found[0] if found else parse_name(text)
