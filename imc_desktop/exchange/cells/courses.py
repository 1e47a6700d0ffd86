"""Courses as papers write them: one or many in a cell, with provider, hours, dates, document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from imc_desktop.domain.dates import parse_day, parse_period
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.papers import TrainingIn
from imc_desktop.exchange.cells.common import DATE, MONTH_WORDS, WORD_DATE, YEAR_TAIL, is_no_value, low, strip_ends, text_of
from imc_desktop.exchange.cells.split_courses import split_courses
from imc_desktop.exchange.grid import Cell

RETRAINING_HOURS = 250
"""From this many hours on a programme is a retraining (приказ 266/2025, п. 18)."""

_K = TrainingKind
_KINDS: tuple[tuple[re.Pattern[str], TrainingKind], ...] = (
    (re.compile(r"(?:проф\w*\.?\s*)?пере\s*подготов\w*|переобучени\w*|(?<![а-я])(?:пп|п/п)(?![а-я])|диплом\w*(?:\s+о\s+пп)?"), _K.PP),
    (re.compile(r"стажиров\w*"), _K.INTERNSHIP),
    (re.compile(r"семинар\w*|вебинар\w*|мастер-класс\w*|конференци\w*|форум\w*"), _K.SEMINAR),
    (re.compile(r"(?<![а-я])(?:кпк|пк)(?![а-я])|повышени\w*\s+квалиф\w*|курс\w*|удостоверени\w*"), _K.PK),
    (re.compile(r"(?<![а-я])иное(?![а-я])|сертификат\w*|прочее|другое"), _K.OTHER),
)
_PREFIX = re.compile(
    r"^\s*(?P<k>(?:удостоверение о\s+|диплом о\s+)?(?:(?:проф(?:ессиональн\w*|\.)?|дополнительн\w*)\s*)?пере\s*подготовк\w*|стажировк\w*"
    r"|(?:курс\w*\s+)?повышени\w*\s+квалификац\w*|семинар\w*(?=\s*[:«\"])|вебинар\w*(?=\s*[:«\"])|курс\w*(?=\s*[:«\"])"
    r"|(?:кпк|пк|пп|п/п)(?![а-яa-z/-]))(?:\s+по\s+(?:программе|теме|направлению))?\s*(?P<c>[:–—-]|по\s+(?:программе|теме)\s*:?)?\s*",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<![\d./№-])(?P<h>\d{1,4})\s*(?:(?:акад\w*\.?|учебн\w*)\s*)?(?:\(\s*дист\w*\.?\s*\)\s*)?"
    r"(?:ч(?:ас\w*|\.|(?![а-яё]))\.?|сағат|сагат)|(?:объ[её]м\w*\s*[:-]?\s*)(?P<h2>\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_BARE_HOURS = re.compile(r"(?<![\d./№-])(?P<h>\d{1,4})\s*\(\s*дист\w*\.?\s*\)", re.IGNORECASE)
_DISTANCE = re.compile(r"\(?\s*(?:дистанц\w*|дист\.?(?![а-яё])|онлайн|on-?line|заочно\s+с\s+дот|с\s+применением\s+дот|дот(?![а-яё]))\s*(?:форма\w*|обучени\w*)?\s*\)?", re.IGNORECASE)
_ABOUT_DISTANCE = re.compile(r"\(\s*(?:дистанц\w*|дист\.?|онлайн|дот)\s*\)|(?:^|[,;])\s*(?:дистанц\w*|дист\.|онлайн)\s*(?=[,;\d]|$)", re.IGNORECASE)
_DOC_WORD = r"(?:удостов\w*|удост\.?|уд\.|диплом\w*|свид\w*|сертиф\w*|документ\w*|бланк\w*|серия)"
_NUMBER = r"[A-ZА-ЯЁ]{0,5}[-\s]{0,2}(?:№\s*)?\d[\d/-]*(?:\s\d[\d/-]*)*(?:\s?[-/][A-ZА-Яа-я]{1,3})?"
_REGISTRATION = re.compile(rf"(?:рег(?:истрационный|\.)?\s*(?:номер|№|н\.)\s*(?:№\s*)?[:–-]?\s*)(?P<n>[\w/-]*\d[\w/-]*)", re.IGNORECASE)
_DOCUMENT = re.compile(
    rf"(?:{_DOC_WORD}(?:\s+о\s+(?:пк|пп|повышении\s+квалификации|проф\w*\.?\s*переподготовке))?\s*[:,]?\s*(?:серия\s*)?(?P<s>[A-ZА-ЯЁ\d]{{1,8}}\s+)?)?№+\s*(?P<n>{_NUMBER})"
    rf"|{_DOC_WORD}(?:\s+о\s+\w+(?:\s+\w+)?)?\s*[:,]?\s*(?P<n2>{_NUMBER})",
    re.IGNORECASE,
)
_DOC_NAME = re.compile(rf"^{_DOC_WORD}(?:\s+о\s+(?:пк|пп|повышении\s+квалификации|проф\w*\.?\s*переподготовке))?(?:\s*серия)?", re.IGNORECASE)
_DOC_DATE = re.compile(rf"(?:от|выдан\w*|дата\s+выдачи\s*:?)\s*(?P<d>{DATE}|{WORD_DATE})(?:\s*(?:г\.|года?|г(?![а-яё])))?", re.IGNORECASE)
_G = r"(?:\s*(?:г\.|года?|г(?![а-яё])))?"
_PERIOD = re.compile(
    rf"(?:с\s*)?(?:{DATE}|{WORD_DATE}){_G}\s*(?:по|до|[–—-])\s*(?:{DATE}|{WORD_DATE}){_G}"
    rf"|(?:с\s*)?\d{{1,2}}(?:\.\d{{1,2}}\.?|\s+{MONTH_WORDS})?\s*(?:по|[–—-])\s*(?:{DATE}|{WORD_DATE}){_G}",
    re.IGNORECASE,
)
_DAY = re.compile(rf"(?:{DATE}|{WORD_DATE}){_G}", re.IGNORECASE)
_MONTH = re.compile(r"(?<![а-яё])(?:(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]*\s+(?:19|20)\d\d|(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d)(?!\d)" + _G, re.IGNORECASE)
_YEAR = re.compile(rf"\(\s*(?P<b>(?:19|20)\d\d){YEAR_TAIL}\s*\)|(?<![\d./№-])(?P<y>(?:19|20)\d\d){YEAR_TAIL}(?!\d)(?![./-]\d)", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"^(?:в\s+|на базе\s+)?(?:[фгмчнкаор]{1,4}(?:б|а|к)?(?:о|п)?у(?:\s?(?:дпо|во|впо|спо|до))?|ано|чоу\w*|ноч?у|но|фгбну|тоо|цнппм\w*|дпо"
    r"|(?:ооо|оао|ао|зао|ип|нп)(?=\s*[«\"]))(?![а-яё])",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    r"(?<![а-яё])(?:[а-яё]*(?:ирос?т?|ипк)[а-яё]*|[а-яё]*имц|рмк|ресурсн\w+ центр|учебн\w+ центр|институт\w*|университет\w*|академи\w*|колледж\w*"
    r"|центр\w* (?:развития|непрерывн|повышени|дополнит|образов|педагог)\w*|өрлеу|инфоурок|фоксфорд|[а-яё]{1,4}гп?у)(?![а-яё])",
    re.IGNORECASE,
)
_KIND_AROUND: tuple[tuple[re.Pattern[str], TrainingKind], ...] = (
    (re.compile(r"пере\s*подготов|диплом"), _K.PP),
    (re.compile(r"стажировк"), _K.INTERNSHIP),
    (re.compile(r"семинар|вебинар"), _K.SEMINAR),
    (re.compile(r"удостоверени|повышени\w*\s+квалиф|(?<![а-я])кпк(?![а-я])"), _K.PK),
)
_TITLE_NAMED = re.compile(
    r"(?:по\s+(?:[а-яё.]+\s+){0,3}программе|по\s+теме|на\s+тему|тем[аы]|программ[аы])\s*[:–—-]?\s*(?:[а-яё]+\s+){0,3}(?=«)", re.IGNORECASE
)
_ONLY_YEARS = re.compile(rf"\W*(?:(?:19|20)\d\d{YEAR_TAIL}\W*)+", re.IGNORECASE)


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
    if _ONLY_YEARS.fullmatch(text):
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
    """A cell that holds only the title of a programme, and the kind its prefix tells («ПП Менеджмент в образовании»)."""
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
    return _DISTANCE.search(text_of(cell)) is not None


def parse_kind(cell: Cell) -> TrainingKind | None:
    """Kind of a training named by its words or by the document given for it; None when not said."""
    text = text_of(cell)
    return None if is_no_value(text) else kind_in(text)


@lru_cache(maxsize=4096)
def kind_in(text: str) -> TrainingKind | None:
    """The first kind of training a text names."""
    small = low(text)
    for pattern, kind in _KINDS:
        if pattern.search(small):
            return kind
    return None


def parse_document(cell: Cell) -> tuple[str, str, str]:
    """Number of the document, its registration number and date, each "" when not said."""
    text = " ".join(text_of(cell).split())
    if is_no_value(text):
        return "", "", ""
    rest = _Rest(text)
    registration = rest.take(_REGISTRATION)
    day = rest.take(_DOC_DATE) or rest.take(_DAY)
    number = _tidy_number(_DOC_NAME.sub("", strip_ends(rest.text.replace("\x00", " "))))
    when = (day["d"] if "d" in day.re.groupindex else day[0]) if day else ""
    return number if re.search(r"\d", number) else "", registration["n"] if registration else "", parse_day(when)


def _course(piece: str, kind: TrainingKind | None, default_kind: TrainingKind) -> TrainingIn | None:
    """One course; None when a piece holds nothing that can be one."""
    distance = bool(_DISTANCE.search(piece))
    rest = _Rest(_ABOUT_DISTANCE.sub(" ", piece) if distance else piece)
    title = _take_title(rest)
    hours = rest.take(_HOURS) or rest.take(_BARE_HOURS)
    item = _dates_and_documents(rest, TrainingIn(title="", distance=distance))
    if hours:
        item = replace(item, hours=int(hours["h"] or hours["h2"]))
    title, provider = _names(title, rest.text)
    if not (title or provider or item.end or item.hours):
        return None
    if kind is None:
        small = low(rest.text)
        kind = next((known for pattern, known in _KIND_AROUND if pattern.search(small)), None)
    if kind is None:
        kind = TrainingKind.PP if (item.hours or 0) >= RETRAINING_HOURS else default_kind
    return replace(item, title=title, provider=provider, kind=kind)


def _cut_prefix(text: str) -> tuple[str, TrainingKind | None]:
    """«Переподготовка: "..."» → the rest and the kind; a word is a prefix only before a colon, a quote or a capital."""
    found = _PREFIX.match(text)
    if not found:
        return text, None
    rest = text[found.end() :]
    if not rest or found["c"] or rest[0] in "«\"“„'(" or rest[0].isupper() or rest[0].isdigit():
        return rest, kind_in(found["k"])
    return text, None


def _take_title(rest: _Rest) -> str:
    """The quoted title at the beginning, nested quotes kept; a lost opening quote is forgiven."""
    text = rest.text.lstrip(" ,;:")
    named = _TITLE_NAMED.search(text)
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
    registration = rest.take(_REGISTRATION)
    if registration:
        item = replace(item, registration_number=registration["n"])
    period = rest.take(_PERIOD)
    if period:
        start, end = parse_period(period[0])
        item = replace(item, start=start, end=end)
    issued = rest.take(_DOC_DATE)
    if issued:
        item = replace(item, document_date=parse_day(issued["d"]))
    document = rest.take(_DOCUMENT)
    if document:
        item = replace(item, document_number=_document_number(document))
    day = rest.take(_DAY) or rest.take(_MONTH)
    if day:
        iso = parse_day(day[0])
        item = replace(item, end=item.end or iso)
        if document and not item.document_date and len(iso) == 10 and not period:
            item = replace(item, document_date=iso)
    year = rest.take(_YEAR)
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
        if _LEGAL_FORM.match(chunk) or (_PROVIDER.search(chunk) and (place or len(chunk) < 25)):
            # A provider named first is followed by the title.
            if place == 0 and len(chunks) > 1:
                return _unquote(", ".join(chunks[1:])), chunk
            return _unquote(", ".join(chunks[:place])), ", ".join(chunks[place:])
    return _unquote(", ".join(chunks)), ""


def _is_noise(chunk: str) -> bool:
    return bool(re.fullmatch(r"(?:г\.?|год\w*|от|с|по|в|объем\w*|в объеме|на|№|удостоверение\w*|диплом\w*|сертификат\w*|\W+)", low(chunk)))


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
