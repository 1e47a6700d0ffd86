"""The one door through which papers come in: any file → a grid of cells, or a sentence saying why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from imc_desktop.domain.errors import UserError
from imc_desktop.exchange.decode import decode
from imc_desktop.exchange.grid import Workbook
from imc_desktop.exchange.limits import Progress
from imc_desktop.exchange.read_book import read_book
from imc_desktop.exchange.read_csv import read_csv
from imc_desktop.exchange.read_html import read_html


def _nowhere(_share: float) -> None:
    """Progress that nobody watches."""


def open_paper(path: Path, *, progress: Progress | None = None) -> Workbook:
    """The paper as sheets of cells; the kind is told by the content. Raises UserError naming the file."""
    tell = progress or _nowhere
    data = path.read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return Workbook(path.name, sha, tuple(read_book(data, tell)))
    text = decode(data)
    if "<table" in text.lower() or "<html" in text.lower():
        sheets, title = read_html(text, tell)
        return Workbook(path.name, sha, tuple(sheets), title=title)
    return Workbook(path.name, sha, (read_csv(text, path.stem),))
