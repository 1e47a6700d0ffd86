"""Can the computer's clock be believed: an empty battery shows 01.01.2000."""

from __future__ import annotations

from datetime import datetime, timedelta

# No copy of this program was made before this day; moved forward with every release.
BUILT_ON = "2026-09-01"
_SLACK = timedelta(days=1)  # a journey through time zones and a slow clock are nobody's fault


def clock_trouble(now_utc: str, last_seen_utc: str) -> str:
    """A Russian sentence when the clock is behind what is known for sure, "" when it can be believed.

    Both moments are ISO texts with their zone; ``last_seen_utc`` "" when nothing has been written yet.
    """
    now = datetime.fromisoformat(now_utc)
    shown = f"Часы компьютера показывают {now.astimezone():%d.%m.%Y}"
    if now_utc[:10] < BUILT_ON:
        return f"{shown} — это раньше, чем сделана программа. Поправьте дату и время на компьютере."
    if last_seen_utc and now < (last := datetime.fromisoformat(last_seen_utc)) - _SLACK:
        return (
            f"{shown}, а последняя запись в базе сделана {last.astimezone():%d.%m.%Y}. "
            "Поправьте дату и время на компьютере."
        )
    return ""
