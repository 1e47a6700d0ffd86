"""«Сверка с флешкой»: which copy → what would change → done. Nothing is written before the second step's button."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from imc_desktop.domain.dates import school_year_of
from imc_desktop.usecases.conflict_marks import conflict_count
from imc_desktop.usecases.copies import Closed
from imc_desktop.usecases.copy_facts import describe_copy
from imc_desktop.usecases.copy_keys import identities_of
from imc_desktop.usecases.copy_places import FoundCopy
from imc_desktop.usecases.merge_views import MergeDone, MergePreview
from ui.common.fitting import fitting
from ui.common.steps import StepsDialog
from ui.context import Context, MessageAction
from ui.copies.copy_dialog import CopyDialog
from ui.copies.unlock_dialog import what_opens
from ui.errors import FAILED, attempt
from ui.merging import work
from ui.merging.cards import ConflictsDialog
from ui.merging.choose_page import ChoosePage
from ui.merging.preview_page import PreviewPage
from ui.merging.result_page import ResultPage
from ui.merging.state import MERGEABLE, Offered
from ui.preview.window import PaperWish, show_preview

STEPS = ("Копия", "Что изменится", "Итог")
VERBS = ("Сравнить", "Принять изменения", "Готово")
CHOOSE, PREVIEW, RESULT = range(3)
SIZE = (1000, 640)
PROTOCOL = "merge-protocol"


class MergeDialog(StepsDialog):
    """``done`` is the merge that was made, None when none was (or it was taken back here)."""

    help_page = "merge"

    def __init__(self, ctx: Context, identities: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        self.choose_page, self.preview_page, self.outcome = ChoosePage(ctx), PreviewPage(ctx), ResultPage(ctx.theme)
        self.preview: MergePreview | None = None
        self.merged: MergeDone | None = None
        self._identities = identities
        self._first: Path | None = None
        self._label = ""
        super().__init__(ctx, STEPS, VERBS, (self.choose_page, self.preview_page, self.outcome), parent)
        self.setWindowTitle("Сверка с флешкой")
        self.resize(fitting(ctx, SIZE))
        self.choose_page.requestedFile.connect(self._choose_file)
        self.choose_page.table.opened.connect(self.go_on)
        for page in (self.choose_page, self.preview_page):
            page.changed.connect(self._allow)
        self.outcome.requestedConflicts.connect(self._settle)
        self.outcome.requestedProtocol.connect(self._print)
        self.outcome.requestedCopy.connect(self._copy)
        self.outcome.requestedUndo.connect(self._undo)
        self.show_step(CHOOSE)

    @classmethod
    def run(
        cls, parent: QWidget | None, ctx: Context, first: Path | None = None, identities: tuple[str, ...] = ()
    ) -> MergeDone | None:
        """Show the window (with a copy already chosen, it is compared at once); the merge that was made, or None."""
        dialog = cls(ctx, identities, parent)
        dialog.start(first)
        dialog.exec()
        dialog.deleteLater()
        return dialog.merged

    def start(self, first: Path | None = None) -> None:
        """Look for copies on the sticks that are in."""
        self._first = first
        self.jobs.run("Ищу копии на флешках", partial(work.find, self.ctx.store), self._found)

    def may_go_on(self) -> bool:
        """A copy is chosen; there is something to take in, and a mass deletion was confirmed."""
        if self.step == CHOOSE:
            return self.choose_page.chosen is not None
        if self.step == PREVIEW and self.preview is not None:
            return self.preview.standing.relation in MERGEABLE and self.preview_page.agreed
        return True

    @Slot()
    def go_on(self) -> None:
        """The verb: compare, take the changes in, or the end."""
        chosen = self.choose_page.chosen
        if self.step == CHOOSE and chosen is not None:
            self._compare(chosen.path)
        elif self.step == PREVIEW and self.preview is not None:
            moment = (self.ctx.clock.today(), self.ctx.clock.now())
            job = partial(work.merge, self.ctx.store, self.preview, self._known(), moment)
            self.jobs.run("Принимаю изменения", job, self._done, self._stopped, binding=True)
        elif self.step == RESULT:
            self.accept()

    def add_file(self, path: Path) -> bool:
        """A copy from elsewhere is listed and chosen; False (and a sentence) when it is no copy."""
        view = describe_copy(path)
        if view is None:
            self.jobs.say(f"Файл {path.name} — не копия базы. Копии оканчиваются на .imcb.")
            return False
        found = FoundCopy(view, path.parent.name or str(path.parent))
        copy = attempt(partial(work.offered, self.ctx.store, found), self.jobs.report)
        if copy is FAILED:
            return False
        self.choose_page.add(copy)
        return True

    # --- steps --------------------------------------------------------------------------------------------------------

    def _found(self, copies: list[Offered]) -> None:
        self.choose_page.show_copies(copies)
        if self._first is not None and self.add_file(self._first):
            self.go_on()

    def _compare(self, copy: Path) -> None:
        job = partial(work.preview, self.ctx.store, copy, self._known())
        self.jobs.run("Проверяю копию", job, self._compared, self._stopped)

    def _compared(self, found: MergePreview | Closed) -> None:
        if isinstance(found, Closed):
            opened = what_opens(self, self.ctx, found)
            if opened:
                self._identities = opened
                self.go_on()
            return
        self.preview = found
        self.setWindowTitle(f"Сверка с флешкой — {found.source}")
        self.preview_page.show_preview(found)
        self.show_step(PREVIEW)
        self.preview_page.take_cursor()

    def _done(self, result: MergeDone | MergePreview | Closed) -> None:
        if not isinstance(result, MergeDone):
            self._compared(result)
            self.jobs.say("База за это время изменилась. Посмотрите список ещё раз.")
            return
        self.merged, self._label = result, self.ctx.store.undo_label
        self.outcome.show_result(result, conflict_count(self.ctx.store))
        self.show_step(RESULT)
        self.verb.setFocus()
        if result.txn_id:
            self.ctx.tell(f"Сверка выполнена. {result.words}", "success", MessageAction("Отменить", self.ctx.undo))

    def _stopped(self) -> None:
        self.jobs.say("Остановлено. В базе ничего не изменилось.", good=True)

    def _known(self) -> tuple[str, ...]:
        return identities_of(self.ctx.store, self._identities)

    # --- wishes -------------------------------------------------------------------------------------------------------

    @Slot()
    def _settle(self) -> None:
        ConflictsDialog.run(self, self.ctx)
        self.outcome.show_waiting(conflict_count(self.ctx.store))

    @Slot()
    def _print(self) -> None:
        if self.merged is not None:
            wish = PaperWish(PROTOCOL, school_year_of(self.ctx.clock.today()), subject=str(self.merged.txn_id))
            show_preview(self, self.ctx, wish)

    @Slot()
    def _copy(self) -> None:
        CopyDialog.run(self, self.ctx)

    @Slot()
    def _undo(self) -> None:
        """Take the merge back, with what was decided in this window after it."""
        undo = partial(work.undo_merge, self.ctx.store, self._label)
        if self.merged is not None and attempt(undo, self.jobs.report) is not FAILED:
            self.merged = None
            self.outcome.show_undone()
            self.ctx.tell(f"Отменено: {self._label}", "info", MessageAction("Повторить", self.ctx.redo))

    @Slot()
    def _choose_file(self) -> None:
        folder = self.ctx.prefs.get("copies.folder", "")
        name, _ = QFileDialog.getOpenFileName(self, "Файл копии", folder, "Копии базы (*.imcb);;Все файлы (*)")
        if name:
            self.add_file(Path(name))

    @Slot()
    def _allow(self) -> None:
        if not self.jobs.busy:
            self.jobs.say("")
            self.verb.setEnabled(self.may_go_on())
