"""What stands around a table and is true for all its rows: title, organisation, day, year, provider."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.words import fold, repair
from imc_desktop.exchange.grid import Sheet, Workbook
from imc_desktop.exchange.school_year import paper_school_year
from imc_desktop.exchange.shapes import looks_like_organisation

_AS_OF = re.compile(
    r"(?:по состоянию на|на|от|сведения на|данные на)\s+"
    r"(?P<d>\d{1,2}[./]\d{1,2}[./]\d{2,4}|«?\d{1,2}»?\s+[а-я]+\s+\d{4})",
    re.IGNORECASE,
)
_STATED = re.compile(r"состояни|сведения|список|данны|выгрузк|реестр|база|кадр|стаж", re.IGNORECASE)
_LETTER = re.compile(r"приложени|к письму|приказ|протокол|утвержд|соглас", re.IGNORECASE)
_APPROVED = re.compile(
    r"^(?:утвержда|согласован|директор|заведующ|начальник|руководител|принят|рассмотрен|бекітемін)|_{3,}", re.IGNORECASE
)
_SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(20)?\d\d\b(?!\s*год[ыа]\b)")
_YEAR = re.compile(r"\b(20\d\d)\b")
_FULL_FORM = re.compile(r"учреждени[ея]\b", re.IGNORECASE)
_LABEL = re.compile(r"^(?:[а-яё ]*(?:учреждение|организация|ОО|ОУ|школа|наименование))\s*:\s*", re.IGNORECASE)
_TITLE_WORD = re.compile(
    r"список|сведен|реестр|педагог|учител|работник|сотрудник|план|график|журнал|состав|кадр|данны|отчет|форма"
)
_QUOTED = re.compile(r"[«\"“„].*[»\"”]")
_FORM = (
    r"М[БАК]?О?У(?:\s?ДП?О)?|М[БАК]?ДОУ|МОБУ|МКОУ|МБОУ|МАОУ|МБДОУ|МАДОУ|МКДОУ|ГБОУ|"
    r"ГБДОУ|ГБУ|ГКОУ|ГАПОУ|ГБПОУ|КГУ|ГККП|КГКП|ГКП|ГУ|НОУ|ЧОУ|ЧДОУ|АНО|СОШ|ООШ|НОШ|НШ-ДС|Лице[йя]|Гимнази[яию]|"
    r"Детск\w+ сада?|Школ[аы](?:-интернат)?|ДДТ|ДЮСШ|ЦППМСП|Прогимнази\w+"
)
_NAMED = re.compile(
    rf"(?:(?:[А-ЯЁӘІҢҒҮҰҚӨҺ][а-яёәіңғүұқөһ-]+(?:ая|ой|ий|ого|ый|ское|ского|ская|ской)\s+)?\b(?:{_FORM})\b)"
    rf"(?:\s*(?:{_FORM})\b)*(?:\s+[А-ЯЁ][а-яё-]+(?:ая|ой|ий)\s+(?:СОШ|ООШ|школа|гимназия))?(?:\s*№\s*\d+)?(?:\s*[«\"“][^»\"”]*(?:«[^»]*»)?[^»\"”]*[»\"”]+)?"
)
_HEAD_OF = re.compile(r"\b(?:директор|заведующ(?:ий|ая))\s+(?=\S)", re.IGNORECASE)
_OFFICE = re.compile(r"имц|рмк|ммс|методич|центр|отдел|управлен|комитет|дпо|институт")
_LATIN_FORMS = (
    (r"sosh|soch", "СОШ"),
    (r"oosh", "ООШ"),
    (r"nosh", "НОШ"),
    (r"mbdou|madou|mkdou|dou|ds|detsad", "ДОУ"),
    (r"mbou|maou|mkou", "МБОУ"),
    (r"li[cts]ey|licey|licej", "Лицей"),
    (r"gimnazi[yj]?a", "Гимназия"),
    (r"shkola|school", "Школа"),
    (r"сош", "СОШ"),
    (r"оош", "ООШ"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the paper and of the lines above a table; "" or None = not said.

    ``year`` is the calendar year or the year in which the named school year begins; ``paper_year`` is the year in which
    the school year begins that the workbook speaks of anywhere (another sheet, the file's name).
    """

    file: str = ""
    sheet_name: str = ""
    lines: tuple[str, ...] = ()
    as_of: str = ""
    organisation: str = ""
    year: int | None = None
    provider: str = ""
    paper_year: int | None = None

    @property
    def title(self) -> str:
        """All lines above the table as one text."""
        return " ".join(self.lines)


def context_of(workbook: Workbook, sheet: Sheet, lines: tuple[str, ...]) -> Context:
    """The context of a table with these lines above it: the lines say first, then the tab, the page, the file."""
    name = repair(sheet.name).strip()
    title = repair(workbook.title).strip()
    spoken = (*lines, title) if title else lines
    return Context(
        file=workbook.file,
        sheet_name=name,
        lines=lines,
        as_of=stated_day(spoken),
        organisation=_organisation(lines, name, title, workbook.file),
        year=_year(lines, name),
        provider=_provider(lines),
        paper_year=paper_school_year(workbook),
    )


