"""What the window does with databases: open, make, show the example, take papers in, copy, go back to a copy."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from db.migrate import NewerDatabaseError
from db.place import WrongPlaceError
from imc_desktop import paths
from imc_desktop.background_check import check_later
from imc_desktop.copy_desk import CopyDesk
from imc_desktop.copying_in import COPY_IN_WORDS, copy_in
from imc_desktop.domain.dates import school_year_of, school_year_title
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.words import date_long
from imc_desktop.example import Example
from imc_desktop.held import BusyError, HeldDatabase, home_of_data
from imc_desktop.media_desk import MediaDesk
from imc_desktop.merge_desk import MergeDesk
from imc_desktop.notices import tell_notices
from imc_desktop.seat import Seat
from imc_desktop.trial import is_trial
from imc_desktop.update_program import UPDATE_WORDS, update_program
from ui.context import Context, MessageAction
from ui.main_window import MainWindow
from ui.registry import resolve

WIZARD = "ui.wizard.wizard:Wizard"
IMPORT = "ui.imports.dialog:ImportDialog"
CHOOSE_PAPERS = "ui.imports.dialog:choose_files"
QUESTIONS = "ui.imports.questions:QuestionsDialog"
RESTORE = "ui.copies.restore_dialog:RestoreDialog"
DEEDS = "ui.copies.restore_dialog:Deeds"
# What the first list of people need not wait for is imported when it is done.
OFFER = "imc_desktop.rescue:copy_to_offer"
CHOICE = "imc_desktop.rescue:copies_to_choose"
PUT_BACK = "imc_desktop.usecases.copies:restore_copy"
TITLE = "IMC Desktop"
_LAST = "database.last"
_DATABASES = f"Базы (*{paths.DATABASE_SUFFIX})"


class Desk(QObject):
    """One open database at a time; every failure is a sentence in the window."""

    def __init__(self, ctx: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._held: HeldDatabase | None = None
        self.seat = Seat(ctx, window)
        self.copies = CopyDesk(ctx, window)
        self.merging = MergeDesk(ctx, window, lambda: self.seat.shut)
        self._wanted: Path | None = None
        self.media = MediaDesk(ctx, window)
        self._example = Example(ctx, self)
        self._example.ready.connect(self.open_demo)
        self._example.stopped.connect(self._back_to_former)
        window.filesDropped.connect(self.take_files)
        window.closing.connect(self.leave)

    # --- opening ------------------------------------------------------------------------------------------------------

    def begin(self, database: Path | None) -> None:
        """The named database, else the last one opened, else the default one, else the welcome page.

        A copy (a double click on ``.imcb``) is shown for going back over the database that would open without it.
        """
        copy = database if database is not None and database.suffix.lower() == paths.COPY_SUFFIX else None
        database = None if copy else database
        last = self._ctx.prefs.get(_LAST, "")
        for path in (database, Path(last) if last else None, paths.default_database()):
            if path is not None and (path.exists() or path == database):
                self.open(path)
                break
        else:
            self._window.show_start()
        self.copies.begin()
        if copy:
            self.take_files([copy])

    def open(self, path: Path, *, look_only: bool = False) -> bool:
        """Open a database in the window; on failure say why and offer the ways out."""
        self._release()
        self._wanted = path
        try:
            held = HeldDatabase.take(path, look_only=look_only)
        except (UserError, OSError) as error:
            self._offer_ways_out(path, error)
            return False
        self._held = held
        show = partial(self._show, held, look_only=look_only)
        self.seat.take(held, show)
        return True

    def _show(self, held: HeldDatabase, *, look_only: bool) -> None:
        """The data of an open database, to whoever may see them."""
        path = held.path
        self._ctx.attach(held.store, database=path, is_demo=held.office.demo)
        self._ctx.who = held.store.actor.name if held.store.actor else held.store.author
        self._ctx.profile = held.office.profile
        self._ctx.rules = held.rules
        if (
            not held.office.demo and not look_only and not is_trial(path)
        ):  # the example never takes the place of the office's own database
            self._ctx.prefs.set(_LAST, str(path))
        year = school_year_title(school_year_of(self._ctx.clock.today()))
        trial = "УЧЕБНАЯ БАЗА · " if is_trial(path) else ""
        looked = " (только просмотр)" if held.viewing else ""
        self._window.setWindowTitle(f"{trial}{held.office.short_name} · {year} — {TITLE}{looked}")
        self._window.show_pages()
        self._window.status.set_who(self._ctx.who)
        self.copies.take(held)
        self.merging.take(held)
        copy_here = MessageAction(COPY_IN_WORDS, partial(copy_in, self._ctx, self._window, path, self.open))
        tell_notices(self._ctx, held, copy_here)
        check_later(self._ctx, held, self._broken)

    def _offer_ways_out(self, path: Path, error: Exception) -> None:
        """Why a database is not open, and what can be done: once more, another one, the newest whole copy."""
        actions = [MessageAction("Открыть другую…", self.choose_database)]
        if isinstance(error, BusyError):
            actions.insert(0, MessageAction("Повторить", partial(self.open, path)))
        elif isinstance(error, WrongPlaceError):
            actions.insert(0, MessageAction("Только посмотреть", partial(self.open, path, look_only=True)))
            actions.insert(0, MessageAction(COPY_IN_WORDS, partial(copy_in, self._ctx, self._window, path, self.open)))
        elif isinstance(error, NewerDatabaseError):
            actions.insert(0, MessageAction(UPDATE_WORDS, self.update_program))
        elif path == self._example.path:
            actions.insert(0, MessageAction("Сделать пример заново", partial(self.open_demo, again=True)))
        elif (copy := resolve(OFFER)(path)) is not None:
            day = date_long(date.fromisoformat(copy.made_on))
            put_back = partial(self._put_back, copy.path, path)
            actions.insert(0, MessageAction(f"Вернуться к копии от {day}", partial(self._ctx.attempt, put_back)))
        elif resolve(CHOICE)(path):  # on a stick, and perhaps closed with a key
            actions.insert(0, MessageAction("Выбрать копию…", partial(self.restore_copy, None)))
        self._window.setWindowTitle(TITLE)
        sentence = str(error) if isinstance(error, UserError) else f"Файл {path.name} не читается. Проверьте носитель."
        self._window.show_failure("База не открылась", sentence, actions)

    def _put_back(self, copy: Path, path: Path, identities: tuple[str, ...] = ()) -> None:
        """A proved copy takes the place of the database, which is kept; the window shows what it holds."""
        actor = self._held.store.actor if self._held is not None else None
        self._release()
        kept = None
        try:
            kept = resolve(PUT_BACK)(copy, path, actor=actor, identities=identities)
        finally:
            opened = self.open(path)
        if opened:
            former = f" Прежний файл сохранён: {kept.relative_to(path.parent)}." if kept is not None else ""
            self._ctx.tell(f"База возвращена из копии.{former}", "success")

    def _broken(self, held: HeldDatabase, error: UserError) -> None:
        """The check found something: the data are shut before anything builds on them."""
        if held is self._held:
            self._release(broken=True)
            self._offer_ways_out(held.path, error)

    def _release(self, *, broken: bool = False) -> None:
        self.copies.leave()
        self.merging.leave()
        self.seat.leave(broken=broken)
        self._ctx.store = None
        if self._held is not None:
            self._held.release()
            self._held = None

    # --- the window's own life ----------------------------------------------------------------------------------------

    @Slot(list)
    def called_again(self, files: list[Path]) -> None:
        """A second start: this window comes forward and takes the files."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        others = [path for path in files if self._held is None or path.resolve() != self._held.path.resolve()]
        if others and QApplication.activeModalWidget() is not None:
            self._ctx.tell("Файл не открыт: сначала закончите в открытом окне.", "warning")
        elif others:
            self.take_files(others)

    @Slot()
    def leave(self) -> None:
        """The window closes: work is stopped, then a proved copy beside the database when anything changed."""
        self._ctx.jobs.shutdown()
        self.copies.copy_at_the_end()
        self._release()

    # --- what the menu does -------------------------------------------------------------------------------------------

    def new_office(self) -> None:
        """The first-start wizard."""
        folder = self._held.path.parent if self._held and not self._held.office.demo else home_of_data()
        choice = resolve(WIZARD).ask(self._window, self._ctx, folder)
        if choice is not None and choice.demo:
            self.open_demo()
        elif choice is not None and choice.path is not None and self.open(choice.path):
            self.copies.offer_key()

    def choose_database(self) -> None:
        """Open a database file."""
        start = str((self._wanted or paths.default_database()).parent)
        name, _ = QFileDialog.getOpenFileName(self._window, "Открыть базу", start, _DATABASES)
        if name:
            self.open(Path(name))

    def open_demo(self, *, again: bool = False) -> None:
        """The invented district in its own framed database; made at the first time, or ``again``."""
        if self._example.path.exists() and not again:
            self.open(self._example.path)
        elif not self._example.under_way:
            self._window.show_opening("Готовлю пример: вымышленный район из десяти таблиц…")
            self._example.make()

    def choose_papers(self) -> None:
        """Choose papers to take in."""
        files = resolve(CHOOSE_PAPERS)(self._window, self._ctx)
        if files:
            self.take_files(files)

    @Slot(list)
    def take_files(self, files: list[Path]) -> None:
        """Dropped files: a database is opened, a copy is compared or gone back to, the rest is taken in as papers."""
        if self.seat.shut:
            self._ctx.tell("Файлы не приняты: сначала войдите или снимите блокировку.", "warning")
            return
        databases = [path for path in files if path.suffix.lower() == paths.DATABASE_SUFFIX]
        copies = [path for path in files if path.suffix.lower() == paths.COPY_SUFFIX]
        if databases:
            self.open(databases[0])
        elif copies:
            self.merging.take_copy(copies[0], self.restore_copy)
        elif self._held is None:
            self._ctx.tell("Сначала откройте или создайте базу: файлы принимает открытая база.", "warning")
        else:
            resolve(IMPORT).run(self._window, self._ctx, files)

    def show_questions(self) -> None:
        """Open questions of imports."""
        resolve(QUESTIONS).run(self._window, self._ctx)

    def restore_copy(self, first: Path | None = None) -> None:
        """Go back to a copy (to be chosen, or the one named); the present file is kept."""
        database = self._wanted or paths.default_database()

        def put_back(copy: Path, identities: tuple[str, ...]) -> None:
            self._put_back(copy, database, identities)

        deeds = resolve(DEEDS)(put_back, self.copies.open_trial, self.merging.compare)
        resolve(RESTORE).run(self._window, self._ctx, database, deeds, first)

    def update_program(self) -> None:
        """A newer program from a stick: the installer waits until this one has closed."""
        update_program(self._ctx, self._window)

    @Slot()
    def _back_to_former(self) -> None:
        """The example did not come: the database that was open before, or the welcome page."""
        if self._held is not None:
            self._window.show_pages()
        else:
            self._window.show_start()
