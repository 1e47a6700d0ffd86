"""Every box of the program, filled as in an office that has been working for a while: for tests of how boxes look."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from imc_desktop.domain.dates import school_year_of
from imc_desktop.domain.rights import Actor, Role
from imc_desktop.paths import resources
from imc_desktop.usecases import plan as plans
from imc_desktop.usecases import users
from imc_desktop.usecases.attestation_cases import cases
from imc_desktop.usecases.carriers import CarrierInput, add_carrier, carriers, give_carrier
from imc_desktop.usecases.copies import copy_to, local_copy
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.incidents import IncidentInput, add_incident, incidents
from imc_desktop.usecases.merging import merge_copy
from imc_desktop.usecases.signing_in import Door
from imc_desktop.usecases.staff_card import person_card
from tests.conftest import TODAY
from tests.journeys.conftest import Program
from tests.test_architecture import ROOT
from tests.usecases.test_merging import NOW, Pair
from ui.access.gate_dialog import GateDialog, SignInDialog
from ui.access.gate_dialog import UnlockDialog as LockedDialog
from ui.access.log_dialog import AccessLogDialog
from ui.access.own_dialog import OwnDialog
from ui.access.recover_dialog import RecoverDialog
from ui.access.users_dialog import EditUserDialog, NewPasswordDialog, NewUserDialog, UsersDialog, _UserForm
from ui.attestation.dialogs import CaseDialog, ResultDialog
from ui.check.dialog import CheckDialog
from ui.common.dialog import Dialog, FormDialog
from ui.common.leaving_box import LeavingBox
from ui.common.steps import StepsDialog
from ui.copies.computer_dialog import ComputerDialog
from ui.copies.copy_dialog import CopyDialog
from ui.copies.keys_dialog import CheckSheetDialog
from ui.copies.keys_dialog import KeysDialog as CopyKeysDialog
from ui.copies.new_key_dialog import NewKeyDialog
from ui.copies.restore_dialog import Deeds, RestoreDialog
from ui.copies.unlock_dialog import UnlockDialog
from ui.courses.dialogs import CoursePlanDialog, TrainingDialog
from ui.crash import CrashDialog
from ui.help.boxes import AboutDialog, KeysDialog, LicencesDialog, PlainDialog
from ui.help.library import Library
from ui.help.window import HelpWindow
from ui.imports.dialog import ImportDialog
from ui.imports.questions import QuestionsDialog
from ui.media.dialogs import CarrierDialog, DayDialog, findings_box, give_box, sent_box
from ui.media.handover_dialog import HandoverDialog
from ui.media.incident_dialog import IncidentDialog
from ui.media.window import CARRIERS, COPIES, INCIDENTS, MediaWindow
from ui.merging.cards import ConflictsDialog
from ui.merging.copy_choice import CopyChoice
from ui.merging.dialog import PREVIEW, MergeDialog
from ui.plan.dialogs import ApproveDialog, ItemDialog, MarkDialog, SectionDialog, TextsDialog
from ui.preview.window import PaperWish, PreviewWindow
from ui.staff.dialogs import FactDialog, PersonDialog
from ui.update.dialog import UpdateDialog
from ui.wizard.wizard import Wizard

PASSWORD = "река самовар вьюга кедр"  # noqa: S105 - invented
HEAD, METHODIST = "Ложкина Александра Петровна", "Вебер Екатерина Сергеевна"
BASES = {Dialog, FormDialog, StepsDialog, PlainDialog, GateDialog, _UserForm}
SAID = """
{"step": "правила", "ok": true, "told": "известные сроки пересчитаны: Россия 4, Казахстан 2", "seconds": 1}
{"step": "шрифты", "ok": false, "told": "OSError: нет файла LiberationSerif-Regular.ttf", "seconds": 0.5}
{"facts": [["Версия программы", "9.9.9"]]}
"""
Make = Callable[[], QDialog]


def kinds() -> set[type[QDialog]]:
    """Every class of box of the window that is ever shown."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found: set[type[QDialog]] = set()
    left: list[type[QDialog]] = [QDialog]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith("ui."):
                found.add(kind)
    return found - BASES


