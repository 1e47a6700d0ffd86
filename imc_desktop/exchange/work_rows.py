"""What rows of schedules, rosters and journals have in common: the person's name, post and place of work, refusals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.kinds import CategoryName, TableKind
from imc_desktop.domain.names import parse_name
from imc_desktop.domain.papers import CategoryIn, PersonName, Record, Rejected, TableRead
from imc_desktop.domain.words import fold
from imc_desktop.exchange.cells.category import parse_category
from imc_desktop.exchange.cells.common import is_no_value, one_line, text_of
from imc_desktop.exchange.grid import Cell, Sheet, cell_name
from imc_desktop.exchange.inflected import is_post_word
from imc_desktop.exchange.plan_titles import is_closing, is_total
from imc_desktop.exchange.tables import DataRow, FoundTable, Separator

_Value = TypeVar("_Value")

_UP, _LOW = "А-ЯЁӘҒҚҢӨҰҮҺІ", "а-яёәғқңөұүһі"
WORD = rf"[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?"
FORMER = rf"(?:\s*\([{_UP}][{_LOW}]+\))?"
_PATRONYMIC = (
    rf"[{_UP}][{_LOW}]+(?:вич|ич|вн|ичн|оглы|улы|ұлы|кызы|қызы|гызы)(?:ем|ой|[аеуы])?\b(?:\s+(?:оглы|кызы|гызы)\b)?"
)
_INITIALS = rf"[{_UP}]\s?\.(?:\s?[{_UP}]\s?\.?)?"
_CAPITALS = rf"[{_UP}]{{2,}}(?:-[{_UP}]{{2,}})?"
_ALL_CAPITALS = rf"{_CAPITALS}\s+{_CAPITALS}\s+[{_UP}]+(?:ВИЧ|ИЧ|ВН|ИЧН)(?:ЕМ|ОЙ|[АЕУЫ])?(?![{_UP}{_LOW}])"
NAME = re.compile(
    rf"(?:(?:{WORD}|{_CAPITALS}){FORMER}\s+{WORD}\s+{_PATRONYMIC}|{_ALL_CAPITALS}|{WORD}{FORMER}\s+{_INITIALS})(?![{_LOW}])"
)
ORGANISATION = re.compile(
    r"(?<![\w-])(?:(?-i:[А-ЯЁ][а-яё-]+(?:ая|яя|ий|ый|ой|ое|ские|"
    r"ая-[А-Я]\w+))\s+){0,3}(?:муниципальн\w+|государственн\w+|[МГК][АКБ]?[ДОУП]{1,3}У|МБУ|МКУ|МАУ|"
    r"МУ|МОУ|ГБ\w{1,4}|ГККП|КГУ|КГКП|КГП|ГУ|[СОНМ]ОШ|НШДС|лице[йяюе]\w*|"
    r"гимнази\w+|школ[аыеу]\w*|детск\w+ сад\w*|д\s?/\s?с|дом\w* (?:детск|творч|школьн|пионер)\w+|"
    r"дворц?\w* творч\w+|ДДТ|ДЮСШ|ЦДТ|ЦДО|СЮТ|СЮН|СШ(?:ОР)?|ИМЦ|РМК|ММС|"
    r"ЦППМСП\w*|ПМПК|центр\w*|общеобразоват\w+|(?:средн|основн)\w+ (?:общеобр|школ)\w+|"
    r"начальн\w+ школ\w+|ясли\w*|бөбек\w*|балабақша\w*|мектеп\w*|"
    r"колледж\w*|техникум\w*|методическ\w+ (?:центр|кабинет)\w*)(?![\w])",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"^(?:вакан\w*|вакансия|итого|всего|в том числе|из них|барлығы|барлыгы|бос орын)(?!\w)", re.IGNORECASE
)


def split_post_and_place(text: str) -> tuple[str, str]:
    """«учитель, МБОУ СОШ № 1» → post and organisation, in either order; a text that is only one of them too."""
    line = one_line(text).strip(" ,;")
    found = find_place(line)
    if not found:
        return ("", line) if line and not is_post(line) and "№" in line else (line, "")
    before, after = line[: found.start()].strip(" ,;(–—-"), line[found.start() :].strip(" ,;")
    if before:
        return before, after.rstrip(")") if after.count(")") > after.count("(") else after
    pieces = re.split(r"\s*[,;]\s*", after)
    for index in range(len(pieces) - 1, 0, -1):
        if is_post(pieces[index]):
            return ", ".join(pieces[index:]), ", ".join(pieces[:index])
    return "", after


def find_place(text: str) -> re.Match[str] | None:
    """Where an organisation is named; «директор школы» names none."""
    for found in ORGANISATION.finditer(text):
        if re.search(r"[№\d«\"А-ЯЁӘҒҚҢӨҰҮҺІ]", text[found.start() :]):
            return found
    return None


def is_post(text: str) -> bool:
    """True for a text that begins with the word of a post."""
    words = text.split()
    return bool(words) and is_post_word(re.sub(r"\W+$", "", words[0]).replace(".", ""))


def is_place(text: str) -> bool:
    """True for a line that names an organisation."""
    return find_place(text) is not None and len(text) < 200


_NAMED = re.compile(r"(?<![а-я])(?:фио|ф и о|фамили\w*|аты-?жони)(?![а-я])")


def named(table: FoundTable) -> FoundTable:
    """The table with its column of people named when the heading joins them with other facts («ФИО, должность, ОО»)."""
    if table.fields & {"name", "surname"}:
        return table
    column = next((one for one in table.columns if _NAMED.search(fold(one.heading))), None)
    return table.corrected({column.index: "name"}) if column is not None else table


def name_text(row: DataRow) -> str:
    """The name of a row as written: one column or surname, name and patronymic apart."""
    whole = one_line(text_of(row.cells.get("name")))
    if whole:
        return whole
    parts = (one_line(text_of(row.cells.get(part))) for part in ("surname", "first_name", "patronymic"))
    return " ".join(part for part in parts if part)


def as_separator(row: DataRow | Separator) -> DataRow | Separator:
    """A row whose cells all say the same as the separator it is."""
    text = repeated_text(row) if isinstance(row, DataRow) else ""
    return Separator(row.index, 0, text) if isinstance(row, DataRow) and text else row


def row_text(row: DataRow) -> str:
    """All texts of a row as one line."""
    return " ".join(text for cell in row.raw if (text := one_line(text_of(cell))))


def is_foot(row: DataRow) -> bool:
    """True for a signature, an executor's line or a total spread over a few cells of a row."""
    texts = [text for cell in row.raw if (text := one_line(text_of(cell)))]
    return bool(texts) and (is_total(texts[0]) or (len(texts) <= 3 and is_closing(" ".join(texts))))


