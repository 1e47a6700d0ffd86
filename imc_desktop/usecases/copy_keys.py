"""The key of copies: made, kept on paper, opened by a password, changed, turned off.

The office identity opens encrypted copies. It lies in a box per password; the paper identity is shown once, typed back
in part, and then known to the program no more. Without a password and without the sheet the copies stay closed for
ever, the database on this computer does not: it is not encrypted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import keys
from db.changes import utc_now
from db.container import ClosedCopyError, FileKeys
from db.schema.base import new_id
from db.schema.security import KeySlot, OfficeKey
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Right
from imc_desktop.usecases.rights import require

SHORTEST = 12
CHANGED, TURNED_OFF, ACT = "смена ключа", "отключение шифрования", "ключ копий"
_PAPER = "paper:"
NO_KEY = "Ключа копий ещё нет: копии не шифруются."
LOCKED = "Ключ копий закрыт. Введите пароль, чтобы копию можно было проверить."


class KeyView(NamedTuple):
    """The key in force as a window shows it; ``key_id`` "" = copies are not encrypted."""

    key_id: str
    made_on: str
    unlocked: bool
    boxes: int
    retired: int


class Draft(NamedTuple):
    """New keys that are not in force yet: the sheet is to be printed and typed back first. Lives in memory only."""

    office: keys.KeyPair
    paper: keys.KeyPair

    @property
    def key_id(self) -> str:
        """The name printed on the sheet."""
        return keys.key_id(self.office.recipient)

    @property
    def groups(self) -> list[str]:
        """The paper identity as it stands on the sheet."""
        return keys.grouped(self.paper.identity)


class OldCopy(NamedTuple):
    """A copy that still opens with a retired key."""

    name: str
    place: str
    made_utc: str
    key_id: str


def key_view(store: Store) -> KeyView:
    """What is known of the keys of this database."""
    with store.look() as connection:
        row = connection.execute(
            "SELECT key_id, made_on FROM office_key WHERE state = 'active' AND deleted_at IS NULL "
            "ORDER BY made_on DESC, id DESC"
        ).fetchone()
        retired = connection.execute(
            "SELECT count(*) FROM office_key WHERE state <> 'active' AND deleted_at IS NULL"
        ).fetchone()[0]
        if row is None:
            return KeyView("", "", False, 0, retired)
        boxes = connection.execute(
            "SELECT count(*) FROM key_slot WHERE key_id = ? AND deleted_at IS NULL", (row[0],)
        ).fetchone()[0]
    return KeyView(row[0], row[1], bool(_opener(store, row[0])), boxes, retired)


def keys_in_force(store: Store) -> FileKeys | None:
    """The key copies that leave the office are closed with, and its boxes; None = they are not encrypted."""
    view = key_view(store)
    if not view.key_id:
        return None
    with store.look() as connection:
        row = connection.execute(
            "SELECT key_id, recipient, paper_recipient FROM office_key WHERE key_id = ? AND deleted_at IS NULL",
            (view.key_id,),
        ).fetchone()
        slots = tuple(_slots(connection.execute(_SLOTS + " AND key_id = ?", (view.key_id,))))
    return FileKeys(str(row[0]), str(row[1]), str(row[2]), slots)


def draft_keys() -> Draft:
    """New keys, to be shown before anything is written."""
    return Draft(keys.new_pair(), keys.new_pair())


def asked_groups(draft: Draft) -> tuple[int, int]:
    """Which two groups of the sheet (from 1) are to be typed back: told by the key, so no other sheet passes."""
    first = int(draft.key_id[:4], 16) % 5
    return first + 1, 6 + int(draft.key_id[4:], 16) % 4


def typed_back(draft: Draft, typed: Sequence[str]) -> bool:
    """Whether the two groups are those of the sheet."""
    wanted = [draft.groups[number - 1] for number in asked_groups(draft)]
    return [one.strip().upper() for one in typed] == wanted


def password_trouble(password: str) -> str:
    """Why a password is too weak to be a key, "" when it is not: twelve signs, or four words."""
    words = [word for word in password.split() if len(word) > 2]
    if len(password) >= SHORTEST or len(words) >= 4:
        return ""
    return f"Пароль копий слишком короткий: нужно не меньше {SHORTEST} знаков или четыре слова."


def put_in_force(
    store: Store, draft: Draft, password: str, *, today: date, reason: str = "", user_id: str = ""
) -> None:
    """The drafted keys take the place of those in force; former copies stay open to whoever opens the new key.

    UserError when the password is weak or, with a key in force, when that one is locked.
    """
    if trouble := password_trouble(password):
        raise UserError(trouble)
    former = keys_in_force(store)
    opener = _opener(store, former.key_id) if former else ""
    if former is not None and not opener:
        raise UserError("Сначала откройте нынешний ключ паролем: прежние копии должны открываться и дальше.")
    handed = keys.handed_over(opener, draft.office.recipient) if opener else ""
    label = "Ключ копий сменён" if former else "Ключ копий создан"
    with store.change(label, barrier=True, right=Right.KEYS) as session:
        for old in session.scalars(select(OfficeKey).where(OfficeKey.state == "active")):
            old.state, old.retired_on, old.reason = "retired", today.isoformat(), reason or CHANGED
        for box in session.scalars(select(KeySlot).where(KeySlot.deleted_at.is_(None))):
            box.deleted_at = utc_now()  # former passwords open what lies on former copies only
        session.add(
            OfficeKey(
                id=new_id(),
                key_id=draft.key_id,
                recipient=draft.office.recipient,
                paper_recipient=draft.paper.recipient,
                made_on=today.isoformat(),
                former_identity=handed,
            )
        )
        session.add(_slot_row(draft.key_id, keys.close_box(draft.office.identity, password, user_id)))
    store.keys.identities[draft.key_id] = draft.office.identity
    store.log_access(ACT, draft.key_id, reason or label)


def turn_off(store: Store, *, today: date) -> None:
    """Copies are no longer encrypted; logged. Former encrypted copies open as before."""
    with store.change("Шифрование копий отключено", barrier=True, right=Right.PLAIN_COPIES) as session:
        for old in session.scalars(select(OfficeKey).where(OfficeKey.state == "active")):
            old.state, old.retired_on, old.reason = "retired", today.isoformat(), TURNED_OFF
    store.log_access(ACT, "", TURNED_OFF)


def unlock(store: Store, password: str, user_id: str = "") -> bool:
    """Open what the password opens, former keys included, for this working session; False when it opens nothing.

    With ``user_id`` that person's boxes only (a login), else all.
    """
    with store.look() as connection:
        own = " AND user_id = ?" if user_id else ""
        rows = connection.execute(_SLOTS + own + " ORDER BY id DESC", (user_id,) if user_id else ()).fetchall()
    found = keys.open_any(_slots(rows), password)
    if found is not None:
        store.keys.identities[keys.key_id(keys.recipient_of(found))] = found
        _open_former(store)
    return found is not None


def unlock_by_paper(store: Store, text: str) -> bool:
    """Open the key in force by its sheet for this working session; enough for copies and for changing the key.

    UserError when the text is no key; False when it is the sheet of another key.
    """
    identity, present = paper_identity(text), keys_in_force(store)
    if present is None or keys.recipient_of(identity) != present.paper_recipient:
        return False
    store.keys.identities[_PAPER + present.key_id] = identity
    _open_former(store)
    return True


def opened_by_password(closed: ClosedCopyError, password: str) -> tuple[str, ...]:
    """What a password opens of a copy's own boxes (the passwords that were in force when it was made)."""
    held = closed.container.keys
    found = keys.open_any(held.slots, password) if held is not None else None
    return (found,) if found is not None else ()