@dataclass
class Office:
    """An open window on the district with a second computer, media, an incident, copies, keys, conflicts and users."""

    program: Program
    pair: Pair
    copy: Path
    actor: Actor

    def __post_init__(self) -> None:
        self.ctx, self.window, self.store = self.program.ctx, self.program.window, self.program.ctx.store
        person = next(row for row in self.program.page("staff").table.rows.shown_rows())
        self.card = person_card(self.store, person.id, TODAY)
        self.plan = plans.plan_rows(self.store, school_year_of(TODAY), TODAY)

    def boxes(self) -> Iterator[tuple[type[QDialog], Make]]:
        """A class of box and how it is shown; some come in several states."""
        for part in (self._reading, self._lists, self._access, self._media, self._copies, self._steps):
            yield from part()

    def _reading(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window = self.ctx, self.window
        yield AboutDialog, lambda: AboutDialog(ctx, window)
        yield KeysDialog, lambda: KeysDialog(ctx, list(window.actions_by_key.values()), window)
        yield LicencesDialog, lambda: LicencesDialog(ctx, window)
        yield HelpWindow, self._help
        yield CrashDialog, lambda: CrashDialog("IMC Desktop 0.1.0\n" + "  place.py:12 deed\n" * 20, window)
        yield CheckDialog, self._check
        yield PreviewWindow, lambda: PreviewWindow(ctx, PaperWish("annual-plan", school_year_of(TODAY)), parent=window)
        yield UpdateDialog, lambda: UpdateDialog(ctx, window)

    def _lists(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window, plan, card = self.ctx, self.window, self.plan, self.card
        item = next(one for one in plan.items if len(one.occurrences) > 1)
        yield PersonDialog, lambda: PersonDialog(ctx, None, window)
        yield PersonDialog, lambda: PersonDialog(ctx, card, window)
        for table in ("employment", "category", "training", "education", "experience", "award"):
            yield FactDialog, lambda table=table: FactDialog(ctx, table, card, parent=window)
        yield TrainingDialog, lambda: TrainingDialog(ctx, card.id, parent=window)
        yield CoursePlanDialog, lambda: CoursePlanDialog(ctx, parent=window)
        yield CaseDialog, lambda: CaseDialog(ctx, parent=window)
        yield ResultDialog, lambda: ResultDialog(ctx, cases(self.store, TODAY)[0], window)
        yield ItemDialog, lambda: ItemDialog(ctx, plan, item, item.section_id, window)
        yield MarkDialog, lambda: MarkDialog(ctx, item, item.occurrences[0].first.isoformat(), window)
        yield TextsDialog, lambda: TextsDialog(ctx, plan, window)
        yield ApproveDialog, lambda: ApproveDialog(ctx, plan, 3, window)
        yield SectionDialog, lambda: asked(lambda: SectionDialog.ask(window, ctx, "6. Работа с одарёнными детьми"))
        yield QuestionsDialog, lambda: QuestionsDialog(ctx, window)

    def _access(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window = self.ctx, self.window
        door = Door(self.store, lambda: 0.0)
        methodist = next(one for one in users.users(self.store, TODAY) if one.name == METHODIST)
        yield SignInDialog, lambda: SignInDialog(ctx, door, "ИМЦ Ключегорского района", window)
        yield LockedDialog, lambda: LockedDialog(ctx, door, self.actor, window)
        yield RecoverDialog, lambda: RecoverDialog(ctx, door, window)
        yield OwnDialog, lambda: OwnDialog(ctx, window)
        yield UsersDialog, lambda: UsersDialog(ctx, window)
        yield NewUserDialog, lambda: NewUserDialog(ctx, first=True, parent=window)
        yield NewUserDialog, lambda: NewUserDialog(ctx, parent=window)
        yield EditUserDialog, lambda: EditUserDialog(ctx, methodist, window)
        yield NewPasswordDialog, lambda: NewPasswordDialog(ctx, methodist, window)
        yield AccessLogDialog, lambda: AccessLogDialog(ctx, window)

    def _media(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window = self.ctx, self.window
        row, lost = carriers(self.store)[0], incidents(self.store, NOW)[0]
        for view in (CARRIERS, COPIES, INCIDENTS):
            yield MediaWindow, lambda view=view: MediaWindow(ctx, view, window)
        yield CarrierDialog, lambda: CarrierDialog(ctx, row, window)
        for make in (give_box, lambda *given: sent_box(*given[:1], lost, "24", window)):
            yield DayDialog, lambda make=make: make(ctx, row, window)
        yield DayDialog, lambda: findings_box(ctx, lost, window)
        yield IncidentDialog, lambda: IncidentDialog(ctx, carrier_id=row.id, parent=window)
        yield HandoverDialog, lambda: HandoverDialog(ctx, window)
        words = "Носитель «KINGSTON», журнал № 1, выдан: Вебер Е. С. Запись об этом попадёт в журнал обращений."
        yield LeavingBox, lambda: LeavingBox(ctx, "Список педагогов", words, lambda _hide: None, window)
        yield ComputerDialog, lambda: asked(lambda: ComputerDialog.run(window, ctx))

    def _copies(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window = self.ctx, self.window
        why = "Введите пароль копий: он нужен один раз за рабочий день."
        yield CopyDialog, lambda: CopyDialog(ctx, window)
        yield CopyKeysDialog, lambda: CopyKeysDialog(ctx, window)
        yield CheckSheetDialog, lambda: CheckSheetDialog(ctx, window)
        yield NewKeyDialog, lambda: NewKeyDialog(ctx, window)
        yield UnlockDialog, lambda: UnlockDialog(ctx, why, lambda _word: None, lambda _word: None, window)
        yield RestoreDialog, self._restore
        yield CopyChoice, lambda: CopyChoice(ctx, self.copy, window)
        yield ConflictsDialog, lambda: ConflictsDialog(ctx, parent=window)

    def _steps(self) -> Iterator[tuple[type[QDialog], Make]]:
        ctx, window = self.ctx, self.window
        yield MergeDialog, lambda: self._merge(None)
        yield MergeDialog, lambda: self._merge(self.copy)
        for step in range(4):
            yield ImportDialog, lambda step=step: self._import(step)
        for step in range(5):
            yield Wizard, lambda step=step: at_step(Wizard(ctx, self.copy.parent, window), step)

    # --- boxes that need more than their class ------------------------------------------------------------------------

    def _help(self) -> QDialog:
        box = HelpWindow(self.ctx, Library(resources() / "help"), self.window)
        box.go_to("trouble")
        return box

    def _check(self) -> QDialog:
        code = f"import sys; sys.stdout.buffer.write({SAID!r}.encode() + b'\\n')"
        box = CheckDialog(self.ctx, [sys.executable, "-c", code], self.window)
        self.program.qtbot.waitUntil(lambda: box.outcome is not None, timeout=20_000)
        return box

    def _restore(self) -> QDialog:
        deeds = Deeds(lambda *_: None, lambda _path: None, lambda *_: None)
        box = RestoreDialog(self.ctx, self.store.path, deeds, self.window)
        box.add_file(self.copy)
        return box

    def _merge(self, copy: Path | None) -> QDialog:
        box = MergeDialog(self.ctx, parent=self.window)
        box.start(copy)
        self.program.wait()
        if copy is not None:
            self.program.qtbot.waitUntil(lambda: box.step == PREVIEW, timeout=20_000)
        return box

    def _settle(self, box: StepsDialog) -> None:
        self.program.wait()
        self.program.qtbot.waitUntil(lambda: not box.jobs.busy, timeout=20_000)
        QApplication.processEvents()

    def _import(self, step: int) -> QDialog:
        names = ("02_kadry_po_shkolam.xlsx", "07_zhurnal_kursov_2023-2026.xlsx")
        box = ImportDialog(self.ctx, [resources() / "demo" / name for name in names], self.window)
        box.show()
        box.start()
        self._settle(box)
        while box.step < step:
            box.go_on()
            self._settle(box)
        return box


def at_step(box: Wizard, step: int) -> QDialog:
    """The wizard turned so many pages."""
    while box.step < step:
        box.go_on()
    return box


def asked(ask: Callable[[], Any]) -> QDialog:
    """A box that only its own classmethod makes: left open instead of waiting for an answer."""
    kept: list[QDialog] = []
    with pytest.MonkeyPatch.context() as monkey:
        monkey.setattr(QDialog, "exec", lambda box: kept.append(box) or 0)
        monkey.setattr(QDialog, "deleteLater", lambda _box: None)
        ask()
    return kept[0]


def furnish(program: Program, folder: Path, monkey: pytest.MonkeyPatch) -> Office:
    """Bring the district of a window to the state of an office that has been working for a while."""
    store = program.ctx.store
    monkey.setattr(users, "COST", users.Cost(8, 1, 1))
    pair = Pair(store, folder)
    monkey.setenv("IMC_STICKS", str(pair.stick))
    local_copy(store, today=TODAY, now=NOW)
    copy_to(store, pair.stick, today=TODAY, now=NOW)
    for name in ("phone", "note", "email"):
        pair.edit(pair.here, 0, **{name: f"наше значение поля {name}, записанное на этом компьютере"})
        pair.edit(pair.there, 0, **{name: f"их значение поля {name}, записанное на другом компьютере"})
    merge_copy(store, pair.copy(TODAY), today=TODAY, now=NOW)
    for number in range(30):
        pair.edit(pair.there, 1, note=f"запись {number}", phone=f"8-90{number}")
    copy = pair.copy(TODAY)
    stick = add_carrier(store, CarrierInput("флешка", "KINGSTON", "1A2B-3C4D"))
    give_carrier(store, stick, "Вебер Е. С.", "2026-09-01")
    add_incident(store, IncidentInput("2026-11-20T09:05", stick, circumstances="Выпала в автобусе № 7."), NOW)
    draft = draft_keys()
    put_in_force(store, draft, draft.office.identity, today=TODAY)
    head = users.add_user(store, users.UserInput(HEAD, Role.HEAD), PASSWORD, TODAY)
    store.actor = actor = Actor(head, HEAD, Role.HEAD)
    users.add_user(store, users.UserInput(METHODIST, Role.METHODIST), PASSWORD, TODAY)
    program.window.actions_of_window.enable(has_database=True)
    QApplication.processEvents()
    return Office(program, pair, copy, actor)
