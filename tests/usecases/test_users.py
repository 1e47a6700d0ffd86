"""Users: the first is a заведующий, the last one stays, nobody signs in after their last day, failures cost time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.chain import breaks
from db.schema.security import AppUser
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Actor, Right, Role
from imc_desktop.usecases import users as module
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force, unlock
from imc_desktop.usecases.history import history, history_as_json
from imc_desktop.usecases.queries import plain
from imc_desktop.usecases.rights import has_users, refusal
from imc_desktop.usecases.signing_in import Door
from imc_desktop.usecases.users import (
    Cost,
    NotAllowedError,
    UserInput,
    add_user,
    change_own_password,
    edit_user,
    end_user,
    fits,
    hashed,
    offered_password,
    reset_password,
    set_own_pin,
    too_cheap,
    user_problems,
    users,
)
from tests.usecases.people_maker import put_person, put_school

HEAD = UserInput("Ложкина А.П.", Role.HEAD)
METHODIST = UserInput("Вебер Е.С.", Role.METHODIST)
PASSWORD = "река самовар вьюга кедр"  # noqa: S105 - invented


class Clock:
    """Monotonic seconds that move when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COST", Cost(8, 1, 1))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def door_with_head(store: Store, clock: Clock, today: date) -> tuple[Door, str]:
    """A door of an office with a заведующий who has signed in; her id."""
    head = add_user(store, HEAD, PASSWORD, today)
    door = Door(store, clock)
    door.sign_in(head, PASSWORD, today)
    return door, head


def acts(store: Store) -> list[tuple[str, str, str]]:
    with store.look() as connection:
        return connection.execute("SELECT author, act, what FROM access_log ORDER BY id").fetchall()


def test_the_first_user_is_a_head_and_then_somebody_must_sign_in(store: Store, clock: Clock, today: date) -> None:
    with store.change("без пользователей"):
        pass
    with pytest.raises(NotAllowedError, match="Первым заводят заведующего"):
        add_user(store, METHODIST, PASSWORD, today)
    assert not has_users(store)
    head = add_user(store, HEAD, PASSWORD, today)
    with pytest.raises(UserError, match="Сначала войдите"), store.change("никто не вошёл"):
        pytest.fail("the block of a refused change is not entered")
    door = Door(store, clock)
    assert door.sign_in(head, PASSWORD, today) == Actor(head, "Ложкина А.П.", Role.HEAD)
    put_school(store)
    with store.look() as connection:
        assert connection.execute("SELECT author, user_id FROM txn ORDER BY id DESC").fetchone() == (HEAD.name, head)
    assert acts(store) == [("Ложкина А.П.", "login", head)]
    door.leave()
    assert refusal(store, Right.READ).startswith("Сначала войдите")
    assert acts(store)[-1] == ("Ложкина А.П.", "logout", head)


def test_names_are_unique_and_days_are_days(store: Store, clock: Clock, today: date) -> None:
    door_with_head(store, clock, today)
    wrong = UserInput("  ложкина  а.п. ", Role.METHODIST, since="2026-13-01", until="2026")
    assert {one.where for one in user_problems(store, wrong, today)} == {"name", "since", "until"}
    backwards = UserInput("Вебер Е.С.", Role.METHODIST, since="2026-09-01", until="2026-08-31")
    assert [one.where for one in user_problems(store, backwards, today)] == ["until"]
    with pytest.raises(NotAllowedError, match="Слишком коротко"):
        add_user(store, METHODIST, "коротко", today)


def test_the_last_head_stays(store: Store, clock: Clock, today: date) -> None:
    _, head = door_with_head(store, clock, today)
    with pytest.raises(NotAllowedError, match="остаться заведующим"):
        end_user(store, head, (today - timedelta(days=1)).isoformat(), today)
    with pytest.raises(NotAllowedError, match="остаться заведующим"):
        edit_user(store, head, UserInput(HEAD.name, Role.OBSERVER), today)
    second = add_user(store, UserInput("Снежинская В.И.", Role.HEAD), PASSWORD, today)
    edit_user(store, head, UserInput(HEAD.name, Role.METHODIST), today)
    assert acts(store)[-1] == (HEAD.name, "role", head)
    assert [one.id for one in users(store, today)] == [second, head]


