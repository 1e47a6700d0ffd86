"""The grid of the cyclogram on a real widget: side by side or under each other, never to and fro."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imc_desktop.domain.plan import ItemState
from imc_desktop.usecases.plan_views import CYCLOGRAM, ItemView, PlanView, SectionView
from ui.context import Context
from ui.plan.cyclogram_grid import FIRST, NARROWEST, CyclogramGrid

MONTHS = 6
ENOUGH = 20  # fillings of a grid that swings have no end


def meeting(number: int, section: str, month: int) -> ItemView:
    day = date(2026, month, 1)
    return ItemView(
        id=str(number), section_id=section, section=section, subsection="", number="", title=f"Совещание с заместителями директоров школ № {number}",
        term="", time="", spans=((day, day),), recurrence=None, understood=None, term_short="", responsible="",
        place="", participants="", expected="", written_mark="", occurrences=(), state=ItemState.AHEAD, mark="",
        paper_mark="",
    )  # fmt: skip


@pytest.fixture
def plan() -> PlanView:
    items = [meeting(number, "Методическая работа", 1) for number in range(8)]
    items += [meeting(10 + month, "Аналитика", month) for month in range(1, MONTHS + 1)]
    sections = (SectionView("Методическая работа", "Методическая работа"), SectionView("Аналитика", "Аналитика"))
    return PlanView("план", CYCLOGRAM, 2026, "", "Циклограмма", "", "", sections, tuple(items))


def test_the_grid_comes_to_rest_at_every_size(
    qtbot: QtBot, ctx: Context, plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[int] = []
    fill = CyclogramGrid._fill

    def counted(grid: CyclogramGrid) -> None:
        filled.append(1)
        if len(filled) < ENOUGH:
            fill(grid)

    monkeypatch.setattr(CyclogramGrid, "_fill", counted)
    grid = CyclogramGrid(ctx.theme)
    qtbot.addWidget(grid)
    grid.show()
    grid.show_plan(plan, date(2026, 11, 20))
    turn = FIRST + NARROWEST * MONTHS
    for width in range(turn - 2, turn + 30, 3):
        for height in range(200, 700, 25):
            grid.resize(width, height)
            filled.clear()
            for _ in range(5):
                QApplication.processEvents()
            assert len(filled) <= 2, f"{width}×{height}"
    assert not grid.tall
