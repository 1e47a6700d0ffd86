"""The first page of the day, counted from the invented district."""

from __future__ import annotations

from datetime import date

from db.store import Store
from imc_desktop.usecases.today import today_view


def test_the_view_of_the_district(district: Store, today: date) -> None:
    view = today_view(district, today)
    assert view.people == 1200
    assert {one.rule: one.terms.overdue for one in view.courses} == {"bohan.courses": 17, "ru.courses": 45}
    assert (view.questions, view.copy) == (12, None)
    assert view.plan_overdue is not None
    last = "2026-11-26"
    assert all(today.isoformat() <= event.day <= last for event in view.coming)
    assert {event.tab for event in view.coming} == {"attestation", "plan"}
