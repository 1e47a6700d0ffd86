"""Composition root of the window. Start-up order: crash hook, window painted, then log, lock, database, pages.

Heavy modules (the database, printing, import) are imported after the first paint: goal P1 of the benchmarks.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from imc_desktop import paths
from imc_desktop.trial import is_trial
from ui.context import Context, SystemClock
from ui.jobs import JobRunner
from ui.main_window import MainWindow
from ui.prefs import Prefs
from ui.registry import ABOUT_GROUP, PAGES, ActionSpec, resolve
from ui.single_instance import SingleInstance
from ui.theme import Theme

# Everything that opens, closes and copies databases lives there; imported when the window has been painted.
DESK = "imc_desktop.desk:Desk"
DROP_TRIAL = "imc_desktop.usecases.drill:drop_sandbox"
LOG = "imc_desktop.logs:start_log"
COLLECTOR = "ui.collector:WindowCollector"
STYLE = "fusion"  # the same look on every system
PICTURE_SIZE = (1366, 768)
_LISTEN_MS = 200  # the first list is painted before the network part of Qt is loaded; a second start waits for it


def run_window(database: Path | None) -> int:
    """The window on a database, on the last one opened, or on the welcome page; returns the loop's exit code.

    A second start raises the first window instead.
    """
    app = _application()
    trial = is_trial(database)
    ctx = _context(app, Prefs() if trial else None)
    single = SingleInstance(_own_name(trial=trial))
    if not single.claim([database] if database else [], listen=False):
        return 0
    ctx.crash.install()
    host = _Host()
    window = MainWindow(ctx, host.actions())

    def begin() -> None:
        gc.freeze()  # what a start has made lives as long as the program
        app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "program.png")))
        resolve(COLLECTOR)(window)
        resolve(LOG)(paths.log_folder())
        QTimer.singleShot(_LISTEN_MS, single.listen)
        host.desk = resolve(DESK)(ctx, window)
        single.raised.connect(host.desk.called_again)
        host.desk.begin(database)
        window.actions_of_window.answer_help()

    first_paint = _FirstPaint(window)
    first_paint.painted.connect(begin, Qt.ConnectionType.QueuedConnection)
    window.show()
    code = app.exec()
    single.release()
    ctx.jobs.shutdown()
    if trial:
        resolve(DROP_TRIAL)(database)
    return code


def _own_name(*, trial: bool) -> str:
    """What a second start is known by; a trial database is shown beside the office's window."""
    user = os.environ.get("USERNAME") or os.environ.get("USER") or "user"
    return f"imc-desktop-{user}" + (f"-trial-{os.getpid()}" if trial else "")


def save_pictures(database: Path, folder: Path) -> list[Path]:
    """A picture of every tab of a database, for a machine without a screen; returns the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    ctx = _context(app, Prefs())
    host = _Host()
    window = MainWindow(ctx, host.actions())
    window.resize(*PICTURE_SIZE)
    resolve(COLLECTOR)(window)
    host.desk = resolve(DESK)(ctx, window)
    host.desk.begin(database)
    window.show()
    pictures = []
    for spec in PAGES:
        window.open_page(spec.key)
        for _ in range(3):
            app.processEvents()
        picture = folder / f"{spec.key}.png"
        window.grab().save(str(picture))
        pictures.append(picture)
    window.close()
    ctx.jobs.shutdown()
    return pictures


class _FirstPaint(QObject):
    """Says once that the window has been painted."""

    painted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.centralWidget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.painted.emit()
        return super().eventFilter(watched, event)


class _Host:
    """Holds the desk that the menu's actions call: the menu exists before the desk is imported."""

    desk: Any = None

    def actions(self) -> list[ActionSpec]:
        """What the window can do from anywhere."""
        return [
            ActionSpec("new", "Файл", "Новая база…", "file-plus", self._call("new_office"), needs_database=False),
            ActionSpec(
                "open", "Файл", "Открыть…", "folder-open", self._call("choose_database"), "Ctrl+O", needs_database=False
            ),
            ActionSpec("demo", "Файл", "Посмотреть на примере", "eye", self._call("open_demo"), needs_database=False),
            ActionSpec(
                "import", "Импорт", "Импорт…", "file-import", self._call("choose_papers"), "Ctrl+I", right="import"
            ),
            ActionSpec("questions", "Импорт", "Вопросы импорта…", "question-mark", self._call("show_questions")),
            ActionSpec("copy", "Копии", "Копия на флешку…", "device-usb", self._call("copies.make_copy"), right="copy"),
            ActionSpec(
                "restore",
                "Копии",
                "Вернуться к копии…",
                "history",
                self._call("restore_copy"),
                needs_database=False,
                right="restore",
            ),
            ActionSpec(
                "merge", "Копии", "Сверка с флешкой…", "git-merge", self._call("merging.compare"), right="merge"
            ),
            ActionSpec(
                "conflicts", "Копии", "Расхождения…", "arrows-diff", self._call("merging.conflicts"), right="merge"
            ),
            ActionSpec("copy-keys", "Ключи и носители", "Ключи копий…", "key", self._call("copies.keys"), right="keys"),
            ActionSpec("users", "Люди", "Пользователи…", "users", self._call("seat.users"), right="users"),
            ActionSpec("access-log", "Люди", "Журнал обращений…", "list-details", self._call("seat.log"), right="log"),
            ActionSpec("own", "Люди", "Мой пароль и ПИН…", "user", self._call("seat.own"), needs_users=True),
            ActionSpec(
                "change-user", "Люди", "Сменить пользователя", "user", self._call("seat.change_user"), needs_users=True
            ),
            ActionSpec("lock", "Люди", "Заблокировать", "lock", self._call("seat.lock"), "Ctrl+L", needs_users=True),
            ActionSpec("media", "Ключи и носители", "Носители и копии…", "list-details", self._call("media.show")),
            ActionSpec(
                "incident", "Ключи и носители", "Потеряна флешка…", "alert-triangle", self._call("media.show_incidents")
            ),
            ActionSpec(
                "computer", "Ключи и носители", "Имя этого компьютера…", "pencil", self._call("media.name_computer")
            ),
            ActionSpec("handover", "Люди", "Передача дел…", "file-text", self._call("media.hand_over")),
            ActionSpec(
                "update",
                ABOUT_GROUP,
                "Обновить программу с флешки…",
                "download",
                self._call("update_program"),
                needs_database=False,
            ),
        ]

    def _call(self, verb: str) -> Callable[[], object]:
        def run() -> object:
            return attrgetter(verb)(self.desk)() if self.desk is not None else None

        return run


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([*sys.argv[:1], "-style", STYLE])
    app.setApplicationName("IMC Desktop")
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    translator = QTranslator(app)
    if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def _context(app: QApplication, prefs: Prefs | None = None) -> Context:
    prefs = prefs or Prefs(paths.data_folder() / "window.json")
    return Context(prefs, Theme(app, paths.resources(), prefs), SystemClock(), JobRunner())
