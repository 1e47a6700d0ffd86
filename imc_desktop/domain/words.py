"""Words of the field: cleaning, search keys, alphabet order, plurals, months and dates in Russian."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from imc_desktop.domain.patterns import later

MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
MONTHS_GENITIVE = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
MONTHS_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")

# --- search key -----------------------------------------------------------------------------------------------------

_DASHES = "-‐‑‒–—―−"
_KAZAKH_TO_RUSSIAN = dict(zip("ёәғқңөұүһіїєґ", "еагкноуухииег", strict=True))
_DROPPED = "'’ʼ`´\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class _FoldTable(dict[int, str]):
    """Fills itself: letters and digits stay, everything unknown becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = result = char if char.isalnum() else " "
        return result


_FOLD = _FoldTable(
    {ord(a): b for a, b in _KAZAKH_TO_RUSSIAN.items()}
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _DROPPED), "")
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Search key: lower case, ё = е, Kazakh letters as their Russian look-alikes, no punctuation but «-»."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    folded = " ".join(text.casefold().translate(_FOLD).split())
    if "-" in folded:
        folded = _LOOSE_HYPHEN.sub("-", folded).strip("- ")
    return folded


_LOOSE_HYPHEN = later(r" *-[- ]*")

# --- alphabet order -------------------------------------------------------------------------------------------------

_ALPHABET = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = str.maketrans(
    {letter: chr(0x430 + place) for place, letter in enumerate(_ALPHABET)} | {"ё": chr(0x430 + _ALPHABET.index("е"))}
)
_NUMBER = later(r"\d+")
_NOT_SORTED = later(r"[^\w]+|_")


@lru_cache(maxsize=32768)
def sort_key(text: str) -> str:
    """A plain string in Russian/Kazakh alphabet order: Ё with Е, Ә after А, І after Ы, «№ 2» before «№ 10»."""
    plain = _NOT_SORTED.sub(" ", text.casefold()).strip()
    if _NUMBER.search(plain):
        plain = _NUMBER.sub(lambda found: found[0].zfill(6), plain)
    key = plain.translate(_ORDER)
    return key if "ё" not in plain else key + " \uffff"


# --- repair ---------------------------------------------------------------------------------------------------------

_LATIN_LETTERS = "A-Za-zëËəƏ"
_CYRILLIC_LETTERS = "\u0400-\u052f"
_TO_CYRILLIC = dict(zip("ABCEHKMOPTXYaceikopxyIëËəƏ", "АВСЕНКМОРТХУасеікорхуІёЁәӘ", strict=True))
_TO_LATIN = dict(zip("АВСЕНКМОРТХУасеікорхуІ", "ABCEHKMOPTXYaceikopxyI", strict=True))
_CYRILLIC_TABLE = str.maketrans(_TO_CYRILLIC)
_LATIN_TABLE = str.maketrans(_TO_LATIN)
_SUSPECT = later(
    rf"[{_LATIN_LETTERS}\u0300-\u036f\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u00ad\u1680\u2000-\u200f"
    r"\u2028-\u202f\u2060\u3000\ufeff]|  | \n|\n[ \n]|^\s|\s$|_x000"
)
_INVISIBLE = later(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f]|_x000[0-9A-D]_")
_BREAK = later(r"\s*(?:\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029])\s*")
_BLANK = later(r"[^\S\n]+")
_CYRILLIC = later(f"[{_CYRILLIC_LETTERS}]")
_LATIN = later(f"[{_LATIN_LETTERS}]")
_CHUNK = later(r"\S+")
_WORD = later(f"[{_LATIN_LETTERS}{_CYRILLIC_LETTERS}]+")
_ADDRESS = later(r"@|://|^www\.", re.IGNORECASE)
_LONE = later(r"[(«\"]?([ABCKOYaceoykp])[)»\",;:]?")
_INITIALS = later(r"(?:[ABCEHKMOPTY]\.){1,2}[ABCEHKMOPTY]?[.,;]*")
_INITIAL_X = later(r"\bX(?=\. ?[А-ЯЁ])|(?<=[А-ЯЁ]\.)X(?=\.)")
_ROMAN_GLUED = later(
    r"[IVXІХ]*[IVІ][IVXІХ]*(?:[аоы]?[йяе]|го|му|м|х|кв\w*|полуг\w*|п|четв\w*|нед\w*|дек\w*|кат\w*|кл\w*|курс\w*|ступ\w*|групп\w*|тур\w*|этап\w*|смен\w*)"
)
_ROMAN_MIXED = later(r"[IVXІХ]+")
_ABBREVIATIONS = frozenset(("ОО", "ООО", "НОО", "СОО", "АНО", "РМО", "МО", "ВО", "НКО", "РОО", "ОРО", "РАС", "ТНР"))


