"""Facts that fill a whole cell: rate, sex, telephone, СНИЛС, ИИН, kind of employment, marks, awards."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from imc_desktop.domain.kinds import EmploymentKind
from imc_desktop.exchange.cells.common import is_no_value, low, one_line, strip_ends, text_of
from imc_desktop.exchange.grid import Cell

_RATE_WORDS = re.compile(r"(?:став\w*|ст(?:\.|(?![а-я]))|ед(?:\.|иниц\w*)|шт\.?)")
_RATE_SPELT = {"пол": "0.5", "половина": "0.5", "полная": "1", "целая": "1", "полторы": "1.5", "четверть": "0.25"}
_HIGHEST_RATE = Decimal(3)
_MEN = frozenset({"м", "муж", "мужской", "мужчина", "m", "male", "ер", "еркек"})
_WOMEN = frozenset({"ж", "жен", "женский", "женщина", "f", "w", "female", "əйел", "әйел"})
_PHONE_SPLIT = re.compile(r"\s*(?:[;\n]|,\s*(?=[+\d(])|/\s*(?=[+8(]))\s*|\s+(?=\+?[78][\s(-]*\d{3}[\s)-])")
_PHONE_NOISE = re.compile(r"(?:доб|внутр|вн|ext)\.?\s*\d*.*$|[a-zа-я.:]+")
_YES = frozenset(
    {"+", "да", "есть", "имеется", "имеет", "v", "х", "x", "1", "true", "yes", "✓", "✔", "√", "иә", "ия", "бар"}
)
_NO = frozenset({"0", "false", "no", "жоқ", "жок", "не состоит"})
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def parse_rate(cell: Cell) -> str:
    """A rate as a decimal with a point («1,25» → "1.25", «полставки» → "0.5"); "" when not said."""
    if isinstance(cell, str):
        return _rate(text_of(cell))
    return _rate(text_of(cell)) if cell is not None else ""


@lru_cache(maxsize=4096)
def _rate(text: str) -> str:
    if is_no_value(text):
        return ""
    bare = one_line(_RATE_WORDS.sub(" ", low(text).replace(",", "."))).strip(" .")
    if not bare and _RATE_WORDS.search(low(text)):
        return "1"
    bare = _RATE_SPELT.get(bare, bare)
    try:
        rate = sum((_fraction(part) for part in re.split(r"\s*\+\s*|(?<=\d)\s+и\s+(?=\d)", bare)), Decimal(0))
    except (InvalidOperation, ZeroDivisionError) as problem:
        raise ValueError("не похоже на ставку") from problem
    if not Decimal(0) < rate <= _HIGHEST_RATE:
        raise ValueError("ставка должна быть больше нуля и не больше трёх")
    return f"{rate.quantize(Decimal('0.0001')).normalize():f}"


def _fraction(text: str) -> Decimal:
    """«0.5», «1/2», «1 1/2»."""
    found = re.fullmatch(r"(?:(\d)\s+)?(\d{1,2})/(\d{1,2})", text)
    if found:
        return Decimal(found[1] or 0) + Decimal(found[2]) / Decimal(found[3])
    if not re.fullmatch(r"\d{1,2}(?:\.\d{1,6})?|\.\d{1,4}", text):
        raise InvalidOperation
    return Decimal(text)


def parse_sex(cell: Cell) -> str:
    """Sex as "м" or "ж", "" when not said."""
    text = low(text_of(cell)).strip(" .")
    if text in _MEN:
        return "м"
    if text in _WOMEN:
        return "ж"
    if is_no_value(text):
        return ""
    raise ValueError("пол пишут «м» или «ж»")


def parse_phone(cell: Cell) -> str:
    """The first telephone of a cell: «+7…» with ten digits, a short local number as written; "" when not said."""
    return _phone(text_of(cell))


@lru_cache(maxsize=16384)
def _phone(text: str) -> str:
    if is_no_value(text):
        return ""
    for part in _PHONE_SPLIT.split(text):
        number = _one_phone(part)
        if number:
            return number
    raise ValueError("не похоже на номер телефона")


def _one_phone(text: str) -> str:
    bare = _PHONE_NOISE.sub(" ", low(text)).strip()
    digits = "".join(char for char in bare if char in "0123456789")
    if len(digits) == 11 and digits[0] in "78":
        return "+7" + digits[1:]
    if len(digits) == 10:
        return "+7" + digits
    if bare.startswith("+") and 11 <= len(digits) <= 15:
        return "+" + digits
    if 5 <= len(digits) <= 7 and re.fullmatch(r"[\d\s-]+", bare):
        return re.sub(r"\s*[-\s]\s*", "-", bare)
    return ""


def parse_email(cell: Cell) -> str:
    """The first e-mail address of a cell, "" when there is none."""
    found = _EMAIL.search(text_of(cell))
    return found[0].strip(".") if found else ""


def parse_snils(cell: Cell) -> str:
    """СНИЛС as «123-456-789 00», check digits checked (there are none up to 001-001-998); "" when not said."""
    text = text_of(cell)
    if is_no_value(text):
        return ""
    digits = re.sub(r"\D", "", text) if text.isascii() else re.sub(r"[^0-9]", "", text)
    if isinstance(cell, (int, float)) or digits == text:
        digits = digits.zfill(11) if len(digits) >= 9 else digits
    if len(digits) != 11:
        raise ValueError("в СНИЛС должно быть 11 цифр")
    if int(digits[:9]) > 1_001_998 and _snils_check(digits[:9]) != int(digits[9:]):
        raise ValueError("контрольные цифры СНИЛС не сходятся")
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def _snils_check(number: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=True))
    return total % 101 % 100


def parse_iin(cell: Cell) -> str:
    """ИИН (Kazakhstan): twelve digits, the last one checked; "" when not said."""
    text = text_of(cell)
    if is_no_value(text):
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if isinstance(cell, (int, float)) and len(digits) >= 9:
        digits = digits.zfill(12)
    if len(digits) != 12:
        raise ValueError("в ИИН должно быть 12 цифр")
    if _iin_check(digits[:11]) != int(digits[11]):
        raise ValueError("контрольная цифра ИИН не сходится")
    return digits


def _iin_check(number: str) -> int:
    """The check digit; 10 (which no digit equals) when the number itself is impossible."""
    weights = tuple(range(1, 12))
    check = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11
    if check == 10:
        shifted = (*weights[2:], 1, 2)
        check = sum(int(digit) * weight for digit, weight in zip(number, shifted, strict=True)) % 11
    return check


def parse_employment(cell: Cell) -> EmploymentKind | None:
    """Main job or a second one; «совм.» without a word more is a second job whose main one is elsewhere."""
    text = low(text_of(cell))
    if is_no_value(text):
        return None
    kind = employment_in(text)
    if kind is None:
        raise ValueError("вид работы: основная или совместительство")
    return kind


def employment_in(text: str) -> EmploymentKind | None:
    """The kind of employment named anywhere in a text of small letters."""
    if re.search(r"внутр\w*\.?|по совмещ|совмещен", text):
        return EmploymentKind.INTERNAL
    if re.search(r"внеш\w*\.?|совм(?:ест|\.|(?![а-я]))|(?<![а-я])с/м(?![а-я])|по совмест", text):
        return EmploymentKind.EXTERNAL
    if re.search(r"(?<![а-я])осн(?:овн\w*|\.|(?![а-я]))|штатн|негізгі|негизги", text):
        return EmploymentKind.MAIN
    return None


def parse_bool_yes(cell: Cell) -> bool | None:
    """A mark: True for «+», «да», «есть», «х»; False for «нет», «0»; None when the cell is empty or says otherwise."""
    if isinstance(cell, bool):
        return cell
    text = low(text_of(cell)).strip(" .")
    if text in _YES:
        return True
    if text in _NO or (text and is_no_value(text)):
        return False
    return None


def parse_award(cell: Cell) -> tuple[str, ...]:
    """Awards of a cell, each once."""
    text = text_of(cell)
    if is_no_value(text):
        return ()
    parts = (strip_ends(re.sub(r"^\s*(?:\d{1,2}[.)]|[•*-])\s*(?=\D)", "", part)) for part in re.split(r"[;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part and not is_no_value(part)))
