"""Signing in, unlocking, leaving. Failures slow the next attempt down; every one of them is logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from db.schema.security import AppUser
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.passwords import delay_after, password_problems, plain, wait_words
from imc_desktop.domain.rights import ROLE_TITLES, Actor, Right, Role
from imc_desktop.usecases.copy_keys import take_boxes, unlock_by_paper
from imc_desktop.usecases.copy_keys import unlock as open_key
from imc_desktop.usecases.users import NotAllowedError, UserView, fits, hashed, too_cheap, users

LOGIN, LOGOUT, LOCKED, UNLOCKED = "login", "logout", "locked", "unlocked"
FAILED, LATE = "login_failed", "login_refused"
_PIN_TRIES = 5  # then the password is asked for


class _Hashes(NamedTuple):
    password: str
    pin: str


@dataclass(slots=True)
class _Tries:
    failures: int
    free_at: float


class Door:
    """Lets people into one open database.

    ``now`` is a monotonic clock in seconds: turning the computer's clock shortens no delay. A password that fits opens
    the key of copies for this working session, too.
    """

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store = store
        self._now = now
        self._tries: dict[str, _Tries] = {}
        self._pin_failures = 0

    def people(self, today: date) -> list[UserView]:
        """Who may come in."""
        return [one for one in users(self._store, today) if not one.left]

    def wait(self, user_id: str) -> float:
        """Seconds until the next attempt is looked at."""
        tries = self._tries_of(user_id)
        return max(0.0, tries.free_at - self._now())

    def sign_in(self, user_id: str, password: str, today: date) -> Actor:
        """Let somebody in by name and password: from now on the store writes under their name."""
        view = next((one for one in users(self._store, today) if one.id == user_id), None)
        if view is None:
            raise UserError("Такого пользователя в базе нет.")
        if view.left:
            self._note(LATE, user_id, f"{view.name}: срок работы истёк")
            raise UserError(f"{view.name}: срок работы истёк. Обратитесь к заведующему.")
        self._ask(user_id, view.name, password, self._stored(user_id).password)
        actor = Actor(view.id, view.name, view.role)
        self._store.actor = actor
        self._pin_failures = 0
        self._note(LOGIN, user_id, f"{ROLE_TITLES[view.role]}; пользователь компьютера: {self._store.author}")
        self._refresh_hash(user_id, password)
        open_key(self._store, plain(password), user_id)
        return actor

    def recover(self, user_id: str, sheet: str, password: str, today: date) -> Actor:
        """A заведующий who forgot the password gives a new one by the paper key of copies, and is in.

        The former password and the PIN go. The new password opens copies only after their key was changed.
        """
        view = next((one for one in self.people(today) if one.id == user_id and one.role is Role.HEAD), None)
        if view is None:
            raise UserError("По бумажному ключу новый пароль задаёт себе только заведующий.")
        if problems := password_problems(password):
            raise NotAllowedError(problems)
        self._must_not_wait(user_id)
        if not unlock_by_paper(self._store, sheet):
            raise self._failure(
                user_id, f"{view.name}: бумажный ключ не подошёл", "Этот лист не от нынешнего ключа копий."
            )
        self._tries[user_id] = _Tries(0, 0.0)
        self._store.actor = actor = Actor(view.id, view.name, view.role)
        label = "Новый пароль заведующего по бумажному ключу"
        with self._store.change(label, barrier=True, right=Right.USERS) as session:
            user = session.get_one(AppUser, user_id)
            user.password, user.pin = hashed(password), ""
            take_boxes(session, user_id)
        self._note(LOGIN, user_id, f"новый пароль по бумажному ключу; пользователь компьютера: {self._store.author}")
        return actor

    def unlock(self, secret: str) -> None:
        """Take the lock off a running session: by the password, or by the PIN while it has not failed too often."""
        actor = self._store.actor
        if actor is None:
            raise UserError("Войдите под своим именем.")
        stored = self._stored(actor.user_id)
        digits = secret.strip()
        if digits.isdigit() and stored.pin and self._pin_failures < _PIN_TRIES:
            try:
                self._ask(actor.user_id, actor.name, digits, stored.pin, "ПИН")
            except UserError:
                self._pin_failures += 1
                raise
        else:
            self._ask(actor.user_id, actor.name, secret, stored.password)
        self._pin_failures = 0
        self._note(UNLOCKED, actor.user_id)

    def lock(self) -> None:
        """The window was locked: only noted here, what it shows is the window's business."""
        if self._store.actor is not None:
            self._note(LOCKED, self._store.actor.user_id)

    def leave(self) -> None:
        """Sign out."""
        if self._store.actor is not None:
            self._note(LOGOUT, self._store.actor.user_id)
            self._store.actor = None
            self._store.keys.lock()

    @property
    def has_pin(self) -> bool:
        """Whether a PIN would unlock now."""
        actor = self._store.actor
        return actor is not None and self._pin_failures < _PIN_TRIES and bool(self._stored(actor.user_id).pin)

    def _ask(self, user_id: str, name: str, secret: str, stored: str, what: str = "Пароль") -> None:
        self._must_not_wait(user_id)
        if not fits(stored, secret):
            told = f"{name}: {what.lower() if what != 'ПИН' else what} не подошёл"
            raise self._failure(user_id, told, f"{what} не подошёл. Проверьте раскладку и Caps Lock.")
        self._tries[user_id] = _Tries(0, 0.0)

    def _must_not_wait(self, user_id: str) -> None:
        if (seconds := self.wait(user_id)) > 0:
            raise UserError(f"Слишком много попыток. Подождите {wait_words(seconds)} и повторите.")

    def _failure(self, user_id: str, logged: str, told: str) -> UserError:
        """One more failure: the next attempt waits longer."""
        tries = self._tries_of(user_id)
        tries.failures += 1
        tries.free_at = self._now() + delay_after(tries.failures)
        self._note(FAILED, user_id, logged)
        return UserError(told)

    def _tries_of(self, user_id: str) -> _Tries:
        """Failures in this running program; at first those on end that the log knows, so a restart forgives nothing."""
        if user_id not in self._tries:
            failures = _failures_on_end(self._store, user_id)
            self._tries[user_id] = _Tries(failures, self._now() + delay_after(failures))
        return self._tries[user_id]

    def _stored(self, user_id: str) -> _Hashes:
        with self._store.read() as session:
            user = session.get(AppUser, user_id)
            if user is None:
                raise UserError("Такого пользователя больше нет.")
            return _Hashes(user.password, user.pin)

    def _note(self, act: str, user_id: str, details: str = "") -> None:
        """A line of the log; a database that is only looked at (on a stick) takes none."""
        if self._store.writable:
            self._store.log_access(act, user_id, details)

    def _refresh_hash(self, user_id: str, password: str) -> None:
        """A string of a cheaper time is made anew while the password is known."""
        if not self._store.writable or not too_cheap(self._stored(user_id).password):
            return
        with self._store.change("Пароль сохранён надёжнее", barrier=True, right=Right.READ) as session:
            session.get_one(AppUser, user_id).password = hashed(password)


def _failures_on_end(store: Store, user_id: str) -> int:
    with store.look() as connection:
        row = connection.execute(
            "SELECT count(*) FROM access_log WHERE act = ? AND what = ? AND id > "
            "coalesce((SELECT max(id) FROM access_log WHERE act IN (?, ?) AND what = ?), 0)",
            (FAILED, user_id, LOGIN, UNLOCKED, user_id),
        ).fetchone()
    return int(row[0])