@lru_cache(maxsize=65536)
def repair(text: str) -> str:
    """Clean text as a paper means it; ё and line breaks stay.

    Out go invisible characters, no-break and repeated spaces. Latin look-alikes inside Cyrillic words become Cyrillic
    («Cредняя»), Cyrillic ones inside Latin words and addresses become Latin; Roman numerals and foreign words stay.
    """
    if not _SUSPECT.search(text):
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _BLANK.sub(" ", _BREAK.sub("\n", text)).strip()
    if _LATIN.search(text) and _CYRILLIC.search(text):
        text = _CHUNK.sub(_repair_chunk, text)
    return text


def _repair_chunk(found: re.Match[str]) -> str:
    """One stretch without spaces inside a text that has both alphabets."""
    chunk = found[0]
    if not _LATIN.search(chunk):
        return chunk
    if _ADDRESS.search(chunk):
        latin = chunk.translate(_LATIN_TABLE)
        return chunk if _CYRILLIC.search(latin) else latin
    if not _CYRILLIC.search(chunk):
        return chunk.translate(_CYRILLIC_TABLE) if _is_disguised(chunk) else chunk
    return _WORD.sub(lambda word: _repair_word(word[0]), _INITIAL_X.sub("Х", chunk))


def _is_disguised(chunk: str) -> bool:
    """True for a wholly Latin stretch that stands for Cyrillic: a lone preposition, initials, a known abbreviation."""
    if _LONE.fullmatch(chunk) or _INITIALS.fullmatch(chunk):
        return True
    return chunk.strip('()«»".,;:').translate(_CYRILLIC_TABLE) in _ABBREVIATIONS


