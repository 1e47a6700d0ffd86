"""Draws the program's own icon: a plan whose first line is done. ``python -m release icon`` writes the files anew."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from release.tools import ROOT

ICON = ROOT / "resources" / "icons" / "program.ico"
PICTURE = ROOT / "resources" / "icons" / "program.png"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
PICTURE_SIZE = 128
BLUE, WHITE, PALE, GREEN = "#2A6FDB", "#FFFFFF", "#B9D2F7", "#7BE0A0"
SIDE_SIZE = (164, 314)  # what the installer's pages have room for
SIDE_ICON, SIDE_TOP = 104, 52
_FINE = 8  # drawn that many times larger, then made smaller: smooth edges
_SMALL = 24  # up to this size there is room for two lines only


def draw(size: int) -> Image.Image:
    """The icon, ``size`` × ``size`` pixels."""
    side = size * _FINE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)

    def at(*places: float) -> list[float]:
        return [place * side for place in places]

    pen.rounded_rectangle(at(0.03, 0.03, 0.97, 0.97), radius=0.2 * side, fill=BLUE)
    rows = (0.34, 0.68) if size <= _SMALL else (0.29, 0.5, 0.71)
    thick = 0.12 if size <= _SMALL else 0.075
    for number, middle in enumerate(rows):
        colour = PALE if number else WHITE
        pen.rounded_rectangle(
            at(0.45, middle - thick / 2, 0.82, middle + thick / 2), radius=thick / 2 * side, fill=colour
        )
        if number:
            pen.ellipse(
                at(0.265 - thick * 0.6, middle - thick * 0.6, 0.265 + thick * 0.6, middle + thick * 0.6), fill=PALE
            )
    tick = [(0.16, rows[0]), (0.25, rows[0] + 0.09), (0.38, rows[0] - 0.1)]
    points = [(x * side, y * side) for x, y in tick]
    width = thick * 0.95 * side
    pen.line(points, fill=GREEN, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=GREEN)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def draw_side(path: Path) -> Path:
    """Write the picture at the left of the installer's first and last page; returns its path."""
    picture = Image.new("RGB", SIDE_SIZE, BLUE)
    own = draw(SIDE_ICON)
    picture.paste(own, ((SIDE_SIZE[0] - SIDE_ICON) // 2, SIDE_TOP), own)
    picture.save(path)
    return path


def write() -> str:
    """Write the icon of the programs and the picture of the window."""
    pictures = [draw(size) for size in SIZES]
    pictures[-1].save(ICON, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    draw(PICTURE_SIZE).save(PICTURE, optimize=True)
    return f"{_name(ICON)}, {_name(PICTURE)}"


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
