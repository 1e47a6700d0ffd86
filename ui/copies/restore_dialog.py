"""«Вернуться к копии»: which one, what happens, asked twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.copies import verify_file
from imc_desktop.usecases.copy_facts import CopyView, copies_in, counts_words, describe_copy, local_folder
from ui.common.fitting import fitting
from ui.common.job_row import JobRow
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context
from ui.copies.state import age_words
from ui.errors import FAILED, attempt

SIZE = (760, 460)
NO_COPIES = "Рядом с базой копий нет. Выберите файл копии на флешке."
WHAT_HAPPENS = (
    "База станет такой, какой была в копии. Всё, что сделано после неё, в базе исчезнет, но нынешний файл сохранится "
    "рядом под именем «… до восстановления»."
)


class RestoreDialog(QDialog):
    """``restore(copy)`` is given by the composition root: it closes the store, puts the copy back, opens it again."""

    help_page = "restore"

    def __init__(
        self, ctx: Context, database: Path, restore: Callable[[Path], Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.restored: Path | None = None
        self._database, self._restore = database, restore
        self._asked: Path | None = None
        self.setWindowTitle("Вернуться к копии")
        self.resize(fitting(ctx, SIZE))
        today = ctx.clock.today()
        columns: tuple[Column[CopyView], ...] = (
            Column("day", "Копия", lambda one: show_date(one.made_on), sort=lambda one: one.made_on, keep=True),
            Column("age", "Возраст", lambda one: age_words(one.made_on, today), sort=lambda one: one.made_on),
            Column("counts", "Что внутри", lambda one: counts_words(one.counts), weight=2.0, max_chars=80),
        )
        self.model: RowsModel[CopyView] = RowsModel(columns, lambda one: str(one.path), ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "copies", "Копии базы")
        self.table.currentRow.connect(self._choice_changed)
        self.note = QLabel(WHAT_HAPPENS)
        self.note.setWordWrap(True)
        self.file = QPushButton("Выбрать файл копии…")
        self.file.setAutoDefault(False)
        self.file.clicked.connect(self._choose_file)
        self.jobs = JobRow(ctx)
        self.jobs.busyChanged.connect(self._allow)
        self.verb, self.cancel = QPushButton("Вернуться"), QPushButton("Отмена")
        self.verb.setProperty("primary", True)
        self.verb.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(True)
        self._lay_out()
        self.show_copies(copies_in(local_folder(database)))

    @classmethod
    def run(
        cls,
        parent: QWidget | None,
        ctx: Context,
        database: Path,
        restore: Callable[[Path], Any],
        first: Path | None = None,
    ) -> Path | None:
        """Show the box (with a copy from elsewhere chosen); the copy that was put back, or None."""
        dialog = cls(ctx, database, restore, parent)
        if first is not None:
            dialog.add_file(first)
        dialog.exec()
        dialog.deleteLater()
        return dialog.restored

    def show_copies(self, copies: list[CopyView]) -> None:
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
        self.show_copies([view, *others])

    @Slot()
    def go_on(self) -> None:
        """The first press proves the copy and asks again, the second puts it back."""
        chosen = self.table.current()
        if chosen is None:
            return
        if self._asked == chosen.path:
            if attempt(lambda: self._restore(chosen.path), self.jobs.report) is not FAILED:
                self.restored = chosen.path
                self.accept()
            return
        self.jobs.run("Проверяю копию", lambda _: verify_file(chosen.path), lambda _: self._ask_again(chosen))

    def reject(self) -> None:
        """Stop what runs, else close."""
        if self.jobs.busy:
            self.jobs.stop()
        else:
            super().reject()

    def _ask_again(self, chosen: CopyView) -> None:
        self._asked = chosen.path
        age = age_words(chosen.made_on, self.ctx.clock.today())
        self.verb.setText("Да, вернуться")
        self.jobs.say(f"Копия цела. Вернуться к копии от {show_date(chosen.made_on)} ({age})?", good=True)

    @Slot()
    def _choice_changed(self) -> None:
        self._asked = None
        self.verb.setText("Вернуться")
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
        self.verb.setEnabled(not self.jobs.busy and self.table.current() is not None)
        self.file.setEnabled(not self.jobs.busy)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jobs, 1)
        foot.addWidget(self.verb)
        foot.addWidget(self.cancel)
        row = QHBoxLayout()
        row.addWidget(self.file)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addLayout(foot)
