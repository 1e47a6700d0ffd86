"""What the window does about other copies of the open database: sticks watched, compared with, conflicts settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from db.volumes import removable_volumes
from imc_desktop.domain.errors import UserError
from imc_desktop.held import HeldDatabase
from imc_desktop.trial import is_trial
from imc_desktop.usecases.conflict_marks import conflict_count
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.main_window import MainWindow
from ui.registry import resolve

DIALOG = "ui.merging.dialog:MergeDialog"
CARDS = "ui.merging.cards:ConflictsDialog"
CHOICE = "ui.merging.copy_choice:CopyChoice"
# SQLAlchemy and the log's reading need not be there before the first list is painted.
WAITING = "imc_desktop.usecases.merging:waiting_copies"
LOOK_MS = 5_000
SOON_MS = 300  # the first list is painted before what merging needs is imported
_COMPARE, _RESTORE = "compare", "restore"
_TITLE = "Расхождения"


class MergeDesk(QObject):
    """Takes a database when the window shows it; ``shut`` tells whether the data are hidden now."""

    def __init__(self, ctx: Context, window: MainWindow, shut: Callable[[], bool]) -> None:
        super().__init__(window)
        self._ctx, self._window, self._shut = ctx, window, shut
        self._held: HeldDatabase | None = None
        self._seen: tuple[str, ...] = ()
        self._waiting: Sequence[Any] = ()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        window.status.conflicts.clicked.connect(self.conflicts)
        ctx.bus.changed.connect(self.count)

    def take(self, held: HeldDatabase) -> None:
        """The database the window shows from now on."""
        self.leave()
        self._held = held
        QTimer.singleShot(SOON_MS, self.count)
        if not (held.office.demo or held.viewing or is_trial(held.path)):
            self._timer.start()
            QTimer.singleShot(SOON_MS, self.look)

    def leave(self) -> None:
        """The database is being closed."""
        self._timer.stop()
        self._held, self._seen, self._waiting = None, (), ()

    # --- what the menu does -------------------------------------------------------------------------------------------

    def compare(self, first: Path | None = None, identities: tuple[str, ...] = ()) -> None:
        """The window of steps, with a copy already chosen or not."""
        if self._may_not_now():
            return
        resolve(DIALOG).run(self._window, self._ctx, first, identities)

    @Slot()
    def conflicts(self) -> None:
        """What waits for a decision."""
        if not self._may_not_now():
            resolve(CARDS).run(self._window, self._ctx)

    def take_copy(self, copy: Path, restore: Callable[[Path], object]) -> None:
        """A copy was dropped on the window or opened by a double click."""
        held = self._held
        if held is None or held.office.demo or held.viewing:
            restore(copy)
            return
        choice = resolve(CHOICE).ask(self._window, self._ctx, copy)
        if choice == _COMPARE:
            self.compare(copy)
        elif choice == _RESTORE:
            restore(copy)

    # --- what the window says -----------------------------------------------------------------------------------------

    @Slot()
    def count(self) -> None:
        """How many conflicts wait: in the foot of the window and in the menu."""
        held, count = self._held, 0
        if held is not None:
            waiting = self._ctx.attempt(partial(conflict_count, held.store))
            count = waiting if waiting is not FAILED else 0
        self._window.status.set_conflicts(count)
        action = self._window.actions_by_key.get("conflicts")
        if action is not None:
            action.setText(f"{_TITLE} ({count})…" if count else f"{_TITLE}…")

    @Slot()
    def look(self) -> None:
        """Whether other sticks are in than a moment ago, and what they bring; beside the window's thread."""
        held = self._held
        watched = self._timer.isActive()  # an example and a database that is only looked at are not
        if held is None or not watched or self._ctx.jobs.running or self._ctx.refusal("merge"):
            return
        if self._waiting:
            self._offer()
            return
        self._ctx.jobs.run(lambda _report: _look(held, self._seen), partial(self._looked, held), self._failed)

    def _looked(self, held: HeldDatabase, found: tuple[tuple[str, ...], Sequence[Any]]) -> None:
        if held is self._held:
            self._seen, self._waiting = found
            self._offer()

    def _offer(self) -> None:
        """Say it once, when nothing else is being said and nobody is in a box."""
        busy = self._window.strip.message is not None or QApplication.activeModalWidget() is not None
        if not self._waiting or busy or self._shut():
            return
        newest = max(self._waiting, key=lambda one: one.theirs)
        more = f" (и с других ПК: {len(self._waiting) - 1})" if len(self._waiting) > 1 else ""
        self._waiting = ()
        self._ctx.tell(
            f"{newest.words}{more}, принять?",
            "info",
            MessageAction("Посмотреть", partial(self._ctx.attempt, partial(self.compare, newest.path))),
            MessageAction("Позже", lambda: None),
        )

    def _failed(self, error: BaseException) -> None:
        """A stick pulled while it was looked at is nobody's trouble: it is looked at again when it is in."""
        self._seen = ()
        if self._held is not None and not isinstance(error, (OSError, UserError)):
            self._timer.stop()
            self._ctx.report_error(error)

    def _may_not_now(self) -> bool:
        if self._held is None or self._shut():
            self._ctx.tell("Сначала войдите или снимите блокировку.", "warning")
            return True
        return False


def _look(held: HeldDatabase, seen: tuple[str, ...]) -> tuple[tuple[str, ...], Sequence[Any]]:
    """The sticks that are in, and what is new on them when they are others than before."""
    mounts = tuple(str(volume.mount) for volume in removable_volumes())
    new = set(mounts) - set(seen)
    return mounts, resolve(WAITING)(held.store) if new else ()
