"""Headings reworded, abbreviated, broken, in capitals and in Kazakh mean the same fields."""

from __future__ import annotations

import pytest

from imc_desktop.domain.kinds import TableKind
from imc_desktop.exchange.headings import field_titles, load_vocabulary, unwrap

STAFF = TableKind.STAFF_REGISTER
JOURNAL = TableKind.COURSE_JOURNAL
SCHEDULE = TableKind.ATTESTATION_SCHEDULE
PLAN = TableKind.ANNUAL_PLAN
CASES: tuple[tuple[TableKind, str, str], ...] = (
    (STAFF, "name", "ФИО|Ф.И.О.|Ф. И. О.|Ф И О|Ф.И.О|Фамилия, имя, отчество педагога (полностью)|ФИО пед. работника"),
    (
        STAFF,
        "name",
        "Тегі, аты, әкесінің аты (бар болса)|Аты - жөні|Педагогический работник (ФИО)|ФАМИЛИЯ, ИМЯ, ОТЧЕСТВО",
    ),
    (STAFF, "birth", "Дата рождения|Год  рож-\nдения|Г.р.|д/р|дата рожд.|Число, месяц, год рождения|Туған жылы"),
    (STAFF, "post", "Занимаемая долж-\nность|Долж.|Должность, предмет|Должность по штату|Лауазымы|ДОЛЖНОСТЬ"),
    (STAFF, "subjects", "Преподаваемая дисциплина|Какой предмет преподаёт|Предмет (направление)|Жүргізетін пәні"),
    (STAFF, "education", "Образование|Образ.|Образование, что и когда окончил|Сведения об образовании|Білімі"),
    (STAFF, "education_level", "Уровень образования|Образование (уровень)|Уровень проф. образования"),
    (STAFF, "institution", "Что и когда окончил|Наименование учебного заведения|Наименование вуза|ВУЗ, год окончания"),
    (STAFF, "experience", "Стаж|Стаж общ./пед.|Общ.стаж/пед.стаж|Общий/педагогический стаж"),
    (STAFF, "experience_total", "Общий стаж работы|Общ. стаж|Стаж (общий)|Жалпы еңбек өтілі|Стаж общий, лет"),
    (STAFF, "experience_ped", "Педстаж|Пед. стаж|Стаж пед. работы|Педагогикалық өтілі|Стаж работы по специальности"),
    (STAFF, "experience_org", "Стаж в данной организации|Стаж работы в ОУ|Стаж в этой школе"),
    (STAFF, "category", "Кв. кат.|Квалиф. категория|Категория, дата, № приказа|Категория, до какого числа|Санаты|Кат."),
    (STAFF, "category_date", "Дата кат.|Дата присвоения|Дата последней аттестации|Когда присвоена"),
    (STAFF, "category_order", "№ приказа|Реквизиты приказа о присвоении категории|№ приказа на аттестацию, дата"),
    (STAFF, "category_until", "Срок действия категории|Действительна до|Окончание действия категории"),
    (STAFF, "courses", "КПК|Курсы ПК (тема, часы, год)|Повышение квалификации за 3 года|Біліктілікті арттыру курстары"),
    (STAFF, "course_hours", "Кол-во часов|К-во часов|Объём, ч|Сағат саны|Часов"),
    (STAFF, "phone", "Тел.|Сот. телефон|Контактный телефон|Телефон (сот.)|Байланыс телефоны"),
    (STAFF, "organisation", "ОО|Наименование школы|Место работы|Краткое название ОО|Білім беру ұйымы"),
    (STAFF, "employment", "Осн. / совм.|Вид работы|Основной/совместитель"),
    (STAFF, "personnel_number", "Таб. №|Табельный номер|Таб. н."),
    (STAFF, "since", "Дата приёма|Дата начала работы в ОО|С какого года в данной ОО"),
    (STAFF, "awards", "Награды|Имеющиеся награды|Почётные звания и награды"),
    (JOURNAL, "course_document", "№ бланка|Номер и серия удостоверения|№ документа|Бланк №"),
    (JOURNAL, "course_registration", "Рег. №|Регистр. №|№ регистрации|Рег. № удостоверения"),
    (JOURNAL, "course_date", "Дата выдачи|Когда выдан|Выдан (дата)"),
    (JOURNAL, "courses", "Наименование программы|Тема обучения|Название программы ПК"),
    (JOURNAL, "course_period", 'Период обучения \n(в формате "с хх.хх.хх по хх.хх.хх")|Сроки обучения|Даты проведения'),
    (SCHEDULE, "requested", "Заявленная категория|Претендует на|Категория, на которую подано заявление"),
    (SCHEDULE, "meeting", "Дата заседания комиссии|Месяц прохождения аттестации|Планируемая дата аттестации"),
    (SCHEDULE, "application", "Срок подачи заявления|Дата подачи|Подача заявления (срок)"),
    (PLAN, "event", "Мероприятие|Содержание и формы работы|Іс-шаралар|Меро-приятия"),
    (PLAN, "term", "Сроки|Срок исполн.|Сроки проведения мероприятия|Мерзімі"),
    (PLAN, "responsible", "Отв.|Ответственные|Кто отвечает|Жауаптылар|Ответствен-\nный исполнитель"),
)


