"""The size of a window that grows with the type and stays on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context

FRAME = (16, 48)  # what the system's frame takes


def fitting(ctx: Context, size: tuple[int, int]) -> QSize:
    """``size`` at the present type size, never larger than the screen leaves room for."""
    return on_screen(QSize(ctx.theme.px(size[0]), ctx.theme.px(size[1])))


def on_screen(size: QSize) -> QSize:
    """``size``, never larger than the screen leaves room for."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    return size.boundedTo(QSize(room.width() - FRAME[0], room.height() - FRAME[1]))


def fit_height(box: QWidget, width: int) -> None:
    """Give a box this width and the height that its wrapped texts and rows need at it, as far as the screen goes."""
    layout = box.layout()
    if layout is None:
        return
    layout.activate()
    tall = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    box.resize(on_screen(QSize(width, tall)))
