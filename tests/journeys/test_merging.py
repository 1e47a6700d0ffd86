"""Two computers and a stick, in the real window: what is offered, taken in, taken back, decided, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.schema.work import PlanItem
from db.volumes import STICKS
from imc_desktop.usecases.conflict_marks import conflict_count
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.merging import merge_copy
from tests.conftest import TODAY
from tests.journeys.conftest import PATIENCE_MS, Person, Program, press
from tests.usecases.plan_maker import put_plan
from tests.usecases.test_merging import NOW, Pair
from ui.copies.restore_dialog import RestoreDialog
from ui.merging.cards import ConflictsDialog
from ui.merging.copy_choice import CopyChoice
from ui.merging.dialog import PREVIEW, RESULT, MergeDialog
from ui.plan.dialogs import ApproveDialog

Start = Callable[..., Program]
OFFER = "На флешке 1 изменение с ПК-2, принять?"


@pytest.fixture
def begin(
    start: Start, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], tuple[Program, Pair]]]:
    """The window on the office's database, and the other computer with its stick."""
    made: list[Pair] = []

    def run(database: Path = office) -> tuple[Program, Pair]:
        program = start(database)
        made.append(Pair(program.ctx.store, tmp_path))
        monkeypatch.setenv(STICKS, str(made[0].stick))
        return program, made[0]

    yield run
    for pair in made:
        pair.there.close()


def look(program: Program) -> None:
    """The five seconds are over."""
    program.window.strip.clear()
    program.desk.merging.look()
    program.wait()


def take_in(qtbot: QtBot) -> Callable[[MergeDialog], None]:
    def script(box: MergeDialog) -> None:
        qtbot.waitUntil(lambda: box.step == PREVIEW and not box.jobs.busy, timeout=PATIENCE_MS)
        box.verb.click()
        qtbot.waitUntil(lambda: box.step == RESULT, timeout=PATIENCE_MS)
        box.verb.click()

    return script


def take_in_by_enter(qtbot: QtBot) -> Callable[[MergeDialog], None]:
    def script(box: MergeDialog) -> None:
        qtbot.waitUntil(lambda: box.step == PREVIEW and not box.jobs.busy, timeout=PATIENCE_MS)
        table = box.preview_page.table
        qtbot.waitUntil(table.hasFocus)
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(table, held)
        QApplication.processEvents()
        assert box.step == PREVIEW, "the key that compared is still held down"
        assert not box.jobs.busy
        QTest.keyClick(table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: box.step == RESULT, timeout=PATIENCE_MS)
        box.verb.click()

    return script


def disagree(pair: Pair, **values: str) -> None:
    """One field of the first person changed on both sides, taken in here."""
    pair.edit(pair.here, 0, **{name: f"наше {value}" for name, value in values.items()})
    pair.edit(pair.there, 0, **{name: f"их {value}" for name, value in values.items()})
    merge_copy(pair.here, pair.copy(TODAY), today=TODAY, now=NOW)


def people_shown(program: Program) -> set[str]:
    table = program.page("staff").table
    return {table.rows.text_at(line, 0) for line in range(table.rows.shown)}


def test_what_a_stick_brings_is_offered_taken_in_and_taken_back(
    begin: Callable[..., tuple[Program, Pair]], person: Person
) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    pair.copy(TODAY)
    look(program)
    assert program.said == OFFER
    person.will(MergeDialog, take_in(person.qtbot))
    program.follow("Посмотреть")
    assert people_shown(program) == {"Белова Анна Ивановна", "Ясная Анна Ивановна"}
    program.trigger("undo")
    assert people_shown(program) == {"Абрамова Анна Ивановна", "Белова Анна Ивановна"}


def test_enter_in_the_list_of_changes_takes_them_in(begin: Callable[..., tuple[Program, Pair]], person: Person) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    pair.copy(TODAY)
    look(program)
    person.will(MergeDialog, take_in_by_enter(person.qtbot))
    program.follow("Посмотреть")
    assert "Ясная Анна Ивановна" in people_shown(program)


def test_later_is_respected_until_the_stick_comes_back(
    begin: Callable[..., tuple[Program, Pair]], monkeypatch: pytest.MonkeyPatch
) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    pair.copy(TODAY)
    look(program)
    program.follow("Позже")
    look(program)
    assert program.said == ""
    monkeypatch.setenv(STICKS, "")
    look(program)
    monkeypatch.setenv(STICKS, str(pair.stick))
    look(program)
    assert program.said == OFFER


