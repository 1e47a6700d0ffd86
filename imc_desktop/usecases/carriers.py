"""The register of media: what sticks and disks the office has, who holds them, which are lost or destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import utc_now
from db.schema.base import new_id
from db.schema.security import Carrier
from db.store import Store
from imc_desktop.domain.errors import Problem, UserError
from imc_desktop.domain.words import show_date

IN_USE, LOST, DESTROYED = "in_use", "lost", "destroyed"
KINDS = ("флешка", "внешний диск", "карта памяти", "оптический диск", "ноутбук", "системный блок")


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """A medium. ``holder`` is empty while it lies in the office; ``state_words`` is for people."""

    id: str
    number: str
    kind: str
    label: str
    serial: str
    holder: str
    since: str
    until: str
    state: str
    note: str

    @property
    def name(self) -> str:
        """«№ 3, флешка KINGSTON»."""
        return f"№ {self.number}, " + " ".join(part for part in (self.kind, self.label) if part)

    @property
    def given(self) -> bool:
        """True while somebody has it."""
        return self.state == IN_USE and bool(self.holder) and not self.until

    @property
    def state_words(self) -> str:
        """«выдан 01.09.2026», «в учреждении», «утерян 20.11.2026», «уничтожен 01.12.2026»."""
        if self.state == LOST:
            return f"утерян {show_date(self.until)}".strip()
        if self.state == DESTROYED:
            return f"уничтожен {show_date(self.until)}".strip()
        return f"выдан {show_date(self.since)}".strip() if self.given else "в учреждении"


@dataclass(frozen=True, slots=True)
class CarrierInput:
    """What a person says of a medium; a blank number is assigned."""

    kind: str = KINDS[0]
    label: str = ""
    serial: str = ""
    number: str = ""
    note: str = ""


def carriers(store: Store) -> list[CarrierRow]:
    """All media of the register by number."""
    with store.read() as session:
        return _rows(session.scalars(select(Carrier).where(Carrier.deleted_at.is_(None))))


def check_carrier(store: Store, given: CarrierInput, carrier_id: str = "") -> list[Problem]:
    """What stands against an entry of the register."""
    found = []
    if not given.kind.strip():
        found.append(Problem("kind", "Укажите вид: флешка, внешний диск…"))
    others = [row for row in carriers(store) if row.id != carrier_id]
    if given.number and any(row.number == given.number for row in others):
        found.append(Problem("number", f"Номер {given.number} в журнале уже есть."))
    twin = next((row for row in others if given.serial.strip() and _alike(row.serial, given.serial)), None)
    if twin is not None:
        found.append(Problem("serial", f"Этот серийный номер уже записан: {twin.name}."))
    return found


def add_carrier(store: Store, given: CarrierInput) -> str:
    """A new medium; its id. One undoable step."""
    _refuse(check_carrier(store, given))
    with store.change(f"Журнал носителей: записан {given.kind} {given.label}".rstrip()) as session:
        number = given.number or _next_number(session.scalars(select(Carrier.number)))
        row = Carrier(
            id=new_id(), number=number, kind=given.kind, label=given.label, serial=given.serial, note=given.note
        )
        session.add(row)
        return row.id


def edit_carrier(store: Store, carrier_id: str, given: CarrierInput) -> None:
    """Other words about a medium. One undoable step."""
    _refuse(check_carrier(store, given, carrier_id))
    with store.change(f"Журнал носителей: изменена запись № {given.number}") as session:
        row = _get(session, carrier_id)
        row.kind, row.label, row.serial, row.note = given.kind, given.label, given.serial, given.note
        row.number = given.number or row.number


def give_carrier(store: Store, carrier_id: str, holder: str, day: str) -> None:
    """Hand a medium to somebody on an ISO day; who had it before stays in the note. One undoable step."""
    if not holder.strip():
        raise UserError("Укажите, кому выдан носитель.")
    with store.change(f"Носитель выдан: {holder}") as session:
        row = _get(session, carrier_id)
        if row.state != IN_USE:
            raise UserError("Утерянный или уничтоженный носитель не выдают.")
        if row.holder and not row.until and row.since > day:
            raise UserError(f"Носитель у другого с {show_date(row.since)}: дата выдачи не может быть раньше.")
        if row.holder:
            row.note = _with_former(row, day)
        row.holder, row.since, row.until = holder.strip(), day, ""


def take_back(store: Store, carrier_id: str, day: str) -> None:
    """The medium is back in the office. One undoable step."""
    with store.change("Носитель возвращён") as session:
        row = _get(session, carrier_id)
        if row.state != IN_USE or not row.holder or row.until:
            raise UserError("Этот носитель никому не выдан.")
        if day < row.since:
            raise UserError(f"Носитель выдан {show_date(row.since)}: возврат не может быть раньше.")
        row.until = day


def mark_destroyed(store: Store, carrier_id: str, day: str, act: str) -> None:
    """The medium was destroyed by an act (number, who). One undoable step."""
    with store.change("Носитель уничтожен") as session:
        row = _get(session, carrier_id)
        row.state, row.until = DESTROYED, day
        row.note = _joined(row.note, act)


def set_lost(session: Session, carrier_id: str, day: str) -> None:
    """Within the transaction that enters an incident: the medium is lost since an ISO day."""
    row = _get(session, carrier_id)
    row.state, row.until = LOST, day


def mark_found(store: Store, carrier_id: str) -> None:
    """A lost medium is back in the office. One undoable step."""
    with store.change("Носитель найден") as session:
        row = _get(session, carrier_id)
        if row.state != LOST:
            raise UserError("Этот носитель не числится утерянным.")
        row.state = IN_USE


def delete_carrier(store: Store, carrier_id: str) -> None:
    """Take an entry made by mistake out of the register. One undoable step."""
    with store.change("Журнал носителей: запись удалена") as session:
        _get(session, carrier_id).deleted_at = utc_now()


def row_of(row: Carrier) -> CarrierRow:
    """The view of a row."""
    return CarrierRow(
        row.id, row.number, row.kind, row.label, row.serial, row.holder, row.since, row.until, row.state, row.note
    )


def _rows(found: Iterable[Carrier]) -> list[CarrierRow]:
    rows = [row_of(row) for row in found]
    return sorted(rows, key=lambda row: (int(row.number) if row.number.isdigit() else 10**6, row.number, row.id))


def _get(session: Session, carrier_id: str) -> Carrier:
    row = session.get(Carrier, carrier_id)
    if row is None or row.deleted_at is not None:
        raise UserError("Этой записи в журнале носителей уже нет.")
    return row


def _next_number(numbers: Iterable[str]) -> str:
    """A number once given is never given again."""
    return str(max((int(number) for number in numbers if number.isdigit()), default=0) + 1)


def _alike(one: str, other: str) -> bool:
    """Serial numbers without their dashes."""
    return one.replace("-", "").casefold() == other.strip().replace("-", "").casefold()


def _with_former(row: Carrier, day: str) -> str:
    ends = row.until or day
    return _joined(row.note, f"ранее: {row.holder}, {show_date(row.since)}–{show_date(ends)}")


def _joined(*parts: str) -> str:
    return "; ".join(part.strip() for part in parts if part.strip())


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise UserError(" ".join(problem.text for problem in problems))
