"""Fonts of printed papers: registration, widths, and the second font for letters the first one lacks."""

from __future__ import annotations

from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from imc_desktop.documents.style import default_style, resources_dir

WEIGHTS = ("regular", "bold", "italic")
MARKS = "marks"
SUBSTITUTE = "□"  # printed for a character no font has


class Face:
    """One font of a family, with the marks font behind it. Widths are for a size of 1."""

    def __init__(self, family: str, weight: str) -> None:
        self.name = f"{family}-{weight}"
        self._font = _register(family, weight)
        self._behind = None if family == MARKS else (MARKS, "bold" if weight == "bold" else "regular")
        self._widths: dict[str, float] = {}

    def has(self, char: str) -> bool:
        """True when this very font draws the character."""
        return ord(char) in self._font.face.charToGlyph

    def drawable(self, char: str) -> bool:
        """True when this font or the marks font draws the character."""
        return self.has(char) or (self._behind is not None and face(*self._behind).has(char))

    def covers(self, text: str) -> bool:
        """True when no character of the text needs the marks font."""
        known = self._font.face.charToGlyph
        return all(code in known for code in set(map(ord, text)))

    def width(self, text: str) -> float:
        """Width of the text at size 1."""
        widths = self._widths
        try:
            return sum([widths[char] for char in text])
        except KeyError:
            for char in set(text):
                widths[char] = self._char_width(char)
            return sum([widths[char] for char in text])

    def runs(self, text: str) -> tuple[tuple[str, str], ...]:
        """Split a text into (font name, piece); characters without any glyph become an empty box."""
        pieces: list[tuple[str, str]] = []
        for char in text:
            owner, drawn = self.name, char
            if not self.has(char) and self._behind is not None:
                fallback = face(*self._behind)
                owner = fallback.name
                drawn = char if fallback.has(char) else SUBSTITUTE
            if pieces and pieces[-1][0] == owner:
                pieces[-1] = (owner, pieces[-1][1] + drawn)
            else:
                pieces.append((owner, drawn))
        return tuple(pieces)

    def _char_width(self, char: str) -> float:
        if self.has(char) or self._behind is None:
            metrics = self._font.face
            return float(metrics.charWidths.get(ord(char), metrics.defaultWidth)) / 1000
        fallback = face(*self._behind)
        return fallback.width(char if fallback.has(char) else SUBSTITUTE)


@lru_cache(maxsize=32)
def face(family: str, weight: str = "regular") -> Face:
    """The font of a family; loaded from the shipped file when first asked for."""
    return Face(family, weight)


def _register(family: str, weight: str) -> TTFont:
    file = default_style().fonts[family][WEIGHTS.index(weight)]
    font = TTFont(f"{family}-{weight}", str(resources_dir() / "fonts" / file), shapable=False)
    pdfmetrics.registerFont(font)
    return font


ALPHABETS = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" + "ӘҒҚҢӨҰҮҺІ"
PRINTED_MARKS = "✓▲■○◇☐№«»–—₽₸"


def check_glyphs() -> str:
    """Letters and marks of both alphabets that some shipped face cannot draw; "" when all are there."""
    wanted = ALPHABETS + ALPHABETS.lower() + PRINTED_MARKS
    faces = [face(family, weight) for family in default_style().fonts for weight in WEIGHTS[:2]]
    return "".join(char for char in wanted if not all(one.drawable(char) for one in faces))
