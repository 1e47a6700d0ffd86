"""What the window does with databases: open, make, show the example, take papers in, copy, go back to a copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog

from db.lock import DatabaseLock
from db.store import Store
from imc_desktop import paths
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.words import date_short
from imc_desktop.usecases.copies import last_copy, local_copy, newest_local_copy, restore_copy, verify_file
from imc_desktop.usecases.demo import make_demo_database
from imc_desktop.usecases.office import office_of, office_rules_of
from ui.context import Context, MessageAction
from ui.main_window import MainWindow
from ui.registry import resolve

WIZARD = "ui.wizard.wizard:Wizard"
IMPORT = "ui.imports.dialog:ImportDialog"
CHOOSE_PAPERS = "ui.imports.dialog:choose_files"
QUESTIONS = "ui.imports.questions:QuestionsDialog"
COPY = "ui.copies.copy_dialog:CopyDialog"
RESTORE = "ui.copies.restore_dialog:RestoreDialog"
_LAST = "database.last"
_DATABASES = f"Базы (*{paths.DATABASE_SUFFIX})"


class Desk(QObject):
    """One open database at a time; every failure is a sentence in the window."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._lock: DatabaseLock | None = None
        self._counter_at_open = 0
        window.filesDropped.connect(self.take_files)
        window.closing.connect(self.leave)

    # --- opening ------------------------------------------------------------------------------------------------------

    def begin(self, database: Path | None) -> None:
        """The named database, else the last one opened, else the default one, else the welcome page."""
        last = self._ctx.prefs.get(_LAST, "")
        for path in (database, Path(last) if last else None, paths.default_database()):
            if path is not None and (path.exists() or path == database):
                self.open(path)
                return
        self._window.show_start()

    def open(self, path: Path) -> bool:
        """Open a database in the window; on failure say why and offer the newest proved copy."""
        self._release()
        lock = DatabaseLock(path)
        try:
            if path.exists():
                lock.acquire()
            store = Store(path)
            office = office_of(store)
        except UserError as error:
            lock.release()
            self._offer_ways_out(path, str(error))
            return False
        self._lock = lock
        self._counter_at_open = store.change_counter()
        self._ctx.attach(store, database=path, is_demo=office.demo)
        self._ctx.who = store.author
        self._ctx.profile = office.profile
        self._ctx.rules = office_rules_of(store)
        self._ctx.prefs.set(_LAST, str(path))
        self._window.setWindowTitle(f"{office.short_name} — IMC Desktop")
        self._window.show_pages()
        self._window.status.set_who(store.author)
        self._show_copy_age()
        QTimer.singleShot(0, self._check_in_background)
        return True

    def _offer_ways_out(self, path: Path, sentence: str) -> None:
        actions = [MessageAction("Открыть другую…", self.choose_database)]
        copy = newest_local_copy(path)
        if copy is not None:
            actions.insert(
                0,
                MessageAction(
                    f"Вернуться к копии {copy.stem}", lambda: self._ctx.attempt(lambda: self._put_back(copy, path))
                ),
            )
        self._window.show_failure("База не открылась", sentence, actions)

    def _put_back(self, copy: Path, path: Path) -> None:
        """A proved copy takes the place of the database, which is kept; the window shows what it holds."""
        self._release()
        try:
            kept = restore_copy(copy, path)
        finally:
            if path.exists():
                self.open(path)
        if kept is not None:
            self._ctx.tell(f"База возвращена из копии. Прежний файл сохранён: {kept.name}", "success")

    def _check_in_background(self) -> None:
        """The full check at every opening, after the first paint (decisions 11)."""
        path = self._ctx.database
        if path is None:
            return

        def failed(error: BaseException) -> None:
            self._release()
            if isinstance(error, UserError):
                self._offer_ways_out(path, str(error))
            else:
                self._ctx.report_error(error)

        self._ctx.jobs.run(lambda _report: verify_file(path), lambda _proof: None, failed, title="Проверка базы")

    def _release(self) -> None:
        if self._ctx.store is not None:
            self._ctx.store.close()
            self._ctx.store = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @Slot(list)
    def called_again(self, files: list[Path]) -> None:
        """A second start: this window comes forward and takes the files."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if files:
            self.take_files(files)

    @Slot()
    def leave(self) -> None:
        """The window closes: a proved copy beside the database when anything changed."""
        store = self._ctx.store
        if store is not None and store.change_counter() != self._counter_at_open:
            self._ctx.attempt(lambda: local_copy(store, today=self._today()))
        self._release()

    # --- what the menu does -------------------------------------------------------------------------------------------

    def new_office(self) -> None:
        """The first-start wizard."""
        folder = self._ctx.database.parent if self._ctx.database else paths.data_folder()
        choice = resolve(WIZARD).ask(self._window, self._ctx, folder)
        if choice is not None and choice.demo:
            self.open_demo()
        elif choice is not None and choice.path is not None:
            self.open(choice.path)

    def choose_database(self) -> None:
        """Open a database file."""
        start = str(self._ctx.database.parent if self._ctx.database else paths.data_folder())
        name, _ = QFileDialog.getOpenFileName(self._window, "Открыть базу", start, _DATABASES)
        if name:
            self.open(Path(name))

    def open_demo(self) -> None:
        """The invented district in its own framed database; made at the first time."""
        path = paths.demo_folder() / f"example{paths.DATABASE_SUFFIX}"
        if path.exists():
            self.open(path)
            return
        self._window.show_opening("Готовлю пример: вымышленный район из десяти таблиц…")

        def make(report: Any) -> None:
            beside = path.with_suffix(".part.imc")
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            store, _ = make_demo_database(
                beside, today=self._today(), progress=lambda share, words: report(int(share * 100), 100, words)
            )
            store.close()
            beside.replace(path)

        def failed(error: BaseException) -> None:
            self._window.show_start()
            self._ctx.report_error(error)

        def done(_none: object) -> None:
            self.open(path)

        self._ctx.jobs.run(make, done, failed, title="Пример")

    def choose_papers(self) -> None:
        """Choose papers to take in."""
        files = resolve(CHOOSE_PAPERS)(self._window, self._ctx)
        if files:
            self.take_files(files)

    @Slot(list)
    def take_files(self, files: list[Path]) -> None:
        """Dropped files: a database is opened, everything else is taken in as papers."""
        databases = [path for path in files if path.suffix == paths.DATABASE_SUFFIX]
        if databases:
            self.open(databases[0])
        elif self._ctx.store is None:
            self._ctx.tell("Сначала откройте или создайте базу: файлы принимает открытая база.", "warning")
        else:
            resolve(IMPORT).run(self._window, self._ctx, files)

    def show_questions(self) -> None:
        """Open questions of imports."""
        resolve(QUESTIONS).run(self._window, self._ctx)

    def make_copy(self) -> None:
        """A proved copy on a stick."""
        resolve(COPY).run(self._window, self._ctx)
        self._show_copy_age()

    def restore_copy(self) -> None:
        """Go back to a copy; the present file is kept."""
        database = self._ctx.database or paths.default_database()
        resolve(RESTORE).run(self._window, self._ctx, database, lambda copy: self._put_back(copy, database))

    def _show_copy_age(self) -> None:
        store = self._ctx.store
        if store is None:
            return
        copy = last_copy(store)
        if copy is None:
            self._window.status.set_copy("Копии ещё нет", "soon")
            return
        days = (self._today() - copy.day).days
        when = {0: "сегодня", 1: "вчера"}.get(days, date_short(copy.day))
        self._window.status.set_copy(f"✓ Копия: {when}, проверена", "ok" if days <= 7 else "soon")

    def _today(self) -> date:
        return self._ctx.clock.today()