def test_an_offer_waits_until_other_news_were_read(begin: Callable[..., tuple[Program, Pair]]) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    pair.copy(TODAY)
    program.ctx.tell("Важное", "warning")
    program.desk.merging.look()
    program.wait()
    assert program.said == "Важное"
    look(program)
    assert program.said == OFFER


def test_an_example_is_never_offered_anything(begin: Callable[..., tuple[Program, Pair]], example: Path) -> None:
    program, pair = begin(example)
    pair.edit(pair.there, 0, phone="8-22")
    pair.copy(TODAY)
    look(program)
    assert program.said == ""


def test_a_dropped_copy_can_be_compared(begin: Callable[..., tuple[Program, Pair]], person: Person) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    person.will(CopyChoice, lambda box: box.compare.click())
    person.will(MergeDialog, take_in(person.qtbot))
    program.desk.take_files([pair.copy(TODAY)])
    assert "Ясная Анна Ивановна" in people_shown(program)


def test_who_goes_back_to_a_copy_is_offered_to_compare(
    begin: Callable[..., tuple[Program, Pair]], person: Person
) -> None:
    program, pair = begin()
    pair.edit(pair.there, 0, surname="Ясная")
    copy = pair.copy(TODAY)

    def rather_merge(box: RestoreDialog) -> None:
        box.verb.click()
        person.qtbot.waitUntil(lambda: box.merge.isVisible() and box.merge.isEnabled(), timeout=PATIENCE_MS)
        box.merge.click()

    person.will(CopyChoice, lambda box: box.restore.click())
    person.will(RestoreDialog, rather_merge)
    person.will(MergeDialog, take_in(person.qtbot))
    program.desk.take_files([copy])
    assert "Ясная Анна Ивановна" in people_shown(program)


def test_conflicts_are_counted_everywhere_until_they_are_decided(
    begin: Callable[..., tuple[Program, Pair]], person: Person
) -> None:
    program, pair = begin()
    action, status = program.window.actions_by_key["conflicts"], program.window.status.conflicts
    assert (action.text(), status.isVisible()) == ("Расхождения…", False)
    disagree(pair, phone="8-22", note="слово")
    assert action.text() == "Расхождения (2)…"
    assert status.text() == "≠ Расхождений: 2"
    assert people_shown(program) == {"≠ Абрамова Анна Ивановна", "Белова Анна Ивановна"}
    assert program.page("start").links["conflicts"].text() == "≠ 2 расхождения копий ждут решения"

    def decide(box: ConflictsDialog) -> None:
        box.page.press(1)
        box.page.press(2)
        box.accept()

    person.will(ConflictsDialog, decide)
    status.click()
    assert conflict_count(pair.here) == 0
    assert (action.text(), status.isVisible()) == ("Расхождения…", False)
    assert people_shown(program) == {"Абрамова Анна Ивановна", "Белова Анна Ивановна"}
    assert "conflicts" not in program.page("start").links


def test_a_plan_waits_for_its_conflicts(begin: Callable[..., tuple[Program, Pair]], person: Person) -> None:
    program, pair = begin()
    ids = put_plan(pair.here)
    merge_copy(pair.there, copy_to(pair.here, pair.stick, today=TODAY, now=NOW).path, today=TODAY, now=NOW)
    for store, term in ((pair.here, "октябрь"), (pair.there, "ноябрь")):
        with store.change("Срок") as session:
            session.get_one(PlanItem, ids["Консультации"]).term = term
    disagree(pair, phone="8-22")
    page = program.page("plan")
    page.preview()
    assert "расхождения копий" in program.said
    program.window.strip.clear()
    page.deeds.approve(0)
    assert "расхождения копий" in program.said
    seen: list[int] = []

    def decide(box: ConflictsDialog) -> None:
        seen.append(len(box.page.conflicts))
        press(box, "&Оставить наше")
        box.accept()

    person.will(ConflictsDialog, decide)
    program.follow("Разобрать")
    assert seen == [1], "those of the plan only"
    person.will(ApproveDialog, lambda box: box.reject())
    page.deeds.approve(0)