def test_nobody_signs_in_after_their_last_day_even_with_the_clock_set_back(
    store: Store, clock: Clock, today: date
) -> None:
    door, _ = door_with_head(store, clock, today)
    user = add_user(store, METHODIST, PASSWORD, today)
    yesterday = today - timedelta(days=1)
    end_user(store, user, yesterday.isoformat(), today)
    with pytest.raises(UserError, match="срок работы истёк"):
        door.sign_in(user, PASSWORD, today)
    assert user not in [one.id for one in door.people(today)]
    with store.look() as connection:
        written = connection.execute("SELECT last_seen_utc FROM db_meta").fetchone()[0][:10]
    assert written > "2026"
    end_user(store, user, "2026-01-31", today)
    assert user not in [one.id for one in door.people(date(2000, 1, 1))]
    end_user(store, user, "", today)
    door.sign_in(user, PASSWORD, today)


def test_failures_cost_time_by_a_monotonic_clock_also_after_a_restart(store: Store, clock: Clock, today: date) -> None:
    door, head = door_with_head(store, clock, today)
    waited = []
    for _ in range(10):
        with pytest.raises(UserError, match="Пароль не подошёл"):
            door.sign_in(head, "река самовар вьюга ель", today)
        waited.append(door.wait(head))
        with pytest.raises(UserError, match="Подождите"):
            door.sign_in(head, PASSWORD, today)
        clock.seconds += door.wait(head)
    assert waited == [1, 2, 4, 8, 16, 30, 30, 30, 30, 900]
    assert [act for _, act, _ in acts(store)] == ["login", *["login_failed"] * 10]
    again = Door(store, clock)
    assert again.wait(head) == 900
    clock.seconds += 900
    again.sign_in(head, PASSWORD, today)
    assert again.wait(head) == 0
    assert Door(store, clock).wait(head) == 0


def test_a_pin_unlocks_a_running_session_and_nothing_else(store: Store, clock: Clock, today: date) -> None:
    door, head = door_with_head(store, clock, today)
    with pytest.raises(NotAllowedError, match="Пароль другой"):
        set_own_pin(store, "другой", "482915")
    set_own_pin(store, PASSWORD, "482915")
    door.lock()
    door.unlock("482915")
    with pytest.raises(UserError, match="не подошёл"):
        door.sign_in(head, "482915", today)
    clock.seconds += 1
    for _ in range(5):
        with pytest.raises(UserError, match="ПИН не подошёл"):
            door.unlock("111222")
        clock.seconds += door.wait(head)
    assert not door.has_pin
    with pytest.raises(UserError, match="Пароль не подошёл"):
        door.unlock("482915")
    clock.seconds += door.wait(head)
    door.unlock(PASSWORD)
    assert door.has_pin


def test_the_password_opens_the_key_of_copies_for_the_session(store: Store, clock: Clock, today: date) -> None:
    office = "пароль копий кабинета"
    put_in_force(store, draft_keys(), office, today=today)
    door, head = door_with_head(store, clock, today)
    assert store.keys.unlocked
    user = add_user(store, METHODIST, f"  {PASSWORD} ", today)
    new = "лось кедр вьюга самовар"
    with pytest.raises(NotAllowedError, match="Прежний пароль другой"):
        change_own_password(store, "не тот", new)
    change_own_password(store, PASSWORD, new)
    door.leave()
    assert not store.keys.unlocked
    clock.seconds += 1
    door.sign_in(user, PASSWORD, today)
    assert store.keys.unlocked
    door.leave()
    door.sign_in(head, new, today)
    assert store.keys.unlocked
    end_user(store, user, "2026-01-31", today)
    store.keys.lock()
    assert not unlock(store, PASSWORD)
    assert unlock(store, new, head)


