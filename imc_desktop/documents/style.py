"""The look of printed papers, read from ``resources/styles/documents.toml``; lengths become points."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MM = 72 / 25.4


def resources_dir() -> Path:
    """The folder of data files: beside the packages in a checkout, inside the bundle when frozen."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "resources"


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TableStyle:
    size: float
    dense_size: float
    leading: float
    padding_x: float
    padding_y: float
    hairline: float


@dataclass(frozen=True, slots=True)
class TextStyle:
    family: str
    size: float
    leading: float
    indent: float
    title_size: float
    corner_width: float


@dataclass(frozen=True, slots=True)
class Furniture:
    control_size: float
    draft_size: float
    draft_word: str
    number_from_edge: float
    control_from_edge: float


@dataclass(frozen=True, slots=True)
class Style:
    """Everything the layout asks for; ``fonts`` maps a family to its regular, bold and italic files."""

    portrait: tuple[float, float]
    margins: Margins
    text: TextStyle
    table: TableStyle
    furniture: Furniture
    fonts: dict[str, tuple[str, str, str]]

    @property
    def landscape(self) -> tuple[float, float]:
        """The same sheet turned."""
        return self.portrait[1], self.portrait[0]


def parse_style(text: str) -> Style:
    """Read a style; an unknown or missing key raises, so a slip of the pen is seen at once."""
    raw = tomllib.loads(text)
    page, words, table, furniture = raw["page"], raw["text"], raw["table"], raw["furniture"]
    edges = {name: page.pop(name) * MM for name in ("number_from_edge", "control_from_edge")}
    size = (page.pop("width") * MM, page.pop("height") * MM)
    for name in ("indent", "corner_width"):
        words[name] *= MM
    for name in ("padding_x", "padding_y"):
        table[name] *= MM
    return Style(
        portrait=size,
        margins=Margins(**{name: value * MM for name, value in page.items()}),
        text=TextStyle(**words),
        table=TableStyle(**table),
        furniture=Furniture(**furniture, **edges),
        fonts={family: (files[0], files[1], files[2]) for family, files in raw["fonts"].items()},
    )


@lru_cache(maxsize=1)
def default_style() -> Style:
    """The style shipped with the program."""
    return parse_style((resources_dir() / "styles" / "documents.toml").read_text(encoding="utf-8"))
