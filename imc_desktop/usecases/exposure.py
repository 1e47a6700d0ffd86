"""What lay on a medium by the program's own logs: copies, exports, saved papers; how many people, which data."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from db.schema.changelog import AccessLog, CopyLog
from db.store import Store
from imc_desktop.domain.incidents import Exposure, Held
from imc_desktop.usecases.history import local_time
from imc_desktop.usecases.leaving import HIDDEN_WORDS, Medium, logged_medium, same_medium
from imc_desktop.usecases.printing.personal import DATA_OF_KINDS

# Kinds of data of the whole database: said only where there is any.
_ALWAYS = ("фамилия, имя, отчество",)
_FIELDS = (
    ("дата рождения", "SELECT 1 FROM person WHERE birth <> '' LIMIT 1"),
    ("СНИЛС", "SELECT 1 FROM person WHERE snils <> '' LIMIT 1"),
    ("ИИН", "SELECT 1 FROM person WHERE iin <> '' LIMIT 1"),
    ("телефон", "SELECT 1 FROM person WHERE phone <> '' LIMIT 1"),
    ("адрес электронной почты", "SELECT 1 FROM person WHERE email <> '' LIMIT 1"),
    ("место работы, должность", "SELECT 1 FROM employment LIMIT 1"),
    ("образование", "SELECT 1 FROM education LIMIT 1"),
    ("стаж", "SELECT 1 FROM experience LIMIT 1"),
    ("категория и аттестация", "SELECT 1 FROM category UNION ALL SELECT 1 FROM attestation_case LIMIT 1"),
    ("повышение квалификации", "SELECT 1 FROM training LIMIT 1"),
    ("награды", "SELECT 1 FROM award LIMIT 1"),
)


def what_was_on(store: Store, carrier: str, label: str, serial: str) -> Exposure:
    """Everything the logs know of a volume, found by its serial, or by its label where it has none."""
    medium = Medium(label, serial)
    if not (serial or label):
        return Exposure(carrier)
    with store.read() as session:
        items = [*_copies(session, medium), *_exports(session, medium)]
    return Exposure(carrier, label, serial, tuple(items))


def _copies(session: Session, medium: Medium) -> Iterable[Held]:
    rows = [
        row
        for row in session.scalars(select(CopyLog).order_by(CopyLog.made_utc, CopyLog.sequence))
        if same_medium(medium, Medium(row.volume_label, row.volume_serial))
    ]
    data = _data_of_database(session.connection()) if rows else ()
    for row in rows:
        people = int(json.loads(row.counts or "{}").get("person", 0))
        yield Held(f"Копия базы № {row.sequence}, {row.name}", _day(row.made_utc), people, data, row.key_id)


def _exports(session: Session, medium: Medium) -> Iterable[Held]:
    """Sheets and papers of people written to the medium; plans and registers hold nobody's data."""
    rows = session.scalars(
        select(AccessLog)
        .where(AccessLog.act.in_(("export", "print")), AccessLog.details.contains("; носитель «"))
        .order_by(AccessLog.id)
    ).all()
    for row in rows:
        written = logged_medium(row.details)
        if written is not None and same_medium(medium, written) and (row.count or row.what in DATA_OF_KINDS):
            words = row.details.partition("; носитель")[0]
            hidden = f" ({HIDDEN_WORDS})" if row.details.endswith(HIDDEN_WORDS) else ""
            yield Held(words + hidden, _day(row.wall_utc), row.count, DATA_OF_KINDS.get(row.what, ()))


def _data_of_database(connection: Connection) -> tuple[str, ...]:
    found = [title for title, query in _FIELDS if connection.exec_driver_sql(query).first()]
    return (*_ALWAYS, *found)


def _day(utc: str) -> str:
    try:
        return local_time(utc)
    except ValueError:
        return utc