def opened_by_paper(closed: ClosedCopyError, text: str) -> tuple[str, ...]:
    """The identity typed from a sheet, when it is that of the copy; UserError when the text is no key."""
    identity, held = paper_identity(text), closed.container.keys
    fits = held is None or keys.recipient_of(identity) in (held.paper_recipient, held.recipient)
    return (identity,) if fits else ()


def add_box(store: Store, password: str, user_id: str = "") -> None:
    """A box for one more password (a new user, a changed password); the user's former boxes of this key go.

    UserError when the key in force is locked in this session or there is none.
    """
    if not key_view(store).key_id:
        raise UserError(NO_KEY)
    with store.change("Пароль ключа копий", right=Right.READ) as session:
        put_box(store, session, password, user_id)


def put_box(store: Store, session: Session, password: str, user_id: str) -> None:
    """The same within a change under way (a user is added, a password changes); nothing while there is no key."""
    view = key_view(store)
    if not view.key_id:
        return
    if view.key_id not in store.keys.identities:
        raise UserError("Сначала откройте ключ копий его паролем: новый пароль должен открывать и копии.")
    take_boxes(session, user_id)
    session.add(_slot_row(view.key_id, keys.close_box(store.keys.identities[view.key_id], password, user_id)))


def drop_boxes(store: Store, user_id: str) -> None:
    """A person's password opens the key no more. What they know already is stopped only by changing the key."""
    with store.change("Пароль ключа копий отозван", right=Right.USERS) as session:
        take_boxes(session, user_id)


