"""The notices of an incident: the first one, and that of the results of the internal investigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path

from db.store import Store
from imc_desktop.documents.act import ActContent, ActPart
from imc_desktop.documents.parts import BLANK_DATE, BLANK_NUMBER, ApprovalBlock
from imc_desktop.documents.table_list import ListColumn, ListRow
from imc_desktop.domain.incidents import FIRST, RESULTS, NoticeRule, harm, moment_words, people_words
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.incidents import IncidentRow, incident, notices_of
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.common import Paper, Wish, act_paper, act_sheet

KINDS = {FIRST: "incident-first", RESULTS: "incident-results"}
_COLUMNS = (ListColumn("Сведения", 36), ListColumn("Содержание", 64))
_BLANK = "_______________________________"
_MANY = 8  # copies named one by one; more of them are counted


def first_paper(store: Store, wish: Wish) -> Paper:
    """The first notice of the incident ``wish.subject`` (blank: the latest open one)."""
    return act_paper(KINDS[FIRST], _content(store, wish, FIRST))


def first_sheet(store: Store, wish: Wish, path: Path) -> int:
    """The same as xlsx."""
    return act_sheet(path, _content(store, wish, FIRST), wish)


def results_paper(store: Store, wish: Wish) -> Paper:
    """The notice of the results of the investigation."""
    return act_paper(KINDS[RESULTS], _content(store, wish, RESULTS))


def results_sheet(store: Store, wish: Wish, path: Path) -> int:
    """The same as xlsx."""
    return act_sheet(path, _content(store, wish, RESULTS), wish)


def _content(store: Store, wish: Wish, key: str) -> ActContent:
    row = incident(store, wish.subject, datetime.combine(wish.on, time()))
    return notice_content(row, notices_of(store)[key], paper_office(store))


def notice_content(row: IncidentRow, rule: NoticeRule, office: PaperOffice) -> ActContent:
    """What the notice says; what the data do not know stands as a blank to fill in by hand."""
    told = _first_rows(row, office) if rule.key == FIRST else _results_rows(row, office)
    opening = (
        f"Сообщаем о происшествии, выявленном {moment_words(row.given.noticed)}."
        if rule.key == FIRST
        else f"В дополнение к первичному уведомлению о происшествии, выявленном {moment_words(row.given.noticed)}."
    )
    form = f" Форма: {rule.form} (не сверено)." if rule.form else ""
    return ActContent(
        header=office.header,
        corners=(
            ApprovalBlock("left", (f"{BLANK_NUMBER} от", BLANK_DATE)),
            ApprovalBlock("right", rule.addressee),
        ),
        title=rule.title,
        parts=(ActPart("", (opening,), _COLUMNS, tuple([ListRow(name, (name, text)) for name, text in told])),),
        signatures=office.signatures,
        note=f"Основание: {rule.source}.{form}",
    )


def _operator(office: PaperOffice) -> Iterable[tuple[str, str]]:
    yield "Оператор", office.full or office.short or _BLANK
    yield "ИНН (БИН), адрес, номер в реестре операторов", _BLANK


def _first_rows(row: IncidentRow, office: PaperOffice) -> Iterable[tuple[str, str]]:
    held, given = row.exposure, row.given
    yield from _operator(office)
    yield "Когда выявлено", moment_words(given.noticed)
    yield "Когда произошло", show_date(given.happened) or "не установлено"
    yield "Что произошло", f"Утрачен съёмный носитель: {held.carrier}"
    yield "Обстоятельства и предполагаемые причины", given.circumstances or _BLANK
    yield "Что было на носителе", "\n".join(_things(row)) or "по журналам программы записи не известны"
    yield "Чьи данные", "педагогические работники образовательных организаций, сотрудники учреждения"
    yield "Число людей", f"не более {people_words(held.people)}" if held.people else people_words(0)
    yield "Виды данных", ", ".join(held.data) or _BLANK
    yield "Защита", _protection(row)
    yield "Предполагаемый вред", harm(held)
    yield "Принятые меры", given.measures or _BLANK
    yield "Уполномоченный на взаимодействие (имя, должность, телефон, эл. почта)", _BLANK


def _results_rows(row: IncidentRow, office: PaperOffice) -> Iterable[tuple[str, str]]:
    held = row.exposure
    yield from _operator(office)
    yield "Первичное уведомление", row.deadlines[0].words if row.deadlines[0].sent else "№ _____ от «___» __________"
    yield "Что произошло", f"Утрачен съёмный носитель: {held.carrier}"
    yield "Результаты внутреннего расследования", row.findings or _BLANK
    yield "Число людей, виды данных", f"не более {people_words(held.people)}: {', '.join(held.data) or _BLANK}"
    yield "Защита", _protection(row)
    yield "Лица, действия которых стали причиной (если установлены)", _BLANK
    yield "Принятые меры", row.given.measures or _BLANK
    yield "Уполномоченный на взаимодействие (имя, должность, телефон, эл. почта)", _BLANK


def _things(row: IncidentRow) -> Iterable[str]:
    items = row.exposure.items
    for item in items[-_MANY:]:
        state = "зашифровано" if item.key_id else "не зашифровано"
        yield f"{item.what}; {item.day}; {state}"
    if len(items) > _MANY:
        left = len(items) - _MANY
        yield f"и ещё {left} {plural(left, 'запись', 'записи', 'записей')} ранее"


def _protection(row: IncidentRow) -> str:
    held = row.exposure
    if not held.items:
        return "не известно"
    keys = f" Ключ: {', '.join(held.keys)}." if held.keys else ""
    if held.encrypted:
        return f"Все известные записи зашифрованы (age, X25519, ChaCha20-Poly1305).{keys}"
    count = len(held.open_items)
    return f"Не зашифровано: {count} из {len(held.items)}.{keys}"
