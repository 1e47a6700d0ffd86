"""Experience as papers write it: «12 лет 3 мес.», «27/19», «Общий стаж: 28 лет, педагогический: 18 лет»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from imc_desktop.domain.dates import parse_day, to_date
from imc_desktop.domain.kinds import ExperienceKind
from imc_desktop.domain.papers import ExperienceIn
from imc_desktop.exchange.cells.common import DATE, MONTH_WORDS, WORD_DATE, is_no_value, low, text_of
from imc_desktop.exchange.grid import Cell

LONGEST = 75
"""More years of work than this nobody has: a typing error."""

TOTAL_THEN_PEDAGOGICAL = (ExperienceKind.TOTAL, ExperienceKind.PEDAGOGICAL)

_YEARS = r"(?:лет|года?|год|г(?![а-яё])|л(?![а-яё])|жыл|ж(?![а-яё]))\.?"
_MONTHS = r"(?:месяц\w*|мес\w*|м(?![а-яё])|ай(?![а-яё]))\.?"
_LONG = re.compile(rf"(?<![\d.,])(?P<y>\d{{1,3}}(?:[.,]\d+)?)\s*{_YEARS}(?:[\s,/и]*(?P<m>\d{{1,2}})\s*{_MONTHS})?")
_ONLY_MONTHS = re.compile(rf"(?P<m>\d{{1,3}})\s*{_MONTHS}")
_PLAIN = re.compile(r"(?P<y>\d{1,3})(?:\s*[.,]\s*(?P<p>\d{1,2}))?")
_LESS = re.compile(r"(?:менее|меньше|до)\s*(?:1(?:-?го)?|одного)?\s*(?:года|г\.?)")
_NONE_YET = re.compile(r"(?:б/с|б\\с|без стажа|стажа нет|нет стажа|не работал\w*|впервые|первый год)\.?")
_HALF_YEAR = re.compile(r"пол\s?года|полгода")
_YEARS_MONTHS_DAYS = re.compile(r"(\d{1,2})-(\d{1,2})-(?:\d{1,2})")
_WHOLE_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?:\s*г\.?)?")
_BAND = re.compile(r"(?:более|менее|меньше|больше|свыше|от|до|не менее)\s*\d|\d\s*(?:и более|\+)")
_SINCE = re.compile(
    rf"(?:с|со)\s*(?P<d>{DATE}|{WORD_DATE}|(?:{MONTH_WORDS}\s+)?(?:19|20)\d\d)(?:\s*(?:г|год|года)\.?)?"
)
_NUMBER_PAIR = re.compile(r"\s*(?:/|\\|;|\||\n|\s[-–—]\s|,\s)\s*")
_PAIR = re.compile(r"^(\d{1,2})\s*(?:-|\()\s*(\d{1,2})\)?$")
_LABELS: tuple[tuple[re.Pattern[str], ExperienceKind], ...] = (
    (re.compile(r"(?:в|по)\s+(?:занимаемой\s+|данной\s+|этой\s+)?должност\w+"), ExperienceKind.POST),
    (
        re.compile(
            r"(?:в|по)\s+(?:данно[мй]|это[мй]|наше[мй]|настояще[мй])?\s*"
            r"(?:оо|оу|доу|доо|по\s?о|организац\w+|учрежден\w+|школ\w+|колледж\w*|сад\w*|месту? работы)(?![а-яё])"
        ),
        ExperienceKind.ORGANISATION,
    ),
    (
        re.compile(r"(?:н\.?\s*-?)?(?:пед(?:агог\w*|\.)?\s*-?\s*стаж\w*|педаг\w*\.?|пед(?:\.|(?![а-яё])))"),
        ExperienceKind.PEDAGOGICAL,
    ),
    (re.compile(r"по\s+специальност\w+|по\s+профилю|(?<![а-я])п(?=[\s.:=-]+\d)"), ExperienceKind.PEDAGOGICAL),
    (re.compile(r"(?<![а-я])о(?=[\s.:=-]+\d)"), ExperienceKind.TOTAL),
    (re.compile(r"общ(?:ий|его|\.|(?![а-яё]))(?:\s*труд\w*\.?)?|трудов\w+|жалпы"), ExperienceKind.TOTAL),
)
_IN_GENERAL = re.compile(r"общ\w*\.?\s*(?:/|и)\s*пед\w*\.?(?:\s*стаж\w*)?")


def parse_experience(
    cell: Cell, kind: ExperienceKind, *, as_of: str = "", months_after_point: bool | None = None
) -> ExperienceIn | None:
    """Experience of one kind; None when the cell says nothing, ValueError when it cannot be experience.

    ``as_of`` is the day the paper is true for: it turns «с 01.09.2010» into years.
    ``months_after_point`` tells what «21.3» is: months, a decimal fraction or (None) unknown: only years are kept.
    """
    if isinstance(cell, (date, datetime)):
        return _from_day(cell, kind, as_of)
    if isinstance(cell, (time, timedelta)):
        raise ValueError("в ячейке время, а не стаж")  # noqa: TRY004 a reason for a person
    text = low(text_of(cell)).strip(" ;,:")
    return _experience(text, kind, as_of, months_after_point)


def parse_experience_mixed(
    cell: Cell,
    order: Sequence[ExperienceKind] = TOTAL_THEN_PEDAGOGICAL,
    *,
    as_of: str = "",
    months_after_point: bool | None = None,
) -> tuple[ExperienceIn, ...]:
    """Experience of several kinds in one cell: told by words, or two numbers in the ``order`` the heading gives."""
    if isinstance(cell, (date, datetime)):
        # «12/10» typed into Excel becomes the 12th of October of the year of typing.
        pair = f"{cell.day}/{cell.month}"
        return _in_order(pair, tuple(order), as_of, months_after_point)
    text = low(text_of(cell)).strip(" ;,:")
    if is_no_value(text):
        return ()
    text = _IN_GENERAL.sub(" ", text).strip(" ;,:-")
    text = _PAIR.sub(r"\1/\2", text)
    labelled = _labelled(text, tuple(order), as_of, months_after_point)
    return labelled or _in_order(text, tuple(order), as_of, months_after_point)


def months_after_point(cells: Iterable[Cell]) -> bool | None:
    """What stands after the point in a column: months («12.10»: True), a fraction («7.75»: False), or unclear."""
    verdict: bool | None = None
    for cell in cells:
        found = re.fullmatch(r"\d{1,2}[.,](\d{2})", str(cell).strip() if cell is not None else "")
        if not found:
            continue
        if int(found[1]) > 11:
            return False
        if found[1] in {"10", "11"} or found[1].startswith("0"):
            verdict = True
    return verdict


@lru_cache(maxsize=32768)
def _experience(text: str, kind: ExperienceKind, as_of: str, after_point: bool | None) -> ExperienceIn | None:
    if _NONE_YET.fullmatch(text):
        return ExperienceIn(kind, 0)
    if is_no_value(text):
        return None
    if _LESS.search(text):
        return ExperienceIn(kind, 0)
    since = _SINCE.search(text)
    if since or _WHOLE_DAY.fullmatch(text):
        return _since(since["d"] if since else text, kind, as_of)
    return _duration(text, kind, as_of, after_point)


def _duration(text: str, kind: ExperienceKind, as_of: str, after_point: bool | None) -> ExperienceIn:
    found = _LONG.search(text)
    if found and not _BAND.search(text):
        half = re.search(r"[.,]5$", found["y"])  # «2,5 года» is two years and a half
        years, months = _split_years(found["y"], False if half else after_point)
        return _checked(kind, years, int(found["m"]) if found["m"] else months)
    if _HALF_YEAR.search(text):
        return ExperienceIn(kind, 0, 6)
    found = _ONLY_MONTHS.search(text)
    if found:
        years, months = divmod(int(found["m"]), 12)
        return _checked(kind, years, months)
    if _BAND.search(text):
        raise ValueError("стаж указан промежутком, а не числом")
    slash = re.fullmatch(r"(\d{1,2})\s*[/\\]\s*(\d{1,2})", text)
    if slash:
        if int(slash[2]) > 11:
            raise ValueError("два числа через дробь: неясно, какое из них этот стаж")
        return _checked(kind, int(slash[1]), int(slash[2]))
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return _since(text, kind, as_of)
    days = _YEARS_MONTHS_DAYS.fullmatch(text)
    if days and int(days[2]) < 12:
        return _checked(kind, int(days[1]), int(days[2]))
    text = re.sub(r"^[^\d-]*(?=\d)", "", text)
    plain = re.fullmatch(_PLAIN, text) or re.fullmatch(rf"{_PLAIN.pattern}[^\d]*", text)
    if not plain:
        raise ValueError("не похоже на стаж")
    years, months = _split_years(text if plain["p"] else plain["y"], after_point)
    return _checked(kind, years, months)


def _split_years(number: str, after_point: bool | None) -> tuple[int, int | None]:
    """«21.3» → years and, when it is sure what stands after the point, months."""
    found = re.match(r"(\d{1,3})(?:\s*[.,]\s*(\d+))?", number)
    if not found:
        raise ValueError("не похоже на стаж")
    years, tail = int(found[1]), found[2]
    if not tail or not int(tail):
        return years, None
    if after_point is None:
        after_point = True if tail in {"10", "11"} else (False if tail in {"25", "50", "75"} else None)
    if after_point is None:
        return years, None
    if after_point:
        return years, int(tail) if int(tail) < 12 else None
    return years, round(float(f"0.{tail}") * 12) % 12


def _checked(kind: ExperienceKind, years: int, months: int | None) -> ExperienceIn:
    if months is not None and months > 11:
        years, months = years + months // 12, months % 12
    if years > LONGEST:
        raise ValueError(f"стаж больше {LONGEST} лет")
    return ExperienceIn(kind, years, months)


def _since(day: str, kind: ExperienceKind, as_of: str) -> ExperienceIn:
    """Experience counted from a day up to the day of the paper; whole years when only a year is known."""
    if not as_of:
        raise ValueError("стаж указан датой начала, а на какое число бумага, неизвестно")
    start, end = parse_day(day), to_date(as_of)
    if not start:
        raise ValueError("не похоже на стаж")
    begin = to_date(start)
    if begin > end:
        raise ValueError("стаж начинается позже даты бумаги")
    if len(start) == 4:
        return _checked(kind, end.year - begin.year, None)
    months = (end.year - begin.year) * 12 + end.month - begin.month - (end.day < begin.day)
    return _checked(kind, months // 12, months % 12)


def _from_day(day: date, kind: ExperienceKind, as_of: str) -> ExperienceIn:
    """A day in this column: a number shown as a day, «12.10» taken for a day by Excel, or the day of hiring."""
    if day.year < 1901:
        return _checked(kind, (date(day.year, day.month, day.day) - date(1899, 12, 31)).days, None)
    if as_of:
        if int(as_of[:4]) - day.year > 1:
            return _since(f"{day.year:04d}-{day.month:02d}-{day.day:02d}", kind, as_of)
        if day.month < 12:
            return _checked(kind, day.day, day.month)
    raise ValueError("в ячейке дата, а не стаж")


@lru_cache(maxsize=32768)
def _in_order(
    text: str, order: tuple[ExperienceKind, ...], as_of: str, after_point: bool | None
) -> tuple[ExperienceIn, ...]:
    parts = _NUMBER_PAIR.split(text)
    if len(parts) > len(order):
        raise ValueError("в ячейке больше чисел, чем видов стажа")
    found = (_experience(part.strip(" ;,"), kind, as_of, after_point) for part, kind in zip(parts, order, strict=False))
    return tuple(item for item in found if item)


@lru_cache(maxsize=32768)
def _labelled(
    text: str, order: tuple[ExperienceKind, ...], as_of: str, after_point: bool | None
) -> tuple[ExperienceIn, ...]:
    """«общий 38 лет, педагогический 14», «28 (общ.), 18 (пед.)», «28 лет (пед. - 18)»: values by words beside them."""
    labels = _label_places(text)
    if not labels:
        return ()
    named = {kind for _, _, kind in labels}
    borders = [0, *(place for start, end, _ in labels for place in (start, end)), len(text)]
    lead = text[: labels[0][0]]
    label_first = bool(re.search(r"\d", text[labels[-1][1] :])) or not re.search(r"\d", lead)
    pieces = [
        (kind, text[borders[2 * number + 2 * label_first] : borders[2 * number + 2 * label_first + 1]])
        for number, (_, _, kind) in enumerate(labels)
    ]
    if not label_first:
        # «27 (19 пед.)»: the first of two values stands without a word.
        *before, last = re.split(r"[(,;/\n](?=\s*\d)", pieces[0][1])
        lead, pieces[0] = "".join(before), (pieces[0][0], last)
    free = [kind for kind in order if kind not in named]
    if free and re.search(r"\d", lead):
        pieces.insert(0, (free[0], lead))
    items = (_experience(_value_of(piece), kind, as_of, after_point) for kind, piece in pieces)
    return tuple({item.kind: item for item in items if item}.values())


def _value_of(piece: str) -> str:
    return re.sub(r"\bстаж\w*\.?|\bработ\w*|[():]|(?<!\d)[-–—](?=\s)", " ", piece).strip(" ,;.-–—\n")


def _label_places(text: str) -> list[tuple[int, int, ExperienceKind]]:
    places: list[tuple[int, int, ExperienceKind]] = []
    for pattern, kind in _LABELS:
        for found in pattern.finditer(text):
            if all(found.end() <= start or found.start() >= end for start, end, _ in places):
                places.append((found.start(), found.end(), kind))
    return sorted(places)
