"""The annual plan of work."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from imc_desktop.exchange.sheet_out import write_plan
from imc_desktop.usecases.plan_approve import ANNUAL_PLAN, content_of, paper_of
from imc_desktop.usecases.printing.common import Paper, RowPlace, file_name
from imc_desktop.usecases.printing.wish import Wish


def paper(store: Store, wish: Wish) -> Paper:
    """A draft from the rows, or the stored PDF of the approved plan."""
    made = paper_of(store, wish.year, wish.on, draft=wish.draft)
    places = tuple(RowPlace(box.page, box.left, box.top, box.width, box.height, box.key) for box in made.boxes)
    name = file_name(f"{made.title} (проект)" if made.draft else made.title)
    return Paper(ANNUAL_PLAN, made.title, name, made.pdf, places, made.draft)


def sheet(store: Store, wish: Wish, path: Path) -> int:
    """The plan as xlsx, sections as full lines; it is no list of people."""
    write_plan(path, content_of(store, wish.year, wish.on), masked=wish.masked)
    return 0
