"""A clock with an empty battery: said, marked, and nothing is approved by it until a person vouches for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from db import changes, sessions
from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from imc_desktop.cli.main import main
from imc_desktop.domain.clock import BUILT_ON, clock_trouble
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.clock import clock_doubt, confirm_clock
from imc_desktop.usecases.plan import approve
from tests.conftest import TODAY
from tests.usecases.plan_maker import put_office, put_plan

BATTERY = "2000-01-01T00:00:12+00:00"
SetClock = Callable[[str], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Puts the computer's clock."""

    def put(moment: str) -> None:
        monkeypatch.setattr(changes, "utc_now", lambda: moment)
        monkeypatch.setattr(sessions, "utc_now", lambda: moment)

    return put


def later(moment: str, **by: float) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**by)).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("now", "last_seen", "said"),
    [
        ("2026-11-20T09:00:00+00:00", "", ""),
        ("2026-11-20T09:00:00+00:00", "2026-11-20T09:00:00+00:00", ""),
        ("2026-11-20T09:00:00+00:00", "2026-11-21T08:59:00+00:00", ""),
        ("2026-11-20T09:00:00+00:00", "2026-11-21T09:00:01+00:00", "последняя запись в базе сделана 21.11.2026"),
        ("2027-11-20T09:00:00+00:00", "2026-11-21T09:00:01+00:00", ""),
        (BATTERY, "", "Часы компьютера показывают 01.01.2000 — это раньше, чем сделана программа"),
        (BATTERY, "2026-11-20T09:00:00+00:00", "раньше, чем сделана программа"),
        (f"{BUILT_ON}T00:00:00+00:00", "", ""),
    ],
)
def test_the_clock_is_believed_unless_it_is_behind_what_is_known(now: str, last_seen: str, said: str) -> None:
    found = clock_trouble(now, last_seen)
    assert said in found
    assert bool(found) == bool(said)


def test_the_day_of_the_release_is_not_in_the_future() -> None:
    """Else every office would be told that its clock is wrong."""
    assert datetime.now(UTC).date().isoformat() >= BUILT_ON


def change(store: Store, surname: str) -> None:
    with store.change(f"Добавление: {surname}") as session:
        session.add(Person(id=new_id(), surname=surname))


def marks(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        rows = session.execute(text("SELECT label, clock_ok FROM txn WHERE label LIKE 'Добавление%' ORDER BY id"))
        return [(label.split()[-1], ok) for label, ok in rows]


def last_seen(store: Store) -> str:
    with store.read() as session:
        return str(session.execute(text("SELECT last_seen_utc FROM db_meta")).scalar_one())


def test_transactions_under_a_wrong_clock_are_marked_and_keep_their_order(store: Store, set_clock: SetClock) -> None:
    right = "2026-11-20T09:00:00+00:00"
    for moment, surname in ((right, "Первая"), (BATTERY, "Вторая"), (later(right, minutes=5), "Третья")):
        set_clock(moment)
        change(store, surname)
    assert marks(store) == [("Первая", 1), ("Вторая", 0), ("Третья", 1)]
    assert last_seen(store) == later(right, minutes=5), "a wrong moment never lowers what is known"
    assert store.undo() == "Добавление: Третья"
    assert store.undo() == "Добавление: Вторая"


def plan_to_approve(store: Store) -> None:
    put_office(store)
    put_plan(store)


def test_nothing_is_approved_until_a_person_vouches_for_the_clock(store: Store, set_clock: SetClock) -> None:
    plan_to_approve(store)
    set_clock(BATTERY)
    with pytest.raises(UserError, match=r"показывают 01\.01\.2000 .* утверждать нельзя"):
        approve(store, 2026, today=TODAY)
    confirm_clock(store)
    assert clock_doubt(store) == ""
    assert approve(store, 2026, today=TODAY)


def test_a_moment_far_ahead_is_forgotten_when_the_right_clock_is_confirmed(store: Store, set_clock: SetClock) -> None:
    set_clock("2099-01-01T00:00:00+00:00")
    change(store, "Из будущего")
    set_clock("2026-11-20T09:00:00+00:00")
    assert "01.01.2099" in clock_doubt(store)
    confirm_clock(store)
    store.close()
    again = Store(store.path)
    assert clock_doubt(again) == "", "it is not asked again at the next start"
    change(again, "Сегодня")
    assert marks(again)[-1] == ("Сегодня", 1)
    again.close()


def test_commands_say_it_on_stderr_and_approve_when_told(
    store: Store, set_clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_to_approve(store)
    store.close()
    set_clock(BATTERY)
    assert main(["list", "people", "--json", "--database", str(store.path)]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == "[]"
    assert "Часы компьютера показывают 01.01.2000" in told.err
    words = ["approve", "annual-plan", "--year", "2026", "--database", str(store.path)]
    assert main(words) == 1
    assert "утверждать нельзя" in capsys.readouterr().err
    assert main([*words, "--clock-is-right"]) == 0
