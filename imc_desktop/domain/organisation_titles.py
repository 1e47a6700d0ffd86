"""Short and full names of organisations: «МБОУ «СОШ № 1»» and the wording of the charter."""

from __future__ import annotations

import re
from functools import lru_cache

from imc_desktop.domain.words import repair

_FORM_WORDS = (
    r"(?:муниципальн|государственн|бюджетн|каз[её]нн|автономн|коммунальн|областн|краев|республиканск|федеральн|частн|дошкольн"
    r"|общеобразовательн|образовательн|профессиональн)\w+"
)
_FULL_FORM = re.compile(
    rf"^(?P<w>(?:(?:{_FORM_WORDS})\s+)+(?:учреждени[ея]|предприяти[ея]))"
    r"(?P<t>\s+(?:дополнительного\s+профессионального\s+образования|дополнительного\s+образования(?:\s+детей)?|высшего\s+образования))?",
    re.IGNORECASE,
)
_TAILS = {"дополнительного профессионального": "ДПО", "дополнительного образования": "ДО", "высшего образования": "ВО"}
_FORMS = {
    "М": "Муниципальное",
    "Г": "Государственное",
    "Ч": "Частное",
    "Б": "бюджетное",
    "К": "казённое",
    "А": "автономное",
}
_SHORT_FORM = re.compile(
    r"^(?P<f>[МГЧ][БКА]?(?:Д?О)?У|КГУ|ГУ|ГККП|КГКП|КГП)(?:\s?(?P<t>ДО|ДПО))?(?![А-ЯЁа-яё])", re.IGNORECASE
)
_KAZAKH_FORMS = {
    "КГУ": "Коммунальное государственное учреждение",
    "ГУ": "Государственное учреждение",
    "ГККП": "Государственное коммунальное казённое предприятие",
    "КГКП": "Коммунальное государственное казённое предприятие",
    "КГП": "Коммунальное государственное предприятие",
}
_TO_SHORT = tuple(
    (re.compile(pattern, re.IGNORECASE), short)
    for pattern, short in (
        (r"средн(?:яя|ей)\s+общеобразовательн(?:ая|ой)\s+школ[аы]", "СОШ"),
        (r"основн(?:ая|ой)\s+общеобразовательн(?:ая|ой)\s+школ[аы]", "ООШ"),
        (r"начальн(?:ая|ой)\s+общеобразовательн(?:ая|ой)\s+школ[аы]", "НОШ"),
        (r"дом(?:а)?\s+детского\s+творчества", "ДДТ"),
        (r"центр\s+психолого-педагогической,?\s+медицинской\s+и\s+социальной\s+помощи", "ЦППМСП"),
        (r"информационно-методический\s+центр", "ИМЦ"),
        (r"детско-юношеская\s+спортивная\s+школа", "ДЮСШ"),
        (r"спортивная\s+школа(?!\s+олимп)", "СШ"),
        (r"(?<![а-яё])(?:д\s?/\s?с|д\.\s?с\.?)(?![а-яё])|детсад", "Детский сад"),
        (r"\s+для\s+(?:обучающихся|детей|воспитанников)\s+[^«»№]*", ""),
        (r"(?<=»)\s+(?:отдела|управления)\s+образования.*$|(?<!^)\s+(?:отдела|управления)\s+образования[^»]*", ""),
        (r"\s+(?:общеразвивающего|комбинированного|компенсирующего)\s+вида", ""),
    )
)
_TO_FULL = tuple(
    (re.compile(rf"(?<![А-Яа-яЁё-]){short}(?![А-Яа-яЁё-])"), full)
    for short, full in (
        ("СОШ", "Средняя общеобразовательная школа"),
        ("ООШ", "Основная общеобразовательная школа"),
        ("НОШ", "Начальная общеобразовательная школа"),
        ("ДДТ", "Дом детского творчества"),
        ("ЦППМСП", "Центр психолого-педагогической, медицинской и социальной помощи"),
        ("ИМЦ", "Информационно-методический центр"),
        ("ДЮСШ", "Детско-юношеская спортивная школа"),
        ("СШ", "Спортивная школа"),
        (r"[Дд]/с", "Детский сад"),
    )
)
_NUMBER = re.compile(r"(?:№+|(?<![A-Za-zА-Яа-яЁё])N)\s*(?=\d)")
_OBLIQUE = re.compile(r"^([А-ЯЁ][а-яё-]{3,})ой\s+(СОШ|ООШ|НОШ)")
_LEADING_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]\s*)+(?=\D)")


