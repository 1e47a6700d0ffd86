from __future__ import annotations

import random

import pytest

from imc_desktop.documents.annual_plan import AnnualPlanContent, PlanItem, PlanSection
from imc_desktop.documents.samples import annual_plan_sample

_WORDS = (
    "мониторинг",
    "семинар",
    "педагогов",
    "района",
    "методический",
    "совет",
    "анализ",
    "результатов",
    "наставничество",
    "конкурс",
)


def make_plan(items: int, *, per_section: int = 10, seed: int = 1) -> AnnualPlanContent:
    """A plan of so many invented items."""
    chance = random.Random(seed)
    sections = []
    for first in range(0, items, per_section):
        number = first // per_section + 1
        lines = tuple(
            PlanItem(
                f"item-{at}",
                f"{number}.{at - first + 1}.",
                " ".join(chance.choices(_WORDS, k=chance.randint(2, 15))).capitalize(),
                chance.choice(["август", "сентябрь-май", "ежеквартально, до 10 числа"]),
                responsible=chance.choice(["Ясинская Л.Г., Вебер Е.С.", "методисты ИМЦ", "Озерская М.П"]),
            )
            for at in range(first, min(first + per_section, items))
        )
        sections.append(PlanSection(f"{number}. Направление деятельности", lines, key=f"section-{number}"))
    base = annual_plan_sample()
    return AnnualPlanContent(
        title=base.title,
        header=base.header,
        approvals=base.approvals,
        sections=tuple(sections),
        signatures=base.signatures,
        executor=base.executor,
    )


@pytest.fixture(scope="session")
def plan_500() -> AnnualPlanContent:
    return make_plan(500)
