"""Posts of the field: which group a post belongs to and how it is normally written.

Sources: ПП РФ 21.02.2022 № 225 (domain rules 3.1) and the Kazakh list of teaching posts (4.7).
A post is read from free text: school registers write «Учитель нач. классов», «зам. дир. по УВР», «ст. воспитатель».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from imc_desktop.domain import words
from imc_desktop.domain.patterns import later
from imc_desktop.domain.rule_data import Group


class PostGroup(StrEnum):
    """Groups of posts by what binds them."""

    PEDAGOGICAL = "педагогический"
    HEAD = "руководитель"
    DEPUTY = "заместитель"
    UNIT_HEAD = "руководитель подразделения"
    HIGHER = "профессорско-преподавательский"  # not under the attestation of teachers
    OWN_STAFF = "сотрудник методической службы"
    OTHER = "иной"
    UNKNOWN = "не указана"


@dataclass(frozen=True, slots=True)
class PostKind:
    """A post as the program names it; ``group`` says what binds the holder."""

    name: str
    group: PostGroup


_PEDAGOGICAL = (
    "воспитатель",
    "инструктор-методист",
    "инструктор по труду",
    "инструктор по физической культуре",
    "концертмейстер",
    "логопед",
    "мастер производственного обучения",
    "методист",
    "музыкальный руководитель",
    "педагог дополнительного образования",
    "педагог-библиотекарь",
    "педагог-организатор",
    "педагог-психолог",
    "преподаватель",
    "преподаватель-организатор основ безопасности и защиты Родины",
    "руководитель физического воспитания",
    "советник директора по воспитанию и взаимодействию с детскими общественными объединениями",
    "социальный педагог",
    "старший вожатый",
    "старший воспитатель",
    "старший инструктор-методист",
    "старший методист",
    "старший педагог дополнительного образования",
    "старший тренер-преподаватель",
    "тренер-преподаватель",
    "тьютор",
    "учитель",
    "учитель-дефектолог",
    "учитель-логопед",
)
_PEDAGOGICAL_KZ = (
    "педагог-ассистент",
    "педагог-профориентатор",
    "вожатый",
    "преподаватель-организатор начальной военной и технологической подготовки",
    "специальный педагог",
)
_HIGHER = (
    "ассистент",
    "доцент",
    "профессор",
    "старший преподаватель",
    "декан факультета",
    "заведующий кафедрой",
    "начальник кафедры",
    "заместитель начальника кафедры",
    "директор института",
    "начальник института",
    "начальник факультета",
)
_HEADS = ("директор", "заведующий", "начальник", "ректор", "президент", "руководитель")
_DEPUTIES = (
    "заместитель директора",
    "заместитель заведующего",
    "заместитель начальника",
    "заместитель руководителя",
    "проректор",
    "первый проректор",
)
_UNIT_HEADS = (
    "руководитель структурного подразделения",
    "заместитель руководителя структурного подразделения",
    "заведующий отделом",
    "заведующий методическим кабинетом",
    "руководитель методического кабинета",
    "заведующий библиотекой",
    "заведующий учебной частью",
    "заведующий филиалом",
    "заведующий отделением",
    "руководитель учебной (производственной) практики",
    "помощник ректора",
    "помощник проректора",
    "советник при ректорате",
    "старший мастер",
    "учёный секретарь совета образовательной организации",
    "учёный секретарь совета факультета (института)",
)

# Words that stand for a post of the table: (pattern over the folded text, normal form). First match wins.
# "" = a post outside the table, which keeps its own words.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"^(мл\b|младш|пом\b|помощник (восп|дир|зав|мастера|учит|повар)|секретар|няня|ассистент.)", ""),
    (r"рук\S* (шмо|рмо|гмо|мо|метод\S* об)\b|рук\S* метод\S* объед", ""),
    (r"рук\S* (кружк|студии|клуба|секции)", "педагог дополнительного образования"),
    (r"зам\S* (нач\S*|зав\S*) кафедр", "заместитель начальника кафедры"),
    (r"зам\S* рук\S* (структ\S*|подразд|отд|фил)", "заместитель руководителя структурного подразделения"),
    (r"^(первый )?проректор", "проректор"),
    (r"\bи ?о\b.*зам", "заместитель директора"),
    (r"\bзам\S* ?(дир|по (увр|вр|умр|ур|ахч|ахр|мр|нмр|уч|восп|науч|метод|безоп))", "заместитель директора"),
    (r"\b(завуч|зауч)", "заместитель директора"),
    (r"\bзам\S* зав", "заместитель заведующего"),
    (r"\bзам\S* нач", "заместитель начальника"),
    (r"\bзам(еститель|\b)", "заместитель руководителя"),
    (r"директордын\b.*орынбасар|\bорынбасар", "заместитель директора"),
    (r"^(и о |исп\S* обяз\S* )?директор", "директор"),
    (r"^(нач|рук|зав|председ)\S* (город\S* |район\S* )?(отдел|управлени|комитет|департамент)\S* образ", "начальник"),
    (
        r"советник\S* (директора|по восп)|^советник$",
        "советник директора по воспитанию и взаимодействию с детскими общественными объединениями",
    ),
    (r"советник при ректор", "советник при ректорате"),
    (r"инструктор ?- ?методист", "инструктор-методист"),
    (r"инстр\S* .*(физ|фк\b)|физинструктор|дене шынык\S* нускау", "инструктор по физической культуре"),
    (r"инстр\S* .*труд|енбек нускау", "инструктор по труду"),
    (r"концертм", "концертмейстер"),
    (r"муз\S* ?(рук|раб)|музыка жетекши", "музыкальный руководитель"),
    (r"рук\S* (физ\S* ?восп|фв\b)|физрук", "руководитель физического воспитания"),
    (r"мастер п ?о\b|мастер произв", "мастер производственного обучения"),
    (r"тренер", "тренер-преподаватель"),
    (r"педагог\S* ?- ?библиот", "педагог-библиотекарь"),
    (r"(педагог\S* ?-? ?(организатор|уйымдастырушы))", "педагог-организатор"),
    (r"педагог ?-? ?психолог|психолог", "педагог-психолог"),
    (r"педагог ?-? ?ассистент", "педагог-ассистент"),
    (r"педагог ?-? ?профор", "педагог-профориентатор"),
    (r"соц\S* ?-? ?педагог|алеуметтик педагог", "социальный педагог"),
    (r"спец\S* педагог|арнайы педагог", "специальный педагог"),
    (r"пед\S* ?доп|\bп ?д ?о\b|^педагог до$|косымша билим", "педагог дополнительного образования"),
    (
        r"преп\S* ?-? ?орг\S*.*(нвитп|нвп|военн)|\b(нвп|аад)\b",
        "преподаватель-организатор начальной военной и технологической подготовки",
    ),
    (r"преп\S* ?-? ?орг|\b(обж|обзр)\b.*преп", "преподаватель-организатор основ безопасности и защиты Родины"),
    (r"дефектолог|олигофрен|сурдопедаг|тифлопедаг", "учитель-дефектолог"),
    (r"учит\S* ?-? ?логопед|логопед", "учитель-логопед"),
    (r"тьютор", "тьютор"),
    (r"вожат|талимгер", "вожатый"),
    (r"воспит|тарбиеши", "воспитатель"),
    (r"методист|адискер", "методист"),
    (r"старш\S* преп", "старший преподаватель"),
    (r"преподав|окытушы", "преподаватель"),
    (r"учит|\bмугалим|\bуч-ль|^уч\b", "учитель"),
    (r"(зав\S*|рук\S*|нач\S*) .*(отдел\b|отделом|отдела|сектор)", "заведующий отделом"),
    (r"(зав\S*|рук\S*) .*метод\S* (каб|служб|центр)", "заведующий методическим кабинетом"),
    (r"зав\S* уч\S* ?част", "заведующий учебной частью"),
    (r"зав\S* .*библ", "заведующий библиотекой"),
    (r"зав\S* .*(филиал)|рук\S* .*филиал", "заведующий филиалом"),
    (
        r"(зав\S*|рук\S*|нач\S*) .*(структ|подразд|отделени|групп|кабинет|лаборат|мастерск|центр)",
        "руководитель структурного подразделения",
    ),
    (r"зав\S* (хоз|склад|канц|произв|столов|прачеч)|завхоз", ""),
    (r"директор", "директор"),
    (r"менгеруши|(^|\bи ?о )зав(едующ|\b)", "заведующий"),
    (r"^нач(альник|\b)", "начальник"),
    (r"^рук(оводитель|\b)|басшы", "руководитель"),
)
_RULES = tuple((later(pattern), name) for pattern, name in _PATTERNS)
_SENIOR = later(r"^(ст\b|старш|ага )")
_SENIORS = {
    "воспитатель": "старший воспитатель",
    "методист": "старший методист",
    "инструктор-методист": "старший инструктор-методист",
    "вожатый": "старший вожатый",
    "педагог дополнительного образования": "старший педагог дополнительного образования",
    "тренер-преподаватель": "старший тренер-преподаватель",
}


def _table() -> dict[str, PostKind]:
    groups = (
        (PostGroup.HIGHER, _HIGHER),
        (PostGroup.HEAD, _HEADS),
        (PostGroup.DEPUTY, _DEPUTIES),
        (PostGroup.UNIT_HEAD, _UNIT_HEADS),
        (PostGroup.PEDAGOGICAL, _PEDAGOGICAL),
        (PostGroup.PEDAGOGICAL, _PEDAGOGICAL_KZ),
    )
    return {name: PostKind(name, group) for group, names in groups for name in names}


POSTS = _table()
_BY_KEY = {words.fold(kind.name): kind for kind in POSTS.values()}


def known_posts(country: str = "RU") -> list[str]:
    """Normal forms offered in a form, pedagogical posts first."""
    own = _PEDAGOGICAL + (_PEDAGOGICAL_KZ if country == "KZ" else ())
    return [*own, *_DEPUTIES[:4], *_HEADS[:3], *_UNIT_HEADS[:8]]


@lru_cache(maxsize=4096)
def normal_post(text: str) -> PostKind:
    """The post of the table a free text means; a post nobody knows keeps its own words and group OTHER."""
    key = words.fold(text).strip(" .,;-–—")
    if not key:
        return PostKind("", PostGroup.UNKNOWN)
    found = _BY_KEY.get(key)
    if found is not None:
        return found
    for pattern, name in _RULES:
        if not pattern.search(key):
            continue
        if not name:
            break
        senior = _SENIORS.get(name) if _SENIOR.search(key) else None
        return POSTS[senior or name]
    if "педагог" in key:
        return PostKind(" ".join(text.split()), PostGroup.PEDAGOGICAL)
    return PostKind(" ".join(text.split()), PostGroup.OTHER)


def classify(text: str, country: str = "RU", *, in_office: bool = False) -> PostGroup:
    """What binds the holder of the post; a methodist of the office itself is own staff, one of a school a teacher.

    In Kazakhstan the head of a methodical cabinet that is a unit of the department is attested as a methodist
    (приказ № 83 п. 6), hence pedagogical outside of ``in_office``.
    """
    kind = normal_post(text)
    if in_office and kind.group not in (PostGroup.OTHER, PostGroup.UNKNOWN):
        return PostGroup.OWN_STAFF
    if country == "KZ" and kind.name in ("заведующий методическим кабинетом", "руководитель методического кабинета"):
        return PostGroup.PEDAGOGICAL
    return kind.group


def rule_groups(
    posts: Iterable[str], country: str = "RU", *, in_office: bool = False, office_teaches: bool = False
) -> frozenset[Group]:
    """Groups the rules speak of, from all posts a person holds; a row without a post counts as a teacher's.

    People of the office itself are own staff; they are teachers too where the office is an educational organisation.
    """
    kinds = {classify(text, country) for text in posts} or {PostGroup.UNKNOWN}
    groups = set()
    if in_office:
        groups.add(Group.OWN_STAFF)
    if (not in_office or office_teaches) and {PostGroup.PEDAGOGICAL, PostGroup.UNKNOWN} & kinds:
        groups.add(Group.TEACHERS)
    if not in_office and {PostGroup.HEAD, PostGroup.DEPUTY, PostGroup.UNIT_HEAD} & kinds:
        groups.add(Group.HEADS)
    return frozenset(groups)
