"""Journals of course documents (a row = a document) and perspective plans of courses (a row = a person and a year)."""

from __future__ import annotations

import re
from dataclasses import replace

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.papers import CoursePlanRecord, PersonName, PersonRecord, Rejected, TableRead, TrainingIn
from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.posts import parse_posts
from imc_desktop.exchange.cells.simple import parse_bool_yes
from imc_desktop.exchange.column_values import Places, Raw, Trouble, column_map, day_of, padded, plain_text, rejected
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Cell, Sheet
from imc_desktop.exchange.month_days import is_ditto
from imc_desktop.exchange.person_row import NameColumns, PersonColumns, is_total, is_vacancy
from imc_desktop.exchange.tables import FoundTable

_DOCUMENT = frozenset(
    {
        "course_document",
        "course_registration",
        "course_date",
        "course_kind",
        "course_period",
        "course_hours",
        "signature",
    }
)
_STAFF = frozenset(
    {
        "birth",
        "education",
        "education_level",
        "experience",
        "experience_total",
        "experience_ped",
        "category",
        "rate",
        "retraining",
    }
)
_JOURNAL = re.compile(r"журнал|книга|ведомост|регистрац|выдач|удостоверен|слушател|реестр документ|сертификат")
_PLAN = re.compile(r"перспективн|план|график|заявк|прогноз|потребност|жоспар")
_COURSES = re.compile(r"повышени\w* квалиф|курс|кпк|обучени|біліктілік|биликтилик")
_YEAR = re.compile(r"^(20\d\d)(?:\s*(?:г\.?|год|ж\.?))?$|^(20\d\d)\s*[-–/]\s*(?:20)?\d\d(?:\s*уч.*)?$")


def detect_journal(sheet: Sheet, found: FoundTable, context: Context) -> float:
    """How much a table looks like a journal of documents about courses."""
    fields = found.fields
    if not {"name", "surname"} & fields or not {"courses", "course_document", "course_registration"} & fields:
        return 0.0
    documents = len(fields & _DOCUMENT)
    if documents < 2:
        return 0.0
    title = 0.25 if _JOURNAL.search(fold(f"{context.title} {sheet.name}")) else 0.0
    own = 0.15 if {"course_registration", "course_date"} & fields else 0.0
    return 0.4 + 0.08 * documents + title + own - 0.12 * len(fields & _STAFF)


def parse_journal(sheet: Sheet, found: FoundTable, context: Context) -> TableRead:
    """Documents of a journal, each as a record of its person; the provider of all is named above the table."""
    columns, fields = PersonColumns(found, context, documents=True), column_map(found.columns)
    records: list[PersonRecord] = []
    refused: list[Rejected] = []
    ignored, nameless = len(found.separators), 0
    raw: Raw = ()
    for ordinal, index in enumerate(found.data, start=1):
        raw = _without_dittos(padded(sheet.rows[index], columns.width), raw)
        number = ordinal if sheet.records else index + 1
        name = columns.name.read(raw)
        if name is None:
            reason = _no_name(columns.name.text(raw), raw, fields)
            if reason:
                nameless += 1
                refused.append(rejected(sheet, columns.places, number, (columns.name.columns[0], reason), raw))
            else:
                ignored += 1
            continue
        troubles: list[Trouble] = []
        organisation = columns.organisation(raw) if "organisation" in fields else context.organisation
        record = columns.record(number, raw, name, organisation, troubles)
        records.append(replace(record, trainings=tuple(_provided(one, context) for one in record.trainings)))
        refused.extend(rejected(sheet, columns.places, number, trouble, raw) for trouble in troubles)
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.COURSE_JOURNAL,
        rows=len(records) + nameless,
        header_row=found.header_rows.start + 1,
        columns=found.columns,
        records=tuple(records),
        rejected=tuple(refused),
        ignored=ignored,
        organisation=context.organisation,
        signature=found.signature,
    )


def _without_dittos(raw: Raw, above: Raw) -> Raw:
    """«-//-» is what stands in the row above."""
    if not any(type(cell) is str and is_ditto(cell) for cell in raw):
        return raw
    return tuple(
        above[at] if type(cell) is str and at < len(above) and is_ditto(cell) else cell for at, cell in enumerate(raw)
    )


def _no_name(text: str, raw: Raw, fields: dict[str, list[int]]) -> str:
    """Why a row without a name is refused; "" for a total, a signature or an empty line."""
    if _is_ending(raw) or not _has_document(raw, fields):
        return ""
    return f"«{text}» не похоже на фамилию, имя и отчество" if text else "В строке нет фамилии, имени и отчества"


