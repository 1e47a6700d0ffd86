"""Print preview: what prints and what was found on the left, the pages on the right, the deeds at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.words import plural
from imc_desktop.usecases import exporting
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.common import Paper
from imc_desktop.usecases.printing.wish import Shown, Wish
from ui.common.fitting import fitting
from ui.common.flow import Flow
from ui.common.kept_icon import KeptIcon
from ui.common.kept_size import KeptSize
from ui.common.leaving_box import write_out
from ui.context import Context, MessageAction
from ui.errors import FAILED
from ui.jobs import Job
from ui.preview.findings import findings_list
from ui.preview.pages import PagesView
from ui.preview.paper_out import print_pages, write_pdf

Found = Callable[[], Sequence[Problem]]
GoTo = Callable[[str], object]
LEFT = 280
SIZE = (1240, 880)
LIST_CHOICE = ("Что показано в списке", "Весь список")
LIST_CHOICES = {"due-list": ("Что показано в списке", "Все, кому пора, по всем правилам")}
PLAN_CHOICE = ("Утверждённый", "Проект: строки как сейчас")


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What to show: the kind, the school year, the day it is true for (None: today, whatever day that is).

    ``subject`` names the one record the paper is about, ``receiver`` to whom it goes ("" where there is none).
    ``ready``: a paper that is made already and not of a database; there is no sheet of it, and no log.
    ``shown`` tells the rows of the list it is asked for from, as they are now; the whole list stays a choice.
    """

    kind: str
    year: int
    on: date | None = None
    subject: str = ""
    receiver: str = ""
    ready: Paper | None = None
    shown: Callable[[], Shown] | None = None

    @property
    def narrowed(self) -> bool:
        """True when the list on the screen is not the whole one now."""
        return self.shown is not None and bool(self.shown().words)

    def wanted(self, today: date, *, other: bool, masked: bool = False) -> Wish:
        """For the use cases; ``other`` is the second choice: the draft of an approved plan, or the whole list."""
        shown = self.shown() if self.shown is not None else None
        draft = True if other and shown is None else None
        if other and shown is not None and shown.words:
            shown = None
        return Wish(self.year, self.on or today, draft, self.subject, self.receiver, masked, shown)


def nothing_found() -> Sequence[Problem]:
    """For papers that are not checked before printing."""
    return ()


def open_preview(
    parent: QWidget,
    ctx: Context,
    kind: str,
    year: int,
    found: Found = nothing_found,
    go_to: GoTo | None = None,
    *,
    on: date | None = None,
    shown: Callable[[], Shown] | None = None,
) -> PreviewWindow | None:
    """Show a kind of paper; ``go_to`` is given the key of a row that was clicked, ``on`` is today unless told.

    A list on which nothing is ``shown`` is not printed: that is told.
    """
    if shown is not None and not shown().keys:
        ctx.tell("В списке ничего не показано: печатать нечего.", "warning")
        return None
    return show_preview(parent, ctx, PaperWish(kind, year, on, shown=shown), found, go_to)


def show_preview(
    parent: QWidget, ctx: Context, wish: PaperWish, found: Found = nothing_found, go_to: GoTo | None = None
) -> PreviewWindow:
    """The same for any wish."""
    window = PreviewWindow(ctx, wish, found, go_to, parent.window())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    parent.destroyed.connect(window.close)
    window.show()
    return window


