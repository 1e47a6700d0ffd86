"""The import window: files → columns → what will happen → result. Nothing is written before the third page's button."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from imc_desktop.usecases.imports.columns import correctable_tables
from imc_desktop.usecases.imports.effects import Preview
from imc_desktop.usecases.imports.rejects import rejects_count, write_rejects
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import ReadPaper
from ui.common.fitting import fitting
from ui.common.steps import StepsDialog
from ui.context import Context, MessageAction
from ui.errors import FAILED, attempt
from ui.imports import work
from ui.imports.columns_page import ColumnsPage
from ui.imports.files_page import FilesPage
from ui.imports.preview_page import PreviewPage
from ui.imports.questions import QuestionsDialog
from ui.imports.result_page import ResultPage
from ui.imports.state import counters, summary_of, told_result

STEPS = ("Файлы", "Столбцы", "Что будет", "Итог")
VERBS = ("Дальше", "Показать, что будет", "Импортировать", "Готово")
FILES, COLUMNS, PREVIEW, RESULT = range(4)
SIZE = (1000, 660)
PATTERNS = "Таблицы (*.xlsx *.xlsm *.xls *.ods *.csv *.html *.htm);;Все файлы (*)"


class ImportDialog(StepsDialog):
    """``report`` is what was imported, None when nothing was (or it was taken back here)."""

    help_page = "import"

    def __init__(self, ctx: Context, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        self.files, self.columns = FilesPage(ctx.theme), ColumnsPage(ctx.theme)
        self.preview_page, self.outcome = PreviewPage(ctx), ResultPage(ctx.theme)
        self.paths = list(paths)
        self.papers: list[ReadPaper] = []
        self.preview: Preview | None = None
        self.report: ImportReport | None = None
        self._read_with: dict[str, dict[int, str]] = {}
        super().__init__(ctx, STEPS, VERBS, (self.files, self.columns, self.preview_page, self.outcome), parent)
        self.setWindowTitle("Импорт")
        self.setAcceptDrops(True)
        self.resize(fitting(ctx, SIZE))
        self.files.requestedMore.connect(self._add_files)
        self.outcome.requestedUndo.connect(self._undo)
        self.outcome.requestedRejects.connect(self._save_rejects)
        self.outcome.requestedQuestions.connect(self._ask_questions)
        self.show_step(FILES)

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context, paths: Sequence[Path] = ()) -> ImportReport | None:
        """Ask for files when none are given, show the window; what was imported, or None."""
        chosen = list(paths) or choose_files(parent, ctx)
        if not chosen:
            return None
        dialog = cls(ctx, chosen, parent)
        dialog.start()
        dialog.exec()
        dialog.deleteLater()
        return dialog.report

    def start(self) -> None:
        """Read the files."""
        self._read_with = {key: dict(columns) for key, columns in self.columns.overrides.items()}
        job = partial(work.read, self.ctx.store, self.paths, self._read_with)
        self.jobs.run("Читаю файлы", job, self._papers_read, self._stopped)

    def may_go_on(self) -> bool:
        """Something was read; on the third page: something would change or be asked."""
        if self.step == PREVIEW and self.preview is not None:
            return bool(self.preview.effects) or _asks(self.preview)
        return any(paper.paper for paper in self.papers)

    # --- pages --------------------------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """The verb: to the next page, the import itself, or the end."""
        if self.step == FILES and self.columns.tables.count():
            self.show_step(COLUMNS)
        elif self.step in (FILES, COLUMNS):
            if self.columns.overrides != self._read_with:
                self.start()
            else:
                self._make_preview()
        elif self.step == PREVIEW and self.preview is not None:
            self.verb.setEnabled(False)
            today, corrections = self.ctx.clock.today(), self.columns.remembered()
            job = partial(work.do_import, self.ctx.store, self.papers, self.preview, corrections, today)
            self.jobs.run("Импортирую", job, self._done, self._stopped, binding=True)
        else:
            self.accept()

    @Slot()
    def go_back(self) -> None:
        """One page back."""
        if self.step == PREVIEW and self.columns.tables.count():
            self.show_step(COLUMNS)
        else:
            self.show_step(FILES)

    def _papers_read(self, papers: list[ReadPaper]) -> None:
        again = self.step == COLUMNS
        self.papers = papers
        self.files.show_papers(papers)
        self.columns.show_tables(correctable_tables(papers))
        if again:
            self._make_preview()
        else:
            self.show_step(FILES)

    def _make_preview(self) -> None:
        job = partial(work.preview, self.ctx.store, self.papers, self.ctx.clock.today())
        self.jobs.run("Сопоставляю с базой", job, self._show_preview, self._stopped)

    def _show_preview(self, preview: Preview) -> None:
        self.preview = preview
        self.preview_page.show_preview(preview)
        self.show_step(PREVIEW)
        if not preview.effects:
            asked = "Новых сведений нет, есть только вопросы." if _asks(preview) else "Всё это уже есть в базе."
            self.jobs.say(asked, good=True)

    def _done(self, deed: work.Deed) -> None:
        if deed.report is None:
            assert deed.preview is not None  # noqa: S101 - one of the two is there
            self._show_preview(deed.preview)
            self.jobs.say("База за это время изменилась. Посмотрите список ещё раз.")
            return
        self.report = deed.report
        assert self.preview is not None  # noqa: S101 - the deed was seen first
        told = [f"Сами собой решились вопросы: {deed.report.answered}."] if deed.report.answered else []
        told += [f"{file.file}: {file.refused}" for file in deed.report.refused]
        questions = sum(len(file.unclear) + len(file.contradictions) for file in deed.report.files)
        self.outcome.show_result(summary_of(self.preview), "\n".join(told), questions, rejects_count(self.papers))
        self.outcome.tell_way_back(copied=deed.copied)
        self.show_step(RESULT)
        words = told_result(counters(self.preview))
        self.ctx.tell(f"{deed.report.label} — {words}.", "success", MessageAction("Отменить", self.ctx.undo))

    # --- the result's wishes ------------------------------------------------------------------------------------------

    @Slot()
    def _undo(self) -> None:
        if self.report is not None:
            job = partial(work.undo_import, self.ctx.store, self.report.label)
            self.jobs.run("Отменяю импорт", job, self._undone, binding=True)

    def _undone(self, label: str) -> None:
        self.report = None
        self.outcome.show_undone()
        self.ctx.tell(f"Отменено: {label}", "info", MessageAction("Повторить", self.ctx.redo))

    @Slot()
    def _save_rejects(self) -> None:
        first = Path(self.paths[0])
        offered = first.with_name(f"{first.stem} — не принято.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "Сохранить отклонённые строки", str(offered), "Excel (*.xlsx)")
        if name:
            self.save_rejects(Path(name))

    def save_rejects(self, path: Path) -> None:
        """Write the rejected rows as a sheet and say where it is."""
        count = attempt(lambda: write_rejects(path, self.papers), self.jobs.report)
        if count is not FAILED:
            self.jobs.say(f"Сохранено: {path.name}, строк: {count}.", good=True)

    @Slot()
    def _ask_questions(self) -> None:
        QuestionsDialog.run(self, self.ctx)

    @Slot()
    def _add_files(self) -> None:
        more = [path for path in choose_files(self, self.ctx) if path not in self.paths]
        if more:
            self.paths += more
            self.start()

    def _stopped(self) -> None:
        if self.papers:
            self.show_step(self.step)
            self.jobs.say("Остановлено. В базе ничего не изменилось.", good=True)
        else:
            super().reject()

    # --- drops --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step == FILES and not self.jobs.busy and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        more = [path for path in paths if path not in self.paths]
        if more:
            event.acceptProposedAction()
            self.paths += more
            self.start()


def _asks(preview: Preview) -> bool:
    return any(file.unclear or file.contradictions for file in preview.report.files)


def choose_files(parent: QWidget | None, ctx: Context) -> list[Path]:
    """The system's file chooser; remembers the folder."""
    folder = ctx.prefs.get("import.folder", str(Path.home()))
    names, _ = QFileDialog.getOpenFileNames(parent, "Файлы для импорта", folder, PATTERNS)
    if names:
        ctx.prefs.set("import.folder", str(Path(names[0]).parent))
    return [Path(name) for name in names]
