"""How much of a paper is read at most, and the callback that tells how far the reading is."""

from __future__ import annotations

from collections.abc import Callable

MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 1024 * 1024
MAX_PARTS = 5_000
MAX_SHEETS = 500
# Rows × columns over all sheets; a 200 MB file cannot hold more cells than this honestly.
MAX_AREA = 12_000_000

Progress = Callable[[float], None]


def share_of(progress: Progress, begin: float, end: float) -> Progress:
    """The callback for a part of the work: its 0…1 is told as begin…end."""
    return lambda share: progress(begin + (end - begin) * share)


class UnreadableError(Exception):
    """Why a paper cannot be read: a Russian clause without the file name, which the boundary puts in front."""
