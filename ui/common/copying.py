"""Lines of a list to the clipboard, for Excel and Word alike."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ui.common.rows_model import RowsModel

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
OURS = "application/x-imc-desktop-list"  # marks what was copied here


def copy_lines(model: RowsModel[Any], lines: Sequence[int], columns: Sequence[int], *, headings: bool) -> None:
    """Tab-separated text and an HTML table of the same cells, with or without the headings."""
    cells = [[model.columns[column].title for column in columns]] if headings else []
    cells += [[model.text_at(line, column) for column in columns] for line in lines]
    data = QMimeData()
    data.setText("\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in cells))
    body = "".join(
        "<tr>" + "".join(f"<td>{cell.translate(_ESCAPED)}</td>" for cell in line) + "</tr>" for line in cells
    )
    data.setHtml(f"<table>{body}</table>")
    data.setData(OURS, b"1")
    QGuiApplication.clipboard().setMimeData(data)
    _settle_at_exit()


def forget_copied() -> None:
    """Empty the clipboard when what lies there was copied in this program."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() or _is_ours():
        clipboard.clear()


@cache
def _settle_at_exit() -> None:
    """Once: data made in Python must not be left to the clipboard when Python ends, it would crash the exit."""
    atexit.register(_leave_text)


def _leave_text() -> None:
    """Leave the copied text as data of Qt's own."""
    if QGuiApplication.instance() is not None:
        clipboard = QGuiApplication.clipboard()
        if _is_ours():
            clipboard.setText(clipboard.text())


def _is_ours() -> bool:
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None when the clipboard was emptied
    return data is not None and data.hasFormat(OURS)