def stated_day(lines: tuple[str, ...]) -> str:
    """The day a paper says it is true for («по состоянию на 01.10.2026»), "" when it says none."""
    for text in (*lines, " ".join(lines)):
        for found in _AS_OF.finditer(text):
            if _STATED.search(text[: found.start()] + found.group()[:20]) and not _LETTER.search(text[: found.start()]):
                try:
                    day = parse_day(found["d"])
                except ValueError:
                    continue
                if len(day) == 10:
                    return day
    return ""


def _year(lines: tuple[str, ...], name: str) -> int | None:
    for text in (*lines, name):
        found = _SCHOOL_YEAR.search(text)
        if found:
            return int(found.group(1))
    for text in (*reversed(lines), name):
        plain = _YEAR.search(text)
        if plain and not _LETTER.search(text):
            return int(plain.group(1))
    return None


def _organisation(lines: tuple[str, ...], name: str, title: str, file: str) -> str:
    """The organisation all rows belong to: named above, on the tab, in the page's title or the file name."""
    joined = _whole_name(lines)
    if joined:
        return joined
    above = [
        (found, line)
        for line in lines
        if not _LETTER.search(line) and not _APPROVED.search(line)
        for found in [organisation_in(line)]
        if found
    ]
    if len({fold(found) for found, _ in above}) > 1:
        above = above[-1:]
    if above and not _inflected(above[0][0]):
        return above[0][0]
    for text in (name, title):
        found = organisation_in(text)
        if found:
            return found
    if above:
        return above[0][0]
    return _of_its_head(lines) or _from_file(file)


def _of_its_head(lines: tuple[str, ...]) -> str:
    """«УТВЕРЖДАЮ Директор МБОУ «Луговая СОШ»»: a head approves the papers of his own school."""
    for line in lines:
        head = _HEAD_OF.search(line)
        named = organisation_in(line[head.end() :]) if head else ""
        if named and not _OFFICE.search(fold(named)):
            return named
    return ""


def _whole_name(lines: tuple[str, ...]) -> str:
    """A legal name written over two lines: «Муниципальное … учреждение» and «Средняя … школа № 3» in quotes."""
    for first, second in pairwise(lines):
        if (
            _FULL_FORM.search(first)
            and not _QUOTED.search(first)
            and _QUOTED.match(second)
            and looks_like_organisation(second)
        ):
            return f"{first} {second}"
    return ""


def organisation_in(text: str) -> str:
    """The name of an organisation inside a line, "" when there is none."""
    text = _LABEL.sub("", repair(text)).strip()
    if not text or not looks_like_organisation(text):
        return ""
    legal = re.search(rf"[А-ЯЁ][а-яё]+(?:\s+[а-яё]+)*\s+учреждени[ея][^«\"]*{_QUOTED.pattern}", text)
    if legal:
        return legal.group().strip()
    capital = re.search(rf"(?i)\b[А-ЯЁ-]+(?:АЯ|ИЙ|ОЕ)\s+(?:{_FORM})\b", text) if text.isupper() else None
    if capital:
        return capital.group()
    found = max(_NAMED.finditer(text), key=lambda one: len(one.group()), default=None)
    if found is None:
        return ""
    bare = found.group().strip(" ,.;")
    if _tells_which(bare, text):
        return bare
    return text if found.start() == 0 and len(text.split()) in (2, 3, 4) and not _TITLE_WORD.search(fold(text)) else ""


def _tells_which(name: str, text: str) -> bool:
    """«СОШ» alone is a kind, not an organisation; with a number, a proper name or in quotes it is one."""
    words = fold(name).split()
    return bool(re.search(r"\d|[«\"“]", name)) or len(words) > 1 or (fold(text) == fold(name) and name.isupper())


def _inflected(name: str) -> bool:
    """«Озёрной СОШ»: a name in a case; the tab of the sheet may have it straight."""
    return bool(re.match(r"[А-ЯЁ][а-яё-]+(?:ой|ого)\s", name))


def _provider(lines: tuple[str, ...]) -> str:
    """Who gives the documents of a journal, when the lines above say it."""
    for line in lines:
        found = organisation_in(line)
        if found and re.search(r"ИМЦ|методическ|ДПО|институт|центр|РМК|ИРО", found, re.IGNORECASE):
            return found
    return ""


def _from_file(file: str) -> str:
    """«06_sveden_employees_SOSH1.html» → «СОШ № 1»."""
    stem = PurePath(file).stem.lower()
    for pattern, form in _LATIN_FORMS:
        found = re.search(rf"(?<![a-zа-я])(?:{pattern})[\s_-]*(?:[n№]o?[\s_-]*)?(\d{{1,3}})(?!\d)", stem)
        if found:
            return f"{form} № {int(found.group(1))}"
    return ""
