"""Posts from free text: group and normal form."""

import pytest

from imc_desktop.domain.posts import POSTS, PostGroup, classify, known_posts, normal_post, rule_groups
from imc_desktop.domain.rule_data import Group

T, H, D, U, X = PostGroup.PEDAGOGICAL, PostGroup.HEAD, PostGroup.DEPUTY, PostGroup.UNIT_HEAD, PostGroup.OTHER


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Учитель", "учитель", T),
        ("учитель математики и информатики", "учитель", T),
        ("Учитель нач. классов", "учитель", T),
        ("уч-ль физики", "учитель", T),
        ("воспитатель ГПД", "воспитатель", T),
        ("ст. воспитатель", "старший воспитатель", T),
        ("Старший  воспитатель", "старший воспитатель", T),
        ("помощник воспитателя", "помощник воспитателя", X),
        ("младший воспитатель", "младший воспитатель", X),
        ("педагог доп. образования", "педагог дополнительного образования", T),
        ("ПДО", "педагог дополнительного образования", T),
        ("руководитель кружка", "педагог дополнительного образования", T),
        ("Педагог - психолог", "педагог-психолог", T),
        ("педагог-организатор ОБЖ", "педагог-организатор", T),
        ("преподаватель-организатор ОБЗР", "преподаватель-организатор основ безопасности и защиты Родины", T),
        ("Преподаватель-организатор основ безопасности жизнедеятельности",
         "преподаватель-организатор основ безопасности и защиты Родины", T),
        ("соц.педагог", "социальный педагог", T),
        ("советник директора по воспитанию",
         "советник директора по воспитанию и взаимодействию с детскими общественными объединениями", T),
        ("Музыкальный руководитель", "музыкальный руководитель", T),
        ("муз. рук.", "музыкальный руководитель", T),
        ("инструктор по физ. культуре", "инструктор по физической культуре", T),
        ("инструктор-методист", "инструктор-методист", T),
        ("старший методист", "старший методист", T),
        ("Методист по кадрам", "методист", T),
        ("мастер п/о", "мастер производственного обучения", T),
        ("руководитель физвоспитания", "руководитель физического воспитания", T),
        ("тренер", "тренер-преподаватель", T),
        ("учитель-дефектолог", "учитель-дефектолог", T),
        ("педагог-библиотекарь", "педагог-библиотекарь", T),
        ("старшая вожатая", "старший вожатый", T),
        ("Директор", "директор", H),
        ("и.о. директора", "директор", H),
        ("Заведующая", "заведующий", H),
        ("зав. детским садом", "заведующий", H),
        ("Начальник управления образования", "начальник", H),
        ("заместитель директора по УВР", "заместитель директора", D),
        ("зам. дир. по ВР", "заместитель директора", D),
        ("Зам по УВР", "заместитель директора", D),
        ("завуч", "заместитель директора", D),
        ("и.о. зам. директора", "заместитель директора", D),
        ("заместитель заведующего по ВМР", "заместитель заведующего", D),
        ("заведующий отделом", "заведующий отделом", U),
        ("руководитель структурного подразделения", "руководитель структурного подразделения", U),
        ("заведующий учебной частью", "заведующий учебной частью", U),
        ("зав. библиотекой", "заведующий библиотекой", U),
        ("завхоз", "завхоз", X),
        ("заведующий хозяйством", "заведующий хозяйством", X),
        ("секретарь учебной части", "секретарь учебной части", X),
        ("помощник директора", "помощник директора", X),
        ("руководитель РМО", "руководитель РМО", X),
        ("повар", "повар", X),
        ("библиотекарь", "библиотекарь", X),
        ("доцент", "доцент", PostGroup.HIGHER),
        ("", "", PostGroup.UNKNOWN),
        (" — ", "", PostGroup.UNKNOWN),
    ],
)  # fmt: skip
def test_russian_posts(text: str, name: str, group: PostGroup) -> None:
    assert (normal_post(text).name, classify(text)) == (name, group)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Мұғалім", "учитель"),
        ("тәрбиеші", "воспитатель"),
        ("әдіскер", "методист"),
        ("әлеуметтік педагог", "социальный педагог"),
        ("педагог-ұйымдастырушы", "педагог-организатор"),
        ("қосымша білім беру педагогы", "педагог дополнительного образования"),
        ("дене шынықтыру нұсқаушысы", "инструктор по физической культуре"),
        ("еңбек нұсқаушысы", "инструктор по труду"),
        ("тәлімгер", "вожатый"),
        ("педагог-ассистент", "педагог-ассистент"),
        ("педагог-профориентатор", "педагог-профориентатор"),
        ("специальный педагог", "специальный педагог"),
        ("преподаватель-организатор НВиТП", "преподаватель-организатор начальной военной и технологической подготовки"),
    ],
)
def test_kazakh_posts_are_pedagogical(text: str, name: str) -> None:
    assert (normal_post(text).name, classify(text, "KZ")) == (name, PostGroup.PEDAGOGICAL)


def test_kazakh_leaders() -> None:
    assert classify("Директордың орынбасары", "KZ") is PostGroup.DEPUTY
    assert classify("меңгеруші", "KZ") is PostGroup.HEAD
    assert classify("руководитель методического кабинета", "KZ") is PostGroup.PEDAGOGICAL
    assert classify("руководитель методического кабинета", "RU") is PostGroup.UNIT_HEAD


@pytest.mark.parametrize("name", sorted(POSTS))
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    assert normal_post(name) == POSTS[name]
    assert normal_post(name.upper()) == POSTS[name]


def test_the_table_is_of_the_size_of_the_nomenclature() -> None:
    assert len(POSTS) >= 60
    assert sum(1 for kind in POSTS.values() if kind.group is PostGroup.PEDAGOGICAL) == 29 + 5
    assert set(known_posts("KZ")) > set(known_posts("RU"))


@pytest.mark.parametrize(
    ("posts", "office", "teaches", "groups"),
    [
        (["учитель"], False, False, {Group.TEACHERS}),
        (["директор", "учитель физики"], False, False, {Group.HEADS, Group.TEACHERS}),
        (["заместитель директора"], False, False, {Group.HEADS}),
        (["методист"], False, False, {Group.TEACHERS}),
        (["методист"], True, False, {Group.OWN_STAFF}),
        (["методист"], True, True, {Group.OWN_STAFF, Group.TEACHERS}),
        (["директор"], True, True, {Group.OWN_STAFF}),
        (["главный бухгалтер"], True, False, {Group.OWN_STAFF}),
        (["повар"], False, False, set()),
        ([], False, False, {Group.TEACHERS}),
        ([""], False, False, {Group.TEACHERS}),
    ],
)
def test_groups_of_a_person(posts: list[str], office: bool, teaches: bool, groups: set[Group]) -> None:
    assert rule_groups(posts, in_office=office, office_teaches=teaches) == groups


def test_a_methodist_of_the_office_is_own_staff() -> None:
    assert classify("методист", in_office=True) is PostGroup.OWN_STAFF
    assert classify("методист") is PostGroup.PEDAGOGICAL
