"""An order on results of attestation: categories granted in clauses of text, one person in a clause or many.

A clause without a person sets the category («1. Установить высшую квалификационную категорию с 22.11.2025:»), the
clauses below name the people. Names may stand in any case. A clause without a category («Контроль оставляю за собой»)
or a refusal ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imc_desktop.domain.dates import add_years, parse_day
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, TableKind
from imc_desktop.domain.names import parse_name
from imc_desktop.domain.papers import CategoryIn, PersonName, PersonRecord, PostIn, Rejected, TableRead
from imc_desktop.domain.words import fold, repair
from imc_desktop.exchange.cells.common import text_of
from imc_desktop.exchange.cells.posts import parse_posts
from imc_desktop.exchange.context import Context
from imc_desktop.exchange.grid import Sheet, cell_name
from imc_desktop.exchange.inflected import is_post_word, nominative, post_nominative
from imc_desktop.exchange.order_lines import MANY_CELLS, NUMBER, OPENING_NAME, POSTED, Line, order_lines
from imc_desktop.exchange.work_rows import NAME, find_place, is_post

_DATE = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|[«\"]?\d{1,2}[»\"]?\s+[а-яё]{3,9}\s+\d{4}|\d{4}-\d{2}-\d{2}"
_ACT = re.compile(
    rf"(?:(?<!\w)(?:приказ\w*|пр\.|распоряжени\w*|постановлени\w*|протокол\w*|бұйры\w*|буйры\w*)[^,;()№]{{0,120}}?"
    rf"(?:от\s+(?P<before>{_DATE})\s*(?:г\.|года?)?\s*)?[,\s]*(?:№|N)\s*(?P<number>\d[\w/.\-]*)(?:\s*от\s+(?P<after>{_DATE})\s*(?:г\.|года?)?)?"
    rf"|(?<!\w)от\s+(?P<before2>{_DATE})\s*(?:г\.|года?)?\s*№\s*(?P<number2>\d[\w/.\-]*)"
    rf"|№\s*(?P<number3>\d[\w/.\-]*)\s+от\s+(?P<after3>{_DATE})\s*(?:г\.|года?)?)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?<!\w)(?:с|со|решени\w+ от|от)\s+(?P<day>{_DATE})\s*(?:г\.|года?)?", re.IGNORECASE)
_ANY_DAY = re.compile(rf"(?<!\w)(?P<day>{_DATE})\s*(?:г\.|года?)?", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:сроком\s+)?(?<!\w)(?:до|по)\s+(?P<day>{_DATE})\s*(?:г\.|года?)?", re.IGNORECASE)
_YEARS = re.compile(
    r"(?:сроком\s+)?на\s+(\d|один|два|три|четыре|пять)\s*(?:\([а-я]+\)\s*)?(?:год|лет)\w*", re.IGNORECASE
)
_YEAR_WORDS = {"один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5}
_CATEGORIES = (
    (CategoryName.METHODIST, re.compile(r"педагог\w*[- ]методист")),
    (CategoryName.MENTOR, re.compile(r"педагог\w*[- ]наставник")),
    (CategoryName.KZ_MODERATOR, re.compile(r"педагог\w*[- ]модератор")),
    (CategoryName.KZ_EXPERT, re.compile(r"педагог\w*[- ](?:эксперт|сарапшы)")),
    (CategoryName.KZ_RESEARCHER, re.compile(r"педагог\w*[- ](?:исследовател|зерттеуши)")),
    (CategoryName.KZ_MASTER, re.compile(r"педагог\w*[- ](?:мастер|шебер)")),
    (CategoryName.KZ_TRAINEE, re.compile(r"педагог\w*[- ](?:стажер|тагылымдама)")),
    (CategoryName.HIGHEST, re.compile(r"(?<!\w)высш\w*\.?(?! образ| учеб| проф)|жогары санат")),
    (
        CategoryName.FIRST,
        re.compile(r"(?<!\w)(?:перв(?:ая|ой|ую)|(?:i|1)(?:-?[йяую]{1,2})?\s+(?:квалиф|кв|катег))|биринши санат"),
    ),
    (
        CategoryName.SECOND,
        re.compile(r"(?<!\w)(?:втор(?:ая|ой|ую)|(?:ii|2)(?:-?[йяую]{1,2})?\s+(?:квалиф|кв|катег))|екинши санат"),
    ),
    (CategoryName.SZD, re.compile(r"соответств\w+ (?:их )?(?:занимаем|должност)|(?<!\w)сзд(?!\w)")),
)
_TITLE = re.compile(r"^(?:приказ|п р и к а з|распоряжение|буйрык)(?:\s*№.*)?$")
_CATEGORY_HEADING = re.compile(r"^(?:\w+ ){0,2}(?:категория|санат\w*)(?:,.*)?$")
_TOP = 40
_GRANTS = re.compile(r"устан[оа]в|присво|считать|призна|подтверд|категори|санат|соответств")
_REFUSES = re.compile(r"отказ|не соответств|не установ|лиш(?:ить|ен)|прекра[тщ]|не присв")
_OTHER_MATTER = re.compile(
    r"контрол|возложит|ознаком|опубликов|разместит|довести|секретар|бухгалтер|оплат|выплат|приложени|утвердит"
)
_ORDER_WORDS = re.compile(r"приказ|распоряжени|буйры|постановлени|п\s?р\s?и\s?к\s?а\s?з")
_HEAD = re.compile(rf"(?:^|\s)от\s+(?P<day>{_DATE})\s*(?:г\.|года?)?\s+№\s*(?P<number>\d[\w/.\-]*)", re.IGNORECASE)
_HEAD_TURNED = re.compile(rf"№\s*(?P<number>\d[\w/.\-]*)\s+от\s+(?P<day>{_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a parent clause says for all people below it; ``category`` is None under a refusal or another matter."""

    category: CategoryName | None = None
    since: str = ""
    act_number: str = ""
    act_date: str = ""
    until: str = ""
    years: int = 0