def paper_identity(text: str) -> str:
    """The identity as typed from the sheet; UserError when it is none."""
    try:
        return keys.read_paper(text)
    except ValueError:
        raise UserError("Это не ключ с бумажного листа: проверьте каждую группу, букв «О» и «I» в нём нет.") from None


def check_paper(store: Store, text: str) -> str:
    """The yearly drill: the id of the key this sheet belongs to; UserError when it opens none of this office's keys."""
    require(store, Right.KEYS)
    recipient = keys.recipient_of(paper_identity(text))
    with store.look() as connection:
        row = connection.execute(
            "SELECT key_id, state FROM office_key WHERE paper_recipient = ? AND deleted_at IS NULL", (recipient,)
        ).fetchone()
    if row is None:
        raise UserError("Этот лист не от ключей этой базы. Найдите лист, номер которого показан в окне «Ключи копий».")
    store.log_access(ACT, row[0], "проверка бумажного листа")
    return str(row[0]) if row[1] == "active" else f"{row[0]} (прежний ключ)"


def copies_of_old_keys(store: Store) -> list[OldCopy]:
    """Known encrypted copies that open with a key no longer in force, newest first."""
    with store.look() as connection:
        rows = connection.execute(
            "SELECT name, place, made_utc, c.key_id FROM copy_log c JOIN office_key k ON k.key_id = c.key_id "
            "WHERE k.state <> 'active' AND k.deleted_at IS NULL ORDER BY c.rowid DESC"
        ).fetchall()
    return [OldCopy(*row) for row in rows]


def identities_of(store: Store, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Everything that may open a copy now."""
    return (*store.keys.identities.values(), *more)


_SLOTS = (
    "SELECT coalesce(user_id, ''), kdf, salt, nonce, box FROM key_slot WHERE deleted_at IS NULL AND kind = 'password'"
)


def _opener(store: Store, key_id: str) -> str:
    """An open identity that opens copies of a key: its own or the one on paper; "" when it is locked."""
    ring = store.keys.identities
    return ring.get(key_id) or ring.get(_PAPER + key_id) or ""


def _slots(rows: Iterable[Sequence[str]]) -> Iterable[keys.Slot]:
    for user_id, kdf, salt, nonce, box in rows:
        yield keys.Slot(user_id, json.loads(kdf), salt, nonce, box)


def _slot_row(key_id: str, slot: keys.Slot) -> KeySlot:
    kdf = json.dumps(dict(slot.kdf), sort_keys=True)
    return KeySlot(
        id=new_id(),
        key_id=key_id,
        user_id=slot.user_id or None,
        kdf=kdf,
        salt=slot.salt,
        nonce=slot.nonce,
        box=slot.box,
    )


def take_boxes(session: Session, user_id: str) -> None:
    """Take a person's boxes away within a change under way."""
    mine = KeySlot.user_id == user_id if user_id else KeySlot.user_id.is_(None)
    for old in session.scalars(select(KeySlot).where(mine, KeySlot.deleted_at.is_(None))):
        old.deleted_at = utc_now()


def _open_former(store: Store) -> None:
    with store.look() as connection:
        boxes = [
            row[0]
            for row in connection.execute(
                "SELECT former_identity FROM office_key WHERE former_identity <> '' AND deleted_at IS NULL"
            )
        ]
    for _ in boxes:  # each key opens the one before it
        for box in boxes:
            found = keys.taken_over(box, store.keys.identities.values())
            if found is not None:
                store.keys.identities.setdefault(keys.key_id(keys.recipient_of(found)), found)