def repeated_text(row: DataRow) -> str:
    """The text of a row whose cells all say the same: a merged title that an export wrote into every cell; else ""."""
    texts = [one_line(text_of(cell)) for cell in row.raw if cell not in (None, "")]
    return texts[0] if len(texts) > 2 and len(set(texts)) == 1 and re.search(r"[^\W\d_]{3}", texts[0]) else ""


def is_vacancy(text: str) -> bool:
    """True for «Вакансия», totals and the like in the place of a name."""
    return bool(_NOT_PEOPLE.match(text)) or is_no_value(text)


def value_text(row: DataRow, key: str) -> str:
    """Text of a field on one line, "" for «-», «нет» and the like."""
    text = one_line(text_of(row.cells.get(key)))
    return "" if is_no_value(text) else text


def with_digits_only(text: str) -> bool:
    """True for a text without words: a number, a mark."""
    return not re.search(r"[^\W\d_]{2,}", text)


@dataclass
class Gathered:
    """What a parser gathers from top to bottom of one table."""

    sheet: Sheet
    table: FoundTable
    records: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: int = 0
    ignored: int = 0

    def place(self, row: DataRow, key: str) -> str:
        """Cell of a field in a row as Excel names it."""
        column = self.table.index_of(key)
        if self.sheet.records:
            heading = next((one.heading for one in self.table.columns if one.field == key), key)
            return f"record {self.number(row)}, {heading}"
        return cell_name(row.index, column or 0)

    def number(self, row: DataRow) -> int:
        """The number of a row as Excel shows it, or the record's ordinal in csv and html."""
        if self.sheet.records:
            return bisect_left(self.table.data, row.index) + 1
        return row.index + 1

    def reject(self, row: DataRow, key: str, reason: str) -> None:
        """Tell of a cell that could not be understood."""
        values = tuple(text for cell in row.raw if (text := one_line(text_of(cell))))
        self.rejected.append(Rejected(self.sheet.name, self.place(row, key), reason, self.number(row), values))

    def tried(self, row: DataRow, key: str, read: Callable[[Cell], _Value], default: _Value) -> _Value:
        """The value of a cell, or the default and a rejected cell when it cannot be read."""
        cell = row.cells.get(key)
        try:
            return read(cell)
        except ValueError as problem:
            self.reject(row, key, _sentence(str(problem), text_of(cell)))
            return default

    def person(self, row: DataRow, written: str = "") -> PersonName | None:
        """The person of a row; None (and a rejected cell) when the name cannot be read."""
        text = written or name_text(row)
        name = parse_name(text)
        if name is None:
            self.reject(
                row,
                "name" if self.table.index_of("name") is not None else "surname",
                f"Не удалось прочесть ФИО «{text}»",
            )
        return name

    def day(self, row: DataRow, key: str, base_year: int | None = None) -> str:
        """A date of a row, "" when there is none or it cannot be."""
        return self.tried(row, key, lambda cell: _day(cell, base_year), "")

    def result(self, kind: TableKind) -> TableRead:
        """The table as read."""
        return TableRead(
            sheet=self.sheet.name,
            kind=kind,
            rows=self.rows,
            header_row=self.table.header_rows.start + 1,
            columns=self.table.columns,
            records=tuple(self.records),
            rejected=tuple(self.rejected),
            ignored=self.ignored,
            signature=self.table.signature,
        )


