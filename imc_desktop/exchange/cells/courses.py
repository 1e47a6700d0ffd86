"""Courses as papers write them: one or many in a cell, with provider, hours, dates, document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from imc_desktop.domain.dates import parse_day, parse_period
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.papers import TrainingIn
from imc_desktop.exchange.cells.common import DATE, is_no_value, low, strip_ends, text_of
from imc_desktop.exchange.cells.course_words import (
    ABOUT_DISTANCE,
    BARE_HOURS,
    DAY,
    DISTANCE,
    DOCUMENT,
    DOCUMENT_DATE,
    DOCUMENT_NAME,
    HOURS,
    KINDS,
    KINDS_AROUND,
    LEGAL_FORM,
    MONTH,
    ONLY_YEARS,
    PERIOD,
    PREFIX,
    PROVIDER,
    REGISTRATION,
    TITLE_NAMED,
    YEAR,
)
from imc_desktop.exchange.cells.split_courses import split_courses
from imc_desktop.exchange.grid import Cell

RETRAINING_HOURS = 250
"""From this many hours on a programme is a retraining (приказ 266/2025, п. 18)."""


@dataclass(slots=True)
class _Rest:
    """The text of one course from which facts are taken out one by one."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} \x00 {self.text[found.end() :]}"
        return found


def parse_courses(cell: Cell, *, default_kind: TrainingKind = TrainingKind.PK) -> tuple[TrainingIn, ...]:
    """All courses of a cell, in its order; () when the cell says there are none."""
    text = text_of(cell)
    if is_no_value(text):
        return ()
    return _courses(text, default_kind)


@lru_cache(maxsize=32768)
def _courses(text: str, default_kind: TrainingKind) -> tuple[TrainingIn, ...]:
    if re.fullmatch(r"\d{1,3}", text):
        return (TrainingIn("", default_kind, hours=int(text)),)
    if ONLY_YEARS.fullmatch(text):
        return tuple(TrainingIn("", default_kind, end=year) for year in re.findall(r"(?:19|20)\d\d", text))
    result: list[TrainingIn] = []
    for piece in split_courses(text):
        rest, kind = _cut_prefix(piece)
        if kind and not rest.strip(" :.,;-–—"):
            default_kind = kind  # «Переподготовка:» on a line of its own
            continue
        item = _course(rest, kind, default_kind)
        if item:
            result.append(item)
    return tuple(result)


def parse_title(cell: Cell) -> tuple[str, TrainingKind | None]:
    """A cell that holds only the title of a programme, and the kind its prefix tells («ПП Логопедия»)."""
    text = " ".join(text_of(cell).split())
    if is_no_value(text):
        return "", None
    text, kind = _cut_prefix(text)
    return _unquote(text), kind


def parse_hours(cell: Cell) -> int | None:
    """Academic hours («72 ч.», «36 (дист.)», «600 часов», 256.0); None when not said."""
    if isinstance(cell, float) and not cell.is_integer():
        raise ValueError("часы должны быть целым числом")
    text = low(text_of(cell))
    if is_no_value(text):
        return None
    found = re.search(r"(?<![\d.,])\d{1,4}(?![\d]|[.,]\d)", text)
    if not found or re.search(DATE, text):
        raise ValueError("количество часов не распознано")
    return int(found[0])


def is_distance(cell: Cell) -> bool:
    """True when a cell says the course was distant."""
    return DISTANCE.search(text_of(cell)) is not None


def parse_kind(cell: Cell) -> TrainingKind | None:
    """Kind of a training named by its words or by the document given for it; None when not said."""
    text = text_of(cell)
    return None if is_no_value(text) else kind_in(text)


@lru_cache(maxsize=4096)
def kind_in(text: str) -> TrainingKind | None:
    """The first kind of training a text names."""
    small = low(text)
    for pattern, kind in KINDS:
        if pattern.search(small):
            return kind
    return None


def parse_document(cell: Cell) -> tuple[str, str, str]:
    """Number of the document, its registration number and date, each "" when not said."""
    text = " ".join(text_of(cell).split())
    if is_no_value(text):
        return "", "", ""
    rest = _Rest(text)
    registration = rest.take(REGISTRATION)
    day = rest.take(DOCUMENT_DATE) or rest.take(DAY)
    number = _tidy_number(DOCUMENT_NAME.sub("", strip_ends(rest.text.replace("\x00", " "))))
    when = (day["d"] if "d" in day.re.groupindex else day[0]) if day else ""
    return number if re.search(r"\d", number) else "", registration["n"] if registration else "", parse_day(when)


def _course(piece: str, kind: TrainingKind | None, default_kind: TrainingKind) -> TrainingIn | None:
    """One course; None when a piece holds nothing that can be one."""
    distance = bool(DISTANCE.search(piece))
    rest = _Rest(piece)
    title = _take_title(rest)
    hours = rest.take(HOURS) or rest.take(BARE_HOURS)
    if distance:
        rest.text = ABOUT_DISTANCE.sub(" ", rest.text)
    item = _dates_and_documents(rest, TrainingIn(title="", distance=distance))
    if hours:
        item = replace(item, hours=int(hours["h"] or hours["h2"]))
    title, provider = _names(title, rest.text)
    if not (title or provider or item.end or item.hours):
        return None
    if kind is None:
        small = low(rest.text)
        kind = next((known for pattern, known in KINDS_AROUND if pattern.search(small)), None)
    if kind is None:
        kind = TrainingKind.PP if (item.hours or 0) >= RETRAINING_HOURS else default_kind
    return replace(item, title=title, provider=provider, kind=kind)


