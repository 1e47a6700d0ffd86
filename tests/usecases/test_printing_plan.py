"""The plan on paper: drafts, the approval and its frozen bytes, sheets."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select, text

from db.schema.work import IssuedDocument
from db.store import Store
from imc_desktop.documents.annual_plan import AnnualPlanContent
from imc_desktop.documents.parts import ApprovalBlock
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.plan import Mark
from imc_desktop.usecases import exporting, plan
from imc_desktop.usecases.plan_content import ApprovalFacts, fill_blanks
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.wish import Wish
from tests.usecases.plan_maker import put_office, put_plan

KIND = "annual-plan"
OWN_BLOCKS = (
    (
        "left",
        ("СОГЛАСОВАНО", "Начальник управления образования", "_____________ А.А. Каменский", "«___»___________2026 г."),
    ),
    (
        "right",
        ("УТВЕРЖДАЮ", "Директор МКУ «ИМЦ»", "_____________ М.П. Озерская", "Приказ № ____ от «___» августа 2026г."),
    ),
)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).split())


def test_a_draft_says_so_and_is_the_same_twice(store: Store, today: date) -> None:
    put_office(store)
    put_plan(store)
    first = printing.make(store, KIND, Wish(2026, today))
    assert first == printing.make(store, KIND, Wish(2026, today))
    words = words_of(first)
    assert "ПРОЕКТ" in words
    assert "ПЛАН РАБОТЫ МКУ «ИМЦ» Ключегорского района на 2026/2027 учебный год" in words
    assert "УТВЕРЖДАЮ Начальник управления образования" in words
    assert "Практикум по цифровым" in words
    assert "Ожидаемый результат" not in words
    assert "Заведующий" in words


def test_the_approved_plan_prints_from_its_stored_bytes(store: Store, today: date) -> None:
    put_office(store)
    ids = put_plan(store)
    plan.approve(store, 2026, today=today, approved_date="2026-08-31", order="54", order_date="2026-08-31")
    printed = printing.make(store, KIND, Wish(2026, today))
    words = words_of(printed)
    assert "ПРОЕКТ" not in words
    assert "31 августа 2026 г." in words
    assert "№ 54" in words
    plan.mark_occurrence(store, ids["Утверждение плана работы"], "2026-08-01", Mark.DONE)
    with store.change("Другое имя") as session:
        session.execute(text("UPDATE office SET genitive = 'совсем другого учреждения'"))
    assert printing.make(store, KIND, Wish(2026, date(2029, 1, 1))) == printed
    with store.read() as session:
        issued = session.scalars(select(IssuedDocument)).one()
    assert issued.pdf_sha256 == hashlib.sha256(printed).hexdigest()
    assert issued.issued_on == "2026-08-31"
    content = AnnualPlanContent.from_json(issued.content)
    assert hashlib.sha256(issued.content.encode()).hexdigest() == issued.content_sha256
    assert sum(len(section.items) for section in content.sections) == 5
    assert "ПРОЕКТ" in words_of(printing.make(store, KIND, Wish(2026, today, draft=True)))


def test_marks_stand_on_the_working_copy_only(store: Store, today: date) -> None:
    ids = put_plan(store)
    plan.mark_occurrence(store, ids["Утверждение плана работы"], "2026-08-01", Mark.DONE)
    assert "исполнено" in words_of(printing.make(store, KIND, Wish(2026, today)))
    plan.approve(store, 2026, today=today)
    assert "исполнено" not in words_of(printing.make(store, KIND, Wish(2026, today)))
    assert "исполнено" in words_of(printing.make(store, KIND, Wish(2026, today, draft=True)))


def test_an_approved_plan_is_closed(store: Store, today: date) -> None:
    ids = put_plan(store)
    plan.approve(store, 2026, today=today)
    assert store.undo_label is None
    with pytest.raises(UserError, match="План утверждён на 2026/2027"):
        plan.delete_items(store, [ids["Консультации"]])
    with pytest.raises(UserError, match="План утверждён"):
        plan.add_item(store, ids["plan"], plan.ItemInput("Новое"))
    with pytest.raises(UserError, match="уже утверждён"):
        plan.approve(store, 2026, today=today)
    view = plan.plan_rows(store, 2026, today)
    assert view is not None
    assert (view.approved, view.approved_on) == (True, "2026-11-20")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"order_date": "вчера"}, "не дата"),
        ({"order_date": "2026-08"}, "не дата"),
        ({"protocol_date": "31.02.2026"}, "31.02.2026"),
    ],
)
def test_a_date_that_is_none_is_refused(store: Store, today: date, more: dict[str, str], says: str) -> None:
    put_plan(store)
    with pytest.raises(UserError, match=says):
        plan.approve(store, 2026, today=today, **more)
    assert plan.plan_rows(store, 2026, today).approved is False  # type: ignore[union-attr]


def test_no_plan_and_an_empty_plan_are_refused(store: Store, today: date) -> None:
    with pytest.raises(UserError, match="нет"):
        plan.approve(store, 2026, today=today)
    plan.new_plan(store, 2026)
    with pytest.raises(UserError, match="ни одного мероприятия"):
        plan.approve(store, 2026, today=today)
    with pytest.raises(UserError, match="ещё не утверждён"):
        printing.make(store, KIND, Wish(2026, today, draft=False))


def test_blanks_are_filled_and_the_rest_stays(store: Store, today: date) -> None:
    put_office(store)
    put_plan(store, approvals=OWN_BLOCKS)
    plan.approve(store, 2026, today=today, order="54", order_date="2026-08-31", protocol="3")
    words = words_of(printing.make(store, KIND, Wish(2026, today)))
    assert "Приказ № 54 от 31 августа 2026 г." in words
    assert "протокол № 3" in words
    assert "«___»" in words
    assert "Начальник управления образования Администрации" not in words


@pytest.mark.parametrize(
    ("lines", "facts", "expected"),
    [
        (("ПРИНЯТО", "протокол № ___", "от «___» ______ 20__ г."), {"protocol": "1", "protocol_date": "2026-08-28"},
         ("ПРИНЯТО", "протокол № 1", "от 28 августа 2026 г.")),
        (("УТВЕРЖДАЮ", "Директор", "____ М. П. Озерская", "«___» __________ 20__ г."), {"approved_date": "2026-08-31"},
         ("УТВЕРЖДАЮ", "Директор", "____ М. П. Озерская", "31 августа 2026 г.")),
        (("СОГЛАСОВАНО", "Начальник", "«___» __________ 20__ г."), {"approved_date": "2026-08-31"},
         ("СОГЛАСОВАНО", "Начальник", "«___» __________ 20__ г.")),
        (("УТВЕРЖДЁН", "приказом директора", "от «__» ____ 2026 г. № __"), {"order": "7-ОД", "order_date": "2026-09-01"},
         ("УТВЕРЖДЁН", "приказом директора", "от 1 сентября 2026 г. № 7-ОД")),
        (("УТВЕРЖДАЮ", "Приказ № 54 от «31» августа 2026г."), {"order": "55"}, ("УТВЕРЖДАЮ", "Приказ № 55 от «31» августа 2026г.")),
    ],
)  # fmt: skip
def test_places_for_numbers_and_days(lines: tuple[str, ...], facts: dict[str, str], expected: tuple[str, ...]) -> None:
    assert fill_blanks([ApprovalBlock("right", lines)], ApprovalFacts(**facts))[0].lines == expected


def test_every_kind_is_listed_and_others_are_refused(store: Store, today: date) -> None:
    assert {"kind": KIND, "title": "Годовой план работы"} in printing.print_list()
    with pytest.raises(UserError, match="Такого документа нет"):
        printing.make(store, "нечто", Wish(2026, today))


def test_printing_and_exporting_are_logged(store: Store, today: date, tmp_path: Path) -> None:
    put_office(store)
    put_plan(store)
    path = tmp_path / "план.xlsx"
    printing.make(store, KIND, Wish(2026, today))
    exporting.export(store, KIND, path, Wish(2026, today))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "1. Организационная работа" in cells
    assert "Практикум по цифровым инструментам" in cells
    with store.read() as session:
        acts = session.execute(text("SELECT act, what FROM access_log ORDER BY id")).all()
    assert [tuple(row) for row in acts] == [("print", KIND), ("export", KIND)]


def test_text_parts_stand_before_the_table(store: Store, today: date) -> None:
    ids = put_plan(store)
    texts = {
        "theme": "Профессиональный рост педагога",
        "goals": "Поддержать молодых.",
        "tasks": "1. Пары\n2. Школа",
        "analysis": " ",
    }
    plan.save_texts(store, ids["plan"], texts)
    view = plan.plan_rows(store, 2026, today)
    assert view is not None
    assert set(view.texts) == {"theme", "goals", "tasks"}
    words = words_of(printing.make(store, KIND, Wish(2026, today)))
    assert "Методическая тема: Профессиональный рост педагога" in words
    assert words.index("Поддержать молодых.") < words.index("Мероприятие")


def test_the_cyclogram_goes_with_the_plan(store: Store, today: date) -> None:
    put_plan(store)
    put_plan(store, (("Аттестация", "", "Приём заявлений", "2026-10", ""),), kind="cyclogram")
    words = words_of(printing.make(store, KIND, Wish(2026, today)))
    assert "Циклограмма" in words
    assert "Приём заявлений" in words


def test_a_month_prints_its_own_lines_and_those_of_the_annual_plan_once(store: Store, today: date) -> None:
    put_office(store)
    put_plan(store)
    own = (
        ("", "", "Практикум по цифровым инструментам", "2026-10-14", "Вебер Е.С."),
        ("", "", "Семинар", "2026-10-06", ""),
    )
    put_plan(store, own, kind="month", period="2026-10")
    paper = printing.prepare(store, "month-plan", Wish(2026, date(2026, 10, 1)))
    words = words_of(paper.pdf)
    assert "на октябрь 2026 года" in words
    assert words.count("Практикум по цифровым") == 1
    assert words.index("Семинар") < words.index("14.10.2026") < words.index("В течение месяца")
    assert [line.item.title for line in plan.agenda(store, "2026-08", today)] == ["Утверждение плана работы"]


def test_a_click_on_a_row_finds_its_item(store: Store, today: date) -> None:
    ids = put_plan(store)
    paper = printing.prepare(store, KIND, Wish(2026, today))
    place = next(place for place in paper.places if place.key == ids["Консультации"])
    assert paper.key_at(place.page, place.left + 5, place.top + 2) == ids["Консультации"]
    assert paper.key_at(9, 0, 0) == ""
