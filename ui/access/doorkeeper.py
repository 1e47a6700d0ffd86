"""Who sits at the window of a database with users: signing in, the lock, giving the place to somebody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from imc_desktop.usecases.signing_in import Door
from ui.access.gate_dialog import SignInDialog
from ui.access.idle import USUAL, IdleWatch
from ui.access.lock import Lock
from ui.access.own_dialog import MINUTES
from ui.context import Context, MessageAction
from ui.main_window import MainWindow

SHUT = "База закрыта"
SHUT_WORDS = "В ней заведены пользователи: войдите под своим именем."


class Doorkeeper(QObject):
    """One database at a time; ``now`` is a monotonic clock in seconds."""

    def __init__(
        self,
        ctx: Context,
        window: MainWindow,
        leaving: Callable[[], object],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._leaving = leaving  # told before somebody's time ends, while they are still in
        self._ctx, self._window, self._now = ctx, window, now
        self._door: Door | None = None
        self._show: Callable[[], None] | None = None
        self._office = ""
        self.dialog: SignInDialog | None = None
        self.watch = IdleWatch(now, lambda: ctx.prefs.get(MINUTES, USUAL), self)
        self.watch.idle.connect(self.lock)
        self.guard = Lock(ctx, window)
        self.guard.wantsOther.connect(self.change_user)
        window.status.lock.clicked.connect(self.lock)

    def let_in(self, store: Any, office: str, show: Callable[[], None]) -> None:
        """Ask who it is; ``show`` is called when somebody has come in, until then nothing of the data is shown."""
        self.forget()
        self._ctx.store = None
        self._door, self._office, self._show = Door(store, self._now), office, show
        self._ask()

    def forget(self, *, broken: bool = False) -> None:
        """The database is being closed: whoever was in goes out (a broken one is told nothing any more)."""
        self.watch.stop()
        self.guard.lift()
        if self.dialog is not None:
            self.dialog.reject()
        if self._door is not None and not broken:
            self._ctx.attempt(self._door.leave)
        self._door = None
        self._window.status.lock.hide()

    @property
    def door(self) -> Door | None:
        """The door of the open database."""
        return self._door

    @property
    def shut(self) -> bool:
        """Whether nobody is in, or whoever is has locked."""
        return self._door is not None and (self._ctx.store is None or self.guard.locked)

    @Slot()
    def lock(self) -> None:
        """Hide everything; the same person opens again by PIN or password."""
        if self._door is not None and self._ctx.store is not None and self._ctx.store.actor is not None:
            self._leaving()
            self.guard.lock(self._door, self._ctx.store.actor)

    @Slot()
    def change_user(self) -> None:
        """Somebody else takes the place: boxes are closed, the tabs are built anew for the other's rights."""
        if self._door is None:
            return
        if not self.guard.close_others():
            if self.guard.dialog is not None:
                self.guard.dialog.say("Сначала дождитесь конца начатой работы.")
            return
        self.watch.stop()
        self.guard.lift()
        self._leaving()
        self._door.leave()
        self._ctx.store = None
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._door is None or self.dialog is not None:
            return
        ways = [MessageAction("Войти…", self._ask)]
        if (other := self._window.actions_of_window.specs.get("open")) is not None:
            ways.append(MessageAction("Открыть другую…", other.run))
        self._window.show_failure(SHUT, SHUT_WORDS, ways, icon="lock")
        self.dialog = SignInDialog(self._ctx, self._door, self._office, self._window)
        self.dialog.finished.connect(self._answered)
        self.dialog.show()

    @Slot(int)
    def _answered(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        if result == QDialog.DialogCode.Accepted and self._show is not None:
            self._show()
            self._window.status.lock.show()
            self.watch.start()
