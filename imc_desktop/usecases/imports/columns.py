"""What was recognised in papers, in sentences; the columns of their tables and what each of them may be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.organisations import organisation_key, short_name
from imc_desktop.domain.papers import Column, TableRead
from imc_desktop.domain.words import plural
from imc_desktop.exchange.grid import column_letters
from imc_desktop.exchange.headings import load_vocabulary
from imc_desktop.usecases.imports.mentions import tellings_of
from imc_desktop.usecases.imports.run import ReadPaper

KIND_TITLES: Mapping[TableKind, str] = {
    TableKind.STAFF_REGISTER: "список педагогов",
    TableKind.COURSE_JOURNAL: "журнал курсов",
    TableKind.COURSE_PLAN: "перспективный план курсов",
    TableKind.ATTESTATION_SCHEDULE: "график аттестации",
    TableKind.CATEGORY_ORDER: "приказ о категориях",
    TableKind.ANNUAL_PLAN: "годовой план",
    TableKind.CYCLOGRAM: "циклограмма",
    TableKind.MONTH_PLAN: "план на месяц",
    TableKind.GROUP_ROSTER: "состав методических объединений",
    TableKind.CONSULTATIONS: "журнал консультаций",
    TableKind.LESSON_VISITS: "журнал посещения уроков",
    TableKind.SUMMARY: "сводная таблица, не переносится",
    TableKind.LISTS: "служебные списки, не переносятся",
    TableKind.UNKNOWN: "таблица не распознана, не переносится",
}
_WHOLE_SHEETS = (TableKind.CATEGORY_ORDER, TableKind.CYCLOGRAM, TableKind.SUMMARY, TableKind.LISTS)
NOT_TAKEN = "— не переносить —"

FIELD_TITLES: Mapping[str, str] = {
    "number": "№ по порядку",
    "name": "Фамилия, имя, отчество",
    "surname": "Фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество",
    "birth": "Дата рождения",
    "age": "Возраст",
    "sex": "Пол",
    "personnel_number": "Табельный номер",
    "extra_post": "Вторая должность",
    "extra_rate": "Ставка по второй должности",
    "post": "Должность",
    "subjects": "Предметы",
    "rate": "Ставка",
    "workload": "Нагрузка",
    "employment": "Основной или совместитель",
    "since": "Работает с",
    "organisation": "Организация",
    "education": "Образование",
    "education_level": "Уровень образования",
    "institution": "Учебное заведение",
    "graduated": "Год окончания",
    "speciality": "Специальность",
    "qualification": "Квалификация по диплому",
    "diploma": "Диплом",
    "degree": "Учёная степень",
    "academic_rank": "Учёное звание",
    "experience": "Стаж (всё в одной ячейке)",
    "experience_total": "Общий стаж",
    "experience_ped": "Педагогический стаж",
    "experience_org": "Стаж в организации",
    "experience_post": "Стаж в должности",
    "category": "Категория",
    "category_date": "Дата присвоения категории",
    "category_order": "Приказ о категории",
    "category_until": "Категория действует до",
    "category_issuer": "Кем присвоена категория",
    "category_next": "Следующая аттестация",
    "courses": "Курсы (всё в одной ячейке)",
    "retraining": "Переподготовка",
    "course_hours": "Курсы: часов",
    "course_year": "Курсы: год",
    "course_period": "Курсы: сроки",
    "course_start": "Курсы: начало",
    "course_end": "Курсы: окончание",
    "course_provider": "Курсы: где обучались",
    "course_registration": "Курсы: регистрационный номер",
    "course_document": "Курсы: номер документа",
    "course_series": "Курсы: серия документа",
    "course_date": "Курсы: дата выдачи",
    "course_kind": "Курсы: вид",
    "course_form": "Курсы: форма обучения",
    "course_next": "Курсы: когда следующие",
    "last_year": "Год прошлых курсов",
    "planned_year": "Плановый год курсов",
    "theme": "Тема курсов",
    "phone": "Телефон",
    "email": "Эл. почта",
    "snils": "СНИЛС",
    "iin": "ИИН",
    "awards": "Награды",
    "website": "Сайт",
    "programme": "Программа",
    "note": "Примечание",
    "signature": "Подпись",
    "head": "Руководитель",
    "group": "Методическое объединение",
    "classes": "Классы",
    "textbooks": "Учебники",
    "topic": "Тема",
    "requested": "Заявленная категория",
    "application": "Дата заявления",
    "meeting": "Месяц аттестации",
    "result": "Итог",
    "event": "Мероприятие",
    "term": "Срок",
    "date": "Дата",
    "time": "Время",
    "place": "Место проведения",
    "participants": "Участники",
    "responsible": "Ответственный",
    "expected": "Ожидаемый результат",
    "mark": "Отметка о выполнении",
    "direction": "Направление",
    "form": "Форма",
    "methodist": "Методист",
    "visitor": "Кто посетил",
    "klass": "Класс",
    "purpose": "Цель",
    "analysis": "Анализ",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line about a paper; ``kind`` is taken, left (told but not read) or refused."""

    text: str
    kind: str = "taken"


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column to look at and correct: ``letter`` as Excel has it, ``samples`` some of its values."""

    index: int
    letter: str
    heading: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table whose columns a person may correct. ``number`` is the place of its paper among those read."""

    number: int
    file: str
    sheet: str
    kind: str
    signature: str
    sender: str
    columns: tuple[ColumnView, ...]
    fields: tuple[tuple[str, str], ...]


