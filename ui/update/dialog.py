"""«Обновление программы»: what lies on the stick, whether it is whole, and the start of its installer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from imc_desktop import __version__
from imc_desktop.usecases.update import Update, examine, forget, start, update_on_stick
from ui.common.fitting import fitting
from ui.common.job_row import JobRow
from ui.context import Context
from ui.errors import FAILED, attempt
from ui.jobs import Report

WIDTH = 620
CHECK, UPDATE = "Проверить", "Обновить"
WHAT = (
    "Программа закроется, появится окно установки; в конце оно откроет программу снова. Данные останутся на месте. "
    "Если что-то менялось, при закрытии сделается проверенная копия рядом с базой."
)
NOTHING = "На флешках обновления нет. Вставьте флешку с обновлением или выберите папку."


class UpdateDialog(QDialog):
    """Checks first, updates second: one button for both. ``started`` tells that the installer runs and waits."""

    help_page = "update"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.started = False
        self._brought: Path | None = None
        self.setWindowTitle("Обновление программы")
        self.what = QLabel(WHAT)
        self.what.setObjectName("secondary")
        self.what.setWordWrap(True)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText("флешка или папка с обновлением")
        self.folder.setAccessibleName("Папка с обновлением")
        self.folder.textChanged.connect(self._another)
        self.choose = QPushButton("Выбрать…")
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.found = QLabel(f"Установлена версия {__version__}.")
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.jobs = JobRow(ctx)
        self.jobs.busyChanged.connect(self._allow)
        self.verb, self.cancel = QPushButton(CHECK), QPushButton("Закрыть")
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.go_on)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._allow()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> bool:
        """Show the box, looking at the sticks at once; True when the installer was started and waits for our end."""
        dialog = cls(ctx, parent)
        dialog.look()
        dialog.exec()
        dialog.deleteLater()
        return dialog.started

    @Slot()
    def look(self) -> None:
        """Look for an update on the sticks that are in."""
        self.jobs.run("Смотрю на флешках", lambda _report: update_on_stick(), self._looked, self._stopped)

    @Slot()
    def go_on(self) -> None:
        """Check what the folder holds; once it is whole, start the installer."""
        if self._brought is None:
            work = partial(self._examine, Path(self.folder.text().strip()))
            self.jobs.run("Копирую и проверяю", work, self._show, self._stopped, binding=True)
        elif attempt(partial(start, self._brought), self.jobs.report) is not FAILED:
            self.started = True
            self._brought = None
            self.accept()

    def reject(self) -> None:
        """Stop what runs, else close; a copy that was brought for nothing goes."""
        if self.jobs.busy:
            self.jobs.stop()
            return
        self._forget()
        super().reject()

    def _looked(self, folder: Path | None) -> None:
        if folder is None:
            self.jobs.say(NOTHING, good=True)
        else:
            self.folder.setText(str(folder))
            self.go_on()

    def _examine(self, folder: Path, report: Report) -> tuple[Update, Path]:
        return examine(folder, lambda done, total: report(done, total, "Копирую и проверяю"))

    def _show(self, found: tuple[Update, Path]) -> None:
        update, brought = found
        self.folder.setText(str(update.installer.parent))
        self._brought = brought
        self.found.setText(f"Установлена версия {__version__}, на носителе {update.version}. Файл цел.")
        self.verb.setText(UPDATE)
        self.verb.setFocus()

    def _stopped(self) -> None:
        self.jobs.say("Остановлено. Ничего не изменено.", good=True)

    @Slot()
    def _another(self) -> None:
        """Another folder is another question."""
        self._forget()
        self.found.setText(f"Установлена версия {__version__}.")
        self.verb.setText(CHECK)
        self.jobs.say("")
        self._allow()

    def _forget(self) -> None:
        if self._brought is not None:
            forget(self._brought)
            self._brought = None

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Где лежит обновление", self.folder.text())
        if folder:
            self.folder.setText(folder)
            self.go_on()

    @Slot()
    def _allow(self) -> None:
        free = not self.jobs.busy
        self.verb.setEnabled(free and bool(self.folder.text().strip()))
        for widget in (self.choose, self.folder, self.cancel):
            widget.setEnabled(free)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jobs, 1)
        foot.addWidget(self.verb)
        foot.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(self.what)
        column.addStretch()
        column.addLayout(foot)
        self.setMinimumWidth(fitting(self.ctx, (WIDTH, 0)).width())
