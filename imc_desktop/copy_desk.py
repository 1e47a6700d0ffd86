"""What the window does about copies of the open database: on a stick, by itself, keys, how old the last one is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Slot
from PySide6.QtWidgets import QApplication

from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.held import HeldDatabase
from imc_desktop.trial import program_for
from imc_desktop.usecases.copy_age import copy_words
from ui.context import Context, MessageAction
from ui.main_window import MainWindow
from ui.registry import resolve

COPY = "ui.copies.copy_dialog:CopyDialog"
KEYS = "ui.copies.keys_dialog:KeysDialog"
COPY_ASIDE = "imc_desktop.usecases.copies:local_copy"
READ_STICKS = "imc_desktop.usecases.copy_rereading:read_sticks_again"
DROP = "imc_desktop.usecases.drill:drop_sandbox"
EVERY_MS = 2 * 60 * 60 * 1000
_AGAIN_MS = 60_000
STICKS_MS = 10_000  # after the check of the database has had its share of the disk
_TROUBLE = "copies.trouble"
_NEW = "База создана. Копии на флешку защитит ключ: создайте его, пока всё под рукой."


class CopyDesk(QObject):
    """Takes a database when the window shows it; a copy beside it every two hours and at the end, if it changed."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self._held: HeldDatabase | None = None
        self._copied_at = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.copy_by_itself)
        ctx.bus.changed.connect(self.show_age)

    def begin(self) -> None:
        """Say what the last program could not say any more."""
        if trouble := self._ctx.prefs.get(_TROUBLE, ""):
            self._ctx.prefs.set(_TROUBLE, "")
            self._ctx.tell(f"В прошлый раз копия при выходе не получилась. {trouble}", "warning")

    def take(self, held: HeldDatabase) -> None:
        """The database the window shows from now on."""
        self._held, self._copied_at = held, held.counter
        self._timer.start()
        self.show_age()
        if not held.office.demo and not held.viewing:
            QTimer.singleShot(STICKS_MS, partial(self.read_sticks, held))

    def leave(self) -> None:
        """The database is being closed."""
        self._timer.stop()
        self._held = None

    def copy_at_the_end(self) -> None:
        """A copy beside the database when anything changed since the last one; trouble is told at the next start."""
        held = self._held
        if held is None or not self._changed(held):
            return
        try:
            self._copy(held)
        except (UserError, OSError) as error:
            self._ctx.prefs.set(_TROUBLE, str(error))
            self._ctx.prefs.save()

    @Slot()
    def copy_by_itself(self) -> None:
        """The two hours are over: a copy beside the database, unless nothing changed; never under an open box."""
        held = self._held
        if held is None or not self._changed(held):
            return
        if QApplication.activeModalWidget() is not None or self._ctx.jobs.running:
            QTimer.singleShot(_AGAIN_MS, self.copy_by_itself)
            return
        failed = partial(self._failed, held)
        self._ctx.jobs.run(lambda _report: self._copy(held), self._copied, failed, title="Копия рядом с базой")

    def read_sticks(self, held: HeldDatabase) -> None:
        """Copies that came back on a stick are read once more, beside the work; trouble is told."""
        if held is not self._held:
            return
        today, failed = self._ctx.clock.today(), partial(self._failed, held)

        def work(_report: object) -> list[str]:
            return list(resolve(READ_STICKS)(held.store, today))

        self._ctx.jobs.run(work, self._sticks_read, failed, title="Копии на флешке")

    def _sticks_read(self, troubles: list[str]) -> None:
        if troubles:
            self._ctx.tell(" ".join(troubles), "warning", MessageAction("Сделать копию…", self.make_copy))

    def make_copy(self) -> None:
        """A proved copy on a stick."""
        resolve(COPY).run(self._window, self._ctx)
        self.show_age()

    def open_trial(self, path: Path) -> None:
        """A trial database in a program of its own, which removes it at its end."""
        program, *words = program_for(path)
        started, _ = QProcess.startDetached(program, words)
        if not started:
            resolve(DROP)(path)
            raise EnvironmentProblem("Второе окно не запустилось. Повторите, закрыв лишние программы.")

    def keys(self) -> None:
        """The key of copies."""
        resolve(KEYS).run(self._window, self._ctx)

    def offer_key(self) -> None:
        """After a new database was made."""
        self._ctx.tell(_NEW, "info", MessageAction("Создать ключ…", self.keys))

    @Slot()
    def show_age(self) -> None:
        """How old the last proved copy is; nothing about those of an example."""
        held = self._held
        if held is not None:
            told = ("", "secondary") if held.office.demo else copy_words(held.store, self._ctx.clock.today())
            self._window.status.set_copy(*told)

    def _changed(self, held: HeldDatabase) -> bool:
        return not held.office.demo and not held.viewing and held.store.change_counter() != self._copied_at

    def _copy(self, held: HeldDatabase) -> int:
        counter = held.store.change_counter()
        clock = self._ctx.clock
        resolve(COPY_ASIDE)(held.store, today=clock.today(), now=clock.now())
        return counter

    def _copied(self, counter: int) -> None:
        self._copied_at = counter
        self.show_age()

    def _failed(self, held: HeldDatabase, error: BaseException) -> None:
        if held is self._held:  # another database is shown by now: its own troubles are enough
            self._ctx.report_error(error)
