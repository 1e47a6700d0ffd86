"""Users of the office: who works here, in which role, from when until when. Passwords lie as Argon2id strings only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.base import new_id
from db.schema.people import Person
from db.schema.security import AppUser
from db.store import Store
from imc_desktop.domain.dates import parse_day
from imc_desktop.domain.errors import Problem, UserError
from imc_desktop.domain.passwords import offer, password_problems, pin_problems, plain
from imc_desktop.domain.rights import ROLE_TITLES, Right, Role
from imc_desktop.domain.words import fold
from imc_desktop.paths import resources
from imc_desktop.usecases.copy_keys import put_box, take_boxes, unlock
from imc_desktop.usecases.rights import require
from imc_desktop.usecases.staff_values import full_name

MOST_USERS = 10


class Cost(NamedTuple):
    """What an Argon2id hash costs; it stands in every string, so that it can be raised later."""

    memory_kib: int
    passes: int
    lanes: int


COST = Cost(65536, 3, 1)  # an eighth of a second


@dataclass(frozen=True, slots=True)
class UserInput:
    """What is entered of a user; days are ISO, "" = open."""

    name: str
    role: Role
    person_id: str | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class UserView:
    """A user for the list; ``left``: the last day of work here has passed."""

    id: str
    name: str
    role: Role
    person_id: str | None
    person: str
    since: str
    until: str
    has_pin: bool
    left: bool

    @property
    def role_title(self) -> str:
        """«методист»."""
        return ROLE_TITLES[self.role]


class NotAllowedError(UserError):
    """What was entered of a user does not hold; ``problems`` says where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.text for problem in problems))
        self.problems = tuple(problems)


def users(store: Store, today: date) -> list[UserView]:
    """Everybody who works or worked here: those at work first, by role and name."""
    with store.read() as session:
        day = _day_of(session, today)
        rows = session.execute(
            select(AppUser, Person)
            .outerjoin(Person, AppUser.person_id == Person.id)
            .where(AppUser.deleted_at.is_(None))
        ).all()
        found = [_view(user, person, day) for user, person in rows]
    order = list(Role)
    return sorted(found, key=lambda one: (one.left, order.index(one.role), fold(one.name)))


def user_problems(store: Store, given: UserInput, today: date, user_id: str = "") -> list[Problem]:
    """Everything the form should show at its fields."""
    others = [one for one in users(store, today) if one.id != user_id]
    found = []
    if not given.name.strip():
        found.append(Problem("name", "Напишите имя: под ним входят и подписывают изменения."))
    if any(fold(one.name) == fold(given.name) for one in others):
        found.append(Problem("name", "Такой пользователь уже есть. Добавьте отчество или должность."))
    for where, text in (("since", given.since), ("until", given.until)):
        found += _day_problem(where, text)
    if not found and given.since and given.until and given.until < given.since:
        found.append(Problem("until", "Последний день раньше первого."))
    gone = bool(given.until) and given.until < today.isoformat()
    if not any(one.role is Role.HEAD and not one.left for one in others) and (given.role is not Role.HEAD or gone):
        words = "Первым заводят заведующего." if not user_id else "Кто-то должен остаться заведующим."
        found.append(Problem("until" if given.role is Role.HEAD else "role", words))
    if not user_id and len([one for one in others if not one.left]) >= MOST_USERS:
        found.append(Problem("name", f"Пользователей уже {MOST_USERS}: больше в кабинете не бывает."))
    return found


def add_user(store: Store, given: UserInput, password: str, today: date) -> str:
    """A new user; the first one is a заведующий, from then on everybody signs in. Returns the id.

    The password opens the key of copies, too: with a key in force UserError when that is locked in this session.
    """
    require(store, Right.USERS)
    _refuse(user_problems(store, given, today) + password_problems(password))
    with store.change(f"Новый пользователь: {given.name.strip()}", barrier=True, right=Right.USERS) as session:
        user = AppUser(id=new_id(), password=hashed(password), **_values(given))
        session.add(user)
        session.flush()
        put_box(store, session, plain(password), user.id)
        return user.id


def edit_user(store: Store, user_id: str, given: UserInput, today: date) -> None:
    """Another name, role, person or days. The last заведующий stays one."""
    require(store, Right.USERS)
    _refuse(user_problems(store, given, today, user_id))
    with store.change(f"Пользователь: {given.name.strip()}", barrier=True, right=Right.USERS) as session:
        user = _living(session, user_id)
        former = Role(user.role)
        if given.until and given.until < today.isoformat():
            take_boxes(session, user_id)  # what they know already is stopped only by changing the key
        for field, value in _values(given).items():
            setattr(user, field, value)
    if former is not given.role:
        words = f"{given.name.strip()}: {ROLE_TITLES[former]} → {ROLE_TITLES[given.role]}"
        store.log_access("role", user_id, words)


