"""The pages of the wizard: profile, names, open questions, places, summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.usecases.office import ProfileView
from ui.common.segmented import Segmented
from ui.context import Context
from ui.wizard.state import COUNTRIES, asked_on_names, own_value, shown_value

BESIDE = 56  # the mark of a choice and the bar
SIZES = (("100", "100 %"), ("125", "125 %"), ("150", "150 %"), ("175", "175 %"), ("200", "200 %"))


def text_label(text: str, *, secondary: bool = False) -> QLabel:
    """A paragraph."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if secondary:
        label.setObjectName("secondary")
    return label


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """A page's body that scrolls when it must."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area


class ProfilePage(QWidget):
    """Five offices to choose from, each with its regulation; or the example."""

    requestedDemo = Signal()  # noqa: N815 - a Qt signal

    def __init__(self, ctx: Context, profiles: Sequence[ProfileView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self._profiles = tuple(profiles)
        ctx.theme.changed.connect(self._break_titles)
        self.group = QButtonGroup(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for number, profile in enumerate(profiles):
            radio = QRadioButton(profile.title)
            radio.setAccessibleName(profile.title)
            self.group.addButton(radio, number)
            column.addWidget(radio)
            country = COUNTRIES.get(profile.country, profile.country)
            told = text_label(f"{profile.regulation}. {country}.", secondary=True)
            told.setContentsMargins(ctx.theme.px(26), 0, 0, ctx.theme.px(10))
            column.addWidget(told)
        column.addStretch()
        self.group.button(0).setChecked(True)
        self.demo = QPushButton("Посмотреть на примере")
        self.demo.setIcon(ctx.theme.icon("eye"))
        self.demo.setAutoDefault(False)
        self.demo.clicked.connect(self.requestedDemo)
        example = QHBoxLayout()
        example.setSpacing(16)
        example.addWidget(self.demo)
        example.addWidget(text_label("Вымышленный район в отдельной базе: всё можно трогать.", secondary=True), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        words = "Выберите положение, ближайшее к вашему: из него берутся правила, грифы и формы. Названия — дальше."
        layout.addWidget(text_label(words))
        layout.addWidget(scrolled(inner, "Положения"), 1)
        layout.addLayout(example)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_titles()

    @Slot()
    def _break_titles(self) -> None:
        """A button does not break its words by itself."""
        room = self.width() - self._theme.px(BESIDE)
        for number, profile in enumerate(self._profiles):
            radio = self.group.button(number)
            whole = radio.fontMetrics().horizontalAdvance(profile.title)
            radio.setText(profile.title if whole <= room else profile.title.replace(" (", "\n("))

    @property
    def profile(self) -> ProfileView:
        """The chosen one."""
        return self._profiles[self.group.checkedId()]


class NamesPage(QWidget):
    """How the office and the body above it are called, and who signs."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self.editors: dict[str, QLineEdit] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_profile(self, profile: ProfileView, told: Mapping[str, str]) -> None:
        """Fields with what the profile says or the person has told already."""
        if self._layout.count():
            self._layout.takeAt(0).widget().deleteLater()
        self.editors = {}
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for key, label, hint in asked_on_names(profile):
            editor = QLineEdit(told.get(key, own_value(profile, key)))
            editor.setPlaceholderText(hint)
            editor.setAccessibleName(label)
            editor.setCursorPosition(0)
            editor.setToolTip(editor.text())
            self.editors[key] = editor
            form.addRow(label, editor)
        self._layout.addWidget(scrolled(inner, "Названия"))

    def values(self) -> dict[str, str]:
        """What was entered."""
        return {key: editor.text().strip() for key, editor in self.editors.items()}

    def problem(self) -> str:
        """What is missing, as a sentence."""
        for key in ("names.short", "names.full", "names.genitive"):
            if key in self.editors and not self.editors[key].text().strip():
                self.editors[key].setFocus()
                return "Без названия документы не напечатать. Впишите все три названия."
        return ""


