"""Registers of people: district registers, lists of schools, exports of personnel programs, pages of sites."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.names import parse_name
from imc_desktop.domain.papers import ContactRecord, PersonName, PersonRecord, Rejected, TableRead
from imc_desktop.domain.words import fold, repair
from imc_desktop.exchange.cells.simple import parse_phone
from imc_desktop.exchange.column_values import Raw, Trouble, padded, plain_text, rejected
from imc_desktop.exchange.context import Context, organisation_in
from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.person_row import PersonColumns, is_signature, is_total, is_vacancy
from imc_desktop.exchange.shapes import looks_like_organisation
from imc_desktop.exchange.tables import FoundTable, Separator
from imc_desktop.exchange.unread import unread_table

_TELLING = frozenset(
    [
        "birth",
        "post",
        "subjects",
        "education",
        "education_level",
        "institution",
        "graduated",
        "speciality",
        "qualification",
        "experience",
        "experience_total",
        "experience_ped",
        "experience_org",
        "experience_post",
        "category",
        "category_date",
        "category_until",
        "courses",
        "retraining",
        "rate",
        "sex",
        "employment",
        "personnel_number",
        "phone",
        "email",
        "snils",
        "iin",
        "awards",
        "since",
        "organisation",
        "degree",
        "academic_rank",
        "programme",
        "extra_post",
        "classes",
    ]
)
_TITLE = re.compile(
    r"реестр|педагог|кадр|сведени|список|штат|сотрудник|работник|тарификаци|персональн|состав|база данных|выгрузк"
)
_NOT_TEACHING = re.compile(
    r"завхоз|завед\w+ хозяйств|уборщи|сторож|водител|дворник|повар|кухон|гардероб|вахтер|рабоч|бухгалтер|секретар|"
    r"делопроизвод|оператор|слесар|электрик|сантехник|кастелян|прачк|машинист|кочегар|охран|кладовщик|"
    r"младш\w+ воспитат|помощник воспитат|лаборант|медсестр|медицинск|экономист|кадров|документовед|программист|"
    r"техник|плотник|грузчик|подсобн|инженер"
)
_NOT_TEACHING_TITLE = re.compile(
    r"техперсонал|технич\w* персонал|обслуживающ|младш\w* персонал|вспомогательн\w* персонал|\bмоп\b|не ?педагог"
)
# With a name, one of these is enough to be a list of staff when no other kind of table fits better.
_ALONE = _TELLING - {"phone", "email", "organisation", "sex", "rate", "classes"}
_FURTHER = frozenset({"post", "subjects", "courses", "retraining", "rate"})
_NUMBERED = re.compile(r"^\s*(?:(?:\d+|[IVXLC]+)\s*[.)]+|[-–—•*])\s*")
_GROUP_OF_MANY = re.compile(
    r"^(?:общеобразовательные|дошкольные|образовательные|учреждени[яе]|организации|школы|детские сады|городские|"
    r"сельские|среднее|основное|начальное|дошкольное|дополнительное)\b(?! общеобразовательная)"
)
_GROUP_WORD = re.compile(
    r"администр|педагог|учител|воспитат|совмест|специалист|персонал|работник|состав|сотрудник|декрет|отпуск|класс|"
    r"образован|предмет|цикл|кафедр|квартал|полугод|групп|отделени|молод|руковод|обслуж|учебн|высш|перв|категор|соответств|"
    r"ваканс|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|прочие|иные|другие|примеч"
)


def detect(sheet: Sheet, found: FoundTable, context: Context) -> float:
    """How much a table looks like a register of people."""
    fields = found.fields
    if not {"name", "surname"} & fields:
        return 0.0
    known = len(fields & _TELLING)
    title = 0.1 if _TITLE.search(fold(f"{context.title} {sheet.name}")) else 0.0
    tags = 0.3 if "fio" in sheet.tags.values() else 0.0
    least = 0.5 if fields & _ALONE else 0.0
    return max(least, 0.35 + 0.08 * min(known, 7) + title + tags) if known else 0.0


def parse(sheet: Sheet, found: FoundTable, context: Context) -> TableRead:
    """People of a register; totals, vacancies and signatures are counted, unreadable rows are told."""
    if _is_not_teaching(found, context):
        return replace(unread_table(found, TableKind.UNKNOWN), contacts=contacts_of(sheet, context))
    reading = _Reading(sheet, found, context, PersonColumns(found, context))
    reading.run()
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.STAFF_REGISTER,
        rows=reading.rows,
        header_row=found.header_rows.start + 1,
        columns=found.columns,
        records=tuple(reading.records),
        contacts=contacts_of(sheet, context),
        rejected=tuple(reading.rejected),
        ignored=reading.ignored,
        organisation=context.organisation,
        signature=found.signature,
    )


def _is_not_teaching(found: FoundTable, context: Context) -> bool:
    """«Техперсонал»: said by the tab or the title, or by the posts of nearly everybody."""
    if _NOT_TEACHING_TITLE.search(fold(f"{context.sheet_name} {context.title}")):
        return True
    index = found.index_of("post")
    if index is None or not found.data:
        return False
    posts = [fold(plain_text(row[index])) for row in map(found.sheet.rows.__getitem__, found.data) if index < len(row)]
    said = [post for post in posts if post]
    return bool(said) and sum(1 for post in said if _NOT_TEACHING.search(post)) > 0.8 * len(said)


def contacts_of(sheet: Sheet, context: Context) -> tuple[ContactRecord, ...]:
    """Heads named by a page apart from the staff."""
    found = []
    for said in sheet.contacts:
        name = parse_name(said.get("fio", ""))
        if name is not None:
            phone = _phone(said.get("telephone", ""))
            found.append(ContactRecord(name, plain_text(said.get("post")), context.organisation, phone))
    return tuple(found)


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except ValueError:
        return ""


@dataclass(slots=True)
class _Reading:
    """Walks through the rows of one table and keeps what they say."""

    sheet: Sheet
    found: FoundTable
    context: Context
    columns: PersonColumns
    organisation: str = ""
    rows: int = 0
    ignored: int = 0
    ordinal: int = 0
    _organisation_column: int | None = None
    _last: int = -2
    _tops: list[int] = field(default_factory=list)
    records: list[PersonRecord] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def run(self) -> None:
        """Read all rows and separators, top to bottom."""
        self.organisation = self.context.organisation
        between = iter(sorted(self.found.separators, key=lambda one: one.row))
        following = next(between, None)
        rows, width, columns = self.sheet.rows, self.columns.width, self.columns
        number_column = self.found.index_of("number") if self.sheet.records else None
        exact = self._exact_sections()
        for index in self.found.data:
            while following is not None and following.row < index:
                self._separator(following)
                following = next(between, None)
            raw = rows[index]
            if len(raw) < width:
                raw = padded(raw, width)
            columns.exact = self._section(index, raw) in exact
            self.ordinal += 1
            number = self._number(raw, number_column) if self.sheet.records else index + 1
            name = columns.name.read(raw)
            if name is None:
                self._nameless(index, number, raw)
                continue
            self._last = index
            self._person(number, raw, name)
        while following is not None:
            self._separator(following)
            following = next(between, None)

    def _section(self, index: int, raw: Raw) -> object:
        """What the rows filled in by one hand have in common: the organisation of the row or the separator above."""
        place = self._organisation_column
        if place is not None and place < len(raw) and raw[place] is not None:
            return raw[place]
        return self._tops[bisect_right(self._tops, index) - 1] if self._tops and self._tops[0] < index else None

    def _exact_sections(self) -> frozenset[object]:
        """Sections that tell experience to the month."""
        self._organisation_column = self.found.index_of("organisation")
        self._tops = sorted(one.row for one in self.found.separators if not is_total(one.text))
        counts: dict[object, list[int]] = {}
        for index in self.found.data if self.columns.experience.columns else ():
            raw = self.sheet.rows[index]
            worded, monthed = self.columns.experience.manner(raw)
            if worded:
                count = counts.setdefault(self._section(index, raw), [0, 0])
                count[0] += worded
                count[1] += monthed
        return frozenset(section for section, (worded, monthed) in counts.items() if 2 * monthed > worded)

    def _number(self, raw: Raw, column: int | None) -> int:
        """A record's number: its № when it has one, else its place."""
        text = plain_text(raw[column]).rstrip(".") if column is not None else ""
        return int(text) if text.isdecimal() and len(text) < 10 else self.ordinal

    def _person(self, number: int, raw: Raw, name: PersonName) -> None:
        troubles: list[Trouble] = []
        own = self.columns.organisation(raw)
        if own:
            self.organisation = own
        self.records.append(self.columns.record(number, raw, name, self.organisation, troubles))
        self.rows += 1
        for trouble in troubles:
            self.rejected.append(rejected(self.sheet, self.columns.places, number, trouble, raw))

    def _nameless(self, index: int, number: int, raw: Raw) -> None:
        """A total, a vacancy, a signature, an organisation of two cells, the same person as above, or a broken row."""
        text = self.columns.name.text(raw)
        self.organisation = self.columns.organisation(raw) or self.organisation
        said = [plain for cell in raw if isinstance(cell, str) and (plain := plain_text(cell))]
        if any(is_total(one) or is_vacancy(one) for one in said[:4]) or any(
            isinstance(cell, str) and "____" in cell for cell in raw
        ):
            self._ignore()
        elif not text and self.records and self._continues(raw):
            self._last = index
            self._person(number, raw, self.records[-1].name)
        elif not self.columns.has_facts(raw):
            label = text or next((one for one in said if not one.isdigit()), "")
            if label and self._takes_organisation(label, lonely=len(said) <= 2):
                self._ignore()
            elif text and not is_signature(text):
                self._reject(number, raw, f"«{text}» не похоже на фамилию, имя и отчество")
            else:
                self._ignore()
        elif text:
            self._reject(number, raw, f"«{text}» не похоже на фамилию, имя и отчество")
        else:
            self._reject(number, raw, "В строке есть данные, но нет фамилии, имени и отчества")

    def _ignore(self) -> None:
        self.ignored += 1
        self.ordinal -= 1

    def _reject(self, number: int, raw: Raw, reason: str) -> None:
        self.rows += 1
        trouble = (self.columns.name.columns[0], reason)
        self.rejected.append(rejected(self.sheet, self.columns.places, number, trouble, raw))

    def _continues(self, raw: Raw) -> bool:
        """True for a further line of the person above: no number of its own, but a post, a subject or a course."""
        number = self.found.index_of("number")
        birth = self.found.index_of("birth")
        own = (number is None or raw[number] in (None, "")) and (birth is None or raw[birth] in (None, ""))
        return (
            own
            and number is not None
            and any(column.field in _FURTHER and raw[column.index] not in (None, "") for column in self.found.columns)
        )

    def _separator(self, separator: Separator) -> None:
        """A row of one text: an organisation, a lonely name, or something to pass over."""
        text = separator.text
        if not is_total(text) and not is_vacancy(text) and not is_signature(text):
            if separator.column in self.columns.name.columns and separator.column > 0:
                name = parse_name(text)
                if name is not None and name.is_full and name.patronymic and not looks_like_organisation(text):
                    raw = padded(self.sheet.rows[separator.row], self.columns.width)
                    self._person(separator.row + 1, raw, name)
                    return
            if separator.row == self._last + 1 and self._is_told(separator.column) and self.records:
                raw = padded(self.sheet.rows[separator.row], self.columns.width)
                self._last = separator.row
                self._person(separator.row + 1, raw, self.records[-1].name)
                return
            self._takes_organisation(text, lonely=True)
        self.ignored += 1

    def _is_told(self, column: int) -> bool:
        """True for a column that a further line of the same person fills: a post, a subject, a course."""
        field = next((one.field for one in self.found.columns if one.index == column), "")
        return column > 0 and field in _FURTHER

    def _takes_organisation(self, text: str, *, lonely: bool) -> bool:
        """The organisation of the rows below, when the text names one."""
        bare = _NUMBERED.sub("", repair(text)).strip(" :;.")
        if not lonely or not bare or len(bare) > 250:
            return False
        if looks_like_organisation(bare) and not _GROUP_OF_MANY.match(fold(bare)):
            self.organisation = organisation_in(bare) if len(bare) > 90 and organisation_in(bare) else bare
            return True
        if self._may_be_organisation(bare):
            self.organisation = bare
            return True
        return False

    def _may_be_organisation(self, text: str) -> bool:
        """«Теремок»: a proper name where organisations are told by separators and nowhere else."""
        if "organisation" in self.found.fields or self.context.organisation or len(text.split()) > 4:
            return False
        return text[0] in '«"“' or (
            text[0].isupper() and self.organisation != "" and not _GROUP_WORD.search(fold(text))
        )