def _sentence(reason: str, text: str) -> str:
    sentence = reason[:1].upper() + reason[1:]
    return sentence if "«" in sentence else f"{sentence}: «{one_line(text)}»"


def _day(cell: Cell, base_year: int | None) -> str:
    if isinstance(cell, str):
        return parse_day(text_of(cell), base_year=base_year)
    return parse_day(cell, serial=True)


def category_of_row(found: Gathered, row: DataRow, post: str = "") -> CategoryIn | None:
    """The category a row says a person has: its cell, and columns of its date, act and term when they stand apart."""
    category = found.tried(row, "category", lambda cell: parse_category(cell, post=post), None)
    if category is None or category.category is CategoryName.NONE:
        return category
    decided = found.day(row, "category_date") or category.decision_date
    until = found.tried(row, "category_until", _until, "") or category.valid_until
    number, act_day = category.act_number, category.act_date
    order = value_text(row, "category_order")
    if order:
        act = found.tried(
            row, "category_order", lambda cell: parse_category(f"высшая, приказ {_numbered(text_of(cell))}"), None
        )
        if act is not None:
            number, act_day = act.act_number or number, act.act_date or act.decision_date or act_day
    return CategoryIn(
        category=category.category,
        post=category.post,
        decision_date=decided,
        act_number=number,
        act_date=act_day,
        issuer=category.issuer,
        valid_until=until,
    )


def _numbered(text: str) -> str:
    line = re.sub(r"^(?:приказ\w*|пр\.)\s*", "", one_line(text), flags=re.IGNORECASE)
    return line if "№" in line or not re.match(r"\d[\w/-]*(?:\s|$)", line) else f"№ {line}"


def _until(cell: Cell) -> str:
    if isinstance(cell, str) and "бессроч" in fold(cell):
        return "бессрочно"
    text = text_of(cell)
    return "" if is_no_value(text) else _day(cell, None)