def category_of(text: str) -> CategoryName | None:
    """The category that a text names, None when it names none."""
    plain = fold(text)
    return next((name for name, pattern in _CATEGORIES if pattern.search(plain)), None)


def detect(sheet: Sheet, _context: Context) -> float:
    """How surely the sheet is an order with categories in its clauses (0…1)."""
    top = [
        fold(text_of(cell)) for row in sheet.rows[:_TOP] for cell in row if isinstance(cell, str) and len(cell) < 300
    ]
    if not any(_ORDER_WORDS.search(text) for text in top):
        return 0.0
    clauses = sum(1 for _ in _clauses(order_lines(sheet)))
    crowded = sum(1 for row in sheet.rows if len(row) - row.count(None) - row.count("") > MANY_CELLS)
    if not clauses:
        return 0.0
    if crowded <= max(3, clauses // 4):
        return 0.95
    columns = any(
        "категори" in text or "санат" in text for text in top if len(text) < 60 and not _GRANTS.search(text[:12])
    )
    listed = any(_TITLE.match(text) for text in top) and clauses >= 0.7 * (crowded - 1) and not columns
    return 0.9 if listed else 0.0


def parse(sheet: Sheet, _context: Context) -> TableRead:
    """Read an order: a record for every person granted a category."""
    lines = order_lines(sheet)
    number, day = _heading(lines)
    records: list[PersonRecord] = []
    rejected: list[Rejected] = []
    clauses = 0
    for line, name, rest, grant in _clauses(lines):
        clauses += 1
        try:
            records.append(_record(line, name, rest, grant, number, day))
        except ValueError as problem:
            where = cell_name(line.row, line.column)
            rejected.append(Rejected(sheet.name, where, str(problem), line.row + 1, (line.text.strip(),)))
    return TableRead(
        sheet=sheet.name,
        kind=TableKind.CATEGORY_ORDER,
        rows=clauses,
        records=tuple(records),
        rejected=tuple(rejected),
        signature="category_order",
    )


def _heading(lines: list[Line]) -> tuple[str, str]:
    """Number and day of the order itself, from the lines above its clauses."""
    for line in lines[:15]:
        found = _HEAD.search(line.text) or _HEAD_TURNED.search(line.text)
        if found and not NAME.search(line.text):
            return found["number"].rstrip(".-/"), _safe_day(found["day"])
    return "", ""


def _day(text: str) -> str:
    return parse_day(text.replace("«", "").replace("»", "").replace('"', "").replace("/", "."))


def _clauses(lines: list[Line]) -> Iterator[tuple[Line, str, str, Grant]]:
    """Every person granted a category: the line, the name as written, the text after it, what the parent grants."""
    grant = Grant()
    for line in lines:
        numbered = NUMBER.match(line.text)
        body = line.text[numbered.end() :] if numbered else line.text.strip()
        people = _people(body)
        lead = body[: people[0][0]] if people else body
        plain = fold(lead)
        if lead.strip() and _GRANTS.search(plain) and (category_of(lead) or _REFUSES.search(plain)):
            grant = _granted(lead)
        elif _OTHER_MATTER.search(plain) or (not people and numbered and "." not in numbered[1].rstrip(".)")):
            grant = Grant()
        if not numbered and POSTED.search(body):
            continue
        for start, end, stop in people:
            rest = body[end:stop]
            if start == people[0][0] and is_post(lead.strip()):
                rest = f"{lead.strip()} {rest}"  # «учителю физики МБОУ СОШ № 1 Ивановой А. П.»
            if lead.strip() and start != people[0][0] and not grant.category:
                break
            own = grant if grant.category else Grant()
            if own.category or (category_of(rest) and _GRANTS.search(fold(rest))):
                yield line, body[start:end], rest, own


def _people(body: str) -> list[tuple[int, int, int]]:
    """Places of names in a clause: start, end, and where the text about the person stops."""
    found = [item.span() for item in NAME.finditer(body)]
    opening = OPENING_NAME.match(body)
    if opening and not (found and found[0][0] < opening.end()):
        words = re.split(r"[\s-]+", opening.group())
        if not any(is_post_word(word) for word in words) and not find_place(opening.group()):
            found.insert(0, opening.span())
    if not found and not POSTED.search(body) and parse_name(body.strip(" ;.,")) is not None:
        found = [(0, len(body))]
    stops = [start for start, _ in found[1:]] + [len(body)] * bool(found)
    return [(start, end, stop) for (start, end), stop in zip(found, stops, strict=True)]


def _granted(text: str) -> Grant:
    if _REFUSES.search(fold(text)):
        return Grant()
    act, decided = _acts(text)
    without_act = text[: act.start()] + " " + text[act.end() :] if act else text
    until = _UNTIL.search(without_act)
    years = _YEARS.search(without_act)
    since = _SINCE.search(without_act)
    return Grant(
        category=category_of(text),
        since=_safe_day(since["day"] if since else decided),
        act_number=_act_number(act),
        act_date=_safe_day(_act_day(act)),
        until=OPEN_ENDED if "бессрочн" in fold(text) else _safe_day(until["day"]) if until else "",
        years=_years(years[1]) if years else 0,
    )


def _acts(text: str) -> tuple[re.Match[str] | None, str]:
    """The act that grants, and the day of the commission's minutes; minutes alone are no act."""
    decided = ""
    for act in _ACT.finditer(text):
        if not act[0].casefold().startswith("протокол"):
            return act, decided
        decided = decided or _act_day(act)
    return None, decided


def _act_number(act: re.Match[str] | None) -> str:
    return (act["number"] or act["number2"] or act["number3"]).rstrip(".-/") if act else ""


def _act_day(act: re.Match[str] | None) -> str:
    return (act["before"] or act["after"] or act["before2"] or act["after3"] or "") if act else ""


def _years(word: str) -> int:
    return _YEAR_WORDS.get(fold(word)) or int(word)


def _safe_day(text: str) -> str:
    """A day of a parent clause; an impossible one is left out, each person's own day is checked apart."""
    try:
        return _day(text) if text else ""
    except ValueError:
        return ""


def _record(line: Line, name: str, rest: str, grant: Grant, number: str, day: str) -> PersonRecord:
    act, decided = _acts(rest)
    act_day = _day(_act_day(act)) if _act_day(act) else ""
    left = rest[: act.start()] + " " + rest[act.end() :] if act else rest
    until = _UNTIL.search(left)
    left = left[: until.start()] + " " + left[until.end() :] if until else left
    since = _SINCE.search(left) or _ANY_DAY.search(left)
    left = left[: since.start()] + " " + left[since.end() :] if since else left
    own = category_of(left) if _GRANTS.search(fold(left)) else None
    post, organisation, case = _post_and_organisation(left)
    decision = _day(since["day"]) if since else _day(decided) if decided else grant.since
    years = _YEARS.search(rest)
    term = _years(years[1]) if years else grant.years
    valid = _day(until["day"]) if until else OPEN_ENDED if "бессрочн" in fold(rest) else grant.until
    granted_by = act_day or ("" if act else grant.act_date or ("" if grant.act_number else day))
    category = CategoryIn(
        category=own or grant.category or CategoryName.NONE,
        post=post.post if post else "",
        decision_date=decision,
        act_number=_act_number(act) or grant.act_number or number,
        act_date=granted_by,
        valid_until=valid or (add_years(decision or granted_by, term) if term else ""),
    )
    place = cell_name(line.row, line.column)
    return PersonRecord(
        row=line.row + 1,
        name=_person(name, case),
        organisation=organisation,
        posts=(post,) if post else (),
        categories=(category,),
        cells={"name": place, "category": place, "posts": place, "organisation": place},
    )


def _person(written: str, case: str) -> PersonName:
    parsed = parse_name(repair(written))
    if parsed is None:
        raise ValueError(f"Не удалось прочесть имя «{written.strip()}»")
    surname, name, patronymic = nominative(parsed.surname, parsed.name, parsed.patronymic, case)
    former = tuple(nominative(one, parsed.name, parsed.patronymic, case)[0] for one in parsed.former)
    return PersonName(surname, name, patronymic, former)


def _post_and_organisation(text: str) -> tuple[PostIn | None, str, str]:
    """Post, organisation and the grammatical case of the post from what a clause says after the name."""
    plain = re.sub(r"\(\s*\)|\s+", " ", text)
    plain = re.sub(r"\s*[(,;–—-]*\s*(?:приказ|пр\.)\s*[),;.]*\s*$", "", plain, flags=re.IGNORECASE).strip(" ,;.:–—-")
    found = find_place(plain)
    organisation = plain[found.start() :] if found else ""
    before = plain[: found.start()] if found else plain
    organisation = re.split(r"\s*(?:,\s|[–—]\s|\s-\s|;|\(\s*(?:приказ|с\s|по\s))", organisation)[0].strip(" ,;.(–—-")
    organisation = organisation.rstrip(")") if organisation.count(")") > organisation.count("(") else organisation
    before = re.split(r"\s[–—]\s|;", before.strip(" ,;(–—-"))[0].strip(" ,;")
    words, case = post_nominative(before)
    posts = parse_posts(words) if words else ()
    return (posts[0] if posts else None), organisation, case