@lru_cache(maxsize=4096)
def short_name(text: str) -> str:
    """A short name in one manner: «МБОУ «СОШ № 1»» for «Муниципальное … «Средняя общеобразовательная школа № 1»»."""
    text = _tidy(text)
    text = _FULL_FORM.sub(_abbreviated, text)
    for pattern, short in _TO_SHORT:
        text = pattern.sub(short, text)
    text = _OBLIQUE.sub(r"\1ая \2", _with_capitals(text))
    found = _SHORT_FORM.match(text)
    if not found:
        return _first_capital(text)
    form = found["f"].upper() + (f" {found['t'].upper()}" if found["t"] else "")
    rest = text[found.end() :].strip()
    if rest and not rest.startswith(("«", "№")):
        rest = f"«{_first_capital(rest)}»"
    return f"{form} {rest}".strip()


@lru_cache(maxsize=4096)
def full_name(text: str) -> str:
    """A guess of the charter's wording from a short name; "" when the legal form is not told."""
    text = _tidy(text)
    if _FULL_FORM.match(text):
        return text
    short = short_name(text)
    found = _SHORT_FORM.match(short)
    if not found:
        return ""
    rest = short[found.end() :].strip()
    for pattern, full in _TO_FULL:
        rest = pattern.sub(lambda one, full=full: full if one.start() < 2 else full[0].lower() + full[1:], rest)  # type: ignore[misc]
    tail = {"ДО": " дополнительного образования", "ДПО": " дополнительного профессионального образования"}
    return f"{_form_in_words(found['f'].upper())}{tail.get((found['t'] or '').upper(), '')} {rest}".strip()


def _tidy(text: str) -> str:
    """One line, quotes as «», «№ 1», no number of a list in front."""
    text = _LEADING_NUMBER.sub("", " ".join(repair(text).split()))
    text = re.sub(r"[“„]", "«", text)
    text = re.sub(r"”", "»", text)
    text = re.sub(r'(^|[\s«(])"(?=\S)', r"\1«", text)
    return _NUMBER.sub("№ ", text.replace('"', "»"))


def _abbreviated(found: re.Match[str]) -> str:
    """«Муниципальное бюджетное … учреждение дополнительного образования» → «МБУ ДО»."""
    letters = "".join(word[0].upper() for word in found["w"].split())
    tail = " ".join((found["t"] or "").split()).lower()
    short = next((value for words, value in _TAILS.items() if tail.startswith(words)), "")
    return f"{letters} {short}".strip()


def _form_in_words(form: str) -> str:
    if form in _KAZAKH_FORMS:
        return _KAZAKH_FORMS[form]
    words = [_FORMS[letter] for letter in form if letter in _FORMS]
    if "ДОУ" in form:
        words.append("дошкольное образовательное")
    elif "ОУ" in form:
        words.append("общеобразовательное")
    return " ".join([*words, "учреждение"])


def _with_capitals(text: str) -> str:
    """Abbreviations of kinds in capitals: «мбоу сош № 1» → «мбоу СОШ № 1»."""
    return re.sub(
        r"(?<![а-яё])(?:сош|оош|нош|ддт|дюсш|цппмсп|имц|рмк)(?![а-яё])",
        lambda found: found[0].upper(),
        text,
        flags=re.IGNORECASE,
    )


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
