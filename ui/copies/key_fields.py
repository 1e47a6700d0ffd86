"""Fields for secrets: passwords are never shown, groups of the paper key are typed in capitals."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit

from ui.theme import Theme

GROUP_WIDTH = 140


def secret_line(name: str) -> QLineEdit:
    """A line whose letters are dots."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    return line


def group_line(number: int, theme: Theme) -> QLineEdit:
    """One group of the paper key."""
    line = QLineEdit()
    line.setAccessibleName(f"Группа {number} с листа")
    line.setPlaceholderText("6 знаков")
    line.setMaximumWidth(theme.px(GROUP_WIDTH))
    return line


def rows_of(*rows: tuple[str, QLineEdit]) -> QFormLayout:
    """Labels before their lines, as everywhere in the program."""
    layout = QFormLayout()
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(8)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for title, line in rows:
        layout.addRow(title, line)
    return layout
