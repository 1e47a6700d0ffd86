"""Words of a term as a line of one-letter codes, so that a grammar over them can be written as plain patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from imc_desktop.domain.words import fold, month_number, repair

# Codes: M month · D day with month · N number · Y year · Z school year · W weekday · w week · d decade · q quarter ·
# h half-year · c school term · S season · k holidays of pupils · b beginning, middle, end · l half · g year (word) ·
# o month (word) · y day (word) · n «числа» · r «раз» · K «каждый» · E «еже…» · T «в течение» · A always ·
# Q on request · G by schedule · t «до» · s «с» · P «по» · X except · z «за» · x unknown · "-" range · "," list


@dataclass(frozen=True, slots=True)
class Token:
    code: str
    value: int = 0
    month: int = 0
    year: int | None = None
    word: str = ""


_ENDING = "(?:-?(?:ого|го|ому|му|ый|ий|ой|ых|их|ая|ое|ую|ей|ья|ье|ью|ти|я|й|е|х|ю|ші|шы|інші|ыншы)\\b)?"
_KEYWORD = "(?=кв|полуг|недел|декад|четв)"
_LEX = re.compile(
    rf"""
    (?P<clock>
      (?<!\d)\d{{1,2}}[.:]00(?:\s*-\s*\d{{1,2}}[.:]\d\d)?
      | (?<!\d)\d{{1,2}}[.:]\d\d\s*-\s*\d{{1,2}}[.:](?:00|1[3-9]|[2-5]\d)
      | \d{{1,2}}:\d\d
      | \bв\s\d{{1,2}}[.]\d\d(?![.\d])
    )
  | (?P<iso>\d{{4}}-\d\d-\d\d)
  | (?P<dmy>\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)(?!\d))
  | (?P<dm>\d{{1,2}}\.\d{{1,2}}(?!\d))
  | (?P<years>(?:19|20)\d\d\s*[-/]\s*(?:(?:19|20)\d\d|\d\d)(?!\d))
  | (?P<year>(?:19|20)\d\d(?!\d))
  | (?P<num>(?<!\d)\d{{1,2}}(?!\d)){_ENDING}
  | (?P<roman>(?<![^\W_])[ivxіх]+)(?:{_KEYWORD}|{_ENDING}(?![^\W_]))
  | (?P<word>[^\W\d_]+)
  | (?P<sep>[-,;/+&\n])
    """,
    re.VERBOSE,
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_TO_ROMAN = str.maketrans("іх", "ix")
_PSEUDO_ROMAN = {"п": 2, "ш": 3}

_WORDS: tuple[tuple[str, str, int], ...] = (
    # pattern of the folded word, code, value
    ("до|дейин", "t", 1),
    ("к|ко", "t", 2),
    ("позднее|позже", "t", 1),
    ("с|со|от|после|начиная", "s", 0),
    ("по", "P", 0),
    ("и|жане", ",", 0),
    ("числ\\w*", "n", 0),
    ("недел\\w*|нед|апта\\w*", "w", 0),
    ("декад\\w*", "d", 0),
    ("квартал\\w*|кв", "q", 0),
    ("полугод\\w*|полуг|полгода|жартыжылд\\w*", "h", 0),
    ("четверть|четверти|четвертей|четвертям|четв|токсан\\w*", "c", 0),
    ("половин\\w*", "l", 0),
    ("начал\\w*|басы\\w*", "b", 1),
    ("середин\\w*|ортасы\\w*", "b", 2),
    ("кон(?:ец|ц)\\w*|окончани\\w*|завершени\\w*|аягы\\w*", "b", 3),
    ("понедельник\\w*|пн", "W", 0),
    ("вторник\\w*|вт", "W", 1),
    ("сред[аыуе]|средам|ср", "W", 2),
    ("четверг\\w*|чт", "W", 3),
    ("пятниц\\w*|пт", "W", 4),
    ("суббот\\w*|сб", "W", 5),
    ("воскресень\\w*|вс", "W", 6),
    ("осень\\w*|осени|осенн\\w*|куз\\w{0,4}", "S", 1),
    ("зима|зимы|зиме|зиму|зимой|зимн\\w*|кыс\\w{0,3}", "S", 2),
    ("весна|весны|весне|весну|весной|весенн\\w*|коктем\\w*", "S", 3),
    ("лето|летом|лета|летн\\w*|жаз\\w{0,3}", "S", 4),
    ("каникул\\w*|демалыс\\w*", "k", 0),
    ("год|года|году|годом|жыл\\w{0,4}|рок[ау]?|рик", "g", 0),
    ("месяц\\w*|мес|ай|айдын", "o", 0),
    ("день|дня|дней|дни|дн", "y", 0),
    ("раз|раза|рет|р", "r", 0),
    ("кажд\\w+|сайын|кожн\\w+", "K", 0),
    ("еженед\\w*|понедельно", "E", 1),
    ("ежемес\\w*|помесячно|щомисяц\\w*", "E", 2),
    ("ежекварт\\w*|поквартально", "E", 3),
    ("ежегод\\w*", "E", 4),
    ("ежедн\\w*|кунделикти", "E", 5),
    ("течени\\w|теч|протяжении|протягом|бойы", "T", 0),
    ("постоянн\\w*|пост|системат\\w*|регулярн\\w*|непрерывн\\w*|весь|всего|все|унеми|постийно", "A", 0),
    ("круглогодичн\\w*|круглый", "A", 1),
    ("запрос\\w*|необходимост\\w*|мере|поступлени\\w*|требовани\\w*|обращени\\w*|заявк\\w*|заявлени\\w*", "Q", 0),
    ("востребовани\\w*|возникновени\\w*|потребност\\w*|надобност\\w*|сураныс\\w*|кажеттил\\w*", "Q", 0),
    ("график\\w*|план|плану|планам|планом|расписани\\w*|циклограмм\\w*|согласовани\\w*|кесте\\w*|жоспар\\w*", "G", 0),
    ("отдельн\\w+|сроки|срокам|положени\\w*|приказ\\w*|назначени\\w*|особому|утвержденн\\w*", "G", 0),
    ("кроме|исключени\\w*", "X", 0),
    ("за|через|спустя", "z", 0),
    ("учебн\\w*|рабоч\\w*|календарн\\w*|полн\\w*|г|уч", "_", 0),
    ("перв\\w+|один|одного|одна|одну|биринши", "N", 1),
    ("втор(?:ая|ой|ую|ое|ого|ым|ых|ые|ом|ому|ый)|два|две|двух|екинши", "N", 2),
    ("трет\\w+|три|трех|ушинши", "N", 3),
    ("четверт(?:ая|ой|ую|ое|ого|ый|ом|ому|ых)|четыре|четырех|тортинши", "N", 4),
    ("пят(?:ая|ой|ую|ое|ого|ый)", "N", 5),
    ("последн\\w+|сонгы", "N", 0),
    ("дважды", "R", 2),
    ("трижды", "R", 3),
)
_WORD_CODES = re.compile("|".join(f"(?P<k{index}>{pattern})" for index, (pattern, _, _) in enumerate(_WORDS)))
_SAID_APART = re.compile(r"\(?включительно\)?|№\s*\d+")
_ABBREVIATED = (
    (re.compile(r"п\s*/\s*г(?:од\w*)?\b"), "полугодие"),
    (re.compile(r"уч\.?\s*г(?:\.|од\w*|\b)"), "учебный год "),
)
_DASHES = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_BROKEN = re.compile(r"([^\W\d_]{2,})(?:-|\s)\s*([^\W\d_]{2,})")


def prepare(text: str) -> str:
    """A term in small letters with plain dashes and whole words: «Вере-сень» → «вересень»."""
    text = _DASHES.sub("-", repair(text).casefold()).replace("ё", "е")
    text = _SAID_APART.sub(" ", text).replace("(", ",").replace(")", " ")
    for pattern, whole in _ABBREVIATED:
        text = pattern.sub(whole, text)
    return _BROKEN.sub(_mend, text)


def _mend(found: re.Match[str]) -> str:
    first, second = found[1], found[2]
    known = month_number(first) is not None and month_number(second) is not None
    apart = month_number(second) is not None or (" " in found[0] and month_number(first) is not None)
    if known or apart or month_number(first + second) is None:
        return found[0]
    return first + second


def tokens_of(text: str, plan_year: int) -> list[Token]:
    """Meaningful words of a prepared term in order; words that say nothing about time are left out."""
    tokens: list[Token] = []
    for found in _LEX.finditer(text):
        kind = found.lastgroup or ""
        tokens += _token(kind, found[kind], found[0], after_number=bool(tokens) and tokens[-1].code == "N")
    return _fill_years(_merge(tokens), plan_year)


def _token(kind: str, text: str, whole: str, *, after_number: bool) -> list[Token]:
    if kind == "word":
        return _word(text, after_number=after_number)
    if kind == "num":
        return [Token("N", int(text), word="го" if whole.endswith("го") else "")]
    if kind == "sep":
        return [Token("-" if text == "-" else ",")]
    if kind == "year":
        return [Token("Y", year=int(text))]
    if kind == "years":
        return [Token("Z", year=int(text[:4]))]
    if kind == "roman":
        plain = text.translate(_TO_ROMAN)
        return [Token("N", _ROMAN[plain])] if plain in _ROMAN and (text != "х") else []
    return _numeric_day(kind, text)


def _numeric_day(kind: str, text: str) -> list[Token]:
    """A day in figures; a time of day is no day."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if kind == "iso":
        return [Token("D", parts[2], parts[1], parts[0])]
    if kind == "dmy":
        year = parts[2] if parts[2] > 99 else 2000 + parts[2]
        return [Token("D", parts[0], parts[1], year)]
    if kind == "dm" and 1 <= parts[1] <= 12:
        return [Token("D", parts[0], parts[1])]
    return []


