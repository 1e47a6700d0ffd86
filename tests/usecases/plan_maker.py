"""An invented office and plan written into a database as an import would write them."""

from __future__ import annotations

import json

from db.schema.base import new_id
from db.schema.office import Office
from db.schema.work import Approval, Plan, PlanItem, PlanSection
from db.store import Store

ITEMS = (
    ("1. Организационная работа", "1.1.", "Утверждение плана работы", "август", "Снежинская В.И."),
    (
        "1. Организационная работа",
        "1.2.",
        "Заседание методического совета",
        "ежеквартально, до 10 числа",
        "Вебер Е.С., Снежинская В.И.",
    ),
    ("1. Организационная работа", "1.3.", "Консультации", "по запросу", "методисты"),
    ("2. Повышение квалификации", "2.1.", "Практикум по цифровым инструментам", "III неделя октября", "Вебер Е.С."),
    ("2. Повышение квалификации", "2.2.", "Сопровождение молодых педагогов", "в течение года", "Вебер Е.С."),
)


def put_office(store: Store, profile: str = "bohan", **answers: str) -> None:
    with store.change("Учреждение") as session:
        session.add(
            Office(
                id=new_id(),
                profile=profile,
                short_name="ИМЦ",
                full_name="МКУ «ИМЦ» Ключегорского района",
                genitive="МКУ «ИМЦ» Ключегорского района",
                answers=json.dumps(answers, ensure_ascii=False),
            )
        )


def put_plan(
    store: Store,
    items: tuple[tuple[str, str, str, str, str], ...] = ITEMS,
    year: int = 2026,
    kind: str = "annual",
    period: str = "",
    approvals: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> dict[str, str]:
    """The plan's id under "plan", every item's id under its title."""
    ids = {"plan": new_id()}
    with store.change("Импорт") as session:
        session.add(Plan(id=ids["plan"], kind=kind, year=year, period=period))
        session.flush()
        for number, title in enumerate(dict.fromkeys(item[0] for item in items), 1):
            ids[title] = new_id()
            session.add(PlanSection(id=ids[title], plan_id=ids["plan"], title=title, position=number))
        session.flush()
        for position, (section, number_text, title, term, responsible) in enumerate(items, 1):
            ids[title] = new_id()
            session.add(
                PlanItem(
                    id=ids[title], plan_id=ids["plan"], section_id=ids[section], position=position, number=number_text,
                    title=title, term=term, responsible=responsible,
                )
            )  # fmt: skip
        for position, (side, lines) in enumerate(approvals):
            session.add(
                Approval(
                    id=new_id(),
                    plan_id=ids["plan"],
                    side=side,
                    position=position,
                    lines=json.dumps(lines, ensure_ascii=False),
                )
            )
    return ids
