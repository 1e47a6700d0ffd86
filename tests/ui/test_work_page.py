"""The tab «Методработа» on a real database: three journals, chips, the jump to a person, following changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from db.schema.base import new_id
from db.schema.work import Consultation, LessonVisit, Membership, WorkGroup
from db.store import Store
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.staff_edit import add_person, delete_people
from imc_desktop.usecases.staff_input import JobInput, PersonInput
from ui.context import Context, Message
from ui.main_window import MainWindow
from ui.preview.window import PreviewWindow
from ui.registry import PAGES, ActionSpec
from ui.staff.page import StaffPage
from ui.work.page import WorkPage

TABS = tuple(spec for spec in PAGES if spec.key in ("staff", "work"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = create_office(tmp_path / "работа.imc", "bohan", {})
    yield opened
    opened.close()


@pytest.fixture
def journals(store: Store, today: date) -> tuple[str, str]:
    school = JobInput(post="учитель", organisation="МБОУ «СОШ № 5»")
    garden = JobInput(post="воспитатель", organisation="МБДОУ «Детский сад № 1 «Теремок»»")
    head = add_person(store, PersonInput("Иванова", "Мария", "Петровна"), today, school)
    other = add_person(store, PersonInput("Абрамова", "Вера", "Ильинична"), today, garden)
    with store.change("Журналы") as session:
        group = WorkGroup(id=new_id(), title="РМО учителей химии", year=2026)
        session.add(group)
        session.flush()
        session.add(Membership(id=new_id(), group_id=group.id, person_id=other))
        session.add(Membership(id=new_id(), group_id=group.id, person_id=head, role="руководитель"))
        session.add(Consultation(id=new_id(), day="2026-09-04", person_id=head, topic="ФГОС", methodist="Вебер Е.С."))
        session.add(
            Consultation(id=new_id(), day="2026-10-04", who="Сомова В И", topic="Курсы", methodist="Ясина Л.Г.")
        )
        session.add(
            LessonVisit(id=new_id(), day="2026-10-05", person_id=other, subject="химия", klass="8А", topic="Соли")
        )
    return head, other


@pytest.fixture
def asked() -> list[str]:
    """Which of the window's actions the page has asked for."""
    return []


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store, asked: list[str]) -> MainWindow:
    actions = [
        ActionSpec(key, "Файл", key, "file-import", lambda key=key: asked.append(key))
        for key in ("import", "questions")
    ]
    made = MainWindow(ctx, actions, TABS)
    qtbot.addWidget(made)
    ctx.attach(store)
    made.resize(QSize(1366, 768))
    made.show_pages("work")
    made.show()
    qtbot.waitExposed(made)
    return made


def page_of(window: MainWindow) -> WorkPage:
    page = window.page("work")
    assert isinstance(page, WorkPage)
    return page


def test_empty_journals_offer_the_import(window: MainWindow, asked: list[str]) -> None:
    page = page_of(window)
    for key in ("members", "consultations", "visits"):
        page.views.button(key).click()
        assert page.journal.views.currentIndex() == 1
    page.import_button.click()
    assert asked == ["import"]


def test_members_stand_under_their_group_head_first(journals: tuple[str, str], window: MainWindow) -> None:
    page = page_of(window)
    rows = page.journal.table.rows
    assert [rows.text_at(line, 0) for line in range(rows.rowCount())] == [
        "▾  РМО учителей химии · 2",
        "Иванова Мария Петровна",
        "Абрамова Вера Ильинична",
    ]
    assert [page.views.button(key).text() for key in ("members", "consultations", "visits")] == [
        "РМО · 1",
        "Консультации · 2",
        "Посещения уроков · 1",
    ]


def test_each_journal_keeps_its_own_filter(journals: tuple[str, str], window: MainWindow) -> None:
    page = page_of(window)
    page.views.button("consultations").click()
    assert page.unsure.text() == "○ не ясно, кто это: 1. Ответить…"
    page.journal.filter.search.setText("фгос")
    assert page.journal.filter.counter.text() == "показано 1 из 2"
    page.views.button("visits").click()
    assert page.journals["visits"].filter.search.isVisible()
    assert not page.journals["consultations"].filter.search.isVisible()
    assert page.journal.filter.counter.text() == "показано 1 из 1"
    page.views.button("consultations").click()
    assert page.journal.filter.search.text() == "фгос"
    page.journal.filter.clear()
    page.journal.second.choose("Ясина Л.Г.")
    assert [row.person for row in page.journal.table.rows.shown_rows()] == ["Сомова В И"]


def test_enter_opens_the_person_and_asks_who_is_unsure(
    journals: tuple[str, str], window: MainWindow, qtbot: QtBot, ctx: Context, asked: list[str]
) -> None:
    page = page_of(window)
    told: list[Message] = []
    ctx.bus.message.connect(told.append)
    page.show_journal("consultations")
    table = page.journal.table
    table.setCurrentIndex(table.rows.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    told[-1].actions[0].run()
    assert asked == ["questions"]
    table.setCurrentIndex(table.rows.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    staff = window.page("staff")
    assert isinstance(staff, StaffPage)
    assert window.current_key == "staff"
    assert staff.table.current().surname == "Иванова"


def test_journals_follow_changes_and_undo(
    journals: tuple[str, str], window: MainWindow, store: Store, ctx: Context
) -> None:
    page = page_of(window)
    delete_people(store, [journals[1]])
    assert page.journal.table.rows.total == 1
    ctx.undo()
    assert page.journal.table.rows.total == 2


def test_records_can_be_jumped_to(journals: tuple[str, str], window: MainWindow) -> None:
    page = page_of(window)
    visit = page.journals["visits"].table.rows.row_at(0).id
    assert page.open_record("lesson_visit", visit)
    assert page.views.key == "visits"
    assert not page.open_record("person", visit)


def test_every_journal_prints_what_is_shown(journals: tuple[str, str], window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    for key, kind, records in (
        ("members", "associations", 2),
        ("consultations", "consultations", 1),
        ("visits", "lesson-visits", 1),
    ):
        page.views.button(key).click()
        if key == "consultations":
            page.journal.filter.search.setText("фгос")
        page.preview()
        preview = window.findChildren(PreviewWindow)[-1]
        qtbot.waitUntil(lambda preview=preview: preview.paper is not None)
        assert (preview.paper.kind, preview.paper.records) == (kind, records)  # type: ignore[union-attr]
        preview.close()
