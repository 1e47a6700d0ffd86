"""A form from a list of fields; problems are painted at the fields they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from imc_desktop.domain.errors import Problem, Severity
from ui.clock import Clock
from ui.common.dates import DateField
from ui.common.elided_combo import ElidedCombo
from ui.theme import Theme

KINDS = ("text", "multi", "choice", "date", "number", "check")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``choices`` are (value, title); ``suggestions`` complete a text while leaving it free."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[Any, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    hint: str = ""
    open_ended: bool = False
    decimals: int = 0


class Form(QWidget):
    """Labels above their fields' problems; ``values`` gives plain values by key."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self._theme, self._clock = theme, clock
        self.editors: dict[str, QWidget] = {}
        self._marks: dict[str, QLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        layout = self._layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(8)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self.fields:
            self._add(layout, field)

    def values(self) -> dict[str, Any]:
        """Text stripped, a choice's value, an ISO date, int/float or None, True/False."""
        return {field.key: self._value(field) for field in self.fields}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; keys the form does not have are passed over."""
        for field in self.fields:
            if field.key in values:
                self._set(field, values[field.key])

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show or hide a field with its label; a hidden one leaves no gap."""
        self._layout.setRowVisible(self._boxes[key], shown)

    def own_problems(self) -> list[Problem]:
        """What the form itself can tell: blanks that must not be, numbers and dates that are none."""
        values = self.values()
        found = []
        for field in self.fields:
            editor = self.editors[field.key]
            if isinstance(editor, DateField) and editor.problem:
                found.append(Problem(field.key, editor.problem))
            elif field.kind == "number" and values[field.key] is None and self._typed(editor):
                found.append(Problem(field.key, "Здесь нужно число."))
            elif field.required and values[field.key] in ("", None):
                found.append(Problem(field.key, "Заполните поле."))
        return found

    def paint_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Show problems at their fields and put the cursor into the first; returns those of no field."""
        by_field: dict[str, list[Problem]] = {}
        for problem in problems:
            by_field.setdefault(problem.where, []).append(problem)
        first: QWidget | None = None
        for key, mark in self._marks.items():
            found = by_field.pop(key, [])
            mark.setText(" ".join(problem.text for problem in found))
            mark.setVisible(bool(found))
            editor = self.editors[key]
            wrong = any(problem.severity is Severity.ERROR for problem in found)
            editor.setProperty("problem", wrong)
            editor.style().polish(editor)
            editor.setAccessibleDescription(mark.text())
            first = first or (editor if found else None)
        if first is not None:
            first.setFocus()
        return [problem for left in by_field.values() for problem in left]

    @staticmethod
    def _typed(editor: QWidget) -> bool:
        return isinstance(editor, QLineEdit) and bool(editor.text().strip())

    def _add(self, layout: QFormLayout, field: Field) -> None:
        editor = self._editor(field)
        editor.setAccessibleName(field.label)
        mark = QLabel()
        mark.setObjectName("problem")
        mark.setWordWrap(True)
        mark.hide()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        narrow = field.kind in ("date", "number")
        column.addWidget(editor, 0, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))
        column.addWidget(mark)
        label = QLabel(f"{field.label} *" if field.required else field.label)
        label.setBuddy(editor)
        label.setContentsMargins(0, self._theme.px(5), 0, 0)
        if field.kind == "check":
            label.setText("")
        layout.addRow(label, box)
        self.editors[field.key], self._marks[field.key], self._boxes[field.key] = editor, mark, box

    def _editor(self, field: Field) -> QWidget:
        if field.kind == "multi":
            text = QPlainTextEdit()
            text.setTabChangesFocus(True)
            text.setPlaceholderText(field.hint)
            text.setFixedHeight(self._theme.px(72))
            text.textChanged.connect(self.changed)
            return text
        if field.kind == "choice":
            return self._choice(field)
        if field.kind == "check":
            check = QCheckBox(field.label)
            check.toggled.connect(self.changed)
            return check
        if field.kind == "date":
            day = DateField(self._theme, self._clock, open_ended=field.open_ended)
            day.textChanged.connect(self.changed)
            return day
        return self._line(field)

    def _choice(self, field: Field) -> QComboBox:
        combo = ElidedCombo()
        for value, title in field.choices:
            combo.addItem(title, value)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.currentIndexChanged.connect(self.changed)
        return combo

    def _line(self, field: Field) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(field.hint)
        if field.kind == "number":
            line.setMaximumWidth(self._theme.px(120))
        if field.suggestions:
            completer = QCompleter(list(field.suggestions), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        line.textChanged.connect(self.changed)
        return line

    def _value(self, field: Field) -> Any:
        editor = self.editors[field.key]
        if isinstance(editor, DateField):
            return editor.iso()
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        if isinstance(editor, QComboBox):
            return editor.currentData()
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        text = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        return read_number(text, field.decimals) if field.kind == "number" else text

    def _set(self, field: Field, value: Any) -> None:
        editor = self.editors[field.key]
        if isinstance(editor, DateField):
            editor.set_iso(value or "")
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(value or "")
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QLineEdit):
            editor.setText("" if value is None else str(value).replace(".", ",") if field.decimals else str(value))


def read_number(text: str, decimals: int = 0) -> int | float | None:
    """A number as typed here («1 200», «0,75»); None when it is none."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", ".")
    try:
        return round(float(plain), decimals) if decimals else int(plain)
    except ValueError:
        return None