class PreviewWindow(QDialog):
    """Follows the data: when they change, the pages are made anew and stay where they were."""

    help_page = "preview"

    def __init__(
        self,
        ctx: Context,
        wish: PaperWish,
        found: Found = nothing_found,
        go_to: GoTo | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ctx, self.wish = ctx, wish
        self._found, self._go_to = found, go_to
        self._bytes = QByteArray()
        self._buffer = QBuffer(self._bytes, self)
        self.paper: Paper | None = None
        self._shown_other = False
        self._job: Job | None = None
        self.document = QPdfDocument(self)
        self.setWindowTitle(wish.ready.title if wish.ready else printing.print_kind(wish.kind).title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.pages = PagesView(self.document, self)
        self.pages.clicked.connect(self._follow)
        self.links: list[QPushButton] = []
        self._build()
        self.resize(fitting(ctx, SIZE))
        ctx.bus.changed.connect(self._on_changed)
        self.reload()

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._name = QLabel("Готовлю страницы…", wordWrap=True)
        self._name.setObjectName("title")
        self._about = QLabel(wordWrap=True)
        self._about.setObjectName("secondary")
        titles = LIST_CHOICES.get(self.wish.kind, LIST_CHOICE) if self.wish.shown else PLAN_CHOICE
        self._as_is, self._as_draft = (QRadioButton(title) for title in titles)
        self._choice = QButtonGroup(self)
        for number, radio in enumerate((self._as_is, self._as_draft)):
            self._choice.addButton(radio, number)
            radio.hide()
        self._as_is.setChecked(True)
        self._choice.idClicked.connect(self.reload)
        self._list = QScrollArea()
        self._list.setAccessibleName("Замечания к документу")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QWidget()
        left.setObjectName("card")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        KeptSize(self.ctx.theme, left, "setFixedWidth", LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 16, 8, 12)
        column.setSpacing(8)
        for widget in (self._name, self._about, self._as_is, self._as_draft):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addStretch()  # takes the room of the list when there is none, so that the words stay at the top
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addLayout(self._foot())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)

    def _foot(self) -> Flow:
        theme = self.ctx.theme
        self.print = QPushButton("Печать…")
        KeptIcon(theme, self.print, "printer", "accent_text")
        self.print.setProperty("primary", True)
        self.print.setDefault(True)
        self.print.clicked.connect(self.send_to_printer)
        foot = Flow((16, 8, 16, 10))
        foot.add(self.print)
        for icon, title, name, run in (
            ("file-type-pdf", "PDF…", "Сохранить PDF", self.save_pdf),
            ("file-spreadsheet", "Excel…", "Сохранить для Excel", self.save_sheet),
        ):
            button = QPushButton(title)
            KeptIcon(theme, button, icon)
            button.setAccessibleName(name)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            foot.add(button)
            button.setVisible(icon != "file-spreadsheet" or self.wish.ready is None)
            if icon == "file-type-pdf":
                self.pdf = button
        for icon, name, run in (
            ("zoom-out", "Мельче (Ctrl+колесо)", partial(self.pages.zoom, 1 / 1.25)),
            ("zoom-in", "Крупнее (Ctrl+колесо)", partial(self.pages.zoom, 1.25)),
        ):
            button = QPushButton()
            KeptIcon(theme, button, icon)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            foot.add(button, end=True)
        fit = QPushButton("По ширине")
        fit.setAutoDefault(False)
        fit.clicked.connect(self.pages.fit)
        foot.add(fit, end=True)
        close = QPushButton("Закрыть")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot.add(close, end=True)
        return foot

    # --- the paper ----------------------------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Make the paper anew; an error is a sentence in the strip and the old pages stay."""
        wish = self.wish
        if wish.ready is not None:
            if self.paper is None:
                self._show_paper(wish.ready)
            return
        wanted = wish.wanted(self.ctx.clock.today(), other=self._as_draft.isChecked())
        self._offer(ready=False)
        self._job = self.ctx.jobs.run(
            lambda _report: printing.prepare(self.ctx.store, wish.kind, wanted),
            self._show_paper,
            self._not_made,
            title="Готовлю страницы",
        )

    def _not_made(self, error: BaseException) -> None:
        """The pages that are there stay, and with them the choice they were made by."""
        self.ctx.report_error(error)
        if self.paper is not None:
            (self._as_draft if self._shown_other else self._as_is).setChecked(True)
            self._offer(ready=True)

    def _offer(self, *, ready: bool) -> None:
        """What is printed and saved are the pages shown, never those of another choice."""
        self.print.setEnabled(ready)
        self.pdf.setEnabled(ready)

    def done(self, result: int) -> None:
        """Closed while the pages are being made: they are wanted no more."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def _show_paper(self, paper: Paper) -> None:
        place = self.pages.verticalScrollBar().value()
        self.paper = paper
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(paper.pdf)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.pages.verticalScrollBar().setValue(place)
        count = self.document.pageCount()
        self._name.setText(paper.title)
        state = "проект, ещё не утверждён" if paper.draft else "как будет напечатано"
        hint = "Щелчок по строке откроет её." if self._go_to is not None else ""
        self._about.setText(f"{count} {plural(count, 'страница', 'страницы', 'страниц')} А4 · {state}. {hint}".strip())
        approved = self.wish.kind == "annual-plan" and (not paper.draft or self._as_draft.isChecked())
        can_choose = approved or self.wish.narrowed
        self._shown_other = self._as_draft.isChecked()
        self._offer(ready=True)
        for radio in (self._as_is, self._as_draft):
            radio.setVisible(can_choose)
        found = self._found() if paper.draft else ()
        self._list.setWidget(findings_list(found, self._go, self.links))
        self._list.setVisible(paper.draft)

    # --- deeds --------------------------------------------------------------------------------------------------------

    @Slot()
    def send_to_printer(self) -> None:
        """Ask which printer and which pages, then print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        box = QPrintDialog(printer, self)
        box.setMinMax(1, max(1, self.document.pageCount()))
        if box.exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        paper = self.paper
        if paper is None:
            return
        act = partial(print_pages, self.document, printer, printer.fromPage(), printer.toPage())
        count = self.ctx.attempt(act)
        if count is not FAILED:
            self._log(paper, None)
            self.ctx.tell(f"Отправлено на принтер: {paper.title}, {count} стр.", "success")

    @Slot()
    def save_pdf(self) -> None:
        """Save the very bytes that are shown."""
        path = self.choose_path("PDF", "pdf")
        if path is None or self.paper is None:
            return
        if self._saved(path, partial(write_pdf, path, self.paper.pdf)):
            self._log(self.paper, path)

    @Slot()
    def save_sheet(self) -> None:
        """Save the same rows for Excel."""
        path = self.choose_path("Excel", "xlsx")
        if path is not None:
            write_out(self, self.ctx, self.wish.kind, path, partial(self._write_sheet, path))

    def _write_sheet(self, path: Path, masked: bool) -> None:
        wanted = self.wish.wanted(self.ctx.clock.today(), other=self._as_draft.isChecked(), masked=masked)
        self._saved(path, partial(exporting.export, self.ctx.store, self.wish.kind, path, wanted))

    def choose_path(self, what: str, ending: str) -> Path | None:
        """Where to save; None when the person changed their mind."""
        folder = self.ctx.prefs.get("preview.folder", str(Path.home()))
        name = f"{self.paper.name if self.paper else 'Документ'}.{ending}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, f"Сохранить: {what}", str(Path(folder) / name), f"{what} (*.{ending})"
        )
        return Path(chosen).with_suffix(f".{ending}") if chosen else None

    def _log(self, paper: Paper, path: Path | None) -> None:
        if self.wish.ready is None:
            printing.log_print(self.ctx.store, paper, path)

    def _saved(self, path: Path, act: Callable[[], object]) -> bool:
        if self.ctx.attempt(act) is FAILED:
            return False
        self.ctx.prefs.set("preview.folder", str(path.parent))
        self.ctx.tell(f"Сохранено: {path.name}", "success", MessageAction("Открыть", partial(self.ctx.open_path, path)))
        return True

    # --- slots --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.send_to_printer()
        else:
            super().keyPressEvent(event)

    @Slot(int, float, float)
    def _follow(self, page: int, x: float, y: float) -> None:
        key = self.paper.key_at(page, x, y) if self.paper is not None else ""
        if key:
            self._go(key)

    def _go(self, key: str) -> None:
        if self._go_to is None:
            return
        self._go_to(key)
        owner = self.parentWidget()
        if owner is not None:
            owner.activateWindow()
            owner.raise_()

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        if self.isVisible():
            self.reload()