def test_a_head_who_forgot_comes_in_by_the_paper_key(store: Store, clock: Clock, today: date) -> None:
    draft = draft_keys()
    put_in_force(store, draft, "пароль копий кабинета", today=today)
    door, head = door_with_head(store, clock, today)
    user = add_user(store, METHODIST, PASSWORD, today)
    set_own_pin(store, PASSWORD, "482915")
    door.leave()
    new = "лось кедр вьюга самовар"
    with pytest.raises(UserError, match="только заведующий"):
        door.recover(user, draft.paper.identity, new, today)
    with pytest.raises(UserError, match="не ключ с бумажного листа"):
        door.recover(head, "ключ", new, today)
    with pytest.raises(UserError, match="не от нынешнего ключа"):
        door.recover(head, draft_keys().paper.identity, new, today)
    with pytest.raises(UserError, match="Подождите"):
        door.recover(head, draft.paper.identity, new, today)
    assert store.actor is None
    clock.seconds += 1
    with pytest.raises(NotAllowedError, match="Слишком коротко"):
        door.recover(head, draft.paper.identity, "мало", today)
    assert door.recover(head, draft.paper.identity, new, today) == Actor(head, HEAD.name, Role.HEAD)
    assert not door.has_pin
    assert users(store, today)[0].name == HEAD.name
    door.leave()
    with pytest.raises(UserError, match="не подошёл"):
        door.sign_in(head, PASSWORD, today)
    clock.seconds += 1
    door.sign_in(head, new, today)
    assert not store.keys.unlocked


def test_nobody_is_added_while_the_key_of_copies_is_locked(store: Store, today: date) -> None:
    put_in_force(store, draft_keys(), "пароль копий кабинета", today=today)
    store.keys.lock()
    with pytest.raises(UserError, match="Сначала откройте ключ копий"):
        add_user(store, HEAD, PASSWORD, today)
    assert not has_users(store)


def test_a_cheap_hash_is_made_anew_at_the_next_sign_in(
    store: Store, clock: Clock, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, head = door_with_head(store, clock, today)
    monkeypatch.setattr(module, "COST", Cost(16, 1, 1))
    door.sign_in(head, PASSWORD, today)
    with store.read() as session:
        stored = session.get_one(AppUser, head).password
    assert "$m=16,t=1,p=1$" in stored
    assert not too_cheap(stored)
    assert fits(stored, PASSWORD)
    assert PASSWORD not in stored


def test_hashes_are_salted_and_damaged_ones_fit_nothing() -> None:
    assert hashed(PASSWORD) != hashed(PASSWORD)
    assert not fits("", "")
    assert not fits("$argon2id$v=19$m=8,t=1,p=1$испорчено", PASSWORD)


def test_users_cannot_be_undone_and_their_secrets_are_in_no_history(store: Store, clock: Clock, today: date) -> None:
    person = put_person(store, put_school(store))
    _, head = door_with_head(store, clock, today)
    edit_user(store, head, UserInput(HEAD.name, Role.HEAD, person_id=person, since="2026-09-01"), today)
    assert users(store, today)[0].person == "Грачёва Анна Ильинична"
    with pytest.raises(UserError, match="Отменять нечего"):
        store.undo()
    reset_password(store, head, "лось кедр вьюга самовар")
    told = str(history_as_json(store, head))
    assert "argon2" not in told
    assert "password" not in told
    assert all(line.table != "app_user" for line in history(store, person))


def test_the_log_of_sign_ins_is_chained(store: Store, clock: Clock, today: date) -> None:
    door_with_head(store, clock, today)
    with store.read() as session:
        assert list(breaks(plain(session))) == []


def test_offered_passwords_are_words_and_differ() -> None:
    made = {offered_password() for _ in range(20)}
    assert len(made) == 20
    assert all(len(one.split()) == 5 for one in made)