def _word(text: str, *, after_number: bool) -> list[Token]:
    """A word about time; after a number an unknown word stays, so that «16 часов, октябрь» is no 16 October."""
    month = month_number(text)
    if month is not None:
        return [Token("M", month=month)]
    if text in _PSEUDO_ROMAN:
        return [Token("p", _PSEUDO_ROMAN[text])]
    found = _WORD_CODES.fullmatch(fold(text))
    if not found or not found.lastgroup:
        return [Token("x")] if after_number else []
    _, code, value = _WORDS[int(found.lastgroup[1:])]
    if code == "R":
        return [Token("N", value), Token("r")]
    return [Token(code, value)] if code != "_" else []


def _merge(tokens: list[Token]) -> list[Token]:
    """Years join the month or day before them; «П квартал» is «II квартал»; «октябрь месяц» is October."""
    result: list[Token] = []
    for place, token in enumerate(tokens):
        last = result[-1] if result else None
        after = tokens[place + 1].code if place + 1 < len(tokens) else ""
        if token.code == "p":
            if after and after in "qhwdc":
                result.append(Token("N", token.value))
        elif token.code == "Y" and last and last.code in "MD" and last.year is None:
            result[-1] = replace(last, year=token.year)
        elif token.code == "Y" and last and last.code == "," and after in {"", ","} and _lacks_year(result[-2:-1]):
            result[-2:] = [replace(result[-2], year=token.year)]
        elif token.code == "M" and last and _year_before(result):
            year = result.pop(-1 if last.code == "Y" else -2).year
            result.append(replace(token, year=token.year or year))
        elif last and ((token.code == "o" and last.code == "M") or (token.code == "g" and last.code in "MDYZS")):
            continue
        else:
            result.append(token)
    return result


def _lacks_year(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].code in "MD" and tokens[0].year is None


def _year_before(tokens: list[Token]) -> bool:
    """True for the Kazakh order: «2026 ж. қазан», «2026 жылғы 20 қазан»."""
    codes = "".join(token.code for token in tokens[-2:])
    return codes.endswith("Y") or codes == "YN"


def _fill_years(tokens: list[Token], plan_year: int) -> list[Token]:
    """A year said once at the end («октябрь, ноябрь 2024 г.») holds for what is before it when no year of the plan."""
    result: list[Token] = []
    known: Token | None = None
    for token in reversed(tokens):
        if token.code in "MD" and token.year is not None:
            inside = (plan_year, 8) <= (token.year, token.month) <= (plan_year + 1, 8)
            known = None if inside else token
        elif token.code in "MD" and known and known.year is not None:
            token = replace(token, year=known.year - (token.month > known.month))  # noqa: PLW2901
        result.append(token)
    return result[::-1]
