"""The place at the window: whoever sits there has signed in when the database has users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from imc_desktop.held import HeldDatabase
from imc_desktop.usecases.rights import has_users, refusal
from ui.context import Context
from ui.main_window import MainWindow
from ui.registry import resolve

KEEPER = "ui.access.doorkeeper:Doorkeeper"
USERS = "ui.access.users_dialog:UsersDialog"
OWN = "ui.access.own_dialog:OwnDialog"
LOG = "ui.access.log_dialog:AccessLogDialog"


class Seat:
    """What the menu does with users; the doorkeeper exists for databases with users only."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        self._ctx, self._window = ctx, window
        self._keeper: Any = None
        self._held: HeldDatabase | None = None
        self._show: Callable[[], None] | None = None
        ctx.refuses = refusal

    def take(self, held: HeldDatabase, show: Callable[[], None]) -> None:
        """``show`` the data of an open database at once, or when somebody has signed in."""
        self._held, self._show = held, show
        self._ctx.signed_in = has_users(held.store)
        if not self._ctx.signed_in:
            show()
            return
        if self._keeper is None:
            self._keeper = resolve(KEEPER)(self._ctx, self._window)
        self._keeper.let_in(held.store, held.office.short_name, show)

    def leave(self) -> None:
        """The database is being closed."""
        self._held = self._show = None
        if self._keeper is not None:
            self._keeper.forget()

    def lock(self) -> None:
        """Hide the data until the same person unlocks them."""
        if self._keeper is not None:
            self._keeper.lock()

    def change_user(self) -> None:
        """Somebody else signs in."""
        if self._keeper is not None:
            self._keeper.change_user()

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