class AsksPage(QWidget):
    """What the regulation leaves open: the question, why it is asked, the usual answer."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self.editors: dict[str, QLineEdit | QComboBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_profile(self, profile: ProfileView, told: Mapping[str, str]) -> None:
        """The profile's questions with the default or the answer given already; the place was asked among the names."""
        if self._layout.count():
            self._layout.takeAt(0).widget().deleteLater()
        self.editors = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for ask in profile.asks:
            if ask.key == "place":
                continue
            question = text_label(ask.question)
            question.setObjectName("section")
            editor = self._editor(ask.values, told.get(ask.key, ask.default))
            editor.setAccessibleName(ask.question)
            self.editors[ask.key] = editor
            clause = f" (п. {ask.clause})" if ask.clause[:1].isdigit() else ""
            reason = f"{ask.why[:1].lower()}{ask.why[1:].rstrip('.')}{clause}"
            why = text_label(f"Почему спрашиваем: {reason}.", secondary=True)
            why.setContentsMargins(0, 0, 0, self._theme.px(12))
            for widget in (question, editor, why):
                column.addWidget(widget)
        column.addStretch()
        self._layout.addWidget(scrolled(inner, "Вопросы"))

    def values(self) -> dict[str, str]:
        """The answers."""
        return {
            key: str(editor.currentData()) if isinstance(editor, QComboBox) else editor.text().strip()
            for key, editor in self.editors.items()
        }

    @staticmethod
    def _editor(values: tuple[str, ...], text: str) -> QLineEdit | QComboBox:
        if not values:
            line = QLineEdit(text)
            line.setPlaceholderText("не указано")
            line.setCursorPosition(0)
            return line
        combo = QComboBox()
        for value in values:
            combo.addItem(shown_value(value), value)
        combo.setCurrentIndex(max(0, combo.findData(text)))
        return combo


class PlacesPage(QWidget):
    """Where the database lies, where copies go, how large the type is."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.path, self.copies = QLineEdit(), QLineEdit(ctx.prefs.get("copies.folder", ""))
        self.path.setAccessibleName("Файл базы")
        self.copies.setAccessibleName("Папка копий")
        self.copies.setPlaceholderText("например, флешка; можно выбрать позже")
        self.type_size = Segmented(SIZES, "Размер шрифта")
        for key, words in SIZES:
            self.type_size.button(key).setAccessibleName(f"Размер шрифта {words}")
        self.type_size.choose(str(ctx.theme.scale))
        self.type_size.chosen.connect(self._scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._add(column, "Где хранить базу", self.path, self._choose_path)
        self._say(column, "Один файл на этом компьютере. На флешке базу не держат: на ней — копии.")
        self._add(column, "Куда делать копии", self.copies, self._choose_copies)
        self._say(column, "Копия сама себя проверяет. Ещё программа хранит копии рядом с базой.")
        title = text_label("Размер шрифта")
        title.setObjectName("section")
        column.addWidget(title)
        column.addWidget(self.type_size, 0, Qt.AlignmentFlag.AlignLeft)
        self._say(column, "Меняется и позже: Ctrl + колесо мыши.")
        column.addStretch()

    def problem(self) -> str:
        """What stands against these places, as a sentence."""
        path = Path(self.path.text().strip())
        if not self.path.text().strip() or not path.is_absolute():
            return "Укажите, где хранить базу: полный путь к файлу."
        if path.exists():
            return f"Файл {path.name} уже есть. Выберите другое имя или откройте эту базу командой «Открыть…»."
        return ""

    def _add(self, column: QVBoxLayout, title: str, editor: QLineEdit, choose: object) -> None:
        label = text_label(title)
        label.setObjectName("section")
        button = QPushButton("Выбрать…")
        button.setAutoDefault(False)
        button.clicked.connect(choose)
        row = QHBoxLayout()
        row.addWidget(editor, 1)
        row.addWidget(button)
        column.addWidget(label)
        column.addLayout(row)

    def _say(self, column: QVBoxLayout, text: str) -> None:
        label = text_label(text, secondary=True)
        label.setContentsMargins(0, 0, 0, self._ctx.theme.px(10))
        column.addWidget(label)

    @Slot()
    def _choose_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Где хранить базу", self.path.text(), "База (*.imc)")
        if name:
            self.path.setText(name if name.endswith(".imc") else f"{name}.imc")

    @Slot()
    def _choose_copies(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Куда делать копии", self.copies.text())
        if folder:
            self.copies.setText(folder)

    @Slot(str)
    def _scale(self, key: str) -> None:
        self._ctx.theme.set_scale(int(key))


class SummaryPage(QWidget):
    """Everything once more before «Создать»."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Pairs of a label and what was chosen."""
        if self._layout.count():
            self._layout.takeAt(0).widget().deleteLater()
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for label, text in lines:
            name = text_label(label, secondary=True)
            name.setFixedWidth(260)
            form.addRow(name, text_label(text))
        self._layout.addWidget(scrolled(inner, "Проверьте"))
