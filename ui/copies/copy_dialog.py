"""«Копия на флешку»: where, how far, and the proof."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from imc_desktop.domain.rights import Right
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_facts import counts_words, last_copy
from imc_desktop.usecases.copy_keys import key_view
from imc_desktop.usecases.copy_places import first_folder
from imc_desktop.usecases.rights import refusal
from ui.common.fitting import fitting
from ui.common.job_row import JobRow
from ui.context import Context
from ui.copies.keys_dialog import unlocked
from ui.copies.new_key_dialog import NewKeyDialog
from ui.copies.state import age_words
from ui.jobs import Report

WIDTH = 620


CLOSED = "Копия шифруется ключом {}: без пароля или бумажного листа её не прочесть."
OPEN = "Ключа копий нет: копия не шифруется. Кто найдёт флешку, прочтёт базу."
ASK_PLAIN = "Создайте ключ («Создать ключ…») или сделайте эту копию без шифрования: храните её под замком."


class CopyDialog(QDialog):
    """Writes a copy that proves itself; ``made`` is its file. Without a key a plain copy is asked for twice."""

    help_page = "copy"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.made: Path | None = None
        self._plain = ctx.is_demo  # an example may leave as it is
        self.setWindowTitle("Копия на флешку")
        self.last = QLabel(self._last_words())
        self.last.setObjectName("secondary")
        self.last.setWordWrap(True)
        self.folder = QLineEdit(first_folder(ctx.prefs.get("copies.folder", "")))
        self.folder.setPlaceholderText("флешка или папка")
        self.folder.setAccessibleName("Папка копий")
        self.folder.textChanged.connect(self._allow)
        self.choose = QPushButton("Выбрать…")
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.safety = QLabel()
        self.safety.setObjectName("secondary")
        self.safety.setWordWrap(True)
        self.key = QPushButton("Создать ключ…")
        self.key.setAutoDefault(False)
        self.key.clicked.connect(self.make_key)
        self.result_text = QLabel()
        self.result_text.setWordWrap(True)
        self.result_text.setTextFormat(Qt.TextFormat.PlainText)
        self.result_text.hide()
        self.jobs = JobRow(ctx)
        self.jobs.busyChanged.connect(self._allow)
        self.verb, self.cancel = QPushButton("Сделать копию"), QPushButton("Закрыть")
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.make)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._show_safety()
        self._allow()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> Path | None:
        """Show the box; the file of the copy, or None."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    @Slot()
    def make(self) -> None:
        """Write and prove a copy in the folder."""
        folder = Path(self.folder.text().strip())
        self.result_text.hide()
        if not self._encrypted and not self._plain:
            self._plain = True
            self.verb.setText("Сделать без шифрования")
            self.jobs.say(ASK_PLAIN)
            return
        if not unlocked(self, self.ctx):
            return
        self.ctx.prefs.set("copies.folder", str(folder))
        self.jobs.run("Делаю копию", partial(self._work, folder), self._done, self._stopped, binding=True)

    @Slot()
    def make_key(self) -> None:
        """The key first, then the copy."""
        NewKeyDialog.run(self, self.ctx)
        self._show_safety()

    def reject(self) -> None:
        """Stop what runs, else close."""
        if self.jobs.busy:
            self.jobs.stop()
        else:
            super().reject()

    def _work(self, folder: Path, report: Report) -> Any:
        return copy_to(
            self.ctx.store,
            folder,
            today=self.ctx.clock.today(),
            now=self.ctx.clock.now(),
            progress=lambda share, words: report(round(share * 100), 100, words),
        )

    def _done(self, proof: Any) -> None:
        self.made = proof.path
        words = counts_words(proof.manifest.counts)
        self.result_text.setText(f"{words} — совпало.\nКопия прочитана с носителя и проверена. Можно вынимать.")
        self.result_text.show()
        self.last.setText(self._last_words())
        self.cancel.setText("Готово")
        self.adjustSize()

    def _show_safety(self) -> None:
        view = key_view(self.ctx.store)
        self._encrypted = bool(view.key_id)
        self.safety.setText(CLOSED.format(view.key_id) if self._encrypted else OPEN)
        self.key.setVisible(not self._encrypted and not self.ctx.is_demo and not refusal(self.ctx.store, Right.KEYS))
        self.verb.setText("Сделать копию")
        self.jobs.say("")

    def _stopped(self) -> None:
        self.jobs.say("Остановлено. Недописанная копия удалена.", good=True)

    def _last_words(self) -> str:
        last = last_copy(self.ctx.store)
        if last is None:
            return "Копий этой базы ещё не было."
        return f"Последняя проверенная копия: {age_words(last.day.isoformat(), self.ctx.clock.today())}, {last.place}."

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Куда сделать копию", self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _allow(self) -> None:
        self.verb.setEnabled(not self.jobs.busy and bool(self.folder.text().strip()))
        self.choose.setEnabled(not self.jobs.busy)
        self.folder.setEnabled(not self.jobs.busy)
        self.key.setEnabled(not self.jobs.busy)
        self.cancel.setEnabled(not self.jobs.busy)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jobs, 1)
        foot.addWidget(self.verb)
        foot.addWidget(self.cancel)
        safety = QHBoxLayout()
        safety.addWidget(self.safety, 1)
        safety.addWidget(self.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.last)
        column.addLayout(row)
        column.addLayout(safety)
        column.addWidget(self.result_text)
        column.addStretch()
        column.addLayout(foot)
        self.setMinimumWidth(fitting(self.ctx, (WIDTH, 0)).width())