def end_user(store: Store, user_id: str, until: str, today: date) -> None:
    """The last day somebody works here (ISO); afterwards they cannot sign in."""
    view = _one(store, user_id, today)
    edit_user(store, user_id, UserInput(view.name, view.role, view.person_id, view.since, until), today)


def reset_password(store: Store, user_id: str, password: str) -> None:
    """A forgotten password: the заведующий gives a new one; the PIN goes."""
    require(store, Right.USERS)
    _refuse(password_problems(password))
    with store.change("Новый пароль пользователя", barrier=True, right=Right.USERS) as session:
        user = _living(session, user_id)
        user.password, user.pin = hashed(password), ""
        put_box(store, session, plain(password), user_id)


def change_own_password(store: Store, present: str, password: str) -> None:
    """Somebody's own password, the present one being told."""
    user_id = _own_id(store)
    _refuse(password_problems(password))
    with store.change("Смена своего пароля", barrier=True, right=Right.READ) as session:
        user = _living(session, user_id)
        if not fits(user.password, present):
            raise NotAllowedError([Problem("present", "Прежний пароль другой.")])
        user.password = hashed(password)
        unlock(store, plain(present), user_id)
        put_box(store, session, plain(password), user_id)


def set_own_pin(store: Store, present: str, pin: str) -> None:
    """Somebody's PIN, which unlocks a locked window and nothing else; "" takes it away. The password is told."""
    user_id = _own_id(store)
    _refuse(pin_problems(pin))
    with store.change("Смена своего ПИН", barrier=True, right=Right.READ) as session:
        user = _living(session, user_id)
        if not fits(user.password, present):
            raise NotAllowedError([Problem("present", "Пароль другой.")])
        user.pin = hashed(pin) if pin else ""


def offered_password() -> str:
    """A password of random Russian words."""
    words = (resources() / "words" / "simple.txt").read_text(encoding="utf-8").split()
    return offer(words, secrets.choice)


def hashed(secret: str) -> str:
    """Argon2id string with its salt and its cost."""
    made = Argon2id(
        salt=os.urandom(16), length=32, iterations=COST.passes, lanes=COST.lanes, memory_cost=COST.memory_kib
    )
    return str(made.derive_phc_encoded(plain(secret).encode("utf-8", "surrogatepass")))


def fits(stored: str, secret: str) -> bool:
    """Whether a secret is the one that was hashed; an empty or damaged string fits nothing."""
    try:
        Argon2id.verify_phc_encoded(plain(secret).encode("utf-8", "surrogatepass"), stored)
    except (InvalidKey, ValueError):
        return False
    return True


def too_cheap(stored: str) -> bool:
    """Whether a string was hashed at less than today's cost: it is made anew at the next sign-in."""
    return f"$m={COST.memory_kib},t={COST.passes},p={COST.lanes}$" not in stored


def _one(store: Store, user_id: str, today: date) -> UserView:
    found = next((one for one in users(store, today) if one.id == user_id), None)
    if found is None:
        raise UserError("Такого пользователя больше нет. Откройте список заново.")
    return found


def _own_id(store: Store) -> str:
    require(store, Right.READ)
    if store.actor is None:
        raise UserError("Пользователи ещё не заведены: пароля менять не у кого.")
    return store.actor.user_id


def _living(session: Session, user_id: str) -> AppUser:
    user = session.get(AppUser, user_id)
    if user is None or user.deleted_at is not None:
        raise UserError("Такого пользователя больше нет. Откройте список заново.")
    return user


def _view(user: AppUser, person: Person | None, day: str) -> UserView:
    who = full_name(person.surname, person.name, person.patronymic) if person is not None else ""
    return UserView(
        user.id, user.name, Role(user.role), user.person_id, who, user.since, user.until, bool(user.pin),
        bool(user.until) and user.until < day,
    )  # fmt: skip


def _day_of(session: Session, today: date) -> str:
    """Today, but never earlier than what was last written here: a clock set back lets nobody in again."""
    seen = session.connection().exec_driver_sql("SELECT last_seen_utc FROM db_meta").scalar() or ""
    return max(today.isoformat(), str(seen)[:10])


def _values(given: UserInput) -> dict[str, str | None]:
    return {
        "name": " ".join(given.name.split()),
        "role": str(given.role),
        "person_id": given.person_id or None,
        "since": given.since,
        "until": given.until,
    }


def _day_problem(where: str, text: str) -> list[Problem]:
    try:
        whole = not text or len(parse_day(text)) == len("2026-08-31")
    except ValueError as error:
        return [Problem(where, str(error))]
    return [] if whole else [Problem(where, "Нужны день, месяц и год.")]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise NotAllowedError(problems)