@pytest.mark.parametrize(
    ("kind", "field", "heading"),
    [(kind, field, heading) for kind, field, headings in CASES for heading in headings.split("|")],
)
def test_heading_means_field(kind: TableKind, field: str, heading: str) -> None:
    assert load_vocabulary().of_kind(kind).guess(heading).field == field


@pytest.mark.parametrize(
    ("group", "caption", "field"),
    [
        ("Курсы 1", "год", "course_year"),
        ("Курсы 2", "часы", "course_hours"),
        ("Аттестация", "от", "category_date"),
        ("Аттестация", "до", "category_until"),
        ("Образование", "что и когда окончил(а)", "institution"),
        ("Образование", "год", "graduated"),
        ("Стаж (на 01.10.2026)", "педаго-\nгический", "experience_ped"),
        ("Нагрузка", "ставка", "rate"),
        ("ФИО", "Отчество", "patronymic"),
    ],
)
def test_caption_is_read_within_its_group(group: str, caption: str, field: str) -> None:
    assert load_vocabulary().of_kind(STAFF).guess(caption, group).field == field


@pytest.mark.parametrize(
    "heading", ["Категория дата присвоения", "Квалификационная категория: дата присвоения", "Аттестация от"]
)
def test_group_and_caption_in_one_heading(heading: str) -> None:
    assert load_vocabulary().of_kind(STAFF).guess(heading).field in ("category_date", "category")


@pytest.mark.parametrize("text", ["", "72", "Заметка о погоде", "Ключегорск", "Иванова Мария Петровна", "х" * 300])
def test_other_texts_are_no_headings(text: str) -> None:
    assert not load_vocabulary().of_kind(STAFF).guess(text).field


def test_every_field_of_the_vocabulary_is_found_by_its_own_words() -> None:
    vocabulary = load_vocabulary()
    for words in vocabulary.fields:
        kind = min(words.kinds, default=STAFF)
        assert words.phrases, words.field
        own = vocabulary.of_kind(kind)
        assert any(own.guess(" ".join(phrase)).field == words.field for phrase in words.phrases), words.field


def test_unwrap_joins_broken_words() -> None:
    assert unwrap("Базовое обра-\nзование") == "Базовое образование"
    assert unwrap("П Р И К А З") == "ПРИКАЗ"


def test_fields_have_names_for_the_window() -> None:
    titles = field_titles(STAFF)
    assert titles["birth"] == "Дата рождения"
    assert "event" not in titles
    assert all(title[0].isupper() or title[0] == "№" for title in titles.values())
    assert len(set(titles.values())) == len(titles)
