"""«Проверка программы»: the steps as they are done, the verdict, the protocol for who helps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.usecases.self_check import (
    NOT_DONE,
    CheckOutcome,
    CheckStep,
    machine_facts,
    protocol_paper,
    write_protocol,
)
from ui.check.run import CheckRun
from ui.common.fitting import fitting
from ui.common.flow import Flow
from ui.common.status_mark import Status, mark, tone
from ui.common.toned import set_tone
from ui.context import Context
from ui.errors import FAILED
from ui.preview.window import PaperWish, show_preview
from ui.theme import SCHEME_TITLES

SIZE = (720, 560)
SCALING = "Масштаб экрана"
WHY = (
    "Программа испытывает себя на вымышленном районе во временной папке: база, импорт, сроки, печать, копии, сверка. "
    "Ваша база не затрагивается, работать можно и дальше. Обычно это меньше минуты."
)
GOOD = "✓ Программа исправна."
BAD = "■ Программа неисправна. Сохраните протокол и отправьте его тому, кто ведёт программу. Фамилий в нём нет."
HALF = "■ Проверка не закончилась. Сохраните протокол и отправьте его тому, кто ведёт программу. Фамилий в нём нет."


class CheckDialog(QDialog):
    """Starts at once; ``outcome`` is what was found, None while it runs."""

    help_page = "check"

    def __init__(self, ctx: Context, program: Sequence[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.outcome: CheckOutcome | None = None
        self.run = CheckRun(program, self)
        self.setWindowTitle("Проверка программы")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.steps = QListWidget()
        self.steps.setObjectName("contents")
        self.steps.setAccessibleName("Шаги проверки")
        self.steps.setWordWrap(True)
        self.steps.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Ход проверки")
        self.verdict = QLabel(wordWrap=True)
        self.save = self._button("Сохранить протокол…", self.save_protocol)
        self.print = self._button("Напечатать…", self.show_protocol)
        self.again = self._button("Проверить ещё раз", self.begin)
        self.close_button = self._button("Закрыть", self.reject)
        self._lay_out()
        self.run.begins.connect(self._begins)
        self.run.stepped.connect(self._stepped)
        self.run.ended.connect(self._ended)
        ctx.theme.changed.connect(self._paint)
        self.resize(fitting(ctx, SIZE))
        self.begin()

    @classmethod
    def show_over(cls, window: QWidget, ctx: Context) -> CheckDialog:
        """Show the window beside the work; the one that is open already, if there is one."""
        dialog = next(iter(window.findChildren(cls)), None) or cls(ctx, parent=window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    @Slot()
    def begin(self) -> None:
        """Check from the beginning."""
        self.outcome = None
        self.steps.clear()
        self.verdict.setText("")
        self.bar.setRange(0, 0)
        self._show_buttons()
        self.close_button.setFocus()
        self.run.start()

    @Slot()
    def show_protocol(self) -> None:
        """The page as it will be printed."""
        if self.outcome is not None:
            today = self.ctx.clock.today()
            show_preview(self, self.ctx, PaperWish("self-test", today.year, ready=protocol_paper(self.outcome)))

    @Slot()
    def save_protocol(self) -> None:
        """As PDF, where the person says."""
        if self.outcome is None:
            return
        folder = Path(self.ctx.prefs.get("preview.folder", str(Path.home())))
        name = f"{protocol_paper(self.outcome).name}.pdf"
        kinds = "PDF (*.pdf);;Текст (*.txt)"
        chosen, kind = QFileDialog.getSaveFileName(self, "Сохранить протокол", str(folder / name), kinds)
        if chosen:
            ending = ".txt" if kind.startswith("Текст") or Path(chosen).suffix.lower() == ".txt" else ".pdf"
            self.save_to(Path(chosen).with_suffix(ending))

    def save_to(self, path: Path) -> None:
        """Write the protocol; a sentence says where it is or why not."""
        if self.outcome is None or self.ctx.attempt(partial(write_protocol, path, self.outcome)) is FAILED:
            return
        self.ctx.prefs.set("preview.folder", str(path.parent))
        self.verdict.setText(f"{self._words()}\nПротокол сохранён: {path.name}")

    def done(self, result: int) -> None:
        """Closed: the child is wanted no more."""
        self.run.stop()
        super().done(result)

    # --- what comes ---------------------------------------------------------------------------------------------------

    @Slot(int, int, str)
    def _begins(self, done: int, of: int, name: str) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.verdict.setText(f"Проверяю: {name}…")

    @Slot(object)
    def _stepped(self, step: CheckStep) -> None:
        state = Status.OK if step.ok else Status.OVERDUE
        word = "" if step.ok else "НЕТ, "
        item = QListWidgetItem(f"{mark(state)} {word}{step.name}: {step.told}")
        item.setData(Qt.ItemDataRole.UserRole, state)
        self.steps.addItem(item)
        self.steps.scrollToBottom()
        self._paint()

    @Slot(object)
    def _ended(self, outcome: CheckOutcome) -> None:
        facts = outcome.facts or machine_facts(self.ctx.clock.now())
        own = tuple(fact for fact in facts if fact[0] != SCALING)
        self.outcome = outcome._replace(facts=(*own, *self._screen_facts()))
        self.verdict.setText(self._words())
        self._paint()
        self._show_buttons()
        (self.close_button if outcome.whole else self.save).setFocus()

    # --- small parts --------------------------------------------------------------------------------------------------

    def _words(self) -> str:
        if self.outcome is None:
            return ""
        return GOOD if self.outcome.whole else HALF if self.outcome.verdict == NOT_DONE else BAD

    def _screen_facts(self) -> tuple[tuple[str, str], ...]:
        screen = self.screen()
        size = screen.size()
        theme = self.ctx.theme
        return (
            (SCALING, f"{screen.devicePixelRatio() * 100:.0f} %, экран {size.width()}×{size.height()}"),
            ("Вид окна", f"{SCHEME_TITLES[theme.scheme].lower()}, размер букв {theme.scale} %"),
        )

    @Slot()
    def _paint(self) -> None:
        colours = self.ctx.theme.colours
        for line in range(self.steps.count()):
            item = self.steps.item(line)
            item.setForeground(QColor(getattr(colours, tone(item.data(Qt.ItemDataRole.UserRole)))))
        if self.outcome is not None:
            set_tone(self.verdict, "ok" if self.outcome.whole else "bad")
        else:
            set_tone(self.verdict, "")

    def _show_buttons(self) -> None:
        done = self.outcome is not None
        for button in (self.save, self.print, self.again):
            button.setVisible(done)
        self.bar.setVisible(not done)
        self.close_button.setText("Закрыть" if done else "Остановить")
        self.save.setProperty("primary", done and self.outcome is not None and not self.outcome.whole)
        self.save.style().polish(self.save)

    def _button(self, title: str, run: object) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _lay_out(self) -> None:
        why = QLabel(WHY, wordWrap=True)
        why.setObjectName("secondary")
        foot = Flow()
        foot.add(self.save, self.print, self.again)
        foot.add(self.close_button, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(why)
        column.addWidget(self.steps, 1)
        for widget in (self.bar, self.verdict):
            column.addWidget(widget)
        column.addLayout(foot)
