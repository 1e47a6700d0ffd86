"""Tabler outline icons, recoloured to the text and drawn sharp at any scale."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 18, 20)


class Icons:
    """Icons of one folder, cached by name, colours and scale; drawn for the sizes buttons use, never stretched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._icons: dict[tuple[str, str, str, int], QIcon] = {}
        self._sources: dict[str, bytes] = {}
        self.scale = 100
        self.ratio = 1.0

    def icon(self, name: str, colour: str, disabled: str = "") -> QIcon:
        """The icon in a colour; ``disabled`` is the colour of its greyed twin, else the style greys it."""
        key = (name, colour, disabled, self.scale)
        if key not in self._icons:
            icon = QIcon()
            for size in SIZES:
                side = round(size * self.scale / 100)
                icon.addPixmap(self.pixmap(name, colour, side, self.ratio))
                if disabled:
                    icon.addPixmap(self.pixmap(name, disabled, side, self.ratio), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """One picture of ``size`` logical pixels."""
        svg = self._source(name).replace(b"currentColor", colour.encode()).replace(b'"2"', b'"1.75"', 1)
        picture = QPixmap(QSize(size, size) * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
        return self._sources[name]
