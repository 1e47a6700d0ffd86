"""The first start: five pages from a profile to a database; or the example instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.usecases.office import ProfileView, profiles
from imc_desktop.usecases.office_making import create_office
from ui.common.fitting import fitting
from ui.context import Context
from ui.errors import FAILED, attempt, sentence_for
from ui.wizard.pages import AsksPage, NamesPage, PlacesPage, ProfilePage, SummaryPage
from ui.wizard.state import WizardChoice, answers_of, asked_on_names, file_name_of, shown_value

TITLES = (
    "Какое у вас учреждение",
    "Названия и подписи",
    "Что положение не говорит",
    "Где база и копии",
    "Проверьте и создайте",
)
PROFILE, NAMES, ASKS, PLACES, SUMMARY = range(5)
SIZE = (860, 640)


class Wizard(QDialog):
    """``choice`` is what came of it; nothing is written before «Создать»."""

    help_page = "first-run"

    def __init__(self, ctx: Context, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.choice: WizardChoice | None = None
        self.told: dict[str, str] = {}
        self._folder = folder
        self._shown_profile = ""
        self.setWindowTitle("Новая база")
        self.resize(fitting(ctx, SIZE))
        self.first = ProfilePage(ctx, profiles())
        self.names, self.asks, self.places, self.summary = NamesPage(ctx), AsksPage(ctx), PlacesPage(ctx), SummaryPage()
        self.first.requestedDemo.connect(self._choose_demo)
        self.stack = QStackedWidget()
        for page in (self.first, self.names, self.asks, self.places, self.summary):
            self.stack.addWidget(page)
        self._build()
        self._show_step(PROFILE)

    @classmethod
    def ask(cls, parent: QWidget | None, ctx: Context, folder: Path) -> WizardChoice | None:
        """Lead the person through; ``folder`` is where the database is offered to lie. None when given up."""
        wizard = cls(ctx, folder, parent)
        wizard.exec()
        wizard.deleteLater()
        return wizard.choice

    @property
    def step(self) -> int:
        """The page shown."""
        return self.stack.currentIndex()

    @property
    def profile(self) -> ProfileView:
        """The chosen profile."""
        return self.first.profile

    @Slot()
    def go_on(self) -> None:
        """The verb: the next page when nothing stands against it; on the last one the database."""
        problem = {NAMES: self.names.problem, PLACES: self.places.problem}.get(self.step, str)()
        self._say(problem)
        if problem:
            return
        self._keep()
        if self.step == SUMMARY:
            self._create()
        else:
            self._show_step(self.step + 1)

    @Slot()
    def go_back(self) -> None:
        """One page back; what was entered stays."""
        self._keep()
        self._show_step(self.step - 1)

    def _keep(self) -> None:
        if self.step in (NAMES, ASKS):
            self.told |= self.names.values() if self.step == NAMES else self.asks.values()

    def _show_step(self, step: int) -> None:
        if self._shown_profile != self.profile.id:
            self._shown_profile, self.told = self.profile.id, {}
        if step == NAMES:
            self.names.show_profile(self.profile, self.told)
        elif step == ASKS:
            self.asks.show_profile(self.profile, self.told)
        elif step == PLACES and not self.places.path.text():
            short = self.told.get("names.short", "")
            self.places.path.setText(str(self._folder / f"{file_name_of(short)}.imc"))
        elif step == SUMMARY:
            self.summary.show_lines(self._lines())
        self.stack.setCurrentIndex(step)
        self.title.setText(TITLES[step])
        self.count.setText(f"{step + 1} из {len(TITLES)}")
        self.verb.setText("Создать" if step == SUMMARY else "Дальше")
        self.back.setVisible(step > PROFILE)
        self._say("")

    def _lines(self) -> list[tuple[str, str]]:
        lines = [("Положение", self.profile.title)]
        lines += [(label, self.told.get(key, "")) for key, label, _ in asked_on_names(self.profile)]
        lines += [
            (ask.question, shown_value(self.told.get(ask.key, ask.default)))
            for ask in self.profile.asks
            if ask.key != "place"
        ]
        lines += [("Файл базы", self.places.path.text()), ("Копии", self.places.copies.text().strip())]
        return [(label, text) for label, text in lines if text]

    def _create(self) -> None:
        path = Path(self.places.path.text().strip())
        self.verb.setEnabled(False)
        made = attempt(lambda: create_office(path, self.profile.id, answers_of(self.profile, self.told)), self._report)
        self.verb.setEnabled(True)
        if made is FAILED:
            return
        made.close()
        if folder := self.places.copies.text().strip():
            self.ctx.prefs.set("copies.folder", folder)
        self.choice = WizardChoice(path)
        self.accept()

    @Slot()
    def _choose_demo(self) -> None:
        self.choice = WizardChoice(None, demo=True)
        self.accept()

    def _report(self, error: BaseException) -> None:
        sentence = sentence_for(error)
        if sentence is None:
            self.ctx.report_error(error)
        else:
            self._say(sentence)

    def _say(self, text: str) -> None:
        self.message.setText(text)

    def _build(self) -> None:
        self.title, self.count, self.message = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("bigtitle")
        self.count.setObjectName("secondary")
        self.message.setObjectName("problem")
        self.message.setWordWrap(True)
        self.back, self.verb, self.cancel = QPushButton("Назад"), QPushButton("Дальше"), QPushButton("Отмена")
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.back.clicked.connect(self.go_back)
        self.verb.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        foot.setSpacing(8)
        foot.addWidget(self.message, 1)
        for button in (self.back, self.verb, self.cancel):
            button.setAutoDefault(button is self.verb)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
