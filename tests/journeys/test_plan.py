"""Approving the plan and printing it: what stands against it, the box, closed afterwards, the same bytes for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish
from tests.conftest import TODAY
from tests.journeys.conftest import Person, Program, press
from ui.plan.dialogs import ApproveDialog, ItemDialog
from ui.preview.window import PreviewWindow

Start = Callable[..., Program]
YEAR = 2026


def preview_of(program: Program, page: Any, qtbot: QtBot) -> PreviewWindow:
    """The preview as «Печать» opens it, with its pages there."""
    page.preview()
    windows: list[PreviewWindow] = [*program.window.findChildren(PreviewWindow)]
    shown = [one for one in windows if one.isVisible()]
    assert len(shown) == 1
    qtbot.waitUntil(lambda: shown[0].paper is not None, timeout=15_000)
    return shown[0]


def save_pdf(preview: PreviewWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    preview.save_pdf()
    return path.read_bytes()


def test_from_readiness_to_the_same_bytes(
    example: Path, start: Start, person: Person, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(example)
    page = program.page("plan")
    assert page.plan is not None
    items = len(page.plan.items)
    # A draft is marked, and may be edited.
    draft = preview_of(program, page, qtbot)
    assert draft.paper is not None
    assert draft.paper.draft
    draft.close()

    def rename(box: ItemDialog) -> None:
        box.form.set_values({"title": "Заседание методического совета (расширенное)"})
        press(box, "Сохранить")

    line = next(one for one in page.table.rows.shown_rows() if one.item is not None)
    person.will(ItemDialog, rename)
    page.deeds.edit(line)
    assert program.window.status.saved.text()
    # Approval asks for numbers and days, and cannot be undone.
    person.will(ApproveDialog, approve)
    page._approve()
    assert "утверждён" in program.said
    assert page.plan.approved
    assert not program.window.actions_by_key["undo"].isEnabled()
    # Closed: only marks.
    for deed in (page.deeds.edit_texts, lambda: page.deeds.copy(line), lambda: page.deeds.delete([line])):
        program.window.strip.clear()
        deed()
        assert "План утверждён" in program.said
    assert len(page.plan.items) == items
    page.deeds.mark(next(one for one in page.table.rows.shown_rows() if one.item is not None))
    # Printed twice, the second time after a restart: the same bytes as the stored ones.
    first = save_pdf(preview_of(program, page, qtbot), tmp_path / "план.pdf", monkeypatch)
    assert first.startswith(b"%PDF")
    program.close()
    again = start(example)
    second = save_pdf(preview_of(again, again.page("plan"), qtbot), tmp_path / "план 2.pdf", monkeypatch)
    assert first == second
    assert first == make(again.ctx.store, "annual-plan", Wish(YEAR, TODAY.replace(year=2029)))


def approve(box: ApproveDialog) -> None:
    box.form.set_values({"approved_date": "2026-08-31", "order": "54", "order_date": "2026-08-31"})
    box.verb.click()
    if box.isVisible():  # a warning is overridden by pressing again
        box.verb.click()
    assert not box.isVisible(), box.message.text()


def test_changing_ones_mind_approves_nothing(example: Path, start: Start, person: Person) -> None:
    program = start(example)
    page = program.page("plan")
    number = program.ctx.store.change_counter()
    person.will(ApproveDialog, lambda box: box.cancel.click())
    page._approve()
    assert program.ctx.store.change_counter() == number
    assert not page.plan.approved


def test_what_stands_against_printing_leads_to_the_item(example: Path, start: Start, person: Person) -> None:
    program = start(example)
    page = program.page("plan")
    line = next(one for one in page.table.rows.shown_rows() if one.item is not None)

    def spoil(box: ItemDialog) -> None:
        box.form.set_values({"responsible": "", "term": ""})
        box.verb.click()
        if box.isVisible():
            box.verb.click()

    person.will(ItemDialog, spoil)
    page.deeds.edit(line)
    assert any(problem.where == line.item.id for problem in page.findings)
    page.header.views.choose("people")
    assert page.go_to(line.item.id)
    assert page.table.current().item.id == line.item.id


def test_a_preview_closed_while_it_is_being_made_is_no_trouble(example: Path, start: Start) -> None:
    program = start(example)
    program.page("plan").preview()
    windows: list[PreviewWindow] = [*program.window.findChildren(PreviewWindow)]
    assert len(windows) == 1
    windows[0].reject()
    program.wait()
    assert program.said == ""


def test_approval_is_not_one_careless_enter(example: Path, start: Start, person: Person, qtbot: QtBot) -> None:
    program = start(example)
    page = program.page("plan")

    def press_enter(box: ApproveDialog) -> None:
        QTest.keyClick(box.focusWidget() or box, Qt.Key.Key_Return)
        assert box.isVisible()
        box.reject()

    person.will(ApproveDialog, press_enter)
    page.deeds.approve(0)
    assert not page.plan.approved