def _repair_word(word: str) -> str:
    """One run of letters; which alphabet it means is told by the letters only one alphabet has."""
    latin = "".join(_LATIN.findall(word))
    cyrillic = "".join(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        alone = len(word) == 1 and latin and word in _TO_CYRILLIC and word not in "IiX"
        known = latin and word.translate(_CYRILLIC_TABLE) in _ABBREVIATIONS
        return word.translate(_CYRILLIC_TABLE) if alone or known else word
    if _ROMAN_MIXED.fullmatch(word):
        return word.translate(_LATIN_TABLE)
    if _ROMAN_GLUED.fullmatch(word):
        return word
    if all(letter in _TO_CYRILLIC for letter in latin):
        return word.translate(_CYRILLIC_TABLE)
    if len(cyrillic) < len(latin) and all(letter in _TO_LATIN for letter in cyrillic) and not word.startswith(latin):
        return word.translate(_LATIN_TABLE)
    return word


# --- broken words ---------------------------------------------------------------------------------------------------

_BROKEN = later(r"([\u0400-\u052f]{2,})[-‐¬](\s*\n\s*)?([а-яёіәғқңөұүһ]{2,})")
_COMPOUND_FIRST = later(
    "план|учитель|педагог|преподаватель|воспитатель|мастер|семинар|вебинар|урок|инструктор|врач|сестра|тренер|методист|"
    "школа|сад|центр|лицей|бизнес|онлайн|интернет|веб|мини|вице|экс"
)
_ADJECTIVE_ENDS = ("ый", "ий", "ая", "ое", "ые", "ие", "ого", "ой", "ых", "их")
_HEADING_STEM = later(
    "организаци|окончани|образовани|образовательн|квалификаци|категори|должност|мероприяти|ответственн|исполнени|"
    "исполнител|выполнени|преподава|наименовани|специальност|дисциплин|педагогическ|проведени|реквизит|удостоверени|"
    "аттестаци|повышени|переподготовк|учреждени|фамили|отчеств|рождени|телефон|электронн|присвоени|прохождени|"
    "количеств|программ|содержани|направлени|деятельност|участник|примечани|результат|отметк|предмет|занимаем|"
    "соответстви|руководител|методист|методическ|муниципальн|консультаци|посещени|подразделени|поступлени|действи|"
    "документ|регистрационн|планируем"
)


def unwrap(text: str) -> str:
    """Join words broken by a hyphen («окон-чания», «Вере-сень», at a line end); compounds as «план-график» stay."""
    if "-" not in text and "‐" not in text and "¬" not in text:
        return text
    return _BROKEN.sub(_join_broken, text)


def _join_broken(found: re.Match[str]) -> str:
    first, line_break, second = found[1], found[2], found[3]
    whole = fold(first + second)
    if _HEADING_STEM.match(whole) or month_number(whole):
        return first + second
    head = fold(first)
    adjective = len(head) > 4 and head.endswith(("но", "ко", "во")) and second.endswith(_ADJECTIVE_ENDS)
    if line_break is None or _COMPOUND_FIRST.fullmatch(head) or adjective:
        return f"{first}-{second}"
    return first + second


# --- counting and months --------------------------------------------------------------------------------------------


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form of a noun after a whole number: 1 педагог, 2 педагога, 5 педагогов."""
    n = abs(n) % 100
    if 11 <= n <= 14:
        return many
    n %= 10
    return one if n == 1 else few if 2 <= n <= 4 else many


_SOFT = "(?:ь|я|ю|е|ем|и)?"
_MONTH_FORMS = (
    rf"янв(?:ар{_SOFT})?",
    rf"фев(?:р|рал{_SOFT})?",
    r"мар(?:т(?:а|у|е|ом)?)?",
    rf"апр(?:ел{_SOFT})?",
    r"ма(?:й|я|ю|е|ем)",
    rf"июн{_SOFT}",
    rf"июл{_SOFT}",
    r"авг(?:уст(?:а|у|е|ом)?)?",
    rf"сент?(?:ябр{_SOFT})?",
    rf"окт(?:ябр{_SOFT})?",
    rf"ноя(?:б|бр{_SOFT})?",
    rf"дек(?:абр{_SOFT})?",
)
_KAZAKH_END = "(?:[дт][ае]н?|н[ае]н|[гк][ае]|[ндт][ыи]н?|айы(?:нда|нын)?)?"
_KAZAKH_FORMS = (
    "кантар",
    "акпан",
    "наурыз",
    "сауир",
    "мамыр",
    "маусым",
    "шилде",
    "тамыз",
    "кыркуйек",
    "казан",
    "караша",
    "желтоксан",
)
_UKRAINIAN_FORMS = (
    "сич(?:ень|ня|ню|ни)",
    "лют(?:ий|ого|ому)",
    "берез(?:ень|ня|ню|ни)",
    "квит(?:ень|ня|ню|ни)",
    "трав(?:ень|ня|ню|ни)",
    "черв(?:ень|ня|ню|ни)",
    "лип(?:ень|ня|ню|ни)",
    "серп(?:ень|ня|ню|ни)",
    "верес(?:ень|ня|ню|ни)",
    "жовт(?:ень|ня|ню|ни)",
    "листопада?",
    "груд(?:ень|ня|ню|ни)",
)
_MONTH = later(
    "|".join(
        f"(?P<m{n}>{russian}|{kazakh}{_KAZAKH_END}|{ukrainian})"
        for n, russian, kazakh, ukrainian in zip(
            range(1, 13), _MONTH_FORMS, _KAZAKH_FORMS, _UKRAINIAN_FORMS, strict=True
        )
    )
)
_NOT_MONTHS = frozenset({"янтарь", "янтаря"})


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """The month a word names: any case, abbreviation, break or slip of one letter; Kazakh and Ukrainian too."""
    plain = fold(word).replace("-", "").replace(" ", "")
    if not 3 <= len(plain) <= 15 or not plain.isalpha():
        return None
    found = _MONTH.fullmatch(plain)
    if found and found.lastgroup:
        return int(found.lastgroup[1:])
    if len(plain) < 5 or plain in _NOT_MONTHS:
        return None
    for n in range(12):
        for name in (MONTHS[n], MONTHS_GENITIVE[n]):
            if len(name) > 5 and _one_slip(plain, name):
                return n + 1
    return None


def _one_slip(typed: str, name: str) -> bool:
    """One letter too many, too few or another, or two neighbours swapped. Libraries that do it cost a slow start."""
    if abs(len(typed) - len(name)) > 1:
        return False
    head = next((n for n, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), min(len(typed), len(name)))
    one, other = typed[head:], name[head:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:] and len(one) > 1
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


# --- dates in words -------------------------------------------------------------------------------------------------


def date_long(day: date) -> str:
    """«5 ноября 2026 г.»: no leading zero (ГОСТ Р 7.0.97)."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} г."


def date_short(day: date) -> str:
    """«05.11.2026»: with the zero, without «г.» (ГОСТ Р 7.0.97)."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


_ISO = later(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def show_date(iso: str) -> str:
    """A date of the record as a person reads it: «05.11.2026», «октябрь 2026», «1965 г.»; other text stays as it is."""
    if not _ISO.fullmatch(iso):  # a telephone has hyphens as well
        return iso
    parts = iso.split("-")
    if len(parts) == 1:
        return f"{iso} г."
    if len(parts) == 2:
        return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{parts[2]}.{parts[1]}.{parts[0]}"


def show_phone(phone: str) -> str:
    """«+7 924 123-45-67»; a number of another country or an inner one stays as it is."""
    if len(phone) != 12 or not phone.startswith("+7"):
        return phone
    return f"{phone[:2]} {phone[2:5]} {phone[5:8]}-{phone[8:10]}-{phone[10:]}"
