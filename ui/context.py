"""What every page is given: built once in the composition root, passed to constructors, never global."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from ui.errors import FAILED, CrashWatch, attempt, sentence_for
from ui.jobs import JobRunner
from ui.prefs import Prefs
from ui.theme import Theme


class Clock(Protocol):
    """The only source of today."""

    def today(self) -> date: ...

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of this computer."""

    def today(self) -> date:
        return date.today()  # noqa: DTZ011 - the office's own day

    def now(self) -> datetime:
        return datetime.now().astimezone()


class FixedClock:
    """A clock that stands: tests, screenshots, ``--on``."""

    def __init__(self, moment: datetime | date) -> None:
        self._moment = moment if isinstance(moment, datetime) else datetime.combine(moment, time(10, 42))

    def today(self) -> date:
        return self._moment.date()

    def now(self) -> datetime:
        return self._moment


class Change(Protocol):
    """What the store tells after a commit, an undo or a redo."""

    @property
    def label(self) -> str: ...

    @property
    def tables(self) -> frozenset[str]: ...


class StoreLike(Protocol):
    """The part of the store the window itself touches; pages hand the store to use cases unopened."""

    def read(self) -> AbstractContextManager[Any]: ...

    def subscribe(self, listener: Callable[[Any], None]) -> Any: ...

    def undo(self) -> Any: ...

    def redo(self) -> Any: ...

    @property
    def undo_label(self) -> str | None: ...

    @property
    def redo_label(self) -> str | None: ...


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


@dataclass(eq=False)
class Context:
    """Everything a page may use."""

    prefs: Prefs
    theme: Theme
    clock: Clock
    jobs: JobRunner
    bus: Bus = field(default_factory=Bus)
    crash: CrashWatch = field(default_factory=CrashWatch)
    store: Any = None
    rules: Any = None
    profile: Any = None
    who: str = ""
    database: Path | None = None
    is_demo: bool = False
    clock_in_doubt: bool = False
    open_path: Callable[[Path], bool] = open_with_system
    seen: Callable[[str], None] = lambda _person_id: None  # a card was on the screen: for the log of accesses
    copied: Callable[[str, int], None] = lambda _what, _count: None  # lines went to the clipboard: refused or logged
    refuses: Callable[[Any, Any], str] = lambda _store, _right: ""  # the gate of rights, given by the desk
    signed_in: bool = False  # whether the database has users: then somebody is signed in
    _unsubscribe: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self.jobs.uncaught.connect(self.report_error)

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
