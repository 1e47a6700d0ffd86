"""Editing a course in one tab: the other tabs follow, Ctrl+Z takes it back everywhere, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from imc_desktop.usecases.courses import trainings
from imc_desktop.usecases.staff_card import person_card
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program
from ui.common.dialog import Dialog
from ui.courses.dialogs import TrainingDialog
from ui.staff.dialogs import FactDialog

Start = Callable[..., Program]
ENDS = TODAY - timedelta(days=10)


def write_course(box: TrainingDialog) -> None:
    box.form.set_values({"title": "Работа с текстом", "hours": 144, "ends": ENDS.isoformat()})
    box.verb.click()
    assert not box.isVisible(), box.message.text()


def count(program: Program, person_id: str) -> int:
    return len(trainings(program.ctx.store, TODAY, person_id))


def overdue(program: Program) -> Any:
    """The first person of «Кому пора»."""
    return program.page("courses").due.table.rows.shown_rows()[0]


def categories(program: Program, person_id: str) -> set[str]:
    card = person_card(program.ctx.store, person_id, TODAY)
    assert card is not None
    return {one.id for one in card.categories}


def test_a_course_written_in_one_tab_is_seen_in_all(example: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(example)
    row = overdue(program)
    before = count(program, row.person_id)
    staff = program.page("staff")
    assert staff.show_person(row.person_id)
    courses: Any = program.page("courses")
    called = courses.due.table.rows.shown
    assert courses.due.table.current() == row
    list_of_called = courses.due.table
    assert program.window.focusWidget() is list_of_called, "Alt+3 puts the cursor into the list"
    person.will(TrainingDialog, write_course)
    program.key(Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier)
    # The list of those who are called is shorter, «Кадры» shows the course, without anything being pressed.
    assert count(program, row.person_id) == before + 1
    assert courses.due.table.rows.shown < called
    staff = program.page("staff")
    assert len(staff.card.person.trainings) == before + 1
    assert staff.card.person.trainings[0].title == "Работа с текстом"
    # Taken back from another tab; both follow.
    label = program.ctx.store.undo_label
    program.key(Qt.Key.Key_Z)
    assert program.said == f"Отменено: {label}"
    assert len(staff.card.person.trainings) == before
    assert program.page("courses").due.table.rows.shown == called


def test_ctrl_z_still_works_after_closing_and_opening(
    example: Path, start: Start, person: Person, qtbot: QtBot
) -> None:
    program = start(example)
    row = overdue(program)
    before = count(program, row.person_id)
    person.will(TrainingDialog, write_course)
    program.page("courses").due.table.requestedNew.emit()
    program.close()
    again = start(example)
    assert count(again, row.person_id) == before + 1
    again.key(Qt.Key.Key_Z)
    assert count(again, row.person_id) == before
    again.follow("Повторить")
    assert count(again, row.person_id) == before + 1


def test_a_category_written_in_the_card_moves_the_attestation(example: Path, start: Start, qtbot: QtBot) -> None:
    program = start(example)
    attestation = program.page("attestation")
    staff = program.page("staff")
    row = next(one for one in staff.table.rows.shown_rows() if "истекла" in staff_words(staff, one))
    assert staff.show_person(row.id)
    known = categories(program, row.id)
    staff.card.requestedFact.emit("category", "")
    box = opened(program.window, FactDialog)
    box.form.set_values({"category": "первая", "post": "учитель",
                         "decision_date": ENDS.isoformat(), "act_number": "77"})  # fmt: skip
    box.verb.click()
    assert not box.isVisible(), box.message.text()
    assert len(categories(program, row.id)) == len(known) + 1
    assert "первая" in staff_words(staff, staff.table.current())
    assert attestation.stale, "the calendar is read anew when it is looked at"
    program.page("attestation")
    assert not attestation.stale
    program.key(Qt.Key.Key_Z)
    assert categories(program, row.id) == known


def staff_words(staff: Any, row: Any) -> str:
    """The line of a person as the list shows it."""
    model = staff.table.rows
    line = model.layout_of_rows.line_of(row.id)
    return " ".join(str(model.index(line, column).data() or "") for column in range(model.columnCount()))


def opened(window: QWidget, kind: type[Dialog]) -> Any:
    """The box that stands open."""
    boxes: list[QDialog] = [*window.findChildren(QDialog)]
    found = [one for one in boxes if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]
