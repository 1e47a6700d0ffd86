"""A new key of copies in one guided action: password, the paper sheet, two groups typed back, what changes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Slot
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.domain.words import plural
from imc_desktop.usecases import copy_keys
from imc_desktop.usecases.printing.key_sheet import secret_paper
from ui.common.fitting import fitting
from ui.context import Context
from ui.copies.key_fields import group_line, rows_of, secret_line
from ui.errors import FAILED, attempt, sentence_for
from ui.preview.paper_out import print_pages

SIZE = (640, 380)
PASSWORD, SHEET, TYPE_BACK, DONE = range(4)
REASONS = (
    "ушёл сотрудник, который знал пароль",
    "потеряна флешка с копией",
    "потерян бумажный ключ",
    "плановая смена",
)
WHAT_IT_IS = (
    "Копии, которые уходят на флешке, закрываются ключом. Его открывает пароль – один раз за рабочий день – или ключ с "
    "бумажного листа. Забыт пароль и потерян лист – копии на флешках не откроет никто. База на этом компьютере не "
    "шифруется и останется доступной. Это защита от потери флешки, а не сертифицированное средство (СКЗИ)."
)
SHOWN_ONCE = (
    "Это бумажный ключ. Напечатайте лист или перепишите группы от руки и уберите в сейф. Второй раз программа их не "
    "покажет."
)
WHO_OPENS_THEM = "Кто знает прежний пароль или видел прежний лист, откроет их, если флешка попадёт ему в руки."
WHAT_TO_DO = (
    "Сделайте новую копию, а прежние удалите с флешек, которые у вас. Программа откроет их и новым паролем; прежний "
    "лист можно уничтожить, когда прежних копий не останется."
)


class NewKeyDialog(QDialog):
    """``made`` is the id of the key put in force; nothing is written before the last step."""

    help_page = "keys"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.made = ""
        self.draft = copy_keys.draft_keys()
        self.former = copy_keys.key_view(ctx.store)
        self.setWindowTitle("Сменить ключ копий" if self.former.key_id else "Ключ копий")
        self.resize(fitting(ctx, SIZE))
        self.password, self.again = secret_line("Пароль копий"), secret_line("Пароль копий ещё раз")
        self.reason = QComboBox()
        self.reason.setAccessibleName("Почему меняется ключ")
        self.reason.addItems(REASONS)
        self.print = QPushButton(ctx.theme.icon("printer"), "Напечатать лист…")
        self.print.setAutoDefault(False)
        self.print.clicked.connect(self.print_sheet)
        self.asked = copy_keys.asked_groups(self.draft)
        self.typed = tuple(group_line(number, ctx.theme) for number in self.asked)
        self.told = QLabel()
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.verb, self.back, self.cancel = QPushButton("Дальше"), QPushButton("Назад"), QPushButton("Отмена")
        self._build()
        self.show_step(PASSWORD)

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> str:
        """Lead the person through; the id of the new key, "" when given up."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.made

    @property
    def step(self) -> int:
        """The page shown."""
        return self.pages.currentIndex()

    @Slot()
    def go_on(self) -> None:
        """The verb: the next page, when nothing stands against it."""
        trouble = ""
        if self.step == PASSWORD:
            trouble = copy_keys.password_trouble(self.password.text())
            if not trouble and self.password.text() != self.again.text():
                trouble = "Пароли не совпали: введите один и тот же дважды."
        elif self.step == TYPE_BACK and not copy_keys.typed_back(self.draft, [line.text() for line in self.typed]):
            trouble = "Группы не те, что на листе. Проверьте номера групп; можно вернуться и посмотреть ещё раз."
        self._say(trouble)
        if trouble:
            return
        if self.step == TYPE_BACK:
            self._put_in_force()
        elif self.step == DONE:
            self.accept()
        else:
            self.show_step(self.step + 1)

    @Slot()
    def go_back(self) -> None:
        """The page before; what was typed stays."""
        self._say("")
        self.show_step(self.step - 1)

    def show_step(self, step: int) -> None:
        """Turn to a page."""
        self.pages.setCurrentIndex(step)
        self.back.setVisible(step in (SHEET, TYPE_BACK))
        self.cancel.setVisible(step != DONE)
        self.verb.setText({TYPE_BACK: "Ввести ключ в действие", DONE: "Готово"}.get(step, "Дальше"))
        focus = {PASSWORD: self.password, SHEET: self.print, TYPE_BACK: self.typed[0]}.get(step, self.verb)
        focus.setFocus()

    @Slot()
    def print_sheet(self) -> None:
        """Ask which printer, then print; the sheet is never written to a file."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen."""
        paper = secret_paper(self.ctx.store, self.draft, self.ctx.clock.today())
        data = QByteArray(paper.pdf)
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(buffer)
        if attempt(partial(print_pages, document, printer), self._report) is not FAILED:
            self._say("")
            self.print.setText("Напечатать ещё раз…")
        document.close()
        document.deleteLater()

    def _put_in_force(self) -> None:
        reason = self.reason.currentText() if self.former.key_id else ""
        act = partial(
            copy_keys.put_in_force,
            self.ctx.store,
            self.draft,
            self.password.text(),
            today=self.ctx.clock.today(),
            reason=reason,
        )
        if attempt(act, self._report) is not FAILED:
            self.made = self.draft.key_id
            self.told.setText(self._outcome())
            self.show_step(DONE)

    def _outcome(self) -> str:
        lines = [f"Ключ {self.made} действует: копии на флешку теперь шифруются."]
        old = copy_keys.copies_of_old_keys(self.ctx.store)
        if old:
            word = plural(len(old), "копия", "копии", "копий")
            places = sorted({Path(copy.place).name or copy.place for copy in old})
            told = f"Прежними ключами открываются {len(old)} {word} ({', '.join(places[:4])})."
            lines += [f"{told} {WHO_OPENS_THEM}", WHAT_TO_DO]
        return "\n\n".join(lines)

    def _say(self, text: str) -> None:
        self.problem.setText(text)

    def _report(self, error: BaseException) -> None:
        sentence = sentence_for(error)
        if sentence is None:
            self.ctx.report_error(error)
        else:
            self._say(sentence)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.pages = QStackedWidget()
        for page in (self._password_page(), self._sheet_page(), self._type_back_page(), self._done_page()):
            self.pages.addWidget(page)
        self.problem.setWordWrap(True)
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.go_on)
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.go_back)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.problem, 1)
        for button in (self.back, self.verb, self.cancel):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def _password_page(self) -> QWidget:
        rows = rows_of(("Пароль копий", self.password), ("Ещё раз", self.again))
        if self.former.key_id:
            rows.addRow("Почему меняем", self.reason)
        hint = QLabel("Не меньше 12 знаков или четыре слова подряд.")
        hint.setObjectName("secondary")
        rows.addRow("", hint)
        return _page(_words(WHAT_IT_IS), rows)

    def _sheet_page(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for place, group in enumerate(self.draft.groups):
            number = QLabel(str(place + 1))
            number.setObjectName("secondary")
            letters = QLabel(group)
            letters.setObjectName("title")
            letters.setAccessibleName(f"Группа {place + 1}: {' '.join(group)}")
            row, column = divmod(place, 5)
            grid.addWidget(number, 2 * row, column, Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(letters, 2 * row + 1, column, Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout()
        line.addWidget(self.print)
        line.addStretch()
        return _page(_words(SHOWN_ONCE), _words(f"№ ключа {self.draft.key_id}"), grid, line)

    def _type_back_page(self) -> QWidget:
        words = f"Возьмите лист и введите группы {self.asked[0]} и {self.asked[1]}: так видно, что ключ записан верно."
        titles = [f"Группа {number}" for number in self.asked]
        return _page(_words(words), rows_of(*zip(titles, self.typed, strict=True)))

    def _done_page(self) -> QWidget:
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        return _page(self.told)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _page(*parts: QWidget | QHBoxLayout | QGridLayout | object) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)  # type: ignore[arg-type]
    column.addStretch()
    return page
