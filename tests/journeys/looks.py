"""What a person would call cut off: words that do not fit their place, lists that scroll sideways, things out of the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QToolButton,
    QWidget,
)

from ui.common.elided_combo import ElidedCombo
from ui.common.flow import Flow
from ui.common.table import Table

SLACK = 1  # a pixel of rounding is nobody's fault


def faults(whole: QWidget) -> list[str]:
    """Everything cut off inside a page or a box, in words; empty when it reads well."""
    children: list[QWidget] = [*whole.findChildren(QWidget)]
    seen = [one for one in children if one.isVisible() and one.window() is whole.window()]
    return [
        *(f"out of the window: {name_of(one)}" for one in seen if is_control(one) and is_outside(whole, one)),
        *(f"cut: {name_of(one)}, {short} px short" for one in seen if (short := missing(one)) > SLACK),
        *(f"scrolls sideways: {name_of(one)}" for one in seen if scrolls_sideways(one)),
        *(f"wider than its place by {more}: {name_of(one)}" for one in seen if (more := hidden_width(one)) > SLACK),
        *overlaps(seen),
        *(f"heading cut: {words}" for one in seen if isinstance(one, Table) for words in cut_headings(one)),
    ]


def hidden_width(widget: QWidget) -> int:
    """How much of what scrolls downwards only is cut off at its side."""
    if not isinstance(widget, QScrollArea) or widget.widget() is None:
        return 0
    off = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return widget.widget().width() - widget.viewport().width() if off else 0


def overlaps(seen: list[QWidget]) -> Iterator[str]:
    """Things to read or to press that a layout has put over each other for want of room."""
    rows: dict[QWidget, list[QWidget]] = {}
    for one in seen:
        parent = one.parentWidget()
        if parent is not None and parent.layout() is not None and (is_control(one) or is_text(one) or is_list(one)):
            rows.setdefault(parent, []).append(one)
    for siblings in rows.values():
        for number, one in enumerate(siblings):
            for other in siblings[number + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > SLACK and common.height() > SLACK:
                    yield f"over each other: {name_of(one)} and {name_of(other)}"


def is_list(widget: QWidget) -> bool:
    """A list or a table, or a row of things to press above it."""
    return isinstance(widget, QAbstractItemView) or isinstance(widget.layout(), Flow)


def is_text(widget: QWidget) -> bool:
    """A label that says something."""
    return isinstance(widget, QLabel) and bool(widget.text())


def name_of(widget: QWidget) -> str:
    """What a person sees of it."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__} «{text or widget.accessibleName() or widget.objectName()}»"


def is_control(widget: QWidget) -> bool:
    """Something to press or to type into."""
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and widget.isEnabled()


def is_outside(whole: QWidget, widget: QWidget) -> bool:
    """Reaches beyond the page; what scrolls downwards may."""
    parent = widget.parentWidget()
    while parent is not None and parent is not whole:
        if isinstance(parent, QAbstractScrollArea | QScrollArea):
            return False
        parent = parent.parentWidget()
    place = QRect(widget.mapTo(whole, QPoint(0, 0)), widget.size())
    return not whole.rect().contains(place)


def missing(widget: QWidget) -> int:
    """By how many pixels the words are too long for their place."""
    if isinstance(widget, QLabel):
        return label_missing(widget)
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton) and widget.text():
        hint = widget.sizeHint()
        return max(hint.width() - widget.width(), hint.height() - widget.height())
    if (
        isinstance(widget, QToolButton)
        and widget.text()
        and widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return widget.fontMetrics().horizontalAdvance(widget.text()) - widget.width()
    if isinstance(widget, QComboBox) and not isinstance(widget, ElidedCombo):
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) - combo_room(widget)
    return 0


def label_missing(label: QLabel) -> int:
    """A label that may shrink by its policy says the rest in its hint."""
    if not label.text() or label.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
        return 0
    if label.wordWrap():
        return label.heightForWidth(label.width()) - label.height()
    return max(label.sizeHint().width() - label.width(), label.sizeHint().height() - label.height() - 2)


def combo_room(combo: QComboBox) -> int:
    """Room for the words of a box to choose from, without its arrow."""
    style = combo.style()
    option = QStyleOptionButton()
    option.initFrom(combo)
    arrow = style.pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator, option, combo)
    return combo.width() - max(arrow, 24)


def scrolls_sideways(widget: QWidget) -> bool:
    """A list or an area whose foot shows a bar."""
    if not isinstance(widget, QAbstractScrollArea):
        return False
    bar = widget.horizontalScrollBar()
    return bar.maximum() > 0 and widget.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def cut_headings(table: Table) -> Iterator[str]:
    """Headings of columns that do not fit."""
    if not isinstance(table, QTableView) or not table.rows.total:
        return
    header = table.horizontalHeader()
    for column in table.widths.visible():
        title = table.rows.columns[column].title
        if title and header.fontMetrics().horizontalAdvance(title) > header.sectionSize(column):
            yield title
