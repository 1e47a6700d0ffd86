"""The notices of an incident: the first one, and that of the results of the internal investigation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path

from db.store import Store
from imc_desktop.documents.act import ActContent, ActPart
from imc_desktop.documents.parts import BLANK_DATE, BLANK_NUMBER, ApprovalBlock
from imc_desktop.documents.table_list import ListColumn, ListRow
from imc_desktop.domain.incidents import FIRST, RESULTS, Exposure, NoticeRule, harm, moment_words, people_words
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.incidents import IncidentInput, IncidentRow, incident, incidents, notices_of
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.common import Paper, act_paper, act_sheet
from imc_desktop.usecases.printing.wish import Wish

KINDS = {FIRST: "incident-first", RESULTS: "incident-results"}
_COLUMNS = (ListColumn("Сведения", 36), ListColumn("Содержание", 64))
_BLANK = "_______________________________"
_CONTACT = "Уполномоченный на взаимодействие (имя, должность, телефон, эл. почта)"
_FIRST_NAMES = (
    "Когда выявлено",
    "Когда произошло",
    "Что произошло",
    "Обстоятельства и предполагаемые причины",
    "Что было на носителе",
    "Чьи данные",
    "Число людей",
    "Виды данных",
    "Защита",
    "Предполагаемый вред",
    "Принятые меры",
    _CONTACT,
)
_RESULTS_NAMES = (
    "Первичное уведомление",
    "Что произошло",
    "Результаты внутреннего расследования",
    "Число людей, виды данных",
    "Защита",
    "Лица, действия которых стали причиной (если установлены)",
    "Принятые меры",
    _CONTACT,
)
_MANY = 8  # copies named one by one; more of them are counted


def first_paper(store: Store, wish: Wish) -> Paper:
    """The first notice of the incident ``wish.subject`` (blank: the latest open one; a form to fill in while none)."""
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
    rule, office = notices_of(store)[key], paper_office(store)
    now = datetime.combine(wish.on, time())
    if not wish.subject and not incidents(store, now):
        return notice_content(_EMPTY, rule, office)
    return notice_content(incident(store, wish.subject, now), rule, office)


# Nothing was ever entered: the notice prints as a form to fill in by hand.
_EMPTY = IncidentRow("", IncidentInput(""), Exposure(""), "", "", (), ())


def notice_content(row: IncidentRow, rule: NoticeRule, office: PaperOffice) -> ActContent:
    """What the notice says; what the data do not know stands as a blank to fill in by hand."""
    first = rule.key == FIRST
    if row is _EMPTY:
        told = [*_operator(office), *((name, _BLANK) for name in (_FIRST_NAMES if first else _RESULTS_NAMES))]
    else:
        told = [*_operator(office), *(_first_rows(row) if first else _results_rows(row))]
    noticed = moment_words(row.given.noticed) or f"{BLANK_DATE} в ____ ч"
    beginning = "Сообщаем" if first else "В дополнение к первичному уведомлению сообщаем"
    form = f" Форма: {rule.form} (не сверено)." if rule.form else ""
    return ActContent(
        header=office.header,
        corners=(
            ApprovalBlock("left", (f"{BLANK_NUMBER} от", BLANK_DATE)),
            ApprovalBlock("right", rule.addressee),
        ),
        title=rule.title,
        parts=(
            ActPart(
                "",
                (f"{beginning} о происшествии, выявленном {noticed}".rstrip(".") + ".",),
                _COLUMNS,
                tuple([ListRow(name, (name, text)) for name, text in told]),
            ),
        ),
        signatures=office.signatures,
        note=f"Основание: {rule.source}.{form}",
    )


def _operator(office: PaperOffice) -> Iterable[tuple[str, str]]:
    yield "Оператор", office.full or office.short or _BLANK
    yield "ИНН (БИН), адрес, номер в реестре операторов", _BLANK


def _first_rows(row: IncidentRow) -> Iterable[tuple[str, str]]:
    held, given = row.exposure, row.given
    texts = (
        moment_words(given.noticed),
        show_date(given.happened) or "не установлено",
        f"Утрачен съёмный носитель: {held.carrier}",
        given.circumstances or _BLANK,
        "\n".join(_things(row)) or "по журналам программы записи не известны",
        "педагогические работники образовательных организаций, сотрудники учреждения",
        f"не более {people_words(held.people)}" if held.people else people_words(0),
        ", ".join(held.data) or _BLANK,
        _protection(row),
        harm(held),
        given.measures or _BLANK,
        _BLANK,
    )
    return zip(_FIRST_NAMES, texts, strict=True)


def _results_rows(row: IncidentRow) -> Iterable[tuple[str, str]]:
    held = row.exposure
    texts = (
        row.deadlines[0].words if row.deadlines[0].sent else f"{BLANK_NUMBER} от {BLANK_DATE}",
        f"Утрачен съёмный носитель: {held.carrier}",
        row.findings or _BLANK,
        f"не более {people_words(held.people)}: {', '.join(held.data)}" if held.items else _BLANK,
        _protection(row),
        _BLANK,
        row.given.measures or _BLANK,
        _BLANK,
    )
    return zip(_RESULTS_NAMES, texts, strict=True)


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