def sentences_of(paper: ReadPaper) -> list[Sentence]:
    """What was recognised in a paper, a sentence per table, then its notes; or why it is refused."""
    if paper.paper is None:
        return [Sentence(paper.refused, "refused")]
    told = [_sentence(table) for table in paper.paper.tables]
    notes = [Sentence(note, "left") for note in paper.paper.notes]
    return [*told, *notes] or [Sentence("Файл пуст.", "refused")]


def correctable_tables(papers: Sequence[ReadPaper]) -> list[TableView]:
    """Tables with columns; layouts that several sheets share stand once per paper."""
    views: list[TableView] = []
    for number, paper in enumerate(papers):
        seen: set[str] = set()
        for table in paper.paper.tables if paper.paper else ():
            if table.columns and table.kind not in _WHOLE_SHEETS and table.signature not in seen:
                seen.add(table.signature)
                views.append(_view(number, paper.file, table))
    return views


def fields_for(kind: TableKind) -> tuple[tuple[str, str], ...]:
    """Fields a table of this kind may have, as (field, Russian name) in alphabetical order; "" = not taken."""
    vocabulary = load_vocabulary()
    if kind is not TableKind.UNKNOWN:
        vocabulary = vocabulary.of_kind(kind)
    named = [(words.field, FIELD_TITLES[words.field]) for words in vocabulary.fields]
    return (("", NOT_TAKEN), *sorted(named, key=lambda pair: pair[1]))


def _view(number: int, file: str, table: TableRead) -> TableView:
    fields = fields_for(table.kind)
    known = {field for field, _ in fields}
    extra = {column.field for column in table.columns} - known
    fields = (*fields, *((field, FIELD_TITLES.get(field, field)) for field in sorted(extra)))
    return TableView(
        number,
        file,
        table.sheet,
        KIND_TITLES[table.kind],
        table.signature,
        table.organisation or file.rpartition(".")[0],
        tuple(_column(column) for column in table.columns),
        fields,
    )


def _column(column: Column) -> ColumnView:
    heading = " ".join(column.heading.split())
    return ColumnView(column.index, column_letters(column.index), heading, column.field, column.samples)


def _sentence(table: TableRead) -> Sentence:
    if table.kind in (TableKind.SUMMARY, TableKind.LISTS, TableKind.UNKNOWN):
        return Sentence(f"{table.sheet.strip()} — {KIND_TITLES[table.kind]}", "left")
    parts = [KIND_TITLES[table.kind], *_counts(table)]
    return Sentence(f"{table.sheet.strip()} — {', '.join(parts)}")


def _counts(table: TableRead) -> Iterator[str]:
    yield f"{_number(table.rows)} {plural(table.rows, 'строка', 'строки', 'строк')}"
    if table.kind is TableKind.STAFF_REGISTER:
        told = {person.organisation or table.organisation for _, person in tellings_of(table)} - {""}
        places = {organisation_key(spelling): spelling for spelling in told}
        if len(places) > 1:
            yield f"{_number(len(places))} {plural(len(places), 'организация', 'организации', 'организаций')}"
        elif places:
            yield short_name(next(iter(places.values())))
    if table.rejected:
        count = len(table.rejected)
        yield f"не принято {_number(count)} {plural(count, 'значение', 'значения', 'значений')}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")