def _provided(training: TrainingIn, context: Context) -> TrainingIn:
    return replace(training, provider=context.provider) if context.provider and not training.provider else training


def _is_ending(raw: Raw) -> bool:
    texts = [plain_text(cell) for cell in raw if isinstance(cell, str)]
    return any(is_total(text) or is_vacancy(text) or "____" in text for text in texts if text)


def _has_document(raw: Raw, fields: dict[str, list[int]]) -> bool:
    told = [
        index
        for field in ("courses", "course_document", "course_registration", "course_hours")
        for index in fields.get(field, ())
    ]
    return sum(1 for index in told if raw[index] not in (None, "")) >= 1


def year_columns(found: FoundTable) -> list[tuple[int, str]]:
    """Columns whose heading is a year, with the year."""
    result = []
    for caption in found.captions:
        year = _YEAR.match(caption.own.strip())
        if year:
            result.append((caption.index, year.group(1) or year.group(2)))
    return result


def detect_plan(sheet: Sheet, found: FoundTable, context: Context) -> float:
    """How much a table looks like a perspective plan of courses."""
    fields = found.fields
    if not {"name", "surname"} & fields:
        return 0.0
    years = len(year_columns(found))
    title = fold(f"{context.title} {sheet.name}")
    planned = bool(_PLAN.search(title)) and bool(_COURSES.search(title))
    if not (
        years >= 2 or (years and planned) or "planned_year" in fields or (planned and {"theme", "last_year"} & fields)
    ):
        return 0.0
    score = (
        0.45
        + (0.25 if planned else 0.0)
        + (0.25 if years >= 2 else 0.0)
        + (0.15 if {"last_year", "planned_year"} & fields else 0.0)
    )
    return score - 0.1 * len(fields & _STAFF)


def parse_plan(sheet: Sheet, found: FoundTable, context: Context) -> TableRead:
    """People and the years in which they are to take courses."""
    names, fields, years = NameColumns(found), column_map(found.columns), year_columns(found)
    width = 1 + max(column.index for column in found.columns)
    records: list[CoursePlanRecord] = []
    refused: list[Rejected] = []
    ignored = len(found.separators)
    for ordinal, index in enumerate(found.data, start=1):
        raw = padded(sheet.rows[index], width)
        number = ordinal if sheet.records else index + 1
        name = names.read(raw)
        if name is not None:
            records.append(_planned_record(number, name, raw, fields, years))
        elif names.text(raw) and not _is_ending(raw):
            reason = f"«{names.text(raw)}» не похоже на фамилию, имя и отчество"
            refused.append(rejected(sheet, Places.of(found), number, (names.columns[0], reason), raw))
        else:
            ignored += 1
    own = tuple(one if one.organisation else replace(one, organisation=context.organisation) for one in records)
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.COURSE_PLAN,
        rows=len(records) + len(refused),
        header_row=found.header_rows.start + 1,
        columns=found.columns,
        records=own,
        rejected=tuple(refused),
        ignored=ignored,
        organisation=context.organisation,
        signature=found.signature,
    )


def _planned_record(
    number: int, name: PersonName, raw: Raw, fields: dict[str, list[int]], years: list[tuple[int, str]]
) -> CoursePlanRecord:
    return CoursePlanRecord(
        row=number,
        name=name,
        organisation=_told(raw, fields, "organisation"),
        post=_post(_told(raw, fields, "post")),
        last_year=_year_of(raw[fields["last_year"][0]]) if "last_year" in fields else "",
        planned_year=_planned(raw, years, fields),
        theme=_told(raw, fields, "theme"),
    )


def _told(raw: Raw, fields: dict[str, list[int]], field: str) -> str:
    return plain_text(raw[fields[field][0]]) if field in fields else ""


def _post(text: str) -> str:
    posts = parse_posts(text) if text else ()
    return posts[0].post if posts else text


def _planned(raw: Raw, years: list[tuple[int, str]], fields: dict[str, list[int]]) -> str:
    """The first year with a mark or a month; else the year a column names."""
    for index, year in years:
        cell = raw[index]
        if cell not in (None, "") and parse_bool_yes(cell) is not False:
            return year
    return _year_of(raw[fields["planned_year"][0]]) if "planned_year" in fields else ""


def _year_of(cell: Cell) -> str:
    """A year, or the year of a date; "" when the cell says none."""
    try:
        day = day_of(cell)
    except ValueError:
        day = ""
    found = re.search(r"20\d\d|19\d\d", day or plain_text(cell))
    return found.group() if found else ""