def _cut_prefix(text: str) -> tuple[str, TrainingKind | None]:
    """«Переподготовка: "..."» → the rest and the kind; a word is a prefix only before a colon, a quote or a capital."""
    found = PREFIX.match(text)
    if not found:
        return text, None
    rest = text[found.end() :]
    if not rest or found["c"] or rest[0] in "«\"“„'(" or rest[0].isupper() or rest[0].isdigit():
        return rest, kind_in(found["k"])
    return text, None


def _take_title(rest: _Rest) -> str:
    """The quoted title at the beginning, nested quotes kept; a lost opening quote is forgiven."""
    text = rest.text.lstrip(" ,;:")
    named = TITLE_NAMED.search(text)
    if named and not text.startswith("«"):
        end = _closing(text[named.end() :])
        if end:
            rest.text = f"{text[: named.start()]} \x00 {text[named.end() + end :]}"
            return text[named.end() : named.end() + end]
    if text.startswith("«"):
        end = _closing(text)
    else:
        lost = re.match(r"[^«»]*»(?=\s*(?:[,;.(]|$))", text)
        end = lost.end() if lost and "," not in lost[0][-2:] else 0
    if not end:
        rest.text = text
        return ""
    rest.text = text[end:]
    return text[:end]


def _closing(text: str) -> int:
    """Where the title that opens a text with « closes; 0 when nowhere."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "«") - (char == "»")
        if depth == 0:
            return place + 1
    # «... курса «История», ООО «...»: one closing quote for two; the title ends at a quote before a comma.
    first = re.search(r"»(?=\s*(?:[,;.(]|\d|$))", text)
    return first.end() if first else 0


def _dates_and_documents(rest: _Rest, item: TrainingIn) -> TrainingIn:
    registration = rest.take(REGISTRATION)
    if registration:
        item = replace(item, registration_number=registration["n"])
    period = rest.take(PERIOD)
    if period:
        start, end = parse_period(period[0])
        item = replace(item, start=start, end=end)
    issued = rest.take(DOCUMENT_DATE)
    if issued:
        item = replace(item, document_date=parse_day(issued["d"]))
    document = rest.take(DOCUMENT)
    if document:
        item = replace(item, document_number=_document_number(document))
    day = rest.take(DAY) or rest.take(MONTH)
    if day:
        iso = parse_day(day[0])
        item = replace(item, end=item.end or iso)
        if document and not item.document_date and len(iso) == 10 and not period:
            item = replace(item, document_date=iso)
    year = rest.take(YEAR)
    if year and not item.end:
        item = replace(item, end=year["b"] or year["y"])
    return item if item.end else replace(item, end=item.document_date)


def _document_number(document: re.Match[str]) -> str:
    return _tidy_number(f"{document['s'] or ''}{document['n'] or document['n2'] or ''}")


def _tidy_number(text: str) -> str:
    """«ПК № 492723» → «ПК 492723»."""
    return " ".join(text.replace("№", " ").split()).strip(" ,.;:-")


def _names(title: str, rest: str) -> tuple[str, str]:
    """Title and provider out of the quoted title and what is left once the facts are out."""
    chunks = [strip_ends(chunk) for chunk in re.split(r"\x00|[,;\n](?![^«]*»)", rest)]
    chunks = [chunk for chunk in chunks if chunk and not _is_noise(chunk)]
    if title:
        return _unquote(title), ", ".join(chunks)
    quoted = [place for place, chunk in enumerate(chunks) if chunk.startswith("«") and _closing(chunk) == len(chunk)]
    if quoted and len(chunks) > 1:
        others = [chunk for place, chunk in enumerate(chunks) if place != quoted[0]]
        return _unquote(chunks[quoted[0]]), ", ".join(others)
    for place, chunk in enumerate(chunks):
        if LEGAL_FORM.match(chunk) or (PROVIDER.search(chunk) and (place or len(chunk) < 25)):
            # A provider named first is followed by the title.
            if place == 0 and len(chunks) > 1:
                return _unquote(", ".join(chunks[1:])), chunk
            return _unquote(", ".join(chunks[:place])), ", ".join(chunks[place:])
    return _unquote(", ".join(chunks)), ""


def _is_noise(chunk: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:г\.?|год\w*|от|с|по|в|объем\w*|в объеме|на|№|удостоверение\w*|диплом\w*|сертификат\w*|\W+)", low(chunk)
        )
    )


def _unquote(text: str) -> str:
    """A title without the quotes around it; nested ones stay balanced."""
    text = strip_ends(text)
    if text.startswith("«") and text.endswith("»") and _closing(text) == len(text):
        text = text[1:-1]
    if text.count("«") > text.count("»") and text.startswith("«") and not text.endswith("»"):
        text = text[1:]
    if text.count("»") > text.count("«") and text.endswith("»"):
        text = text[:-1]
    if text.count("«") > text.count("»"):
        text = text + "»" if "«" in text[1:] and not text.startswith("«") else text.removeprefix("«")
    if text.count('"') == 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return text.strip(" \"'").strip()
