"""The act by which a leaving methodist hands over everything they answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from db.store import Store
from imc_desktop.documents.act import ActContent, ActPart
from imc_desktop.documents.parts import BLANK_SIGNATURE, ApprovalBlock, SignatureLine
from imc_desktop.documents.table_list import ListColumn, ListRow
from imc_desktop.domain.names import short_signature
from imc_desktop.domain.words import MONTHS, date_long, show_date
from imc_desktop.usecases.handover import Handover, gather
from imc_desktop.usecases.plan_office import PaperOffice, paper_office
from imc_desktop.usecases.printing.common import Paper, act_paper, act_sheet
from imc_desktop.usecases.printing.wish import Wish

KIND = "handover"
_BLANK = "_______________________________"
_TASKS = (
    ListColumn("№", 8, "center"), ListColumn("Мероприятие", 56), ListColumn("Срок", 24), ListColumn("Где стоит", 22),
)  # fmt: skip
_CARRIERS = (ListColumn("Учётный №", 12, "center"), ListColumn("Носитель", 50), ListColumn("Выдан", 18, "center"))
_STEPS = (ListColumn("Что сделать", 60), ListColumn("Отметка, дата, подпись", 40))
_STEPS_TITLE = "Что сделать при передаче"
_ALWAYS = ("Передать бумажные документы по описи", "В плане назначить нового ответственного")
_BLANK_PARTS = (
    "Методические объединения, которыми руководит",
    "Неутверждённые планы учреждения",
    "Дела по аттестации в работе",
    "Носители",
)
_COUNTS = (ListColumn("Что", 70), ListColumn("Сколько", 30, "center"))


def paper(store: Store, wish: Wish) -> Paper:
    """The act for ``wish.subject`` (blank: a form to fill in), received by ``wish.receiver``."""
    return act_paper(KIND, _content(store, wish))


def sheet(store: Store, wish: Wish, path: Path) -> int:
    """The same as xlsx."""
    return act_sheet(path, _content(store, wish), wish)


def _content(store: Store, wish: Wish) -> ActContent:
    if not wish.subject.strip():
        return blank_content(wish, paper_office(store))
    return act_content(gather(store, wish.subject, wish.on), wish.receiver, paper_office(store))


def act_content(found: Handover, receiver: str, office: PaperOffice) -> ActContent:
    """The act; every part says so when there is nothing in it."""
    opening = (
        f"По состоянию на {date_long(found.on)} {found.who} передаёт, а {receiver or _BLANK} принимает дела. "
        "Перечень собран программой по имени, как оно записано в планах, журналах и учётной записи."
    )
    return _act(opening, _parts(found), (found.on, found.who, receiver), office)


def blank_content(wish: Wish, office: PaperOffice) -> ActContent:
    """The same act with lines to fill in by hand."""
    opening = f"По состоянию на {date_long(wish.on)} {_BLANK} передаёт, а {_BLANK} принимает дела."
    lines = tuple([ListRow(f"{number}", ("", "", "", "")) for number in range(1, 6)])
    parts = [ActPart("Мероприятия планов, по которым нет отметки о выполнении", (), _TASKS, lines)]
    parts += [ActPart(title, (_BLANK,)) for title in _BLANK_PARTS]
    steps = tuple([ListRow(step, (step, "")) for step in ("Закрыть учётную запись", "Сменить ключ копий", *_ALWAYS)])
    return _act(opening, [*parts, ActPart(_STEPS_TITLE, (), _STEPS, steps)], (wish.on, "", ""), office)


def _act(opening: str, parts: Iterable[ActPart], about: tuple[date, str, str], office: PaperOffice) -> ActContent:
    on, who, receiver = about
    numbered = [
        ActPart(f"{number}. {part.title}", part.paragraphs, part.columns, part.rows)
        for number, part in enumerate(parts, 1)
    ]
    return ActContent(
        header=office.header,
        corners=(ApprovalBlock("left", (office.place,)), ApprovalBlock("right", (date_long(on),))),
        title=("АКТ", "приёма-передачи дел"),
        parts=(ActPart("", (opening,)), *numbered),
        signatures=(
            SignatureLine("Дела сдал(а)", short_signature(who) or BLANK_SIGNATURE),
            SignatureLine("Дела принял(а)", short_signature(receiver) or BLANK_SIGNATURE),
            *office.signatures,
        ),
    )


def _parts(found: Handover) -> Iterator[ActPart]:
    yield _tasks(found)
    yield _list("Методические объединения, которыми руководит", found.groups)
    yield _list("Неутверждённые планы учреждения", found.drafts)
    yield _cases(found)
    yield _carriers(found)
    yield _counts(found)
    yield _to_do(found)


def _tasks(found: Handover) -> ActPart:
    title = "Мероприятия планов, по которым нет отметки о выполнении"
    if not found.tasks:
        return ActPart(title, (f"Нет. С отметкой о выполнении: {found.done}.",))
    rows = tuple([ListRow(task.key, (task.number, task.title, task.term, task.where)) for task in found.tasks])
    return ActPart(f"{title} – {len(rows)}", (), _TASKS, rows)


def _list(title: str, lines: tuple[str, ...]) -> ActPart:
    return ActPart(title, tuple(f"– {line}" for line in lines) or ("Нет.",))


def _cases(found: Handover) -> ActPart:
    total = sum(count for _, count in found.cases)
    title = "Дела по аттестации в работе (по учреждению)"
    if not total:
        return ActPart(title, ("Нет.",))
    months = [f"{_month(month)} – {count}" for month, count in found.cases]
    return ActPart(title, (f"Всего {total}: {', '.join(months)}.", "Передаются дела: " + _BLANK + "."))


def _month(month: str) -> str:
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]} г." if month else "месяц не назначен"


def _carriers(found: Handover) -> ActPart:
    if not found.carriers:
        return ActPart("Носители", ("По журналу учёта носителей за сдающим не числятся.",))
    rows = tuple(
        [
            ListRow(row.id, (row.number, f"{row.kind} {row.label} {row.serial}".strip(), show_date(row.since)))
            for row in found.carriers
        ]
    )
    return ActPart(f"Носители, числящиеся по журналу – {len(rows)}", (), _CARRIERS, rows)


def _counts(found: Handover) -> ActPart:
    last = f", последняя {show_date(found.last_copy)}" if found.last_copy else ""
    told = (
        ("Мероприятия планов с отметкой о выполнении", str(found.done)),
        ("Проведено консультаций", str(found.consultations)),
        ("Посещено уроков", str(found.visits)),
        ("Открытые вопросы импорта (по учреждению)", str(found.questions)),
        ("Сделано резервных копий", f"{found.copies}{last}"),
        ("Действий в журнале изменений", str(found.changes)),
    )
    return ActPart("Сведения о работе в программе", (), _COUNTS, tuple([ListRow(a, (a, b)) for a, b in told]))


def _to_do(found: Handover) -> ActPart:
    steps = []
    account = found.account
    if account is None:
        steps.append("Учётной записи с этим именем нет; пароль входа в компьютер сменить")
    elif account.ended:
        steps.append(f"Учётная запись «{account.name}» ({account.role}) закрыта {show_date(account.ended)}")
    else:
        steps.append(f"Учётную запись «{account.name}» ({account.role}) закрыть с даты акта")
    if account is not None and account.slots:
        steps.append("Сменить ключ копий: пароль уходящего открывает действующий ключ")
    else:
        steps.append("Сменить ключ копий, если уходящий знал пароль или хранил бумажный ключ")
    steps.append(
        "Вернуть носители и отметить возврат в журнале" if found.carriers else "Проверить, нет ли носителей вне журнала"
    )
    steps += _ALWAYS
    return ActPart(_STEPS_TITLE, (), _STEPS, tuple([ListRow(step, (step, "")) for step in steps]))
