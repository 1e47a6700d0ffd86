"""Columns whose headings are unknown, told by what stands under them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.names import parse_names_in
from imc_desktop.exchange.cells.common import is_no_value, low, one_line, text_of
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.guess_people import DOCUMENTS, MEMBERS, PERSON, PLANNED, WORK, Guess
from imc_desktop.exchange.tables import FoundTable

_SAMPLE = 40
_MONTHS = r"январ|феврал|март|апрел|ма[йея](?![а-я])|июн|июл|август|сентябр|октябр|ноябр|декабр"
_TERM = re.compile(
    rf"{_MONTHS}|течени|постоянно|еже(?:мес|кварт|нед|год|дневн)|квартал|полугод|каникул|по (?:план|график|мере)|"
    r"по запрос|раз[а]? в |\bкв\.|\d{1,2}\.\d{1,2}|қыркүйек|қазан|қараша|желтоқсан|қаңтар|ақпан|"
    r"наурыз|сәуір|мамыр|маусым|шілде|тамыз|жыл бойы"
)
_DAY = re.compile(
    rf"\d{{1,2}}\.(?:0?[1-9]|1[0-2])(?:\.\d{{2,4}})?(?!\d)|^\D{{0,4}}\d{{1,2}}\D{{0,4}}$|"
    rf"\d{{1,2}}\s+(?:{_MONTHS})|в течени"
)
_FULL_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|бессроч")
_CLOCK = re.compile(r"^(?:с\s*)?\d{1,2}[:.\-]\d{2}")
_FORM = re.compile(r"^(?:инд|груп|тел|эл|почт|очн|заочн|дист|онлайн|личн|устн|письм|выезд)")
_CLASS = re.compile(r"^\d{1,2}\s*[-«\"“]*\s*[а-яәғқңөұүһі]?[»\"”]*(?:\s*кл\w*\.?)?$|^(?:младш|средн|старш|подготов)\w+")
_ANALYSIS = re.compile(r"рекоменд|вывод|совет|замечан|соответств|методик|урок")
_RESULT = re.compile(
    r"справк|приказ|протокол|отч[её]т|аналит|список|информац|материал|рекомендац|план|банк|сборник|программ"
)
_POSTS = re.compile(r"методист|руководител|директор|завуч|заместител|зам\.|специалист|заведующ|әдіскер")
_CATEGORY = re.compile(r"^(?:высш|перв|втор|соотв|сзд|[12i]{1,2}(?![\d.])|педагог-|в$|вкк|пкк)")
_OTHER_DAYS = frozenset({"category_date", "category_next", "application", "meeting", "birth", "since"})


def _text(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: bool(pattern.search(low(one_line(text_of(cell)))))


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or bool(_DAY.search(low(one_line(text_of(cell)))))


def _is_full_day(cell: Cell) -> bool:
    return isinstance(cell, date) or bool(_FULL_DAY.search(low(one_line(text_of(cell)))))


def _is_clock(cell: Cell) -> bool:
    return isinstance(cell, time | timedelta) or bool(_CLOCK.search(one_line(text_of(cell))))


def _is_people(cell: Cell) -> bool:
    text = text_of(cell)
    return len(text) < 150 and (bool(_POSTS.search(low(text))) or bool(parse_names_in(text)))


def _is_wordy(cell: Cell) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text_of(cell))) >= 2


_GUESSES: dict[TableKind, tuple[Guess, ...]] = {
    TableKind.STAFF_REGISTER: PERSON,
    TableKind.COURSE_JOURNAL: DOCUMENTS,
    TableKind.COURSE_PLAN: PLANNED,
    TableKind.GROUP_ROSTER: MEMBERS,
    TableKind.ANNUAL_PLAN: (
        Guess("term", _text(_TERM), 0.5),
        Guess("responsible", _is_people, 0.6),
        Guess("expected", _text(_RESULT), 0.6),
        Guess("event", _is_wordy, 0.7),
    ),
    TableKind.MONTH_PLAN: (
        Guess("date", _is_day, 0.7),
        Guess("time", _is_clock, 0.6),
        Guess("responsible", _is_people, 0.6),
        Guess("event", _is_wordy, 0.7),
    ),
    TableKind.CONSULTATIONS: (
        *WORK,
        Guess("date", _is_full_day, 0.7),
        Guess("form", _text(_FORM), 0.6),
        Guess("methodist", _is_people, 0.8),
        Guess("topic", _is_wordy, 0.6),
    ),
    TableKind.LESSON_VISITS: (
        *WORK,
        Guess("date", _is_full_day, 0.7),
        Guess("klass", _text(_CLASS), 0.6),
        Guess("visitor", _is_people, 0.8),
        Guess("analysis", _text(_ANALYSIS), 0.6),
        Guess("topic", _is_wordy, 0.6),
    ),
    TableKind.ATTESTATION_SCHEDULE: (
        *WORK,
        Guess("category_until", _is_full_day, 0.7),
        Guess("requested", _text(_CATEGORY), 0.7),
    ),
}


def completed(table: FoundTable, kind: TableKind) -> FoundTable:
    """The table with fields found for columns without one; a field the headings gave is never taken away."""
    missing = [guess for guess in _GUESSES.get(kind, ()) if guess.field not in table.fields]
    if not missing:
        return table
    told: dict[int, str] = {}
    for guess in missing:
        best = max(_free(table, told, guess.field), key=lambda index: _share(table, index, guess), default=None)
        if best is not None and _share(table, best, guess) >= guess.share:
            told[best] = guess.field
    return table.corrected(told) if told else table


def _free(table: FoundTable, told: dict[int, str], field: str) -> list[int]:
    """Columns without a field and second columns of one; the term of a category stands right of the category."""
    if field == "category_until":
        category = table.index_of("category")
        beside = (one for one in table.columns if category is not None and one.index == category + 1)
        return [one.index for one in beside if one.field not in _OTHER_DAYS]
    seen: set[str] = set()
    free: list[int] = []
    for column in table.columns:
        if column.index not in told and (not column.field or column.field in seen):
            free.append(column.index)
        seen.add(column.field)
    return free


def _share(table: FoundTable, index: int, guess: Guess) -> float:
    """Part of a column's filled cells that look like the field."""
    step = max(1, len(table.data) // _SAMPLE)
    rows = (table.sheet.rows[number] for number in table.data[::step])
    cells = [row[index] for row in rows if index < len(row) and not is_no_value(text_of(row[index]))]
    return sum(1 for cell in cells if guess.fits(cell)) / len(cells) if len(cells) > 1 else 0.0
