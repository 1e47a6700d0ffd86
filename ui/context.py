"""What every page is given: built once in the composition root, passed to constructors, never global."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from ui.errors import FAILED, CrashWatch, attempt, sentence_for
from ui.jobs import JobRunner
from ui.prefs import Prefs
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.clock import Clock


class SystemClock:
    """The clock of this computer."""

    def today(self) -> date:
        return date.today()  # noqa: DTZ011 - the office's own day

    def now(self) -> datetime:
        return datetime.now().astimezone()


class MessageAction(NamedTuple):
    """A link in the message strip."""

    title: str
    run: Callable[[], object]


class Message(NamedTuple):
    """News for the strip: ``kind`` is info, success, warning or error."""

    text: str
    kind: str = "info"
    actions: tuple[MessageAction, ...] = ()


class Bus(QObject):
    """Changes of the store and news, always delivered on the window's thread."""

    changed = Signal(object)
    message = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Not QThread.currentThread(): the wrapper of the main thread's object, once collected, kills the process.
        self._window_thread = threading.get_ident()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def publish(self, change: object) -> None:
        """Given to ``store.subscribe``; may be called on any thread."""
        if threading.get_ident() == self._window_thread:
            self.changed.emit(change)
        else:
            self._arrived.emit(change)

    @Slot(object)
    def _deliver(self, change: object) -> None:
        self.changed.emit(change)


def open_with_system(path: Path) -> bool:
    """Show a file or a folder in the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Context:
    """Everything a page may use."""

    def __init__(self, prefs: Prefs, theme: Theme, clock: Clock, jobs: JobRunner) -> None:
        self.prefs, self.theme, self.clock, self.jobs = prefs, theme, clock, jobs
        self.bus = Bus()
        self.crash = CrashWatch()
        self.store: Any = None
        self.rules: Any = None
        self.profile: Any = None
        self.who = ""
        self.database: Path | None = None
        self.is_demo = False
        self.clock_in_doubt = False
        self.signed_in = False  # whether the database has users: then somebody is signed in
        self.open_path: Callable[[Path], bool] = open_with_system
        # The log of accesses and the gate of rights, given by the desk: a card was on the screen, lines went to the
        # clipboard (refused or logged), why whoever sits here may not do something.
        self.seen: Callable[[str], None] = lambda _person_id: None
        self.copied: Callable[[str, int], None] = lambda _what, _count: None
        self.refuses: Callable[[Any, Any], str] = lambda _store, _right: ""
        self._unsubscribe: Callable[[], None] | None = None
        jobs.uncaught.connect(self.report_error)

    def attach(self, store: Any, *, database: Path | None = None, is_demo: bool = False) -> None:
        """Take an opened store: from now on its changes reach the pages."""
        self.store = store
        self.database = database
        self.is_demo = is_demo
        if self._unsubscribe is not None:  # the same store again, for another user
            self._unsubscribe()
        self._unsubscribe = store.subscribe(self.bus.publish)

    def refusal(self, right: str) -> str:
        """Why whoever sits here may not do something (a value of domain.rights.Right), "" when they may."""
        if self.store is None:
            return ""
        return self.refuses(self.store, right)

    def day_to_offer(self) -> str:
        """Today as ISO text to fill a field in with; "" while the computer's clock cannot be believed."""
        return "" if self.clock_in_doubt else self.clock.today().isoformat()

    def attempt(self, action: Callable[[], Any]) -> Any:
        """The result of what a person started, or ``FAILED`` after the strip or the crash window has said why."""
        return attempt(action, self.report_error)

    def tell(self, text: str, kind: str = "info", *actions: MessageAction) -> None:
        """News in the message strip of the window."""
        self.bus.message.emit(Message(text, kind, actions))

    def report_error(self, error: BaseException) -> None:
        """A sentence in the strip when the person can mend it, else the crash window."""
        sentence = sentence_for(error)
        if sentence is None:
            self.crash.show_crash(error)
        else:
            self.tell(sentence, "error")

    def undo(self) -> None:
        """Take back the last step and say which."""
        label = self.store.undo_label if self.store is not None else None
        if label and self.attempt(self.store.undo) is not FAILED:
            self.tell(f"Отменено: {label}", "info", MessageAction("Повторить", self.redo))

    def redo(self) -> None:
        """Do again what was taken back."""
        label = self.store.redo_label if self.store is not None else None
        if label and self.attempt(self.store.redo) is not FAILED:
            self.tell(f"Повторено: {label}", "info", MessageAction("Отменить", self.undo))
