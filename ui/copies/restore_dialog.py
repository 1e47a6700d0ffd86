"""«Вернуться к копии»: which one, what differs, what happens, asked twice; or a trial that touches nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.copies import Closed, closed_or_proved
from imc_desktop.usecases.copy_compare import CopyDifference, Relation, compare
from imc_desktop.usecases.copy_facts import counts_words, describe_copy
from imc_desktop.usecases.copy_keys import identities_of
from imc_desktop.usecases.copy_places import FoundCopy, found_copies
from imc_desktop.usecases.drill import put_into_sandbox
from ui.common.fitting import fitting
from ui.common.job_row import JobRow
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.copies.state import age_words
from ui.copies.unlock_dialog import what_opens
from ui.errors import FAILED, attempt
from ui.jobs import Report

SIZE = (920, 520)
NO_COPIES = "Рядом с базой и на флешках копий нет. Выберите файл копии."
WHAT_HAPPENS = (
    "База станет такой, какой была в копии. Нынешний файл не пропадёт: он сохранится рядом, в папке «прежние базы». "
    "Сначала копия будет проверена, база при этом не меняется."
)
FIRST, REPLACE, SURE = "Вернуться", "Заменить целиком", "Да, вернуться"
_LOSES = frozenset({Relation.BEHIND, Relation.DIVERGED, Relation.UNRELATED, Relation.FORKED})
_MERGES = frozenset({Relation.AHEAD, Relation.DIVERGED})  # a copy that is behind has nothing to give

Restore = Callable[[Path, tuple[str, ...]], Any]


class Deeds:
    """What the box may do, given by the composition root. ``merge`` None: there is no merging here."""

    def __init__(
        self,
        restore: Restore,
        open_trial: Callable[[Path], Any] | None = None,
        merge: Callable[[Path, tuple[str, ...]], Any] | None = None,
    ) -> None:
        """``restore`` closes the store, puts the copy back, opens it again; ``open_trial`` shows a trial database."""
        self.restore, self.open_trial, self.merge = restore, open_trial, merge


class RestoreDialog(QDialog):
    """``restored`` is the copy that was put back."""

    help_page = "restore"

    def __init__(self, ctx: Context, database: Path, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.restored: Path | None = None
        self._database, self._deeds = database, deeds
        self._proved: Path | None = None
        self._identities: tuple[str, ...] = ()
        self.setWindowTitle("Вернуться к копии")
        self.resize(fitting(ctx, SIZE))
        self.model: RowsModel[FoundCopy] = RowsModel(self._columns(), lambda one: str(one.path), ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "copies", "Копии базы")
        self.table.currentRow.connect(self._choice_changed)
        self.note = QLabel(WHAT_HAPPENS)
        self.note.setWordWrap(True)
        self.file, self.trial = QPushButton("Выбрать файл копии…"), QPushButton("Учебное восстановление…")
        self.file.clicked.connect(self._choose_file)
        self.trial.setToolTip("Открыть копию для пробы в отдельном окне; база кабинета не меняется")
        self.trial.clicked.connect(self.try_out)
        self.trial.setVisible(deeds.open_trial is not None)
        self.jobs = JobRow(ctx)
        self.jobs.busyChanged.connect(self._allow)
        self.merge, self.verb, self.cancel = QPushButton("Объединить…"), QPushButton(FIRST), QPushButton("Отмена")
        self.merge.hide()
        self.merge.clicked.connect(self.merge_instead)
        self.verb.setProperty("primary", True)
        self.verb.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        for button in (self.file, self.trial, self.merge):
            button.setAutoDefault(False)
        self.cancel.setDefault(True)
        self._lay_out()
        self.show_copies(found_copies(database))

    @classmethod
    def run(
        cls, parent: QWidget | None, ctx: Context, database: Path, deeds: Deeds, first: Path | None = None
    ) -> Path | None:
        """Show the box (with a copy from elsewhere chosen); the copy that was put back, or None."""
        dialog = cls(ctx, database, deeds, parent)
        if first is not None:
            dialog.add_file(first)
        dialog.exec()
        dialog.deleteLater()
        return dialog.restored

    def show_copies(self, copies: list[FoundCopy]) -> None:
        """List copies; the first is chosen."""
        self.model.set_rows(copies)
        if copies:
            self.table.choose(str(copies[0].path))
        else:
            self.jobs.say(NO_COPIES, good=True)
        self._allow()

    def add_file(self, path: Path) -> None:
        """A copy from elsewhere joins the list and is chosen."""
        view = describe_copy(path)
        if view is None:
            self.jobs.say(f"Файл {path.name} — не копия базы. Копии оканчиваются на .imcb.")
            return
        others = [one for one in self.model.layout_of_rows.rows if one.path != path]
        self.show_copies([FoundCopy(view, path.parent.name or str(path.parent)), *others])

    @Slot()
    def go_on(self) -> None:
        """Prove the copy and tell what differs; ask once more when something would be lost to sight; put it back."""
        chosen = self.table.current()
        if chosen is None:
            return
        if self._proved != chosen.path:
            self._prove(chosen, self._ask_again)
        elif self.verb.text() == REPLACE:
            self.verb.setText(SURE)
            self.jobs.say("Заменить базу целиком? Объединить с прежней можно будет и потом: её файл сохранится.")
        else:
            identities = self._identities
            if attempt(lambda: self._deeds.restore(chosen.path, identities), self.jobs.report) is not FAILED:
                self.restored = chosen.path
                self.accept()

    @Slot()
    def merge_instead(self) -> None:
        """Both copies become one; nothing is lost to sight."""
        chosen, merge = self.table.current(), self._deeds.merge
        if chosen is not None and merge is not None:
            identities = self._identities
            self.reject()
            merge(chosen.path, identities)

    @Slot()
    def try_out(self) -> None:
        """A trial database from the chosen copy, in a window of its own."""
        chosen, show = self.table.current(), self._deeds.open_trial
        if chosen is None or show is None:
            return

        def work(report: Report) -> Path:
            return put_into_sandbox(
                chosen.path,
                self._database,
                identities=self._identities,
                progress=lambda share, words: report(round(share * 100), 100, words),
            )

        def done(path: Path) -> None:
            show(path)
            self.jobs.say("Учебная база открыта в отдельном окне. Закроете его — она удалится.", good=True)

        self._prove(chosen, lambda _: self.jobs.run("Готовлю учебную базу", work, done))

    def reject(self) -> None:
        """Stop what runs, else close."""
        if self.jobs.busy:
            self.jobs.stop()
        else:
            super().reject()

    def _prove(self, chosen: FoundCopy, go_on: Callable[[FoundCopy], None]) -> None:
        """Prove the copy; ask for what opens it, once and again, until the person gives up."""
        store = self.ctx.store
        known = identities_of(store, self._identities) if store is not None else self._identities

        def done(closed: Closed | None) -> None:
            if closed is None:
                self._identities = known
                go_on(chosen)
            elif found := what_opens(self, self.ctx, closed):
                self._identities = found
                self._prove(chosen, go_on)

        self.jobs.run("Проверяю копию", lambda _: closed_or_proved(chosen.path, known), done)

    def _ask_again(self, chosen: FoundCopy) -> None:
        self._proved = chosen.path
        differs = self._difference(chosen.path)
        loses = differs is not None and differs.relation in _LOSES
        self.verb.setText(REPLACE if loses else SURE)
        mergeable = differs is not None and differs.relation in _MERGES and self._deeds.merge is not None
        self._offer_merge(mergeable=mergeable)
        age = age_words(chosen.view.made_on, self.ctx.clock.today())
        self.note.setText(differs.words if differs is not None else WHAT_HAPPENS)
        self.jobs.say(f"Копия цела. Вернуться к копии от {show_date(chosen.view.made_on)} ({age})?", good=True)

    def _offer_merge(self, *, mergeable: bool) -> None:
        """Merging is the way when both have something the other has not; replacing stays possible."""
        self.merge.setVisible(mergeable)
        self.merge.setDefault(mergeable)
        for button, first in ((self.merge, mergeable), (self.verb, not mergeable)):
            button.setProperty("primary", first)
            button.style().polish(button)

    def _difference(self, copy: Path) -> CopyDifference | None:
        store = self.ctx.store
        if store is None or store.path != self._database:
            return None
        return compare(store, copy)

    @Slot()
    def _choice_changed(self) -> None:
        self._proved = None
        self._identities = ()
        self.verb.setText(FIRST)
        self._offer_merge(mergeable=False)
        self.note.setText(WHAT_HAPPENS)
        self.jobs.say("")
        self._allow()

    @Slot()
    def _choose_file(self) -> None:
        folder = self.ctx.prefs.get("copies.folder", "")
        name, _ = QFileDialog.getOpenFileName(self, "Файл копии", folder, "Копии базы (*.imcb);;Все файлы (*)")
        if name:
            self.add_file(Path(name))

    @Slot()
    def _allow(self) -> None:
        chosen = not self.jobs.busy and self.table.current() is not None
        for button in (self.verb, self.trial, self.merge):
            button.setEnabled(chosen)
        self.file.setEnabled(not self.jobs.busy)

    def _columns(self) -> tuple[Column[FoundCopy], ...]:
        today = self.ctx.clock.today()
        return (
            Column(
                "day", "Копия", lambda one: show_date(one.view.made_on), sort=lambda one: one.view.made_on, keep=True
            ),
            Column(
                "age",
                "Возраст",
                lambda one: age_words(one.view.made_on, today),
                sort=lambda one: one.view.made_on,
                yields=1,
            ),
            Column("place", "Где", lambda one: one.place),
            Column("computer", "Компьютер", lambda one: one.view.computer),
            Column(
                "counts", "Что внутри", lambda one: counts_words(one.view.counts), weight=2.0, max_chars=80, yields=2
            ),
            Column("key", "Ключ", lambda one: one.view.key_id or "нет"),
        )

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jobs, 1)
        for button in (self.merge, self.verb, self.cancel):
            foot.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file)
        row.addWidget(self.trial)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addLayout(foot)
