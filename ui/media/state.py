"""What the window of media says, without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from imc_desktop.domain.incidents import moment_words, summary
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.carriers import DESTROYED, IN_USE, LOST, CarrierRow
from imc_desktop.usecases.copy_register import CopyRow
from imc_desktop.usecases.incidents import IncidentRow
from imc_desktop.usecases.leaving import Medium
from ui.common.rows_layout import Column

NO_CARRIERS = "Запишите каждую флешку и внешний диск, на которых бывают данные: номер, у кого и с какого дня."
NO_COPIES = "Здесь появится каждая копия базы: на каком носителе лежит, каким ключом открывается, где проверена."
NO_INCIDENTS = (
    "Если флешка потеряна, запишите это сразу: программа скажет, что на ней было, посчитает сроки и напечатает "
    "уведомления."
)


def state_tone(row: CarrierRow) -> str:
    """The colour of a medium's state."""
    return {LOST: "bad", DESTROYED: "secondary"}.get(row.state, "text")


def key_tone(row: CopyRow) -> str:
    """What left the office unencrypted stands out."""
    if not row.key_id:
        return "bad" if row.leaves else "secondary"
    return "text"


def deadline_words(row: IncidentRow) -> str:
    """How much time is left for the next notice: «▲ осталось 21 ч», «✓ закрыто 25.11.2026»."""
    if row.closed:
        return f"✓ закрыто {show_date(row.closed)}"
    following = row.next_deadline
    if following is None:
        return "○ отправлено, не закрыто"
    return f"{'■' if following.tone == 'bad' else '▲'} {following.words}"


def deadline_tone(row: IncidentRow) -> str:
    """The colour of that."""
    if row.closed:
        return "ok"
    following = row.next_deadline
    return following.tone if following is not None else "secondary"


CARRIER_COLUMNS: tuple[Column[CarrierRow], ...] = (
    Column("number", "№", lambda row: row.number, sort=lambda row: row.number.rjust(9), weight=0.0),
    Column("kind", "Носитель", lambda row: f"{row.kind} {row.label}".strip(), keep=True),
    Column("serial", "Серийный номер", lambda row: row.serial, weight=0.5, yields=1),
    Column("holder", "Кому выдан", lambda row: row.holder if row.given or row.state == LOST else "", keep=True),
    Column("state", "Состояние", lambda row: row.state_words, tone=state_tone),
    Column("note", "Примечание", lambda row: row.note, weight=2.0, max_chars=60, yields=2),
)
COPY_COLUMNS: tuple[Column[CopyRow], ...] = (
    Column("sequence", "№", lambda row: str(row.sequence), sort=lambda row: row.sequence, weight=0.0),
    Column("when", "Сделана", lambda row: row.when, sort=lambda row: row.made, weight=0.0, keep=True),
    Column("carrier", "Где лежит", lambda row: row.carrier, tone=lambda row: "bad" if row.lost else "text", keep=True),
    Column("key", "Каким ключом открыть", lambda row: row.key, tone=key_tone),
    Column("proved", "Проверена", lambda row: row.proved, yields=1),
    Column("author", "Кто сделал", lambda row: row.author, yields=2),
    Column("name", "Файл", lambda row: row.name, weight=2.0, max_chars=60, hidden=True),
)
INCIDENT_COLUMNS: tuple[Column[IncidentRow], ...] = (
    Column("noticed", "Заметили", lambda row: moment_words(row.given.noticed), sort=lambda row: row.given.noticed,
           weight=0.0, keep=True),
    Column("term", "Срок", deadline_words, tone=deadline_tone, keep=True),
    Column("carrier", "Что потеряно", lambda row: row.exposure.carrier, keep=True, yields=1),
    Column("held", "Что было", lambda row: summary(row.exposure), hidden=True),
)  # fmt: skip


def medium_choices(media: Sequence[Medium]) -> tuple[tuple[Medium | None, str], ...]:
    """Media that are in now, to take label and serial from."""
    return ((None, "не брать с носителя"), *((one, one.name) for one in media))


def carriers_count(rows: Sequence[CarrierRow]) -> str:
    """«5 носителей, 2 выдано»."""
    given = sum(row.given for row in rows)
    in_use = sum(row.state == IN_USE for row in rows)
    words = f"{in_use} {plural(in_use, 'носитель', 'носителя', 'носителей')} в работе"
    told = [f"{words}, выдано {given}" if given else words]
    told += [f"номер {number} стоит дважды: измените один" for number in twice(rows)]
    return ". ".join(told)


def twice(rows: Sequence[CarrierRow]) -> list[str]:
    """Numbers that two computers gave apart, before their data were merged."""
    return [number for number, count in Counter(row.number for row in rows).items() if count > 1]
