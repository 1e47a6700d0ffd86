"""The place at the window: whoever sits there has signed in when the database has users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from imc_desktop.held import HeldDatabase
from imc_desktop.usecases.rights import has_users, refusal
from imc_desktop.usecases.views_seen import Views, note_copied
from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import resolve

KEEPER = "ui.access.doorkeeper:Doorkeeper"
USERS = "ui.access.users_dialog:UsersDialog"
OWN = "ui.access.own_dialog:OwnDialog"
VIEWS_MS = 300_000
LOG = "ui.access.log_dialog:AccessLogDialog"


class Seat:
    """What the menu does with users; the doorkeeper exists for databases with users only."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        self._ctx, self._window = ctx, window
        self.keeper: Any = None
        self._held: HeldDatabase | None = None
        self._show: Callable[[], None] | None = None
        ctx.refuses, ctx.seen, ctx.copied = refusal, self._note, self._copied
        self._views: Views | None = None
        self._timer = QTimer(window, interval=VIEWS_MS)
        self._timer.timeout.connect(self._write_views)

    def take(self, held: HeldDatabase, show: Callable[[], None]) -> None:
        """``show`` the data of an open database at once, or when somebody has signed in."""
        self._held, self._show = held, show
        self._views = Views(held.store)
        self._timer.start()
        self._ctx.signed_in = has_users(held.store)
        if not self._ctx.signed_in:
            show()
            return
        if self.keeper is None:
            self.keeper = resolve(KEEPER)(self._ctx, self._window, self._write_views)
        self.keeper.let_in(held.store, held.office.short_name, show)

    def leave(self, *, broken: bool = False) -> None:
        """The database is being closed; nothing is written into a broken one any more."""
        if not broken:
            self._write_views()
        self._timer.stop()
        self._held = self._show = self._views = None
        if self.keeper is not None:
            self.keeper.forget(broken=broken)

    @property
    def shut(self) -> bool:
        """Whether the data are hidden until somebody signs in or unlocks."""
        return self.keeper is not None and bool(self.keeper.shut)

    def lock(self) -> None:
        """Hide the data until the same person unlocks them."""
        if self.keeper is not None:
            self.keeper.lock()

    def change_user(self) -> None:
        """Somebody else signs in."""
        if self.keeper is not None:
            self.keeper.change_user()

    def _note(self, person_id: str) -> None:
        if self._views is not None:
            self._views.note(person_id)

    def _copied(self, what: str, count: int) -> None:
        if self._held is not None:
            note_copied(self._held.store, what, count)

    def _write_views(self) -> None:
        if self._views is not None:
            self._ctx.attempt(self._views.write)

    def users(self) -> None:
        """The list of users; when the first one was made, everybody signs in from then on."""
        resolve(USERS).run(self._window, self._ctx)
        if (
            self._held is not None
            and self._show is not None
            and not self._ctx.signed_in
            and has_users(self._held.store)
        ):
            self.take(self._held, self._show)

    def own(self) -> None:
        """One's own password, PIN and lock."""
        resolve(OWN).run(self._window, self._ctx)

    def log(self) -> None:
        """Who looked at what, printed, copied, signed in."""
        resolve(LOG).run(self._window, self._ctx)
