"""What the window of «Сверка» does beside the window's thread: plain functions of the store and a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import Closed
from imc_desktop.usecases.copy_compare import compare
from imc_desktop.usecases.copy_places import BESIDE, FoundCopy, found_copies
from imc_desktop.usecases.merge_views import MergeDone, MergePreview
from imc_desktop.usecases.merging import merge_copy, preview_merge, waiting_copies
from ui.jobs import Report
from ui.merging.state import DECIDED, MERGEABLE, Offered


def progress_of(report: Report) -> Callable[[float, str], None]:
    """A job's report as the progress of a use case; raises when the person stopped the job."""

    def progress(share: float, words: str) -> None:
        report(round(share * 100), 100, words)

    return progress


def find(store: Any, _report: Report) -> list[Offered]:
    """Copies on the sticks that are in; the newest of each other computer that has something new stand first."""
    first = [one.path for one in waiting_copies(store)]
    copies = [offered(store, one) for one in found_copies(store.path) if one.place != BESIDE]
    return sorted(copies, key=lambda one: (one.path not in first, one.standing is None or not _has_news(one)))


def offered(store: Any, found: FoundCopy) -> Offered:
    """A copy with how it stands to the open database."""
    return Offered(found, compare(store, found.path))


def preview(store: Any, copy: Path, identities: tuple[str, ...], report: Report) -> MergePreview | Closed:
    """What taking the copy in would do; what is to be asked for when it is encrypted and nothing opens it."""
    try:
        return preview_merge(store, copy, identities=identities, progress=progress_of(report))
    except Closed as closed:
        return closed


def merge(
    store: Any,
    seen: MergePreview,
    identities: tuple[str, ...],
    moment: tuple[date, datetime],
    report: Report,
) -> MergeDone | MergePreview | Closed:
    """Take the copy in as it was seen; a new preview instead when the base moved since."""
    if store.change_counter() != seen.counter:
        return preview(store, seen.copy, identities, report)
    today, now = moment
    return merge_copy(
        store,
        seen.copy,
        today=today,
        now=now,
        identities=identities,
        deletions=seen.deletions or None,
        counter=seen.counter,
        progress=progress_of(report),
    )


def _has_news(one: Offered) -> bool:
    return one.standing is not None and one.standing.relation in MERGEABLE


def undo_merge(store: Any, label: str) -> None:
    """Take the merge called ``label`` back, with the decisions made after it; UserError when more was done since."""
    while store.undo_label != label:
        if not (store.undo_label or "").startswith(DECIDED):
            raise UserError("После сверки сделано и другое. Отменяйте по шагам: Ctrl+Z.")
        store.undo()
    store.undo()
