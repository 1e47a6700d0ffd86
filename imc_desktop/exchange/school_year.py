"""School years as papers write them."""

from __future__ import annotations

import re

from imc_desktop.exchange.grid import Workbook

SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:г\.?|год\w*)?\s*[-‐‑–—−/\\]\s*(?:20)?(\d\d)(?!\d|[./]\d)")
_LINES = 15


def school_year_in(text: str) -> int | None:
    """The first year of «2026/2027», «2026 – 2027», «2026-27»; None when the text has none."""
    for found in SCHOOL_YEAR.finditer(text):
        first, second = int(found[1]), int(found[2])
        if (first + 1) % 100 == second:
            return first
    return None


def paper_school_year(workbook: Workbook) -> int | None:
    """The school year that a workbook speaks of on top of any sheet, on a tab or in its file's name; plans first."""
    texts = [
        str(cell)
        for sheet in workbook.sheets
        for row in sheet.rows[:_LINES]
        for cell in row
        if isinstance(cell, str) and len(cell) < 300
    ]
    plans = [text for text in texts if "план" in text.casefold() or "учебн" in text.casefold()]
    for text in (*plans, *texts, *(sheet.name for sheet in workbook.sheets), workbook.title, workbook.file):
        if (year := school_year_in(text)) is not None:
            return year
    return None
