"""A row of a register → one person's record; columns are resolved once for the whole table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.names import parse_name
from imc_desktop.domain.papers import CategoryIn, PersonName, PersonRecord, PostIn
from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.common import low, text_of
from imc_desktop.exchange.cells.simple import parse_award, parse_email, parse_iin, parse_phone, parse_sex, parse_snils
from imc_desktop.exchange.column_values import (
    CellsOf,
    ColumnValues,
    Places,
    Raw,
    RememberedColumns,
    Trouble,
    column_map,
    day_of,
    plain_text,
)
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.course_columns import course_readers
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.person_parts import (
    EDUCATION_FIELDS,
    NOT_TOLD,
    CategoryColumns,
    EducationColumns,
    ExperienceColumns,
    PostColumns,
)
from imc_desktop.exchange.shapes import is_word
from imc_desktop.exchange.tables import FoundTable

_AWARD = re.compile(r"почетн|отличник|благодарн|заслужен|грамот|нагрудн|медал|ветеран|лауреат|знак")
_EARLIEST_BIRTH = 1925
# A name in the commonest form needs no further study.
_PLAIN_NAME = re.compile(r"([А-ЯЁ][а-яё]+) ([А-ЯЁ][а-яё]+) ([А-ЯЁ][а-яё]+(?:вич|вна|ична))")
_PLAIN_PHONE = re.compile(r"(?:\+7|8) ?\(?(\d{3})\)? ?(\d{3})-?(\d\d)-?(\d\d)")


def phone_of(cell: Cell) -> str:
    """A telephone number; the commonest form is told at once."""
    found = _PLAIN_PHONE.fullmatch(cell) if type(cell) is str else None
    return f"+7{found[1]}{found[2]}{found[3]}{found[4]}" if found else parse_phone(cell)


_SIMPLE: tuple[tuple[str, Callable[[Cell], str]], ...] = (
    ("sex", parse_sex),
    ("phone", phone_of),
    ("email", parse_email),
    ("snils", parse_snils),
    ("iin", parse_iin),
)
_CELL_KEYS = {
    "surname": "name",
    "education_level": "education",
    "institution": "education",
    "experience_total": "experience",
    "experience_ped": "experience",
    "post": "posts",
    "subjects": "posts",
    "courses": "training",
    "course_year": "training",
    "retraining": "training",
    "category_date": "category",
}


class NameColumns:
    """The name of a row: one column, or surname, name and patronymic apart."""

    def __init__(self, found: FoundTable) -> None:
        whole, surname = found.index_of("name"), found.index_of("surname")
        self.columns: tuple[int, ...]
        if surname is not None:
            parts = (surname, found.index_of("first_name"), found.index_of("patronymic"))
            self.columns = tuple(index for index in parts if index is not None)
        else:
            self.columns = (whole,) if whole is not None else ()
        self._known: dict[str, PersonName | None] = {}

    def text(self, raw: Raw) -> str:
        """What stands in the columns of the name."""
        if len(self.columns) == 1:
            return plain_text(raw[self.columns[0]])
        return " ".join(text for index in self.columns if (text := plain_text(raw[index])))

    def read(self, raw: Raw) -> PersonName | None:
        """The name, None when there is none to read."""
        if len(self.columns) == 1:
            cell = raw[self.columns[0]]
            text = cell if type(cell) is str else ""
        else:
            text = self.text(raw)
        plain = _PLAIN_NAME.fullmatch(text)
        if plain:
            return PersonName(plain[1], plain[2], plain[3])
        if text not in self._known:
            self._known[text] = (parse_name(text) or self._parts(raw)) if text else None
        return self._known[text]

    def _parts(self, raw: Raw) -> PersonName | None:
        """Surname, name and patronymic of their own columns, believed as they stand when they are words."""
        texts = [plain_text(raw[index]).strip(" .,") for index in self.columns]
        if len(texts) < 2 or not texts[0] or not texts[1] or not all(is_word(text) for text in texts if text):
            return None
        surname, name, patronymic = (
            "-".join(part.capitalize() for part in text.split("-")) for text in [*texts, ""][:3]
        )
        return PersonName(surname, name, patronymic)


def birth_of(cell: Cell) -> str:
    """A day or a year of birth; ValueError for a day nobody of the staff can be born on."""
    day = day_of(cell)
    if day and int(day[:4]) < _EARLIEST_BIRTH:
        raise ValueError(f"год рождения {day[:4]} невозможен")
    return day


class PersonColumns:
    """All columns of a table that tell something about a person."""

    def __init__(self, found: FoundTable, context: Context, *, documents: bool = False) -> None:
        fields = column_map(found.columns)
        self.width = 1 + max((column.index for column in found.columns), default=0)
        self.name = NameColumns(found)
        self.places = Places.of(found)
        self._simple: list[tuple[str, ColumnValues[str]]] = [
            (field, ColumnValues(fields[field][0], parse, "")) for field, parse in _SIMPLE if field in fields
        ]
        self._birth = ColumnValues(fields["birth"][0], birth_of, "") if "birth" in fields else None
        taught = [index for field in EDUCATION_FIELDS for index in fields.get(field, ())]
        self._education = RememberedColumns(taught, EducationColumns(found).read) if taught else None
        self.experience = ExperienceColumns(found, context)
        self._category = CategoryColumns(found)
        self._posts = PostColumns(found)
        self._courses = course_readers(found, single=documents)
        self._awards = [ColumnValues[tuple[str, ...]](index, parse_award, ()) for index in fields.get("awards", ())]
        self._awards += [ColumnValues[tuple[str, ...]](index, _noted_awards, ()) for index in fields.get("note", ())]
        self._organisation = (
            ColumnValues(fields["organisation"][0], plain_text, "") if "organisation" in fields else None
        )
        self.exact = False
        self._cells: dict[str, int] = {}
        for column in found.columns:
            if column.field:
                self._cells.setdefault(_CELL_KEYS.get(column.field, column.field), column.index)

    def organisation(self, raw: Raw) -> str:
        """The organisation the row itself names."""
        return self._organisation.at(raw, []) if self._organisation else ""

    def record(
        self, number: int, raw: Raw, name: PersonName, organisation: str, troubles: list[Trouble]
    ) -> PersonRecord:
        """The record of a row whose name is already read; what cannot be understood goes to ``troubles``."""
        posts, told = self._posts.read(raw, troubles)
        education, trainings = self._education.at(raw, troubles) if self._education else NOT_TOLD
        for reader in self._courses:
            trainings = (*trainings, *reader(raw, troubles)) if trainings else reader(raw, troubles)
        simple = {field: value for field, column in self._simple if (value := column.at(raw, troubles))}
        awards: tuple[str, ...] = ()
        for column in self._awards:
            awards += column.at(raw, troubles)
        return PersonRecord(
            row=number,
            name=name,
            organisation=organisation,
            birth=self._birth.at(raw, troubles) if self._birth else "",
            education=education,
            experience=self.experience.read(raw, troubles, exact=self.exact),
            posts=posts,
            categories=self._categories(raw, posts, told, troubles),
            trainings=trainings,
            awards=awards,
            cells=CellsOf(self.places, self._cells, number),
            **simple,
        )

    def _categories(
        self, raw: Raw, posts: tuple[PostIn, ...], told: CategoryIn | None, troubles: list[Trouble]
    ) -> tuple[CategoryIn, ...]:
        post = posts[0].post if posts else ""
        found = self._category.read(raw, post, troubles)
        if told is not None and (not found or found[0].category is CategoryName.NONE):
            return (replace(told, post=told.post or post),)
        return found

    def has_facts(self, raw: Raw) -> bool:
        """True when a row says more than its number and a post."""
        own = set(self.name.columns)
        return any(
            index not in own and raw[index] is not None and raw[index] != ""
            for field, index in self._cells.items()
            if field not in ("number", "posts", "note", "rate", "organisation")
        )


def _noted_awards(cell: Cell) -> tuple[str, ...]:
    """A note counts as an award only when it sounds like one."""
    return parse_award(cell) if isinstance(cell, str) and _AWARD.search(fold(text_of(cell))) else ()


_TOTAL = re.compile(r"^(?:итог|всего|барлы|подытог|средн(?:ий|яя|ее) |сумма|из них|в том числе|жиыны)")
_VACANCY = re.compile(r"ваканси|вакант|свободная ставка|бос орын|не занят")
_SIGNED = re.compile(
    r"_{3,}|^исп(?:\.|олнител)|^м\.?п\.?$"
    r"|^(?:директор|заведующ|руководител|методист|начальник|специалист|председател|секретар|главн)\S*"
    r".*\b[А-ЯЁ]\.\s?[А-ЯЁ]\.?"
    r"|\b[А-ЯЁ]\.\s?[А-ЯЁ]\.?\s?[А-ЯЁ][а-яё]+\s*/?$"
    r"|^(?:тел|согласован|утвержда|ознакомлен|дата|составил|примечание|\*)",
    re.IGNORECASE,
)


def is_total(text: str) -> bool:
    """«Итого по учреждению: 104 чел.», «ВСЕГО»."""
    return _TOTAL.match(fold(text)) is not None


def is_vacancy(text: str) -> bool:
    """«Вакансия»."""
    return _VACANCY.search(low(text)) is not None


def is_signature(text: str) -> bool:
    """A line under a table: who signed, who prepared."""
    return _SIGNED.search(text.strip()) is not None
