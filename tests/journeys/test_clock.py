"""The window on a computer whose clock has an empty battery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db import changes, sessions
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program
from ui.plan.dialogs import ApproveDialog

Start = Callable[..., Program]
BATTERY = "2000-01-01T00:00:12+00:00"


@pytest.fixture
def empty_battery(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's clock begins anew; the window's own days stand, as in every test."""
    for module in (changes, sessions):
        monkeypatch.setattr(module, "utc_now", lambda: BATTERY)


@pytest.mark.usefixtures("empty_battery")
def test_the_window_says_it_and_offers_no_dates_until_somebody_vouches(start: Start, office: Path) -> None:
    program = start(office)
    assert program.said.startswith("Часы компьютера показывают 01.01.2000")
    assert program.ctx.day_to_offer() == ""
    program.follow("Часы верны")
    assert program.said.startswith("Часам можно верить")
    assert program.ctx.day_to_offer() == TODAY.isoformat()


@pytest.mark.usefixtures("empty_battery")
def test_approval_waits_for_the_clock(start: Start, example: Path, person: Person) -> None:
    program = start(example)
    page = program.page("plan")
    page.header.requestedApprove.emit()  # no box is expected: the test would fail on it
    assert "утверждать нельзя" in program.said
    program.follow("Часы верны")
    person.will(ApproveDialog, lambda box: box.reject())
    page.header.requestedApprove.emit()


def test_a_right_clock_is_not_mentioned(start: Start, office: Path) -> None:
    program = start(office)
    assert program.said == ""
    assert program.ctx.day_to_offer() == TODAY.isoformat()
