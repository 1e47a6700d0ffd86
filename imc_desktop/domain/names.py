"""Names of people: reading them from papers, comparing, declining, shortening."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.patterns import later
from imc_desktop.domain.words import fold, repair

# --- what a name is made of -----------------------------------------------------------------------------------------

_UP, _LOW = "А-ЯЁӘҒҚҢӨҰҮҺІЇЄ", "а-яёәғқңөұүһіїє"
_TOKEN = later(rf"[{_UP}{_LOW}]+(?:['’-][{_UP}{_LOW}]+)*\.?")
_GLUED = later(rf"(?<=[{_LOW}])(?=[{_UP}](?:[{_UP}]|\.|$))|(?<=\.)(?=[{_UP}])")
_PATRONYMIC = later(r"\w+(?:[ое]вич|[ое]вна|[иы]ч|ична|инишна|улы|кызы|гызы|оглы|углы)")
_FEMALE_PATRONYMIC = later(r"\w+(?:вна|ична|инишна|кызы|гызы)")
_MALE_PATRONYMIC = later(r"\w+(?:[иы]ч|улы|оглы|углы)")
_UNCHANGING = later(r".*(?:улы|кызы|гызы|оглы|углы)")
_PARTICLE = later("огл[ыу]|угл[ыу]|улы|кызы|гызы")
_SURNAME = later(
    r"\w{2,}(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая|ой)|ая|ко|[аеиоуы]й|[уюиео]к|ч|ян|дзе|швили|ман|[иы]х|ец|ль|нт|ер|иа|ия|ас|ис)"
)
_VOWEL = later("[АЕЁИОУЫЭЮЯӘІҰҮӨ]")
_NUMBERING = later(r"^\W*\d+\s*[.)]\s*")
_BRACKETS = later(r"\(([^()]*)\)?")
_SPACED_HYPHEN = later(
    rf"(?<=[{_UP}{_LOW}]) ?[-–—] ?(?=[{_UP}])(?=[{_UP}{_LOW}]+[, ])|(?<=[{_LOW}])-\s*\n\s*(?=[{_LOW}])"
)
_NOT_A_NAME = later(
    r"итог\w*|всего|ваканс\w*|вакант\w*|нет|школ[аыеу]|школой|школьн\w\w|детск\w+|сад[ауы]?|лице[йя]|гимнази\w|центр[ауы]?|"
    r"отдел[ауы]?|управлени\w+|комитет\w?|министерств\w|учреждени\w+|\w*образовани\w+|\w*образовательн\w+|средняя|"
    r"основная|начальн\w+|област\w+|город[ае]?|городск\w+|посел\w+|сельск\w+|район\w*|примечани\w+|педагог\w{0,4}|"
    r"директор\w{0,3}|учител[ьяюие]\w?|воспитател[ьяюие]\w?|методист\w{0,3}|заместител\w+|зам|руководител\w+|секретар\w+|"
    r"председател\w+|член\w?|комисси\w+|количеств\w+|категори\w+|высшая|первая|вторая|совместител\w+|декрет\w*|"
    r"персонал\w?|работник\w*|сотрудник\w*|кадр[ыа]?|кадров|список|сведени\w+|фамили\w+|отчеств\w|имя|фио|наименовани\w|"
    r"дата|подпис\w+|исполнител\w+|согласовано|утвержда\w+|утвержден\w*|принято|рассмотрено|куратор\w*|"
    r"специалист\w{0,3}|начальник\w?|заведующ\w+|завуч\w{0,2}|библиотекар\w+|преподавател\w+|психолог\w?|логопед\w?|"
    r"инструктор\w?|тьютор\w?|вожат\w+|социальн\w+|старш\w+|младш\w+|главн\w+|ведущ\w+|музыкальн\w+|администраци\w+|"
    r"организаци\w+|муниципальн\w+|бюджетн\w+|казенн\w+|автономн\w+|государственн\w+|творческ\w+|рабоч\w+|групп\w|"
    r"методическ\w+|информационн\w+|специальн\w+|предмет\w*|должност\w+|ответственн\w+|коллектив\w?|совет\w?|все|"
    r"план\w?|отчет\w?|приказ\w?|протокол\w?|конкурс\w?|семинар\w?|январ\w|феврал\w|март\w?|апрел\w|ма[йя]|июн\w|июл\w|"
    r"август\w?|сентябр\w|октябр\w|ноябр\w|декабр\w|профсоюз\w*|бухгалтер\w*|врач\w?|эксперт\w?|тренер\w*|"
    r"господин|госпожа|товарищ|гражданин|гражданка|уважаем\w+|дошкольн\w+|коррекционн\w+|филиал\w?|улиц\w|имени"
)
_ABBREVIATION = later(
    r"увр|вр|нмр|ахр|ахч|убр|имц|рмо|гмо|рмк|ммс|мкоу|мбоу|мбдоу|мкдоу|моу|оо|доу|соо|сош|оош|ддт|дюсш|мку|мо|ио|врио"
)
_FORMER_WORDS = later(
    r"(?:до|по|с|в)\s+\d[\d.]*\s*(?:г\.?|год\w*)?|\bдо\s+(?:брака|замужества)|\bв\s+девичестве|\bдевичья(?:\s+фамилия)?|"
    r"\b(?:ранее|прежняя|прежде|бывш\w*|урожд\w*|урожденная|дев|фамилия|быв|смена|фам)\b\.?|[\d:.,;-]",
    re.IGNORECASE,
)
_NOW = later(r"^\s*(?:ныне|теперь|сейчас|с\s+\d)", re.IGNORECASE)


def _normal(word: str) -> str:
    """One word of a name in its usual case: «ИВАНОВА-ПЕТРОВА» → «Иванова-Петрова»; «МакКлейн» stays."""
    if word.isupper() or word.islower():
        return "-".join(part.capitalize() for part in word.split("-"))
    return word


def _is_stop(word: str) -> bool:
    plain = fold(word)
    return bool(_NOT_A_NAME.fullmatch(plain) or all(_NOT_A_NAME.fullmatch(part) for part in plain.split("-")))


# --- reading one name -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=32768)
def parse_name(text: str) -> PersonName | None:
    """The person a cell names, in whatever order, case and with whatever notes; None for posts, totals, vacancies.

    «Новикова (до 2025 г. Савина) Ирина Алексеевна» keeps the former surname; initials stay single letters.
    """
    text = _SPACED_HYPHEN.sub(_hyphen, _NUMBERING.sub("", repair(text)))
    former, current = _former(text)
    text = _GLUED.sub(" ", _BRACKETS.sub(" ", text))
    words = _name_words(text)
    if not words:
        return None
    surname, name, patronymic = words
    if current:
        surname, former = current, (surname, *former)
    former = tuple(old for old in former if old != surname)
    return PersonName(surname, name, patronymic, former)


def _hyphen(found: re.Match[str]) -> str:
    return "" if "\n" in found[0] else "-"


def _former(text: str) -> tuple[tuple[str, ...], str]:
    """Former surnames told in brackets, and the present one when the brackets hold it."""
    former: list[str] = []
    for found in _BRACKETS.finditer(text):
        words = _FORMER_WORDS.sub(" ", found[1]).split()
        if words and all(word[:1].isupper() and not _is_stop(word) and len(word) > 2 for word in words):
            if _NOW.match(found[1]):
                return (), _normal(words[0])
            former += map(_normal, words)
    return tuple(former), ""


def _name_words(text: str) -> tuple[str, str, str] | None:
    """Surname, name and patronymic of a text without brackets, or None."""
    tokens = _clean_tokens(text)
    if not tokens or len(tokens) > 5:
        return None
    particle = _particle(tokens)
    initials = [token for token in tokens if len(token) == 1]
    words = [token for token in tokens if len(token) > 1]
    if any(_is_stop(word) for word in words) or not words:
        return None
    if initials:
        return _with_initials(tokens, words, initials)
    return _full(words, particle)


def _clean_tokens(text: str) -> list[str]:
    """Words of a name in their usual case; titles before it and notes after it are left out; [] when it is no name."""
    head, *tail = re.split(r"[,;]", text)
    for piece in tail:
        note = piece.strip()
        if note and note[0].isupper() and not _is_stop(note.split()[0].strip(".")):
            head = f"{head} {note}"
        elif note:
            break
    if re.search(r"\d|№|[«»\"@]", head):
        return []
    raw = [token.rstrip(".") for token in _TOKEN.findall(head)]
    if _is_small_name(raw):
        return [_normal(word) for word in raw]
    while len(raw) > 1 and _is_title(raw[0]):
        raw.pop(0)
    if any(word.islower() and not _PARTICLE.fullmatch(fold(word)) for word in raw):
        cut = next(place for place, word in enumerate(raw) if word.islower())
        ended = cut > 1 and (len(raw[cut - 1]) == 1 or (cut == 3 and _PATRONYMIC.fullmatch(fold(raw[2]))))
        raw = raw[:cut] if ended else []
    return _split_capitals(raw)


def _is_small_name(raw: list[str]) -> bool:
    """True for a name typed without capitals: «иванова мария петровна», «иванова м. п.»."""
    if not 2 <= len(raw) <= 3 or not all(word.islower() for word in raw):
        return False
    if all(len(word) == 1 for word in raw[1:]):
        return bool(_SURNAME.fullmatch(fold(raw[0])))
    return len(raw) == 3 and bool(_PATRONYMIC.fullmatch(fold(raw[2])))


def _split_capitals(raw: list[str]) -> list[str]:
    """Initials without dots apart («Иванова МП»), words in their usual case; [] when there is an abbreviation."""
    mixed = any(not word.isupper() for word in raw if len(word) > 1)
    tokens: list[str] = []
    for word in raw:
        if mixed and word.isupper() and 1 < len(word) <= 5 and "-" not in word and not _is_short_surname(word, raw):
            if len(word) > 2:
                return []
            tokens += list(word)
        else:
            tokens.append(_normal(word))
    return tokens


def _is_short_surname(word: str, raw: list[str]) -> bool:
    """«КИМ Ольга Сергеевна», «Ольга Сергеевна ЛИ»: capitals beside a name with a patronymic are the surname."""
    others = [other for other in raw if other != word]
    return (
        len(raw) == 3
        and word in (raw[0], raw[-1])
        and len(others) == 2
        and not _ABBREVIATION.fullmatch(fold(word))
        and bool(_VOWEL.search(word))
        and bool(_PATRONYMIC.fullmatch(fold(others[1])))
    )


def _is_title(word: str) -> bool:
    if word.islower():
        return True
    return len(word) > 1 and (_is_stop(word) or (word.isupper() and bool(_ABBREVIATION.fullmatch(fold(word)))))


def _particle(tokens: list[str]) -> str:
    """Take «оглы», «кызы» written apart out of the words of a name."""
    if len(tokens) > 2 and _PARTICLE.fullmatch(fold(tokens[-1])):
        return tokens.pop().lower()
    return ""


def _with_initials(tokens: list[str], words: list[str], initials: list[str]) -> tuple[str, str, str] | None:
    """«Иванова М. П.», «М. П. Иванова», «Иванова Мария П.», «Иванова М. Петровна»."""
    if len(initials) > 2 or len(words) > 2 or len(tokens) > 3:
        return None
    if len(words) == 1:
        patronymic = initials[1].upper() if len(initials) > 1 else ""
        return words[0], initials[0].upper(), patronymic
    if len(tokens[0]) == 1:
        return None
    rest = [token if len(token) > 1 else token.upper() for token in tokens[1:]]
    return tokens[0], rest[0], rest[1]


def _full(words: list[str], particle: str) -> tuple[str, str, str] | None:
    """A name without initials: one to four words in either order; more are two names run together."""
    if len(words) > 4:
        return None
    plain = [fold(word) for word in words]
    if len(words) == 1:
        return (words[0], "", "") if _SURNAME.fullmatch(plain[0]) and len(plain[0]) > 3 else None
    if len(words) == 2:
        if _PATRONYMIC.fullmatch(plain[1]) and _FEMALE_PATRONYMIC.fullmatch(plain[1]):
            return None
        return words[0], words[1], ""
    if len(words) == 4:
        if not _PATRONYMIC.fullmatch(plain[3]):
            return None
        words, plain = [f"{words[0]} {words[1]}", *words[2:]], [plain[0], *plain[2:]]
    surname, name, patronymic = words
    if particle:
        return surname, name, f"{patronymic} {particle}"
    second, third = _PATRONYMIC.fullmatch(plain[1]), _PATRONYMIC.fullmatch(plain[2])
    male_after_female = _FEMALE_PATRONYMIC.fullmatch(plain[1]) and _MALE_PATRONYMIC.fullmatch(plain[2])
    if second and (not third or male_after_female):
        return patronymic, surname, name
    return surname, name, patronymic


# --- names in a running text ----------------------------------------------------------------------------------------

_SURNAME_WORD = rf"[{_UP}][{_UP}{_LOW}]+(?:-[{_UP}][{_UP}{_LOW}]+)*"
_INITIAL = rf"[{_UP}](?![{_UP}{_LOW}])"
_INITIAL_PAIR = rf"{_INITIAL}\.?\s?(?:{_INITIAL}\.?)?"
_NAME_WORD = rf"[{_UP}][{_UP}{_LOW}]+"
_FATHER = r"(?:вич|вна|ична|[иИ]ч|ВИЧ|ВНА|ИЧНА|ИЧ|улы|ұлы|кызы|қызы|гызы)"
_IN_TEXT = later(
    rf"(?<![{_UP}{_LOW}])(?:"
    rf"(?P<after>{_SURNAME_WORD}\s+{_INITIAL_PAIR})"
    rf"|(?P<comma>{_SURNAME_WORD},\s*{_INITIAL_PAIR})(?!\s*{_SURNAME_WORD})"
    rf"|(?P<before>{_INITIAL}\.\s?(?:{_INITIAL}\.\s?)?\s*{_SURNAME_WORD})"
    rf"|(?P<full>{_SURNAME_WORD}\s+{_NAME_WORD}\s+[{_UP}][{_UP}{_LOW}]*{_FATHER}(?:\s+(?:оглы|кызы|углы))?(?![{_UP}{_LOW}]))"
    rf"|(?P<turned>{_NAME_WORD}\s+[{_UP}][{_UP}{_LOW}]*{_FATHER}\s+{_SURNAME_WORD})"
    r")"
)
_SEPARATORS = later(r"[,;/\n+]|\s+и\s+")


@lru_cache(maxsize=8192)
def parse_names_in(text: str) -> tuple[PersonName, ...]:
    """Everybody a cell of responsible people names, in order; posts and groups between them are left out."""
    text = _GLUED.sub(" ", repair(text))
    found: list[PersonName] = []
    place = 0
    gaps = []
    while match := _IN_TEXT.search(text, place):
        person = parse_name(match[0])
        if person is None:
            word = re.match(rf"[{_UP}{_LOW}-]+\.?", match[0])
            place = match.start() + (word.end() if word else 1)
            continue
        gaps.append((len(found), text[place : match.start()]))
        found.append(person)
        place = match.end()
    gaps.append((len(found), text[place:]))
    for index, gap in reversed(gaps):
        found[index:index] = _names_of_gap(gap, whole=len(gaps) == 1)
    return tuple(dict.fromkeys(found))


def _names_of_gap(gap: str, *, whole: bool) -> list[PersonName]:
    """Names without initials and patronymics between the others: «Иванова, Петрова», «Иванова Мария»."""
    people = (parse_name(piece) for piece in _SEPARATORS.split(gap) if piece.strip())
    return [person for person in people if person and (whole or _SURNAME.fullmatch(fold(person.surname)))]


# --- comparing ------------------------------------------------------------------------------------------------------

_SAME_NAMES = {"данила": "даниил", "данил": "даниил", "алексеи": "алексей", "наталя": "наталия"}
_SOFT_VOWEL = later("[ьи](?=[еяюи])")


@lru_cache(maxsize=32768)
def _plain(word: str) -> str:
    """A name or patronymic without what people spell in two ways: Наталья/Наталия, Айгуль/Айгүл, Болат улы/Болатұлы."""
    plain = fold(word).replace("-", "").replace(" ", "")
    plain = _SOFT_VOWEL.sub("и", plain).replace("ь", "").replace("ъ", "")
    return _SAME_NAMES.get(plain, plain)


def name_key(name: PersonName) -> str:
    """«иванова|мария|петровна»: equal for equal names whatever their case and ё."""
    return f"{fold(name.surname)}|{fold(name.name)}|{fold(name.patronymic)}"


def _part_fits(first: str, second: str) -> bool:
    if not first or not second:
        return True
    first, second = _plain(first), _plain(second)
    return first == second or (min(len(first), len(second)) == 1 and first[:1] == second[:1])


def given_names_fit(a: PersonName, name: str, patronymic: str) -> bool:
    """True when the first name and the patronymic may be the same; the surname is not looked at."""
    return _part_fits(a.name, name) and _part_fits(a.patronymic, patronymic)


def compatible(a: PersonName, b: PersonName) -> bool:
    """True when both may be one person: surnames (also former) agree, initials fit, a missing part says nothing."""
    surnames_a = {fold(word) for word in (a.surname, *a.former)}
    surnames_b = {fold(word) for word in (b.surname, *b.former)}
    if fold(a.surname) not in surnames_b and fold(b.surname) not in surnames_a:
        return False
    return given_names_fit(a, b.name, b.patronymic)


# --- sex and cases --------------------------------------------------------------------------------------------------

_CASES = {
    "genitive": Case.GENITIVE,
    "dative": Case.DATIVE,
    "accusative": Case.ACCUSATIVE,
    "instrumental": Case.INSTRUMENTAL,
    "prepositional": Case.PREPOSITIONAL,
}
_FLEETING = {"заяц": ("зайца", "зайцу", "зайца", "зайцем", "зайце")}
_FIRST_NAMES_MALE = frozenset(
    ("никита", "илья", "лука", "фома", "кузьма", "савва", "данила", "миша", "мустафа", "муса")
)


@lru_cache(maxsize=1)
def _detector() -> Any:
    return PetrovichGenderDetector()


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@lru_cache(maxsize=32768)
def sex_of(name: PersonName) -> str:
    """«м» or «ж» by the patronymic, else by the first name and the surname; "" when they do not tell."""
    father = fold(name.patronymic)
    if len(father) > 1:
        if _FEMALE_PATRONYMIC.fullmatch(father.replace(" ", "")):
            return "ж"
        if _MALE_PATRONYMIC.fullmatch(father.replace(" ", "")):
            return "м"
    by_surname = _gender(_detector().detect(lastname=name.surname)) if name.surname else ""
    if len(name.name) < 2:
        return by_surname
    if fold(name.name) in _FIRST_NAMES_MALE:
        return "м"
    by_name = _gender(_detector().detect(firstname=name.name))
    return by_name or by_surname if not by_surname or by_name in {"", by_surname} else ""


def _gender(gender: Gender) -> str:
    return {Gender.MALE: "м", Gender.FEMALE: "ж"}.get(gender, "")


@lru_cache(maxsize=8192)
def decline(full: str, case: str) -> str:
    """A name in a case: genitive, dative, accusative, instrumental, prepositional (nominative: as is).

    Initials, «-ұлы» and «-қызы» stay; a name whose sex is not told stays whole. A person can always correct the result.
    """
    if case == "nominative":
        return full
    if case not in _CASES:
        raise ValueError(f"Неизвестный падеж: {case}.")
    name = parse_name(full)
    if name is None:
        return full
    sex = sex_of(name)
    if not sex:
        return str(_dotted(name))
    surname = " ".join(_declined(part, NamePart.LASTNAME, sex, case) for part in name.surname.split(" "))
    first = _declined(name.name, NamePart.FIRSTNAME, sex, case)
    father = _declined(name.patronymic, NamePart.MIDDLENAME, sex, case)
    result = str(_dotted(PersonName(surname, first, father)))
    return result.upper() if full.isupper() else result


def _declined(word: str, part: NamePart, sex: str, case: str) -> str:
    if len(word) < 2 or (_UNCHANGING.fullmatch(fold(word)) and part is NamePart.MIDDLENAME):
        return word
    if part is NamePart.LASTNAME and sex == "м" and fold(word) in _FLEETING:
        return _FLEETING[fold(word)][_CASES[case].value].capitalize()
    gender = Gender.MALE if sex == "м" else Gender.FEMALE
    return str(_maker().make(part, gender, _CASES[case], word))


# --- short forms ----------------------------------------------------------------------------------------------------


def _dotted(name: PersonName) -> PersonName:
    """Initials with their dots."""
    first = f"{name.name}." if len(name.name) == 1 else name.name
    father = f"{name.patronymic}." if len(name.patronymic) == 1 else name.patronymic
    return PersonName(name.surname, first, father)


def _letters(name: PersonName) -> str:
    return " ".join(f"{part[0]}." for part in (name.name, name.patronymic) if part)


def initials(full: str | PersonName) -> str:
    """«Иванова М. П.»; text that is no name stays as it is."""
    name = parse_name(full) if isinstance(full, str) else full
    return f"{name.surname} {_letters(name)}".strip() if name else str(full)


def short_signature(full: str | PersonName) -> str:
    """«М. П. Иванова», as under a document; text that is no name stays as it is."""
    name = parse_name(full) if isinstance(full, str) else full
    return f"{_letters(name)} {name.surname}".strip() if name else str(full)
