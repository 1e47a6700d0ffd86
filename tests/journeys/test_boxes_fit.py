"""Every box a person may open from the window: it fits the screen, nothing in it is cut off, F1 has a page for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from imc_desktop.paths import resources
from tests.journeys.conftest import Person, Program
from tests.journeys.looks import faults
from ui.attestation.dialogs import CaseDialog, ResultDialog
from ui.common.dialog import FormDialog
from ui.copies.copy_dialog import CopyDialog
from ui.copies.restore_dialog import RestoreDialog
from ui.courses.dialogs import CoursePlanDialog, TrainingDialog
from ui.help.boxes import AboutDialog, KeysDialog, LicencesDialog
from ui.help.places import help_page_of
from ui.imports.dialog import ImportDialog
from ui.imports.questions import QuestionsDialog
from ui.plan.dialogs import ApproveDialog, ItemDialog, SectionDialog, TextsDialog
from ui.update.dialog import UpdateDialog
from ui.wizard.wizard import Wizard

Start = Callable[..., Program]
Open = Callable[[Program], object]
PAPERS = ("02_kadry_po_shkolam.xlsx", "07_zhurnal_kursov_2023-2026.xlsx")


def reads_well(box: QDialog) -> None:
    """The box as it stands now."""
    QApplication.processEvents()
    room = box.screen().availableGeometry()
    assert box.width() <= room.width(), box.windowTitle()
    assert box.height() <= room.height(), box.windowTitle()
    assert faults(box) == []
    assert help_page_of(box)


def look_and_leave(box: QDialog) -> None:
    jobs = getattr(box, "jobs", None)
    while jobs is not None and jobs.busy:  # what it does as it opens
        QTest.qWait(20)
    reads_well(box)
    box.reject()


def leaf_through(wizard: Wizard) -> None:
    for step in range(5):
        assert wizard.step == step
        reads_well(wizard)
        if step < 4:
            wizard.go_on()
    wizard.reject()


def through_import(program: Program) -> Callable[[ImportDialog], None]:
    def script(box: ImportDialog) -> None:
        for step in range(4):
            program.wait()
            assert box.step == step
            reads_well(box)
            box.go_on()

    return script


def trigger(key: str) -> Open:
    return lambda program: program.trigger(key)


def press(tab: str, button: str, view: str = "") -> Open:
    def run(program: Program) -> None:
        page = program.page(tab)
        if view:
            page.views.button(view).click()
        program.wait()
        place: Any = page
        for name in button.split("."):
            place = getattr(place, name)
        place.click()

    return run


def next_plan(verb: str) -> Open:
    def run(program: Program) -> None:
        page = program.page("plan")
        page._next_year()
        program.wait()
        getattr(page.deeds, verb)()

    return run


BOXES: list[tuple[type[QDialog], Open]] = [
    (QuestionsDialog, trigger("questions")),
    (CopyDialog, trigger("copy")),
    (RestoreDialog, trigger("restore")),
    (UpdateDialog, trigger("update")),
    (TrainingDialog, press("courses", "add")),
    (CoursePlanDialog, press("courses", "add", "plan")),
    (CaseDialog, press("attestation", "add")),
    (ResultDialog, lambda program: first_result(program)),  # noqa: PLW0108 - defined below
    (TextsDialog, next_plan("edit_texts")),
    (SectionDialog, next_plan("add_section")),
    (ApproveDialog, lambda program: (program.page("plan")._next_year(), program.page("plan")._approve())),
    (ItemDialog, lambda program: (program.page("plan")._next_year(), program.page("plan")._add())),
]


def first_result(program: Program) -> None:
    page = program.page("attestation")
    page.views.button("cases").click()
    program.wait()
    page.deeds.record_result(page.cases.table.current() or page.cases.table.rows.shown_rows()[0])


@pytest.mark.parametrize("scale", [100, 125])
def test_every_box_fits_and_reads_well(example: Path, start: Start, person: Person, scale: int) -> None:
    program = start(example, scale)
    for kind, run in BOXES:
        person.will(kind, look_and_leave)
        run(program)
        assert not person.scripts, f"{kind.__name__} never came"


def test_the_wizard_reads_well(start: Start, person: Person) -> None:
    program = start()
    person.will(Wizard, leaf_through)
    program.trigger("new")


def test_the_import_reads_well(example: Path, start: Start, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    program = start(example)
    papers = [str(resources() / "demo" / name) for name in PAPERS]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (papers, ""))
    person.will(ImportDialog, through_import(program))
    program.trigger("import")


def test_the_boxes_of_a_card_read_well(example: Path, start: Start) -> None:
    program = start(example, 125)
    page = program.page("staff")
    row = page.table.rows.shown_rows()[0]
    facts = ("employment", "category", "training", "education", "experience", "award")
    opens: list[Callable[[], object]] = [page.deeds.add, lambda: page.deeds.edit(row.id), page.tools.day.click]
    opens += [partial(page.deeds.fact, row.id, table, "") for table in facts]
    for run in opens:
        run()
        program.wait()
        boxes: list[FormDialog] = [*program.window.findChildren(FormDialog)]
        box = next(one for one in boxes if one.isVisible())
        look_and_leave(box)
        QApplication.processEvents()


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_boxes_to_read_fit_at_large_type(example: Path, start: Start, scheme: str) -> None:
    program = start(example, 125)
    program.ctx.theme.set_scheme(scheme)
    for kind, key in ((KeysDialog, "keys"), (AboutDialog, "about")):
        program.trigger(key)
        box = next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())
        reads_well(box)
        box.close()
    box = LicencesDialog(program.ctx, program.window)
    box.show()
    reads_well(box)
    box.close()
