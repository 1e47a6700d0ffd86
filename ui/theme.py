"""One look everywhere: colours, spacing, type sizes, the style sheet. Tokens come from here and nowhere else."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from ui.icons import Icons
from ui.prefs import Prefs

SPACE = (4, 8, 12, 16, 24)
BASE_POINTS = 10.0
SCALES = (100, 110, 125, 140, 150, 175, 200)
FAMILIES = ("Segoe UI", "Inter", "Noto Sans", "Liberation Sans", "DejaVu Sans")
MARK_FAMILIES = ("Segoe UI Symbol",)


class Colours(NamedTuple):
    """Every colour of one scheme; all text pairs have a contrast of at least 4.5."""

    surface: str
    ground: str
    line: str
    line_strong: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    tint: str
    hover: str
    ok: str
    soon: str
    bad: str
    ok_tint: str
    soon_tint: str
    soon_line: str
    bad_tint: str
    demo: str


LIGHT = Colours(
    surface="#FFFFFF", ground="#F6F7F9", line="#E7E9ED", line_strong="#CDD2D9", text="#1B1F24", secondary="#5B6470",
    disabled="#A3AAB4", accent="#2A6FDB", accent_hover="#1F5DBE", accent_text="#FFFFFF", tint="#E5EFFC",
    hover="#EEF1F5", ok="#1E7B3A", soon="#9A5B00", bad="#B3261E", ok_tint="#E9F4EC", soon_tint="#FFF3DA",
    soon_line="#E9C46F", bad_tint="#FCEAE8", demo="#9A5B00",
)  # fmt: skip
DARK = Colours(
    surface="#1B1E23", ground="#22262C", line="#30353D", line_strong="#4A515C", text="#E8EAED", secondary="#A6AEB9",
    disabled="#666E7A", accent="#7AA7F0", accent_hover="#96BAF4", accent_text="#10151C", tint="#263A57",
    hover="#2C3139", ok="#6CC686", soon="#E3A94B", bad="#F08A82", ok_tint="#1F3326", soon_tint="#3A301B",
    soon_line="#7A612B", bad_tint="#402523", demo="#E3A94B",
)  # fmt: skip
CONTRAST = Colours(
    surface="#FFFFFF", ground="#FFFFFF", line="#595959", line_strong="#000000", text="#000000", secondary="#262626",
    disabled="#6B6B6B", accent="#0037A8", accent_hover="#00206B", accent_text="#FFFFFF", tint="#CFE0FF",
    hover="#E3E3E3", ok="#00561F", soon="#6B3D00", bad="#8F0000", ok_tint="#FFFFFF", soon_tint="#FFFFFF",
    soon_line="#000000", bad_tint="#FFFFFF", demo="#6B3D00",
)  # fmt: skip
SCHEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
SCHEME_TITLES = {"system": "Как в системе", "light": "Светлая", "dark": "Тёмная", "contrast": "Контрастная"}


class Theme(QObject):
    """The look of the running program; ``changed`` tells the widgets which draw themselves."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, prefs: Prefs) -> None:
        super().__init__(app)
        self._app = app
        self._prefs = prefs
        self._sheet = Template((resources / "styles" / "app.qss").read_text(encoding="utf-8"))
        self.icons = Icons(resources / "icons" / "outline")
        self._pictures = resources / "icons"
        self.scale: int = min(200, max(100, prefs.get("view.scale", 100)))
        self.colours = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def scheme(self) -> str:
        """The chosen scheme: ``system``, ``light``, ``dark`` or ``contrast``."""
        choice: str = self._prefs.get("view.scheme", "system")
        return choice if choice in SCHEME_TITLES else "system"

    def set_scheme(self, name: str) -> None:
        """Choose a scheme; it is remembered."""
        self._prefs.set("view.scheme", name)
        self.apply()

    def set_scale(self, percent: int) -> None:
        """Choose the size of type, 100–200 %; it is remembered."""
        self.scale = min(200, max(100, percent))
        self._prefs.set("view.scale", self.scale)
        self.apply()

    def step_scale(self, direction: int) -> None:
        """One step larger (+1), smaller (−1) or back to 100 % (0)."""
        if not direction:
            self.set_scale(100)
            return
        steps = [s for s in SCALES if (s > self.scale if direction > 0 else s < self.scale)]
        if steps:
            self.set_scale(steps[0] if direction > 0 else steps[-1])

    def px(self, pixels: float) -> int:
        """A length that grows with the type size."""
        return round(pixels * self.scale / 100)

    def points(self, points: float) -> float:
        """A type size at the present scale."""
        return points * self.scale / 100

    def font(self, points: float = BASE_POINTS, *, bold: bool = False) -> QFont:
        """The interface font; bold means semibold."""
        font = QFont(self._app.font())
        font.setPointSizeF(self.points(points))
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """An icon in one of the colours, by the colour's name."""
        return self.icons.icon(name, getattr(self.colours, tone))

    def picture(self, name: str, pixels: int, tone: str = "secondary") -> QPixmap:
        """An icon as a picture of its own, at the present scale."""
        return self.icons.pixmap(name, getattr(self.colours, tone), self.px(pixels), self._app.devicePixelRatio())

    def icon_size(self, pixels: int = 20) -> QSize:
        """The size of an icon at the present scale."""
        return QSize(self.px(pixels), self.px(pixels))

    def colour(self, tone: str) -> QColor:
        """A colour by its name."""
        return QColor(getattr(self.colours, tone))

    def apply(self) -> None:
        """Set font, palette and style sheet for the whole program."""
        self.colours = self._scheme_colours()
        self.icons.scale, self.icons.ratio = self.scale, self._app.devicePixelRatio()
        self._app.setFont(self._interface_font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.scheme == "system":
            self.apply()

    def _scheme_colours(self) -> Colours:
        if self.scheme != "system":
            return SCHEMES[self.scheme]
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _interface_font(self) -> QFont:
        font = QFont()
        font.setFamilies([*FAMILIES, *MARK_FAMILIES])
        font.setPointSizeF(self.points(BASE_POINTS))
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def _palette(self) -> QPalette:
        c, palette, role = self.colours, QPalette(), QPalette.ColorRole
        for name, colour in {
            role.Window: c.surface, role.Base: c.surface, role.AlternateBase: c.ground, role.Button: c.surface,
            role.WindowText: c.text, role.Text: c.text, role.ButtonText: c.text, role.ToolTipBase: c.text,
            role.ToolTipText: c.surface, role.Highlight: c.tint, role.HighlightedText: c.text, role.Link: c.accent,
            role.PlaceholderText: c.secondary, role.Accent: c.accent, role.Mid: c.line_strong, role.Midlight: c.line,
            role.Light: c.surface, role.Dark: c.line_strong, role.Shadow: c.line_strong,
        }.items():  # fmt: skip
            palette.setColor(name, QColor(colour))
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.disabled))
        return palette

    def _style_sheet(self) -> str:
        tokens: dict[str, object] = self.colours._asdict()
        tokens |= {f"px{n}": f"{self.px(n)}px" for n in (2, 4, 5, 6, 8, 10, 12, 16, 18, 20, 24, 28, 30, 32, 36, 40)}
        tokens |= {f"pt{n}": f"{self.points(n):.1f}pt" for n in (9, 10, 11, 13, 16, 20)}
        tokens["chip"] = f"{(self.px(20) + 4) // 2}px"
        shade = "dark" if self.colours is DARK else "light"
        tokens["pictures"] = (self._pictures / shade).as_posix()
        return self._sheet.substitute(tokens)


def text_width(font: QFont, text: str) -> int:
    """Width of a text in a font."""
    return QFontMetrics(font).horizontalAdvance(text)
