"""How tables and fields are called by people, and how stored values read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from imc_desktop.domain.kinds import ExperienceKind
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.staff_values import EXPERIENCE_TITLES

# What a row of a table is called in a sentence (nominative).
TABLES = {
    "person": "карточка",
    "former_name": "прежняя фамилия",
    "employment": "место работы",
    "education": "образование",
    "experience": "стаж",
    "category": "категория",
    "training": "курсы",
    "award": "награда",
    "course_plan": "план курсов",
    "attestation_case": "аттестация",
    "membership": "участие в РМО",
    "consultation": "консультация",
    "lesson_visit": "посещение урока",
    "organisation": "организация",
    "organisation_name": "написание организации",
    "question": "вопрос импорта",
    "work_group": "методическое объединение",
    "contact": "контакт",
    "plan": "план",
    "plan_section": "раздел плана",
    "plan_item": "мероприятие",
    "plan_occurrence": "отметка мероприятия",
    "approval": "гриф",
    "issued_document": "утверждённый документ",
    "office": "учреждение",
    "rule_edition": "правило",
    "calendar_day": "день календаря",
    "paper": "файл",
    "import_layout": "столбцы файла",
    "carrier": "носитель",
    "incident": "происшествие",
    "app_user": "пользователь",
    "office_key": "ключ копий",
    "key_slot": "доступ к ключу копий",
}

FIELDS = {
    "surname": "фамилия",
    "name": "имя",
    "patronymic": "отчество",
    "sex": "пол",
    "birth": "дата рождения",
    "snils": "СНИЛС",
    "iin": "ИИН",
    "phone": "телефон",
    "email": "эл. почта",
    "note": "примечание",
    "deferred_until": "отложено до",
    "organisation_id": "организация",
    "post": "должность",
    "subjects": "предметы",
    "kind": "вид",
    "rate": "ставка",
    "personnel_number": "табельный номер",
    "since": "с",
    "until": "по",
    "level": "уровень",
    "institution": "учебное заведение",
    "year": "год",
    "speciality": "специальность",
    "qualification": "квалификация",
    "years": "лет",
    "months": "месяцев",
    "as_of": "на день",
    "category": "категория",
    "decision_date": "дата решения",
    "valid_until": "действует до",
    "act_number": "номер приказа",
    "act_date": "дата приказа",
    "issuer": "кем присвоена",
    "title": "название",
    "provider": "где",
    "hours": "часов",
    "starts": "начало",
    "ends": "окончание",
    "document_number": "номер документа",
    "registration_number": "регистрационный номер",
    "document_date": "дата документа",
    "distance": "дистанционно",
    "planned_year": "плановый год",
    "last_year": "год прошлых курсов",
    "theme": "тема",
    "requested": "заявлена",
    "current": "имеется",
    "current_until": "имеется до",
    "month": "месяц",
    "application_date": "дата заявления",
    "meeting_date": "дата заседания",
    "result": "итог",
    "person_id": "кто",
    "group_id": "объединение",
    "role": "роль",
    "day": "дата",
    "who": "кто (как в файле)",
    "topic": "тема",
    "form": "форма",
    "methodist": "методист",
    "subject": "предмет",
    "klass": "класс",
    "purpose": "цель",
    "analysis": "итог посещения",
    "visitor": "кто посетил",
    "short_name": "краткое название",
    "full_name": "полное название",
    "answer": "ответ",
    "number": "номер",
    "label": "метка",
    "serial": "серийный номер",
    "holder": "кому выдан",
    "state": "состояние",
    "carrier_id": "носитель",
    "happened": "когда случилось",
    "noticed": "когда заметили",
    "circumstances": "обстоятельства",
    "measures": "принятые меры",
    "findings": "выводы",
    "notified_24": "первое уведомление",
    "notified_72": "итоги отправлены",
    "closed": "закрыто",
    "deleted_at": "удаление",
    "term": "срок",
    "time": "время",
    "place_text": "место",
    "participants": "участники",
    "responsible": "ответственный",
    "expected": "ожидаемый результат",
    "mark": "отметка",
    "moved_to": "перенесено на",
    "texts": "тексты плана",
    "period": "месяц",
    "lines": "строки грифа",
    "step": "шаг утверждения",
    "plan_id": "план",
    "section_id": "раздел",
    "parent_id": "над каким разделом",
    "item_id": "мероприятие",
    "head_person_id": "руководитель",
    "head_text": "руководитель (как в файле)",
    "locality": "населённый пункт",
    "opened": "открыта",
    "genitive": "название в родительном падеже",
    "answers": "ответы мастера",
    "profile": "положение",
    "value": "значение",
    "valid_from": "действует с",
    "valid_to": "действует по",
    "act": "акт",
    "clause": "пункт",
    "spelling": "написание",
}

# Bookkeeping: changes of these are no news for a person.
HIDDEN = frozenset(
    {"holds", "encrypted", "paper_id", "place", "name_key", "sort_key", "key", "finished", "id", "summary", "sequence"}
)
# Secrets are never shown, and what guards the data is brought back by its own deeds only.
SECRET = frozenset({"password", "pin", "kdf", "salt", "nonce", "box", "former_identity"})
GUARDED = frozenset({"app_user", "office_key", "key_slot"})

# The fields that name a row when it appears or disappears.
NAMING = {
    "person": ("surname", "name", "patronymic"),
    "former_name": ("surname",),
    "employment": ("post", "organisation_id"),
    "education": ("level", "institution", "year"),
    "experience": ("kind", "years"),
    "category": ("category", "decision_date"),
    "training": ("title", "ends"),
    "award": ("title",),
    "course_plan": ("planned_year", "theme"),
    "attestation_case": ("requested", "month"),
    "membership": ("role", "group_id"),
    "consultation": ("day", "topic"),
    "lesson_visit": ("day", "topic"),
    "organisation": ("short_name",),
    "work_group": ("title",),
    "contact": ("full_name",),
    "plan": ("title",),
    "plan_section": ("title",),
    "plan_item": ("number", "title"),
    "app_user": ("name",),
    "carrier": ("number", "kind", "label"),
    "incident": ("noticed",),
}
_MARKS = {"done": "исполнено", "not_done": "не исполнено", "moved": "перенесено"}
_STATES = {"draft": "черновик", "approved": "утверждён"}
_JSON = frozenset({"texts", "lines", "answers"})
_KINDS = {str(kind): title for kind, title in EXPERIENCE_TITLES.items()}


def show_value(table: str, field: str, value: str | None, names: Mapping[str, str]) -> str:
    """A stored value as a person reads it; ``names`` turns ids into names."""
    if value in (None, ""):
        return "пусто"
    text = str(value)
    if field.endswith("_id"):
        return names.get(text, text)
    if table == "experience" and field == "kind":
        return _KINDS[ExperienceKind(text)]
    if field in _JSON:
        return _plain(text)
    if field in ("mark", "state"):
        return (_MARKS if field == "mark" else _STATES).get(text, text)
    if field == "distance":
        return "да" if text == "1" else "нет"
    if field in ("title", "note", "topic", "theme", "who", "hours", "years", "months", "rate") or "number" in field:
        return text
    if field in ("year", "planned_year", "last_year"):
        return text
    return show_date(text)


def name_of_row(table: str, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What the row is about in a few words: «первая, 05.04.2026»."""
    told = [show_value(table, field, values[field], names) for field in NAMING.get(table, ()) if values.get(field)]
    return (" " if table in ("person", "plan_item") else ", ").join(told)


def is_typed(field: str) -> bool:
    """Whether people type a field's value: not links to other records, nor texts kept together."""
    return not field.endswith("_id") and field not in _JSON


def _plain(text: str) -> str:
    """Texts kept together as JSON, one after another."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    told = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else [found]
    return "; ".join(str(one) for one in told if one) or "пусто"
